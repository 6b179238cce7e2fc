"""The decision diagrams of the page: for each rule one that says when it holds, for each region one that answers.

The page does not know how rules are weighed; it walks these. They are unrolled from the compiled masks like
``exoreg.engine.diagram``, and what follows at an end is what the engine says. One table of nodes serves a
region and the regions within it, and two nodes that lead to the same ends are one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.outcome import Row, conclude
from exoreg.facts.vocabulary import Vocabulary

LEVELS = ("use", "setting", "claims", "source", "donor", "form", "evidence", "day")
"""The order in which the diagrams ask. A level of a set fact becomes one question for each of its leaves."""

Child = int
"""A node by its number; an end as ``-1 -`` its number."""

NO, YES = 0, 1
"""The ends of a diagram that says whether a rule holds."""

Ends = dict[tuple[str | None, str | None, str | None], int]
"""The ends of the diagrams that answer: status, supply and confidence, each with its number."""


class RegionDiagrams(NamedTuple):
    """The roots of a region's diagrams: the one that answers, and one for each rule and statement that is shown.

    The rules stand in the order in which grounds are told.
    """

    answer: Child
    rows: list[tuple[Row, Child]]


def region_diagrams(table: Nodes, region: CompiledRegion, ends: Ends) -> RegionDiagrams:
    """Adds all diagrams of a region to the table, and answers not met before to the ends."""
    terms: dict[str, int] = dict.fromkeys((row.id for row in region.rows), 0)
    for bit, owner in enumerate(region._owners):
        terms[region.rows[owner].id] |= 1 << bit
    deciding = _with_overriders(region.rows, (row.id for row in region.rows if row.status or row.supply))

    def answer(alive: int) -> int:
        outcome = region.outcome(alive)
        return ends.setdefault((outcome.status, outcome.supply, outcome.confidence), len(ends))

    rows = []
    for row in _in_order(region.rows):
        if not (row.status or row.supply or row.has_caution or row.requires or row.is_statement):
            continue
        involved = sum(terms[id] for id in _with_overriders(region.rows, [row.id]))

        def holds(alive: int, id: str = row.id) -> int:
            overridden = region.outcome(alive).overridden
            return YES if alive & terms[id] and all(other != id for other, _ in overridden) else NO

        root = table.grow(region, involved, holds)
        if root != -1 - NO:
            rows.append((row, root))
    return RegionDiagrams(table.grow(region, sum(map(terms.__getitem__, deciding)), answer), rows)


def _with_overriders(rows: Sequence[Row], ids: Iterable[str]) -> set[str]:
    """These rules, those that override them, those that override these, and so on."""
    found = set(ids)
    while True:
        more = {row.id for row in rows if not found.isdisjoint(row.overrides)} - found
        if not more:
            return found
        found |= more


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """The rules in the order in which the engine tells grounds, then those that conclude nothing."""
    # The engine puts what concludes in order; without exceptions nothing is left out.
    told = conclude(row._replace(overrides=()) for row in rows)
    by_id = {row.id: row for row in rows}
    concluding = [by_id[id] for id in (*told.grounds, *told.also) if by_id[id].status]
    return [*concluding, *(row for row in rows if not row.status)]


class Nodes:
    """The diagrams of a region and of those within it.

    ``splits`` lists the ways in which questions divide their values: the number of the question, and for each
    value the class it falls in. ``nodes`` lists nodes: the number of a split, then a child for each class.
    ``questions`` lists what is asked: a fact, and for a set fact the leaf.
    """

    def __init__(self, vocabulary: Vocabulary, regions: Sequence[CompiledRegion]) -> None:
        self.vocabulary = vocabulary
        self.days = sorted({day for region in regions for day in region.days})
        self.bits = {
            fact.id: [leaf for leaf in fact.leaves if any(leaf in region.bits[fact.id] for region in regions)]
            for fact in vocabulary.facts.values()
            if fact.is_set
        }
        self.questions: list[tuple[str, str | None]] = [
            (level, leaf) for level in LEVELS for leaf in self.bits.get(level, (None,))
        ]
        self.splits: list[tuple[int, tuple[int, ...]]] = []
        self.nodes: list[tuple[int, ...]] = []
        self._split_number: dict[tuple[int, tuple[int, ...]], int] = {}
        self._node_number: dict[tuple[int, ...], int] = {}
        self._question_number = {question: number for number, question in enumerate(self.questions)}

    def grow(self, region: CompiledRegion, terms: int, end: Callable[[int], int]) -> Child:
        """Adds the diagram of a function of the situation, and gives its root.

        Args:
            region: the compiled rules.
            terms: the terms (as a mask) on which the function depends.
            end: from the terms alive to the number of the end.
        """
        return _Growth(self, region, end).below(0, terms, ())

    def node(self, question: tuple[str, str | None], children: Sequence[Child]) -> Child:
        """The node that asks a question and has these children, one for each value; none if all are the same."""
        kept = list(dict.fromkeys(children))
        if len(kept) == 1:
            return kept[0]
        split = (self._question_number[question], tuple(map(kept.index, children)))
        number = self._split_number.setdefault(split, len(self.splits))
        if number == len(self.splits):
            self.splits.append(split)
        node = (number, *kept)
        place = self._node_number.setdefault(node, len(self.nodes))
        if place == len(self.nodes):
            self.nodes.append(node)
        return place


class _Growth:
    """One diagram while it is being unrolled."""

    def __init__(self, table: Nodes, region: CompiledRegion, end: Callable[[int], int]) -> None:
        self.table, self.region, self.end = table, region, end
        self.known: dict[tuple[int, int, tuple[str, ...]], Child] = {}

    def below(self, depth: int, alive: int, donors: tuple[str, ...]) -> Child:
        """The node at a level when these terms are still alive and the source can have these donors."""
        if not alive or depth == len(LEVELS):
            return -1 - self.end(alive)
        key = (depth, alive, donors)
        if key not in self.known:
            self.known[key] = self._make(depth, alive, donors)
        return self.known[key]

    def _make(self, depth: int, alive: int, donors: tuple[str, ...]) -> Child:
        level, masks = LEVELS[depth], self.region.masks[LEVELS[depth]]
        if level == "day":
            # Days before the earliest of this region are never asked for; they are like its first.
            children = [self.below(depth + 1, alive & masks[self._class(day)], ()) for day in self.table.days]
            return self.table.node((level, None), children)
        fact = self.table.vocabulary.facts[level]
        if fact.is_set:
            return self._set(depth, alive, self.table.bits[level], 0)
        if level == "source":
            children = [
                self.below(depth + 1, alive & masks[leaf], self.table.vocabulary.donors(leaf))
                for leaf in fact.leaves
            ]
        elif level == "donor":
            # A donor that the source cannot have is never asked for; it is like the usual one.
            children = [
                self.below(depth + 1, alive & masks[leaf if leaf in donors else donors[0]], ())
                for leaf in fact.leaves
            ]
        else:
            children = [self.below(depth + 1, alive & masks[leaf], donors) for leaf in fact.leaves]
        return self.table.node((level, None), children)

    def _class(self, day: str) -> int:
        return max(0, bisect_right(self.region.days, day) - 1)

    def _set(self, depth: int, alive: int, leaves: Sequence[str], chosen: int) -> Child:
        """One question for each leaf; ``chosen`` is the number of the leaves said yes to so far."""
        level = LEVELS[depth]
        if not leaves:
            return self.below(depth + 1, alive & self.region.masks[level][chosen], ())
        leaf, *others = leaves
        own = self.region.bits[level]
        bit = 1 << own.index(leaf) if leaf in own else 0
        children = [self._set(depth, alive, others, chosen | add) for add in (0, bit)]
        return self.table.node((level, leaf), children)
