"""Finds words in a rule's `when`, and regions anywhere, that the vocabulary does not have.

Why it matters: a condition on a misspelt word would never hold, and the rule would silently not apply.

Remedy: use an id of the vocabulary (aliases are for people, not for rules); the message names the nearest one.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "unknown-word"
TITLE = "Word that the vocabulary does not have"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """What the loader found of this kind."""
    yield from context.found(ID)
