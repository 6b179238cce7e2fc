"""Offers made to break a reader end in a clear message or in an honest list of what was not read."""

import io
import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from exoreg.offer.document import Offer, OfferError
from exoreg.offer.readers import LIMITS, read_offer

from ..readers.make import MORE, W, archive, changed, docx, paragraph, pdf


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """No hostile file keeps anyone waiting."""
    begin = time.monotonic()
    yield
    assert time.monotonic() - begin < 10


def reasons(offer: Offer) -> list[str]:
    """What was not read."""
    return [note.reason for note in offer.unread]


# HTML


def test_deep_html_is_refused() -> None:
    """A hundred thousand nested elements are refused before they are parsed."""
    with pytest.raises(OfferError, match="is HTML whose elements nest more than 1,000 deep"):
        read_offer(b"<html>" + b"<div>" * 100_000 + b"words")


@pytest.mark.parametrize(
    "trick",
    [b"<!-- </div> -->", b"<script></div></script>", b'<p title="</div>">', b"<svg><title><g><g></svg>"],
)
def test_deep_html_cannot_be_disguised(trick: bytes) -> None:
    """End tags that only look like ones do not help."""
    with pytest.raises(OfferError, match="deep"):
        read_offer(b"<html>" + (b"<div>" + trick) * 100_000)


def test_an_element_with_countless_attributes_is_refused() -> None:
    """Two hundred thousand attributes on one element are refused before they are parsed."""
    many = b" ".join(b"a%d=1" % number for number in range(200_000))
    with pytest.raises(OfferError, match="more than 1,000 attributes on one element"):
        read_offer(b"<html><p " + many + b">words")


@pytest.mark.parametrize(
    "html",
    [
        "<p>" * 100_000 + "words",
        "<b><i>" * 300 + "<p>" * 20_000 + "words",
        "<!--" * 200_000,
        "<" * 500_000 + "p>words",
        "<p title='" * 100_000,
        "<p a=" * 100_000,
        "<style>" + "a{" * 100_000 + "</style>words",
        "<style>" + "x" * 500_000 + "</style>words",
        "<style>" + ".a .b .c > p{display:none}" * 3_000 + "</style><p class=a>words",
        "<template>" * 5_000 + "words",
        "<table><tr><td>" * 300 + "words",
        '<script type="application/ld+json">' + "[" * 200_000 + "</script>words",
        "&amp" * 200_000,
        "<html><p>words</p></html>" * 20_000,
    ],
)
def test_broken_html_ends_well(html: str) -> None:
    """Broken, repeated and unfinished markup is read or refused, quickly."""
    try:
        read_offer(f"<!doctype html><body>{html}".encode())
    except OfferError as error:
        assert str(error).startswith("`standard input` is HTML")


def test_countless_comments_stop_at_the_limit() -> None:
    """The number of parts is limited, and the offer says from where on."""
    offer = read_offer(b"<html>" + b"<!--a-->" * 5_000, limits=replace(LIMITS, parts=100))
    assert len(offer.parts) == 100
    assert reasons(offer) == ["only the first 100 pieces of the offer are read"]


# PDF


def test_only_the_first_pages_of_ten_thousand_are_read() -> None:
    """A PDF of ten thousand pages is read up to the limit; the rest is listed."""
    offer = read_offer(flat_pdf(10_000), limits=replace(LIMITS, pdf_pages=50))
    assert [part.where for part in offer.parts] == [f"page {number}" for number in range(1, 51)]
    assert offer.unread[-1].where == "pages 51 to 10,000"
    assert offer.unread[-1].reason == "only the first 50 pages are read"


def test_a_truncated_pdf_gives_what_is_left() -> None:
    """A PDF cut in the middle is read as far as it goes, or refused in one sentence."""
    whole = pdf(*[f"page number {number}" for number in range(30)])
    for share in (0.02, 0.3, 0.6, 0.9, 0.99):
        try:
            offer = read_offer(whole[: int(len(whole) * share)], "cut.pdf")
        except OfferError as error:
            assert str(error).startswith("`cut.pdf` is a PDF")
        else:
            assert offer.unread


def test_a_broken_table_of_contents_is_repaired_and_said() -> None:
    """A PDF whose cross-references are wrong is read, with a warning."""
    data = pdf("Still here")
    place = data.rindex(b"startxref")
    offer = read_offer(data[:place] + b"startxref\n7\n%%EOF")
    assert "Still here" in [part.text for part in offer.parts]
    assert "the file is damaged and was repaired as it was read; wording may be missing" in reasons(offer)


