"""``exoreg page``: one file that answers in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from exoreg.cli.options import rules_option
from exoreg.cli.output import write

EPILOG = """\b
Examples:
  exoreg page -o exoreg.html
  exoreg page --rules my-rules > exoreg.html
"""


@click.command(epilog=EPILOG)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="Write to a file. Left out: standard output.",
)
@rules_option
def page(output: Path | None, rules: tuple[Path, ...]) -> None:
    """Write one HTML file with the look-up and the table of sources and uses, for a browser, offline.

    It needs no network and asks for none: open it from a disk, send it, or put it on any web server. An answer can be
    linked by the page's address.
    """
    from exoreg.engine.store import open_base
    from exoreg.render.page import page as page_of

    write(page_of(open_base(rules)), output)
