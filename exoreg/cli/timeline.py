"""``exoreg timeline``: when the answer for a product changed and will change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from exoreg.cli.options import (
    day_option,
    fact_options,
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
  exoreg timeline --source umbilical --use topical --region UK
  exoreg timeline --source bovine-other --use topical --region EU --explain
  exoreg timeline --source rose --use topical --region KR --format json -o rose.json
"""


@click.command(epilog=EPILOG)
@fact_options
@region_option
@day_option
@click.option("--explain", is_flag=True, default=False, help="Show every day and every detail.")
@rules_option
@output_options(("text", "json", "markdown", "html"))
def timeline(
    regions: tuple[str, ...],
    as_of: date | None,
    explain: bool,
    rules: tuple[Path, ...],
    format: str,
    output: Path | None,
    color: str,
    plain: bool,
    **facts: Any,
) -> None:
    """Show the days on which the answer for a product changed or will change, and which rules did it.

    Days on which only conditions, cautions, grounds or the like change are marked as such. `--as-of` is the day that
    counts as now.
    """
    from exoreg.cli.check import make_product
    from exoreg.engine.store import open_base
    from exoreg.engine.timeline import timeline as turns
    from exoreg.render.data import as_json
    from exoreg.render.timeline import timeline_data, timeline_document

    base = open_base(rules)
    product = make_product(base, facts)
    found = {region: list(turns(base, product, region)) for region in resolve_regions(base, regions)}
    data = timeline_data(base, product, as_of or date.today(), found)
    if format == "json":
        write(as_json(data), output)
    else:
        report(timeline_document(data, base.vocabulary, explain), format, output, color, plain)