def test_a_stream_that_explodes_is_left_out() -> None:
    """A page whose content expands beyond the limit is listed; other pages are read."""
    bomb = zlib.compress(b" " * 30_000_000, 9)
    offer = read_offer(flat_pdf(2, {1: bomb}))
    assert [part.where for part in offer.parts] == ["page 1"]
    assert [(note.where, note.reason) for note in offer.unread] == [("page 2", "too large to be read")]


def test_noise_in_a_pdf_does_no_harm() -> None:
    """Bytes overwritten anywhere end in parts, notes or one sentence, never in another error."""
    import random

    whole = pdf("A page of words", title="t")
    noise = random.Random(7)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(noise.randint(1, 30)):
            data[noise.randrange(9, len(data))] = noise.randrange(256)
        try:
            read_offer(bytes(data))
        except OfferError as error:
            assert "\n" not in str(error)


def test_time_is_limited_within_a_page() -> None:
    """A page that draws for ever is left when time is up."""
    endless = zlib.compress(b"BT /F1 9 Tf " + b"(word) Tj " * 30_000 + b"ET")
    offer = read_offer(flat_pdf(1, {0: endless}), limits=replace(LIMITS, seconds=0.01))
    assert reasons(offer)[-1] == "reading took longer than 0.01 seconds"


def test_a_pdf_inside_a_pdf_inside_a_pdf_stops() -> None:
    """Documents nested in documents are read to a depth and no further."""
    data = pdf("innermost")
    for _ in range(6):
        inner = data
        data = changed(pdf("outer"), lambda writer, inner=inner: writer.add_attachment("a.pdf", inner))
    assert "documents are nested more than 4 deep" in reasons(read_offer(data))


# DOCX


def test_a_zip_bomb_is_refused() -> None:
    """A body that expands a thousand times is refused."""
    with pytest.raises(OfferError, match="expands more than 200 times, as a zip bomb does"):
        read_offer(docx(f"<w:p><w:r><w:t>{' ' * 15_000_000}</w:t></w:r></w:p>"))


def test_a_slow_zip_bomb_stops_at_the_total() -> None:
    """Many entries, each within bounds, count together."""
    story = f"<w:x {W}>{paragraph('words ' * 20_000)}</w:x>"
    data = docx(paragraph("text"), {f"word/header{number}.xml": story for number in range(50)})
    offer = read_offer(data, limits=replace(LIMITS, zip_total=1_000_000))
    assert offer.parts[0].text == "text"
    assert "this part of the document expands beyond what is read" in reasons(offer)


def test_an_archive_of_countless_entries_is_refused() -> None:
    """The table of contents is measured before it is opened."""
    with pytest.raises(OfferError, match="is a zip archive with too many entries"):
        read_offer(archive({f"word/{number}": "" for number in range(20_000)}))


def test_billion_laughs_are_refused() -> None:
    """Entities in XML are refused with the document type that declares them."""
    entities = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    body = f"{entities}<w:document {W} {MORE}><w:body>{paragraph('&b;')}</w:body></w:document>"
    data = docx("", {"word/document.xml": body})
    with pytest.raises(OfferError, match="declares an XML document type"):
        read_offer(data, "a.docx")


def test_deep_xml_is_refused() -> None:
    """Elements nested without end are refused."""
    with pytest.raises(OfferError, match="nests XML elements more than 250 deep"):
        read_offer(docx("<w:p>" * 100_000))


