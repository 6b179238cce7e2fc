"""Normalised text, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.offer.text import normalise

ALPHABET = "aA ce-\n\r\tо\u0430\u200b\u00ad\u0301ﬁ％ＡⅣ&;#x2603amp’“ ｶﾞ発\u1112\u1161ḅ̣İß①\u3000."


@pytest.mark.parametrize(
    ("original", "plain"),
    [
        ("a\u200bcne", "acne"),
        ("a\u00adcne", "acne"),
        ("\u0430cne", "acne"),
        ("ＡＢＣ％", "ABC%"),
        ("ﬁne lines", "fine lines"),
        ("acne&nbsp;scars", "acne scars"),
        ("&#97;cne", "acne"),
        ("heal-\n  ing", "healing"),
        ("heal-\r\ning", "healing"),
        ("wound\u2011healing", "wound-healing"),
        ("Wharton’s", "Wharton's"),
        ("WJ™ exosomes", "WJ  exosomes"),
        ("e\u0301tude", "étude"),
        ("ｶﾞ", "ガ"),
        ("か\u3099", "が"),
        ("하\u11ab", "한"),
        ("“skin’s” — glow", '"skin\'s" \u2013 glow'),
        ("a `cure`", "a 'cure'"),
        ("\x1b[31mcures\x1b[0m", "cures"),
        ("\u0441ures TGF-\u03b1 in сorn", "cures TGF-\u03b1 in corn"),
    ],
)
def test_folding(original: str, plain: str) -> None:
    """What looks the same is the same."""
    assert normalise(original).text == plain


@pytest.mark.parametrize("text", ["кожа и волосы", "δέρμα", "肌のうるおい", "피부 재생"])
def test_other_scripts_stay(text: str) -> None:
    """Look-alike letters are folded only inside words that have Latin letters."""
    assert normalise(text).text == text


def test_words_lead_back() -> None:
    """A word found in the normalised text is cut out of the original whole."""
    original = "Cures \u0430\u200bc\u00adne and re&shy;generates ﬁbroblasts."
    normalised = normalise(original)
    start = normalised.lower.index("fibroblasts")
    first, last = normalised.span(start, start + len("fibroblasts"))
    assert original[first:last] == "ﬁbroblasts"
    start = normalised.lower.index("acne")
    first, last = normalised.span(start, start + 4)
    assert original[first:last] == "\u0430\u200bc\u00adne"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=60))
def test_offsets_round_trip(original: str) -> None:
    """Every stretch of normalised text comes from a stretch of the original, in order and within it."""
    normalised = normalise(original)
    assert len(normalised.lower) == len(normalised.text)
    before = 0
    for at in range(len(normalised.text)):
        start, end = normalised.span(at, at + 1)
        assert 0 <= start < end <= len(original)
        assert start >= before or normalise(original[start:end]).text != ""
        before = max(before, start)
        whole_start, whole_end = normalised.span(0, at + 1)
        assert whole_start <= start
        assert whole_end == end


_PRINTED = st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters="&-`") | st.sampled_from(
    "\t\n"
)


@given(st.text(alphabet=_PRINTED, max_size=80))
def test_ascii_is_untouched(original: str) -> None:
    """Plain text without entities and broken words is its own normal form."""
    assert normalise(original).text == original
