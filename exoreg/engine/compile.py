"""Compiling a rule base: for every value of every fact a mask with one bit for each term that accepts it.

A *term* is one conjunction of a rule's condition; most rules are one term. The terms alive for a situation are
the AND of the masks of its values and its day, and everything else follows from that number
(``exoreg.engine.compiled``). The result is plain data that JSON can carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import product as cartesian
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
            by_number: dict[int, int] = {}
            for value in subsets(bits[name]):
                by_number[sum(1 << order[leaf] for leaf in value)] = _mask(fact, name, value, terms)
            masks[name] = [by_number[number] for number in range(len(by_number))]
        else:
            masks[name] = {leaf: _mask(fact, name, leaf, terms) for leaf in fact.leaves}
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


def _mask(fact: Fact, name: str, value: Atom, terms: Sequence[Term]) -> int:
    leaves = (value,) if isinstance(value, str) else value
    meant = {node for leaf in leaves for node in fact.path(leaf)}
    return sum(
        1 << bit
        for bit, term in enumerate(terms)
        if all(
            (choice.is_ is None or not meant.isdisjoint(choice.is_))
            and (choice.not_ is None or meant.isdisjoint(choice.not_))
            for choice in term.get(name, ())
        )
    )
