"""Text made comparable, with a way back: every offset of the normalised text leads to the original.

Folded are: compatibility forms (NFKC: full-width letters, ligatures), invisible and control characters, terminal
sequences (colours vanish, movements become a space), look-alike letters inside Latin words, HTML entities,
typographic quotes and hyphens, and words broken by a hyphen at a line's end.
One pass over the unusual characters; what stands between them passes through untouched.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_INVISIBLE = (
    "\x80-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4\uff07`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2013\u2014\u2015", "\u2013"),
    **dict.fromkeys("\u2122\u00ae\u00a9\u2120", " "),  # a trade mark is no part of the word
    **dict.fromkeys(["\u00a0", "\u202f", "\u205f", "\u3000", *map(chr, range(0x2000, 0x200B))], " "),
    **dict.fromkeys("\u2028\u2029\u0085\u000b\u000c\r", "\n"),
}
# Cyrillic, Greek and other letters that are drawn like Latin ones.
_LOOKALIKE = dict(
    zip(
        "аеорсухіјѕԁһӏԛԝвкмнтгпАВЕКМНОРСТУХІЈЅԌԚԜαοιυνρτκεηωγΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɑɡոսօհ",
        "aeopcyxijsdhlqwbkmhtrnABEKMHOPCTYXIJSGQWaoiuvptkenwyABEZHIKMNOPTYXiagnuoh",
        strict=True,
    )
)
_LATIN = r"A-Za-z\u00c0-\u024f"
_FOREIGN = "".join(_LOOKALIKE)
# Control characters, but for tab and line breaks, and the sequences that a terminal obeys.
_CONTROL = "\x00-\x08\x0e-\x1f\x7f"
_TERMINAL = (
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|\x1b[\]PX^_][^\x07\x1b]{0,2048}(?:\x07|\x1b\\)"
    r"|\x1b[ -/]{0,8}[0-~]"
)
# Quotes, primes and dashes, which are replaced wherever they stand.
_QUOTES = tuple((char, plain) for char, plain in _PLAIN.items() if plain in "'\"\u2013" and char != plain)
# Letters and marks that are their own normal form and join nothing before them.
_STEADY = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u2013\u2022\u3001-\u3003\u3007-\u3011\u3041-\u3096\u30a1-\u30fe"
    "\u4e00-\u9fff\uac00-\ud7a3"
)
# What may need folding begins with one of these characters.
_ODD = re.compile(rf"[{_CONTROL}\v\f\r&\-]|[^\x00-\x7f{_STEADY}]")
_UNUSUAL = re.compile(
    rf"{_TERMINAL}|[{_CONTROL}]+|"
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
    r"|(?<=[a-z])-[ \t]{0,8}\r?\n[ \t]{0,8}(?=[a-z])|\r\n?|[\v\f]"
    rf"|[^\x00-\x7f{_STEADY}]+"
)
_MIXED_WORD = re.compile(rf"[{_LATIN}{_FOREIGN}]{{2,64}}")
_LOOKALIKES = re.compile(f"[{_FOREIGN}]")
_HIDDEN = re.compile(f"[{_INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text and the map back to the original.

    ``starts[i]`` is an offset of ``text`` at which a stretch begins; ``origins[i]`` and ``ends[i]`` are the
    offsets of the original where it begins and ends, and ``steady[i]`` tells whether the stretch keeps its
    length (offsets inside it move along) or was replaced as a whole.
    """

    original: str
    text: str
    lower: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    ends: tuple[int, ...]
    steady: tuple[bool, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original of ``text[start:end]``; an empty stretch stays empty."""
        if len(self.starts) == 1:  # nothing was folded
            return start, max(start, end)
        first = bisect_right(self.starts, start) - 1
        begin = self.origins[first] + (start - self.starts[first] if self.steady[first] else 0)
        if end <= start:
            return begin, begin
        last = bisect_right(self.starts, end - 1, first) - 1
        finish = self.origins[last] + end - self.starts[last] if self.steady[last] else self.ends[last]
        return begin, finish


def normalise(original: str) -> Normalised:
    """Folds ``original``; time and memory grow with its length."""
    pieces: list[str] = []
    starts: list[int] = [0]
    origins: list[int] = [0]
    ends: list[int] = [0]
    steady: list[bool] = [True]
    at = done = 0

    def add(piece: str, begin: int, finish: int) -> None:
        nonlocal at
        keeps = len(piece) == finish - begin
        joins = keeps and steady[-1] and ends[-1] == begin and origins[-1] + at - starts[-1] == begin
        if joins:
            ends[-1] = finish
        else:
            starts.append(at)
            origins.append(begin)
            ends.append(finish)
            steady.append(keeps)
        pieces.append(piece)
        at += len(piece)

    plain = original.replace("`", "'")
    if not original.isascii():
        for mark, simple in _QUOTES:
            plain = plain.replace(mark, simple)
    odd = _ODD.search(plain)
    while odd:
        begin = odd.start()
        match = _UNUSUAL.match(original, begin)
        if match is None:
            odd = _ODD.search(plain, begin + 1)
            continue
        if begin > done and _continues(original[begin]) and original[begin - 1].isalpha():
            begin -= 1  # a mark that joins the letter before it
        if begin > done:
            add(plain[done:begin], done, begin)
        finish = match.end()
        for piece, first, last in _fold(original[begin:finish], begin):
            if piece:
                add(piece, first, last)
        done = finish
        odd = _ODD.search(plain, done)
    if done < len(plain):
        add(plain[done:], done, len(plain))
    text = _unmask("".join(pieces))
    lower = text.lower()
    if len(lower) != len(text):  # a few capital letters have two small ones
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return Normalised(original, text, lower, tuple(starts), tuple(origins), tuple(ends), tuple(steady))


def _fold(found: str, begin: int) -> list[tuple[str, int, int]]:
    """The pieces that stand for ``found``, each with where it comes from."""
    if found[0] == "&":
        plain = html.unescape(found)
        if plain == found:
            return [(found, begin, begin + len(found))]
        folded = "".join(_one(char) for char in plain)
        return [(folded, begin, begin + len(found))]
    eight_bit = found[0] == "\x9b" and len(found) > 1 and found[1:].isascii()
    if eight_bit or found[0] in "-\x7f" or (found[0] < " " and found[0] not in "\r\v\f"):
        moves = (eight_bit or found.startswith("\x1b[")) and found[-1] not in "[mK"
        return [(" " if moves else "", begin, begin + len(found))]
    if len(found) == 2 and found[0] == "\r":
        return [("\n", begin, begin + 2)]
    whole = "".join(_PLAIN.get(char, char) for char in found)
    if not _HIDDEN.search(whole) and unicodedata.is_normalized("NFKC", whole):
        return [(whole, begin, begin + len(found))]
    # A base character goes together with the marks behind it, so that they can compose.
    pieces: list[tuple[str, int, int]] = []
    first = 0
    for here in range(1, len(found) + 1):
        joined = here < len(found) and here - first < 16 and _continues(found[here])
        if not joined:
            folded = unicodedata.normalize("NFKC", "".join(_one(char) for char in found[first:here]))
            pieces.append((folded, begin + first, begin + here))
            first = here
    return pieces


def _one(char: str) -> str:
    char = _PLAIN.get(char, char)
    return "" if _HIDDEN.match(char) else unicodedata.normalize("NFKC", char)


def _continues(char: str) -> bool:
    # Marks compose with what stands before; so do the vowels and finals of decomposed Hangul.
    return unicodedata.combining(char) > 0 or "\u1160" < char <= "\u11ff" or char in "\uff9e\uff9f"


def _unmask(text: str) -> str:
    """The text with look-alike letters replaced in words that have Latin letters, too."""
    pieces: list[str] = []
    done = 0
    found = _LOOKALIKES.search(text)
    while found:
        start = max(done, text.rfind(" ", done, found.start()) + 1)
        end = text.find(" ", found.end()) % (len(text) + 1)  # to the end when no space follows
        pieces += text[done:start], _MIXED_WORD.sub(_in_latin, text[start:end])
        done = end
        found = _LOOKALIKES.search(text, done)
    return "".join((*pieces, text[done:])) if pieces else text


def _in_latin(match: re.Match[str]) -> str:
    word = match.group()
    if word.isascii() or not any(char.isascii() for char in word):
        return word
    return "".join(_LOOKALIKE.get(char, char) for char in word)
