"""Columns put together, and answers spread over the rows that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from exoreg.batch.numbering import Column, Numbers, joined_lists
from exoreg.batch.words import CellError

TEXT = pa.dictionary(pa.int32(), pa.string())
"""The type of an answer's words: each is kept once, and a number for every row."""

_EPOCH = date(1970, 1, 1).toordinal()
MOST_PAIRS = 1 << 20


def as_cells(array: pa.Array) -> list[str | None]:
    """The cells of a column as text."""
    cells: list[str | None] = pc.cast(joined_lists(array), pa.string()).to_pylist()
    return cells


def together(columns: Sequence[Column]) -> Column:
    """One column of the cells of several, side by side; numbers only those that stand side by side in some row."""
    joined = columns[0]
    for column in columns[1:]:
        pairs = len(joined.cells) * len(column.cells)
        keys = joined.numbers.astype(np.intp) * len(column.cells) + column.numbers
        if pairs <= MOST_PAIRS:
            present = np.zeros(pairs, np.bool_)
            present[keys] = True
            distinct = np.flatnonzero(present)
            places = np.zeros(pairs, np.int32)
            places[distinct] = np.arange(len(distinct), dtype=np.int32)
            numbers: Numbers = places.take(keys)
        else:
            distinct, inverse = np.unique(keys, return_inverse=True)
            numbers = inverse.astype(np.int32)
        joined = Column(
            numbers,
            [
                (*joined.cells[first], *column.cells[second])
                for first, second in (divmod(key, len(column.cells)) for key in distinct.tolist())
            ],
        )
    return joined


def gather(lists: Sequence[Sequence[str | None]], numbers: Numbers) -> list[pa.DictionaryArray]:
    """For each list of values the column that has ``values[number]`` for each number; None and "" become null.

    A dictionary depends on the rows alone, never on what was answered before, so that equal rows make equal bytes.
    """
    marks = np.zeros(len(lists[0]), np.bool_)
    marks[numbers] = True
    present = np.flatnonzero(marks).tolist()
    columns = []
    for values in lists:
        words = sorted({value for number in present if (value := values[number])})
        places: dict[str | None, int] = {value: place for place, value in enumerate(words)}
        codes: list[int | None] = [0] * len(values)
        for number in present:
            codes[number] = places.get(values[number])
        indices = _spread(codes, numbers, pa.int32())
        columns.append(pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()), safe=False))
    return columns


def day_column(days: Sequence[date | None], numbers: Numbers) -> pa.Array:
    """The column that has ``days[number]`` for each number."""
    return _spread([day.toordinal() - _EPOCH if day else None for day in days], numbers, pa.date32())


def _spread(values: Sequence[int | None], numbers: Numbers, type: pa.DataType) -> pa.Array:
    """The column that has ``values[number]`` for each number; of a type of four bytes."""
    content = pa.allocate_buffer(4 * len(numbers))
    table = np.array([value or 0 for value in values], np.int32)
    # Memory that Arrow gives was mostly used before; fresh memory would cost more than what is written to it.
    table.take(numbers, out=np.frombuffer(content, np.int32), mode="clip")
    valid = np.array([value is not None for value in values], np.bool_)
    bits = None if valid.all() else pa.py_buffer(np.packbits(valid.take(numbers), bitorder="little"))
    return pa.Array.from_buffers(type, len(numbers), [bits, content])


class Spread:
    """How the rows of a batch become one row for each region that is asked about.

    ``regions`` is the place in ``named`` of every output row; ``named`` lists the regions, or why one cannot be
    asked about.
    """

    def __init__(
        self, rows: int, column: Column, lists: Sequence[Sequence[int]], named: Sequence[str | CellError]
    ) -> None:
        """Spreads ``rows`` rows: a row with the region cell ``n`` over the regions ``lists[n]``."""
        self.named = named
        self._alike = lists[0] if all(regions == lists[0] for regions in lists) else None
        self._rows = rows
        if self._alike is not None:
            alike = np.array(self._alike, np.intp)
            self.regions: Numbers = np.broadcast_to(alike, rows) if self._alone else np.tile(alike, rows)
        else:
            lengths = np.array([len(regions) for regions in lists], np.int32)
            flat = np.array([region for regions in lists for region in regions], np.intp)
            self._each = lengths.take(column.numbers)
            within = np.arange(self._each.sum()) - np.repeat(np.cumsum(self._each) - self._each, self._each)
            starts = np.cumsum(lengths) - lengths
            self.regions = flat.take(np.repeat(starts.take(column.numbers), self._each) + within)
        self.count = len(self.regions)

    @cached_property
    def inputs(self) -> Numbers:
        """The input row of every output row."""
        return np.repeat(np.arange(self._rows), self._each if self._alike is None else len(self._alike))

    @property
    def _alone(self) -> bool:
        """Whether output rows are input rows."""
        return self._alike is not None and len(self._alike) == 1

    def here(self, region: int) -> slice | Numbers:
        """The output rows of a region."""
        if self._alike is not None:
            return slice(self._alike.index(region), None, len(self._alike))
        return np.flatnonzero(self.regions == region).astype(np.int32)

    def picked(self, column: Column, here: slice | Numbers) -> Column:
        """The cells of a column for the output rows of one region."""
        if len(column.numbers) == 1 or isinstance(here, slice):
            return column
        return Column(column.numbers[self.inputs[here]], column.cells)

    def repeated(self, array: pa.Array) -> pa.Array:
        """An input column, with each cell once for every region of its row."""
        return array if self._alone else array.take(pa.array(self.inputs))

    def numbers(self, column: Column) -> Numbers:
        """The numbers of a column's cells, for every output row."""
        if len(column.numbers) == 1:
            return np.broadcast_to(column.numbers, self.count)
        return column.numbers if self._alone else column.numbers.take(self.inputs)

    def region_column(self) -> pa.Array:
        """The region of every output row; null where none could be asked about."""
        return gather([[None if isinstance(r, CellError) else r for r in self.named]], self.regions)[0]
