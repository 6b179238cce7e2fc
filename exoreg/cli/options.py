"""Options that several commands share, and the types that complete in the shell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from exoreg.cli.output import COLOR

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from exoreg.engine.store import CompiledBase
    from exoreg.facts.vocabulary import Tree

Command = TypeVar("Command", bound=Callable[..., Any])

FACT_OPTIONS = {
    "source": "What the exosomes come from.",
    "donor": "Whose cells they are.",
    "form": "What is in the vial.",
    "use": "How it is put on or into the body.",
    "claims": "What is claimed of it; repeat for more.",
    "setting": "Sold, in a trial, made in the clinic, or labelled for research.",
    "evidence": "A document that the seller has really produced; repeat for more.",
}


class Word(click.ParamType[str]):
    """A word of the vocabulary: completes in the shell; resolved later, against the rule base in use."""

    name = "word"

    def __init__(self, fact: str) -> None:
        self.fact = fact

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The ids of the fact's values that begin like the word."""
        from click.shell_completion import CompletionItem

        from exoreg.engine.store import open_base

        vocabulary = open_base().vocabulary
        tree: Tree = vocabulary.regions if self.fact == "region" else vocabulary.facts[self.fact]
        return [
            CompletionItem(node.id, help=node.title)
            for node in tree.nodes.values()
            if node.id.casefold().startswith(incomplete.casefold())
        ]


def complete_file(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leaves completion to the shell's own for files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


class File(click.ParamType["Path"]):
    """The path of a file or folder. Imports pathlib only when a path is given: it costs as much as an answer."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path."""
        from pathlib import Path

        return Path(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Leaves completion to the shell's own for files."""
        return complete_file(ctx, param, incomplete)


class Day(click.ParamType[date]):
    """A day like 2026-11-22."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Reads the day, or fails with what is allowed."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"`{value}` is not a day; write it like 2026-11-22", param, ctx)


def fact_options(command: Command) -> Command:
    """One option for each fact of a product."""
    return options_for(*FACT_OPTIONS)(command)


def _only_one(ctx: click.Context, param: click.Parameter, words: tuple[str, ...]) -> str | None:
    """The one word of a fact that has one value. Taking the last of several would hide a stricter one."""
    if len(set(words)) > 1:
        listed = " and ".join(f"`{word}`" for word in dict.fromkeys(words))
        raise click.UsageError(
            f"`{param.opts[0]}` is given as {listed}; a product has one, or it is `?`", ctx
        )
    return words[0] if words else None


def options_for(*facts: str) -> Callable[[Command], Command]:
    """One option for each of these facts."""

    def add(command: Command) -> Command:
        for fact in reversed(facts):
            many = fact in ("claims", "evidence")
            flag = "--claim" if fact == "claims" else f"--{fact}"
            command = click.option(
                flag,
                fact,
                type=Word(fact),
                multiple=True,
                default=(),
                callback=None if many else _only_one,
                metavar="WORD",
                help=FACT_OPTIONS[fact],
            )(command)
        return command

    return add


def region_option(command: Command) -> Command:
    """``--region``, repeatable; none means all five."""
    return click.option(
        "--region",
        "regions",
        type=Word("region"),
        multiple=True,
        default=(),
        metavar="REGION",
        help="Where; repeat for more. Left out: all regions.",
    )(command)


def day_option(command: Command) -> Command:
    """``--as-of``."""
    return click.option(
        "--as-of", type=Day(), default=None, metavar="DAY", help="The day to answer for. Left out: today."
    )(command)


def rules_option(command: Command) -> Command:
    """``--rules``."""
    return click.option(
        "--rules",
        type=File(),
        multiple=True,
        default=(),
        metavar="DIR",
        help="A folder of rules laid over the shipped ones, or in their place when it is whole; repeatable.",
    )(command)


def output_options(formats: Sequence[str]) -> Callable[[Command], Command]:
    """``--format``, ``--output``, ``--color`` and ``--plain``."""

    def add(command: Command) -> Command:
        command = click.option(
            "--plain", is_flag=True, default=False, help="Text without colour, drawing or wrapping."
        )(command)
        command = click.option(
            "--color", type=click.Choice(COLOR), default="auto", show_default=True, help="Colour the text."
        )(command)
        command = click.option(
            "--output",
            "-o",
            type=File(),
            default=None,
            metavar="FILE",
            help="Write to a file.",
        )(command)
        return click.option(
            "--format",
            "format",
            type=click.Choice(formats),
            default="text",
            show_default=True,
            help="The format.",
        )(command)

    return add


def exit_code_option(command: Command) -> Command:
    """``--exit-code``."""
    return click.option(
        "--exit-code",
        is_flag=True,
        default=False,
        help="Exit 1 when a supply is not permitted, 4 when it is only unsettled.",
    )(command)


def resolve_regions(base: CompiledBase, words: Sequence[str]) -> list[str]:
    """The regions asked for, in the order asked; all root regions when none is.

    Raises:
        click.UsageError: a region is not encoded; says which are.
    """
    from exoreg.facts.vocabulary import WordError

    tree = base.vocabulary.regions
    if not words:
        return list(base.roots)
    found = []
    for word in words:
        try:
            found.append(tree.resolve(word))
        except WordError:
            # Only a slip of the pen is mended: another country is never taken for one that is encoded.
            close = tree.nearest(word, 1, 0.8)
            near = f"; did you mean `{close[0]}`?" if close else ""
            encoded = ", ".join(f"`{region}`" for region in tree.nodes)
            raise click.UsageError(f"region `{word}` is not encoded; encoded are {encoded}{near}") from None
    return list(dict.fromkeys(found))
