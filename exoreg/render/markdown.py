"""A document as Markdown (CommonMark with tables), in which no text from outside acts as markup or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import quote

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

_MARKUP = re.compile(r"[\\`*_\[\]|~#$]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LINE_START = re.compile(r"^(?:[-+=:]|\d{1,9}(?=[.)]))")
# What many readers of Markdown turn into a link by themselves.
_BARE_LINK = re.compile(r"://|(?<=www)\.|@", re.IGNORECASE)
_BARE_LINK_ESCAPED = {"://": ":\\//", ".": "\\.", "@": "&#64;"}


def markdown(document: Document) -> str:
    """The document as Markdown: one block of text for each part, with an empty line between two."""
    return "\n\n".join(block for part in document.blocks for block in _block(part)) + "\n"


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line: no markup, no HTML, no link of its own."""
    line = re.sub("[&<>]", lambda found: _ENTITIES[found[0]], _one_line(text))
    line = _MARKUP.sub(lambda found: "\\" + found[0], line)
    return _BARE_LINK.sub(lambda found: _BARE_LINK_ESCAPED[found[0]], line)


def _one_line(text: str) -> str:
    return " ".join(harmless(text).split("\n"))


def _line(parts: Spans) -> str:
    """Spans as one line that begins no list, heading or table."""
    return _LINE_START.sub(_escaped_start, _inline(parts).strip())


def _escaped_start(found: re.Match[str]) -> str:
    # A number needs its full stop escaped, which stands behind it; a mark is escaped itself.
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _inline(parts: Spans) -> str:
    # Marks of two neighbours would run into each other, so neighbours that look the same become one.
    shown = (span for span in parts if span.text)
    alike = groupby(shown, key=lambda span: (_look(span), web_address(span.link)))
    parts = tuple(
        Span(_one_line("".join(span.text for span in run)), tone, link) for (tone, link), run in alike
    )
    texts = ["", *(span.text for span in parts), ""]
    around = [(before[-1:], after[:1]) for before, after in zip(texts, texts[2:], strict=False)]
    return "".join(_span(span, *edges) for span, edges in zip(parts, around, strict=True))


def _look(span: Span) -> Tone:
    """The tones that Markdown can tell apart."""
    if span.tone in (Tone.PLAIN, Tone.QUIET):
        return Tone.PLAIN
    return Tone.CODE if span.tone is Tone.CODE else Tone.STRONG


def _span(span: Span, before: str, after: str) -> str:
    """One span; ``before`` and ``after`` are the characters it stands between."""
    address = web_address(span.link)
    if address is not None:
        # Some leading space belongs before the link, so that the link text is the words alone.
        label = span.text.lstrip()
        lead = " " if label != span.text else ""
        return f"{lead}[{escape(label)}](<{quote(address, safe=_URL)}>)"
    if span.tone is Tone.CODE:
        return _code(span.text)
    if span.tone is Tone.STRONG and _can_be_strong(span.text, before, after):
        return f"**{escape(span.text)}**"
    return escape(span.text)


_URL = "!#$%&'()*+,/:;=?@[]~"
"""What stays as it is in an address; the angle brackets around it, spaces and the backslash do not."""


def _can_be_strong(text: str, before: str, after: str) -> bool:
    """Whether two asterisks on each side would be read as such and not shown."""
    opens = text[:1].isalnum() or (bool(text[:1].strip()) and not before.strip())
    closes = text[-1:].isalnum() or (bool(text[-1:].strip()) and not after.strip())
    return opens and closes


def _code(text: str) -> str:
    # A pipe would end a cell of a table even within code.
    if not text.strip() or "|" in text:
        return escape(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {escape(block.text).strip()}"
    elif isinstance(block, Verdict):
        yield f"## {escape(f'{block.region}: {block.label.upper()}')}"
        yield _line((Span(block.sentence),))
    elif isinstance(block, Paragraph):
        yield _line(block.spans)
    elif isinstance(block, Items):
        yield "\n".join(_items(block, ""))
    else:
        if block.caption:
            yield _line((Span(block.caption, Tone.STRONG),))
        yield "\n".join(_table(block))


def _items(items: Items, indent: str) -> Iterator[str]:
    for number, item in enumerate(items.items, 1):
        mark = f"{number}. " if items.ordered else "- "
        inner = indent + " " * len(mark)
        yield f"{indent}{mark}{_line(item.spans)}"
        for below in item.below:
            if isinstance(below, Items):
                yield from _items(below, inner)
            else:
                # Without an empty line a paragraph would run on from what stands above it.
                yield ""
                yield inner + _line(below.spans)


def _table(table: Table) -> Iterator[str]:
    yield _row([escape(name) for name in table.header])
    yield _row(["---"] * len(table.header))
    for row in table.rows:
        yield _row([_inline(cell).strip() for cell in row])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
