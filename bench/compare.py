"""Peers side by side: the same rules, the same products, answers compared before anything is timed."""

from __future__ import annotations

import importlib
import os
import tempfile
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa

from bench.batch import answer as answer_table
from bench.batch import as_situations
from bench.generate import STATUSES, make_catalogue, make_rules, vocabulary, write_rules
from bench.measure import about, median_of, seconds, show
from bench.peers import SETS, plain
from exoreg.batch import Decider
from exoreg.batch.cells import gather
from exoreg.batch.table import ROWS as BATCH
from exoreg.engine.build import compile_base
from exoreg.engine.store import CompiledBase
from exoreg.law.load import load

DAY = date(2026, 1, 1)
REGION = "UK"
PER_REGION = 30
PRODUCTS = 2000
ROWS = 1_000_000
ROUNDS = 5
SECONDS = 3.0
PEERS = ("zen", "cel_rust", "cedar", "rego", "jsonlogic", "openfisca", "sql_duckdb", "frame_polars")
MODULES = Path(os.environ.get("NODE_MODULES", "node_modules"))


def main() -> None:
    """Prints the tables."""
    words = vocabulary()
    made = make_rules(PER_REGION)
    with tempfile.TemporaryDirectory() as folder:
        base = CompiledBase(compile_base(load([write_rules(Path(folder), made)])))
    rules = plain(made[REGION], words)
    table = make_catalogue(ROWS, words=words).drop_columns(["id", "name"])
    few = table.slice(0, PRODUCTS)
    products = few.to_pylist()
    for product in products:
        for fact in SETS:
            product[fact] = [leaf for leaf in product[fact].split(";") if leaf]
    situations = as_situations(few)
    region = base.region(REGION)
    wanted = [STATUSES.index(str(region.decide(s, DAY).status)) for s in situations]

    packages = []
    ours = median_of(lambda: [region.decide(s, DAY) for s in situations], 25) / PRODUCTS
    found = [("exoreg", ours * 1e6, 1.0, "")]
    for name in PEERS:
        try:
            peer = importlib.import_module(f"bench.peers.{name}")
            packages.append(peer.PACKAGE)
            decide = peer.prepare(rules)
            once = seconds(lambda decide=decide: decide(products[:20])) / 20
            count = max(20, min(PRODUCTS, int(SECONDS / 5 / once)))
            same = decide(products[:count]) == wanted[:count]
            taken = median_of(lambda decide=decide, count=count: decide(products[:count]), 5) / count
            found.append((peer.NAME, taken * 1e6, taken / ours, said(same, count)))
        except ImportError as error:
            found.append((name, "", "", f"not installed ({error.name})"))
    from bench.peers import jsonlogic

    node = jsonlogic.in_node(rules, products, MODULES.resolve())
    if node is None:
        found.append(("json-logic-engine (Node.js)", "", "", "not installed"))
    else:
        found.append(
            ("json-logic-engine (Node.js)", node[1] * 1e6, node[1] / ours, said(node[0] == wanted, PRODUCTS))
        )
    about("exoreg", *packages)
    show(
        f"One decision, warm; {PER_REGION} rules in the region",
        ("engine", "µs", "× exoreg", "answers"),
        found,
    )
    by_columns(base, rules, table, products)


def said(same: bool, count: int) -> str:
    """Whether the answers agreed."""
    return f"the same on {count:,} products" if same else "DIFFERENT"


def by_columns(base: CompiledBase, rules: list, table: pa.Table, products: list) -> None:
    """A million products at once: each engine in turn, several rounds, so that all meet the same busy moments."""
    from bench.peers import frame_polars, openfisca, sql_duckdb

    decider = Decider(base, [REGION], DAY)
    parts = [part for batch in table.to_batches() for part in decider.batches(batch)]
    statuses = pa.Table.from_batches(parts).column("status").to_pylist()
    wanted = [STATUSES.index(status) for status in statuses]
    distinct = table.append_column("answer", pa.array(wanted)).group_by(table.column_names).aggregate(
        [("answer", "min")]
    ).rename_columns([*table.column_names, "answer"])  # fmt: skip
    encoded = pa.table(
        {name: table.column(name).combine_chunks().dictionary_encode() for name in table.column_names}
    )
    ours = {
        "exoreg, the Arrow table": (lambda: answer_table(decider, table), "all columns of the answer"),
        "exoreg, the Arrow table, status only": (lambda: answer_status(decider, table), "status only"),
        "exoreg, cells numbered before": (
            lambda: answer_table(decider, encoded),
            "all columns of the answer",
        ),
    }
    count = len(products)
    peers = {
        "DuckDB, CASE, one thread, the Arrow table": sql_duckdb.columns(rules, table, loaded=False),
        "DuckDB, CASE, one thread, loaded before": sql_duckdb.columns(rules, table, loaded=True),
        f"DuckDB, join on {distinct.num_rows:,} enumerated rows, one thread, loaded before": sql_duckdb.join(
            distinct, table
        ),
        f"Polars, {frame_polars.threads()} threads, loaded before": frame_polars.columns(rules, table),
        f"OpenFisca, from {count:,}": openfisca.columns(rules, products),
    }
    works = {name: work for name, (work, _) in ours.items()} | peers
    answers = {name: said for name, (_, said) in ours.items()}
    for name, work in peers.items():
        found = np.sort(work()) if "join" in name else np.asarray(work())
        same = np.array_equal(found, np.sort(wanted) if "join" in name else wanted[: len(found)])
        answers[name] = "status only; " + ("the same" if same else "DIFFERENT")
    # Done twice and timed the second time: what one engine leaves in caches and memory must not touch the next.
    rounds = [
        {name: (seconds(work), seconds(work))[1] for name, work in works.items()} for _ in range(ROUNDS)
    ]
    taken = {name: median(times[name] for times in rounds) for name in works}
    taken[f"OpenFisca, from {count:,}"] *= ROWS / count
    first = taken["exoreg, the Arrow table"]
    show(
        f"{ROWS:,} products by columns, medians of {ROUNDS} rounds",
        ("engine", "s", "× exoreg", "answers"),
        [(name, taken[name], taken[name] / first, answers[name]) for name in works],
    )


def answer_status(decider: Decider, table: pa.Table) -> None:
    """Answers a table with statuses alone, as the other engines do, and drops them."""
    for batch in table.to_batches():
        for start in range(0, batch.num_rows, BATCH):
            found = decider._walker(REGION).walk(decider._columns(batch.slice(start, BATCH)))
            gather([[answer.status for answer in decider.answers.known]], found)


if __name__ == "__main__":
    main()
