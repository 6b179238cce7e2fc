"""From the words of an offer to what is known of the product: each fact, and every product that it may be.

Nothing is resolved to the mild side: a fact of which the words say several things keeps all of them. A seller's
word is never evidence: documents named, and an authorised trial, are kept apart as not verified, and what is said
to be prepared in the clinic is answered for as sold, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product as cartesian

from exoreg.facts.product import UNKNOWN, Product, leaves_of
from exoreg.facts.vocabulary import Fact, Vocabulary
from exoreg.offer.wording import FactRead, Quote, Wording, quotes

TRIAL = "clinical-trial"
UNDISCLOSED = "undisclosed"
SALE = "marketed"
PREPARED = "in-clinic-preparation"
RESEARCH = "research-use-only"
MEDIUM = "conditioned-medium"
ISOLATED = "isolated-exosomes"

PLATELET, BLOOD, PLACENTA = "platelet", "blood-plasma", "placenta"
KINDS = ("human", "animal")
"""Origins from the strictest on; all others come after them."""


class State(StrEnum):
    """How a fact of the product is known."""

    STATED = "stated"
    CONFLICTING = "conflicting"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"
    BY_HAND = "by-hand"


@dataclass(frozen=True)
class FactFound:
    """A fact of the product.

    ``answers`` are the values that are answered for, each as a product has them: several where the words
    conflict, or where something that may matter was not read; none for a fact that is assumed or unknown.
    ``read`` holds the quotes of every value in the words, ``denied`` those that say that it is not so,
    ``unverified`` the values that a seller's word cannot establish.
    """

    fact: str
    state: State
    answers: tuple[tuple[str, ...], ...]
    read: Mapping[str, tuple[Quote, ...]]
    denied: Mapping[str, tuple[Quote, ...]]
    unverified: tuple[str, ...] = ()


def facts_found(
    vocabulary: Vocabulary, wording: Wording, by_hand: Mapping[str, Sequence[str]], gaps: bool
) -> dict[str, FactFound]:
    """Every fact as the words give it, corrected by hand.

    Args:
        vocabulary: the trees of values.
        wording: what was read.
        by_hand: fact id to values given by the user; several values of a plain fact are answered for each.
        gaps: whether wording was left unread that may hold claims.

    Raises:
        WordError: a value given by hand is not in the vocabulary.
    """
    found = {}
    for name, fact in vocabulary.facts.items():
        told = [f for f in wording.facts if f.fact == name and not f.denied]
        read = _by_value(told)
        denied = _by_value([f for f in wording.facts if f.fact == name and f.denied])
        if name == "claims":
            one = _claims(fact, wording, gaps)
        elif name == "evidence":
            one = FactFound(name, State.ASSUMED, (), read, denied, tuple(read))
        else:
            firm = {f.value for f in told if not f.bare}
            vesicles = any(f.fact == "form" and not f.denied for f in wording.facts)
            one = _plain(fact, read, denied, firm, vesicles)
        if by_hand.get(name):
            one = replace(one, state=State.BY_HAND, answers=_given(fact, by_hand[name]))
        found[name] = one
    return found


def _by_value(found: Sequence[FactRead]) -> dict[str, tuple[Quote, ...]]:
    values = dict.fromkeys(fact.value for fact in found)
    return {value: quotes([fact for fact in found if fact.value == value]) for value in values}


def _plain(
    fact: Fact,
    read: Mapping[str, tuple[Quote, ...]],
    denied: Mapping[str, tuple[Quote, ...]],
    firm: AbstractSet[str],
    vesicles: bool,
) -> FactFound:
    unverified = tuple(value for value in read if value == TRIAL)
    told = {value: quotes for value, quotes in read.items() if value not in unverified}
    values = _refined(fact, _meant(fact, told, firm, vesicles))
    state = State.CONFLICTING if len(values) > 1 else State.STATED
    if not values:
        state = State.UNKNOWN if fact.id in ("source", "use") else State.ASSUMED
    answers = tuple((value,) for value in values)
    if PREPARED in values and SALE not in values:
        # A doctor's own preparation may be judged more mildly, and only the doctor can say that it is one.
        answers += ((SALE,),)
    return FactFound(fact.id, state, answers, read, denied, unverified)


def _meant(
    fact: Fact, read: Mapping[str, Sequence[Quote]], firm: AbstractSet[str], vesicles: bool
) -> Iterable[str]:
    """The values that the words mean; those that say less than another, or nothing against it, left out.

    Args:
        fact: the fact.
        read: its values in the words.
        firm: those of which some words say more than the bare name.
        vesicles: whether the offer speaks of vesicles or a medium at all.
    """
    if fact.id == "source":
        return _sources(fact, read, firm, vesicles)
    values = set(read)
    if fact.id == "form" and MEDIUM in values and ISOLATED not in firm:
        values.discard(ISOLATED)  # A medium "rich in exosomes" is a medium.
    if fact.id == "setting" and RESEARCH in values:
        values.discard(SALE)  # What is labelled for research is sold, too.
    return values


def _sources(
    fact: Fact, read: Mapping[str, Sequence[Quote]], firm: AbstractSet[str], vesicles: bool
) -> set[str]:
    """The sources without those named beside the real one.

    But for platelet-rich plasma as another treatment, what falls away is never stricter than what stays.
    """
    values = set(read)
    if vesicles and PLATELET not in firm:
        values.discard(
            PLATELET
        )  # Where vesicles are offered, mere plasma rich in platelets is a treatment beside.
    if PLATELET in values or (PLATELET in read and BLOOD not in firm):
        values.discard(BLOOD)  # Platelets are taken from blood, and the blood is told of.
    said = values & firm
    owners = [quote.text.casefold() for value in said for quote in read[value]]

    def is_beside(value: str) -> bool:
        # "Rose exosomes with aloe" are of the rose; by an "ovine placenta" a mere "placenta" is that of the sheep.
        names = {quote.text.casefold() for quote in read[value]}
        return any(_kind(fact, other) <= _kind(fact, value) for other in said) or (
            value == PLACENTA and any(name in owner for name in names for owner in owners)
        )

    values = {value for value in values if value in firm or not is_beside(value)}
    if len(values) > 1:
        values.discard(UNDISCLOSED)  # A "proprietary blend" of a named source is of that source.
    return values


def _kind(fact: Fact, value: str) -> int:
    roots = fact.path(value) if value in fact.nodes else ()
    return next((rank for rank, kind in enumerate(KINDS) if kind in roots), len(KINDS))


def _refined(fact: Fact, values: Iterable[str]) -> tuple[str, ...]:
    """The values without those that only stand above another one (human beside umbilical)."""
    told = list(values)
    above = {ancestor for value in told if value in fact.nodes for ancestor in fact.path(value)[1:]}
    order = list(fact.nodes)
    kept = [value for value in told if value in fact.nodes and value not in above]
    return tuple(sorted(kept, key=order.index))


def _claims(fact: Fact, wording: Wording, gaps: bool) -> FactFound:
    labels = {claim.label for claim in wording.counting}
    read = {
        label: tuple(claim.quote for claim in wording.counting if claim.label == label)
        for label in fact.nodes
        if label in labels
    }
    answers = [tuple(read)] if read else []
    if gaps:
        # What was not read may promise more, never less.
        answers = [answers[0] if answers else tuple(fact.default or ()), (UNKNOWN,)]
    state = State.STATED if read else State.UNKNOWN if gaps else State.ASSUMED
    return FactFound(fact.id, state, tuple(answers), read, {})


def _given(fact: Fact, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    from exoreg.facts.vocabulary import UNKNOWN_WORDS

    if any(word.casefold() in UNKNOWN_WORDS for word in words):
        return ((UNKNOWN,),)
    values = tuple(dict.fromkeys(fact.resolve(word) for word in words))
    return (values,) if fact.is_set else tuple((value,) for value in values)


def products(vocabulary: Vocabulary, facts: Mapping[str, FactFound]) -> Iterator[Product]:
    """Every product that the offer may be, one for each combination of what the facts are answered for.

    A donor that the words name and that the source cannot have is left to what is usual of that source.

    Raises:
        ProductError: facts given by hand contradict each other.
    """
    named = {name: found.answers for name, found in facts.items() if found.answers}
    for combination in cartesian(*named.values()):
        stated = dict(zip(named, combination, strict=True))
        if "donor" in stated and facts["donor"].state is not State.BY_HAND:
            possible = _donors(vocabulary, stated.get("source", (UNKNOWN,)))
            if not possible.intersection(stated["donor"]):
                del stated["donor"]
        yield Product.make(vocabulary, stated)


def _donors(vocabulary: Vocabulary, source: tuple[str, ...]) -> set[str]:
    return {d for leaf in leaves_of(vocabulary.facts["source"], source) for d in vocabulary.donors(leaf)}
