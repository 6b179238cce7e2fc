"""What is known of a product and its intended use, fact by fact: stated, assumed or unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from itertools import product as cartesian
from typing import NamedTuple

from exoreg.facts.vocabulary import UNKNOWN_WORDS, Fact, Vocabulary, WordError

Atom = str | frozenset[str]
"""One value a fact can really have: a leaf, or for the set facts a set of leaves."""

UNKNOWN = "unknown"


class Situation(NamedTuple):
    """A product of which everything is known: a leaf for every fact, sets of leaves for the set facts."""

    source: str
    donor: str
    form: str
    use: str
    claims: frozenset[str]
    setting: str
    evidence: frozenset[str]


FACTS = Situation._fields
"""The facts of a product, in the order in which they are printed."""

Box = Mapping[str, Sequence[Atom]]
"""For every fact the values that it may have, each combination of them possible."""


class ProductError(ValueError):
    """Facts that contradict each other, or a word that the vocabulary does not know."""


class Product(NamedTuple):
    """The facts as far as they are known.

    ``values`` holds node ids for every fact: one for the plain facts, any number for the set facts, or
    ``("unknown",)``. ``assumed`` names the facts that nobody stated.
    """

    values: Mapping[str, tuple[str, ...]]
    assumed: frozenset[str]

    @classmethod
    def make(cls, vocabulary: Vocabulary, stated: Mapping[str, str | Sequence[str]]) -> Product:
        """Resolves a person's words, and assumes the usual value of what is not stated.

        Args:
            vocabulary: the trees of values.
            stated: fact id to a word or words; ``?`` or ``unknown`` for a fact known to be unknown.
                A fact left out is assumed; source and use, for which nothing can be assumed, are unknown then.

        Raises:
            WordError: a word is not in the vocabulary.
            ProductError: the facts contradict each other.
        """
        values: dict[str, tuple[str, ...]] = {}
        for name, fact in vocabulary.facts.items():
            words = stated.get(name, ())
            words = (words,) if isinstance(words, str) else tuple(words)
            if words:
                values[name] = _resolve(fact, words)
        unknown_fact = next((name for name in stated if name not in vocabulary.facts), None)
        if unknown_fact is not None:
            raise WordError(f"`{unknown_fact}` is not a fact of a product")
        assumed = frozenset(vocabulary.facts) - values.keys()
        for name in assumed:
            default = vocabulary.facts[name].default
            values[name] = default if default is not None else (UNKNOWN,)
        if "donor" in assumed:
            values["donor"] = _usual_donors(vocabulary, values["source"])
        else:
            _check_donor(vocabulary, values["source"], values["donor"])
        ordered = {name: values[name] for name in vocabulary.facts}
        return cls(ordered, assumed - {name for name in assumed if ordered[name] == (UNKNOWN,)})

    def boxes(self, vocabulary: Vocabulary) -> Iterator[Box]:
        """The situations this product may be, as boxes: one for each group of sources with the same donors."""
        atoms = {name: atoms_of(vocabulary.facts[name], self.values[name]) for name in FACTS}
        groups: dict[tuple[str, ...], list[str]] = {}
        stated_donors = atoms["donor"]
        for leaf in atoms["source"]:
            assert isinstance(leaf, str)
            possible = vocabulary.donors(leaf)
            donors = possible[:1] if "donor" in self.assumed else [d for d in possible if d in stated_donors]
            groups.setdefault(tuple(donors), []).append(leaf)
        for donors, sources in groups.items():
            if donors:
                yield {**atoms, "source": tuple(sources), "donor": donors}

    def situations(self, vocabulary: Vocabulary) -> Iterator[Situation]:
        """Every situation this product may be; only for small products and tests."""
        for box in self.boxes(vocabulary):
            for combination in cartesian(*(box[name] for name in FACTS)):
                yield Situation(*combination)  # type: ignore[arg-type]

    def with_fact(self, vocabulary: Vocabulary, fact: str, words: Sequence[str]) -> Product:
        """The same product with one fact stated anew; a donor that no longer fits is assumed anew."""
        stated: dict[str, Sequence[str]] = {
            name: values for name, values in self.values.items() if name not in self.assumed and name != fact
        }
        stated[fact] = words
        if fact == "source" and "donor" in stated:
            possible = {
                d
                for leaf in leaves_of(vocabulary.facts["source"], tuple(words))
                for d in vocabulary.donors(leaf)
            }
            if not possible.intersection(leaves_of(vocabulary.facts["donor"], tuple(stated["donor"]))):
                del stated["donor"]
        return Product.make(vocabulary, stated)

    def as_data(self, vocabulary: Vocabulary) -> dict[str, str | list[str]]:
        """The facts as in the JSON answer: a word, or a list of words for the set facts."""
        return {
            name: list(values) if vocabulary.facts[name].is_set else _word(values)
            for name, values in self.values.items()
        }


def _word(values: tuple[str, ...]) -> str:
    return values[0] if len(values) == 1 else UNKNOWN


def _resolve(fact: Fact, words: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(fact.resolve(word) for word in words if word.casefold() not in UNKNOWN_WORDS))
    if not found:
        return (UNKNOWN,)
    if any(word.casefold() in UNKNOWN_WORDS for word in words):
        # To forget what is known would make the answer milder than it is.
        raise ProductError(
            f"`{fact.id}` cannot be `{found[0]}` and not known at once; leave out one of the two"
        )
    if not fact.is_set and len(found) > 1:
        raise ProductError(f"`{fact.id}` has one value, found `{found[0]}` and `{found[1]}`")
    order = list(fact.nodes)
    return tuple(sorted(found, key=order.index))


def leaves_of(fact: Fact, values: tuple[str, ...]) -> tuple[str, ...]:
    """The leaves that the node ids stand for; all leaves for an unknown fact."""
    if values == (UNKNOWN,):
        return fact.leaves
    return tuple(dict.fromkeys(leaf for value in values for leaf in fact.below(value)))


def atoms_of(fact: Fact, values: tuple[str, ...]) -> tuple[Atom, ...]:
    """The values that a fact may really have, given what is known of it.

    An inner node of a plain fact is any one of its leaves. An inner node among the values of a set fact is
    one of its leaves, not known which; an unknown set fact is any subset.
    """
    if not fact.is_set:
        return leaves_of(fact, values)
    if values == (UNKNOWN,):
        return tuple(subsets(fact.leaves))
    choices = [fact.below(value) for value in values]
    return tuple(dict.fromkeys(frozenset(choice) for choice in cartesian(*choices)))


def subsets(leaves: Sequence[str]) -> Iterator[frozenset[str]]:
    """Every subset, smallest first."""
    picks = chain.from_iterable(combinations(leaves, size) for size in range(len(leaves) + 1))
    return map(frozenset, picks)


def _usual_donors(vocabulary: Vocabulary, source: tuple[str, ...]) -> tuple[str, ...]:
    usual = dict.fromkeys(
        vocabulary.donors(leaf)[0] for leaf in leaves_of(vocabulary.facts["source"], source)
    )
    return tuple(usual)


def _check_donor(vocabulary: Vocabulary, source: tuple[str, ...], donor: tuple[str, ...]) -> None:
    if donor == (UNKNOWN,):
        return
    stated = set(leaves_of(vocabulary.facts["donor"], donor))
    leaves = leaves_of(vocabulary.facts["source"], source)
    if any(stated.intersection(vocabulary.donors(leaf)) for leaf in leaves):
        return
    allowed = " or ".join(f"`{word}`" for word in vocabulary.donors(leaves[0]))
    raise ProductError(
        f"donor `{donor[0]}` contradicts source `{source[0]}`: of that source the donor is {allowed}"
    )