def test_a_damaged_docx_ends_in_one_sentence() -> None:
    """A truncated or scrambled archive is named as such."""
    data = docx(paragraph("text " * 500))
    with pytest.raises(OfferError, match="is a zip archive cut short or damaged"):
        read_offer(data[: len(data) // 2])
    lying = bytearray(data)
    place = data.index(b"PK\x01\x02")
    lying[place + 16 : place + 24] = struct.pack("<LL", 1, 5)  # wrong checksum and size in the directory
    try:
        read_offer(bytes(lying))
    except OfferError as error:
        assert "damaged" in str(error)


def test_an_encrypted_archive_is_named() -> None:
    """Entries with a password are said to be encrypted."""
    data = bytearray(docx(paragraph("text")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    with pytest.raises(OfferError, match="is encrypted"):
        read_offer(bytes(data))


def test_nested_documents_stop() -> None:
    """Word documents inside Word documents are read to a depth and no further."""
    data = docx(paragraph("innermost"))
    for _ in range(6):
        data = docx(paragraph("outer"), {"word/embeddings/a.docx": data})
    assert "documents are nested more than 4 deep" in reasons(read_offer(data))


# E-mail


def test_a_message_of_countless_parts_is_refused() -> None:
    """Parts nested without end are refused before they are parsed."""
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5_000))
    with pytest.raises(OfferError, match="is a message with more than 300 parts"):
        read_offer(b"From: a\nSubject: b\n" + head)


def test_messages_in_messages_stop() -> None:
    """Messages forwarded without end are read to a depth and no further."""
    mail = EmailMessage()
    for depth in range(8):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = "a@b.example", f"level {depth}"
        outer.set_content("text")
        if depth:
            outer.add_attachment(mail)
        mail = outer
    assert "documents are nested more than 4 deep" in reasons(read_offer(mail.as_bytes()))


def test_broken_headers_and_bodies_do_no_harm() -> None:
    """Unknown character sets, broken encodings and missing boundaries are read as far as they go."""
    data = (
        b"From: =?no-such?Q?=ff=fe?= <a@b.example>\nSubject: =?utf-8?B?!!!?=\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain; charset="rot13"\n\n'
        b"words\n--x\nContent-Type: text/plain; charset*0*=\xff\nContent-Transfer-Encoding: base64\n\n%%%%\n--x\n"
        b'Content-Type: application/pdf; name="\xff"\nContent-Disposition: attachment\n\nnot a pdf at all\n'
    )
    offer = read_offer(data)
    assert "words" in [part.text.strip() for part in offer.parts]


# Text and names


def test_a_line_of_fifty_megabytes_is_read_to_the_limit() -> None:
    """One endless line is kept up to the limit, and the offer says so."""
    offer = read_offer(b"word " * 10_000_000)
    assert len(offer.parts[0].text) == LIMITS.text
    assert reasons(offer) == ["only the first 10,000,000 characters of the offer are read"]


@pytest.mark.parametrize(
    "name", ["\x1b[31mred\x07.pdf", "<script>alert(1)</script>", "`x`\n=cmd()", "a\u202egpj.exe"]
)
def test_names_do_not_act_in_messages(name: str) -> None:
    """A name in a message is on one line and cannot act on a terminal."""
    with pytest.raises(OfferError) as error:
        read_offer(b"\x89PNG", name)
    message = str(error.value)
    assert message.isprintable()
    assert message.count("`") == 2


def test_a_file_name_that_is_no_text_is_made_printable(tmp_path: Path) -> None:
    """A name with bytes that are no UTF-8 can be written out."""
    offer = read_offer(b"words", "caf\udce9.txt")
    assert offer.name.encode().decode() == offer.name


def test_no_lone_surrogates_come_out() -> None:
    """Every part can be written as UTF-8."""
    page = b"<html>&#xD800; words<p data-a='[\"\\ud800 and more words\"]'>"
    for part in read_offer(page).parts:
        part.text.encode()


def flat_pdf(pages: int, streams: dict[int, bytes] | None = None) -> bytes:
    """A plain PDF of many pages that share one text; ``streams`` replaces single pages' compressed content."""
    plain = zlib.compress(b"BT /F1 12 Tf 72 700 Td (words) Tj ET")
    kids = " ".join(f"{number} 0 R" for number in range(10, 10 + pages))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: _stream(plain),
    }
    resources = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 595 842]"
    for number in range(pages):
        content = 4
        if streams and number in streams:
            content = 10 + pages + number
            objects[content] = _stream(streams[number])
        objects[10 + number] = f"<< /Type /Page /Parent 2 0 R {resources} /Contents {content} 0 R >>".encode()
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n")
    places: dict[int, int] = {}
    for number, content_bytes in sorted(objects.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content_bytes))
    start, size = out.tell(), max(objects) + 1
    out.write(b"xref\n0 %d\n" % size)
    for number in range(size):
        used = number in places
        out.write(b"%010d %05d %s \n" % (places.get(number, 0), 0 if used else 65535, b"n" if used else b"f"))
    out.write(b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (size, start))
    return out.getvalue()


def _stream(content: bytes) -> bytes:
    return b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
