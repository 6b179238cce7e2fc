"""``exoreg batch``: answers for a whole catalogue."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from exoreg.cli.exits import Exit
from exoreg.cli.options import day_option, region_option, resolve_regions, rules_option

if TYPE_CHECKING:
    from exoreg.batch.draft import Progress
    from exoreg.batch.formats import Catalogue
    from exoreg.batch.table import Decider

FORMATS = ("csv", "jsonl", "parquet")

EPILOG = """\b
Examples:
  exoreg batch catalogue.csv --region UK -o answers.csv
  exoreg batch catalogue.parquet -o answers.parquet
  exoreg batch pages.jsonl --text-column page --region US --region EU -o answers.jsonl
  exoreg batch catalogue.csv -o answers.csv --resume
"""


class CatalogueError(click.ClickException):
    """A catalogue that cannot be answered."""

    exit_code = Exit.USAGE


class NothingError(CatalogueError):
    """A catalogue without a row."""

    exit_code = Exit.NOTHING


@click.command(epilog=EPILOG)
@click.argument("file", type=click.Path(path_type=Path))
@region_option
@day_option
@click.option(
    "--text-column", default=None, metavar="NAME", help="A column of free wording, read for claims and facts."
)
@click.option("--strict", is_flag=True, default=False, help="Stop at the first row that cannot be read.")
@click.option("--resume", is_flag=True, default=False, help="Go on with an answer that was cut off.")
@click.option(
    "--from",
    "from_",
    type=click.Choice(FORMATS),
    default=None,
    help="What FILE is, where its ending does not say.",
)
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    default=None,
    help="What is written, where the ending of --output does not say; like FILE when nothing does.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Write to a file."
)
@rules_option
def batch(
    file: Path,
    regions: tuple[str, ...],
    as_of: date | None,
    text_column: str | None,
    strict: bool,
    resume: bool,
    from_: str | None,
    format: str | None,
    output: Path | None,
    rules: tuple[Path, ...],
) -> None:
    """Answer for every product of a catalogue: CSV, JSON Lines or Parquet; `-` reads standard input.

    Facts are columns named source, donor, form, use, claims, setting and evidence, in words as for `check`, several
    separated by `;`. Columns region and as_of say where and when, the options where a row says nothing. One row is
    written for each product and region: its own columns, then region, as_of, status, supply, confidence, decides,
    rules and error. What a row does not state is assumed as in `check`.
    """
    _need_batch()
    from exoreg.batch.draft import Draft, ResumeError
    from exoreg.batch.formats import FormatError, NothingToRead, format_named, format_of
    from exoreg.batch.run import run
    from exoreg.batch.table import Decider, RowError, schema_of
    from exoreg.engine.store import open_base

    output = None if output is None or str(output) == "-" else output
    given = from_ or format_of(file)
    if given is None and not file.exists():
        raise click.UsageError(f"`{file}` does not exist")
    if given is None:
        raise click.UsageError(f"cannot tell what `{file}` is; say it with `--from`")
    wanted = (output and format_of(output)) or format or given
    _check_places(file, output, wanted, resume)
    base = open_base(rules)
    draft = Draft(output, {}) if output and (output.is_file() or not output.exists()) else None
    recorded = draft.recorded("day") if draft and resume and as_of is None else None
    day = as_of or (date.fromisoformat(recorded) if recorded else date.today())
    decider = Decider(base, resolve_regions(base, regions), day, text_column, strict)
    if draft:
        draft.about = _about(file, decider, given, wanted)
    with ExitStack() as stack:
        source = sys.stdin.buffer if str(file) == "-" else stack.enter_context(_open(file))
        into = draft or (stack.enter_context(output.open("wb")) if output else sys.stdout.buffer)
        try:
            catalogue = format_named(given).read(source, text_column, wanted)
            _check_columns(file, catalogue, text_column, anything=given == wanted == "jsonl")
            writer = format_named(wanted).Writer(schema_of(catalogue.schema), catalogue.layout)
            meter = Meter(catalogue.total)
            done = run(catalogue, decider, writer, into, resume, meter.tell)
            meter.close()
        except ResumeError as error:
            raise click.UsageError(str(error)) from None
        except (FormatError, RowError) as error:
            if draft:
                draft.drop()
            if isinstance(error, NothingToRead):
                raise NothingError(f"`{file}` has nothing to read: {error}") from None
            what = f"cannot read `{file}`" if isinstance(error, FormatError) else str(file)
            raise CatalogueError(f"{what}: {error}") from None
    _tell(done, decider)


def _need_batch() -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise click.UsageError("`batch` needs pyarrow and numpy; install `exoreg[batch]`") from None


def _open(file: Path) -> BinaryIO:
    if file.is_dir():
        raise click.UsageError(f"`{file}` is a folder; name a file")
    return file.open("rb")


def _check_places(file: Path, output: Path | None, wanted: str, resume: bool) -> None:
    if output is None and wanted == "parquet":
        raise click.UsageError("Parquet is written to a file; name it with `--output`")
    if output is not None and output.is_dir():
        raise click.UsageError(f"cannot write `{output}`: it is a folder")
    if output is not None and output.exists() and file.exists() and output.samefile(file):
        raise click.UsageError(f"`{output}` is the file that is read; name another with `--output`")
    if resume and (output is None or str(file) == "-"):
        raise click.UsageError("`--resume` needs a file to read and `--output`, a file to go on with")


def _check_columns(file: Path, catalogue: Catalogue, text_column: str | None, anything: bool) -> None:
    """Says when nothing of a catalogue would be read."""
    from exoreg.cli.options import FACT_OPTIONS

    names = catalogue.schema.names
    if text_column is not None and text_column not in names:
        raise click.UsageError(f"`{file}` has no column `{text_column}`; it has {_listed(names)}")
    if text_column is None and not anything and not set(names) & set(FACT_OPTIONS):
        raise click.UsageError(
            f"no column of `{file}` is a fact; facts are {_listed(list(FACT_OPTIONS))}, and it has {_listed(names)}"
        )


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:12])
    return f"{shown} and {len(names) - 12} more" if len(names) > 12 else shown


def _about(file: Path, decider: Decider, given: str, wanted: str) -> dict[str, object]:
    """What an answer is made from, so that only the same is ever continued."""
    try:
        status = file.stat()
    except OSError:
        return {}
    return {
        "catalogue": [str(file.resolve()), status.st_size, status.st_mtime_ns],
        "format": [given, wanted],
        "rule base": decider.base.sha256,
        "region": decider.regions,
        "day": decider.as_of.isoformat(),
        "text column": decider.text_column,
    }


def _tell(done: Progress, decider: Decider) -> None:
    if done.errors:
        click.echo(f"exoreg: {done.errors:,} of {done.answers:,} rows have an error", err=True)
    if decider.as_of > decider.base.review_by:
        click.echo(
            f"exoreg: the rules were to be reviewed by {decider.base.review_by}; "
            "check anew what is permitted before relying on it",
            err=True,
        )


class Meter:
    """Shows on a terminal how many rows are done, how fast, and how long it will take; elsewhere nothing."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._begun = self._shown = time.monotonic()
        self._first: tuple[int, int] | None = None
        self._on = sys.stderr.isatty()

    def tell(self, done: Progress, position: int) -> None:
        """Shows progress, a few times a second."""
        now = time.monotonic()
        if self._first is None:
            # What an earlier run did, or the start-up, says nothing of the speed of this one.
            self._first, self._begun = (done.rows, position), now
        if not self._on or now - self._shown < 0.2 or now == self._begun:
            return
        self._shown = now
        rows, start = self._first
        rate = (done.rows - rows) / (now - self._begun)
        line = f"{done.rows:,} rows · {rate:,.0f} a second"
        if self._total and position > start:
            left = (self._total - position) * (now - self._begun) / (position - start)
            line += f" · {position / self._total:.0%} · {left // 60:.0f}:{left % 60:02.0f} left"
        sys.stderr.write(f"\r{line}\x1b[K")
        sys.stderr.flush()

    def close(self) -> None:
        """Clears the line."""
        if self._on:
            sys.stderr.write("\r\x1b[K")
