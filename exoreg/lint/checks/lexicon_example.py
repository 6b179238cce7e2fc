"""Finds entries of the lexicon that do not read their example, or that read their counter-example.

Why it matters: an entry that does not do what it says misses a promise, or finds one where there is none.

Remedy: change the words or the pattern of the entry, or of the entry that stands in its way, until both hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "lexicon-example"
TITLE = "Entry of the lexicon that does not do what it says"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """Examples that are not read, and counter-examples that are, in languages whose files are right."""
    from exoreg.offer.lexicon_check import check_examples

    for lexicon in context.lexicons:
        for problem in check_examples(lexicon):
            yield Seen(problem.place, problem.message)
