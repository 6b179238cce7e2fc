"""A small document: what every report is made of before it becomes text, Markdown or HTML.

Text in spans is data, never markup: each renderer makes it harmless in its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Tone(StrEnum):
    """What a piece of text is, for colour; the words always say it too."""

    PLAIN = ""
    STRONG = "strong"
    QUIET = "quiet"
    CODE = "code"
    DRUG = "drug"
    UNLAWFUL = "unlawful"
    UNDETERMINED = "undetermined"
    COSMETIC = "cosmetic"
    DEPENDS = "depends"


class Span(NamedTuple):
    """A piece of text with a tone, and with a link where it has one."""

    text: str
    tone: Tone = Tone.PLAIN
    link: str | None = None


Spans = tuple[Span, ...]


class Heading(NamedTuple):
    """A heading; level 1 is the title of the report."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """A paragraph; ``note`` marks small print."""

    spans: Spans
    note: bool = False


class Verdict(NamedTuple):
    """The answer for one region, in words first: the sentence, then status and supply."""

    region: str
    status: Tone
    label: str
    sentence: str


class Item(NamedTuple):
    """One entry of a list: its first line, and what stands indented below it."""

    spans: Spans
    below: tuple[Paragraph | Items, ...] = ()


class Items(NamedTuple):
    """A list, with bullets or with numbers."""

    items: tuple[Item, ...]
    ordered: bool = False


class Table(NamedTuple):
    """A table: a caption, a header, and rows of cells; ``aloud`` is the header in full, where it is short for room."""

    header: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    caption: str = ""
    aloud: tuple[str, ...] = ()


Block = Heading | Paragraph | Verdict | Items | Table


class Document(NamedTuple):
    """A whole report."""

    title: str
    blocks: Sequence[Block] = ()


def spans(*parts: str | Span) -> Spans:
    """Spans from strings and spans; empty strings fall away."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts if part)


def paragraph(*parts: str | Span, note: bool = False) -> Paragraph:
    """A paragraph from strings and spans."""
    return Paragraph(spans(*parts), note)


def harmless(text: str) -> str:
    """Text without characters that act on a terminal or reorder what is shown: each becomes its visible code."""
    if text.isprintable() and not any(char in _REORDERING for char in text):
        return text
    return "".join(
        char
        if char == "\n" or (char.isprintable() and char not in _REORDERING) or char in "\u3000\u00a0"
        else f"<U+{ord(char):04X}>"
        for char in text
    )


def web_address(link: str | None) -> str | None:
    """The link where it leads to the web; any other (``javascript:``, a file) is no link."""
    return link if link is not None and link.lower().startswith(("https://", "http://")) else None


_REORDERING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff"
)
