"""Dividing normalised text into sections and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple

LONGEST = 1_200
"""Characters after which a sentence is cut at a space, so that work a sentence stays bounded."""

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(
    r"[ \t>|]*(?:[-\u2013*•·◦●▪■□◆▶►✓✔※○◎★☆·‣⁃∙・◇▼▽◯➤❖]+|\(?\d{1,2}[.)]|[①-⑳]|[a-z][.)](?=[ \t]))?[ \t|]*"
)
# Abbreviations and initials whose full stop ends no sentence. (The one leading set makes the search fast.)
_END = re.compile(
    r"[.!?。｡](?:(?<=\.)(?<![\s.(][a-z]\.)(?<!\bdr\.)(?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\betc\.)(?<!\bno\.)"
    r"(?<!\bmr\.)(?<!\bmrs\.)(?<!\bst\.)(?<!\bfig\.)(?<!\bal\.)(?<!\bca\.)\.*[\"')\]]*(?=\s|\Z)"
    r"|(?<=[!?])[!?]*[\"')\]」』]*(?![」』])(?=\W|\Z)|(?<=[。｡])[。｡]*[」』）)]*)"
)
_LETTER = re.compile(r"[^\W\d_]")
_POLITE = ("です", "ます", "でした", "ました", "ません")
"""Endings of Japanese sentences, which a heading does not have."""
_QUESTION_MARK = re.compile(r"^\s*(?:q|question|質問|질문)\s*\d*\s*[.:)]", re.IGNORECASE)


_NO_BLOCK = (0, 0, "", False)
_HEADS = frozenset("■□◆◇▼▽●")
"""Marks that lead a heading, unless the line above or below bears the same."""
_BRACKETS = frozenset(("【】", "<>", "≪≫", "《》", "〈〉", "[]"))
"""Marks that enclose a heading."""


class Sentence(NamedTuple):
    """A sentence, list item or heading.

    ``section`` counts the sections; ``title`` says that the sentence is the heading or question that opens its
    section; ``asks`` that it ends with a question mark.
    """

    start: int
    end: int
    section: int
    title: bool
    asks: bool


def sentences(lower: str) -> Iterator[Sentence]:
    """The sentences of a normalised text in lower case, in order."""
    section = 0
    after_blank = True
    above = ""
    # A short line that a list hangs on is its heading, whatever stands above it.
    for (start, end, mark, first), (_, _, below, _) in pairwise(chain(_blocks(lower), (_NO_BLOCK,))):
        whole = lower[start:end]
        heads = mark in _HEADS and mark not in (above, below)
        title = (heads or not mark) and _is_title(whole, first or after_blank or heads or bool(below))
        after_blank, above = False, mark
        if title:
            section += 1
            yield Sentence(start, end, section, True, whole.rstrip().endswith("?"))
            continue
        for begin, finish in _cut(lower, start, end):
            asks = "?" in lower[max(begin, finish - 4) : finish]
            if asks:
                section += 1
            yield Sentence(begin, finish, section, asks, asks)


def _blocks(lower: str) -> Iterator[tuple[int, int, str, bool]]:
    """Lines, wrapped lines joined: start, end, the mark that leads it, whether a blank line stands before."""
    held: tuple[int, int, str, bool] | None = None
    done = 0
    for match in _LINE.finditer(lower):
        start, end = match.span()
        bullet = _BULLET.match(lower, start, end)
        begin = bullet.end() if bullet else start
        mark = lower[start:begin].strip(" \t|>")[:1]
        blank = start == 0 or start - done > 1
        if begin >= end:
            continue
        wrapped = (
            held is not None
            and not mark
            and not blank
            and lower[begin].islower()
            and lower[begin].isascii()
            and lower[held[0] : held[1]].rstrip()[-1:] not in (".", ":", "!", "?", "")
            and held[1] - held[0] > 40
        )
        if wrapped and held is not None:
            held = (held[0], end, held[2], held[3])
        else:
            if held is not None:
                yield held
            held = (begin, end, mark, blank)
        done = end
    if held is not None:
        yield held


def _is_title(text: str, fresh: bool) -> bool:
    text = text.strip()
    if not text or len(text) > 90:
        return False
    if text[-1] in ":：" or text[0] + text[-1] in _BRACKETS:
        return True
    if _QUESTION_MARK.match(text) and text[-1] == "?":
        return True
    return (
        fresh
        and text[-1] not in ".!,;。、"
        and not text.endswith(_POLITE)
        and len(text.split()) <= 8
        and not text[0].isdigit()
    )


def _cut(lower: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in (*(match.end() for match in _END.finditer(lower, start, end)), end):
        while stop - start > LONGEST:
            space = lower.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = space if space > 0 else start + LONGEST
            yield start, cut
            start = cut
        if start < stop and _LETTER.search(lower, start, stop):
            yield start, stop
        start = stop
