"""Other engines, on the same rules.

Each module has ``NAME``, ``PACKAGE`` and ``prepare(rules)``, which gives a function from products to answers; an
answer is the number of the first status that a matching rule concludes. Modules that work on columns have
``columns`` too, which prepares the work for a table of products.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from bench.generate import STATUSES
from exoreg.facts.vocabulary import Vocabulary

NONE = 9
"""The answer where no rule matches."""

Product = Mapping[str, Any]
"""The facts of a product: leaves, and lists of leaves for claims and evidence."""

Answer = Callable[[Sequence[Product]], list[int]]


class Plain(NamedTuple):
    """A rule as any engine can have it: for some facts the leaves of which one must hold, and its status."""

    needs: dict[str, list[str]]
    status: int


def plain(rules: Sequence[Mapping[str, Any]], vocabulary: Vocabulary) -> list[Plain]:
    """The rules of one region, with leaves instead of nodes."""
    return [
        Plain(
            {
                name: list(
                    dict.fromkeys(leaf for word in words for leaf in vocabulary.facts[name].below(word))
                )
                for name, words in rule["when"].items()
            },
            STATUSES.index(rule["status"]),
        )
        for rule in rules
    ]


SETS = ("claims", "evidence")
