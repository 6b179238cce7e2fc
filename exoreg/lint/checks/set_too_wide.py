"""Finds regions whose rules turn on more claims or documents than a rule base can be compiled with.

Why it matters: every combination of them is a situation; with too many, nothing can be said of all situations.

Remedy: name an inner node where the leaves make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "set-too-wide"
TITLE = "Rules that turn on too many values of one set fact"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """What the loader found of this kind."""
    yield from context.found(ID)
