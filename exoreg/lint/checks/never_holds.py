"""Finds rules that hold for no product on any day encoded, and alternatives of `any` that never hold.

Choices that exclude each other, a donor that the source cannot have, or days that ended before the first one encoded.

Why it matters: the rule is law on paper that nobody is ever told.

Remedy: correct the condition or the days, or delete the rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context, satisfiable
from exoreg.lint.finding import Seen

ID = "never-holds"
TITLE = "Condition that can never hold"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "rules"


def check(context: Context) -> Iterator[Seen]:
    """Rules and alternatives that never hold."""
    base = context.base
    for id, rule in base.rules.items():
        if not context.can_hold(rule):
            place = base.place("rule", id, "in_force" if context.ended(rule) else "when")
            yield Seen(place, f"rule `{id}` never holds", rule=id)
            continue
        for number, part in enumerate(rule.when.any or ()):
            alone = rule.when.model_copy(update={"any": (part,)})
            if not satisfiable(base.vocabulary, alone):
                place = base.place("rule", id, "when", "any", number)
                yield Seen(place, f"this alternative of rule `{id}` never holds", rule=id)
