"""``exoreg matrix``: the answer for every source and use at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from exoreg.cli.options import (
    day_option,
    options_for,
    output_options,
    region_option,
    resolve_regions,
    rules_option,
)
from exoreg.cli.output import report, write

if TYPE_CHECKING:
    from pathlib import Path

EPILOG = """\b
Examples:
  exoreg matrix --region UK
  exoreg matrix --region EU --claim hair-growth --by use
  exoreg matrix --region KR --explain
  exoreg matrix --donor autologous --setting clinical-trial --format csv -o matrix.csv
"""


@click.command(epilog=EPILOG)
@region_option
@options_for("claims", "setting", "donor", "form", "evidence")
@day_option
@click.option(
    "--by",
    type=click.Choice(("source", "use")),
    default="source",
    show_default=True,
    help="What the rows are.",
)
@click.option("--explain", is_flag=True, default=False, help="List the rules behind each cell.")
@rules_option
@output_options(("text", "json", "csv", "markdown", "html"))
def matrix(
    regions: tuple[str, ...],
    as_of: date | None,
    by: str,
    explain: bool,
    rules: tuple[Path, ...],
    format: str,
    output: Path | None,
    color: str,
    plain: bool,
    **facts: Any,
) -> None:
    """Show the answer for every source and use: a letter for what it is in law, a mark for its supply.

    Sources that behave alike share a row, uses that behave alike a column. The other facts hold for the whole grid;
    what is not stated is assumed at its most favourable usual value.
    """
    from exoreg.cli.check import make_product
    from exoreg.engine.matrix import grid
    from exoreg.engine.store import open_base
    from exoreg.render.data import as_json
    from exoreg.render.matrix import matrix_csv, matrix_data, matrix_document

    base = open_base(rules)
    product = make_product(base, facts)
    day = as_of or date.today()
    grids = [grid(base, product, region, day) for region in resolve_regions(base, regions)]
    data = matrix_data(base, product, grids)
    if format == "json":
        write(as_json(data), output)
    elif format == "csv":
        write(matrix_csv(data, base.vocabulary), output)
    else:
        report(matrix_document(data, base.vocabulary, by, explain), format, output, color, plain)
