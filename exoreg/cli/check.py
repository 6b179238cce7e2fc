"""``exoreg check``: what a product is in law, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from exoreg.cli.exits import Exit
from exoreg.cli.options import (
    day_option,
    exit_code_option,
    fact_options,
    output_options,
    region_option,
    resolve_regions,
    rules_option,
)
from exoreg.cli.output import report, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from exoreg.engine.store import CompiledBase
    from exoreg.facts.product import Product

EPILOG = """\b
Examples:
  exoreg check --source umbilical --use topical --region UK
  exoreg check --source salmon --use microneedled --claim hair-growth --region UK --region EU
  exoreg check --source human --use injection --claim disease
  exoreg check --source rose --use topical --claim-text "Regrows hair in eight weeks" --region US
  exoreg check --source rose --use topical --as-of 2023-01-01 --region US --format json
"""


@click.command(epilog=EPILOG)
@fact_options
@click.option(
    "--claim-text",
    "claim_texts",
    multiple=True,
    metavar="TEXT",
    help="Wording of which the claims are read; repeat for more.",
)
@region_option
@day_option
@click.option("--explain", is_flag=True, default=False, help="Show everything that stands behind the answer.")
@rules_option
@output_options(("text", "json", "markdown", "html"))
@exit_code_option
def check(
    claim_texts: tuple[str, ...],
    regions: tuple[str, ...],
    as_of: date | None,
    explain: bool,
    rules: tuple[Path, ...],
    format: str,
    output: Path | None,
    color: str,
    plain: bool,
    exit_code: bool,
    **facts: Any,
) -> None:
    """Say what a product is in law: drug, cosmetic, unlawful or not settled, and whether it may be supplied.

    Words may be ids, aliases or inner nodes (`human`); `?` says that a fact is not known. `exoreg explain source`
    lists the words of a fact. What is not stated is assumed at its most favourable usual value, and shown.
    """
    from exoreg.engine.determine import determine
    from exoreg.engine.store import open_base
    from exoreg.render.data import answer_data, as_json, check_data

    base = open_base(rules)
    words: list[dict[str, Any]] | None = None
    if claim_texts:
        from exoreg.cli.claims import claims_in

        words, labels = claims_in(claim_texts, rules)
        facts["claims"] = (*facts["claims"], *labels)
    product = make_product(base, facts)
    day = as_of or date.today()
    found = [determine(base, product, region, day) for region in resolve_regions(base, regions)]
    if format == "json":
        write(as_json(check_data(base, product, found, words)), output)
    else:
        from exoreg.render.report import check_document

        document = check_document(answer_data(base, product, found, words), base.vocabulary, explain)
        report(document, format, output, color, plain)
    if exit_code:
        raise click.exceptions.Exit(exit_for(determination.supply for determination in found))


def make_product(base: CompiledBase, facts: Mapping[str, str | Sequence[str] | None]) -> Product:
    """The product from words given on the command line.

    Raises:
        click.UsageError: a word is unknown, or facts contradict each other.
    """
    from exoreg.facts.product import Product, ProductError
    from exoreg.facts.vocabulary import WordError

    stated = {fact: words for fact, words in facts.items() if words}
    try:
        return Product.make(base.vocabulary, stated)
    except WordError as error:
        fact = next((name for name, words in stated.items() if _unknown(base, name, words)), "source")
        near = " or ".join(f"`{word}`" for word in error.nearest)
        hint = f"did you mean {near}? " if near else ""
        raise click.UsageError(f"{error}; {hint}`exoreg explain {fact}` lists the words") from None
    except ProductError as error:
        raise click.UsageError(str(error)) from None


def _unknown(base: CompiledBase, fact: str, words: str | Sequence[str]) -> bool:
    from exoreg.facts.vocabulary import UNKNOWN_WORDS, WordError

    for word in (words,) if isinstance(words, str) else words:
        try:
            if word.casefold() not in UNKNOWN_WORDS:
                base.vocabulary.facts[fact].resolve(word)
        except WordError:
            return True
    return False


def exit_for(supplies: Iterable[str]) -> Exit:
    """The exit code of ``--exit-code``: the worst supply decides."""
    worst = set(supplies)
    if worst & {"prohibited", "trial-only"}:
        return Exit.FINDINGS
    return Exit.UNSETTLED if "withhold" in worst else Exit.DONE
