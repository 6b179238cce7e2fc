"""Markdown reports: what people read, written out; and that no text from outside acts in them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from exoreg.render.document import (
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Span,
    Table,
    Tone,
    Verdict,
    harmless,
    paragraph,
    spans,
)
from exoreg.render.markdown import markdown

REPORT = Document(
    "rose · on intact skin",
    (
        Heading("rose · on intact skin", 1),
        Verdict("France", Tone.COSMETIC, "cosmetic · permitted", "It may be supplied."),
        Heading("Why"),
        Items(
            (
                Item(
                    spans(Span("A cosmetic", Tone.STRONG), " (medium confidence)"),
                    (
                        paragraph("It looks well."),
                        paragraph(
                            Span("Art 2", Tone.STRONG), ", ", Span("law", link="https://law.example/a b")
                        ),
                        Items((Item(spans("inner")), Item(spans(Span("eu.a.b", Tone.CODE))))),
                    ),
                ),
                Item(spans("Another")),
            ),
            ordered=True,
        ),
        Table(
            ("use", "answer"),
            ((spans("on skin"), spans(Span("cosmetic", Tone.COSMETIC))), (spans("a|b"), ())),
            "What follows",
        ),
        paragraph("As of 2026-11-22.", note=True),
    ),
)

READS = """\
# rose · on intact skin

## France: COSMETIC · PERMITTED

It may be supplied.

## Why

1. **A cosmetic** (medium confidence)

   It looks well.

   **Art 2**, [law](<https://law.example/a%20b>)
   - inner
   - `eu.a.b`
2. Another

**What follows**

| use | answer |
| --- | --- |
| on skin | **cosmetic** |
| a\\|b |  |

As of 2026-11-22.
"""

MARKUP = """<b> </p> <!-- &lt; * ** _ ` `` [x](y) ![x](y) | \\ # - 1. > ~~~ ``` --- === http://a.example www.a.example
a@b.example $x$ javascript: a < > &"""
PIECES = [*MARKUP.split(), "\n", "\n\n", "    ", "\t", " ", "\x1b[2J", "\u202e"]
ANY_TEXT = st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
TONES = st.sampled_from(list(Tone))
SPANS = st.lists(
    st.builds(Span, ANY_TEXT, TONES, st.none() | st.just("https://a.example/>)") | st.just("javascript:x")),
    max_size=4,
).map(tuple)
INLINE_ALLOWED = {
    "text",
    "text_special",
    "strong_open",
    "strong_close",
    "link_open",
    "link_close",
    "code_inline",
}


def parsed(text: str) -> list[Token]:
    """The Markdown as GitHub and others read it: tables, bare links, HTML."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens: list[Token] = parser.parse(text)
    return tokens


def words(tokens: list[Token]) -> str:
    """What a reader sees, without white space."""
    shown = "".join(child.content for token in tokens for child in token.children or ())
    return re.sub(r"\s", "", shown)


def test_reads_well() -> None:
    """A report is plain Markdown that reads well before it is drawn, too."""
    assert markdown(REPORT) == READS


def test_structure_is_read_back() -> None:
    """A Markdown reader finds the lists, the table and the links that the document has."""
    types = [token.type for token in parsed(markdown(REPORT))]

    assert types.count("ordered_list_open") == 1
    assert types.count("bullet_list_open") == 1
    assert types.count("list_item_open") == 4
    assert types.count("table_open") == 1
    assert types.count("th_open") == 2
    assert types.count("td_open") == 4


@given(SPANS)
def test_text_stays_text(parts: tuple[Span, ...]) -> None:
    """Whatever a span holds, a reader sees its words and nothing else, and no HTML passes."""
    expected = re.sub(r"\s", "", "".join(harmless(span.text) for span in parts))
    tokens = parsed(markdown(Document("", (Paragraph(parts),))))

    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {child.type for token in tokens for child in token.children or ()} <= INLINE_ALLOWED
    assert words(tokens) == expected


@given(ANY_TEXT, SPANS)
def test_text_breaks_no_table_and_no_list(name: str, parts: tuple[Span, ...]) -> None:
    """Text in a cell or an item leaves the table and the list whole."""
    table = Table(("a", "b"), ((spans(name), parts), (parts, spans(name))), name)
    items = Items((Item(parts, (paragraph(name), Items((Item(spans("x" + name)),)))), Item(spans("y"))))
    types = [token.type for token in parsed(markdown(Document("", (table, items))))]

    assert types.count("td_open") == 4
    assert types.count("list_item_open") == 3
    assert not {"html_block", "fence", "code_block", "heading_open", "blockquote_open"} & set(types)


@given(ANY_TEXT)
def test_no_link_of_its_own(text: str) -> None:
    """Addresses in text from outside become no link, not even where readers link bare ones."""
    shown = markdown(Document("", (Paragraph((Span(text),)),)))

    assert "://" not in shown
    assert not re.search(r"www\.", shown, re.IGNORECASE)


def test_only_web_links() -> None:
    """A link that does not lead to the web is shown as text alone."""
    document = Document("", (paragraph(Span("click", link="javascript:alert(1)")),))

    assert markdown(document) == "click\n"
