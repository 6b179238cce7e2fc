"""Finds rules without a status, a supply, conditions or a caution.

Why it matters: such a rule can be in force and match without anyone ever hearing of it.

Remedy: state what follows, or delete the rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "empty-rule"
TITLE = "Rule that says nothing"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """What the loader found of this kind."""
    yield from context.found(ID)
