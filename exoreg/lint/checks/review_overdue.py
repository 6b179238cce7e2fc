"""Finds a rule base whose day of review has passed.

Why it matters: law changes; a permission that nobody has looked at since may have ended.

Remedy: review the rules against their sources, then move `reviewed` and `review_by`.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "review-overdue"
TITLE = "Review that is overdue"
SEVERITY = "warning"
SINCE = "0.1.0"
NEEDS = "items"


def check(context: Context) -> Iterator[Seen]:
    """A review day before the day of the check."""
    due = context.base.meta.review_by
    if due < context.day:
        place = context.document("rulebase.yaml").place(("review_by",))
        yield Seen(place, f"the rule base was to be reviewed by {due}")
