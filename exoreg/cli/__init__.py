"""The command line: one file a command, each imported only when it is called."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sys
from typing import Any, NoReturn

import click

from exoreg import __version__
from exoreg.cli.exits import Exit

COMMANDS = {
    "check": "what a product is in law, and why",
    "ask": "the fewest questions that settle the answer, one at a time",
    "vet": "a seller's offer, read and answered for: what it is, what it claims, what to ask",
    "claims": "wording, labelled: disease, structure-function, appearance or none",
    "matrix": "every source and use at once, as a grid",
    "timeline": "when the answer for a product changed and will change",
    "compare": "regions side by side for a product",
    "verify": "an earlier JSON answer, computed anew: same, changed or tampered",
    "page": "one HTML file that answers in a browser, without a network",
    "explain": "a rule, instrument, fact value, argument or lint check: everything known of it",
    "batch": "a catalogue of products: CSV, JSON Lines or Parquet",
    "rules": "check, test, compare and write rule files",
}
"""Every command with one line of help, in the order of the help; its module has a function of the same name."""


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are called, so that each pays for itself alone."""

    def __init__(self, *args: Any, package: str, lazy: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.package, self.lazy = package, lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the help."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports the module of a command and gives the command of the same name."""
        if cmd_name not in self.lazy:
            return None
        module = importlib.import_module(f"{self.package}.{cmd_name.replace('-', '_')}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.lazy.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command; an unknown one is answered with the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            close = difflib.get_close_matches(args[0], self.lazy, n=1)
            hint = f"; did you mean `{close[0]}`?" if close else ""
            raise click.UsageError(f"no command `{args[0]}`{hint}", error.ctx) from None


@click.group(
    cls=LazyGroup,
    package="exoreg.cli",
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="exoreg")
def main() -> None:
    """Classifies a proposed exosome product: drug, cosmetic, unlawful or not settled, with cited reasons.

    \b
    exoreg check --source umbilical --use topical --region UK

    Results go to standard output, everything else to standard error. Not legal advice.
    """


def start() -> NoReturn:
    """The program: `run`, without the interpreter's own clearing up at start and end.

    Collecting cyclic garbage and taking every module apart cost a quarter of a short answer. No command leaves
    anything to clear up: files are closed where they were opened, and output is flushed here.
    """
    gc.set_threshold(100_000)
    _fill_closed_streams()
    code: int | str | None = Exit.FAULT
    try:
        run()
    except SystemExit as ended:
        code = ended.code
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(code if isinstance(code, int) else Exit.DONE)


def _fill_closed_streams() -> None:
    """Puts a file that holds nothing in the place of each standard stream that the caller closed (`>&-`)."""
    # In the order of their numbers, so that each gets its own and no file of a command gets one of them.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _say(message: str) -> None:
    """Writes a message to standard error; when that is full the exit code still tells."""
    with contextlib.suppress(OSError):
        click.echo(message, err=True)


def run() -> NoReturn:
    """Runs a command, and turns every error into one clear line and an exit code."""
    try:
        try:
            code = main(standalone_mode=False)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away (`| head`): that is its right, and no error.
        _discard_output()
        code = Exit.DONE
    except click.exceptions.Exit as error:
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("exoreg: interrupted")
        code = 130
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.format_message())
        code = Exit.USAGE
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        _say(f"exoreg: {one_line(error.format_message())}")
        if isinstance(error, click.UsageError) and context is not None:
            _say(f"see `{context.command_path} --help`")
        code = error.exit_code
    except Exception as error:
        code = _failed(error)
    sys.exit(int(code or Exit.DONE))


def _discard_output() -> None:
    """Sends what standard output still holds nowhere, so that ending does not fail on it once more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def one_line(message: str) -> str:
    """A message as one sentence: lower case at the start, no full stop, no control characters."""
    text = " ".join("".join(char if char.isprintable() else " " for char in message).split()).removesuffix(
        "."
    )
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _failed(error: Exception) -> int:
    from exoreg.engine.determine import GapError
    from exoreg.law.places import RuleBaseError

    if isinstance(error, RuleBaseError):
        for problem in error.problems:
            _say(f"exoreg: {problem}")
        count = len(error.problems)
        if count == 1:
            return Exit.RULE_BASE
        _say(f"exoreg: the rule base has {count} problems")
        return Exit.RULE_BASE
    if isinstance(error, GapError):
        _say(f"exoreg: {error}")
        return Exit.RULE_BASE
    if isinstance(error, OSError):
        _discard_output()
        what = f"`{error.filename}`: " if error.filename else ""
        _say(f"exoreg: {what}{(error.strerror or str(error)).lower()}")
        return Exit.NOTHING if isinstance(error, FileNotFoundError) else Exit.USAGE
    if os.environ.get("EXOREG_DEBUG"):
        raise error
    kind = type(error).__name__
    _say(f"exoreg: internal fault ({kind}: {one_line(str(error))}); please report it")
    _say("set EXOREG_DEBUG=1 to see where")
    return Exit.FAULT
