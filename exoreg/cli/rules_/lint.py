"""``exoreg rules lint``: everything that can be wrong with rule files, in one run."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from exoreg.cli.exits import Exit
from exoreg.cli.options import Day, output_options, rules_option
from exoreg.cli.output import show, write
from exoreg.lint.formats import FORMATS

if TYPE_CHECKING:
    from exoreg.lint.finding import Report

Command = TypeVar("Command", bound=Callable[..., Any])

EPILOG = """\b
Examples:
  exoreg rules lint
  exoreg rules lint my-rules --check gap --check conflict
  exoreg rules lint my-rules --format sarif --output lint.sarif
  exoreg explain gap
"""


class NothingToRead(click.ClickException):
    """A folder without a rule file: not success, and not a fault of the rules."""

    exit_code = Exit.NOTHING


def lint_options(command: Command) -> Command:
    """What ``rules lint`` and ``rules check`` share: folders, format, and how strict to be."""
    for option in (
        output_options(FORMATS),
        click.option(
            "--as-of",
            type=Day(),
            default=None,
            metavar="DAY",
            help="The day on which reviews and suppressions are judged. Left out: today.",
        ),
        click.option(
            "--no-ignore", is_flag=True, default=False, help="Show what is suppressed in the files too."
        ),
        click.option("--strict", is_flag=True, default=False, help="Exit 1 for warnings too."),
        rules_option,
        click.argument("paths", nargs=-1, metavar="[FOLDER]...", type=click.Path(path_type=Path)),
    ):
        command = option(command)
    return command


@click.command(epilog=EPILOG)
@lint_options
@click.option("--check", "only", multiple=True, metavar="ID", help="Only this check; repeat for more.")
@click.pass_context
def lint(
    ctx: click.Context,
    paths: tuple[Path, ...],
    rules: tuple[Path, ...],
    strict: bool,
    no_ignore: bool,
    as_of: date | None,
    only: tuple[str, ...],
    format: str,
    output: Path | None,
    color: str,
    plain: bool,
) -> None:
    """Find what is wrong with rule files: the shipped ones, or the FOLDERs laid over them or in their place.

    Findings go to standard output, the summary to standard error. Exit 1 when there is an error, 3 when a folder
    holds no rule file. `exoreg explain ID` says what a check finds and what to do.
    """
    from exoreg.lint import run

    known_checks(only)
    report, _ = run.lint(folders(rules, paths), day=as_of or date.today(), only=only, ignore=not no_ignore)
    put(report, chosen_format(ctx, format), output, color, plain)
    raise click.exceptions.Exit(Exit.FINDINGS if report.fails(strict) else Exit.DONE)


def folders(rules: tuple[Path, ...], paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders to read, those of ``--rules`` first.

    Raises:
        click.UsageError: one is no folder.
        NothingToRead: one holds no rule file.
    """
    from exoreg.law.folders import rule_files

    for folder in (*rules, *paths):
        if not folder.is_dir():
            state = (
                "is not a folder; name the folder that it lies in" if folder.exists() else "does not exist"
            )
            raise click.UsageError(f"rules folder `{folder}` {state}")
        if not rule_files(folder):
            raise NothingToRead(f"rules folder `{folder}` holds no rule file")
    return (*rules, *paths)


def known_checks(ids: tuple[str, ...]) -> None:
    """Refuses ids that no check has.

    Raises:
        click.UsageError: names the nearest id.
    """
    from exoreg.law.messages import nearest
    from exoreg.lint.checks import IDS

    for id in ids:
        if id not in IDS:
            hint = nearest(id, IDS) or f"known are {', '.join(IDS)}"
            raise click.UsageError(f"no check has the id `{id}`; {hint}")


def chosen_format(ctx: click.Context, format: str) -> str:
    """The format asked for; inside GitHub Actions annotations, when none was."""
    asked = ctx.get_parameter_source("format") is not click.core.ParameterSource.DEFAULT
    return "github" if not asked and os.environ.get("GITHUB_ACTIONS") == "true" else format


def put(report: Report, format: str, output: Path | None, color: str, plain: bool) -> None:
    """Writes the findings to standard output or a file, and the summary to standard error."""
    from exoreg.lint.formats import written

    if format == "text" and report.findings:
        from exoreg.lint.formats.text import document

        show(document(report), output, color, plain)
    else:
        write(written(report, format), output)
    click.echo(report.summary(), err=True)
    for name, measure in report.measures.items():
        click.echo(f"{name}: {measure}", err=True)
    if report.held_back:
        told = ", ".join(report.held_back)
        click.echo(f"held back, because part of the rule base could not be read: {told}", err=True)
