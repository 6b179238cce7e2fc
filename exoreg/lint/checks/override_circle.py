"""Finds rules that override each other in a circle, or a rule that overrides itself.

Why it matters: which of them holds could not be said.

Remedy: decide which rule is the exception and take the override from the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "override-circle"
TITLE = "Overrides that go in a circle"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """What the loader found of this kind."""
    yield from context.found(ID)
