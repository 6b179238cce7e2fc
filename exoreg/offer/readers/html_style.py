"""Which text styles keep out of sight: as far as a page's own style sheets and `style` attributes tell.

A small part of CSS: rules without conditions, later ones before earlier ones, `style` attributes last. Rules
inside `@media` and the like are left out, since they hold only for some screens. Colour is compared only where
the background is known: declared, or the page's white with no style sheet elsewhere that could change it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .reading import Reading

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

Colour = tuple[int, int, int]
Style = dict[str, str]

_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_NAMES: dict[str, Colour] = {
    "white": _WHITE, "black": _BLACK, "snow": (255, 250, 250), "ivory": (255, 255, 240), "whitesmoke": (245,) * 3,
    "ghostwhite": (248, 248, 255), "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255),
    "yellow": (255, 255, 0), "gray": (128,) * 3, "grey": (128,) * 3, "silver": (192,) * 3, "navy": (0, 0, 128),
}  # fmt: skip
_WATCHED_NAMES = (
    "display visibility opacity font-size color background background-color background-image position left right top "
    "text-indent clip clip-path width height max-height max-width overflow"
)
_WATCHED = frozenset(_WATCHED_NAMES.split())
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile("[{}]")
# No conditions that depend on what a visitor does, and nothing that costs much to match.
_SELECTOR = re.compile(r"[\w\s.#>,*\[\]=\"'-]{1,300}")
_NUMBER = re.compile(
    r"\s*(-?\d{0,6}\.?\d{0,6})\s*(px|pt|em|rem|%|vw|vh|in|cm)?\s*(?:!important)?\s*", re.IGNORECASE
)
_FUNCTION = re.compile(r"rgba?\(([^)]{1,60})\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """How text inside an element shows, passed on to the elements in it."""

    colour: Colour | None
    background: Colour | None
    """``None`` where it is not known."""
    invisible: bool = False
    """``visibility:hidden``, which an element inside may take back."""
    unseen: str | None = None
    """A style that hides everything inside for good."""

    @staticmethod
    def plain(background_known: bool) -> Look:
        """The look at the root of a page: black on white, or on an unknown background."""
        return Look(_BLACK, _WHITE if background_known else None)

    @property
    def hidden(self) -> str | None:
        """Why text with this look is not seen, or ``None``."""
        if self.unseen:
            return self.unseen
        if self.invisible:
            return "visibility:hidden"
        if self.colour is None or self.background is None:
            return None
        if max(abs(one - two) for one, two in zip(self.colour, self.background, strict=True)) <= 8:
            return "white on white" if min(self.background) > 240 else "same colour as its background"
        return None


@dataclass(frozen=True, slots=True)
class Styles:
    """The declarations of a page's style sheets for each of its elements."""

    by_node: dict[int, Style]
    complete: bool
    """Whether there is no style sheet elsewhere."""

    @staticmethod
    def of(tree: LexborHTMLParser, reading: Reading) -> Styles:
        """Applies the page's own style sheets, as far as the limits allow."""
        linked = any("stylesheet" in (link.attributes.get("rel") or "").lower() for link in tree.css("link"))
        by_node: dict[int, Style] = {}
        rules = 0
        for sheet in tree.css("style"):
            source = _COMMENT.sub("", sheet.text(deep=True))
            linked = linked or "@import" in source
            for selector, body in _rules(source):
                style = _declarations(body)
                if (
                    not style
                    or not _SELECTOR.fullmatch(selector)
                    or len(re.split(r"[\s>]+", selector.strip())) > 40
                ):
                    continue
                rules += 1
                if rules > reading.limits.css_rules:
                    reading.skip(
                        "head", f"only the first {reading.limits.css_rules:,} style rules are applied"
                    )
                    return Styles(by_node, False)
                reading.check("head")
                for node in _matching(tree, selector):
                    by_node.setdefault(node.mem_id, {}).update(style)
        return Styles(by_node, not linked)

    def of_node(self, node: LexborNode) -> Style:
        """The declarations of the style sheets for one element."""
        return self.by_node.get(node.mem_id, {})


def look_of(outer: Look, tag: str, attributes: dict[str, str | None], style: Style) -> Look:
    """The look inside an element that stands in ``outer``; ``style`` is what style sheets say of it."""
    own = attributes.get("style")
    style = {**style, **_declarations(own)} if own else style
    font = attributes.get("color") if tag == "font" else None
    shade = attributes.get("bgcolor")
    if not style and not font and not shade and "background" not in attributes:
        return outer
    look = outer
    if font or "color" in style:
        look = replace(look, colour=_colour(style.get("color") or font or "", outer.colour))
    if shade:
        look = replace(look, background=_colour(shade, None))
    if "background" in attributes:
        look = replace(look, background=None)
    # Whether colour or shorthand comes last is not tracked: any picture or gradient leaves the ground unknown.
    grounds = [
        style[name] for name in ("background", "background-image", "background-color") if name in style
    ]
    if any("url(" in ground or "gradient" in ground for ground in grounds):
        look = replace(look, background=None)
    elif grounds:
        look = replace(look, background=_ground(grounds[-1], look.background))
    if "visibility" in style:
        look = replace(look, invisible=style["visibility"].startswith(("hidden", "collapse")))
    if style and not look.unseen and (reason := _unseen(style)):
        look = replace(look, unseen=reason)
    return look


