"""``exoreg compare``: regions side by side for a product."""

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
  exoreg compare --source umbilical --use topical
  exoreg compare --source salmon --use microneedled --region UK --region KR
  exoreg compare --source rose --use topical --region EU --region FR --format markdown
"""


@click.command(epilog=EPILOG)
@fact_options
@region_option
@day_option
@rules_option
@output_options(("text", "json", "markdown", "html"))
def compare(
    regions: tuple[str, ...],
    as_of: date | None,
    rules: tuple[Path, ...],
    format: str,
    output: Path | None,
    color: str,
    plain: bool,
    **facts: Any,
) -> None:
    """Set the answers of several regions side by side: what is the same and what differs."""
    from exoreg.cli.check import make_product
    from exoreg.engine.determine import determine
    from exoreg.engine.store import open_base
    from exoreg.render.compare import compare_data, compare_document
    from exoreg.render.data import as_json

    base = open_base(rules)
    product = make_product(base, facts)
    where = resolve_regions(base, regions)
    if len(where) < 2:
        raise click.UsageError(f"there is nothing to compare `{where[0]}` with; name another `--region`")
    day = as_of or date.today()
    data = compare_data(base, product, [determine(base, product, region, day) for region in where])
    if format == "json":
        write(as_json(data), output)
    else:
        report(compare_document(data, base.vocabulary), format, output, color, plain)
