"""A difference told in few boxes: each box names values for some facts and leaves the others open.

Boxes may overlap; together they are exactly the situations and days that differ. Each is made as large as it can
be before the next is begun, the largest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exoreg.lint.compare import INVALID, SAME, Comparison

Box = dict[int, tuple[int, ...]]
"""For every level of a comparison the positions of the values that it allows, in order."""

MOST = 60
"""At most this many boxes are sought for one kind of difference; beyond, nobody would read them."""

OPEN_FIRST = ("day", "form", "evidence", "donor", "setting", "claims", "use", "source")
"""The order in which a box is widened: what says least to a reader is left open first."""


@dataclass(frozen=True)
class Cover:
    """The boxes of one kind of difference, and how many situations they leave out (none, unless cut off)."""

    boxes: tuple[Box, ...]
    left_out: int


def cover(comparison: Comparison, node: int, most: int = MOST) -> Cover:
    """Boxes that together are a difference; ``node`` comes from ``Comparison.keep``."""
    chosen: list[Box] = []
    rest = node
    while rest != SAME and len(chosen) < most:
        box = _widen(comparison, node, _largest(comparison, rest))
        chosen.append(box)
        rest = _without(comparison, rest, box)
    return Cover(tuple(_needed(comparison, node, chosen, rest)), comparison.count(rest))


def count_in(comparison: Comparison, node: int, boxes: Iterable[Box]) -> int:
    """How many situations of a difference lie in at least one of the boxes on some day."""
    inside = node
    for box in boxes:
        inside = _without(comparison, inside, box)
    return comparison.count(_minus(comparison, node, inside))


def _full(comparison: Comparison, level: int) -> tuple[int, ...]:
    return tuple(range(len(comparison.levels[level].values)))


def _largest(comparison: Comparison, node: int) -> Box:
    """The way through a diagram that stands for most."""
    best: dict[int, tuple[int, Box]] = {}

    def visit(node: int) -> tuple[int, Box]:
        if node < 0:
            return (0 if node in (SAME, INVALID) else 1), {}
        if node not in best:
            level, children = comparison.nodes[node]
            options = []
            for child in dict.fromkeys(children):
                size, below = visit(child)
                at = tuple(i for i, other in enumerate(children) if other == child)
                # Levels between are left out of the diagram: all their values are in.
                until = comparison.nodes[child][0] if child >= 0 else len(comparison.levels)
                for between in range(level + 1, until):
                    size *= len(comparison.levels[between].values)
                options.append((size * len(at), {level: at, **below}))
            best[node] = max(options, key=lambda option: option[0])
        return best[node]

    taken = visit(node)[1]
    return {level: taken.get(level, _full(comparison, level)) for level in range(len(comparison.levels))}


def _contains(comparison: Comparison, node: int, box: Box) -> bool:
    """Whether every situation of the box differs; those that no product can be are passed over."""
    seen: set[int] = set()

    def visit(node: int) -> bool:
        if node < 0:
            return node != SAME
        if node in seen:
            return True
        seen.add(node)
        level, children = comparison.nodes[node]
        return all(visit(children[position]) for position in box[level])

    return visit(node)


def _widen(comparison: Comparison, node: int, box: Box) -> Box:
    """The box made as large as the difference allows, fact by fact."""
    levels = sorted(
        range(len(comparison.levels)), key=lambda level: OPEN_FIRST.index(comparison.levels[level].fact)
    )
    for level in levels:
        full = _full(comparison, level)
        if box[level] == full:
            continue
        if _contains(comparison, node, {**box, level: full}):
            box = {**box, level: full}
            continue
        for position in full:
            if position not in box[level]:
                wider = {**box, level: tuple(sorted((*box[level], position)))}
                if _contains(comparison, node, wider):
                    box = wider
    return box


def _without(comparison: Comparison, node: int, box: Box) -> int:
    """The diagram with all situations of the box taken out."""
    known: dict[tuple[int, int], int] = {}
    last = len(comparison.levels)

    def visit(node: int, level: int) -> int:
        if node in (SAME, INVALID):
            return node
        if level == last:
            return SAME
        if (node, level) not in known:
            at, children = comparison.nodes[node] if node >= 0 else (last, ())
            inside = set(box[level])
            if at != level:
                children = (node,) * len(comparison.levels[level].values)
            known[node, level] = comparison.make(
                level,
                [visit(child, level + 1) if i in inside else child for i, child in enumerate(children)],
            )
        return known[node, level]

    return _plain(comparison, visit(node, 0))


def _minus(comparison: Comparison, node: int, taken: int) -> int:
    """The difference ``node`` without what is in ``taken`` too."""
    known: dict[tuple[int, int], int] = {}

    def visit(node: int, taken: int) -> int:
        if node in (SAME, INVALID) or taken in (SAME, INVALID):
            return node
        if node < 0 and taken < 0:
            return SAME
        if (node, taken) not in known:
            level = min(comparison.nodes[each][0] for each in (node, taken) if each >= 0)
            width = len(comparison.levels[level].values)
            children = [
                comparison.nodes[each][1]
                if each >= 0 and comparison.nodes[each][0] == level
                else (each,) * width
                for each in (node, taken)
            ]
            known[node, taken] = comparison.make(
                level, [visit(*pair) for pair in zip(*children, strict=True)]
            )
        return known[node, taken]

    return visit(node, taken)


def _plain(comparison: Comparison, node: int) -> int:
    """``SAME`` when nothing but impossible products is left."""
    seen: set[int] = set()

    def hits(node: int) -> bool:
        if node < 0:
            return node not in (SAME, INVALID)
        if node in seen:
            return False
        seen.add(node)
        return any(hits(child) for child in comparison.nodes[node][1])

    return node if hits(node) else SAME


def _needed(comparison: Comparison, node: int, boxes: list[Box], rest: int) -> Iterator[Box]:
    """The boxes without those that the others make superfluous."""
    kept = list(boxes)
    for box in reversed(boxes):
        others = [other for other in kept if other is not box]
        left = node
        for other in others:
            left = _without(comparison, left, other)
        if left == rest:
            kept = others
    yield from kept
