"""JSON Lines: one object a line; the answer's fields are put at the end of each object.

Written as JSON Lines again, a line keeps its own bytes: nothing of it is interpreted but the fields that exoreg
reads; where many lines are plain, Arrow reads those at once. Written in another format, every field of any line is
a column (the file is read twice for that), and a list or object in it is JSON. A line that is no object is kept as
``{"unread": "…"}`` and has an error. The words of a fact may be a list or one text.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as arrow_json

from exoreg.batch.formats import Catalogue, FormatError, Layout, NothingToRead, Part
from exoreg.batch.formats.joined import as_json, joined
from exoreg.batch.numbering import joined_lists
from exoreg.batch.table import ANSWER
from exoreg.batch.words import SEPARATOR
from exoreg.facts.product import FACTS

HEAD = "\x00head"
"""The column that carries a line up to where its answer is put."""
UNREAD = "unread"
LISTS = pa.list_(pa.string())
LINES = 1 << 15
BYTES = 1 << 23
"""A part ends after so many lines, or after so many bytes of them."""

ANSWERED = [f'"{name}"'.encode() for name in ANSWER]
ESCAPED = re.compile(rb"\\u00[2-7]")
"""An ordinary letter in disguise, of which the name of a field could be made."""
INFINITE = re.compile(rb"[:,\[]\s*-?Inf(?!inity)")
"""A number that Arrow knows and JSON does not."""

Line = tuple[dict[str, Any] | None, str, str | None]
"""A line's fields, its text, and why it cannot be read."""


def read(file: BinaryIO, text_column: str | None, into: str) -> Catalogue:
    """Opens JSON Lines; see ``exoreg.batch.formats.Format.read``."""
    if into == "jsonl":
        names = [*FACTS, "region", "as_of", *([text_column] if text_column else []), HEAD]
        names = list(dict.fromkeys(names))
        first = file.readline()
        while first and not first.strip():
            first = file.readline()
        if not first:
            raise NothingToRead("it is empty")
        lines, total = _rest(first, file), _size(file)
    else:
        if not file.seekable():
            raise FormatError(
                "JSON Lines from a pipe are only written as JSON Lines; save them to a file first"
            )
        names = _fields(file)
        if not names:
            raise NothingToRead("it is empty")
        lines, total = file, _size(file)
    schema = pa.schema([(name, pa.string()) for name in names])
    return Catalogue(schema, _parts(lines, names), total)


def _rest(first: bytes, file: BinaryIO) -> Iterator[bytes]:
    yield first
    yield from file


def _fields(file: BinaryIO) -> list[str]:
    """Every field of any line, in the order in which they are first seen."""
    names: dict[str, None] = {}
    for line in file:
        if line.strip():
            fields = _read(line)[0]
            names |= dict.fromkeys(fields if fields is not None else (UNREAD,))
    file.seek(0)
    return list(names)


def _parts(file: Iterator[bytes] | BinaryIO, names: Sequence[str]) -> Iterator[Part]:
    lines: list[bytes] = []
    size = position = 0
    for line in file:
        position += len(line)
        if not (stripped := line.strip()):
            continue
        lines.append(stripped)
        size += len(line)
        if len(lines) == LINES or size >= BYTES:
            yield _part(lines, names, position)
            lines, size = [], 0
    if lines:
        yield _part(lines, names, position)


def _read(line: bytes) -> Line:
    try:
        text = line.decode().strip().removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None, line.decode(errors="replace").strip(), "this line is not UTF-8"
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return None, text, "this line is not JSON"
    if not isinstance(fields, dict):
        return None, text, "this line is not a JSON object"
    return fields, text, None


def _part(lines: Sequence[bytes], names: Sequence[str], position: int) -> Part:
    columns = _plain(lines, names) if HEAD in names else None
    if columns is not None:
        return Part(pa.RecordBatch.from_arrays(columns, names=list(names)), {}, position)
    rows = [_read(line) for line in lines]
    unread = {number: why for number, (_, _, why) in enumerate(rows) if why}
    columns = []
    for name in names:
        texts: list[str | None]
        if name == HEAD:
            texts = [_head(fields, text) for fields, text, _ in rows]
        elif name == UNREAD:
            texts = [_cell(fields.get(name)) if fields is not None else text for fields, text, _ in rows]
        else:
            texts = [_cell(fields.get(name)) if fields is not None else None for fields, _, _ in rows]
        columns.append(_array(texts))
    return Part(pa.RecordBatch.from_arrays(columns, names=list(names)), unread, position)


