"""``exoreg rules diff``: what two rule bases answer differently."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from exoreg.cli.exits import Exit
from exoreg.cli.options import output_options
from exoreg.cli.output import report, write

EPILOG = """\b
Examples:
  exoreg rules diff main:rules rules
  exoreg rules diff HEAD~1:rules HEAD:rules --format markdown --output diff.md
  exoreg rules diff old-rules new-rules --all

Exit codes: 0 when nothing becomes permitted, whatever else differs; 1 when something does, unless
--allow-permit is given; 2 when OLD or NEW names nothing; 5 when one of them is no valid rule base.
"""


@click.command(epilog=EPILOG)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--allow-permit", is_flag=True, default=False, help="Exit 0 even when something becomes permitted."
)
@click.option(
    "--all", "everything", is_flag=True, default=False, help="Leave nothing out, however long it gets."
)
@output_options(("text", "json", "markdown"))
def diff(
    old: str,
    new: str,
    allow_permit: bool,
    everything: bool,
    format: str,
    output: Path | None,
    color: str,
    plain: bool,
) -> None:
    """Compare what two rule bases answer, for every product on every day, and count exactly what changes.

    OLD and NEW are folders, or `revision:path` of git. A folder without a vocabulary lies over the shipped rules. A
    situation is one value for every fact; a group may share situations with another, but the counts by region hold
    each once.
    """
    from exoreg.law.load import load
    from exoreg.lint import diff as compared
    from exoreg.lint.revisions import RevisionError, rule_folder
    from exoreg.render.data import as_json
    from exoreg.render.diff import diff_data, diff_document

    with ExitStack() as stack:
        try:
            folders = [stack.enter_context(rule_folder(word)) for word in (old, new)]
        except RevisionError as error:
            raise click.UsageError(str(error)) from None
        before, after = (load((folder,)) for folder in folders)
    found = compared.diff(before, after)
    if format == "json":
        write(as_json(diff_data(found)), output)
    else:
        report(diff_document(found, everything), format, output, color, plain)
    refused = found.permits and not allow_permit
    raise click.exceptions.Exit(Exit.FINDINGS if refused else Exit.DONE)
