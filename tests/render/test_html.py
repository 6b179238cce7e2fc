"""HTML reports: what is in them, that they are sound, and that no text from outside acts in them."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exoreg.engine.determine import determine
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product
from exoreg.render.data import check_data
from exoreg.render.document import Document, Heading, Paragraph, Span, Table, Tone, paragraph, spans
from exoreg.render.html import html
from exoreg.render.report import check_document
from tests.render.test_markdown import ANY_TEXT, REPORT, SPANS

BODY = """\
<header><h1>rose · on intact skin</h1></header>
<main>
<section class="verdict tone-cosmetic">
<h2>France: <span class="label">cosmetic · permitted</span></h2>
<p>It may be supplied.</p>
</section>
<h2>Why</h2>
<ol>
<li><strong>A cosmetic</strong> (medium confidence)
<p>It looks well.</p>
<p><strong>Art 2</strong>, <a href="https://law.example/a b" rel="noopener noreferrer external">law</a></p>
<ul>
<li>inner
</li>
<li><code>eu.a.b</code>
</li>
</ul>
</li>
<li>Another
</li>
</ol>
<div class="scroll" role="region" tabindex="0" aria-labelledby="table-1">
<table><caption id="table-1">What follows</caption>
<thead><tr><th scope="col">use</th><th scope="col">answer</th></tr></thead>
<tbody>
<tr><th scope="row">on skin</th><td class="tone-cosmetic"><span class="tone-cosmetic">cosmetic</span></td></tr>
<tr><th scope="row">a|b</th><td></td></tr>
</tbody></table></div>
</main>
<footer>
<p class="note">As of 2026-11-22.</p>
</footer>
"""
VOID = {"meta"}


class Reader(HTMLParser):
    """Reads a page strictly: every element closed where it must be; collects elements and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remembers the element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Closes the element, which must be the last one opened."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Remembers text that is shown."""
        if self.open and self.open[-1] not in ("style", "title"):
            self.text += data

    def headings(self) -> list[int]:
        """The levels of the headings, in order."""
        return [int(tag[1]) for tag, _ in self.elements if re.fullmatch("h[1-6]", tag)]


def test_reads_well() -> None:
    """The body of a report, written out."""
    page = html(REPORT)

    assert page[page.index("<header>") : page.index("</body>")] == BODY


def test_nothing_but_its_own_style_may_load() -> None:
    """The policy of the page allows its style, by its hash, and nothing else: no script, no address."""
    page = html(REPORT)
    style = re.search("<style>(.*)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policies = [
        a["content"] for tag, a in Reader(page).elements if a.get("http-equiv") == "Content-Security-Policy"
    ]

    assert policies == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]
    assert "<script" not in page
    assert "url(" not in style[1]
    assert "@import" not in style[1]


@given(st.lists(st.builds(Heading, ANY_TEXT, st.integers(1, 4)), max_size=8), ANY_TEXT)
def test_headings_in_order(headings: list[Heading], title: str) -> None:
    """Whatever headings a document has, the page has one of level 1, first, and leaves no level out."""
    levels = Reader(html(Document(title, headings))).headings()

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@given(SPANS, ANY_TEXT)
def test_text_stays_text(parts: tuple[Span, ...], name: str) -> None:
    """Whatever the text, the page holds only the elements of the document, and links lead only to the web."""
    table = Table((name, "b"), ((parts, spans(name)),), name)
    found = Reader(html(Document(name, (Heading(name, 1), Paragraph(parts), table)), name))
    expected = {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "main", "p", "div", "table", "caption",
        "thead", "tbody", "tr", "th", "td", "span", "strong", "code", "a",
    }  # fmt: skip

    assert {tag for tag, _ in found.elements} <= expected
    assert all(a["href"].startswith("https://") for tag, a in found.elements if tag == "a" and a["href"])
    assert not any(key.startswith("on") for _, attributes in found.elements for key in attributes)


def test_every_table_has_a_name() -> None:
    """A table without a caption of its own is named by the heading it stands under."""
    table = Table(("a",), ((spans("b"),),))

    assert '<caption id="table-1" class="unseen">Why</caption>' in html(
        Document("x", (Heading("Why"), table))
    )


def test_a_verdict_says_its_status_in_words(compiled: CompiledBase) -> None:
    """A real answer shows status and supply as words, whatever becomes of the colours."""
    product = Product.make(compiled.vocabulary, {"source": "umbilical", "use": "topical"})
    found = [determine(compiled, product, "UK", date(2026, 11, 22))]
    page = html(check_document(check_data(compiled, product, found), compiled.vocabulary, explain=True))
    read = Reader(page)

    assert "unlawful · prohibited" in read.text
    assert read.headings()[0] == 1
    assert "https://www.legislation.gov.uk/eur/2009/1223/annex/II" in {
        a.get("href") for _, a in read.elements
    }


def test_only_web_links() -> None:
    """A link that does not lead to the web is shown as text alone."""
    page = html(Document("x", (paragraph(Span("click", link="javascript:alert(1)")),)))

    assert "<p>click</p>" in page
    assert "javascript" not in page


def test_tones_of_a_cell() -> None:
    """A cell takes the colour of the one verdict in it, and none when there are two."""
    one = (Span("D", Tone.DRUG),)
    two = (*one, Span("C", Tone.COSMETIC))
    page = html(Document("x", (Table(("a", "b", "c"), ((spans("r"), one, two),)),)))

    assert '<td class="tone-drug"><span class="tone-drug">D</span></td><td><span' in page
