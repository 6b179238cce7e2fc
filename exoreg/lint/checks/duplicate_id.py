"""Finds two items of one kind with the same id in one folder of rules.

An overlay may replace an item of the folder below it; within one folder an id stands for one thing.

Why it matters: of two rules with one id only the first would speak, and receipts could not say which was meant.

Remedy: give the second its own id, or delete it.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "duplicate-id"
TITLE = "Two items with one id"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """What the loader found of this kind."""
    yield from context.found(ID)
