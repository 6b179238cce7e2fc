"""Vetting an offer: what it states, every product that it may be, and the strictest answer for each region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from exoreg.engine.determination import Determination
from exoreg.engine.determine import Base, determine, summary
from exoreg.facts.product import UNKNOWN, Product
from exoreg.law.terms import DEPENDS, STATUS_RANK, SUPPLY_RANK, Status, Supply
from exoreg.offer.document import Offer
from exoreg.offer.product import TRIAL, FactFound, State, facts_found, products
from exoreg.offer.wording import Quote, Wording, read_wording

MILD_ROUTE = "topical"
LABEL_ARGUMENT = "cosmetic-use-only"
DISCLAIMERS = (("arguments", "we-make-no-claims"), ("arguments", "words-removed"), ("flags", "disclaimer"))
UNCOVERED_LETTERS = 80
"""Characters in languages that are not read from which on the offer may promise something unseen."""


@dataclass(frozen=True)
class Contradiction:
    """Words of an offer that do not go together.

    ``kind`` is ``route-laundering`` (a mild route stated beside a stricter one), ``several-values`` (of one
    fact), ``denied-and-stated`` (the same value) or ``disclaimed-claims``. ``sides`` holds the quotes of each
    side, by value, or by ``denied`` or ``disclaimer`` for words that take something back.
    """

    kind: str
    fact: str
    sides: Mapping[str, tuple[Quote, ...]]


@dataclass(frozen=True, slots=True)
class ReadingAnswer:
    """The answer of one region for one of the products that the offer may be."""

    region: str
    product: Product
    status: str
    supply: str


@dataclass(frozen=True)
class Vetting:
    """Everything found out about an offer.

    ``strictest`` and ``mildest`` hold one determination for each region: of the product that the offer may be
    whose answer is the strictest (the headline) and the mildest. ``trial`` is what an authorised trial, if it
    were shown, would make of the strictest; it is empty unless the offer speaks of one. ``unseen`` says why
    claims may stand in what was not read.
    """

    offer: Offer
    wording: Wording
    facts: Mapping[str, FactFound]
    products: tuple[Product, ...]
    strictest: tuple[Determination, ...]
    mildest: tuple[Determination, ...]
    answers: tuple[ReadingAnswer, ...]
    trial: tuple[Determination, ...]
    contradictions: tuple[Contradiction, ...]
    unseen: tuple[str, ...]

    @property
    def arguments(self) -> dict[str, tuple[Quote, ...]]:
        """The seller's arguments that want an answer.

        "For external use only" is one beside another way of use; where nothing else is shown it is what the law
        asks a cosmetic to say.
        """
        only_mild = all(product.values["use"] == (MILD_ROUTE,) for product in self.products)
        return {
            id: quotes
            for id, quotes in self.wording.arguments.items()
            if id != LABEL_ARGUMENT or not only_mild
        }


def vet(
    base: Base,
    offer: Offer,
    regions: Sequence[str],
    day: date,
    by_hand: Mapping[str, Sequence[str]] | None = None,
    rules_dir: Path | None = None,
) -> Vetting:
    """Vets an offer.

    Args:
        base: the compiled rule base.
        offer: the document as it was read.
        regions: those to answer for.
        day: the day to answer for.
        by_hand: facts that the user corrects or adds, by id.
        rules_dir: the rules whose lexicon reads the words; the shipped one by default.

    Raises:
        WordError: a value given by hand is not in the vocabulary.
        ProductError: facts given by hand contradict each other.
        GapError: the rule base says nothing of a product that the offer may be.
    """
    wording = read_wording(offer, rules_dir)
    unseen = tuple(_unseen(offer, wording))
    facts = facts_found(base.vocabulary, wording, by_hand or {}, bool(unseen))
    possible = tuple({tuple(p.values.items()): p for p in products(base.vocabulary, facts)}.values())
    answers = [_answer(base, product, region, day) for region in regions for product in possible]
    strict = [min(_of(answers, region), key=_strictness).product for region in regions]
    mild = [max(_of(answers, region), key=_strictness).product for region in regions]
    strictest = tuple(
        determine(base, product, region, day) for product, region in zip(strict, regions, strict=True)
    )
    return Vetting(
        offer=offer,
        wording=wording,
        facts=facts,
        products=possible,
        strictest=strictest,
        mildest=tuple(
            determine(base, product, region, day) for product, region in zip(mild, regions, strict=True)
        ),
        answers=tuple(answers),
        trial=tuple(_in_trial(base, strictest, day)) if TRIAL in facts["setting"].unverified else (),
        contradictions=tuple(_contradictions(wording, facts)),
        unseen=unseen,
    )


def _unseen(offer: Offer, wording: Wording) -> Iterator[str]:
    """Reasons why promises may stand in what was not read: whole places without wording, other languages."""
    places = {part.where for part in offer.parts}
    for note in offer.unread:
        whole = note.where.startswith(("page ", "attach")) and note.where not in places
        if whole and not note.reason.startswith("pictures"):
            yield f"{note.where}: {note.reason}"
    letters = sum(sum(map(str.isalpha, found.quote.text)) for found in wording.uncovered)
    if letters >= UNCOVERED_LETTERS:
        languages = ", ".join(dict.fromkeys(found.language for found in wording.uncovered))
        yield f"language not covered: {languages}"


def _answer(base: Base, product: Product, region: str, day: date) -> ReadingAnswer:
    compiled = base.region(region)
    if day.isoformat() < compiled.earliest:
        return ReadingAnswer(region, product, Status.UNDETERMINED, Supply.WITHHOLD)
    status, supply = summary(compiled.outcomes(product.boxes(base.vocabulary), day))
    return ReadingAnswer(region, product, status, supply)


def _of(answers: Sequence[ReadingAnswer], region: str) -> list[ReadingAnswer]:
    return [answer for answer in answers if answer.region == region]


def _strictness(answer: ReadingAnswer) -> tuple[int, int, bool, bool]:
    """Sorts the strictest answer first: by supply, by status, then what is below the skin or not known."""
    mild = answer.product.values["use"] == (MILD_ROUTE,)
    known = answer.product.values["claims"] != (UNKNOWN,)
    status = len(STATUS_RANK) if answer.status == DEPENDS else STATUS_RANK[Status(answer.status)]
    return SUPPLY_RANK[Supply(answer.supply)], status, mild, known


def _in_trial(base: Base, strictest: Sequence[Determination], day: date) -> Iterator[Determination]:
    for found in strictest:
        product = found.product.with_fact(base.vocabulary, "setting", (TRIAL,))
        yield determine(base, product, found.region, day)


def _contradictions(wording: Wording, facts: Mapping[str, FactFound]) -> Iterator[Contradiction]:
    for name, found in facts.items():
        if found.state is State.BY_HAND or name in ("claims", "evidence"):
            continue
        values = [value for (value,) in found.answers if value in found.read]
        sides = {value: found.read[value] for value in values}
        if name == "use" and (laundered := _laundered(wording, sides)):
            yield laundered
        elif len(values) > 1:
            yield Contradiction("several-values", name, sides)
        for value in values:
            if value in found.denied:
                taken_back = {value: found.read[value], "denied": found.denied[value]}
                yield Contradiction("denied-and-stated", name, taken_back)
    disclaiming = [q for kind, id in DISCLAIMERS for q in getattr(wording, kind).get(id, ())]
    promised = {label: q for label, q in facts["claims"].read.items() if label != "appearance"}
    if disclaiming and promised:
        yield Contradiction("disclaimed-claims", "claims", {**promised, "disclaimer": tuple(disclaiming)})


def _laundered(wording: Wording, routes: Mapping[str, tuple[Quote, ...]]) -> Contradiction | None:
    """The mild route that the label names beside a stricter one that the offer teaches."""
    strict = {value: found for value, found in routes.items() if value != MILD_ROUTE}
    mild = routes.get(MILD_ROUTE, ()) or wording.arguments.get(LABEL_ARGUMENT, ())
    if not (strict and mild):
        return None
    return Contradiction("route-laundering", "use", {MILD_ROUTE: mild, **strict})
