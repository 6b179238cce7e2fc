"""``decide``: a table of products in, the same table with answers out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pyarrow as pa

from exoreg.batch.cells import TEXT, Spread, day_column, gather, together
from exoreg.batch.columns import Answers, Walker
from exoreg.batch.numbering import Column, Numbering, Numbers
from exoreg.batch.words import STEPS, CellError, Words, read_day
from exoreg.facts.product import FACTS

if TYPE_CHECKING:
    from exoreg.engine.store import CompiledBase

ANSWER = {
    "region": TEXT,
    "as_of": pa.date32(),
    "status": TEXT,
    "supply": TEXT,
    "confidence": TEXT,
    "decides": TEXT,
    "rules": TEXT,
    "error": pa.string(),
}
"""The columns added to each row, in their order, and their types."""

ROWS = 1 << 17
"""Rows decided at a time: few enough to stay in a processor's cache."""

BYTES = 1 << 28
"""Bytes of an answer made at a time, so that long texts asked about in many regions fit in memory."""


class RowError(ValueError):
    """A row that has no answer, where none may be without; ``row`` counts from 0."""

    def __init__(self, row: int, why: str) -> None:
        super().__init__(f"row {row + 1}: {why}")
        self.row, self.why = row, why


Arrow = TypeVar("Arrow", pa.Table, pa.RecordBatch, pa.RecordBatchReader)


def decide(
    table: Arrow,
    regions: Sequence[str] | None = None,
    as_of: date | None = None,
    base: CompiledBase | None = None,
    text_column: str | None = None,
) -> Arrow:
    """The table with one row for each product and region, and the answer in eight further columns.

    Args:
        table: the products, a table, a batch or a stream of batches; facts by column name, words as in
            ``exoreg check``, several separated by ``;``.
        regions: where, for rows whose ``region`` column says nothing; all root regions by default.
        as_of: the day, for rows whose ``as_of`` column says nothing; today by default.
        base: the compiled rules; those that come with exoreg by default.
        text_column: a column of free wording in which claims and facts are looked for too.

    Returns:
        The same kind of object, with the columns of ``schema_of``. A row that cannot be read has an ``error`` and
        no answer.

    Raises:
        WordError: a region is not encoded.
        KeyError: there is no such text column.
    """
    decider = Decider(base, regions, as_of, text_column)
    schema = schema_of(table.schema)
    if isinstance(table, pa.RecordBatchReader):
        answered = (part for batch in table for part in decider.batches(batch))
        return pa.RecordBatchReader.from_batches(schema, answered)
    if isinstance(table, pa.Table):
        return pa.Table.from_batches(
            [part for batch in table.to_batches() for part in decider.batches(batch)], schema
        )
    parts = list(decider.batches(table))
    if len(parts) > 1:
        parts = pa.Table.from_batches(parts, schema).combine_chunks().to_batches()
    return parts[0]


def schema_of(schema: pa.Schema) -> pa.Schema:
    """The columns of an answer to a table with these columns.

    An input column that has the name of an answer's column keeps its cells under that name with ``_in`` after it.
    """
    taken = {*schema.names, *ANSWER}
    names = []
    for name in schema.names:
        new = name
        while new in ANSWER or (new != name and new in taken):
            new += "_in"
        taken.add(new)
        names.append(new)
    kept = [field.with_name(name) for field, name in zip(schema, names, strict=True)]
    return pa.schema([*kept, *(pa.field(name, type) for name, type in ANSWER.items())])


