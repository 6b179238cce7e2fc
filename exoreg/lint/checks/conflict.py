"""Finds two rules that hold together, one of which grants a supply that the other does not, and nothing decides.

A rule grants a supply when it speaks for `permitted` or `trial-only`. It conflicts with a stricter rule that is
effective beside it when both are grounds of the same status, or when one of them only carries `supply`. It does not
conflict when the law has said which prevails: a stricter status comes first, an override sets the other aside, and a
rule that only carries `supply` tightens a permission that merely follows from a status.

Why it matters: the stricter one wins silently; whoever wrote the permission believes in something that never happens.

Remedy: let the one that is the exception name the other in `overrides`, or narrow a condition until they do not meet.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.law.terms import SUPPLY_RANK, Supply
from exoreg.lint.answers import RegionAnswers
from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "conflict"
TITLE = "Permission beside a stricter rule"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "rules"

GRANTS = (Supply.PERMITTED, Supply.TRIAL_ONLY)


def check(context: Context) -> Iterator[Seen]:
    """Each pair of rules in conflict, once, with the plainest product for which they are."""
    base = context.base
    told: set[tuple[str, str]] = set()
    for answers in context.answers.values():
        for (granting, stricter), ends in conflicts(answers).items():
            if (granting, stricter) in told:
                continue
            told.add((granting, stricter))
            grants, limits = (context.supply_of(base.rules[id]) for id in (granting, stricter))
            key = "supply" if base.rules[granting].supply else "status"
            yield Seen(
                base.place("rule", granting, key),
                f"rule `{granting}` says {grants} where `{stricter}` says {limits}, and nothing says which prevails: "
                f"{answers.plainest(ends)}",
                rule=granting,
            )


def conflicts(answers: RegionAnswers) -> dict[tuple[str, str], list[int]]:
    """Each granting rule with a stricter one beside it, and the ends of the diagram at which they meet."""
    granting = sum(answers.bit[row.id] for row in answers.rows if row.supplies in GRANTS)
    found: dict[tuple[str, str], list[int]] = {}
    for rules, end in answers.together.items():
        effective = answers.judge(rules).effective
        counted = answers.grounds(effective) | (effective & answers.bare)
        if not counted & granting:
            continue
        rows = list(answers.ids(counted, lambda row: row))
        for grant in rows:
            for other in rows:
                if (
                    grant.supplies in GRANTS
                    and other.supplies
                    and SUPPLY_RANK[other.supplies] < SUPPLY_RANK[grant.supplies]
                    and (other.status or grant.supply)
                ):
                    found.setdefault((grant.id, other.id), []).append(end)
    return found
