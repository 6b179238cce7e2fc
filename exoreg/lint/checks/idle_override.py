"""Finds overrides that never bite: the two rules never hold together while the exception is itself effective.

Why it matters: the exception was meant for something that does not happen, so one of the two conditions is wrong.

Remedy: correct the condition, or take the id out of `overrides`.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "idle-override"
TITLE = "Override that never bites"
SEVERITY = "warning"
SINCE = "0.1.0"
NEEDS = "rules"


def check(context: Context) -> Iterator[Seen]:
    """Overrides without a product for which they set something aside."""
    base = context.base
    biting: set[tuple[str, str]] = set()
    for answers in context.answers.values():
        bit = 0
        for rules in answers.together:
            bit |= answers.judge(rules).overrides
        biting.update(edge for number, edge in enumerate(answers.edges) if bit >> number & 1)
    for id, rule in base.rules.items():
        for number, other in enumerate(rule.overrides):
            if other not in base.rules or rule.authorised or base.rules[other].authorised:
                continue
            if (id, other) not in biting and context.can_hold(rule) and context.can_hold(base.rules[other]):
                place = base.place("rule", id, "overrides", number)
                yield Seen(place, f"rule `{id}` never sets `{other}` aside", rule=id)
