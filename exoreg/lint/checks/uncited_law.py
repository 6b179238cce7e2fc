"""Finds rules, and answers to sellers' arguments, that state law and cite nothing.

Why it matters: exoreg says nothing about law that nobody can look up.

Remedy: cite the instrument that says so; if there is none, the sentence does not belong here.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "uncited-law"
TITLE = "Statement of law without a citation"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "items"


def check(context: Context) -> Iterator[Seen]:
    """Reasons without a source."""
    base = context.base
    for id, rule in base.rules.items():
        if not rule.cite:
            yield Seen(
                base.place("rule", id, "because"), f"rule `{id}` states law and cites nothing", rule=id
            )
    for key, answer in base.answers.items():
        if not answer.cite:
            message = f"the answer of `{answer.region}` to `{answer.argument}` states law and cites nothing"
            yield Seen(base.place("answer", key, "says"), message)
