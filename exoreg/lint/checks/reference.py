"""Finds references to an instrument, rule, condition, argument or statement that the rule base does not have.

Why it matters: a citation that leads nowhere is no reason, and an override of nothing leaves in force what it meant.

Remedy: correct the id (the message names the nearest one), or add what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "reference"
TITLE = "Reference to something that does not exist"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """What the loader found of this kind."""
    yield from context.found(ID)
