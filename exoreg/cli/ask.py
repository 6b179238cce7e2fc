"""``exoreg ask``: walks a person through exactly the questions that settle the answer."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exoreg.cli.options import (
    day_option,
    fact_options,
    output_options,
    region_option,
    resolve_regions,
    rules_option,
)
from exoreg.cli.output import report, write

if TYPE_CHECKING:
    from exoreg.engine.asking import Next
    from exoreg.engine.store import CompiledBase

EPILOG = """\b
Examples:
  exoreg ask --region UK
  exoreg ask --source human --region US --region EU
"""


@click.command(epilog=EPILOG)
@fact_options
@region_option
@day_option
@rules_option
@output_options(("text", "json", "markdown", "html"))
def ask(
    regions: tuple[str, ...],
    as_of: date | None,
    rules: tuple[Path, ...],
    format: str,
    output: Path | None,
    color: str,
    plain: bool,
    **facts: Any,
) -> None:
    """Ask, one at a time, only what the answer turns on, and stop as soon as it is settled.

    Answer with a number, a word, or `?` when you do not know. Ends in the same answer as `exoreg check`.
    """
    from exoreg.cli.check import make_product
    from exoreg.engine.asking import next_question, product_of
    from exoreg.engine.determine import determine
    from exoreg.engine.store import open_base
    from exoreg.render.data import as_json, check_data

    base = open_base(rules)
    day, where = as_of or date.today(), resolve_regions(base, regions)
    make_product(base, facts)  # Says what is wrong with a word before the first question.
    stated = {
        fact: (words,) if isinstance(words, str) else tuple(words) for fact, words in facts.items() if words
    }
    declined: frozenset[str] = frozenset()
    while question := next_question(base, stated, declined, where, day):
        words = _answer(base, question)
        if words is None:
            declined |= {question.fact}
        else:
            stated[question.fact] = words
    product = product_of(base, stated)
    found = [determine(base, product, region, day) for region in where]
    data = check_data(base, product, found)
    click.echo(f"\nThe same answer: {_command(base, stated, where)}\n", err=True)
    if format == "json":
        write(as_json(data), output)
    else:
        from exoreg.render.report import check_document

        report(check_document(data, base.vocabulary), format, output, color, plain)


def _answer(base: CompiledBase, question: Next) -> tuple[str, ...] | None:
    """Asks until the answer can be read; None when the person does not know."""
    from exoreg.facts.vocabulary import UNKNOWN_WORDS, WordError

    tree = base.vocabulary.facts[question.fact]
    click.echo(f"\n{tree.ask}", err=True)
    for number, choice in enumerate(question.choices, 1):
        click.echo(f"  {number}  {choice.title}", err=True)
    several = " (several with commas; 0 for none)" if tree.is_set else ""
    while True:
        typed: str = click.prompt(f"number, word or ?{several}", err=True)
        parts = (
            [part.strip() for part in typed.split(",") if part.strip()] if tree.is_set else [typed.strip()]
        )
        if any(part.casefold() in UNKNOWN_WORDS for part in parts):
            return None
        if tree.is_set and parts in (["0"], ["none"]):
            return tree.default or ()
        words = []
        for part in parts:
            if part.isdigit() and 0 < int(part) <= len(question.choices):
                words.append(question.choices[int(part) - 1].id)
                continue
            try:
                words.append(tree.resolve(part))
            except WordError as error:
                near = f"; did you mean `{error.nearest[0]}`?" if error.nearest else ""
                click.echo(f"`{part}` is none of these{near}", err=True)
        if words and len(words) == len(parts):
            return tuple(words)


def _command(base: CompiledBase, stated: dict[str, tuple[str, ...]], regions: list[str]) -> str:
    """The `check` that gives the same answer."""
    parts = ["exoreg", "check"]
    for fact, tree in base.vocabulary.facts.items():
        flag = "--claim" if fact == "claims" else f"--{fact}"
        if fact in stated and not stated[fact]:
            continue
        for word in stated.get(fact, ("?",)):
            parts += [flag, tree.resolve(word) if word != "?" else word]
    for region in regions:
        parts += ["--region", region]
    return shlex.join(parts)
