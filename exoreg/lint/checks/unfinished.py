"""Finds what `exoreg rules new` left for a person to write: text with the word TODO in it.

Why it matters: an answer would print the reminder as if it were law.

Remedy: write what the reminder asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "unfinished"
TITLE = "Text still to be written"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "items"

_TODO = re.compile(r"\bTODO\b")


def check(context: Context) -> Iterator[Seen]:
    """Each text that is a reminder."""
    for document in context.base.documents:
        for path, text in _reminders(document.data, ()):
            yield Seen(document.place(path), f"`{path[-1]}` is still to be written: {text[:60]}")


def _reminders(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str) and path and _TODO.search(data):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _reminders(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _reminders(value, (*path, number))
