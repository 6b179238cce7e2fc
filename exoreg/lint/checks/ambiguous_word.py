"""Finds an id or alias that stands for two values of one fact, or for two regions.

Case, hyphens and underscores make no difference, as when a person's word is looked up.

Why it matters: someone who uses the word is answered about a product or place that they did not mean.

Remedy: take the alias from one of the two, or lengthen both until they differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "ambiguous-word"
TITLE = "Alias that means two things"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """What the loader found of this kind."""
    yield from context.found(ID)
