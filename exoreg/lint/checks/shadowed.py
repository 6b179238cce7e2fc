"""Finds rules that hold for some product and yet are part of no answer.

Never a ground, never an override that bites, never a caution, never conditions of a lawful supply, never the supply
that counts: another rule always comes first.

Why it matters: the rule looks like law that is applied and is not; usually its condition or an override is wrong.

Remedy: narrow what stands before it, let it override, or delete it.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "shadowed"
TITLE = "Rule that is part of no answer"
SEVERITY = "warning"
SINCE = "0.1.0"
NEEDS = "rules"


def check(context: Context) -> Iterator[Seen]:
    """Rules that hold and never speak."""
    for id, rule in context.base.rules.items():
        says = rule.status or rule.supply or rule.requires or rule.caution
        if says and id not in context.speaking and context.can_hold(rule) and not rule.authorised:
            place = context.base.place("rule", id, "id")
            yield Seen(place, f"rule `{id}` holds for some products and is part of no answer", rule=id)
