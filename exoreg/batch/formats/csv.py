"""CSV: read with every cell as it stands, written so that no spreadsheet takes a cell for a formula.

Read: commas, semicolons or tabs, whichever the header has most of; quotes doubled inside quotes; line ends of any
kind, inside quotes too; with or without a byte order mark; UTF-8. Blank lines are no rows. A row with too few or
too many cells, or that is not UTF-8, is kept and has an error. Written: the same delimiter and mark, quotes only
where needed, lines ended by a line feed.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from exoreg.batch.formats import Catalogue, FormatError, Layout, NothingToRead, Part
from exoreg.batch.formats.joined import as_text, joined

BLOCK = 1 << 22
"""Bytes read at a time, and the most that one row may have."""
HEAD = 1 << 16
MARK = b"\xef\xbb\xbf"
FORMULA = r"^[=+\-@\t\r＝＋－＠]"
FIRST = "=+-@\t\r＝".encode()
"""The bytes with which a formula can begin; the last are those of all wide signs."""
NUMBER = r"^[+\-]?[0-9.,]*[0-9][0-9.,]*([eE][+\-]?[0-9]+)?%?$|^-$"


def read(file: BinaryIO, text_column: str | None, into: str, block: int = BLOCK) -> Catalogue:
    """Opens a CSV file; see ``exoreg.batch.formats.Format.read``."""
    head = file.read(HEAD)
    layout = Layout(mark=head.startswith(MARK))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FormatError("it is UTF-16; save it as CSV in UTF-8")
    first = head.removeprefix(MARK).lstrip(b"\r\n")
    if not first.strip():
        raise NothingToRead("it is empty")
    layout = Layout(_delimiter(first), layout.mark)
    names = _names(first, layout.delimiter)
    schema = pa.schema([(name, pa.string()) for name in names])
    rest = _Continued(head, file)
    return Catalogue(schema, _parts(rest, names, layout.delimiter, block), _size(file), layout)


class _Continued(io.RawIOBase):
    """A stream of which the beginning was read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest
        self.position = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._head[:size] if size >= 0 else self._head
        self._head = self._head[len(data) :]
        if size < 0 or len(data) < size:
            data += self._rest.read(size - len(data) if size >= 0 else -1)
        self.position += len(data)
        return data


def _parts(file: _Continued, names: Sequence[str], delimiter: str, block: int) -> Iterator[Part]:
    ragged: list[arrow_csv.InvalidRow] = []

    def keep(row: arrow_csv.InvalidRow) -> str:
        ragged.append(row)
        return "skip"

    try:
        reader = arrow_csv.open_csv(
            pa.PythonFile(file, mode="r"),
            read_options=arrow_csv.ReadOptions(
                use_threads=False, block_size=block, column_names=names, skip_rows_after_names=1
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=keep
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.binary()), strings_can_be_null=False
            ),
        )
        rows = 0
        for batch in reader:
            part = _part(batch, _taken(ragged, rows, batch.num_rows), rows, names, delimiter)
            part.position = file.position
            rows += part.batch.num_rows
            yield part
        if ragged:
            yield _part(None, ragged, rows, names, delimiter)
    except pa.ArrowInvalid as error:
        too_long = f"a row is longer than {block:,} bytes, or a quote is never closed"
        raise FormatError(too_long if "straddling" in str(error) else str(error)) from None


def _taken(ragged: list[arrow_csv.InvalidRow], rows: int, good: int) -> list[arrow_csv.InvalidRow]:
    """Takes the ragged rows that stand before the last good row of a batch.

    The reader reads ahead and says of rows that come later; those wait, so that batches never depend on timing.
    """
    taken = 0
    # The header is row 1 of the file; what was counted before are `rows` more.
    while taken < len(ragged) and ragged[taken].number <= 1 + rows + good + taken:
        taken += 1
    found = ragged[:taken]
    del ragged[:taken]
    return found


def _part(
    batch: pa.RecordBatch | None,
    ragged: Sequence[arrow_csv.InvalidRow],
    rows: int,
    names: Sequence[str],
    delimiter: str,
) -> Part:
    """The good rows of a batch as text, with the ragged ones put back where they stood."""
    unread: dict[int, str] = {}
    columns = []
    for number, name in enumerate(names):
        column = pa.array([], pa.binary()) if batch is None else batch.column(number)
        try:
            columns.append(pc.cast(column, pa.string()))
        except pa.ArrowInvalid:
            columns.append(_decoded(column, name, unread))
    found = pa.RecordBatch.from_arrays(columns, names=list(names))
    if not ragged:
        return Part(found, unread)
    pieces, start = [], 0
    moved: dict[int, str] = {}
    for before, row in enumerate(ragged):
        place = row.number - 2 - rows
        good = place - before
        pieces.append(found.slice(start, good - start))
        moved |= {number + before: why for number, why in unread.items() if start <= number < good}
        cells = next(csv.reader(io.StringIO(row.text), delimiter=delimiter), [])
        moved[place] = f"this row has {row.actual_columns} cells and the header {row.expected_columns}"
        if over := cells[len(names) :]:
            moved[place] += "; left over: " + ", ".join(f"`{cell}`" for cell in over)
        padded = [*cells[: len(names)], *[None] * (len(names) - len(cells))]
        pieces.append(
            pa.RecordBatch.from_arrays([pa.array([cell], pa.string()) for cell in padded], names=list(names))
        )
        start = good
    pieces.append(found.slice(start))
    moved |= {number + len(ragged): why for number, why in unread.items() if number >= start}
    whole = pa.Table.from_batches(pieces).combine_chunks().to_batches()
    return Part(whole[0], moved)


