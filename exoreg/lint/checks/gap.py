"""Finds products of which no rule concludes anything, and shows the plainest of them.

Whatever product exists must get an answer in every region on every day encoded; "not settled" is an answer.

Why it matters: silence is read as permission.

Remedy: add a rule, at least one that is `undetermined` and says who decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "gap"
TITLE = "Product without an answer"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "rules"


def check(context: Context) -> Iterator[Seen]:
    """For each region the plainest product without an answer."""
    base = context.base
    open_in: set[str] = set()
    for region, answers in context.answers.items():
        ends = [
            end for end, alive in enumerate(answers.diagram.alive)
            if not answers.grounds(answers.judge(answers.rules(alive)).effective)
        ]  # fmt: skip
        if not ends or open_in.intersection(base.chain(region)):
            continue
        open_in.add(region)
        found = answers.plainest(ends)
        yield Seen(context.region_place(region), f"no rule of `{region}` speaks of a product: {found}")
