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
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .encoding import decode_as
from .html_guard import guard
from .html_style import Look, Styles, look_of
from .reading import MissingExtra, Reading, Unreadable, prose

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search "
    "section select summary table tbody tfoot thead tr ul".split()
)
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
_SPACES = re.compile(r"[ \t\r\n\f]+")
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
        page.walk(tree.root, _Context(Look.plain(styles.complete)))
    for fragment in tree.template_fragments():
        page.walk(fragment, _Context(Look.plain(False), hidden="template"))
    page.finish()


@dataclass(frozen=True, slots=True)
class _Context:
    """What an element passes on to those inside it."""

    look: Look
    hidden: str | None = None
    """Why it is out of sight for good, whatever its style says."""
    verbatim: bool = False
    quoted: bool = False
    head: bool = False


class _Flow:
    """Text put together as a browser shows it: spaces collapse, blocks begin on a new line."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._gap = ""

    def text(self, text: str, verbatim: bool = False) -> None:
        if verbatim:
            self._write(text)
            return
        collapsed = _SPACES.sub(" ", text)
        if collapsed.startswith(" "):
            self.gap(" ")
        if body := collapsed.strip(" "):
            self._write(body)
            if collapsed.endswith(" "):
                self.gap(" ")

    def gap(self, gap: str) -> None:
        """Separates what follows by at least ``gap``: a space, a tab between cells or a line break."""
        if " \t\n".find(gap) > " \t\n".find(self._gap or " ") or not self._gap:
            self._gap = gap

    def _write(self, text: str) -> None:
        if self._gap and self._pieces:
            self._pieces.append(self._gap)
        self._gap = ""
        self._pieces.append(text)

    def __str__(self) -> str:
        return "".join(self._pieces)


class _Page:
    """The walk over one page."""

    def __init__(self, reading: Reading, where: str, styles: Styles) -> None:
        self._reading = reading
        self._where = where
        self._styles = styles
        self._visible = _Flow()
        self._quoted = _Flow()
        self._hidden: list[tuple[str, str, _Flow | str]] = []
        self._run: _Flow | None = None
        """The hidden stretch being read; elements that follow each other for one reason are one stretch."""
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
        for where, reason, text in self._hidden:
            if where == "head":
                self._reading.add(str(text), self._place("head"), reason)
        self._reading.add(str(self._visible), self._where)
        self._reading.add(str(self._quoted), "quoted text")
        for where, reason, text in self._hidden:
            if where != "head":
                self._reading.add(str(text), self._where, reason)
        self._reading.add("\n".join(self._links), self._where, "link addresses")
        self._reading.add("\n".join(self._files), self._where, "picture addresses")
        for what, count in sorted(self._unread.items()):
            self._reading.skip(self._where, what.format(count=count))
        if not self._styles.complete:
            self._reading.skip(self._place("head"), "linked style sheets: text that they hide is not recognised as hidden")

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
        classes = set((attributes.get("class") or "").split())
        return replace(
            context,
            look=look_of(context.look, tag, attributes, self._styles.of_node(node)),
            hidden=context.hidden or _out_of_sight(tag, attributes),
            verbatim=context.verbatim or tag in ("pre", "textarea", "listing", "xmp", "plaintext"),
            quoted=context.quoted
            or (tag == "blockquote" and (attributes.get("type") or "").lower() == "cite")
            or not classes.isdisjoint(_QUOTE_CLASSES),
            head=context.head or tag == "head",
        )

    def _leave(self, node: LexborNode, context: _Context) -> None:
        if node.is_element_node and (node.tag in _BLOCKS or node.tag in _CELLS):
            self._flow(context).gap("\n" if node.tag in _BLOCKS else "\t")

    def _text(self, text: str, context: _Context) -> None:
        reason = context.hidden or context.look.hidden
        if reason is None:
            if not text.isspace():
                self._run = None
            self._flow(context).text(text, context.verbatim)
            return
        last = self._hidden[-1] if self._hidden else None
        where = "head" if context.head else "body"
        if self._run is None or last is None or last[:2] != (where, reason):
            if text.isspace():
                return
            self._run = _Flow()
            self._hidden.append((where, reason, self._run))
        self._run.text(text, context.verbatim)

    def _flow(self, context: _Context) -> _Flow:
        if context.hidden or context.look.hidden:
            return self._run or _Flow()
        return self._quoted if context.quoted else self._visible

    def _note(self, context: _Context, reason: str, text: str) -> None:
        if text.strip():
            self._hidden.append(("head" if context.head else "body", reason, text.strip()))
            self._run = None

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
                self._unread["{count} embedded pages"] += 1
                self._note(context, "embedded page", value)
            elif name == "value" and tag == "input":
                kind = (attributes.get("type") or "text").lower()
                if kind in ("submit", "button", "reset"):
                    self._text(f" {value} ", context)
                elif prose(value):
                    self._note(context, f"value of a {kind} field", value)
            elif name == "content" and tag == "meta":
                what = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
                if what and not _TECHNICAL_META.search(what):
                    self._note(context, f"meta {what}", value)

    def _script(self, node: LexborNode, attributes: dict[str, str | None], context: _Context) -> None:
        kind = (attributes.get("type") or "").strip().lower()
        if kind not in _DATA:
            self._unread["{count} scripts: text that they would write is not read"] += 1
            return
        source = node.text(deep=True)
        found = "\n".join(text for text in _strings(source) if prose(text))
        self._note(context, "JSON-LD" if kind == _DATA[0] else "script data", found)

    def _count(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in _PICTURES:
            self._unread["{count} pictures: wording inside them is not read"] += 1
        elif tag in _MEDIA:
            self._unread["{count} films, sounds or embedded objects are not read"] += 1
        elif tag in _FRAMES and attributes.get("src"):
            self._unread["{count} frames: the pages they show are not fetched"] += 1


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
