"""Answers as plain data: the JSON that programs read, and what every other format is drawn from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from exoreg.engine.determination import Determination, Question
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product
from exoreg.render.words import headline

CHECK = "exoreg.check/1"
NOTICE = "This is a reading of the law by a tool, not legal advice."


def check_data(
    base: CompiledBase,
    product: Product,
    found: Sequence[Determination],
    claim_text: Sequence[Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """The answer of ``check`` (``exoreg.check/1``): the same facts, day and rule base give the same data.

    It is a receipt: with its digest ``exoreg verify`` finds whether it was altered.
    """
    from exoreg.engine.receipts import digest  # Text needs no digest, and is quicker without hashing.

    data = answer_data(base, product, found, claim_text)
    return {**data, "digest": digest(data)}


def answer_data(
    base: CompiledBase,
    product: Product,
    found: Sequence[Determination],
    claim_text: Sequence[Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """What ``check_data`` holds, without its digest: what people read is drawn from this.

    ``claim_text`` are the words that were read as claims, where wording was given.
    """
    return {
        "schema": CHECK,
        "rulebase": rulebase_data(base),
        "product": product.as_data(base.vocabulary),
        "assumed": [fact for fact in product.values if fact in product.assumed],
        **({} if claim_text is None else {"claim_text": list(claim_text)}),
        "determinations": [determination_data(base, determination) for determination in found],
        "notice": NOTICE,
    }


def rulebase_data(base: CompiledBase) -> dict[str, Any]:
    """Which rule base answered."""
    return {
        "version": base.version,
        "sha256": base.sha256,
        "reviewed": base.reviewed.isoformat(),
        "review_by": base.review_by.isoformat(),
    }


def determination_data(base: CompiledBase, found: Determination) -> dict[str, Any]:
    """One determination, with the texts of its grounds and citations."""
    outcome, region = found.outcome, found.region
    return {
        "region": region,
        "as_of": found.as_of.isoformat(),
        "status": found.status,
        "supply": found.supply,
        "confidence": found.confidence,
        "headline": headline(base.vocabulary, found),
        "grounds": [rule_data(base, id, region) for id in outcome.grounds] if outcome else [],
        "also": [rule_data(base, id, region) for id in outcome.also] if outcome else [],
        "overridden": [{"rule": rule, "by": by} for rule, by in outcome.overridden] if outcome else [],
        "conditions": [condition_data(base, id, region) for id in outcome.requires] if outcome else [],
        "cautions": [caution_data(base, id, region) for id in outcome.cautions] if outcome else [],
        "statements": [statement_data(base, id, region) for id in outcome.statements] if outcome else [],
        "decides": found.decides,
        "would_change": [
            {"fact": c.fact, "how": c.how, "to": list(c.to), "status": c.status, "supply": c.supply}
            for c in found.would_change
        ],
        "ways_to_permitted": [
            {
                "steps": [{"fact": step.fact, "how": step.how, "to": list(step.to)} for step in way.steps],
                "status": way.status,
                "supply": way.supply,
            }
            for way in found.ways
        ],
        "trial_is_a_way": found.trial_is_a_way,
        "questions": [question_data(question) for question in found.questions],
        "by_leaf": (
            None
            if found.by_leaf is None
            else [
                {"fact": leaf.fact, "leaf": leaf.leaf, "status": leaf.status, "supply": leaf.supply}
                for leaf in found.by_leaf
            ]
        ),
        "differs_in": [{"region": e.region, "status": e.status, "supply": e.supply} for e in found.elsewhere],
        "earliest": found.earliest.isoformat() if found.earliest else None,
        "stale": found.stale,
    }


def question_data(question: Question) -> dict[str, Any]:
    """What to ask, of whom, and for a fact that is not known what each answer leads to."""
    data: dict[str, Any] = {"ask": question.ask, "fact": question.fact, "who": question.who}
    if question.value:
        data["evidence"] = question.value
    if question.leads_to:
        data["leads_to"] = [
            {
                "to": list(lead.to),
                "possible": [{"status": status, "supply": supply} for status, supply in lead.possible],
            }
            for lead in question.leads_to
        ]
    return data


def rule_data(base: CompiledBase, id: str, region: str) -> dict[str, Any]:
    """A rule as a ground: what it says, and the instruments it cites."""
    text = base.text("rule", id, region)
    return {
        "rule": id,
        "title": text["title"],
        "because": text["because"],
        "status": text.get("status"),
        "confidence": text["confidence"],
        "citations": citations_data(base, text.get("cite", ()), region),
        **({"note": text["note"]} if "note" in text else {}),
    }


def citations_data(
    base: CompiledBase, cited: Sequence[Mapping[str, Any]], region: str
) -> list[dict[str, Any]]:
    """The instruments cited, those of another part of the region left out."""
    found = []
    for citation in cited:
        text = base.text("instrument", citation["id"], region)
        if _applies(base, text["region"], region):
            found.append(instrument_data(text, citation.get("pinpoint")))
    return found


def instrument_data(text: Mapping[str, Any], pinpoint: str | None = None) -> dict[str, Any]:
    """An instrument as it is cited."""
    verified = text["verified"]
    local = {"local_title": text["local_title"]} if "local_title" in text else {}
    return {
        "instrument": text["id"],
        "title": text["title"],
        **local,
        "pinpoint": pinpoint or text["pinpoint"],
        "kind": text["kind"],
        "says": text["says"],
        "url": text["url"],
        "in_force": text.get("in_force", {}),
        "verified": {
            "how": verified["how"],
            "on": verified["on"],
            **({"at": verified["at"]} if "at" in verified else {}),
        },
    }


def condition_data(base: CompiledBase, id: str, region: str) -> dict[str, Any]:
    """A condition of a lawful supply."""
    text = base.text("condition", id, region)
    return {
        "condition": id,
        "title": text["title"],
        "ask": text["ask"],
        "citations": [
            citation["instrument"] for citation in citations_data(base, text.get("cite", ()), region)
        ],
    }


def caution_data(base: CompiledBase, id: str, region: str) -> dict[str, Any]:
    """What to take care of, and the rule that says so."""
    text = base.text("rule", id, region)
    return {
        "rule": id,
        "caution": text["caution"],
        "citations": [
            citation["instrument"] for citation in citations_data(base, text.get("cite", ()), region)
        ],
    }


def statement_data(base: CompiledBase, id: str, region: str) -> dict[str, Any]:
    """What a regulator said or did that bears on the answer."""
    text = base.text("statement", id, region)
    return {"statement": id, **{key: text.get(key) for key in ("date", "kind", "from", "to", "says", "url")}}


def _applies(base: CompiledBase, law: str, region: str) -> bool:
    """Whether law of one region is shown for another: not when it is that of a sister (GB law for NI)."""
    path = base.vocabulary.regions.path
    return law in path(region) or region in path(law) or path(law)[-1] != path(region)[-1]


def as_json(data: Mapping[str, Any]) -> str:
    """The data as JSON text, indented, with a newline at its end."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
