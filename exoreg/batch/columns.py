"""The decision diagram of one region, walked by whole columns and grown only where rows go.

A *state* is the set of term masks that can still be alive (one mask for a product of which everything is known,
several for one half known); a *class* is what a cell means in this region: the set of masks of the values that it
may stand for, so all cells that mean the same here share a number. A step takes every state to the next by ANDing
it with a class. The steps are small tables of numbers, so a million rows take one look-up a step; an entry is
worked out when the first row needs it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from exoreg.batch.numbering import Column, Numbers
from exoreg.batch.words import STEPS, CellError, Cells, Words, read_day
from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.determine import DECIDES, GapError, merge, summary
from exoreg.engine.outcome import Outcome

Masks = frozenset[int]

WRONG = 0
"""The class of a cell that cannot be read, and the state of a row that has one."""
EARLY = 1
"""The class of a day before the region's law is encoded, and the state of a row on one."""
UNSEEN = -1
MOST_ENTRIES = 1 << 24
"""A table with more entries is begun anew, so that memory does not grow with a file."""

PIECE = 1 << 14
"""Rows walked at a time: few enough for their numbers to stay in a processor's cache."""


class Answer(NamedTuple):
    """What the columns of an answer say; None for an empty cell."""

    status: str | None
    supply: str | None
    confidence: str | None
    decides: str | None
    rules: str | None
    error: str | None = None


class Answers:
    """The different answers that were given, numbered; number 0 is a row that has none."""

    def __init__(self) -> None:
        self.known: dict[Answer, int] = {Answer(None, None, None, None, None): 0}

    def number(self, answer: Answer) -> int:
        """The number of an answer."""
        return self.known.setdefault(answer, len(self.known))


class _Step:
    """One step of the walk: states by classes to next states."""

    def __init__(self) -> None:
        self.classes: dict[Masks, int] = {}
        self.of_cells: dict[Cells, int] = {}
        self.table: Numbers = np.full((64, 16), UNSEEN, np.int32)
        self.table[WRONG, :] = WRONG
        self.table[EARLY, :] = EARLY
        self.table[:, WRONG] = WRONG

    def number(self, masks: Masks) -> int:
        return self.classes.setdefault(masks, len(self.classes) + 1)

    def room(self, states: int) -> None:
        """Makes the table large enough for so many states and all classes."""
        rows, width = self.table.shape
        classes = len(self.classes) + 1
        if states <= rows and classes <= width:
            return
        wider = np.full((_doubled(rows, states), _doubled(width, classes)), UNSEEN, np.int32)
        wider[:rows, :width] = self.table
        wider[EARLY, :] = EARLY
        wider[WRONG, :] = WRONG
        wider[:, WRONG] = WRONG
        self.table = wider


