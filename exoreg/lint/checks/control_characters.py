"""Finds characters that act on a screen, reorder what is shown, or cannot be seen.

Looks at everything in the files, comments too, and at text that writes such a character as an escape.

Why it matters: a reviewer sees another rule than the one that is read.

Remedy: delete the character; the message names its code.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exoreg.law.places import Place
from exoreg.lint.context import Context
from exoreg.lint.finding import Seen
from exoreg.render.document import harmless

ID = "control-characters"
TITLE = "Control or reordering character"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "items"


def check(context: Context) -> Iterator[Seen]:
    """Each such character in a file, and each text that has one by an escape."""
    for file, lines in context.texts.items():
        for number, line in enumerate(lines, 1):
            text = line.removesuffix("\r")
            if text.isprintable() and harmless(text) == text:
                continue
            for column, char in enumerate(text, 1):
                if harmless(char) != char:
                    yield Seen(
                        Place(file, number, column),
                        f"character U+{ord(char):04X} does not belong in a rule file",
                    )
    for document in context.base.documents:
        raw = "\n".join(context.texts.get(document.file, ()))
        for path, text in _strings(document.data, ()):
            hidden = [char for char in text if char not in raw and harmless(char) != char]
            if hidden:
                codes = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(hidden))
                yield Seen(document.place(path), f"text with {codes}, written as an escape")


def _strings(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        if not data.isprintable() or harmless(data) != data:
            yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _strings(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _strings(value, (*path, number))
