"""What exoreg answers about one product in one region on one day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from exoreg.engine.outcome import Outcome
from exoreg.facts.product import Product


class Change(NamedTuple):
    """A fact, and the other values of it that lead to another answer.

    ``how`` is ``set`` (the fact is that value instead), ``add`` (one more claim or document) or ``drop``
    (the claims fall away until only looks are left).
    """

    fact: str
    how: str
    to: tuple[str, ...]
    status: str
    supply: str


class Step(NamedTuple):
    """One fact to be changed, and the values any of which will do; ``how`` as in ``Change``."""

    fact: str
    how: str
    to: tuple[str, ...]


class Way(NamedTuple):
    """Changes that together lead to a lawful supply, and the answer they lead to."""

    steps: tuple[Step, ...]
    status: str
    supply: str


class Question(NamedTuple):
    """What to ask, of whom; ``value`` is the document asked for, when the fact is evidence.

    For a fact that is not known, ``leads_to`` says what each answer leads to.
    """

    fact: str
    ask: str
    who: str
    value: str | None = None
    leads_to: tuple[Lead, ...] = ()


class Lead(NamedTuple):
    """Answers to a question that leave the same determinations possible."""

    to: tuple[str, ...]
    possible: tuple[tuple[str, str], ...]


class LeafAnswer(NamedTuple):
    """The answer if a fact that is not known were this leaf."""

    fact: str
    leaf: str
    status: str
    supply: str


class Elsewhere(NamedTuple):
    """A region within the one asked about in which the answer is known to differ."""

    region: str
    status: str
    supply: str


class Determination(NamedTuple):
    """The answer for one product, region and day.

    ``status`` is a status or ``depends``. ``outcome`` holds the grounds and what goes with them; it is None
    for a day before the earliest one encoded, which ``earliest`` then names.
    """

    product: Product
    region: str
    as_of: date
    status: str
    supply: str
    confidence: str | None
    outcome: Outcome | None
    decides: str | None = None
    would_change: tuple[Change, ...] = ()
    ways: tuple[Way, ...] = ()
    trial_is_a_way: bool = False
    questions: tuple[Question, ...] = ()
    by_leaf: tuple[LeafAnswer, ...] | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    earliest: date | None = None
    stale: bool = False
