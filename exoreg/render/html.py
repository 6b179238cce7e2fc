"""A document as one HTML page: no script, nothing from elsewhere, for screens, screen readers and paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from itertools import count
from pathlib import Path

from exoreg.render.document import (
    Block,
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
    web_address,
)

ASSETS = Path(__file__).resolve().parent / "assets"

VERDICTS = frozenset({Tone.DRUG, Tone.UNLAWFUL, Tone.UNDETERMINED, Tone.COSMETIC, Tone.DEPENDS})
"""The tones that say what a product is in law."""


def html(document: Document, language: str = "en") -> str:
    """The document as a whole HTML page that can be kept, sent and printed.

    Args:
        document: what to show.
        language: the language of its text, as in ``lang``.
    """
    style = asset("style.css")
    title, body = _Page(document).parts()
    return asset("report.html").format(
        language=text(language), title=title, policy=policy(style), style=style, body="\n".join(body)
    )


def asset(name: str) -> str:
    """The text of a file in ``render/assets``."""
    return (ASSETS / name).read_text(encoding="utf-8")


def policy(style: str, script: str | None = None) -> str:
    """A Content-Security-Policy that allows this style and this script, and nothing else."""
    allowed = [f"style-src {_hash(style)}"] + ([f"script-src {_hash(script)}"] if script else [])
    return "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def text(words: str) -> str:
    """Text that a browser shows as it is."""
    return escape(harmless(words))


class _Page:
    """One document on its way to HTML; keeps the level of headings and the ids given."""

    def __init__(self, document: Document) -> None:
        self.blocks = list(document.blocks)
        first = self.blocks[0] if self.blocks else None
        if isinstance(first, Heading) and first.level == 1:
            del self.blocks[0]
            self.heading = first.text
        else:
            self.heading = document.title
        self.title = document.title or self.heading
        self.level = 1
        self.section = self.heading
        self.numbers = count(1)

    def parts(self) -> tuple[str, Iterator[str]]:
        """The title, and the lines of the body."""
        return text(self.title), self._body()

    def _body(self) -> Iterator[str]:
        # Small print at the end belongs to the whole page: its footer.
        end = len(self.blocks)
        while end and isinstance(block := self.blocks[end - 1], Paragraph) and block.note:
            end -= 1
        yield f"<header><h1>{text(self.heading)}</h1></header>"
        yield "<main>"
        for block in self.blocks[:end]:
            yield from self._block(block)
        yield "</main>"
        if self.blocks[end:]:
            yield "<footer>"
            for block in self.blocks[end:]:
                yield from self._block(block)
            yield "</footer>"

    def _block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Heading):
            yield self._heading(block)
        elif isinstance(block, Verdict):
            yield from self._verdict(block)
        elif isinstance(block, Paragraph):
            yield _paragraph(block)
        elif isinstance(block, Items):
            yield from _items(block)
        else:
            yield from self._table(block)

    def _heading(self, heading: Heading) -> str:
        # The page has one h1, and no level is left out on the way down.
        self.level = max(2, min(heading.level, self.level + 1))
        self.section = heading.text
        return f"<h{self.level}>{text(heading.text)}</h{self.level}>"

    def _verdict(self, verdict: Verdict) -> Iterator[str]:
        self.level = 2
        label = f'<span class="label">{text(verdict.label)}</span>'
        yield f'<section class="verdict {_class(verdict.status)}">'
        yield f"<h2>{text(verdict.region)}: {label}</h2>"
        yield f"<p>{text(verdict.sentence)}</p>"
        yield "</section>"

    def _table(self, table: Table) -> Iterator[str]:
        caption = f"table-{next(self.numbers)}"
        # A wide table scrolls in a frame of its own, which the keyboard must be able to reach.
        yield f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{caption}">'
        # Without a name of its own it has that of its section, which is there to be seen already.
        name = text(table.caption) or text(self.section)
        unseen = "" if table.caption else ' class="unseen"'
        yield f'<table><caption id="{caption}"{unseen}>{name}</caption>'
        header = "".join(f'<th scope="col">{text(name)}</th>' for name in table.header)
        yield f"<thead><tr>{header}</tr></thead>"
        yield "<tbody>"
        for row in table.rows:
            yield f"<tr>{''.join(_cells(row))}</tr>"
        yield "</tbody></table></div>"


def _cells(row: Sequence[Spans]) -> Iterator[str]:
    for number, cell in enumerate(row):
        tones = {span.tone for span in cell} & VERDICTS
        named = f' class="{_class(tones.pop())}"' if len(tones) == 1 else ""
        if number == 0:
            yield f'<th scope="row"{named}>{_inline(cell)}</th>'
        else:
            yield f"<td{named}>{_inline(cell)}</td>"


def _class(tone: Tone) -> str:
    return f"tone-{tone.value}"


def _paragraph(paragraph: Paragraph) -> str:
    named = ' class="note"' if paragraph.note else ""
    return f"<p{named}>{_inline(paragraph.spans)}</p>"


def _items(items: Items) -> Iterator[str]:
    name = "ol" if items.ordered else "ul"
    yield f"<{name}>"
    for item in items.items:
        yield f"<li>{_inline(item.spans)}"
        for below in item.below:
            if isinstance(below, Items):
                yield from _items(below)
            else:
                yield _paragraph(below)
        yield "</li>"
    yield f"</{name}>"


def _inline(parts: Spans) -> str:
    return "".join(map(_span, parts))


def _span(span: Span) -> str:
    shown = text(span.text)
    address = web_address(span.link)
    if address is not None:
        # A space before the words of a link is none of them.
        lead = " " if shown.startswith(" ") else ""
        return f'{lead}<a href="{escape(address)}" rel="noopener noreferrer external">{shown.lstrip(" ")}</a>'
    if span.tone is Tone.PLAIN:
        return shown
    if span.tone is Tone.STRONG:
        return f"<strong>{shown}</strong>"
    if span.tone is Tone.CODE:
        return f"<code>{shown}</code>"
    return f'<span class="{_class(span.tone)}">{shown}</span>'
