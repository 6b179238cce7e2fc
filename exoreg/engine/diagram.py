"""The decision diagram of a region: the AND of masks unrolled level by level, with equal nodes shared.

At each level the terms that survive a value are kept; two walks that leave the same terms alive are the same
node. Values of a level that lead to the same child form one class. Everything that must hold for *all*
situations (gaps, differences, counts, columns of a million products) is a walk over this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import and_

from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.outcome import Outcome
from exoreg.facts.product import FACTS, Atom, Situation
from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.terms import STATUS_RANK, Status

LEVELS = ("use", "setting", "claims", "source", "donor", "form", "evidence", "day")
"""The order in which facts are asked: those that decide most come first, so that nodes are shared."""

NONE = -1
"""The child of a donor that the source cannot have."""


_Kind = tuple[int, tuple[str, ...], str]
"""What values of a level have in common: the terms they accept, the donors a source can have, the donor."""


@dataclass(frozen=True)
class Path:
    """One way through the diagram: for every level the class of values taken, and where it ends."""

    classes: dict[str, tuple[Atom | int, ...]]
    outcome: Outcome

    def situations(self) -> int:
        """How many situations, each on one class of days, the path stands for."""
        count = 1
        for values in self.classes.values():
            count *= len(values)
        return count


class Diagram:
    """The whole decision function of a region.

    ``values[level]`` lists the values of a level; a node's children are in that order. ``nodes[i]`` is a tuple
    of children; the children of nodes of the last level are indices into ``ends``.
    """

    def __init__(self, region: CompiledRegion, vocabulary: Vocabulary, answers_only: bool = False) -> None:
        """Unrolls a region; ``answers_only`` drops terms as soon as no answer can turn on them any more.

        That leaves far fewer nodes. The answer at an end, and what follows when one of its rules is taken away, stay
        the same; which rules are alive there besides does not.
        """
        self.region = region
        self.vocabulary = vocabulary
        self.values: dict[str, Sequence[Atom | int]] = {name: self._values_of(name) for name in LEVELS}
        self._idle = self._idle_terms() if answers_only else [[]] * (len(LEVELS) + 1)
        # Values that accept the same terms lead to the same child; most levels have few different ones.
        self._kinds: list[list[_Kind]] = []
        self._kind_of: list[list[int]] = []
        for level in LEVELS:
            kinds = [self._kind(level, number, value) for number, value in enumerate(self.values[level])]
            place = {kind: number for number, kind in enumerate(dict.fromkeys(kinds))}
            self._kinds.append(list(place))
            self._kind_of.append([place[kind] for kind in kinds])
        self.nodes: list[tuple[int, ...]] = []
        self.alive: list[int] = []
        self._end_of: dict[int, int] = {}
        self._index: dict[tuple[int, int, tuple[str, ...]], int] = {}
        everything = (1 << len(region._owners)) - 1
        self.root = self._build(0, everything, ())

    @cached_property
    def ends(self) -> list[Outcome]:
        """The outcome at each end."""
        return [self.region.outcome(alive) for alive in self.alive]

    def _values_of(self, level: str) -> Sequence[Atom | int]:
        if level == "day":
            return range(len(self.region.days))
        fact = self.vocabulary.facts[level]
        if not fact.is_set:
            return fact.leaves
        bits = self.region.bits[level]
        return [
            frozenset(leaf for i, leaf in enumerate(bits) if number >> i & 1)
            for number in range(1 << len(bits))
        ]

    def _kind(self, level: str, number: int, value: Atom | int) -> _Kind:
        mask = self.region.masks[level][value if isinstance(value, str) else number]
        if level == "source":
            return mask, self.vocabulary.donors(str(value)), ""
        return mask, (), str(value) if level == "donor" else ""

    def _idle_terms(self) -> list[list[tuple[int, int]]]:
        """For each level pairs of terms: once one of the first is alive there, the second can change no answer.

        The first are terms that conclude a status, that nothing overrides and that every value of the levels still to
        come accepts; the second those of lower status that neither caution nor override nor are overridden.
        """
        rows = self.region.rows
        owners = [rows[owner] for owner in self.region._owners]
        named = {other for row in rows for other in row.overrides}
        pairs = []
        for status in Status:
            rank = STATUS_RANK[status]
            first = [row.status is status and row.id not in named for row in owners]
            second = [
                row.status is not None and STATUS_RANK[row.status] > rank
                and not (row.has_caution or row.overrides or row.id in named)
                for row in owners
            ]  # fmt: skip
            pairs.append((_bits(first), _bits(second)))
        masks = [self._masks(level) for level in LEVELS]
        sure = _sure((1 << len(owners)) - 1, masks)
        return [[(first & left, second) for first, second in pairs if first & left] for left in sure]

    def _masks(self, level: str) -> list[int]:
        of = self.region.masks[level]
        return list(of.values()) if isinstance(of, dict) else of

    def _build(self, depth: int, alive: int, donors: tuple[str, ...]) -> int:
        for sure, idle in self._idle[depth]:
            if alive & sure:
                alive &= ~idle
        if depth == len(LEVELS):
            if alive not in self._end_of:
                self._end_of[alive] = len(self.alive)
                self.alive.append(alive)
            return self._end_of[alive]
        key = (depth, alive, donors)
        found = self._index.get(key)
        if found is not None:
            return found
        children = [
            NONE if donor and donor not in donors else self._build(depth + 1, alive & mask, after)
            for mask, after, donor in self._kinds[depth]
        ]
        self._index[key] = len(self.nodes)
        self.nodes.append(tuple(map(children.__getitem__, self._kind_of[depth])))
        return self._index[key]

    def classes(self, node: int, depth: int) -> dict[int, tuple[Atom | int, ...]]:
        """The children of a node, each with the values that lead to it."""
        grouped: dict[int, list[Atom | int]] = {}
        for value, child in zip(self.values[LEVELS[depth]], self.nodes[node], strict=True):
            if child != NONE:
                grouped.setdefault(child, []).append(value)
        return {child: tuple(values) for child, values in grouped.items()}

    def paths(self) -> Iterator[Path]:
        """Every way through the diagram; together they are all situations on all days, each once."""
        taken: dict[str, tuple[Atom | int, ...]] = {}

        def walk(node: int, depth: int) -> Iterator[Path]:
            if depth == len(LEVELS):
                yield Path(dict(taken), self.ends[node])
                return
            for child, values in self.classes(node, depth).items():
                taken[LEVELS[depth]] = values
                yield from walk(child, depth + 1)

        yield from walk(self.root, 0)

    def end(self, situation: Situation, day: date) -> Outcome:
        """Walks the diagram for one situation."""
        node = self.root
        for level in LEVELS:
            node = self.nodes[node][self.number(level, situation, day)]
        return self.ends[node]

    def number(self, level: str, situation: Situation, day: date) -> int:
        """The position of a situation's value among the values of a level."""
        if level == "day":
            return self.region.day_class(day)
        value = getattr(situation, level)
        fact = self.vocabulary.facts[level]
        if not fact.is_set:
            return fact.leaves.index(value)
        return sum(1 << i for i, leaf in enumerate(self.region.bits[level]) if leaf in value)

    def witness(self, path: Path) -> tuple[Situation, date]:
        """The plainest situation and earliest day of a path: usual values where the path allows them."""
        chosen: dict[str, Atom] = {}
        for name in FACTS:
            values = path.classes[name]
            fact = self.vocabulary.facts[name]
            usual: Atom | None = None
            if fact.default is not None:
                usual = frozenset(fact.default) if fact.is_set else fact.default[0]
            best = usual if usual in values else min(values, key=_size)
            assert not isinstance(best, int)
            chosen[name] = best
        first = path.classes["day"][0]
        assert isinstance(first, int)
        return Situation(**chosen), date.fromisoformat(self.region.days[first])  # type: ignore[arg-type]

    def count(self) -> int:
        """How many situations there are, each class of days counted once."""
        known: dict[tuple[int, int], int] = {}

        def below(node: int, depth: int) -> int:
            if depth == len(LEVELS):
                return 1
            if (node, depth) not in known:
                known[node, depth] = sum(
                    below(child, depth + 1) for child in self.nodes[node] if child != NONE
                )
            return known[node, depth]

        return below(self.root, 0)


