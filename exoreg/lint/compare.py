"""Two rule bases walked side by side: for every situation on every day the answer of each.

The walk is cut off where no term is alive that is not the same on both sides. What is left is a diagram whose ends
are ways in which an answer can differ. Its levels are the facts, each claim or document of the set facts by itself,
and the classes of days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exoreg.engine.diagram import LEVELS
from exoreg.engine.outcome import Outcome
from exoreg.lint.joint import Joint, Side

SAME = -1
"""The end of a walk on which nothing differs."""

INVALID = -2
"""The end of a walk that no product takes: a donor that the source cannot have."""

FIRST_LABEL = -3
"""The ends from here downwards are the differences, in the order of ``Comparison.labels``."""


Label = tuple[Any, ...]
Judge = Callable[[Outcome | None, Outcome | None], Label | None]
"""Says how two outcomes differ, None for not at all; an outcome is None where the law is not encoded."""


class Comparison(Joint):
    """The ways in which the answers of a region differ between two rule bases, as a reduced diagram.

    ``nodes[i]`` is a level and a tuple of children, which are nodes or (below zero) ends. A level at which all
    values lead to the same child is left out.
    """

    def __init__(self, old: Side, new: Side, judge: Judge, *, one: bool = False) -> None:
        """Compares two sides; with ``one`` the walk stops at the first difference found, a plain one."""
        super().__init__(old, new)
        self._judge, self._one = judge, one
        self.nodes: list[tuple[int, tuple[int, ...]]] = []
        self.labels: list[Label] = []
        self._made: dict[tuple[int, tuple[int, ...]], int] = {}
        self._label_of: dict[Label, int] = {}
        self._known: dict[tuple[int, int, tuple[str, ...]], int] = {}
        self.ends: dict[int, int] = {}
        """How the walk ends with these joint terms alive."""
        self.root = self._build(0, self._everything, ())

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
