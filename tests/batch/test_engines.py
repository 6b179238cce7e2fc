"""DuckDB, Polars and Spark really running, each with the answers of ``check``."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from exoreg.batch import decide
from exoreg.engine.store import CompiledBase
from tests.batch.products import DAY, catalogue

REGIONS = ["UK", "KR"]


@pytest.fixture(scope="module")
def rows(compiled: CompiledBase) -> pa.Table:
    """A catalogue with numbers, empty cells and words that are not known."""
    table = pa.table(catalogue(compiled.vocabulary, 300, seed=11))
    return table.append_column("n", pa.array(range(300)))


@pytest.fixture(scope="module")
def wanted(rows: pa.Table, compiled: CompiledBase) -> list[str]:
    """The answers as they are, each as one line."""
    return lines(decide(rows, REGIONS, DAY, compiled).to_pylist())


def lines(rows: list[dict[str, Any]]) -> list[str]:
    """Rows as text, in the order of the catalogue."""
    return sorted(json.dumps({name: str(value) for name, value in row.items()}) for row in rows)


def test_duckdb(rows: pa.Table, wanted: list[str], compiled: CompiledBase, tmp_path: Path) -> None:
    """A query over a Parquet file is answered, and its answers can be asked of in SQL."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    from exoreg.batch.duckdb import decide_query

    pq.write_table(rows, tmp_path / "in.parquet")
    with duckdb.connect() as connection:
        connection.register("given", rows.slice(0, 5))
        few = decide_query(connection, "FROM given", REGIONS, DAY, compiled).fetchall()
        found = decide_query(connection, f"FROM '{tmp_path}/in.parquet'", REGIONS, DAY, compiled)
        found.create("answers")
        answers = connection.sql("FROM answers").to_arrow_table().to_pylist()
        drugs = connection.sql("SELECT count(*) FROM answers WHERE status = 'drug'").fetchall()
    assert len(few) == 5 * len(REGIONS)
    assert lines(answers) == wanted
    assert drugs == [(sum('"status": "drug"' in line for line in wanted),)]


def test_polars(rows: pa.Table, wanted: list[str], compiled: CompiledBase) -> None:
    """A data frame is answered, in the order of its rows."""
    pl = pytest.importorskip("polars", reason="polars is not installed")
    from exoreg.batch.polars import decide_frame

    found = decide_frame(pl.from_arrow(rows), REGIONS, DAY, compiled)
    assert lines(found.to_dicts()) == wanted
    assert found["n"].to_list() == [number for number in range(300) for _ in REGIONS]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A small local Spark."""
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = (
            sql.SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("spark")))
            .getOrCreate()
        )
        yield session
        session.stop()


@pytest.mark.filterwarnings("ignore")
def test_spark(spark: Any, rows: pa.Table, wanted: list[str], tmp_path: Path) -> None:
    """A data frame is answered by the workers of Spark."""
    from exoreg.batch.spark import decide_spark

    pq.write_table(rows, tmp_path / "in.parquet")
    frame = spark.read.parquet(str(tmp_path / "in.parquet")).repartition(2)
    found = decide_spark(frame, REGIONS, DAY)
    assert lines([row.asDict() for row in found.collect()]) == wanted
