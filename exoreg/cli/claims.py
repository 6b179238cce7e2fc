"""``exoreg claims``: labels wording, in whole or line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exoreg.cli.options import output_options, rules_option
from exoreg.cli.output import show, write
from exoreg.cli.vet import NothingToRead, lexicon_folder
from exoreg.offer.document import quoted

if TYPE_CHECKING:
    from exoreg.offer.reading import Reading

EPILOG = """\b
Examples:
  echo "Clears acne and leaves skin looking fresh." | exoreg claims
  exoreg claims leaflet.txt --format json
  exoreg claims --lines < phrases.txt > labelled.jsonl
"""


@click.command(epilog=EPILOG)
@click.argument("file", metavar="[FILE]", default="-", type=click.Path(path_type=Path))
@click.option("--lines", is_flag=True, default=False, help="One text a line in, one JSON object a line out.")
@rules_option
@output_options(("text", "json"))
def claims(
    file: Path,
    lines: bool,
    rules: tuple[Path, ...],
    format: str,
    output: Path | None,
    color: str,
    plain: bool,
) -> None:
    """Label the wording of FILE (plain text; `-` or none for standard input): what it promises, word by word.

    The label is the strongest claim that counts: disease, structure-function, appearance or none. What is
    negated, asked, said of another product or a safety text is shown, and does not count. `none` means that no
    claim was found in this text, not that the product makes none. For PDF, HTML, DOCX and email use `vet`.
    """
    if lines:
        _label_lines(file, rules, output)
        return
    from exoreg.render.claims import claims_data, claims_document
    from exoreg.render.data import as_json

    text = b"".join(_raw_lines(file)).decode("utf-8", "replace")
    if not text.strip():
        raise NothingToRead(f"{quoted(_name(file))} holds no wording")
    data = claims_data(text, read_words(text, rules))
    if format == "json":
        write(as_json(data), output)
    else:
        show(claims_document(data), output, color, plain)


def read_words(text: str, rules: Sequence[Path]) -> Reading:
    """The claims of a text, read with the lexicon of these rules."""
    from exoreg.offer.scan import scan

    return scan(text, rules_dir=lexicon_folder(rules))


def claims_in(texts: Sequence[str], rules: Sequence[Path]) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """For ``check --claim-text``: the words that count, with what they were read as, and the claims they make.

    Raises:
        click.UsageError: wording is in a language that is not read, and so may claim anything.
    """
    from exoreg.render.claims import words_data

    readings = [read_words(text, rules) for text in texts]
    uncovered = dict.fromkeys(language for reading in readings for _, _, language in reading.uncovered)
    if uncovered:
        raise click.UsageError(
            f"`--claim-text` is in a language that is not covered ({', '.join(uncovered)}); "
            "name its claims with `--claim`, or `--claim unknown`"
        )
    words = words_data(readings)
    if not words:
        click.echo(
            "exoreg: no claim was found in `--claim-text`, which is not to say that it makes none", err=True
        )
    return words, tuple(dict.fromkeys(word["label"] for word in words))


def _name(file: Path) -> str:
    return "standard input" if str(file) == "-" else str(file)


def _raw_lines(file: Path) -> Iterator[bytes]:
    """The lines as bytes, each with its end."""
    if str(file) == "-":
        yield from sys.stdin.buffer
        return
    try:
        with file.open("rb") as stream:
            yield from stream
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise NothingToRead(f"{quoted(str(file))} cannot be read: {reason}") from None


def _label_lines(file: Path, rules: Sequence[Path], output: Path | None) -> None:
    """One object for each line, in order; written as soon as it is known, unless it goes to a file."""
    if output is not None and str(output) != "-":
        write("".join(_labelled(file, rules)), output)
        return
    for line in _labelled(file, rules):
        write(line, None)
        sys.stdout.buffer.flush()


def _labelled(file: Path, rules: Sequence[Path]) -> Iterator[str]:
    """The JSON object of each line; a line in a language that is not read is told on standard error."""
    import json

    from exoreg.render.claims import line_data

    number = 0
    for number, raw in enumerate(_raw_lines(file), 1):
        text = raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")
        reading = read_words(text, rules)
        for language in dict.fromkeys(language for _, _, language in reading.uncovered):
            click.echo(f"exoreg: line {number}: language not covered ({language})", err=True)
        yield json.dumps(line_data(text, reading), ensure_ascii=False) + "\n"
    if not number:
        raise NothingToRead(f"{quoted(_name(file))} holds no line")
