"""``exoreg verify``: an earlier JSON answer, computed anew."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from exoreg.cli.exits import Exit
from exoreg.cli.options import File, output_options, rules_option
from exoreg.cli.output import report, write

if TYPE_CHECKING:
    from pathlib import Path

EPILOG = """\b
Examples:
  exoreg check --source salmon --use topical --region UK --format json -o answer.json
  exoreg verify answer.json
  exoreg verify answer.json --format json

\b
Exit codes: 0 the same; 1 changed, altered, or no longer computable; 2 not a receipt; 3 no such file.
"""


@click.command(epilog=EPILOG)
@click.argument("file", type=File())
@rules_option
@output_options(("text", "json", "markdown", "html"))
def verify(
    file: Path, rules: tuple[Path, ...], format: str, output: Path | None, color: str, plain: bool
) -> None:
    """Compute the answer in FILE (from `exoreg check --format json`; `-` for standard input) anew.

    Says whether it is the same with the present rule base, which rules changed it, or that it was altered: with the
    same rule base every part is compared, with another one its digest tells.
    """
    from exoreg.engine.receipts import NotAReceipt, read_receipt
    from exoreg.engine.store import open_base
    from exoreg.render.data import CHECK, as_json
    from exoreg.render.verify import verify_data, verify_document

    content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        receipt = read_receipt(content, CHECK)
    except NotAReceipt as error:
        raise click.UsageError(f"`{file}` is not a receipt: {error}") from None
    data = verify_data(open_base(rules), receipt)
    if format == "json":
        write(as_json(data), output)
    else:
        report(verify_document(data), format, output, color, plain)
    if data["verdict"] != "same":
        raise click.exceptions.Exit(Exit.FINDINGS)
