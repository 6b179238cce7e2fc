"""`exoreg claims` and `exoreg check --claim-text`: words in, labels out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.run import EXOREG

from .command import Command
from .reading import check_schema

DAY = ("--as-of", "2026-11-22")


def test_lines_one_object_each_in_order(exoreg: Command) -> None:
    """Every line gives one object, empty and broken ones too."""
    raw = b"Clears acne.\n\nDoes not treat eczema.\r\n\xff\xfe collagen\n\xe3\x82\xb7\nlast"
    ran = exoreg("claims", "--lines", stdin=raw)
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [one["text"] for one in found] == [
        "Clears acne.", "", "Does not treat eczema.", "\ufffd\ufffd collagen", "シ", "last",
    ]  # fmt: skip
    assert [one["label"] for one in found] == ["disease", "none", "none", "none", "none", "none"]
    assert found[2]["spans"][0]["modality"] == "negated"
    for one in found:
        check_schema("claims", one, "#/$defs/line")


def test_a_line_object_in_full(exoreg: Command) -> None:
    """The keys of an object and of a span, as written."""
    ran = exoreg("claims", "--lines", stdin=b"It clears acne.\n")
    assert ran.out == (
        '{"text": "It clears acne.", "label": "disease", "spans": [{"start": 3, "end": 14, '
        '"text": "clears acne", "label": "disease", "modality": "asserted", "rule": "en.claim.treat-condition"}]}\n'
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Regrows hair.", "structure-function"),
        ("Boosts collagen.", "structure-function"),
        ("Skin looks fresh.", "appearance"),
        ("Ships on Monday.", "none"),
        ("콜라겐 생성을 촉진합니다.", "structure-function"),
        ("ニキビを治します。", "disease"),
    ],
)
def test_the_four_labels(exoreg: Command, text: str, label: str) -> None:
    """The label of a line is one of four, the finer ones folded."""
    ran = exoreg("claims", "--lines", stdin=text.encode() + b"\n")
    assert json.loads(ran.out)["label"] == label


def test_each_line_is_answered_at_once() -> None:
    """A reader that waits for each answer is not kept waiting for the end of the input."""
    with subprocess.Popen(
        [EXOREG, "claims", "--lines"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin and process.stdout
        for word in (b"Clears acne.\n", b"Skin looks fresh.\n"):
            process.stdin.write(word)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["text"] == word.decode().strip()
        process.stdin.close()


def test_another_language_is_said_on_standard_error(exoreg: Command) -> None:
    """A line that is not read is not passed for free of claims."""
    german = "Diese Creme heilt Akne und ist für die Haut mit der Kraft der Natur.\n"
    ran = exoreg("claims", "--lines", stdin=german.encode())
    assert ran.err == "exoreg: line 1: language not covered (de)\n"


def test_words_are_bracketed_with_their_label(exoreg: Command) -> None:
    """In plain text the label stands behind the words, and what does not count says why."""
    ran = exoreg("claims", "--plain", stdin=b"It clears acne.\nIt does not treat eczema.\n")
    assert ran.out == (
        "Label: disease\n"
        "It [clears acne] (disease).\n"
        "It does not [treat eczema] (disease, negated, not counted).\n"
    )


def test_no_claim_is_said_with_care(exoreg: Command) -> None:
    """None found is told as such."""
    ran = exoreg("claims", "--plain", stdin=b"Ships on Monday.\n")
    assert ran.out == (
        "Label: none\nShips on Monday.\n\nNo claim was found in this text, which is not to say that none is made.\n"
    )


def test_json_fits_its_schema(exoreg: Command, tmp_path: Path) -> None:
    """A whole text as JSON, with offsets that lead back to its words."""
    text = "It clears acne.\r\nDiese Creme ist für die Haut und die Haare mit der Kraft der Natur.\n\x1b[31m 潤い"
    (tmp_path / "t.txt").write_text(text, encoding="utf-8", newline="")
    data = json.loads(exoreg("claims", tmp_path / "t.txt", "--format", "json").out)
    check_schema("claims", data)
    assert data["text"] == text
    assert all(text[span["start"] : span["end"]] == span["text"] for span in data["spans"])
    assert [found["language"] for found in data["uncovered"]] == ["de"]


def test_colour_by_label(exoreg: Command) -> None:
    """On a terminal the words are coloured; the label still stands in words."""
    out = exoreg("claims", "--color", "always", stdin=b"It clears acne.\n").out
    assert "\x1b[" in out and "(disease)" in out


def test_text_never_acts_on_the_terminal(exoreg: Command) -> None:
    """Escapes in the text are shown, not obeyed."""
    out = exoreg("claims", "--plain", stdin="\x1b]0;x\x07 clears acne \u202e\n".encode()).out
    assert "\x1b" not in out and "\u202e" not in out and "<U+001B>" in out


@pytest.mark.parametrize("arguments", [(), ("--lines",)])
def test_nothing_in_is_not_success(exoreg: Command, arguments: tuple[str, ...]) -> None:
    """An empty input and a missing file have the code for nothing to read."""
    assert exoreg("claims", *arguments).code == 3
    ran = exoreg("claims", *arguments, "/does/not/exist")
    assert (ran.code, ran.err) == (3, "exoreg: `/does/not/exist` cannot be read: no such file or directory\n")


def test_claim_text_in_check(exoreg: Command) -> None:
    """The words given are scanned, what counts is added to the claims, and the answer shows what was read as what."""
    arguments = ("--source", "rose", "--use", "topical", "--region", "UK", *DAY, "--format", "json")
    ran = exoreg(
        "check", *arguments, "--claim", "appearance", "--claim-text", "Regrows hair. Does not treat eczema."
    )
    data = json.loads(ran.out)
    check_schema("check", data)
    assert data["product"]["claims"] == ["appearance", "hair-growth"]
    assert "claims" not in data["assumed"]
    assert [{k: one[k] for k in ("text", "label", "start", "end")} for one in data["claim_text"]] == [
        {"text": "Regrows hair", "label": "hair-growth", "start": 0, "end": 12}
    ]


def test_check_without_claim_text_has_no_such_key(exoreg: Command) -> None:
    """The answer without wording is as before, and fits the schema."""
    data = json.loads(exoreg("check", "--source", "human", "--use", "?", *DAY, "--format", "json").out)
    check_schema("check", data)
    assert "claim_text" not in data


def test_claim_text_in_text(exoreg: Command) -> None:
    """The text answer quotes the words and what they were read as."""
    ran = exoreg(
        "check",
        "--source",
        "rose",
        "--use",
        "topical",
        "--region",
        "UK",
        "--claim-text",
        "Regrows hair",
        *DAY,
    )
    assert "\nRead in the wording given\n  - “Regrows hair”: grows hair or stops hair loss\n" in ran.out


def test_claim_text_without_claims(exoreg: Command) -> None:
    """Wording in which nothing was found leaves the claims assumed, and says so."""
    ran = exoreg(
        "check", "--source", "rose", "--use", "topical", "--claim-text", "Blue box", *DAY, "--format", "json"
    )
    data = json.loads(ran.out)
    assert data["claim_text"] == [] and "claims" in data["assumed"]
    assert "no claim was found in `--claim-text`" in ran.err


def test_claim_text_in_another_language_is_refused(exoreg: Command) -> None:
    """What is not read may claim anything, so it is not answered for."""
    german = "Diese Creme heilt Akne und ist für die Haut mit der Kraft der Natur."
    ran = exoreg("check", "--source", "rose", "--use", "topical", "--claim-text", german)
    assert (ran.code, ran.out) == (2, "")
    assert "not covered (de)" in ran.err


def test_a_receipt_with_claim_text_verifies(exoreg: Command, tmp_path: Path) -> None:
    """An answer that read claims from wording can be computed anew."""
    exoreg(
        "check", "--source", "rose", "--use", "topical", "--region", "UK", "--claim-text", "Regrows hair",
        *DAY, "--format", "json", "-o", tmp_path / "r.json",
    )  # fmt: skip
    assert exoreg("verify", tmp_path / "r.json").code == 0