def always_concludes(region: CompiledRegion, vocabulary: Vocabulary) -> bool:
    """Whether no situation of a region is a gap.

    Quicker than the whole diagram: a branch is left as soon as a rule with a status is alive that nothing further
    can rule out.
    """
    masks = {level: list(of.values()) if isinstance(of, dict) else of for level, of in region.masks.items()}
    origins = [
        region.mask("source", source) & region.mask("donor", donor)
        for source in vocabulary.facts["source"].leaves
        for donor in vocabulary.donors(source)
    ]
    levels = [origins if level == "source" else masks[level] for level in LEVELS if level != "donor"]
    sure = _sure(region.concluding, levels)
    seen: set[tuple[int, int]] = set()

    def concludes(depth: int, alive: int) -> bool:
        if alive & sure[depth] or (depth, alive) in seen:
            return True
        if depth == len(levels):
            return False
        seen.add((depth, alive))
        return all(concludes(depth + 1, left) for left in {alive & mask for mask in levels[depth]})

    return concludes(0, region.concluding)


def _sure(terms: int, levels: Sequence[Sequence[int]]) -> list[int]:
    """Of some terms, for each level those that every value of it and of the levels behind it accepts."""
    sure = [terms]
    for masks in reversed(levels):
        sure.append(reduce(and_, masks, sure[-1]))
    return sure[::-1]


def _bits(chosen: Sequence[bool]) -> int:
    return sum(1 << bit for bit, is_chosen in enumerate(chosen) if is_chosen)


def _size(value: Atom | int) -> int:
    return len(value) if isinstance(value, frozenset) else 0
