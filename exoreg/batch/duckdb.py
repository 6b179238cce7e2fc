"""DuckDB: answers for the rows of a query, in the process and without a copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from exoreg.batch.table import decide

if TYPE_CHECKING:
    import duckdb

    from exoreg.engine.store import CompiledBase


def decide_query(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    regions: Sequence[str] | None = None,
    as_of: date | None = None,
    base: CompiledBase | None = None,
    text_column: str | None = None,
) -> duckdb.DuckDBPyRelation:
    """The rows of a query with their answers, as a relation; the rest as ``exoreg.batch.decide``.

    Rows flow through in batches as the relation is read: read it once, before the connection is asked for anything
    else. To ask of it again, make a table of it::

        answers = decide_query(connection, "FROM 'catalogue/*.parquet'", ["UK"])
        answers.create("answers")

    Raises:
        WordError: a region is not encoded.
    """
    # The answers go through a cursor of their own, for one connection has one open result.
    rows = pa.RecordBatchReader.from_stream(connection.sql(query))
    return connection.cursor().from_arrow(decide(rows, regions, as_of, base, text_column))
