"""Text, Markdown, encodings, kinds, and what `read_offer` says when there is nothing to read."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from exoreg.offer.document import OfferError, Part
from exoreg.offer.readers import LIMITS, Limits, read_offer

from .make import archive, docx, paragraph, pdf

JAPANESE = "毛穴の目立ちを防ぎ、肌にハリを与えるエクソソーム美容液です。"
KOREAN = "줄기세포 배양액으로 피부 재생을 돕는 앰플입니다."
WESTERN = "Crème pour la peau – 30 €, à base d'extraits végétaux, très douce"


@pytest.mark.parametrize(
    ("text", "encoding", "guess"),
    [
        (JAPANESE, "utf-8", None),
        (JAPANESE, "utf-8-sig", None),
        (JAPANESE, "utf-16", None),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        (KOREAN, "cp949", "EUC-KR"),
        (KOREAN, "utf-16-be", None),
        (WESTERN, "cp1252", "cp1252"),
        ("A serum for the skin", "utf-16-le", "UTF-16-LE"),
    ],
)
def test_encodings_are_found_by_trial(text: str, encoding: str, guess: str | None) -> None:
    """Text comes out right from each encoding; a guess is said to be one."""
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    offer = read_offer(mark + text.encode(encoding))
    assert offer.parts == (Part(text, "text"),)
    assert [guess in note.reason for note in offer.unread if guess] == ([True] if guess else [])
    assert bool(offer.unread) == bool(guess)


def test_a_stray_byte_does_not_spoil_utf_8() -> None:
    """Damage in UTF-8 is replaced and counted, not taken for another encoding."""
    offer = read_offer(JAPANESE.encode() + b"\xff" + JAPANESE.encode())
    assert offer.parts[0].text == f"{JAPANESE}\ufffd{JAPANESE}"
    assert offer.unread[0].reason == "1 bytes are not valid UTF-8 and stand as \ufffd"


@pytest.mark.parametrize("encoding", ["cp1251", "gb18030"])
def test_an_unknown_encoding_is_refused(encoding: str) -> None:
    """Text is never shown as nonsense."""
    text = {"cp1251": "Сыворотка с экзосомами для кожи лица", "gb18030": "外泌体精华液修复皮肤屏障减少皱纹"}[
        encoding
    ]
    with pytest.raises(OfferError, match="unknown encoding: save it as UTF-8"):
        read_offer(text.encode(encoding))


def test_control_characters_stay_as_data() -> None:
    """Escapes and zero bytes are kept for the renderers to make harmless."""
    text = "price \x1b[31mred\x1b[0m and \0 zero" + " words" * 20
    assert read_offer(text.encode()).parts[0].text == text


def test_markdown_comments_are_hidden() -> None:
    """A comment is wording apart; emphasis does not cut a word."""
    source = "# Serum\n**reg**enerates\n<!-- cures acne -->\n[//]: # (heals scars)\n5*3 = 15"
    offer = read_offer(source.encode(), "a.md")
    assert offer.kind == "markdown"
    assert [(part.hidden, part.text) for part in offer.parts] == [
        (None, "# Serum\nregenerates\n\n\n5*3 = 15"),
        ("comment", "cures acne"),
        ("comment", "heals scars"),
    ]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<p>Serum</p>", "a.txt", "html"),
        (b"Serum <b>skin</b>", "a.html", "html"),
        (b"Serum <b>skin</b>", "a.txt", "text"),
        (b"junk before\n%PDF-1.4", "a.txt", "pdf"),
        (b"Note: this\nPrice: that\n\nx", "a.txt", "text"),
        (b"Just words", "a.eml", "email"),
        (b"Just words", "a.pdf", "text"),
    ],
)
def test_content_decides_the_kind(data: bytes, name: str, kind: str) -> None:
    """The content says what a file is; a name only where the content leaves it open."""
    from exoreg.offer.readers.kind import find_kind

    assert find_kind(data, name, LIMITS) == kind


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (archive({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "an Excel workbook"),
        (archive({"ppt/a.xml": ""}), "a PowerPoint presentation"),
        (archive({"a.txt": "words"}), "a zip archive"),
        (b"{\\rtf1 words}", "an RTF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "an old or encrypted Office file"),
        (bytes(range(1, 32)) * 99, "a binary file of unknown kind"),
    ],
)
def test_other_kinds_are_named(data: bytes, found: str) -> None:
    """What cannot be read is named, and so is what can."""
    with pytest.raises(OfferError) as error:
        read_offer(data, "offer.bin")
    assert str(error.value).startswith(f"`offer.bin` is {found}")
    assert str(error.value).endswith("what can be read is text, Markdown, HTML, PDF, DOCX and e-mail (.eml)")


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf", b"\0\0\0\0"])
def test_an_empty_offer_is_an_error(data: bytes) -> None:
    """Nothing to read is said."""
    with pytest.raises(OfferError, match=r"^`standard input` is empty$"):
        read_offer(data)


def test_paths_that_lead_nowhere_are_errors(tmp_path: Path) -> None:
    """A missing file and a directory end in one sentence each."""
    with pytest.raises(OfferError, match=r"^`no\.pdf` does not exist$"):
        read_offer(tmp_path / "no.pdf", "no.pdf")
    with pytest.raises(OfferError, match=r"is a directory, not a document$"):
        read_offer(tmp_path)


def test_a_large_offer_is_refused() -> None:
    """The limit on size is named."""
    with pytest.raises(OfferError, match="is larger than the 1 MB that are read"):
        read_offer(b"x" * 1_000_001, limits=Limits(file_bytes=1_000_000))


def test_reading_is_deterministic(tmp_path: Path) -> None:
    """The same bytes give the same offer, from a file or from standard input."""
    for name, data in (("a.pdf", pdf("words")), ("a.docx", docx(paragraph("words"))), ("a.txt", b"words")):
        (tmp_path / name).write_bytes(data)
        offer = read_offer(tmp_path / name, name)
        assert offer == read_offer(data, name)
        assert offer.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("library", "data", "suffix"),
    [("pypdf", pdf("words"), ".pdf"), ("selectolax.lexbor", b"<p>words</p>", ".html")],
)
def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, library: str, data: bytes, suffix: str
) -> None:
    """Without the libraries of the extra, the error says what to install; text is read all the same."""
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(OfferError) as error:
        read_offer(data)
    assert str(error.value) == f"reading `{suffix}` needs the extra `offer`: pip install 'exoreg[offer]'"
    assert read_offer(b"words").parts


def test_libraries_are_loaded_only_when_needed() -> None:
    """Reading text loads neither the PDF nor the HTML library."""
    code = (
        "import sys; from exoreg.offer.readers import read_offer; read_offer(b'words');"
        "sys.exit('pypdf' in sys.modules or 'selectolax' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
