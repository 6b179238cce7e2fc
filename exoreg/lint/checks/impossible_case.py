"""Finds cases with a word that is no value of the fact, with facts that contradict each other, or without a region.

Why it matters: such a case can neither hold nor fail, so nothing is tested.

Remedy: use ids of the vocabulary and a donor that the source can have; state the region in case files.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "impossible-case"
TITLE = "Case of a product that cannot exist"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """What the loader found of this kind."""
    yield from context.found(ID)
