"""The formats of catalogues, one file each: how rows are read and how answers are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = {
    "csv": (".csv", ".tsv", ".txt"),
    "jsonl": (".jsonl", ".ndjson"),
    "parquet": (".parquet", ".pq"),
}
"""Every format with the endings of its files; its module here has ``read`` and ``Writer``."""


class FormatError(ValueError):
    """A file that cannot be read as what it should be."""


class NothingToRead(FormatError):
    """A file without a row."""


@dataclass
class Part:
    """Some rows of a catalogue: the rows, why some could not be read, and how far the reading has come."""

    batch: pa.RecordBatch
    unread: Mapping[int, str] = field(default_factory=dict)
    position: int = 0


@dataclass(frozen=True)
class Layout:
    """How a CSV file is laid out, so that the answer is laid out alike."""

    delimiter: str = ","
    mark: bool = False
    """Whether it begins with a byte order mark."""


@dataclass
class Catalogue:
    """A catalogue open for reading: its columns, its parts in order, and how much there is of it.

    ``total`` is in the unit of ``Part.position``; None when it is not known.
    """

    schema: pa.Schema
    parts: Iterator[Part]
    total: int | None
    layout: Layout = Layout()


class Writer(Protocol):
    """Writes answers: bytes for the beginning and for each batch, and a last step when all are written."""

    def __init__(self, schema: pa.Schema, layout: Layout) -> None:
        """A writer of these columns."""

    def begin(self) -> bytes:
        """The bytes before the first row."""

    def rows(self, batch: pa.RecordBatch) -> bytes | memoryview:
        """The bytes of a batch of rows."""

    def finish(self, draft: Path) -> None:
        """Turns the file of all those bytes into the result, in its place."""


class Format(Protocol):
    """A module of this package."""

    Writer: type[Writer]

    def read(self, file: BinaryIO, text_column: str | None, into: str) -> Catalogue:
        """Opens a catalogue whose answers will be written in the format ``into``.

        Raises:
            NothingToRead: it has no row.
            FormatError: it is not of this format.
        """


def format_named(name: str) -> Format:
    """The module of a format."""
    module: Format = import_module(f"exoreg.batch.formats.{name}")
    return module


def format_of(path: Path) -> str | None:
    """The format that a file's ending stands for."""
    return next((name for name, endings in FORMATS.items() if path.suffix.lower() in endings), None)
