"""A document as text: plain lines for pipes and screen readers, colour and wrapping on a terminal.

Plain text has one line a paragraph and no drawing, so that it greps and reads aloud well. On a terminal rich
wraps (by display width, so that Japanese and Korean stay in line) and colours; meaning is never in colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from exoreg.render.document import (
    Document,
    Heading,
    Items,
    Paragraph,
    Span,
    Spans,
    Table,
    Tone,
    Verdict,
    harmless,
)

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

STYLES = {
    Tone.STRONG: "bold",
    Tone.QUIET: "dim",
    Tone.CODE: "cyan",
    Tone.DRUG: "bold red",
    Tone.UNLAWFUL: "bold red",
    Tone.UNDETERMINED: "bold yellow",
    Tone.COSMETIC: "bold green",
    Tone.DEPENDS: "bold yellow",
}
"""Colours that are legible on dark and on light backgrounds."""


class Line(NamedTuple):
    """One paragraph of text: how far it and its further lines are indented, and its spans."""

    indent: int
    hang: int
    spans: Spans


def lines(document: Document) -> Iterator[Line]:
    """The document as lines, empty ones between parts."""
    for block in document.blocks:
        if isinstance(block, Heading):
            if block.level > 1:
                yield Line(0, 0, ())
            yield Line(0, 0, (Span(block.text, Tone.STRONG),))
        elif isinstance(block, Verdict):
            yield Line(0, 0, ())
            yield Line(
                0, 2, (Span(f"{block.region}: ", Tone.STRONG), Span(block.label.upper(), block.status))
            )
            yield Line(2, 2, (Span(block.sentence),))
        elif isinstance(block, Paragraph):
            if block.note:
                yield Line(0, 0, ())
            yield Line(0, 0, block.spans)
        elif isinstance(block, Items):
            yield from _items(block, 2)
        else:
            yield from _rows(block)


def _items(items: Items, indent: int) -> Iterator[Line]:
    for number, item in enumerate(items.items, 1):
        mark = f"{number}. " if items.ordered else "- "
        inner = indent + len(mark)
        yield Line(indent, inner, (Span(mark), *item.spans))
        for block in item.below:
            if isinstance(block, Items):
                yield from _items(block, inner)
            else:
                yield Line(inner, inner, block.spans)


def _rows(table: Table) -> Iterator[Line]:
    """A table in plain text: one line a row, cells named, so that it reads aloud well."""
    for row in table.rows:
        parts: list[Span] = []
        for name, cell in zip(table.aloud or table.header, row, strict=True):
            if cell:
                parts += [Span("; " if parts else ""), Span(f"{name}: " if parts else ""), *cell]
        yield Line(2, 4, tuple(parts))


def plain(document: Document) -> str:
    """The document as plain text."""
    out = []
    for line in lines(document):
        text = harmless("".join(span.text for span in line.spans))
        out.append((" " * line.indent + text).rstrip())
    return "\n".join(out).lstrip("\n") + "\n"


def draw(document: Document, console: Console) -> None:
    """Draws the document on a terminal."""
    from rich.padding import Padding
    from rich.text import Text

    for block in document.blocks:
        if isinstance(block, Table):
            console.print(Padding(_table(block), (0, 0, 0, 2)))
            continue
        for line in lines(Document("", (block,))):
            if not line.spans:
                console.print()
                continue
            text = Text(overflow="fold")
            for span in line.spans:
                text.append(harmless(span.text), STYLES.get(span.tone, ""))
            first = len(line.spans[0].text) if line.hang > line.indent else 0
            if (
                first
                and line.spans[0].text.strip() in ("-", line.spans[0].text.strip())
                and line.hang - line.indent == first
            ):
                console.print(_hanging(text, first, line.indent))
            else:
                console.print(Padding(text, (0, 0, 0, line.indent), expand=False))


def _hanging(text: Text, width: int, indent: int) -> RenderableType:
    """A list entry: its mark in a column of its own, so that further lines stand under the text."""
    from rich.table import Table as Grid

    grid = Grid.grid(padding=0)
    grid.add_column(width=indent + width, no_wrap=True)
    grid.add_column(overflow="fold")
    mark = text[:width]
    mark.pad_left(indent)
    grid.add_row(mark, text[width:])
    return grid


def _table(table: Table) -> RenderableType:
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in table.header:
        grid.add_column(Text(name, style="dim"), overflow="fold")
    for row in table.rows:
        grid.add_row(
            *(Text.assemble(*((harmless(s.text), STYLES.get(s.tone, "")) for s in cell)) for cell in row)
        )
    return grid
