"""The same 100,000 products through `check`'s own functions, Arrow, DuckDB, Polars, Spark, Dask and Ray Data."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date

import pyarrow as pa

from bench.generate import make_catalogue
from bench.measure import about, show
from exoreg.batch import decide
from exoreg.batch.columns import answer_of
from exoreg.engine.store import open_base
from exoreg.facts.product import Product

DAY = date(2026, 11, 22)
REGIONS = ["UK", "KR"]
ANSWER = ["region", "status", "supply", "confidence", "decides", "rules"]


def main() -> None:
    """Prints the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    about("exoreg", "pyarrow", "duckdb", "polars", "pyspark", "dask", "ray")
    base = open_base()
    # Every tenth product is known in part only.
    table = make_catalogue(rows, words=base.vocabulary).drop_columns(["name"])
    uses = table.column("use").to_pylist()
    uses[::10] = ["microneedled"] * len(uses[::10])
    sources = table.column("source").to_pylist()
    sources[5::10] = ["human" if source in base.vocabulary.facts["source"].below("human") else source
                      for source in sources[5::10]]  # fmt: skip
    table = table.set_column(table.schema.get_field_index("use"), "use", pa.array(uses))
    table = table.set_column(table.schema.get_field_index("source"), "source", pa.array(sources))
    wanted = checked(base, table)
    found = [("Arrow", same(decide(table, REGIONS, DAY, base), wanted))]
    import duckdb

    from exoreg.batch.duckdb import decide_query

    with duckdb.connect() as connection:
        connection.register("catalogue", table)
        answers = decide_query(connection, "FROM catalogue", REGIONS, DAY, base)
        found.append(("DuckDB", same(answers.to_arrow_table(), wanted)))
    import polars as pl

    from exoreg.batch.polars import decide_frame

    found.append(("Polars", same(decide_frame(pl.from_arrow(table), REGIONS, DAY, base).to_arrow(), wanted)))
    found += [
        ("Spark", spark(table, wanted)),
        ("Dask", dask(table, wanted)),
        ("Ray Data", ray(table, wanted)),
    ]
    show(f"{rows:,} products in {len(REGIONS)} regions", ("engine", "answers of `check`"), found)


def checked(base: object, table: pa.Table) -> list[tuple[str | None, ...]]:
    """The answers, product by product, from what `check` asks."""
    found = []
    for row in table.to_pylist():
        stated = {name: [w for w in row[name].split(";") if w] for name in base.vocabulary.facts}
        product = Product.make(base.vocabulary, {name: words for name, words in stated.items() if words})
        boxes = list(product.boxes(base.vocabulary))
        for region in REGIONS:
            answer = answer_of(base.region(region).outcomes(boxes, DAY))
            found.append((str(row["id"]), region, *(value and str(value) for value in answer[:5])))
    return sorted(found, key=str)


def same(answers: pa.Table, wanted: list[tuple[str | None, ...]]) -> str:
    """Whether a table of answers is the one wanted."""
    columns = [answers.column(name).to_pylist() for name in ("id", *ANSWER)]
    rows = sorted(((str(row[0]), *row[1:]) for row in zip(*columns, strict=True)), key=str)
    return f"the same, all {len(rows):,}" if rows == wanted else "DIFFERENT"


def spark(table: pa.Table, wanted: list[tuple[str | None, ...]]) -> str:
    """The same through Spark."""
    if shutil.which("java") is None:
        return "not run: no Java"
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    from exoreg.batch.spark import decide_spark

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .getOrCreate()
    )
    try:
        frame = session.createDataFrame(table.to_pandas()).repartition(4)
        answers = decide_spark(frame, REGIONS, DAY).toPandas()
        return same(pa.Table.from_pandas(answers), wanted)
    finally:
        session.stop()


def dask(table: pa.Table, wanted: list[tuple[str | None, ...]]) -> str:
    """The same through the recipe for Dask."""
    try:
        import dask.dataframe as frames
    except ImportError:
        return "not run: not installed"
    frame = frames.from_pandas(table.to_pandas(), npartitions=4)
    parts = frame.map_partitions(
        lambda part: decide(pa.Table.from_pandas(part, preserve_index=False), REGIONS, DAY).to_pandas()
    )
    return same(pa.Table.from_pandas(parts.compute()), wanted)


def ray(table: pa.Table, wanted: list[tuple[str | None, ...]]) -> str:
    """The same through the recipe for Ray Data."""
    try:
        import ray as engine
    except ImportError:
        return "not run: not installed"
    engine.init(num_cpus=2, logging_level="ERROR", include_dashboard=False)
    try:
        rows = engine.data.from_arrow(table).repartition(4)
        answers = rows.map_batches(lambda part: decide(part, REGIONS, DAY), batch_format="pyarrow")
        parts = engine.get(answers.to_arrow_refs())
        return same(pa.concat_tables(parts, promote_options="permissive"), wanted)
    finally:
        engine.shutdown()


if __name__ == "__main__":
    main()
