"""``exoreg rules schema``: JSON Schemas of rule files, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from exoreg.cli.options import rules_option
from exoreg.cli.output import write

EPILOG = """\b
Examples:
  exoreg rules schema rule
  exoreg rules schema --all schemas/rules
  exoreg rules schema case --rules my-rules --output case.schema.json
"""


@click.command(epilog=EPILOG)
@click.argument("kind", required=False)
@click.option(
    "--all",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar="DIR",
    help="Write the schema of every kind to this folder.",
)
@rules_option
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Write to a file."
)
def schema(kind: str | None, folder: Path | None, rules: tuple[Path, ...], output: Path | None) -> None:
    """Write the JSON Schema of one KIND of rule file: its keys, what they mean, and the words of the vocabulary.

    An editor with a YAML language server shows them when a file's first line names the schema:
    `# yaml-language-server: $schema=PATH`.
    """
    from exoreg.law.load import load
    from exoreg.law.messages import nearest
    from exoreg.law.schema import KINDS, written

    if (kind is None) == (folder is None):
        raise click.UsageError(f"name a kind of file or `--all DIR`; kinds are {', '.join(KINDS)}")
    if kind is not None and kind not in KINDS:
        hint = nearest(kind, KINDS) or f"kinds are {', '.join(KINDS)}"
        raise click.UsageError(f"no rule file is of the kind `{kind}`; {hint}")
    vocabulary = load(rules).vocabulary
    if kind is not None:
        write(written(kind, vocabulary), output)
        return
    assert folder is not None
    folder.mkdir(parents=True, exist_ok=True)
    for each in KINDS:
        write(written(each, vocabulary), folder / f"{each}.schema.json")