def _decoded(column: pa.Array, name: str, unread: dict[int, str]) -> pa.Array:
    """A column with bytes that are not UTF-8: such bytes are replaced, and their rows have an error."""
    texts = []
    for number, cell in enumerate(column.to_pylist()):
        try:
            texts.append(cell.decode())
        except UnicodeDecodeError:
            texts.append(cell.decode(errors="replace"))
            unread[number] = f"`{name}` is not UTF-8"
    return pa.array(texts, pa.string())


def _delimiter(head: bytes) -> str:
    line = head.splitlines()[0]
    return max((",", ";", "\t"), key=lambda delimiter: line.count(delimiter.encode()))


def _names(head: bytes, delimiter: str) -> list[str]:
    """The header's names, without spaces around them and with a name for those that have none."""
    try:
        text = head.decode(errors="ignore")
        found = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error as error:
        raise FormatError(f"its header cannot be read: {error}") from None
    names = [name.strip() or f"column_{number}" for number, name in enumerate(found, 1)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise FormatError(f"column `{twice}` stands twice in its header")
    return names


def _size(file: BinaryIO) -> int | None:
    try:
        return os.fstat(file.fileno()).st_size or None
    except OSError:
        return None


class Writer:
    """Writes CSV; see ``exoreg.batch.formats.Writer``."""

    def __init__(self, schema: pa.Schema, layout: Layout) -> None:
        self._schema, self._layout = schema, layout

    def begin(self) -> bytes:
        """The mark, if there was one, and the header."""
        names = self._cells(pa.array(self._schema.names, pa.string())).to_pylist()
        line = self._layout.delimiter.join(names) + "\n"
        return (MARK if self._layout.mark else b"") + line.encode()

    def rows(self, batch: pa.RecordBatch) -> memoryview:
        """The lines of the rows."""
        parts: list[pa.Array | str] = []
        for column in batch.columns:
            parts += [self._column(column), self._layout.delimiter]
        return joined([*parts[:-1], "\n"], batch.num_rows)

    def finish(self, draft: Path) -> None:
        """Nothing is left to do."""

    def _column(self, column: pa.Array) -> pa.Array:
        if pa.types.is_dictionary(column.type):
            if len(column.dictionary) <= len(column):
                return pc.take(self._column(column.dictionary), column.indices)
            column = column.dictionary_decode()
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            return self._cells(column)
        text = as_text(column)
        return text if pa.types.is_primitive(column.type) else self._cells(text)

    def _cells(self, cells: pa.Array) -> pa.Array:
        """Text that came from outside: nothing that a spreadsheet would work out, quoted where needed."""
        first, content = _glance(pc.cast(cells, pa.string()))
        if first & set(FIRST):
            formula = pc.match_substring_regex(cells, FORMULA)
            formula = pc.and_not(formula, pc.match_substring_regex(cells, NUMBER))
            cells = pc.if_else(formula, pc.binary_join_element_wise("'", cells, ""), cells)
        if any(mark in content for mark in (b'"', b"\r", b"\n", self._layout.delimiter.encode())):
            special = pc.match_substring_regex(cells, f'["\r\n{self._layout.delimiter}]')
            quoted = pc.binary_join_element_wise('"', pc.replace_substring(cells, '"', '""'), '"', "")
            cells = pc.if_else(special, quoted, cells)
        return cells


def _glance(cells: pa.Array) -> tuple[set[int], bytes]:
    """The bytes that cells begin with, and all their bytes: most columns are seen at once to need no care."""
    _, ends, data = cells.buffers()
    if data is None or not len(cells):
        return set(), b""
    offsets = np.frombuffer(ends, np.int32)[cells.offset : cells.offset + len(cells) + 1]
    begins = offsets[:-1][offsets[1:] > offsets[:-1]]
    present = np.zeros(256, np.bool_)
    present[np.frombuffer(data, np.uint8)[begins]] = True
    return set(np.flatnonzero(present).tolist()), bytes(memoryview(data)[offsets[0] : offsets[-1]])
