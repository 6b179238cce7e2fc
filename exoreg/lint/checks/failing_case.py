"""Finds cases that do not get the answer that they expect.

Why it matters: either the rules or the person who wrote the case is wrong about the law.

Remedy: find out which; `exoreg rules test` shows the case, what was expected and what was found.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "failing-case"
TITLE = "Case that fails"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "rules"


def check(context: Context) -> Iterator[Seen]:
    """Cases with another answer than expected."""
    for run in context.cases:
        if run.differences:
            called = f"case `{run.case.id}`" if run.case.id else "a case"
            beside = f" of rule `{run.rule.id}`" if run.rule else ""
            rule = run.rule.id if run.rule else None
            yield Seen(run.place, f"{called}{beside} fails: {'; '.join(run.differences)}", rule=rule)
