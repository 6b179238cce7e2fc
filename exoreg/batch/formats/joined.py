"""Lines of text made by whole columns, as bytes ready to be written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc


def joined(parts: Sequence[pa.Array | str], rows: int) -> memoryview:
    """For each row the parts one after the other; a null is nothing."""
    if not rows:
        return memoryview(b"")
    wide = [
        pa.scalar(part, pa.large_string()) if isinstance(part, str) else pc.cast(part, pa.large_string())
        for part in parts
    ]
    lines = pc.binary_join_element_wise(
        *wide, pa.scalar("", pa.large_string()), null_handling="replace", null_replacement=""
    )
    # The texts of an array lie one after the other in one buffer: that is the content of the file.
    whole = pa.concat_arrays([lines]) if lines.offset else lines
    end = int.from_bytes(memoryview(whole.buffers()[1])[rows * 8 : rows * 8 + 8], "little")
    return memoryview(whole.buffers()[2])[:end]


def as_text(column: pa.Array) -> pa.Array:
    """A column of any type as text: numbers and days as usual, lists and records as JSON."""
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        return pa.array([None if v is None else as_json(v) for v in column.to_pylist()], pa.string())
    try:
        return pc.cast(column, pa.string())
    except pa.ArrowNotImplementedError:
        return pa.array([None if v is None else as_json(v) for v in column.to_pylist()], pa.string())


def _plain(value: Any) -> str:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
"""A value as JSON; what JSON has no word for becomes text."""