class Walker:
    """Answers for one region; keeps the part of the diagram that rows have walked."""

    def __init__(self, region: CompiledRegion, words: Words, answers: Answers) -> None:
        self.region, self.words, self.answers = region, words, answers
        self._relevant = _relevant(region)
        self._begin()

    def _begin(self) -> None:
        self._days: dict[str, int] = {}
        self._steps = [_Step() for _ in STEPS]
        # states[d] lists the states before step d; the first two are WRONG and EARLY.
        self._states: list[list[Masks]] = [[frozenset(), frozenset()] for _ in range(len(STEPS) + 1)]
        self._numbers: list[dict[Masks, int]] = [{} for _ in range(len(STEPS) + 1)]
        self._ends: Numbers = np.full(256, UNSEEN, np.int32)
        self._ends[WRONG] = 0

    def walk(self, columns: Sequence[Column]) -> Numbers:
        """The number of each row's answer (one for all, when all cells are); 0 where a cell cannot be read.

        Args:
            columns: the days, then the cells of each step, in the order of ``STEPS``.
        """
        if any(step.table.size > MOST_ENTRIES for step in self._steps):
            self._begin()
        days, *facts = columns
        first = self._lookup(days.cells, self._day)
        classes = [
            self._lookup(column.cells, partial(self.class_of, depth)) for depth, column in enumerate(facts)
        ]
        found = np.empty(np.broadcast_shapes(*(column.numbers.shape for column in columns)), np.intp)
        for start in range(0, len(found), PIECE):
            piece = slice(start, start + PIECE)
            day, *numbers = (
                column.numbers[piece if len(column.numbers) > 1 else slice(1)] for column in columns
            )
            found[piece] = self._walk(first.take(day), map(np.take, classes, numbers))
        return found

    def _walk(self, state: Numbers, classes: Iterable[Numbers]) -> Numbers:
        """The numbers of the answers of some rows, from their first states and their classes at every step."""
        for depth, (step, numbers) in enumerate(zip(self._steps, classes, strict=True)):
            step.room(len(self._states[depth]))
            keys = state * np.int32(step.table.shape[1]) + numbers
            state = step.table.take(keys)
            if state.min(initial=0) == UNSEEN:
                self._grow(depth, np.unique(keys[state == UNSEEN]))
                state = step.table.take(keys)
        return self._end(state)

    def state_of(self, depth: int, masks: Masks) -> int:
        """The number of a state before step ``depth``."""
        number = self._numbers[depth].get(masks)
        if number is None:
            number = self._numbers[depth][masks] = len(self._states[depth])
            self._states[depth].append(masks)
        return number

    @staticmethod
    def _lookup(cells: Sequence[Cells], number: Callable[[Cells], int]) -> Numbers:
        return np.fromiter(map(number, cells), np.int32, len(cells))

    def _day(self, cells: Cells) -> int:
        (cell,) = cells
        if cell not in self._days:
            if len(self._days) > MOST_ENTRIES:
                self._days.clear()
            self._days[cell] = self._day_state(cell)
        return self._days[cell]

    def _day_state(self, cell: str) -> int:
        day = read_day(cell)
        if day is None:
            return WRONG
        number = bisect_right(self.region.days, day.isoformat()) - 1
        if number < 0:
            return EARLY
        return self.state_of(0, frozenset({self.region.masks["day"][number] & self._relevant}))

    def class_of(self, depth: int, cells: Cells) -> int:
        """The number of what the cells of a step mean here; ``WRONG`` when they cannot be read."""
        step = self._steps[depth]
        found = step.of_cells.get(cells)
        if found is None:
            if len(step.of_cells) > MOST_ENTRIES >> 8:
                step.of_cells.clear()
            try:
                found = step.number(self._masks(depth, cells))
            except CellError:
                found = WRONG
            step.of_cells[cells] = found
        return found

    def _masks(self, depth: int, cells: Cells) -> Masks:
        found = set()
        for atoms in self.words.atoms(depth, cells):
            mask = self._relevant
            for fact, atom in zip(STEPS[depth], atoms, strict=True):
                mask &= self.region.mask(fact, atom)
            found.add(mask)
        return frozenset(found)

    def _grow(self, depth: int, keys: NDArray[np.int32]) -> None:
        """Works out the entries of a table that no row has needed before."""
        step = self._steps[depth]
        width = step.table.shape[1]
        classes = list(step.classes)
        flat = step.table.reshape(-1)
        for key in keys.tolist():
            state, number = divmod(key, width)
            masks = classes[number - 1]
            left = frozenset([alive & mask for alive in self._states[depth][state] for mask in masks])
            flat[key] = self.state_of(depth + 1, left)

    def _end(self, state: Numbers) -> Numbers:
        count = len(self._states[-1])
        if count > len(self._ends):
            ends = np.full(_doubled(len(self._ends), count), UNSEEN, np.int32)
            ends[: len(self._ends)] = self._ends
            self._ends = ends
        found: Numbers = self._ends.take(state)
        if found.min(initial=0) == UNSEEN:
            for number in np.unique(state[found == UNSEEN]).tolist():
                self._ends[number] = self.answers.number(self._answer(number))
            found = self._ends.take(state)
        return found

    def _answer(self, state: int) -> Answer:
        if state == EARLY:
            return Answer("undetermined", "withhold", None, None, None)
        try:
            return answer_of(self.region.possible(self._states[-1][state]))
        except GapError as error:
            return Answer(None, None, None, None, None, str(error))


def answer_of(outcomes: Sequence[Outcome]) -> Answer:
    """The answer for all outcomes that are possible, as ``check`` gives it."""
    status, supply = summary(outcomes)
    outcome = merge(outcomes)
    return Answer(
        status, supply, outcome.confidence, DECIDES.join(outcome.decides) or None, ";".join(outcome.grounds)
    )


def _relevant(region: CompiledRegion) -> int:
    """The terms of rows that can change an answer: not statements, cautions and conditions."""
    telling = [bool(row.status or row.supply or row.overrides) for row in region.rows]
    return sum(1 << bit for bit, owner in enumerate(region._owners) if telling[owner])


def _doubled(size: int, needed: int) -> int:
    while size < needed:
        size *= 2
    return size
