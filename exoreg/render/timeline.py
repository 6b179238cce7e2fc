"""The timeline: the days on which the answer for a product changed or will change, and the rules that did it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from exoreg.engine.store import CompiledBase
from exoreg.engine.timeline import Turn
from exoreg.facts.product import Product
from exoreg.facts.vocabulary import Vocabulary
from exoreg.render.data import NOTICE, rule_data, rulebase_data, statement_data
from exoreg.render.document import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Span,
    Spans,
    Tone,
    paragraph,
    spans,
)
from exoreg.render.report import answer_spans, assumed, citation_spans, footer, product_title
from exoreg.render.words import joined

TIMELINE = "exoreg.timeline/1"

Data = Mapping[str, Any]


def timeline_data(
    base: CompiledBase, product: Product, as_of: date, found: Mapping[str, Sequence[Turn]]
) -> dict[str, Any]:
    """The timelines of a product, by region, as ``exoreg.timeline/1``; ``as_of`` is the day that counts as now."""
    return {
        "schema": TIMELINE,
        "rulebase": rulebase_data(base),
        "product": product.as_data(base.vocabulary),
        "assumed": [fact for fact in product.values if fact in product.assumed],
        "as_of": as_of.isoformat(),
        "stale": as_of > base.review_by,
        "timelines": [
            {
                "region": region,
                "earliest": base.region(region).earliest,
                "now": max((turn.day.isoformat() for turn in turns if turn.day <= as_of), default=None),
                "days": [_turn_data(base, turn, region) for turn in turns],
            }
            for region, turns in found.items()
        ],
        "notice": NOTICE,
    }


def _turn_data(base: CompiledBase, turn: Turn, region: str) -> dict[str, Any]:
    def named(id: str) -> dict[str, str]:
        return {"rule": id, "title": base.text("rule", id, region)["title"]}

    def condition(id: str) -> dict[str, str]:
        return {"condition": id, "title": base.text("condition", id, region)["title"]}

    def caution(id: str) -> dict[str, str]:
        return {"rule": id, "caution": base.text("rule", id, region)["caution"]}

    return {
        "day": turn.day.isoformat(),
        "kind": turn.kind,
        "changed": list(turn.changed),
        "status": turn.status,
        "supply": turn.supply,
        "confidence": turn.outcome.confidence,
        "decides": list(turn.outcome.decides),
        "grounds": [named(id) for id in turn.outcome.grounds],
        "began": [rule_data(base, id, region) for id in turn.began],
        "ended": [rule_data(base, id, region) for id in turn.ended],
        "set_aside": [{**named(id), "by": named(by)} for id, by in turn.set_aside],
        "restored": [named(id) for id in turn.restored],
        "conditions": {
            "added": [condition(id) for id in turn.gained.get("conditions", ())],
            "removed": [condition(id) for id in turn.lost.get("conditions", ())],
        },
        "cautions": {
            "added": [caution(id) for id in turn.gained.get("cautions", ())],
            "removed": [caution(id) for id in turn.lost.get("cautions", ())],
        },
        "statements": [statement_data(base, id, region) for id in turn.gained.get("statements", ())],
    }


def timeline_document(data: Data, vocabulary: Vocabulary, explain: bool = False) -> Document:
    """The timelines as a document; ``explain`` adds days with nothing but statements, and all details."""
    title = f"When the answer changes: {product_title(vocabulary, data)}"
    blocks: list[Block] = [Heading(title, 1)]
    for found in data["timelines"]:
        blocks.append(Heading(vocabulary.regions.nodes[found["region"]].title))
        blocks += _region(found, data["as_of"], explain)
    blocks.append(
        paragraph(
            f"Days after {data['rulebase']['reviewed']} show only law that had already been adopted on that day."
        )
    )
    blocks += assumed(vocabulary, data)
    blocks.append(footer(data, [data["as_of"]], data["stale"]))
    return Document(title, blocks)


def _region(found: Data, as_of: str, explain: bool) -> Iterator[Block]:
    if found["now"] is None:
        yield paragraph(f"The law here is encoded from {found['earliest']} on, and {as_of} is earlier.")
    shown = [
        day for day in found["days"] if explain or day["kind"] != "statements" or day["day"] == found["now"]
    ]
    yield Items(
        tuple(
            Item(_lead(day, before, found["now"], as_of), tuple(_details(day, explain)))
            for day, before in zip(shown, [None, *shown], strict=False)
        )
    )
    if not any(day["kind"] == "answer" for day in found["days"]):
        yield paragraph(
            "What it is in law, and whether it may be supplied, is the same on every day encoded."
        )
    left = len(found["days"]) - len(shown)
    if left:
        days = "1 day" if left == 1 else f"{left} days"
        yield paragraph(f"and {days} on which only statements came (--explain)", note=True)


def _lead(day: Data, before: Data | None, now: str | None, as_of: str) -> Spans:
    """The day, the answer from then on, and whether it is a new one."""
    head = Span(day["day"], Tone.STRONG)
    mark = f" [holds on {as_of}]" if day["day"] == now else " [to come]" if day["day"] > as_of else ""
    answer = answer_spans(day)
    if day["kind"] == "answer" and before:
        was = answer_spans(before)
        return spans(head, mark, Span(" changes", Tone.STRONG), ": ", *was, " → ", *answer)
    if before is None:
        return spans(head, mark, " (earliest day encoded): ", *answer)
    return spans(head, mark, f": only {joined(day['changed'])} change; still ", *answer)


def _details(day: Data, explain: bool) -> Iterator[Paragraph | Items]:
    if day["kind"] == "start":
        for ground in day["grounds"]:
            yield paragraph(f"Ground: {ground['title']} ", Span(ground["rule"], Tone.QUIET))
    for rule in day["began"]:
        yield _rule("Begins", rule, cited=True)
    for rule in day["ended"]:
        yield _rule("Ends", rule, cited=explain)
    for rule in day["set_aside"]:
        yield paragraph(
            f"Set aside: {rule['title']} ",
            Span(rule["rule"], Tone.QUIET),
            f", by: {rule['by']['title']} ",
            Span(rule["by"]["rule"], Tone.QUIET),
        )
    for rule in day["restored"]:
        yield _rule("No longer set aside", rule)
    for word, change in (("New", "added"), ("No longer a", "removed")):
        if day["conditions"][change]:
            titles = "; ".join(condition["title"] for condition in day["conditions"][change])
            yield paragraph(f"{word} condition: {titles}")
        for caution in day["cautions"][change]:
            yield paragraph(f"{word} caution: {caution['caution']}")
    if "who decides" in day["changed"]:
        yield paragraph(f"Who decides: {'; or '.join(day['decides']) or 'nobody is named'}")
    if "confidence" in day["changed"]:
        yield paragraph(f"Confidence: {day['confidence']}")
    for statement in day["statements"]:
        yield paragraph(f"{statement['from']}: {statement['says']}")


def _rule(word: str, rule: Data, cited: bool = False) -> Paragraph:
    citation: Spans = citation_spans(rule["citations"][0]) if cited and rule["citations"] else ()
    return Paragraph(
        (
            *spans(f"{word}: {rule['title']} ", Span(rule["rule"], Tone.QUIET), ": " if citation else ""),
            *citation,
        )
    )
