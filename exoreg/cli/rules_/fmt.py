"""``exoreg rules fmt``: bring rule files into their one form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exoreg.cli.exits import Exit
from exoreg.cli.output import write
from exoreg.cli.rules_.lint import NothingToRead

if TYPE_CHECKING:
    from pydantic import BaseModel

EPILOG = """\b
Examples:
  exoreg rules fmt my-rules
  exoreg rules fmt --check my-rules
"""


@click.command(epilog=EPILOG)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, default=False, help="Change nothing; exit 1 when a file would change.")
def fmt(paths: tuple[Path, ...], check: bool) -> None:
    """Bring rule files into their one form: keys in a fixed order, text wrapped, comments kept.

    PATH is a folder of rules or a rule file. The names of files that change go to standard output. What a file says
    never changes. Exit 5 when a file cannot be read; the others are still formatted.
    """
    from exoreg.law.format import formatted
    from exoreg.law.places import Place, Problem, RuleBaseError

    problems: list[Problem] = []
    changed = total = 0
    for path, model in _files(paths):
        total += 1
        try:
            text = path.read_text(encoding="utf-8")
            result = formatted(text, str(path), model)
        except RuleBaseError as error:
            problems += error.problems
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            problems.append(Problem(Place(str(path)), f"cannot be read: {reason.lower()}"))
        else:
            if result != text:
                changed += 1
                click.echo(path)
                if not check:
                    write(result, path)
    what = "would change" if check else "changed"
    click.echo(f"{changed} of {total} files {what}", err=True)
    if problems:
        raise RuleBaseError(problems)
    raise click.exceptions.Exit(Exit.FINDINGS if check and changed else Exit.DONE)


def _files(paths: tuple[Path, ...]) -> Iterator[tuple[Path, type[BaseModel]]]:
    """The rule files that the paths name, each with the model of what it holds.

    Raises:
        click.UsageError: there is no such path.
        NothingToRead: a folder holds no rule file.
    """
    from exoreg.law.folders import rule_files

    for path in paths:
        if not path.exists():
            raise click.UsageError(f"`{path}` does not exist")
        found = rule_files(path) if path.is_dir() else [path]
        if not found:
            raise NothingToRead(f"rules folder `{path}` holds no rule file")
        for file in found:
            yield file, _model(file, path if path.is_dir() else path.parent)


def _model(file: Path, folder: Path) -> type[BaseModel]:
    """What a file holds: by the folder that it lies in, at the top of a rule base by its own name."""
    from exoreg.law.load import LISTS, MAPPINGS, RULES

    inside = file.relative_to(folder)
    # The folder named may be part of a rule base.
    around = (folder.absolute().name, *inside.parts[:-1])
    head = next((name for name in around if name in LISTS), inside.stem if len(inside.parts) == 1 else "")
    return MAPPINGS.get(file.name) or LISTS.get(head, RULES)[1]
