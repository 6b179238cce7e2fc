"""The rules of one region in two rule bases, brought into one set of bits.

Terms that are the same in both (same rule, same effect, same values accepted) share a bit, so that a walk on which
no other term is alive is known to end the same way on both sides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.diagram import LEVELS
from exoreg.engine.outcome import Outcome, Row, conclude
from exoreg.facts.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Level:
    """One question of the diagram: a fact, one leaf of a set fact (``without``, ``with``), or the day."""

    fact: str
    values: tuple[str, ...]
    leaf: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rule bases, as far as one region goes; ``region`` is None when it does not know the region."""

    region: CompiledRegion | None
    vocabulary: Vocabulary


Label = tuple[Any, ...]


class Joint:
    """Two sides in one set of bits.

    ``levels`` are the questions in the order in which they are asked, ``donors`` what the donor of a source can be on
    either side.
    """

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.levels: list[Level] = []
        self._first: dict[str, int] = {}
        self._bits = {name: self._union_bits(name) for name in ("claims", "evidence")}
        for name in LEVELS:
            self._first[name] = len(self.levels)
            # Bits are asked from the last to the first, as they stand in a number.
            leaves = reversed(self._bits[name]) if name in self._bits else ()
            levels = [Level(name, ("without", "with"), leaf) for leaf in leaves]
            self.levels += levels if name in self._bits else [Level(name, self._values(name))]
        self.donors = self._donors()
        self._join()
        self._order = {name: self._plainest_first(name) for name in LEVELS}

    def _sides(self) -> tuple[Side, Side]:
        return self.old, self.new

    def _union_bits(self, name: str) -> list[str]:
        found = {leaf for side in self._sides() if side.region for leaf in side.region.bits[name]}
        order = dict.fromkeys(
            leaf for side in (self.new, self.old) for leaf in side.vocabulary.facts[name].leaves
        )
        return [leaf for leaf in order if leaf in found]

    def _values(self, name: str) -> tuple[str, ...]:
        if name == "day":
            return tuple(sorted({day for side in self._sides() if side.region for day in side.region.days}))
        leaves = (leaf for side in (self.new, self.old) for leaf in side.vocabulary.facts[name].leaves)
        return tuple(dict.fromkeys(leaves))

    def _donors(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for side in self._sides():
            for leaf in side.vocabulary.facts["source"].leaves:
                found[leaf] = tuple(dict.fromkeys((*found.get(leaf, ()), *side.vocabulary.donors(leaf))))
        return found

    def _columns(self, side: Side) -> tuple[dict[str, list[int]], dict[str, list[bool]]]:
        """For every level the side's own mask of each joint value, and whether the side knows the value at all."""
        masks: dict[str, list[int]] = {}
        knows: dict[str, list[bool]] = {}
        region = side.region
        for name in LEVELS:
            if name in self._bits:
                leaves = self._bits[name]
                known = set(side.vocabulary.facts[name].leaves)
                subsets = [
                    frozenset(leaf for i, leaf in enumerate(leaves) if number >> i & 1)
                    for number in range(1 << len(leaves))
                ]
                knows[name] = [subset <= known for subset in subsets]
                masks[name] = [region.mask(name, subset) if region else 0 for subset in subsets]
            elif name == "day":
                values = self._values(name)
                knows[name] = [region is not None and day >= region.earliest for day in values]
                masks[name] = [_day_mask(region, day) for day in values]
            else:
                values = self._values(name)
                known = set(side.vocabulary.facts[name].leaves)
                knows[name] = [value in known for value in values]
                masks[name] = [
                    region.mask(name, value) if region and value in known else 0 for value in values
                ]
        return masks, knows

    def _join(self) -> None:
        """Gives every term of either side a joint bit, one for both where they are the same."""
        sides = self._sides()
        columns = [self._columns(side) for side in sides]
        terms = [_terms(side.region, own) for side, (own, _) in zip(sides, columns, strict=True)]
        inert = _inert(sides, terms)
        joint: dict[Any, int] = {}
        # For each side the row that a joint bit, as a number, belongs to; and what follows from sets of rows.
        self._own: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self._followed: tuple[dict[int, Outcome], dict[int, Outcome]] = ({}, {})
        self._changed = 0
        self._owner: dict[int, str] = {}
        masks: dict[str, list[int]] = {name: [0] * len(columns[0][0][name]) for name in LEVELS}
        owners: list[set[int]] = [set(), set()]
        for which, found in enumerate(terms):
            for owner, row, accepts in found:
                if row.id in inert:
                    continue
                number = 0
                while (number, row, accepts) in joint and joint[number, row, accepts] in owners[which]:
                    number += 1
                to = joint.setdefault((number, row, accepts), len(joint))
                owners[which].add(to)
                self._own[which][1 << to] = owner
                self._owner[to] = row.id
                for name, values in zip(LEVELS, accepts, strict=True):
                    for i, accepted in enumerate(values):
                        masks[name][i] |= accepted << to
        for to in owners[0] ^ owners[1]:
            self._changed |= 1 << to
        total = len(joint)
        # One more bit a side: whether it knows all words and the day so far.
        differ = columns[0][1] != columns[1][1] or (sides[0].region is None) != (sides[1].region is None)
        self._knows = (1 << total, 1 << total + 1)
        self._everything = (1 << total) - 1
        for which, (side, (_, knows)) in enumerate(zip(sides, columns, strict=True)):
            if side.region is not None:
                self._everything |= self._knows[which]
            for name in LEVELS:
                for i, known in enumerate(knows[name]):
                    masks[name][i] |= self._knows[which] if known else 0
        if differ:
            self._changed |= self._knows[0] | self._knows[1]
        self._masks = masks

    @property
    def changed_rules(self) -> set[str]:
        """The rules and statements that are not the same on both sides."""
        return {id for bit, id in self._owner.items() if self._changed >> bit & 1}

    def alive_rules(self, alive: int) -> set[str]:
        """The rules and statements with a changed term among the joint terms alive."""
        return {id for bit, id in self._owner.items() if (alive & self._changed) >> bit & 1}

    def outcomes(self, alive: int) -> tuple[Outcome | None, Outcome | None]:
        """The outcome of either side when these joint terms are alive; None where it is not encoded.

        What only adds the same to both (see ``_inert``) is left out.
        """
        return self._outcome(0, alive), self._outcome(1, alive)

    def _outcome(self, which: int, alive: int) -> Outcome | None:
        region = self._sides()[which].region
        if region is None or not alive & self._knows[which]:
            return None
        own, rows, left = self._own[which], 0, alive
        while left:
            bit = left & -left
            if bit in own:
                rows |= 1 << own[bit]
            left ^= bit
        found = self._followed[which].get(rows)
        if found is None:
            found = conclude(row for number, row in enumerate(region.rows) if rows >> number & 1)
            self._followed[which][rows] = found
        return found

    def _plainest_first(self, name: str) -> list[int]:
        """The positions of a fact's values: the usual value first, small sets before large ones, late days first."""
        numbers = range(len(self._masks[name]))
        if name == "day":
            return sorted(numbers, reverse=True)
        usual = self.new.vocabulary.facts[name].default or ()
        if name not in self._bits:
            values = self.levels[self._first[name]].values
            return sorted(numbers, key=lambda i: values[i] not in usual)
        default = sum(1 << i for i, leaf in enumerate(self._bits[name]) if leaf in usual)
        return sorted(numbers, key=lambda i: (i != default, i.bit_count()))


Term = tuple[int, Row, tuple[tuple[int, ...], ...]]
"""The number of a term's row, the row, and for each level which of its values the term accepts."""


def _terms(region: CompiledRegion | None, columns: Mapping[str, Sequence[int]]) -> list[Term]:
    if region is None:
        return []
    return [
        (
            owner,
            region.rows[owner],
            tuple(tuple(mask >> bit & 1 for mask in columns[name]) for name in LEVELS),
        )
        for bit, owner in enumerate(region._owners)
    ]


def _inert(sides: Sequence[Side], terms: Sequence[Sequence[Term]]) -> set[str]:
    """The rules that cannot part two answers: the same on both sides, without a voice in status or supply.

    They neither override nor are overridden, so what they add is the same wherever the rest is.
    """
    rows = [row for side in sides if side.region for row in side.region.rows]
    involved = {id for row in rows for id in (*row.overrides, *([row.id] if row.overrides else ()))}
    by_rule: list[dict[str, Counter[Any]]] = [{}, {}]
    for which, found in enumerate(terms):
        for _, row, accepts in found:
            by_rule[which].setdefault(row.id, Counter())[row, accepts] += 1
    return {
        row.id
        for row in rows
        if row.status is None
        and row.supply is None
        and row.id not in involved
        and by_rule[0].get(row.id) == by_rule[1].get(row.id)
    }


def _day_mask(region: CompiledRegion | None, day: str) -> int:
    if region is None or day < region.earliest:
        return 0
    return int(region.masks["day"][bisect_right(region.days, day) - 1])
