"""Where results go: standard output or a file, drawn on a terminal and plain everywhere else."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from exoreg.render.document import Document

COLOR = ("auto", "always", "never")


def write(text: str, output: Path | None) -> None:
    """Writes a result to standard output, or to a file in one step: all of it or nothing.

    Raises:
        click.UsageError: the file cannot be written.
    """
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        return
    if output.is_dir():
        raise click.UsageError(f"cannot write `{output}`: it is a folder")
    draft = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        if output.exists() and not output.is_file():
            # A device or a pipe is written to, never replaced.
            output.write_text(text, encoding="utf-8")
            return
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        reason = (error.strerror or str(error)).lower()
        raise click.UsageError(f"cannot write `{output}`: {reason}") from error


def show(document: Document, output: Path | None, color: str, plain_text: bool) -> None:
    """Writes a document as text: drawn with colour and wrapping on a terminal, plain otherwise."""
    from exoreg.render import text

    if output is None and not plain_text and wants_colour(color):
        from rich.console import Console

        text.draw(
            document,
            Console(force_terminal=True, highlight=False, soft_wrap=False, emoji=False, markup=False),
        )
    elif output is None and not plain_text and sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        from rich.console import Console

        text.draw(document, Console(no_color=True, highlight=False, emoji=False, markup=False))
    else:
        write(text.plain(document), output)


def wants_colour(color: str) -> bool:
    """Whether to colour: as told, else on a terminal unless NO_COLOR is set."""
    if color != "auto":
        return color == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def report(document: Document, format: str, output: Path | None, color: str, plain_text: bool) -> None:
    """Writes a document in one of the formats that people read: ``text``, ``markdown`` or ``html``."""
    if format == "markdown":
        from exoreg.render.markdown import markdown

        write(markdown(document), output)
    elif format == "html":
        from exoreg.render.html import html

        write(html(document), output)
    else:
        show(document, output, color, plain_text)
