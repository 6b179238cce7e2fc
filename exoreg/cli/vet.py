"""``exoreg vet``: reads a seller's offer and answers for what it is, what it claims and what to ask."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exoreg.cli.check import exit_for
from exoreg.cli.exits import Exit
from exoreg.cli.options import (
    FACT_OPTIONS,
    complete_file,
    day_option,
    exit_code_option,
    output_options,
    region_option,
    resolve_regions,
    rules_option,
)
from exoreg.cli.output import report, write

if TYPE_CHECKING:
    from exoreg.engine.store import CompiledBase
    from exoreg.facts.vocabulary import Vocabulary
    from exoreg.offer.document import Offer
    from exoreg.offer.vet import Vetting

EPILOG = """\b
Examples:
  exoreg vet brochure.pdf --region UK
  exoreg vet offer.eml --region US --region KR --explain
  exoreg vet page.html --set source=umbilical --set use=injection
  pdftotext leaflet.pdf - | exoreg vet - --format json
"""


@click.command(epilog=EPILOG)
@click.argument("offer", metavar="OFFER", shell_complete=complete_file)
@region_option
@day_option
@click.option(
    "--set",
    "by_hand",
    multiple=True,
    metavar="FACT=WORD",
    help="Correct or add a fact by hand; repeat a fact for more of its values.",
)
@click.option(
    "--explain", is_flag=True, default=False, help="Show every quote and all that stands behind it."
)
@rules_option
@output_options(("text", "json", "markdown", "html"))
@exit_code_option
def vet(
    offer: str,
    regions: tuple[str, ...],
    as_of: date | None,
    by_hand: tuple[str, ...],
    explain: bool,
    rules: tuple[Path, ...],
    format: str,
    output: Path | None,
    color: str,
    plain: bool,
    exit_code: bool,
) -> None:
    """Read OFFER (text, Markdown, HTML, PDF, DOCX or email; `-` for standard input) and answer for it.

    Says what the product is, what is claimed of it, where that leaves it in law, what is wrong with the pitch,
    and what to ask. What the offer says in several ways is answered for each, and the strictest answer stands
    first. A seller's word is never evidence: documents count once you have seen them and named them with --set.
    """
    from exoreg.engine.store import open_base
    from exoreg.render.data import as_json
    from exoreg.render.vet import vet_data

    base = open_base(rules)
    chosen = resolve_regions(base, regions)
    facts = facts_by_hand(base, by_hand)
    document = read(offer)
    vetting = _vetted(base, document, chosen, as_of or date.today(), facts, lexicon_folder(rules))
    data = vet_data(base, vetting)
    if format == "json":
        write(as_json(data), output)
    else:
        from exoreg.render.vet_report import vet_document

        report(vet_document(data, base.vocabulary, explain), format, output, color, plain)
    if exit_code:
        raise click.exceptions.Exit(exit_for(found["supply"] for found in data["determinations"]))


def read(name: str) -> Offer:
    """The offer in a file or on standard input; ends the command when there is nothing to read in it."""
    from exoreg.offer.document import OfferError, quoted
    from exoreg.offer.readers import LIMITS, read_offer

    try:
        # One byte more than is read shows that there is too much.
        found = read_offer(sys.stdin.buffer.read(LIMITS.file_bytes + 1) if name == "-" else name)
    except OfferError as error:
        raise NothingToRead(str(error)) from None
    # Where pages went unread, a file's own title and the like are no offer.
    parts = [part for part in found.parts if not (part.hidden and found.unread)]
    if any(char.isalpha() for part in parts for char in part.text):
        return found
    for note in found.unread:
        click.echo(f"exoreg: not read: {_safe(note.where)}: {_safe(note.reason)}", err=True)
    raise NothingToRead(f"{quoted(found.name)} holds no wording that can be read")


class NothingToRead(click.ClickException):
    """There is no wording to read."""

    exit_code = Exit.NOTHING


def _safe(text: str) -> str:
    from exoreg.render.document import harmless

    return harmless(" ".join(text.split()))


def facts_by_hand(base: CompiledBase, given: Sequence[str]) -> dict[str, list[str]]:
    """The facts of ``--set``, checked: fact id to words.

    Raises:
        click.UsageError: one is not written FACT=WORD, or names an unknown fact or word.
    """
    from exoreg.cli.check import make_product

    found: dict[str, list[str]] = {}
    for one in given:
        name, equals, word = one.partition("=")
        name = _fact_name(base.vocabulary, name.strip())
        if not equals or not word.strip():
            raise click.UsageError(f"`--set {one}` is not understood; write it like `--set source=umbilical`")
        make_product(base, {name: [word.strip()]})
        found.setdefault(name, []).append(word.strip())
    return found


def _fact_name(vocabulary: Vocabulary, word: str) -> str:
    import difflib

    name = {"claim": "claims"}.get(word, word)
    if name in vocabulary.facts:
        return name
    near = difflib.get_close_matches(word, FACT_OPTIONS, n=1)
    hint = f"; did you mean `{near[0]}`?" if near else ""
    allowed = ", ".join(f"`{fact}`" for fact in vocabulary.facts)
    raise click.UsageError(f"`{word}` is not a fact; facts are {allowed}{hint}")


def lexicon_folder(rules: Sequence[Path]) -> Path | None:
    """The last of the folders that brings a lexicon of its own."""
    return next((folder for folder in reversed(rules) if (folder / "lexicon").is_dir()), None)


def _vetted(
    base: CompiledBase,
    offer: Offer,
    regions: Sequence[str],
    day: date,
    by_hand: Mapping[str, Sequence[str]],
    rules_dir: Path | None,
) -> Vetting:
    from exoreg.facts.product import ProductError
    from exoreg.offer.vet import vet

    try:
        return vet(base, offer, regions, day, by_hand, rules_dir)
    except ProductError as error:
        raise click.UsageError(str(error)) from None
