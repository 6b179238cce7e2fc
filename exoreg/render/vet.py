"""The answer of ``vet`` as plain data (``exoreg.vet/1``): what programs read, and what the report is drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product
from exoreg.offer.product import UNDISCLOSED, FactFound, State
from exoreg.offer.vet import Vetting
from exoreg.offer.wording import Quote, Wording
from exoreg.render.data import NOTICE, citations_data, determination_data, rulebase_data
from exoreg.render.vet_email import documents_data, email, questions_data
from exoreg.render.vet_words import (
    CONTRADICTIONS,
    NO_CLAIM,
    NO_LANGUAGE,
    NOT_CHECKED,
    UNSEEN,
    flag_words,
)
from exoreg.render.words import headline

VET = "exoreg.vet/1"


def vet_data(base: CompiledBase, vetting: Vetting) -> dict[str, Any]:
    """Everything found out about an offer; the same offer, day and rule base give the same data."""
    wording = vetting.wording
    questions = questions_data(base, vetting)
    documents = documents_data(base, vetting)
    regions = [found.region for found in vetting.strictest]
    return {
        "schema": VET,
        "rulebase": rulebase_data(base),
        "offer": _offer_data(vetting),
        "determinations": [
            {**_product_data(base, found.product), **determination_data(base, found)}
            for found in vetting.strictest
        ],
        "readings": list(_readings(base, vetting)),
        "trial": [
            {
                "region": found.region,
                "status": found.status,
                "supply": found.supply,
                "headline": headline(base.vocabulary, found),
            }
            for found in vetting.trial
        ],
        "facts": [_fact_data(found) for found in vetting.facts.values()],
        "claims": {
            "found": [
                {**quote_data(c.quote), "label": c.label, "modality": c.modality, "counts": c.counts}
                for c in wording.claims
            ],
            "remarks": list(_claim_remarks(vetting)),
        },
        "contradictions": [
            {
                "kind": one.kind,
                "fact": one.fact,
                "says": CONTRADICTIONS[one.kind].format(fact=base.vocabulary.facts[one.fact].title),
                "sides": _by_value(one.sides),
            }
            for one in vetting.contradictions
        ],
        "arguments": [_argument_data(base, id, quotes, regions) for id, quotes in vetting.arguments.items()],
        "flags": [
            {"flag": flag, "says": flag_words(flag), "quotes": [quote_data(quote) for quote in quotes]}
            for flag, quotes in _flags(base, vetting).items()
        ],
        "questions": questions,
        "documents": documents,
        "email": email(questions, documents),
        "not_checked": list(NOT_CHECKED),
        "notice": NOTICE,
    }


def quote_data(quote: Quote) -> dict[str, Any]:
    """Words of the offer with their place; ``start`` and ``end`` count characters in the part."""
    return {
        "text": quote.text,
        "part": quote.part,
        "where": quote.where,
        "hidden": quote.hidden,
        "line": quote.line or None,
        "start": quote.start,
        "end": quote.end,
        "rule": quote.rule,
    }


def _offer_data(vetting: Vetting) -> dict[str, Any]:
    offer, wording = vetting.offer, vetting.wording
    return {
        "name": offer.name,
        "sha256": offer.sha256,
        "kind": offer.kind,
        "languages": list(wording.languages),
        "parts": [
            {"where": part.where, "hidden": part.hidden, "characters": len(part.text)} for part in offer.parts
        ],
        "unread": [{"where": note.where, "reason": note.reason} for note in offer.unread],
        "uncovered": [{"language": found.language, **quote_data(found.quote)} for found in wording.uncovered],
    }


def _product_data(base: CompiledBase, product: Product) -> dict[str, Any]:
    return {
        "product": product.as_data(base.vocabulary),
        "assumed": [fact for fact in product.values if fact in product.assumed],
    }


def _readings(base: CompiledBase, vetting: Vetting) -> Iterator[dict[str, Any]]:
    """For every product that the offer may be the facts in which it differs from the others, and its answer."""
    varying = [fact for fact in base.vocabulary.facts if len({p.values[fact] for p in vetting.products}) > 1]
    for answer in vetting.answers:
        facts = answer.product.as_data(base.vocabulary)
        yield {
            "region": answer.region,
            "facts": {fact: facts[fact] for fact in varying},
            "status": str(answer.status),
            "supply": str(answer.supply),
        }


def _fact_data(found: FactFound) -> dict[str, Any]:
    return {
        "fact": found.fact,
        "state": str(found.state),
        "answered": [list(values) for values in found.answers],
        "read": _by_value(found.read),
        "denied": _by_value(found.denied),
        "unverified": list(found.unverified),
    }


def _by_value(quotes: Mapping[str, Sequence[Quote]]) -> list[dict[str, Any]]:
    return [
        {"value": value, "quotes": [quote_data(quote) for quote in found]} for value, found in quotes.items()
    ]


def _claim_remarks(vetting: Vetting) -> Iterator[str]:
    wording = vetting.wording
    if vetting.facts["claims"].state is State.BY_HAND:
        return
    if wording.uncovered and not wording.languages:
        yield NO_LANGUAGE
    elif not wording.counting and not vetting.unseen:
        yield NO_CLAIM
    if vetting.unseen:
        yield f"{UNSEEN} ({'; '.join(vetting.unseen)})"


def _argument_data(
    base: CompiledBase, id: str, quotes: Sequence[Quote], regions: Sequence[str]
) -> dict[str, Any]:
    text = base.texts("common")["argument"].get(id, {"title": id, "pitch": ""})
    return {
        "argument": id,
        "title": text["title"],
        "pitch": text["pitch"],
        "quotes": [quote_data(quote) for quote in quotes],
        "answers": [answer for region in regions for answer in _answers(base, id, region)],
    }


def _answers(base: CompiledBase, id: str, region: str) -> Iterator[dict[str, Any]]:
    """What the law of a region, or of the one that it lies in, says to an argument."""
    path = base.vocabulary.regions.path(region)
    for place in path:
        text = base.texts(path[-1])["answer"].get(f"{id}/{place}")
        if text is not None:
            cited = citations_data(base, text.get("cite", ()), region)
            yield {"region": region, "verdict": text["verdict"], "says": text["says"], "citations": cited}
            return


def _flags(base: CompiledBase, vetting: Vetting) -> dict[str, tuple[Quote, ...]]:
    flags = dict(vetting.wording.flags)
    source = vetting.facts["source"]
    human = base.vocabulary.facts["source"].below("human")
    if source.answers and all(value in (*human, "human") for (value,) in source.answers):
        # Where the source is human by its own words, this tells nothing new.
        flags.pop("points-to-human-cells", None)
    if source.state is State.UNKNOWN or source.answers == ((UNDISCLOSED,),):
        flags["source-not-named"] = source.read.get(UNDISCLOSED, ())
    hidden = tuple(_hidden(vetting.wording))
    if hidden:
        flags["hidden-wording"] = hidden
    return flags


def _hidden(wording: Wording) -> Iterator[Quote]:
    """Claims and ways of use that stand where a reader does not see them."""
    for claim in wording.counting:
        if claim.quote.hidden:
            yield claim.quote
    for fact in wording.facts:
        if fact.quote.hidden and fact.fact in ("use", "source") and not fact.denied:
            yield fact.quote
