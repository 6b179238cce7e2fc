"""``exoreg rules coverage``: what no case exercises."""

from __future__ import annotations

from pathlib import Path

import click

from exoreg.cli.exits import Exit
from exoreg.cli.options import output_options
from exoreg.cli.output import report, write
from exoreg.cli.rules_.lint import folders

EPILOG = """\b
Examples:
  exoreg rules coverage
  exoreg rules coverage my-rules --min 95
"""


@click.command(epilog=EPILOG)
@click.argument("paths", metavar="[FOLDER]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--min",
    "least",
    type=click.FloatRange(0, 100),
    default=0.0,
    metavar="PERCENT",
    help="Exit 1 when less than this is exercised.",
)
@output_options(("text", "json", "markdown"))
def coverage(
    paths: tuple[Path, ...], least: float, format: str, output: Path | None, color: str, plain: bool
) -> None:
    """Show which rules, overrides, values of facts and dates no case exercises.

    Exit 3 when a FOLDER holds no rule file.
    """
    from exoreg.law.load import load
    from exoreg.lint.coverage import coverage as measure
    from exoreg.render.data import as_json
    from exoreg.render.exercised import coverage_data, coverage_document

    found = measure(load(folders((), paths)))
    if format == "json":
        write(as_json(coverage_data(found)), output)
    else:
        report(coverage_document(found), format, output, color, plain)
    raise click.exceptions.Exit(Exit.FINDINGS if found.percent < least else Exit.DONE)
