"""Finds rules that permit a supply and rest only on sources that were not read.

Why it matters: a permission that rests on what someone remembers can hurt a patient; a prohibition cannot.

Remedy: read one of the sources at its address and say so under `verified`, or conclude `undetermined`.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.law.terms import Supply
from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "permitted-from-memory"
TITLE = "Permission that rests on memory"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "items"


def check(context: Context) -> Iterator[Seen]:
    """Permissions none of whose sources was read."""
    known = context.base.instruments
    for id, rule in context.base.rules.items():
        if context.supply_of(rule) is not Supply.PERMITTED:
            continue
        cited = [known[citation.id] for citation in rule.cite if citation.id in known]
        if cited and all(instrument.verified.how == "memory" for instrument in cited):
            place = context.base.place("rule", id, "cite")
            yield Seen(place, f"rule `{id}` permits a supply, and none of its sources was read", rule=id)
