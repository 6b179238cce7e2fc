"""The answers for every source and use at once; sources (and uses) that behave alike are found by computation."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from exoreg.engine.asked import Answer, Asked, summary
from exoreg.engine.determine import Base, merge
from exoreg.engine.outcome import Outcome
from exoreg.facts.product import Product
from exoreg.facts.vocabulary import Fact


@dataclass(frozen=True, slots=True)
class Group:
    """Leaves of one fact that behave alike: ``nodes`` are the fewest values that stand for exactly them."""

    nodes: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why part of a cell has its answer: for these sources and uses the same grounds and conditions hold.

    In ``outcome`` those grounds, conditions, ``confidence`` and ``decides`` hold for all of them; whatever else
    it names is that of the first.
    """

    sources: Group
    uses: Group
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer, the same for every source of its row and every use of its column, and the reasons for it."""

    status: str
    supply: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The answers of one region on one day: ``cells[i][j]`` is for ``sources[i]`` and ``uses[j]``.

    ``left_out`` names the sources that the stated donor cannot be a donor of. For a day before the earliest one
    encoded, which ``earliest`` then names, there are no groups and no cells.
    """

    region: str
    as_of: date
    sources: tuple[Group, ...] = ()
    uses: tuple[Group, ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
    left_out: tuple[str, ...] = ()
    earliest: date | None = None
    stale: bool = False


def grid(base: Base, product: Product, region: str, day: date) -> Grid:
    """The grid for a product of which source and use are left open.

    Raises:
        GapError: the rule base says nothing of some situation.
    """
    compiled = base.region(region)
    if day.isoformat() < compiled.earliest:
        return Grid(region, day, earliest=date.fromisoformat(compiled.earliest))
    source, use = base.vocabulary.facts["source"], base.vocabulary.facts["use"]
    boxes = {
        leaf: box for box in Asked(base.vocabulary, compiled, product, day).boxes for leaf in box["source"]
    }
    answers: dict[tuple[str, str], Answer] = {}
    outcomes: dict[tuple[str, str], Outcome] = {}
    possible = [leaf for leaf in source.leaves if leaf in boxes]
    for s in possible:
        for u in use.leaves:
            found = compiled.outcomes([{**boxes[s], "source": (s,), "use": (u,)}], day)
            answers[s, u] = summary(found)
            outcomes[s, u] = merge(found)
    rows = tuple(alike(source, possible, lambda s: tuple(answers[s, u] for u in use.leaves)))
    columns = tuple(alike(use, use.leaves, lambda u: tuple(answers[s, u] for s in possible)))

    def cell(row: Group, column: Group) -> Cell:
        reasons = tuple(_reasons(source, use, row, column, outcomes))
        return Cell(*answers[row.leaves[0], column.leaves[0]], reasons)

    return Grid(
        region,
        day,
        rows,
        columns,
        tuple(tuple(cell(row, column) for column in columns) for row in rows),
        source.compress([leaf for leaf in source.leaves if leaf not in boxes]),
        stale=day > base.review_by,
    )


def alike(fact: Fact, leaves: Iterable[str], behaviour: Callable[[str], Hashable]) -> Iterator[Group]:
    """The leaves with the same behaviour together, in the order of their first leaf."""
    groups: dict[Hashable, list[str]] = {}
    for leaf in leaves:
        groups.setdefault(behaviour(leaf), []).append(leaf)
    for members in groups.values():
        yield Group(fact.compress(members), tuple(members))


def _reasons(
    source: Fact, use: Fact, row: Group, column: Group, outcomes: dict[tuple[str, str], Outcome]
) -> Iterator[Reason]:
    """The cell cut into rectangles within which the same grounds and conditions hold."""
    for sources in alike(source, row.leaves, lambda s: tuple(_why(outcomes[s, u]) for u in column.leaves)):
        first = sources.leaves[0]
        for uses in alike(use, column.leaves, lambda u, first=first: _why(outcomes[first, u])):  # type: ignore[misc]
            yield Reason(sources, uses, outcomes[first, uses.leaves[0]])


def _why(outcome: Outcome) -> Hashable:
    return outcome.grounds, outcome.requires, outcome.confidence, outcome.decides
