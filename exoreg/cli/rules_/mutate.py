"""``exoreg rules mutate``: flip one thing at a time and see whether any case notices."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from exoreg.cli.exits import Exit
from exoreg.cli.options import output_options
from exoreg.cli.output import report, write
from exoreg.cli.rules_.lint import folders

EPILOG = """\b
Examples:
  exoreg rules mutate
  exoreg rules mutate my-rules --min 95
  exoreg rules mutate --region UK --format json
"""


@click.command(epilog=EPILOG)
@click.argument("paths", metavar="[FOLDER]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--region", "regions", multiple=True, metavar="REGION", help="Only rules of this region; repeatable."
)
@click.option(
    "--min",
    "least",
    type=click.FloatRange(0, 100),
    default=0.0,
    metavar="PERCENT",
    help="Exit 1 when fewer of the flips are noticed.",
)
@output_options(("text", "json", "markdown"))
def mutate(
    paths: tuple[Path, ...],
    regions: tuple[str, ...],
    least: float,
    format: str,
    output: Path | None,
    color: str,
    plain: bool,
) -> None:
    """Flip one thing of the rules at a time, and show the flips that no case notices.

    A rule, a condition or an override is dropped, a word widened to the one above it, a status or a supply replaced,
    a date moved by a day. Exit 3 when a FOLDER holds no rule file.
    """
    from exoreg.law.load import load
    from exoreg.lint.mutate import mutate as run
    from exoreg.render.data import as_json
    from exoreg.render.exercised import mutation_data, mutation_document

    base = load(folders((), paths))
    for region in regions:
        if region not in base.vocabulary.regions.nodes:
            known = ", ".join(f"`{node}`" for node in base.vocabulary.regions.nodes)
            raise click.UsageError(f"region `{region}` is not encoded; encoded are {known}")
    found = run(base, regions, _progress if sys.stderr.isatty() else None)
    if format == "json":
        write(as_json(mutation_data(found)), output)
    else:
        report(mutation_document(found), format, output, color, plain)
    raise click.exceptions.Exit(Exit.FINDINGS if found.score < least else Exit.DONE)


def _progress(done: int, all: int) -> None:
    """One line on a terminal, written over until all is done."""
    if done % 10 == 0 or done == all:
        click.echo(f"\r{done} of {all} flips" + (" \r" if done == all else ""), err=True, nl=False)
