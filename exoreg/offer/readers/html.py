"""HTML: the wording a visitor sees, in reading order, and apart from it the wording that is hidden.

Parsed with selectolax (MIT; Lexbor, the way browsers parse, so broken pages read as they show). Parsing takes
time that grows with the square of the nesting, so `html_guard` looks at a page before it is parsed.

Hidden are: what stands in the head (title, descriptions, keywords, JSON-LD), attributes that carry wording,
comments, templates, `noscript`, and elements that styles keep out of sight (see `html_style`). Scripts are not
run, and nothing is fetched: style sheets, frames and pictures elsewhere are listed as not read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .encoding import decode_as
from .flow import Flow, Hidden
from .html_guard import guard
from .html_style import Look, Styles, look_of
from .reading import MissingExtra, Reading, Unreadable, prose

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search "
    "section select summary table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_VERBATIM = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
_CELLS = frozenset(("td", "th"))
_NO_TEXT = frozenset(("script", "style", "template", "head"))
# Attributes that a visitor hears or sees on the way, and what they are called.
_WORDING = {
    "alt": "alt text", "title": "title attribute", "aria-label": "aria-label", "aria-description": "aria-description",
    "placeholder": "placeholder", "summary": "summary attribute", "label": "label attribute",
}  # fmt: skip
_PICTURES = frozenset(("img", "picture", "svg", "canvas", "image"))
_MEDIA = frozenset(("video", "audio", "object", "embed", "applet"))
_FRAMES = frozenset(("iframe", "frame"))
_TECHNICAL_META = re.compile(
    r"viewport|charset|robots|bot$|theme-color|generator|token|verification|referrer|csrf|refresh|x-ua|content-type"
    r"|content-security|format-detection|color-scheme|apple-|msapplication|og:(?:url|type|locale|image)|twitter:card",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_QUOTE_CLASSES = frozenset(("gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-forward-container"))
_DATA = ("application/ld+json", "application/json")


def read_html(reading: Reading, data: bytes, charset: str | None = None, where: str = "body") -> None:
    """Reads a page. ``charset`` is what its carrier states of it; ``where`` names its visible wording."""
    if len(data) > reading.limits.html_bytes:
        raise Unreadable(f"is HTML of more than {reading.limits.html_bytes / 1_000_000:,.0f} MB")
    stated = _CHARSET.search(data[:4096])
    text, note = decode_as(data, charset or (stated[1].decode("ascii") if stated else None))
    if note:
        reading.skip(where, note)
    guard(text, reading.limits)
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ModuleNotFoundError:
        raise MissingExtra(".html") from None
    reading.check(where)
    tree = LexborHTMLParser(text)
    styles = Styles.of(tree, reading)
    page = _Page(reading, where, styles)
    if tree.root is not None:
        # From the document itself: comments may stand outside of its root element.
        page.walk(tree.root.parent or tree.root, _Context(Look.plain(styles.complete)))
    for fragment in tree.template_fragments():
        page.walk(fragment, _Context(Look.plain(False), for_good="template", hidden="template"))
    page.finish()


@dataclass(frozen=True, slots=True)
class _Context:
    """What an element passes on to those inside it."""

    look: Look
    for_good: str | None = None
    """Why it is out of sight whatever its style says."""
    hidden: str | None = None
    """Why it is out of sight, for either reason."""
    verbatim: bool = False
    quoted: bool = False
    head: bool = False


class _Page:
    """The walk over one page."""

    def __init__(self, reading: Reading, where: str, styles: Styles) -> None:
        self._reading = reading
        self._where = where
        self._styles = styles
        self._visible = Flow()
        self._quoted = Flow()
        self._hidden = Hidden()
        self._links: dict[str, None] = {}
        self._files: dict[str, None] = {}
        self._unread: Counter[str] = Counter()

    def walk(self, root: LexborNode, context: _Context) -> None:
        """Goes through everything below ``root``, without recursion: pages nest deep."""
        stack: list[tuple[LexborNode, _Context]] = []
        node: LexborNode | None = root
        steps = 0
        while node is not None:
            steps += 1
            if steps % 2048 == 0:
                self._reading.check(self._where)
            below = self._enter(node, context)
            child = node.first_child if below is not None else None
            if child is not None and below is not None:
                stack.append((node, context))
                node, context = child, below
                continue
            self._leave(node, context)
            following = node.next if node is not root else None
            while following is None and stack:
                node, context = stack.pop()
                self._leave(node, context)
                following = node.next if stack else None
            node = following

    def finish(self) -> None:
        """Hands over what was found: hidden wording of the head, then the page, then the rest that is hidden."""
        hidden = self._hidden.found()
        for where, reason, text in hidden:
            if where == "head":
                self._reading.add(text, self._place("head"), reason)
        self._reading.add(str(self._visible), self._where)
        self._reading.add(str(self._quoted), "quoted text")
        for where, reason, text in hidden:
            if where != "head":
                self._reading.add(text, self._where, reason)
        self._reading.add("\n".join(self._links), self._where, "link addresses")
        self._reading.add("\n".join(self._files), self._where, "picture addresses")
        for what, count in sorted(self._unread.items()):
            self._reading.skip(self._where, what.format(count=count))
        if not self._styles.complete:
            self._reading.skip(self._place("head"), "linked style sheets: what they hide is not known")

    def _place(self, where: str) -> str:
        return where if self._where == "body" else f"{self._where}, {where}"

    def _enter(self, node: LexborNode, context: _Context) -> _Context | None:
        """Reads a node itself; the context for what is inside it, or ``None`` to pass that over."""
        if node.is_text_node:
            self._text(node.text_content or "", context)
            return None
        if node.is_comment_node:
            # Conditional comments of Office mail hold layout, not wording.
            comment = node.comment_content or ""
            if not comment.startswith("[if "):
                self._note(context, "comment", comment)
            return None
        if not node.is_element_node:
            return context
        tag, attributes = node.tag or "", node.attributes
        self._attributes(tag, attributes, context)
        if tag == "script":
            self._script(node, attributes, context)
            return None
        if tag in _BLOCKS or tag == "br":
            self._flow(context).gap("\n")
        elif tag in _CELLS:
            self._flow(context).gap("\t")
        self._count(tag, attributes)
        if tag in _NO_TEXT and tag != "head":
            return None
        look = look_of(context.look, tag, attributes, self._styles.of_node(node))
        for_good = context.for_good or _out_of_sight(tag, attributes)
        same = look is context.look and for_good is context.for_good
        return _Context(
            look,
            for_good,
            context.hidden if same else for_good or look.hidden,
            context.verbatim or tag in _VERBATIM,
            context.quoted or _quotes(tag, attributes),
            context.head or tag == "head",
        )

    def _leave(self, node: LexborNode, context: _Context) -> None:
        if node.is_element_node and (node.tag in _BLOCKS or node.tag in _CELLS):
            self._flow(context).gap("\n" if node.tag in _BLOCKS else "\t")

    def _text(self, text: str, context: _Context) -> None:
        if not (context.hidden or text.isspace()):
            self._hidden.close()
        flow = self._flow(context)
        if context.verbatim:
            flow.text(text)
        else:
            flow.collapsed(text)

    def _flow(self, context: _Context) -> Flow:
        if context.hidden:
            return self._hidden.current("head" if context.head else "body", context.hidden)
        return self._quoted if context.quoted else self._visible

    def _note(self, context: _Context, reason: str, text: str) -> None:
        self._hidden.whole("head" if context.head else "body", reason, text)

    def _attributes(self, tag: str, attributes: dict[str, str | None], context: _Context) -> None:
        for name, value in attributes.items():
            if not value:
                continue
            if name in _WORDING:
                self._note(context, _WORDING[name], value)
            elif name.startswith("data-"):
                for text in _strings(value) if value.lstrip()[:1] in ("{", "[") else [value]:
                    if prose(text):
                        self._note(context, f"{name} attribute", text)
            elif name == "href" and tag in ("a", "area"):
                if not value.lstrip().lower().startswith(("javascript:", "data:", "#")):
                    self._links[value.strip()] = None
            elif name == "src" and tag == "img" and not value.lstrip().lower().startswith("data:"):
                self._files[value.strip()] = None
            elif name == "srcdoc":
                self._note(context, "embedded page", value)
            elif name == "value" and tag == "input":
                kind = (attributes.get("type") or "text").lower()
                if kind in ("submit", "button", "reset"):
                    self._text(f" {value} ", context)
                elif prose(value):
                    self._note(context, f"value of a {kind} field", value)
            elif name == "content" and tag == "meta":
                what = (
                    attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
                )
                if what and not _TECHNICAL_META.search(what):
                    self._note(context, f"meta {what}", value)

    def _script(self, node: LexborNode, attributes: dict[str, str | None], context: _Context) -> None:
        kind = (attributes.get("type") or "").strip().lower()
        if kind not in _DATA:
            self._unread["scripts ({count}): text that they would write is not read"] += 1
            return
        source = node.text(deep=True)
        found = "\n".join(text for text in _strings(source) if prose(text))
        self._note(context, "JSON-LD" if kind == _DATA[0] else "script data", found)

    def _count(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in _PICTURES:
            self._unread["pictures ({count}): wording inside them is not read"] += 1
        elif tag in _MEDIA:
            self._unread["films, sounds or embedded objects ({count}): not read"] += 1
        elif tag in _FRAMES and attributes.get("src"):
            self._unread["frames ({count}): the pages that they show are not fetched"] += 1


def _quotes(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether a mail program set an element around what somebody else wrote."""
    if tag == "blockquote" and (attributes.get("type") or "").lower() == "cite":
        return True
    return not _QUOTE_CLASSES.isdisjoint((attributes.get("class") or "").split())


def _out_of_sight(tag: str, attributes: dict[str, str | None]) -> str | None:
    """Why an element is hidden by what it is, not by a style."""
    if tag in ("title", "noscript", "desc"):
        return tag
    if tag == "dialog" and "open" not in attributes:
        return "closed dialog"
    return "hidden attribute" if "hidden" in attributes else None


def _strings(source: str) -> Iterator[str]:
    """All strings in JSON text, in order; the text itself if it is no JSON."""
    try:
        waiting = [json.loads(source)]
    except (ValueError, RecursionError):
        yield source
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
