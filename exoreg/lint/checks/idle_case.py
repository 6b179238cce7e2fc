"""Finds cases beside a rule in whose answer that rule has no part, and cases that expect nothing.

The rule is neither a ground of the answer nor shown with it, sets nothing aside, and adds no condition or supply.
A case may show on purpose where a rule ends: then it expects another status or supply than the rule's, or names the
rule, or what the rule requires, under `not_grounds`, `not_cautions` or `not_conditions`.

Why it matters: the case passes whatever the rule says, so it tests nothing.

Remedy: change the product until the rule decides it, or move the case beside the rule that does.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.law.models import Expect
from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "idle-case"
TITLE = "Case that does not test its rule"
SEVERITY = "warning"
SINCE = "0.1.0"
NEEDS = "rules"


def check(context: Context) -> Iterator[Seen]:
    """Cases that expect nothing, or what their rule says without its having a part in it."""
    for run in context.cases:
        rule = run.rule.id if run.rule else None
        if run.case.expect == Expect() and run.case.argument is None:
            yield Seen(run.place, "the case expects nothing", "state under `expect` what must follow", rule)
        elif run.rule and not run.rule.authorised and not (run.differences or run.involves or run.is_edge):
            yield Seen(run.place, f"rule `{rule}` has no part in the answer to its own case", rule=rule)
