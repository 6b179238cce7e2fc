"""``exoreg rules export``: tables and a query that answer as ``check`` does."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from exoreg.batch import decide
from exoreg.cli import run
from exoreg.engine.store import CompiledBase
from tests.batch.products import ANSWER, DAY, catalogue

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")


def exported(monkeypatch: pytest.MonkeyPatch, folder: Path, *regions: str) -> None:
    """Runs the command."""
    asked = [word for region in regions for word in ("--region", region)]
    monkeypatch.setattr(sys, "argv", ["exoreg", "rules", "export", str(folder), *asked, "--as-of", str(DAY)])
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 0


def answered(folder: Path, products: pa.Table) -> list[tuple[str, ...]]:
    """Runs the query as it was written, in DuckDB."""
    with duckdb.connect() as connection:
        connection.register("products", products)
        query = (folder / "decide.sql").read_text().replace("'./", f"'{folder}/")
        rows = connection.sql(query).to_arrow_table().to_pylist()
    return sorted((str(row["n"]), row["region"], *(str(row[name]) for name in ANSWER)) for row in rows)


def test_the_query_answers_as_batch(
    compiled: CompiledBase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Joined in SQL, products of which everything is known have the answers of `batch`."""
    exported(monkeypatch, tmp_path, "US", "JP")
    columns: dict[str, list[object]] = {**catalogue(compiled.vocabulary, 400, seed=3, known=True)}
    columns["source"][:4] = ["Fat", "  salmon ", "WHARTON'S JELLY", "PRP"]
    columns["donor"][:4] = ["", None, "own", ""]
    columns["claims"][:4] = ["disease; appearance", ";hair-growth;", None, "disease;disease"]
    columns["n"] = list(range(400))
    products = pa.table(columns)
    found = decide(products, ["US", "JP"], DAY, compiled).to_pylist()
    wanted = sorted((str(row["n"]), row["region"], *(str(row[name]) for name in ANSWER)) for row in found)
    assert answered(tmp_path, products) == wanted


def test_what_the_tables_do_not_know_has_no_answer(
    compiled: CompiledBase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A cell that the tables do not know leaves its product without an answer, never with a wrong one."""
    exported(monkeypatch, tmp_path, "EU")
    row = dict.fromkeys(compiled.vocabulary.facts, "") | {"source": "rose", "use": "topical"}
    rows = [
        row,
        row | {"source": "human"},
        row | {"use": "?"},
        row | {"claims": "diseas"},
        row | {"donor": "own"},
    ]
    found = answered(tmp_path, pa.Table.from_pylist([one | {"n": n} for n, one in enumerate(rows)]))
    assert [line[2] for line in found] == ["cosmetic", "None", "None", "None", "None"]
    assert json.dumps(found[0][3]) == '"permitted"'
