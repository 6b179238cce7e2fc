"""Finds rules that conclude `undetermined` and do not say who decides.

Why it matters: "not settled" helps a clinician only together with whom to ask.

Remedy: add `decides` with the authority or court.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "no-decider"
TITLE = "Unsettled law without who decides"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """What the loader found of this kind."""
    yield from context.found(ID)