class Decider:
    """Answers batch after batch; what one batch has taught it speeds the next."""

    def __init__(
        self,
        base: CompiledBase | None = None,
        regions: Sequence[str] | None = None,
        as_of: date | None = None,
        text_column: str | None = None,
        strict: bool = False,
    ) -> None:
        """As ``decide``; ``strict`` raises ``RowError`` at the first row that has no answer.

        Raises:
            WordError: a region is not encoded.
        """
        if base is None:
            from exoreg.engine.store import open_base

            base = open_base()
        self.base = base
        tree = base.vocabulary.regions
        self.regions = list(dict.fromkeys(map(tree.resolve, regions or base.roots)))
        self.as_of = as_of or date.today()
        self.text_column = text_column
        self.strict = strict
        self.words = Words(base.vocabulary)
        self.answers = Answers()
        self._numberings = {name: Numbering() for name in ("region", "as_of", *FACTS)}
        self._walkers: dict[str, Walker] = {}

    def batches(
        self, batch: pa.RecordBatch, unread: Mapping[int, str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """As ``decide``, for a batch of any size, in parts of a bounded size; at least one part."""
        row = batch.nbytes * len(self.regions) // max(batch.num_rows, 1) + 1
        step = max(1, min(ROWS, BYTES // row))
        for start in range(0, max(batch.num_rows, 1), step):
            here = {
                number - start: why for number, why in (unread or {}).items() if 0 <= number - start < step
            }
            try:
                yield self.decide(batch.slice(start, step), here)
            except RowError as error:
                raise RowError(start + error.row, error.why) from None

    def decide(self, batch: pa.RecordBatch, unread: Mapping[int, str] | None = None) -> pa.RecordBatch:
        """Answers one batch.

        Args:
            batch: the products.
            unread: rows that could not be read, by their number, and why.
        """
        columns = self._columns(batch)
        spread = self._spread(batch)
        found: Numbers = np.zeros(spread.count, np.intp)
        for number, region in enumerate(spread.named):
            if not isinstance(region, CellError):
                here = spread.here(number)
                found[here] = self._walker(region).walk([spread.picked(column, here) for column in columns])
        if unread:
            found[np.isin(spread.inputs, list(unread))] = 0
        answers = list(zip(*self.answers.known, strict=True))
        return pa.RecordBatch.from_arrays(
            [
                *map(spread.repeated, batch.columns),
                spread.region_column(),
                day_column([read_day(cell) for (cell,) in columns[0].cells], spread.numbers(columns[0])),
                *gather(answers[:5], found),
                self._errors(found, spread, columns, unread or {}),
            ],
            schema=schema_of(batch.schema),
        )

    def _columns(self, batch: pa.RecordBatch) -> list[Column]:
        """The cells of the day, and of each step."""
        arrays = {name: batch.column(name) for name in ("as_of", *FACTS) if name in batch.schema.names}
        if self.text_column is not None:
            from exoreg.batch.wording import add_wording

            add_wording(self.base.vocabulary, arrays, batch.column(self.text_column))
        given = self._numbered("as_of", arrays)
        today = self.as_of.isoformat()
        days = Column(given.numbers, [cells if cells[0].strip() else (today,) for cells in given.cells])
        return [days, *(together([self._numbered(fact, arrays) for fact in step]) for step in STEPS)]

    def _spread(self, batch: pa.RecordBatch) -> Spread:
        """Which regions are asked about for each row."""
        given = {"region": batch.column("region")} if "region" in batch.schema.names else {}
        column = self._numbered("region", given)
        asked = [self.words.regions(cell) or self.regions for (cell,) in column.cells]
        named = list(dict.fromkeys(region for regions in asked for region in regions))
        order = {region: number for number, region in enumerate(named)}
        lists = [[order[region] for region in regions] for regions in asked]
        return Spread(batch.num_rows, column, lists, named)

    def _numbered(self, name: str, arrays: Mapping[str, pa.Array]) -> Column:
        """The cells of a column."""
        return self._numberings[name].number(arrays.get(name))

    def _walker(self, region: str) -> Walker:
        if region not in self._walkers:
            self._walkers[region] = Walker(self.base.region(region), self.words, self.answers)
        return self._walkers[region]

    def _errors(
        self, found: Numbers, spread: Spread, columns: Sequence[Column], unread: Mapping[int, str]
    ) -> pa.Array:
        """Why rows have no answer."""
        known = list(self.answers.known)
        dead = np.flatnonzero(np.array([answer.status is None for answer in known]).take(found))
        if not len(dead):
            return pa.nulls(spread.count, pa.string())
        texts: list[str | None] = [None] * spread.count
        memo: dict[tuple[int, ...], str] = {}
        for row in dead.tolist():
            given = int(spread.inputs[row])
            if given in unread:
                texts[row] = unread[given]
            elif found[row]:
                texts[row] = known[found[row]].error
            else:
                key = (int(spread.regions[row]), *(column.number(given) for column in columns))
                if key not in memo:
                    memo[key] = "; ".join(self._problems(spread.named[key[0]], columns, key[1:]))
                texts[row] = memo[key]
            if self.strict:
                raise RowError(given, str(texts[row]))
        return pa.array(texts, pa.string())

    def _problems(
        self, region: str | CellError, columns: Sequence[Column], numbers: Sequence[int]
    ) -> Iterator[str]:
        """Everything that is wrong with the cells of a row."""
        if isinstance(region, CellError):
            yield str(region)
        days, *facts = columns
        if read_day(days.cells[numbers[0]][0]) is None:
            yield f"`{days.cells[numbers[0]][0].strip()}` is not a day; write it like 2026-11-22"
        for step, (column, number) in enumerate(zip(facts, numbers[1:], strict=True)):
            try:
                self.words.atoms(step, column.cells[number])
            except CellError as error:
                yield str(error)
