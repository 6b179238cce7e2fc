"""A look at HTML before it is parsed: nesting and attributes so many that parsing would take minutes.

The parser looks back over all open elements at each new one, and over all attributes of an element at each new
attribute; a million of either keeps it busy for hours. One linear pass counts both, roughly and rather too high.
"""

from __future__ import annotations

import re

from .limits import Limits
from .reading import Unreadable

# Comments and the content of scripts and the like are one token each; so their tags are not counted. Atomic and
# possessive: no input makes the pattern go back.
_TOKEN = re.compile(
    r"<!--(?>-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)\b[^>]*+>"
    r"(?P<content>(?>.*?(?=</(?P=raw)|\Z)))"
    r"|<(?P<close>/?)(?P<tag>[a-z][^\s/>]*+)(?P<attributes>(?>[^>=]|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>?+",
    re.IGNORECASE | re.DOTALL,
)
_OPENING = re.compile(r"<[a-zA-Z]")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_WORD = re.compile(r"(?<=[\s/\"'])[^\s/>\"'=]")
# Elements that never hold others, or that the next of their like closes, so that open ones do not pile up.
_SHALLOW_NAMES = (
    "area base br col embed hr img input link meta param source track wbr "
    "p li dt dd tr td th thead tbody tfoot option colgroup caption "
    "html head body a nobr button script style textarea title xmp iframe noembed noframes"
)
_SHALLOW = frozenset(_SHALLOW_NAMES.split())


def guard(text: str, limits: Limits) -> None:
    """Raises `Unreadable` if elements nest too deep or one has too many attributes."""
    depth = drawings = 0
    for token in _TOKEN.finditer(text):
        closed = (token["attributes"] or "").endswith("/")  # which HTML ignores, except in drawings
        if drawings and token["raw"]:
            # Inside a drawing these hold elements like any other.
            depth += len(_OPENING.findall(token["content"]))
        tag = (token["tag"] or "").lower()
        if tag in ("svg", "math"):
            drawings = max(0, drawings - 1) if token["close"] else drawings + (not closed)
        if depth > limits.html_depth:
            raise Unreadable(f"is HTML whose elements nest more than {limits.html_depth:,} deep")
        if not tag:
            continue
        attributes = token["attributes"]
        if len(attributes) > 2 * limits.html_attributes:
            words = len(_WORD.findall(_QUOTED.sub('""', attributes)))
            if words > limits.html_attributes:
                raise Unreadable(
                    f"is HTML with more than {limits.html_attributes:,} attributes on one element"
                )
        if tag in _SHALLOW:
            continue
        if token["close"]:
            depth = max(0, depth - 1)
        elif not (closed and drawings):
            depth += 1
