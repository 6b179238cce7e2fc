"""The scanner stays linear and whole on hostile text."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.offer import hits, patterns
from exoreg.offer.divide import LONGEST, sentences
from exoreg.offer.lexicon import load
from exoreg.offer.lexicon_files import read_lexicon
from exoreg.offer.scan import Scanner, scan
from exoreg.offer.text import normalise

WORDS = [
    "not", "acne", "cures", "the look of", "wrinkles", "collagen", "boosts", "?", ".", "\n", ",", "but", "it", "if",
    "\u200b", "#hairgrowth", "&amp;", "(", "에", "肌", "재생", "do not use on", "5 billion particles",
]  # fmt: skip


def calls(text: str) -> int:
    """How many Python calls a scan makes, a measure of work that no busy machine disturbs."""
    count = 0

    def profile(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    scan(text)  # what is learnt of words is learnt once
    sys.setprofile(profile)
    try:
        scan(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "boosts collagen ", "not ", "acne, ", "the look of ", "if it ", "no more no longer not only ", "a-\n", "&amp;",
        "(((", "?!", "wrinkles wrinkles collagen ", "\u0430cne ", "재생 ", "発毛", "12.5 ", "x" * 30 + " ",
    ],
)  # fmt: skip
def test_work_is_linear(piece: str) -> None:
    """Four times the text takes about four times the work, whatever is repeated."""
    small, large = calls(piece * 400), calls(piece * 1600)
    assert large < 6 * small + 4000


def test_one_endless_word_and_line() -> None:
    """A line without an end is cut, and a word without an end is read past."""
    assert scan("a" * 300_000).claims == ()
    assert all(part.end - part.start <= LONGEST for part in sentences("acne " * 50_000))


def test_nesting_is_harmless() -> None:
    """Nested brackets and quotes cost no depth."""
    reading = scan("(" * 20_000 + "cures acne" + ")" * 20_000)
    assert reading.label == "disease"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_mixture_is_read(text: str) -> None:
    """No mixture of words makes a fault, and every span lies in the text."""
    reading = scan(text)
    for span in (*reading.claims, *reading.facts, *reading.arguments, *reading.flags):
        assert text[span.start : span.end] == span.text
    assert list(reading.claims) == sorted(reading.claims, key=lambda claim: claim.start)
    assert all(one.end <= two.start for one, two in zip(reading.claims, reading.claims[1:], strict=False))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text at all makes a fault."""
    scan(text)
    normalise(text)


def test_a_scanner_may_be_shared() -> None:
    """Threads that share the scanner get the same answers."""
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda: answers.append(scan("Cures acne, boosts collagen.").label))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["disease"] * 8


def test_forgetting_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner that has to forget what it learnt of words reads the same."""
    text = (
        "Cures acne. Boosts collagen and hair growth. ニキビを治す。주름 개선. Not intended to treat disease."
    )
    whole = scan(text)
    monkeypatch.setattr(hits, "_MEMORY", 2)
    scanner = Scanner(load())
    assert [scanner.scan(text) for _ in range(2)] == [whole, whole]
    assert whole.claims


def test_scanning_imports_nothing_heavy() -> None:
    """The scanner's own modules bind neither click, rich nor pydantic."""
    assert not {"click", "rich", "pydantic"} & set(vars(patterns))


def test_a_broken_lexicon_is_refused(tmp_path: Path) -> None:
    """Problems name the file, the line and what is allowed; all are listed at once."""
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "grammar.yaml").write_text("language: en\nunit: word\n")
    (folder / "sources.yaml").write_text("- {id: one, title: One, verified: seen}\n")
    (folder / "words.yaml").write_text(
        "- {id: en.words.a, kind: wurds, sources: [one], example: a, counter: b}\n"
        "- {id: en.claim.b, kind: claim, label: diseas, match: [x], sources: [two], example: a, counter: b}\n"
    )
    messages = "\n".join(map(str, read_lexicon(tmp_path).problems))
    assert "words.yaml:1:" in messages
    assert "unknown kind `wurds`" in messages
    assert "unknown label `diseas`" in messages
    assert "unknown source `two`" in messages
