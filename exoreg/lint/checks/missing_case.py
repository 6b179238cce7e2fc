"""Finds rules without a case that they decide.

A case beside a rule that only shows where the rule ends does not count; nor can a rule decide one while it waits for
an authorised product.

Why it matters: nobody has written down what the rule is meant to do, and a change that breaks it passes unseen.

Remedy: add under `cases` one product that the rule decides, and one at its edge.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "missing-case"
TITLE = "Rule without a case"
SEVERITY = "warning"
SINCE = "0.1.0"
NEEDS = "rules"


def check(context: Context) -> Iterator[Seen]:
    """Rules with no case, or with cases at their edge alone."""
    runs = [run for run in context.cases if run.rule]
    told = {run.rule.id for run in runs if run.rule and (run.rule.authorised or not run.is_edge)}
    for id, rule in context.base.rules.items():
        if not rule.cases:
            yield Seen(context.base.place("rule", id, "id"), f"rule `{id}` has no case", rule=id)
        elif id in context.speaking and id not in told and any(run.rule is rule for run in runs):
            place = context.base.place("rule", id, "cases")
            yield Seen(place, f"no case of rule `{id}` is one that it decides", rule=id)
