"""Between Arrow columns and numbers: cells are numbered, answers are spread over the rows that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from exoreg.batch.columns import Column, Numbers
from exoreg.batch.words import SEPARATOR, CellError

TEXT = pa.dictionary(pa.int32(), pa.string())
"""The type of an answer's words: each is kept once, and a number for every row."""

_EPOCH = date(1970, 1, 1).toordinal()
MOST_PAIRS = 1 << 20


def encode(array: pa.Array | None) -> Column:
    """Numbers the cells of a column; a column that is not there is one empty cell for all rows."""
    if array is None or pa.types.is_null(array.type):
        return Column(np.zeros(1, np.int32), [("",)])
    array = _joined_lists(array)
    if pa.types.is_dictionary(array.type) and len(array.dictionary) > len(array):
        array = array.dictionary_decode()
    if not pa.types.is_dictionary(array.type):
        array = pc.cast(array, pa.string()).dictionary_encode()
    words = pc.cast(array.dictionary, pa.string()).to_pylist()
    numbers = array.indices
    if numbers.null_count:
        numbers = pc.fill_null(numbers, len(words))
        words.append("")
    return Column(numbers.to_numpy(zero_copy_only=False).astype(np.int32), [(word or "",) for word in words])


def as_cells(array: pa.Array) -> list[str | None]:
    """The cells of a column as text."""
    cells: list[str | None] = pc.cast(_joined_lists(array), pa.string()).to_pylist()
    return cells


def _joined_lists(array: pa.Array) -> pa.Array:
    if pa.types.is_list(array.type) or pa.types.is_large_list(array.type):
        return pc.binary_join(pc.cast(array, pa.list_(pa.string())), SEPARATOR)
    return array


def together(columns: Sequence[Column]) -> Column:
    """One column of the cells of several, side by side; numbers only those that stand side by side in some row."""
    joined = columns[0]
    for column in columns[1:]:
        keys = joined.numbers.astype(np.int64) * len(column.cells) + column.numbers
        pairs = len(joined.cells) * len(column.cells)
        if pairs <= MOST_PAIRS:
            present = np.zeros(pairs, np.bool_)
            present[keys] = True
            distinct = np.flatnonzero(present)
            places = np.zeros(pairs, np.int32)
            places[distinct] = np.arange(len(distinct), dtype=np.int32)
            numbers: Numbers = places[keys]
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


def gather(values: Sequence[str | None], numbers: Numbers) -> pa.DictionaryArray:
    """The column that has ``values[number]`` for each number; None and empty text become null.

    Its dictionary depends on the rows alone, never on what was answered before, so that equal rows make equal bytes.
    """
    present = np.zeros(len(values), np.bool_)
    present[numbers] = True
    words = sorted({value for value, here in zip(values, present.tolist(), strict=True) if here and value})
    order = {value: place for place, value in enumerate(words)}
    codes = np.array([order.get(value, -1) if value else -1 for value in values], np.int32)[numbers]
    empty = codes < 0
    indices = pa.array(codes, mask=empty if empty.any() else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def day_column(days: Sequence[date | None], numbers: Numbers) -> pa.Array:
    """The column that has ``days[number]`` for each number."""
    since = np.array([day.toordinal() - _EPOCH if day else 0 for day in days], np.int32)[numbers]
    empty = np.array([day is None for day in days], np.bool_)[numbers]
    return pa.array(since, mask=empty if empty.any() else None).cast(pa.date32())


class Spread:
    """How the rows of a batch become one row for each region that is asked about.

    ``inputs`` is the input row and ``regions`` the place in ``named`` of every output row; ``named`` lists the
    regions, or why one cannot be asked about.
    """

    def __init__(
        self, rows: int, column: Column, lists: Sequence[Sequence[int]], named: Sequence[str | CellError]
    ) -> None:
        """Spreads ``rows`` rows: a row with the region cell ``n`` over the regions ``lists[n]``."""
        self.named = named
        self._alike = lists[0] if all(regions == lists[0] for regions in lists) else None
        every = np.arange(rows)
        if self._alike is not None:
            self.inputs = np.repeat(every, len(self._alike))
            self.regions: Numbers = np.tile(np.array(self._alike, np.int32), rows)
        else:
            lengths = np.array([len(regions) for regions in lists], np.int32)
            flat = np.array([region for regions in lists for region in regions], np.int32)
            each = lengths[column.numbers]
            self.inputs = np.repeat(every, each)
            within = np.arange(len(self.inputs)) - np.repeat(np.cumsum(each) - each, each)
            starts = np.cumsum(lengths) - lengths
            self.regions = flat[np.repeat(starts[column.numbers], each) + within]
        self.count = len(self.inputs)

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
        alone = self._alike is not None and len(self._alike) == 1
        return array if alone else array.take(pa.array(self.inputs))

    def numbers(self, column: Column) -> Numbers:
        """The numbers of a column's cells, for every output row."""
        return (
            np.broadcast_to(column.numbers, len(self.inputs))
            if len(column.numbers) == 1
            else column.numbers[self.inputs]
        )

    def region_column(self) -> pa.Array:
        """The region of every output row; null where none could be asked about."""
        return gather([None if isinstance(r, CellError) else r for r in self.named], self.regions)
