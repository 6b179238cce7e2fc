"""Finds suppressions (`ignore` on a rule) that are past their day, name no check, or hold nothing back.

Why it matters: an exception that outlives its reason hides the next mistake.

Remedy: delete it; or, if the finding is still there and still accepted, give it a new day.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.law.messages import nearest
from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "stale-suppression"
TITLE = "Suppression that is stale"
SEVERITY = "warning"
SINCE = "0.1.0"
NEEDS = "items"


def check(context: Context) -> Iterator[Seen]:
    """Suppressions that do nothing any more; runs after all other checks."""
    for id, rule in context.base.rules.items():
        for number, suppression in enumerate(rule.ignore):
            name = suppression.check
            place = context.base.place("rule", id, "ignore", number, "check")
            if name not in context.known:
                yield Seen(place, f"no check has the id `{name}`", nearest(name, context.known), id)
            elif suppression.until < context.day:
                place = context.base.place("rule", id, "ignore", number, "until")
                yield Seen(place, f"the suppression of `{name}` ended on {suppression.until}", rule=id)
            elif name in context.ran and (id, number) not in context.used:
                yield Seen(place, f"the suppression of `{name}` holds nothing back", rule=id)
