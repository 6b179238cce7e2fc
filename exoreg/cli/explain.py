"""``exoreg explain``: everything known of a rule, instrument, fact, value, region, argument or lint check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exoreg.cli.options import output_options, rules_option
from exoreg.cli.output import report, write

if TYPE_CHECKING:
    from pathlib import Path


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from exoreg.engine.store import open_base
    from exoreg.render.explain import known_words

    words = dict.fromkeys(known_words(open_base()))
    return [word for word in words if word.casefold().startswith(incomplete.casefold())]


EPILOG = """\b
Examples:
  exoreg explain source
  exoreg explain uk-cosreg-a2-416
  exoreg explain off-label
  exoreg explain UK
"""


@click.command(epilog=EPILOG)
@click.argument("id", shell_complete=_complete)
@rules_option
@output_options(("text", "json", "markdown", "html"))
def explain(
    id: str, rules: tuple[Path, ...], format: str, output: Path | None, color: str, plain: bool
) -> None:
    """Show everything known of ID: a rule, instrument, fact, fact value, region, seller's argument or lint check."""
    from exoreg.engine.store import open_base
    from exoreg.render.data import as_json
    from exoreg.render.explain import explain_data, explain_document, known_words

    base = open_base(rules)
    data = explain_data(base, id)
    if data is None:
        import difflib

        near = difflib.get_close_matches(id, known_words(base), n=2, cutoff=0.5)
        hint = f"; did you mean {' or '.join(f'`{word}`' for word in near)}?" if near else ""
        raise click.UsageError(f"nothing has the id `{id}`{hint}")
    if format == "json":
        write(as_json(data), output)
    else:
        report(explain_document(data), format, output, color, plain)