def _unseen(style: Style) -> str | None:
    if style.get("display", "").startswith("none"):
        return "display:none"
    if _size(style.get("opacity")) == 0:
        return "opacity 0"
    size = _size(style.get("font-size"))
    if size is not None and size == 0:
        return "font size 0"
    if size is not None and size <= 1 and style["font-size"].strip().lower().endswith(("px", "pt")):
        return "font size 1"
    if (_size(style.get("text-indent")) or 0) <= -500:
        return "off-screen"
    if style.get("position", "").startswith(("absolute", "fixed")):
        shifts = [_size(style.get(side)) or 0 for side in ("left", "right", "top")]
        if any(shift <= -500 or shift >= 3000 for shift in shifts):
            return "off-screen"
        clip = style.get("clip", "").replace(" ", "")
        if clip.startswith(("rect(0", "rect(1px")) or "inset(50%" in style.get("clip-path", ""):
            return "clipped away"
    if style.get("overflow", "").startswith("hidden"):
        sides = [_size(style.get(side)) for side in ("width", "height", "max-height", "max-width")]
        if any(side == 0 for side in sides):
            return "size 0"
    return None


def _rules(source: str) -> list[tuple[str, str]]:
    """Selectors and bodies of the rules at the top level; what stands in blocks of at-rules is passed over."""
    rules: list[tuple[str, str]] = []
    depth = begin = opening = 0
    for brace in _BRACE.finditer(source):
        if brace[0] == "{":
            depth += 1
            if depth == 1:
                opening = brace.start()
        elif depth:
            depth -= 1
            if depth == 0:
                selector = source[begin:opening].rpartition(";")[2].strip()
                if not selector.startswith("@"):
                    rules.append((selector, source[opening + 1 : brace.start()]))
                begin = brace.end()
    return rules


def _declarations(body: str) -> Style:
    style: Style = {}
    for declaration in body.split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if colon and name in _WATCHED:
            style[name] = value.strip().lower()
    return style


def _matching(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    from selectolax.lexbor import SelectolaxError

    try:
        return tree.css(selector)
    except SelectolaxError:
        return []


def _size(value: str | None) -> float | None:
    """The number of a length; ``em`` and the like count as sixteen pixels, shares of the screen as ten."""
    match = _NUMBER.fullmatch(value or "")
    try:
        number = float(match[1]) if match else None
    except ValueError:
        return None
    if number is None or match is None:
        return None
    return number * {"em": 16, "rem": 16, "%": 10, "vw": 10, "vh": 10}.get((match[2] or "").lower(), 1)


def _ground(value: str, outer: Colour | None) -> Colour | None:
    """The colour in a ``background``; unchanged if it names none or is transparent."""
    for word in [_found[0] for _found in _FUNCTION.finditer(value)] + value.split():
        if word in ("transparent", "none", "inherit", "initial", "unset"):
            return outer
        if colour := _colour(word, None):
            return colour
    return None


def _colour(value: str, unknown: Colour | None) -> Colour | None:
    """The colour that ``value`` names; ``unknown`` for `inherit`, ``None`` for what is not understood."""
    value = value.replace("!important", "").strip().lower()
    if value in ("inherit", "currentcolor", "unset"):
        return unknown
    if value in _NAMES:
        return _NAMES[value]
    if match := re.fullmatch(r"#?([0-9a-f]{6})(?:[0-9a-f]{2})?", value):
        return int(match[1][:2], 16), int(match[1][2:4], 16), int(match[1][4:], 16)
    if match := re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])[0-9a-f]?", value):
        return int(match[1] * 2, 16), int(match[2] * 2, 16), int(match[3] * 2, 16)
    if match := _FUNCTION.fullmatch(value):
        numbers = re.findall(r"\d{1,3}(?:\.\d{1,6})?%?|\.\d{1,6}", match[1])
        if len(numbers) >= 3 and not any("%" in number for number in numbers[:3]):
            if len(numbers) > 3 and float(numbers[3].rstrip("%")) == 0:
                return None
            red, green, blue = (min(255, round(float(number))) for number in numbers[:3])
            return red, green, blue
    return None
