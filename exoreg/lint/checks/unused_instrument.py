"""Finds instruments that no rule, condition, answer or entry of the register cites.

Why it matters: a source that nothing rests on is kept up to date for nobody, or a rule forgot to cite it.

Remedy: cite it where it is the reason, or delete it.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "unused-instrument"
TITLE = "Instrument that nothing cites"
SEVERITY = "warning"
SINCE = "0.1.0"
NEEDS = "all"


def check(context: Context) -> Iterator[Seen]:
    """Instruments that are not cited."""
    base = context.base
    products = [product for register in base.registers.values() for product in register.products]
    citing = [
        *(item.cite for item in base.rules.values()),
        *(item.cite for item in base.conditions.values()),
        *(item.cite for item in base.answers.values()),
        *(item.cite for item in products),
    ]
    cited = {citation.id for citations in citing for citation in citations}
    for id in base.instruments:
        if id not in cited:
            yield Seen(
                base.place("instrument", id, "id"), f"instrument `{id}` is cited nowhere", instrument=id
            )
