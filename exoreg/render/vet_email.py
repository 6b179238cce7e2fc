"""What to ask the seller: the fewest questions and documents, and a letter that can be pasted into an email."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from exoreg.engine.store import CompiledBase
from exoreg.law.terms import Supply
from exoreg.offer.product import State
from exoreg.offer.vet import Contradiction, Vetting

OPENING = "Thank you for your offer. Before we can consider it, please answer the following in writing."
DOCUMENTS = "Please also send what shows the following, for this very product:"
CLOSING = "We cannot decide on statements alone, and will wait for your answer before any order."
_MOST_SIDES = 4


def questions_data(base: CompiledBase, vetting: Vetting) -> list[dict[str, Any]]:
    """The questions that matter, each once: about contradictions first, then about facts not known or assumed."""
    asked = [
        {"ask": _contradiction_ask(base, one), "fact": one.fact, "who": "seller"}
        for one in vetting.contradictions
        if one.fact != "claims"
    ]
    settled = {question["fact"] for question in asked}
    settled |= {name for name, found in vetting.facts.items() if found.state is State.BY_HAND}
    if vetting.facts["claims"].read and not vetting.unseen:
        settled.add("claims")
    for found in (*vetting.strictest, *vetting.mildest):
        for question in found.questions:
            if question.value is None and question.fact not in settled:
                asked.append({"ask": question.ask, "fact": question.fact, "who": question.who})
    return list({question["ask"]: question for question in asked}.values())


def _contradiction_ask(base: CompiledBase, one: Contradiction) -> str:
    fact = base.vocabulary.facts[one.fact]
    sides = [f"“{short(quotes[0].text)}” ({quotes[0].place})" for quotes in one.sides.values() if quotes]
    more = " and more" if len(sides) > _MOST_SIDES else ""
    said = " and also ".join(sides[:_MOST_SIDES]) + more
    return f"On the {fact.title} your offer says {said}. {fact.ask}"


def documents_data(base: CompiledBase, vetting: Vetting) -> list[dict[str, Any]]:
    """The documents to demand: the conditions of the mildest reading, and what would change an answer if shown.

    Conditions only where that reading is permitted; before, the questions come first.
    """
    wanted: dict[str, dict[str, Any]] = {}
    for found in vetting.mildest:
        for id in found.outcome.requires if found.outcome and found.supply == Supply.PERMITTED else ():
            text = base.text("condition", id, found.region)
            document = {"condition": id, "title": text["title"], "ask": text["ask"], "regions": []}
            wanted.setdefault(id, document)["regions"].append(found.region)
    for found in (*vetting.strictest, *vetting.mildest):
        for question in found.questions:
            if question.value is not None:
                title = base.vocabulary.facts["evidence"].nodes[question.value].title
                document = {"evidence": question.value, "title": title, "ask": question.ask, "regions": []}
                regions = wanted.setdefault(question.value, document)["regions"]
                if found.region not in regions:
                    regions.append(found.region)
    return list(wanted.values())


def email(questions: Sequence[dict[str, Any]], documents: Sequence[dict[str, Any]]) -> str | None:
    """The letter as plain text; None when there is nothing to ask the seller."""
    parts = list(email_parts(questions, documents))
    if not parts:
        return None
    lines = ["Dear Sir or Madam,", "", OPENING, ""]
    for number, (lead, entries) in enumerate(parts):
        lines += ["", lead, ""] if number or lead != OPENING else []
        lines += [f"{count}. {entry}" for count, entry in enumerate(entries, 1)]
    return "\n".join([*lines, "", CLOSING, "", "Yours faithfully,", ""])


def email_parts(
    questions: Sequence[dict[str, Any]], documents: Sequence[dict[str, Any]]
) -> Iterator[tuple[str, list[str]]]:
    """The numbered lists of the letter, each under the sentence that leads to it."""
    asks = [question["ask"] for question in questions if "seller" in question["who"]]
    if asks:
        yield OPENING, asks
    regions = list(dict.fromkeys(region for document in documents for region in document["regions"]))
    if len(regions) > 1:
        # What one region wants fills a page; for several the titles must do.
        yield DOCUMENTS, [f"For {region}: {_titles(documents, region)}." for region in regions]
    elif documents:
        yield DOCUMENTS, [f"{document['title']}: {document['ask']}" for document in documents]


def _titles(documents: Sequence[dict[str, Any]], region: str) -> str:
    return "; ".join(document["title"] for document in documents if region in document["regions"])


def short(text: str, most: int = 90) -> str:
    """Words of an offer on one line, shortened."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
