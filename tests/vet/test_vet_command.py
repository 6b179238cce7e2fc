"""`exoreg vet` from the outside: invented offers of every kind and language, formats, exit codes, hostile files."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.offer.readers.make import archive, docx, paragraph, pdf

from .command import Command
from .reading import OFFERS, check_schema

DAY = ("--as-of", "2026-11-22")

WORDING = {
    "en": (
        "VELUMINE serum",
        "Exosomes from human umbilical cord cells.",
        "For topical use only.",
        "Inject 0.1 ml per point intradermally.",
        "It clears acne.",
    ),
    "ja": (
        "ヴェルミーヌ美容液",
        "ヒト臍帯由来のエクソソームを配合。",
        "洗顔後、顔に塗布してください。",
        "真皮内に注射します。",
        "ニキビを治します。",
    ),
    "ko": (
        "벨루민 앰플",
        "사람 제대유래 엑소좀을 담았습니다.",
        "세안 후 얼굴에 펴 바릅니다.",
        "피부에 주사합니다.",
        "여드름을 치료합니다.",
    ),
}
"""One invented offer: a name, a source, a mild label, a strict route, a disease."""

FONTS = {"en": "Helvetica", "ja": "HeiseiKakuGo-W5", "ko": "HYGothic-Medium"}


def made(kind: str, language: str) -> bytes:
    """The invented offer as a document of a kind, with the strict route where that kind hides it best."""
    name, source, label, route, disease = WORDING[language]
    if kind == "pdf":
        return pdf("\n".join((name, source, label)), "\n".join((route, disease)), font=FONTS[language])
    if kind == "docx":
        return docx("".join(map(paragraph, WORDING[language])))
    if kind == "html":
        shown = "".join(f"<p>{line}</p>" for line in (source, label, disease))
        page = f"<html><head><meta charset=utf-8><title>{name}</title></head><body>{shown}"
        return f"{page}<p style='display:none'>{route}</p></body></html>".encode()
    message = EmailMessage()
    message["Subject"], message["From"] = name, "sales@seller.example"
    message.set_content("\n".join((source, label, disease)))
    message.add_attachment(
        "\n".join((name, route)).encode(), maintype="text", subtype="plain", filename="protocol.txt"
    )
    return message.as_bytes()


def answer(exoreg: Command, path: Path | str, *arguments: str, stdin: bytes = b"") -> dict[str, Any]:
    """The JSON answer, held against its schema."""
    ran = exoreg("vet", path, *DAY, "--format", "json", *arguments, stdin=stdin)
    assert (ran.code, ran.err) == (0, "")
    data: dict[str, Any] = json.loads(ran.out)
    check_schema("vet", data)
    return data


@pytest.mark.parametrize("language", WORDING)
@pytest.mark.parametrize("kind", ["pdf", "docx", "html", "eml"])
def test_an_invented_offer_of_each_kind_and_language(
    exoreg: Command, tmp_path: Path, kind: str, language: str
) -> None:
    """The source, both routes, the disease and the strict answer come out, wherever they stand."""
    path = tmp_path / f"offer.{kind}"
    path.write_bytes(made(kind, language))

    data = answer(exoreg, path)

    facts = {found["fact"]: found for found in data["facts"]}
    assert facts["source"]["answered"] == [["umbilical"]]
    assert facts["use"]["answered"] == [["topical"], ["injection"]]
    assert language in data["offer"]["languages"]
    assert "disease" in {claim["label"] for claim in data["claims"]["found"] if claim["counts"]}
    assert "route-laundering" in {one["kind"] for one in data["contradictions"]}
    assert {(found["status"], found["supply"]) for found in data["determinations"]} == {
        ("drug", "prohibited")
    }
    assert {found["product"]["use"] for found in data["determinations"]} == {"injection"}


def test_quotes_name_their_page(exoreg: Command, tmp_path: Path) -> None:
    """The injection on the second page of a PDF is quoted with its page."""
    (tmp_path / "o.pdf").write_bytes(made("pdf", "en"))
    ran = exoreg("vet", tmp_path / "o.pdf", "--region", "UK", *DAY)
    assert "“For topical use” (page 1, line 3)" in ran.out
    assert "“Inject” (page 2, line 1)" in ran.out


def test_hidden_wording_in_a_page_is_marked(exoreg: Command, tmp_path: Path) -> None:
    """A route that a page hides is quoted as hidden and flagged."""
    (tmp_path / "o.html").write_bytes(made("html", "en"))
    ran = exoreg("vet", tmp_path / "o.html", "--region", "UK", *DAY)
    assert "“Inject” (body, hidden: display:none)" in ran.out
    assert "Wording out of a reader's sight states or promises something" in ran.out


def test_what_is_only_named_beside_the_source_is_shown_as_such(exoreg: Command) -> None:
    """An ingredient and a rival treatment are listed with their words, and the answer is not for them."""
    text = b"Rose stem cell exosomes with aloe vera. Gentler after PRP. For topical use only."
    lines = exoreg("vet", "-", "--region", "UK", stdin=text).out.splitlines()
    start = lines.index("  - source: rose (stated)")
    assert [line.split(" (")[0] for line in lines[start + 1 : start + 4]] == [
        "    - rose: “Rose stem”",
        "    - only named beside it: aloe: “aloe vera”",
        "    - only named beside it: human platelets: “PRP”",
    ]


def test_the_short_report(exoreg: Command) -> None:
    """What a clinician reads, in full, for one region."""
    text = b"Rose exosome serum. For topical use only.\nFDA registered. It clears acne.\n"
    ran = exoreg("vet", "-", "--region", "GB", "--set", "donor=none", *DAY, stdin=text)
    body, _, _ = ran.out.partition("\nWhy\n")
    assert body == (
        "Offer standard input\n\n"
        "Great Britain: DRUG (MEDICINE) · PROHIBITED\n"
        "  Do not buy, use or supply this in Great Britain: it is a medicine there, and no authorisation covers it.\n"
        "Answered for: rose · no human donor · isolated exosomes · on intact skin or hair · "
        "treats or prevents a disease.\n\n"
        "What it is\n"
        "  - source: rose (stated)\n"
        "    - rose: “Rose exosome” (text, line 1)\n"
        "  - donor: no human donor (set by hand)\n"
        "  - form: isolated exosomes (stated)\n"
        "    - isolated exosomes: “exosome” (text, line 1)\n"
        "  - intended use (route): on intact skin or hair (stated)\n"
        "    - on intact skin or hair: “serum” (text, line 1); “For topical use” (text, line 1)\n\n"
        "What it claims\n"
        "  - treats or prevents a disease: “clears acne” (text, line 2)\n"
    )
    after = ran.out.partition("\nWhat is wrong with the pitch\n")[2]
    assert after.startswith("  - Registered with an authority is not approved: firms enter themselves.\n")
    headings = [line for line in ran.out.splitlines() if line.startswith("What")]
    assert headings == [
        "What it is",
        "What it claims",
        "What is wrong with the pitch",
        "What the seller argues, and what the law says to it",
        "What to ask the seller, to paste into an email",
        "What to ask yourself",
    ]
    assert ran.out.endswith("not legal advice.\n")


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_nothing_in_an_offer_acts_on_the_reader(exoreg: Command, tmp_path: Path, format: str) -> None:
    """Escapes, markup and formulas in names and words come out as text in every format."""
    path = tmp_path / "x\x1b[2J<script>alert(1)</script>.txt"
    path.parent.mkdir(exist_ok=True)
    path = tmp_path / "x\x1b[2J<b>=1+1.txt"
    path.write_text("Rose exosome serum <script>alert(1)</script>. \x1b[31m Clears acne \u202e<img src=x>.\n")
    ran = exoreg("vet", path, "--region", "UK", "--format", format, "--explain", *DAY)
    assert ran.code == 0
    assert "\x1b" not in ran.out and "\u202e" not in ran.out
    if format != "text":
        assert "<script>alert" not in ran.out and "<img" not in ran.out


def test_set_corrects_and_is_shown(exoreg: Command) -> None:
    """A fact set by hand is answered for, and said to be set by hand."""
    text = b"Rose exosome serum. Apply to the face."
    data = answer(exoreg, "-", "--region", "UK", "--set", "source=Wharton's jelly", stdin=text)
    source = data["facts"][0]
    assert (source["state"], source["answered"]) == ("by-hand", [["umbilical"]])
    assert [one["value"] for one in source["read"]] == ["rose"]
    assert data["determinations"][0]["status"] == "unlawful"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("source", "write it like `--set source=umbilical`"),
        ("source=", "write it like `--set source=umbilical`"),
        ("sorce=rose", "`sorce` is not a fact"),
        ("source=roze", "did you mean `rose`"),
    ],
)
def test_a_wrong_set_is_one_clear_line(exoreg: Command, given: str, message: str) -> None:
    """A correction that cannot be understood says what is allowed and ends with the code of wrong usage."""
    ran = exoreg("vet", "-", "--set", given, stdin=b"Rose exosomes.")
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err.splitlines()[0]


def test_contradicting_facts_by_hand(exoreg: Command) -> None:
    """A donor that the source cannot have is wrong usage."""
    ran = exoreg("vet", "-", "--set", "source=rose", "--set", "donor=autologous", stdin=b"Exosome serum.")
    assert (ran.code, ran.out) == (2, "")
    assert "contradicts" in ran.err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"Umbilical cord exosomes, injected. Treats arthritis.", 1),
        (b"Rose exosome serum, apply to the face. Skin looks fresh.", 0),
        (b"Rose exosome serum. Microneedle at 1.0 mm.", 4),
    ],
)
def test_exit_codes(exoreg: Command, text: bytes, code: int) -> None:
    """With --exit-code the strictest answer decides."""
    assert exoreg("vet", "-", "--region", "UK", "--exit-code", *DAY, stdin=text).code == code
    assert exoreg("vet", "-", "--region", "UK", *DAY, stdin=text).code == 0


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.pdf", None, "does not exist"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("numbers.txt", b"12 34 56\n", "holds no wording"),
        ("noise.bin", bytes(range(256)) * 40, ""),
        ("broken.pdf", b"%PDF-1.7\n%%EOF", "is a PDF"),
        ("broken.docx", b"PK\x03\x04" + b"\0" * 200, ""),
        ("deep.html", b"<html>" + b"<div>" * 100_000 + b"words", "nest more than"),
    ],
)
def test_hostile_and_empty_files_end_well(
    exoreg: Command, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    """What cannot be read ends with one sentence, no result and the code for nothing to read."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    ran = exoreg("vet", path)
    assert (ran.code, ran.out) == (3, "")
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_a_zip_bomb_ends_well(exoreg: Command, tmp_path: Path) -> None:
    """A document that expands without end is refused or read in part, never to the end."""
    bomb = archive({"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * 60_000_000})
    (tmp_path / "bomb.docx").write_bytes(bomb)
    ran = exoreg("vet", tmp_path / "bomb.docx")
    assert (ran.code, ran.out) == (3, "")
    assert "Traceback" not in ran.err


def test_a_scanned_pdf_is_nothing_to_read_and_says_why(exoreg: Command, tmp_path: Path) -> None:
    """Pages without text are listed, and are not taken for an offer without claims."""
    (tmp_path / "scan.pdf").write_bytes(pdf(lambda canvas: canvas.rect(50, 50, 400, 600, fill=1)))
    ran = exoreg("vet", tmp_path / "scan.pdf")
    assert (ran.code, ran.out) == (3, "")
    assert "not read: page 1" in ran.err


def test_one_endless_line_ends_well(exoreg: Command) -> None:
    """A line of many copies of an offer is read, and the report stays short."""
    line = b"Umbilical cord exosomes, inject 1 ml intradermally, it clears acne. " * 3_000
    ran = exoreg("vet", "-", "--region", "UK", *DAY, stdin=line)
    assert ran.code == 0
    assert len(ran.out) < 12_000


def test_every_sample_gives_valid_json_for_all_regions(exoreg: Command) -> None:
    """One sample of each language is answered for everywhere, in the format of its schema."""
    for name in ("03-web-wharton-joint-iv", "ja-01-mail-cord-supernatant", "ko-03-clinic-blog-placenta-drip"):
        data = answer(exoreg, OFFERS / f"{name}.txt")
        assert [found["region"] for found in data["determinations"]] == ["US", "UK", "EU", "JP", "KR"]


def test_output_to_a_file(exoreg: Command, tmp_path: Path) -> None:
    """A report is written to the file named, and nothing to standard output."""
    ran = exoreg(
        "vet", "-", "--format", "html", "-o", tmp_path / "r.html", *DAY, stdin=b"Rose exosome serum."
    )
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(
        [b"", b"<html><body>", b"%PDF-1.4\n", b"PK\x03\x04", b"Subject: exosomes\n\n", b"\xff\xfe"]
    ),
    rest=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)
def test_no_bytes_make_a_traceback(exoreg: Command, start: bytes, rest: bytes) -> None:
    """Whatever is handed over, the command answers or says in a sentence that there is nothing to read."""
    ran = exoreg("vet", "-", "--region", "UK", *DAY, stdin=start + rest)
    assert ran.code in (0, 3)
    assert (ran.code == 3) == (ran.out == "")
    assert "Traceback" not in ran.err and "internal fault" not in ran.err
