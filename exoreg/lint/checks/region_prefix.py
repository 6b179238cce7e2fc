"""Finds rules and conditions whose id does not begin with their region in lower case.

A rule of the United Kingdom is `uk.…`, a condition of it `uk-cond-…`.

Why it matters: the id is all that a receipt or a pull request shows; it must say whose law it is.

Remedy: begin the id with the region, or correct `region`. An id that has been published is never reused.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "region-prefix"
TITLE = "Id that does not begin with its region"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "items"


def check(context: Context) -> Iterator[Seen]:
    """Ids that name another region than the item's."""
    regions = context.base.vocabulary.regions.nodes
    for id, rule in context.base.rules.items():
        prefix = f"{rule.region.lower()}."
        if rule.region in regions and not id.startswith(prefix):
            place = context.base.place("rule", id, "id")
            yield Seen(place, f"rule `{id}` of `{rule.region}` does not begin with `{prefix}`", rule=id)
    for id, condition in context.base.conditions.items():
        prefix = f"{condition.region.lower()}-cond-"
        if condition.region in regions and not id.startswith(prefix):
            place = context.base.place("condition", id, "id")
            yield Seen(place, f"condition `{id}` of `{condition.region}` does not begin with `{prefix}`")
