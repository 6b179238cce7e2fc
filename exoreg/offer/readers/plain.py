"""Text and Markdown: the wording as it stands; only comments of Markdown are set apart as hidden.

Control characters and terminal escapes stay in the text as data; whatever prints it makes them harmless.
"""

from __future__ import annotations

import re

from .encoding import decode
from .reading import Reading

_COMMENT = re.compile(
    r"<!--(.*?)(?:-->|\Z)|^\[[^\]\n]{0,80}\]:[ \t]*#[ \t]+[(\"'](.*?)[)\"'][ \t]*$", re.DOTALL | re.M
)
# `**reg**enerates`: emphasis within a word would cut the word. Not so `5*3`.
_EMPHASIS = re.compile(r"(?<![\d*])(\*{1,3})(?=[^\s*])([^*\n]{1,300})(?<=[^\s*])\1(?!\*)")


def read_text(reading: Reading, data: bytes) -> None:
    """Reads plain text as one part, ``text``."""
    reading.add(_decoded(reading, data), "text")


def read_markdown(reading: Reading, data: bytes) -> None:
    """Reads Markdown as one part, ``text``, and its comments as hidden parts."""
    source = _decoded(reading, data)
    reading.add(_EMPHASIS.sub(r"\2", _COMMENT.sub("", source)), "text")
    for match in _COMMENT.finditer(source):
        reading.add((match[1] or match[2] or "").strip(), "text", "comment")


def _decoded(reading: Reading, data: bytes) -> str:
    text, note = decode(data)
    if note:
        reading.skip("text", note)
    return text
