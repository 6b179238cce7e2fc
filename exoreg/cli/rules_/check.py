"""``exoreg rules check``: what CI runs; every lint check, every case, coverage, and on demand mutants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from exoreg.cli.exits import Exit
from exoreg.cli.rules_.lint import chosen_format, folders, lint_options, put

EPILOG = """\b
Examples:
  exoreg rules check
  exoreg rules check my-rules --strict
  exoreg rules check overlay --rules my-rules --format junit --output report.xml
"""


@click.command(epilog=EPILOG)
@lint_options
@click.option("--mutate", is_flag=True, default=False, help="Also count the mutants that no case kills.")
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[Path, ...],
    rules: tuple[Path, ...],
    strict: bool,
    no_ignore: bool,
    as_of: date | None,
    mutate: bool,
    format: str,
    output: Path | None,
    color: str,
    plain: bool,
) -> None:
    """Check everything about rule files in one report: lint, cases, gaps and conflicts.

    Inside GitHub Actions the findings are annotations unless a format is named. Exit 1 when there is an error, with
    --strict also for a warning; 3 when a FOLDER holds no rule file.
    """
    from exoreg.lint import run
    from exoreg.lint.measures import measures

    report, context = run.lint(folders(rules, paths), day=as_of or date.today(), ignore=not no_ignore)
    report = replace(report, measures=measures(context, mutate))
    put(report, chosen_format(ctx, format), output, color, plain)
    raise click.exceptions.Exit(Exit.FINDINGS if report.fails(strict) else Exit.DONE)
