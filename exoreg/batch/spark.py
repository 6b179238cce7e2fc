"""Spark: answers for a data frame that is spread over many machines, through ``mapInArrow``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from exoreg.batch.table import ANSWER, Decider, schema_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def decide_spark(
    frame: DataFrame,
    regions: Sequence[str] | None = None,
    as_of: date | None = None,
    rules: Sequence[str] = (),
    text_column: str | None = None,
) -> DataFrame:
    """The frame with its answers; the rest as ``exoreg.batch.decide``.

    exoreg must be installed where the executors run. ``rules`` names folders of rules there, as ``--rules`` does.
    The day is fixed here, so that all executors answer for the same one.
    """
    from pyspark.sql.types import DateType, StringType, StructField, StructType

    day = as_of or date.today()
    wanted = None if regions is None else tuple(regions)
    folders = tuple(rules)
    names = schema_of(pa.schema([(name, pa.null()) for name in frame.columns])).names
    kept = [
        StructField(name, field.dataType) for name, field in zip(names, frame.schema.fields, strict=False)
    ]
    added = [StructField(name, DateType() if name == "as_of" else StringType()) for name in ANSWER]

    def answer(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        decider = _decider(wanted, day, folders, text_column)
        for batch in batches:
            for part in decider.batches(batch):
                yield plain(part)

    return frame.mapInArrow(answer, StructType([*kept, *added]))


@lru_cache(maxsize=4)
def _decider(
    regions: tuple[str, ...] | None, day: date, rules: tuple[str, ...], text_column: str | None
) -> Decider:
    """One for each process, so that it learns once."""
    from exoreg.engine.store import open_base

    return Decider(open_base([Path(folder) for folder in rules]), regions, day, text_column)


def plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch with words instead of numbers for words, for engines that read no dictionaries."""
    fields = [
        field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field
        for field in batch.schema
    ]
    return batch.cast(pa.schema(fields))
