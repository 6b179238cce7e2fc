"""Two rule bases walked side by side: for every situation on every day the answer of each.

Terms that are the same in both (same rule, same effect, same values accepted) share one bit, so that a walk on
which no other term is alive is known to end the same way and is cut off at once. What is left is a diagram whose
ends are ways in which an answer can differ. Its levels are the facts, each claim or document of the set facts by
itself, and the classes of days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.diagram import LEVELS
from exoreg.engine.outcome import Outcome, Row, conclude
from exoreg.facts.vocabulary import Vocabulary

SAME = -1
"""The end of a walk on which nothing differs."""

INVALID = -2
"""The end of a walk that no product takes: a donor that the source cannot have."""

FIRST_LABEL = -3
"""The ends from here downwards are the differences, in the order of ``Comparison.labels``."""


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
Judge = Callable[[Outcome | None, Outcome | None], Label | None]
"""Says how two outcomes differ, None for not at all; an outcome is None where the law is not encoded."""


class Comparison:
    """The ways in which the answers of a region differ between two rule bases, as a reduced diagram.

    ``nodes[i]`` is a level and a tuple of children, which are nodes or (below zero) ends. A level at which all
    values lead to the same child is left out.
    """

    def __init__(self, old: Side, new: Side, judge: Judge, *, one: bool = False) -> None:
        """Compares two sides; with ``one`` the walk stops at the first difference found, a plain one."""
        self.old, self.new, self._judge, self._one = old, new, judge, one
        self.levels: list[Level] = []
        self.nodes: list[tuple[int, tuple[int, ...]]] = []
        self.labels: list[Label] = []
        self._made: dict[tuple[int, tuple[int, ...]], int] = {}
        self._label_of: dict[Label, int] = {}
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
        self._known: dict[tuple[int, int, tuple[str, ...]], int] = {}
        self.ends: dict[int, int] = {}
        """How the walk ends with these joint terms alive."""
        self.root = self._build(0, self._everything, ())

    # -- what the two sides have in common ------------------------------------------------------------------

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

    # -- building -----------------------------------------------------------------------------------------

    def _build(self, step: int, alive: int, donors: tuple[str, ...]) -> int:
        if not alive & self._changed or (self._one and self.labels):
            return SAME
        if step == len(LEVELS):
            if alive not in self.ends:
                label = self._judge(*self.outcomes(alive))
                self.ends[alive] = SAME if label is None else self._end(label)
            return self.ends[alive]
        key = (step, alive, donors)
        if key in self._known:
            return self._known[key]
        name = LEVELS[step]
        first = self._first[name]
        children = [INVALID] * len(self._masks[name])
        values = self.levels[first].values if name not in self._bits else ()
        for number in self._order[name]:
            if name == "donor" and values[number] not in donors:
                continue
            after = self.donors[values[number]] if name == "source" else ()
            children[number] = self._build(step + 1, alive & self._masks[name][number], after)
        self._known[key] = self._fold(first, children) if name in self._bits else self.make(first, children)
        return self._known[key]

    def _fold(self, level: int, children: Sequence[int]) -> int:
        if len(children) == 1:
            return children[0]
        half = len(children) // 2
        return self.make(
            level, (self._fold(level + 1, children[:half]), self._fold(level + 1, children[half:]))
        )

    def _end(self, label: Label) -> int:
        if label not in self._label_of:
            self._label_of[label] = FIRST_LABEL - len(self.labels)
            self.labels.append(label)
        return self._label_of[label]

    def make(self, level: int, children: Sequence[int]) -> int:
        """The node with these children: an equal one where there is one, the child itself where all are one."""
        key = (level, tuple(children))
        if len(set(key[1])) == 1:
            return key[1][0]
        if key not in self._made:
            self._made[key] = len(self.nodes)
            self.nodes.append(key)
        return self._made[key]

    # -- asking ---------------------------------------------------------------------------------------------

    def keep(self, node: int, wanted: Callable[[Label], bool]) -> int:
        """The same diagram with every end that is not wanted made ``SAME`` and all wanted ones one."""
        hit = FIRST_LABEL
        known: dict[int, int] = {}

        def visit(node: int) -> int:
            if node < 0:
                if node > FIRST_LABEL:
                    return node
                return hit if wanted(self.labels[FIRST_LABEL - node]) else SAME
            if node not in known:
                level, children = self.nodes[node]
                known[node] = self.make(level, [visit(child) for child in children])
            return known[node]

        return visit(node)

    def count(self, node: int) -> int:
        """How many situations differ on some day, in a diagram of one kind of difference (see ``keep``)."""
        known: dict[tuple[int, int], int] = {}
        day = self._first["day"]

        def visit(node: int, level: int) -> int:
            if node in (SAME, INVALID):
                return 0
            if level == day:
                return 1
            if (node, level) not in known:
                at, children = self.nodes[node] if node >= 0 else (day, ())
                if at == level:
                    known[node, level] = sum(visit(child, level + 1) for child in children)
                else:
                    known[node, level] = len(self.levels[level].values) * visit(node, level + 1)
            return known[node, level]

        return visit(node, 0) * self._unasked()

    def total(self) -> int:
        """How many situations there are."""
        count = sum(map(len, self.donors.values())) * self._unasked()
        for level in self.levels:
            if level.fact not in ("source", "donor", "day"):
                count *= len(level.values)
        return count

    def count_box(self, box: Mapping[int, Sequence[int]]) -> int:
        """How many situations lie in a box of positions, days apart."""
        count = self._unasked()
        for number, level in enumerate(self.levels):
            if level.fact not in ("source", "donor", "day"):
                count *= len(box[number])
        sources, donors = self._first["source"], self._first["donor"]
        allowed = {self.levels[donors].values[position] for position in box[donors]}
        return count * sum(
            len(allowed.intersection(self.donors[self.levels[sources].values[position]]))
            for position in box[sources]
        )

    def label(self, alive: int) -> Label | None:
        """How the answers differ when these joint terms are alive."""
        end = self.ends.get(alive, SAME)
        return None if end == SAME else self.labels[FIRST_LABEL - end]

    def _unasked(self) -> int:
        """How many sets of the claims and documents that no rule of either side asks for."""
        count = 1
        for name, bits in self._bits.items():
            leaves = {leaf for side in self._sides() for leaf in side.vocabulary.facts[name].leaves}
            count <<= len(leaves) - len(bits)
        return count

    def witness(self, node: int) -> str:
        """The plainest product and day that differ: usual values where the difference allows them."""
        facts = self.new.vocabulary.facts
        chosen: dict[int, str] = {}
        hopeless: set[tuple[int, int]] = set()
        donors: tuple[str, ...] = ()

        def found(node: int, level: int) -> bool:
            nonlocal donors
            if level == len(self.levels):
                return node <= FIRST_LABEL
            if node in (SAME, INVALID) or (node, level) in hopeless:
                return False
            at, children = self.nodes[node] if node >= 0 else (-1, ())
            here = self.levels[level]
            fact = facts.get(here.fact)
            usual = (fact.default or ()) if fact else ()
            likely = ("with",) if here.leaf in usual else ("without",) if here.leaf else usual
            for position in sorted(range(len(here.values)), key=lambda i: here.values[i] not in likely):
                value = here.values[position]
                if here.fact == "source":
                    donors = self.donors[value]
                if here.fact == "donor" and value not in donors:
                    continue
                chosen[level] = value
                if found(children[position] if at == level else node, level + 1):
                    return True
            if here.fact != "donor":
                hopeless.add((node, level))
            return False

        if not found(node, 0):
            raise ValueError("nothing differs")
        words: dict[str, list[str]] = {}
        for level, value in chosen.items():
            here = self.levels[level]
            if value != "without":
                words.setdefault(here.fact, []).append(here.leaf or value)
        return ", ".join(f"{fact} {' + '.join(values)}" for fact, values in words.items())

    def ends_in(self, box: Mapping[int, Sequence[int]]) -> set[int]:
        """The joint terms alive at the ends that a box of positions (level to positions) can lead to."""
        found = {(self._everything, ())}
        for name in LEVELS:
            first = self._first[name]
            after: set[tuple[int, Any]] = set()
            numbers: Sequence[int] = box[first] if name not in self._bits else self._numbers(name, box)
            values = self.levels[first].values if name not in self._bits else ()
            for alive, donors in found:
                for number in numbers:
                    if name == "donor" and values[number] not in donors:
                        continue
                    left = alive & self._masks[name][number]
                    if left & self._changed:
                        after.add((left, self.donors[values[number]] if name == "source" else ()))
            found = after
        return {alive for alive, _ in found}

    def _numbers(self, name: str, box: Mapping[int, Sequence[int]]) -> list[int]:
        """The sets that a box allows for a set fact, each as a number with one bit for each leaf."""
        numbers = [0]
        for i in range(len(self._bits[name])):
            number_of_level = self._first[name] + i
            numbers = [number * 2 + position for number in numbers for position in box[number_of_level]]
        return numbers


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
    from bisect import bisect_right

    return int(region.masks["day"][bisect_right(region.days, day) - 1])
