"""Which question to ask next, so that the fewest settle the answer in every region asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from exoreg.engine.asked import Asked
from exoreg.engine.determine import Base
from exoreg.facts.product import UNKNOWN, Product
from exoreg.facts.vocabulary import Value

Stated = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Next:
    """A question worth asking: the fact, and the values to choose from."""

    fact: str
    choices: tuple[Value, ...]


def next_question(
    base: Base, stated: Stated, declined: frozenset[str], regions: Sequence[str], day: date
) -> Next | None:
    """The question whose answer leaves least open; None when the answer is settled, or nothing can settle it.

    Args:
        base: the compiled rule base.
        stated: what has been answered so far: fact to words; an inner node may be asked about further.
        declined: facts about which the person knows no more.
        regions: where.
        day: when.
    """
    product = product_of(base, stated)
    asked = [Asked(base.vocabulary, base.region(region), product, day) for region in regions]
    open_facts = [fact for fact in product.values if fact not in declined and _is_open(base, product, fact)]
    costs: dict[str, float] = {}
    for question in asked:
        for rank, (fact, _) in enumerate(question.ranked(open_facts)):
            costs[fact] = costs.get(fact, 0.0) - 1 / (1 + rank)
    if not costs:
        return None
    # Ties go to the order in which facts are told: what it is, then how it is used.
    fact = min(costs, key=lambda name: (costs[name], list(product.values).index(name)))
    return Next(fact, _choices(base, product, fact, asked))


def product_of(base: Base, stated: Stated) -> Product:
    """The product as answered so far; everything else is not known, and nothing is assumed."""
    return Product.make(
        base.vocabulary, {fact: stated.get(fact, (UNKNOWN,)) for fact in base.vocabulary.facts}
    )


def _is_open(base: Base, product: Product, fact: str) -> bool:
    values = product.values[fact]
    if values == (UNKNOWN,):
        return True
    nodes = base.vocabulary.facts[fact].nodes
    return any(nodes[value].values for value in values)


def _choices(base: Base, product: Product, fact: str, asked: Sequence[Asked]) -> tuple[Value, ...]:
    tree = base.vocabulary.facts[fact]
    values = product.values[fact]
    if fact == "donor":
        possible = {donor for question in asked for box in question.boxes for donor in box["donor"]}
        return tuple(value for value in tree.values if value.id in possible)
    if fact == "evidence":
        turning = {leaf for question in asked for leaf in question.region.bits["evidence"]}
        return tuple(tree.nodes[leaf] for leaf in tree.leaves if leaf in turning)
    if values == (UNKNOWN,):
        return tuple(tree.nodes[leaf] for leaf in tree.leaves) if tree.is_set else tree.values
    return tuple(child for value in values for child in tree.nodes[value].values)
