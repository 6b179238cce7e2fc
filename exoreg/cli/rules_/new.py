"""``exoreg rules new``: begin a rule, an instrument or a region."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exoreg.cli.options import Day
from exoreg.cli.output import write

if TYPE_CHECKING:
    from exoreg.law.scaffold import Files

EPILOG = """\b
Examples:
  exoreg rules new region RT --title Ruritania --since 2015-01-01 --into my-rules
  exoreg rules new instrument rt-cosmetics-2 --region RT --into my-rules
  exoreg rules new rule rt.cosmetic.plant --into my-rules
"""

into = click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="The folder of the rule base.",
)


@click.group(epilog=EPILOG)
def new() -> None:
    """Begin a rule, an instrument or a region: valid at once, with TODO wherever a person must write.

    The names of the files written go to standard output; nothing that is there is lost.
    """


@new.command()
@click.argument("id")
@click.option("--title", required=True, help="What the region is called.")
@click.option(
    "--since",
    type=Day(),
    default=None,
    metavar="DAY",
    help="The first day whose law you encode. Left out: today.",
)
@into
def region(id: str, title: str, since: date | None, folder: Path) -> None:
    """Begin the region ID (two capital letters), in a rule base that is there or in one of its own."""
    from exoreg.law.scaffold import new_region

    today = date.today()
    _write(lambda: new_region(folder, id, title, since or today, today))


@new.command()
@click.argument("id")
@click.option("--region", required=True, metavar="REGION", help="The region whose law it is.")
@into
def instrument(id: str, region: str, folder: Path) -> None:
    """Begin the instrument ID, one legal source with a pinpoint."""
    from exoreg.law.scaffold import new_instrument

    _write(lambda: new_instrument(folder, id, region, date.today()))


@new.command()
@click.argument("id")
@into
def rule(id: str, folder: Path) -> None:
    """Begin the rule ID, which is `<region>.<subject>.<name>`: it goes to the file of its region and subject."""
    from exoreg.law.scaffold import new_rule

    _write(lambda: new_rule(folder, id, date.today()))


def _write(make: Callable[[], Files]) -> None:
    from exoreg.law.scaffold import ScaffoldError

    try:
        files = make()
    except ScaffoldError as error:
        raise click.UsageError(str(error)) from None
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write(text, path)
        click.echo(path)
