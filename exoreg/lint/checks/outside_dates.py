"""Finds rules that are in force on a day on which nothing that they cite is.

A rule without dates begins on the earliest day encoded for its region and does not end.

Why it matters: before its source began, or after it ended, the rule states law that was not there.

Remedy: narrow the rule's `in_force`, or cite what was in force on those days too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from exoreg.law.models import Rule
from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "outside-dates"
TITLE = "Rule outside the days of its sources"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "items"


def check(context: Context) -> Iterator[Seen]:
    """Rules with a day on which no cited instrument is in force."""
    base = context.base
    for id, rule in base.rules.items():
        if rule.region not in base.vocabulary.regions.nodes:
            continue
        first = bare_day(context, rule)
        if first is None:
            continue
        key = "from" if rule.in_force.from_ and first == rule.in_force.from_ else "to"
        stated = ("in_force", key) if getattr(rule.in_force, "to" if key == "to" else "from_") else ("id",)
        message = f"rule `{id}` is in force on {first}, and nothing that it cites is"
        yield Seen(base.place("rule", id, *stated), message, rule=id)


def bare_day(context: Context, rule: Rule) -> date | None:
    """The first day of the rule on which no instrument that it cites is in force, if there is one."""
    known = context.base.instruments
    periods = [known[citation.id].in_force for citation in rule.cite if citation.id in known]
    if not periods or len(periods) < len(rule.cite):
        return None
    encoded = context.earliest(rule.region)
    if encoded is None:
        return None
    day = max(rule.in_force.from_ or encoded, encoded)
    last = rule.in_force.to or date.max
    while day <= last:
        ends = [period.to for period in periods if period.covers(day)]
        if not ends:
            return day
        if None in ends:
            return None
        latest = max(end for end in ends if end is not None)
        if latest == date.max:
            return None
        day = latest + timedelta(days=1)
    return None