def _plain(lines: Sequence[bytes], names: Sequence[str]) -> list[pa.Array] | None:
    """The columns of lines that Arrow reads as ``_read`` does; None when one of them may be otherwise.

    Such lines are objects whose cells are texts, or in some columns lists of texts, and no field has the name of
    one of the answer's.
    """
    # An object that starts and ends with its line cannot reach into the next, so as many lines are as many objects.
    if any(line[0] != ord("{") or line[-1] != ord("}") for line in lines):
        return None
    content = b"\n".join(lines)
    if any(name in content for name in ANSWERED) or ESCAPED.search(content):
        return None
    if b"Inf" in content and INFINITE.search(content):
        return None
    first = _read(lines[0])[0] or {}
    fields = [(name, LISTS if isinstance(first.get(name), list) else pa.string()) for name in names]
    try:
        table = arrow_json.read_json(
            pa.BufferReader(content),
            arrow_json.ReadOptions(use_threads=False, block_size=len(content) + 1),
            arrow_json.ParseOptions(explicit_schema=pa.schema(fields), unexpected_field_behavior="ignore"),
        ).combine_chunks()
        heads = [line[:-1].rstrip() for line in lines]
        head = pc.cast(pa.array([text + b"," if len(text) > 1 else text for text in heads]), pa.string())
    except pa.ArrowInvalid:
        return None
    found = [head if name == HEAD else table.column(name).chunk(0) for name in names]
    if table.num_rows != len(lines) or any(
        cells.type == LISTS and cells.values.null_count for cells in found
    ):
        return None
    return [joined_lists(cells) for cells in found]


def _array(texts: list[str | None]) -> pa.Array:
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        # JSON can spell half of a character pair, which no text can hold.
        clean = [text and text.encode("utf-8", "replace").decode() for text in texts]
        return pa.array(clean, pa.string())


def _cell(value: Any) -> str | None:
    """A field as a cell."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return SEPARATOR.join(value)
    return as_json(value)


def _head(fields: dict[str, Any] | None, text: str) -> str:
    """A line up to where the answer is put; fields with the name of one of the answer's are renamed."""
    if fields is None:
        return as_json({UNREAD: text})[:-1] + ","
    if fields.keys() & ANSWER.keys():
        renamed = {}
        for name, value in fields.items():
            new = name
            while new in ANSWER or (new != name and new in fields):
                new += "_in"
            renamed[new] = value
        text = as_json(renamed)
    return text[:-1].rstrip() + ("," if fields else "")


def _size(file: BinaryIO) -> int | None:
    if not file.seekable():
        return None
    here = file.tell()
    total = file.seek(0, io.SEEK_END)
    file.seek(here)
    return total or None


class Writer:
    """Writes JSON Lines; see ``exoreg.batch.formats.Writer``."""

    def __init__(self, schema: pa.Schema, layout: Layout) -> None:
        self._answer = list(ANSWER)

    def begin(self) -> bytes:
        """Nothing stands before the first line."""
        return b""

    def rows(self, batch: pa.RecordBatch) -> memoryview:
        """One line for each row."""
        parts: list[pa.Array | str] = [_heads(batch, self._answer)]
        for number, name in enumerate(self._answer):
            parts += [f'{"," if number else ""}"{name}":', _quoted(batch.column(name))]
        return joined([*parts, "}\n"], batch.num_rows)

    def finish(self, draft: Path) -> None:
        """Nothing is left to do."""


def _heads(batch: pa.RecordBatch, answer: Sequence[str]) -> pa.Array:
    if HEAD in batch.schema.names:
        return batch.column(HEAD)
    given = batch.drop_columns(list(answer)).to_pylist()
    return _array([as_json(row)[:-1] + ("," if row else "") for row in given])


def _quoted(column: pa.Array) -> pa.Array:
    """An answer's column as JSON."""
    if pa.types.is_dictionary(column.type):
        words = pa.array([as_json(word) for word in column.dictionary.to_pylist()], pa.string())
        return pc.fill_null(pc.take(words, column.indices), "null")
    if pa.types.is_date(column.type):
        column = pc.binary_join_element_wise('"', pc.cast(column, pa.string()), '"', "")
        return pc.fill_null(column, "null")
    if column.null_count == len(column):
        return pc.fill_null(column, "null")
    return pa.array([as_json(text) for text in column.to_pylist()], pa.string())
