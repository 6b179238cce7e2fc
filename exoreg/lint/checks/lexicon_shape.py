"""Finds entries of the lexicon that cannot be read: a wrong key, kind, label or modality, an unknown source or class.

Also a fact, a route or a seller's argument that the rule base does not have, and an entry without an example or a
counter-example.

Why it matters: wording that should have been found in an offer is passed over in silence.

Remedy: write the entry as `docs/lexicon.md` has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.law.messages import nearest
from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "lexicon-shape"
TITLE = "Entry of the lexicon that cannot be read"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "items"


def check(context: Context) -> Iterator[Seen]:
    """What the reader of the lexicon found, and values that the rule base does not have."""
    base = context.base
    for lexicon in context.lexicons:
        for problem in lexicon.problems:
            yield Seen(problem.place, problem.message, problem.help)
        for entry in lexicon.entries:
            if entry.kind == "fact":
                key, known = "value", list(base.vocabulary.facts[entry.data["fact"]].nodes)
            elif entry.kind == "argument":
                key, known = "argument", list(base.arguments)
            else:
                continue
            for word in entry.texts(key):
                if word not in known:
                    yield Seen(
                        entry.place(key), f"unknown {key} `{word}` in `{entry.id}`", nearest(word, known)
                    )
