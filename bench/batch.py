"""Batch: a million decisions by rows and by columns, and whole files in and out."""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from bench.generate import make_catalogue
from bench.measure import about, median_of, peak_of, seconds, show
from exoreg.batch import Decider
from exoreg.engine.store import open_base
from exoreg.facts.product import Situation

DAY = date(2026, 11, 22)
ROWS = 1_000_000


def main() -> None:
    """Prints the tables."""
    about("exoreg", "numpy", "pyarrow")
    base = open_base()
    table = make_catalogue(ROWS, words=base.vocabulary)
    encoded = pa.table(
        {name: column.dictionary_encode() if name not in ("id", "name") else column
         for name, column in zip(table.column_names, table.columns, strict=True)}
    ).combine_chunks()  # fmt: skip
    rows = []
    for regions in (["UK"], ["US"], list(base.roots)):
        cold = Decider(base, regions, DAY)
        first = seconds(lambda cold=cold: answer(cold, table))
        warm = median_of(lambda cold=cold: answer(cold, table), 5)
        known = median_of(lambda cold=cold: answer(cold, encoded), 5)
        rows.append((" ".join(regions), first, warm, known, warm / len(regions)))
    show(
        f"{ROWS:,} products by columns, seconds",
        ("regions", "first time", "again", "again, cells numbered by the reader", "for a region"),
        rows,
    )
    region = base.region("UK")
    situations = as_situations(table.slice(0, 100_000))
    by_rows = median_of(lambda: [region.decide(situation, DAY) for situation in situations], 5)
    show("By rows, seconds", ("100,000 situations", "for a million"), [(by_rows, by_rows * 10)])
    files(table)


def answer(decider: Decider, table: pa.Table) -> None:
    """Answers a table and drops the answers."""
    for batch in table.to_batches():
        for _ in decider.batches(batch):
            pass


def as_situations(table: pa.Table) -> list[Situation]:
    """The rows of a table as situations."""
    columns = {name: table.column(name).to_pylist() for name in Situation._fields}
    for name in ("claims", "evidence"):
        columns[name] = [frozenset(filter(None, cell.split(";"))) for cell in columns[name]]
    return [Situation(*row) for row in zip(*columns.values(), strict=True)]


def files(table: pa.Table) -> None:
    """Whole runs of the program, for files of two lengths."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for count in (ROWS // 4, ROWS):
            part = table.slice(0, count)
            given = {name: Path(folder, f"in.{name}") for name in ("csv", "jsonl", "parquet")}
            arrow_csv.write_csv(part, given["csv"])
            pq.write_table(part, given["parquet"])
            make = [sys.executable, "-m", "exoreg", "batch", "--as-of", str(DAY), "--region", "UK"]
            with given["jsonl"].open("w") as lines:
                lines.writelines(json.dumps(row) + "\n" for row in part.to_pylist())
            for name, path in given.items():
                size = path.stat().st_size / 1e6
                taken, peak = peak_of([*make, str(path), "-o", str(Path(folder, f"out.{name}"))])
                rows.append((name, f"{count:,}", size, taken, count / taken / 1e6, peak))
    show(
        "Whole files, one region",
        ("format", "rows", "MB in", "seconds", "million rows a second", "peak MB"),
        rows,
    )


if __name__ == "__main__":
    main()
