"""Parquet: columns of any type stay what they are; one row group for each part.

A Parquet file has its index at its end and cannot be continued, so answers are first kept as a run of Arrow
streams, each whole in itself, and made into one Parquet file when all are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

from exoreg.batch.formats import Catalogue, FormatError, Layout, NothingToRead, Part

ROWS = 1 << 16


def read(file: BinaryIO, text_column: str | None, into: str) -> Catalogue:
    """Opens a Parquet file; see ``exoreg.batch.formats.Format.read``."""
    if not file.seekable():
        raise FormatError("Parquet is read from a file, not from a pipe")
    if not file.read(1):
        raise NothingToRead("it is empty")
    file.seek(0)
    try:
        # Read ahead, a whole file would come to lie in memory.
        source = pq.ParquetFile(file, pre_buffer=False, buffer_size=1 << 20)
    except pa.ArrowInvalid as error:
        raise FormatError(f"it is not Parquet: {error}") from None
    if not source.metadata.num_rows:
        raise NothingToRead("it has no row")
    return Catalogue(source.schema_arrow, _parts(source), source.metadata.num_rows)


def _parts(source: pq.ParquetFile) -> Iterator[Part]:
    position = 0
    try:
        for batch in source.iter_batches(ROWS):
            position += batch.num_rows
            yield Part(batch, position=position)
    except (pa.ArrowInvalid, OSError) as error:
        raise FormatError(f"it is damaged: {error}") from None


class Writer:
    """Writes Parquet; see ``exoreg.batch.formats.Writer``."""

    def __init__(self, schema: pa.Schema, layout: Layout) -> None:
        self._schema = schema

    def begin(self) -> bytes:
        """An empty stream: it has the columns."""
        return _stream(self._schema, None)

    def rows(self, batch: pa.RecordBatch) -> bytes:
        """A stream of the rows."""
        return _stream(self._schema, batch)

    def finish(self, draft: Path) -> None:
        """Makes one Parquet file of the streams."""
        made = draft.with_suffix(".parquet")
        # Copied, not mapped: pages of a mapped file would count as memory for as long as there is some.
        with pa.OSFile(str(draft)) as file, pq.ParquetWriter(made, self._schema) as writer:
            while file.tell() < file.size():
                for batch in ipc.open_stream(file):
                    writer.write_batch(batch)
        made.replace(draft)


def _stream(schema: pa.Schema, batch: pa.RecordBatch | None) -> bytes:
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, schema, options=ipc.IpcWriteOptions(compression="lz4")) as writer:
        if batch is not None:
            writer.write_batch(batch)
    content: bytes = sink.getvalue().to_pybytes()
    return content
