"""Compiling a rule base: for every value of every fact a mask with one bit for each term that accepts it.

A *term* is one conjunction of a rule's condition; most rules are one term. The terms alive for a situation are
the AND of the masks of its values and its day, and everything else follows from that number
(``exoreg.engine.compiled``). The result is plain data that JSON can carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import reduce
from itertools import product as cartesian
from operator import or_
from typing import Any

from exoreg.engine.evaluate import row_of, shown_statements
from exoreg.facts.product import Atom, subsets
from exoreg.facts.vocabulary import Fact
from exoreg.law.models import EMPTY_WHEN, FACT_NAMES, Choice, Rule, Statement, When
from exoreg.law.places import Problem, RuleBaseError
from exoreg.law.rulebase import RuleBase

MAX_SET_VALUES = 12
"""A region's rules may turn on at most this many values of one set fact; its masks are two to that power."""

Term = dict[str, list[Choice]]


def compile_region(base: RuleBase, region: str) -> dict[str, Any]:
    """The masks and rows of all rules that hold in a region, as plain data.

    Raises:
        RuleBaseError: the region's rules turn on more values of a set fact than masks are kept for.
    """
    items: list[Rule | Statement] = [*base.rules_of(region), *shown_statements(base, region)]
    days = boundaries(base, region, items)
    terms: list[Term] = []
    owners: list[int] = []
    for index, item in enumerate(items):
        for term in conjunctions(item.when or EMPTY_WHEN):
            terms.append(term)
            owners.append(index)
    masks: dict[str, Any] = {}
    bits: dict[str, list[str]] = {}
    for name in FACT_NAMES:
        fact = base.vocabulary.facts[name]
        if fact.is_set:
            bits[name] = mentioned(fact, name, terms)
            if len(bits[name]) > MAX_SET_VALUES:
                place = base.place("rule", next(rule.id for rule in base.rules_of(region)))
                message = f"the rules of `{region}` turn on {len(bits[name])} values of `{name}`"
                raise RuleBaseError([Problem(place, message, f"at most {MAX_SET_VALUES} are allowed")])
            order = {leaf: number for number, leaf in enumerate(bits[name])}
            values = sorted(subsets(bits[name]), key=lambda value: sum(1 << order[leaf] for leaf in value))
            masks[name] = _masks(fact, name, values, terms)
        else:
            masks[name] = dict(zip(fact.leaves, _masks(fact, name, fact.leaves, terms), strict=True))
    masks["day"] = [
        sum(1 << bit for bit, owner in enumerate(owners) if _is_live(base, items[owner], first))
        for first in days
    ]
    return {
        "region": region,
        "earliest": base.earliest(region).isoformat(),
        "days": [first.isoformat() for first in days],
        "owners": owners,
        "rows": [list(row_of(item)) for item in items],
        "bits": bits,
        "masks": masks,
    }


def boundaries(base: RuleBase, region: str, items: Iterable[Rule | Statement] | None = None) -> list[date]:
    """The first days of the classes of days on which the same rules are in force, earliest encoded day first."""
    if items is None:
        items = [*base.rules_of(region), *shown_statements(base, region)]
    days = {base.earliest(region)}
    for item in items:
        if isinstance(item, Statement):
            days.add(item.first_day)
            continue
        periods = [item.in_force]
        if item.authorised and item.region in base.registers:
            periods += [product.in_force for product in base.registers[item.region].products]
        for period in periods:
            days.update(filter(None, (period.from_, period.to and period.to + timedelta(days=1))))
    return sorted(day for day in days if day >= base.earliest(region))


def _is_live(base: RuleBase, item: Rule | Statement, day: date) -> bool:
    return item.first_day <= day if isinstance(item, Statement) else base.is_live(item, day)


def conjunctions(when: When) -> Iterator[Term]:
    """The terms of a condition: it holds when all choices of one of them do."""
    alternatives: list[Sequence[Term]] = [[{name: [choice] for name, choice in when.choices().items()}]]
    alternatives += [list(conjunctions(part)) for part in when.all or ()]
    if when.any is not None:
        alternatives.append([term for part in when.any for term in conjunctions(part)])
    for parts in cartesian(*alternatives):
        merged: Term = {}
        for part in parts:
            for name, choices in part.items():
                merged.setdefault(name, []).extend(choices)
        yield merged


def mentioned(fact: Fact, name: str, terms: Iterable[Term]) -> list[str]:
    """The leaves of a set fact that some term turns on, in the order of the vocabulary."""
    words = {
        word
        for term in terms
        for choice in term.get(name, ())
        for word in (*(choice.is_ or ()), *(choice.not_ or ()))
    }
    leaves = {leaf for word in words for leaf in fact.below(word)}
    return [leaf for leaf in fact.leaves if leaf in leaves]


def _masks(fact: Fact, name: str, values: Sequence[Atom], terms: Sequence[Term]) -> list[int]:
    """For each value of a fact the terms that accept it."""
    # Of each word the values that it means, as a number with a bit for each value.
    meaning: dict[str, int] = {}
    for number, value in enumerate(values):
        leaves = (value,) if isinstance(value, str) else value
        for node in {node for leaf in leaves for node in fact.path(leaf)}:
            meaning[node] = meaning.get(node, 0) | 1 << number

    def meant(words: Iterable[str]) -> int:
        return reduce(or_, (meaning.get(word, 0) for word in words), 0)

    indifferent = 0
    masks = [0] * len(values)
    for bit, term in enumerate(terms):
        if name not in term:
            indifferent |= 1 << bit
            continue
        accepted = (1 << len(values)) - 1
        for choice in term[name]:
            if choice.is_ is not None:
                accepted &= meant(choice.is_)
            accepted &= ~meant(choice.not_ or ())
        while accepted:
            value_bit = accepted & -accepted
            masks[value_bit.bit_length() - 1] |= 1 << bit
            accepted ^= value_bit
    return [mask | indifferent for mask in masks]
