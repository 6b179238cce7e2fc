"""Finds a `because` of more than two sentences.

Why it matters: the reason is read in a hurry, beside several others; what does not fit is not read.

Remedy: keep the rule and its edge; the rest belongs in `note`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "long-reason"
TITLE = "Reason longer than two sentences"
SEVERITY = "warning"
SINCE = "0.1.0"
NEEDS = "items"

SENTENCES = 2
_END = re.compile(
    r"(?<!\bArt)(?<!\bNo)(?<!\bNos)(?<!\bcf)(?<!\bpara)(?<!\bv)[.!?][\"'”’)]*(?=\s+[A-Z\"'“‘(]|\s*\Z)"
)


def check(context: Context) -> Iterator[Seen]:
    """Reasons of three sentences and more."""
    for id, rule in context.base.rules.items():
        count = len(_END.findall(rule.because))
        if count > SENTENCES:
            place = context.base.place("rule", id, "because")
            yield Seen(
                place,
                f"the reason of rule `{id}` has {count} sentences, at most {SENTENCES} are allowed",
                rule=id,
            )
