"""Finds rules without which every answer would be the same, but for its grounds.

The same in status, supply, confidence, conditions, cautions and who decides.
That is often meant, for two laws can forbid the same thing; it is worth a look all the same.

Why it matters: a rule that decides nothing is tested by nothing, and can be wrong for years.

Remedy: keep it if it is a reason that people should read; else narrow or delete it.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "redundant"
TITLE = "Rule that decides nothing by itself"
SEVERITY = "note"
SINCE = "0.1.0"
NEEDS = "rules"


def check(context: Context) -> Iterator[Seen]:
    """Rules that are part of an answer and change none."""
    needed = {id for id, rule in context.base.rules.items() if rule.authorised}
    bear = {id for answers in context.answers.values() for id in answers.bit}
    for answers in context.answers.values():
        pending = sum(bit for id, bit in answers.bit.items() if id not in needed)
        for rules in answers.together:
            effective = answers.judge(rules).effective
            candidates = effective & pending
            if not candidates:
                continue
            answer = answers.answer(effective)
            while candidates:
                bit = candidates & -candidates
                candidates ^= bit
                if answers.answer(answers.judge(rules ^ bit).effective) != answer:
                    pending ^= bit
                    needed.update(answers.ids(bit))
    for id in context.base.rules:
        if id in bear and id not in needed and id in context.speaking:
            place = context.base.place("rule", id, "id")
            yield Seen(
                place, f"without rule `{id}` every answer would be the same, but for its grounds", rule=id
            )
