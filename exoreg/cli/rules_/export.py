"""``exoreg rules export``: the decision table as Parquet, with SQL that joins on it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from exoreg.cli.options import day_option, region_option, resolve_regions, rules_option
from exoreg.cli.output import write

EPILOG = """\b
Example:
  exoreg rules export tables --region UK
  cd tables && duckdb -c "CREATE VIEW products AS FROM '../catalogue.csv'" -f decide.sql
"""


@click.command(epilog=EPILOG)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@region_option
@day_option
@rules_option
def export(folder: Path, regions: tuple[str, ...], as_of: date | None, rules: tuple[Path, ...]) -> None:
    """Write the decision table to FOLDER, for warehouses that run no Python.

    FOLDER gets words.parquet and origins.parquet (which cell means what), decisions.parquet (the answer for every
    combination) and decide.sql (the query, in the dialect of DuckDB). The tables hold for one day.
    """
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise click.UsageError("`rules export` needs pyarrow and numpy; install `exoreg[batch]`") from None
    from exoreg.batch.export import sql, tables
    from exoreg.engine.store import open_base

    base = open_base(rules)
    day = as_of or date.today()
    found = tables(base, resolve_regions(base, regions), day)
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in found.items():
        draft = folder / f".{name}.{os.getpid()}.part"
        try:
            pq.write_table(table, draft)
            draft.replace(folder / f"{name}.parquet")
        finally:
            draft.unlink(missing_ok=True)
        click.echo(f"exoreg: {name}.parquet, {table.num_rows:,} rows", err=True)
    write(sql(base, day), folder / "decide.sql")
    click.echo("exoreg: decide.sql", err=True)
