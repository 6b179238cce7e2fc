"""Polars: answers for a data frame."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

import polars as pl

from exoreg.batch.table import decide

if TYPE_CHECKING:
    from exoreg.engine.store import CompiledBase


def decide_frame(
    frame: pl.DataFrame,
    regions: Sequence[str] | None = None,
    as_of: date | None = None,
    base: CompiledBase | None = None,
    text_column: str | None = None,
) -> pl.DataFrame:
    """The frame with its answers; the rest as ``exoreg.batch.decide``.

    Columns of words come back as categories. A lazy frame too large for memory is answered piece by piece with
    ``collect_batches``.

    Raises:
        WordError: a region is not encoded.
    """
    answers = decide(frame.to_arrow(), regions, as_of, base, text_column)
    return cast(pl.DataFrame, pl.from_arrow(answers))
