"""Finds items that lack a key, have one too many, or hold a value of the wrong kind.

Also a word that is not on a closed list (status, supply, confidence, kind of source), a malformed id, day or address,
a period that ends before it begins, and a rule base without `rulebase.yaml` or `vocabulary.yaml`.

Why it matters: a key that nobody reads looks like law and is none.

Remedy: write the key as `docs/writing-rules.md` has it; the message names the nearest word that is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "shape"
TITLE = "Item that does not have its shape"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """What the loader found of this kind."""
    yield from context.found(ID)
