"""Regions side by side for a product: the answers in one table, what is the same in all and what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from exoreg.engine.determination import Determination
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product
from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.terms import Supply
from exoreg.render.data import NOTICE, rule_data, rulebase_data
from exoreg.render.document import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    Span,
    Spans,
    Table,
    Tone,
    paragraph,
    spans,
)
from exoreg.render.report import assumed, citation_spans, footer, product_title
from exoreg.render.words import STATUS, SUPPLY, TOO_EARLY, joined, place_name

COMPARE = "exoreg.compare/1"

PARTS = {"status": "in law", "supply": "supply", "confidence": "confidence", "decides": "who decides"}
"""What is held against each other, and what it is called; grounds and conditions are each region's own."""

LAWFUL = (Supply.PERMITTED, Supply.TRIAL_ONLY)
"""The supplies that have conditions."""

Data = Mapping[str, Any]


def compare_data(base: CompiledBase, product: Product, found: Sequence[Determination]) -> dict[str, Any]:
    """Determinations of one product in several regions as ``exoreg.compare/1``."""
    regions = [_region_data(base, determination) for determination in found]
    return {
        "schema": COMPARE,
        "rulebase": rulebase_data(base),
        "product": product.as_data(base.vocabulary),
        "assumed": [fact for fact in product.values if fact in product.assumed],
        "as_of": found[0].as_of.isoformat(),
        "stale": any(determination.stale for determination in found),
        "regions": regions,
        "parts": [_part_data(part, regions) for part in PARTS],
        "notice": NOTICE,
    }


def _region_data(base: CompiledBase, found: Determination) -> dict[str, Any]:
    outcome = found.outcome
    return {
        "region": found.region,
        "status": found.status,
        "supply": found.supply,
        "confidence": found.confidence,
        "ground": rule_data(base, outcome.grounds[0], found.region) if outcome else None,
        "grounds": len(outcome.grounds) if outcome else 0,
        "decides": found.decides,
        "conditions": len(outcome.requires) if outcome and found.supply in LAWFUL else None,
        "earliest": found.earliest.isoformat() if found.earliest else None,
    }


def _part_data(part: str, regions: Sequence[Data]) -> dict[str, Any]:
    """The values of one part, each with the regions that have it; a region not encoded for the day has none."""
    values: dict[Any, list[str]] = {}
    for region in regions:
        if region["earliest"] is None:
            values.setdefault(region[part], []).append(region["region"])
    not_encoded = [region["region"] for region in regions if region["earliest"]]
    return {
        "part": part,
        "same": len(values) == 1 and not not_encoded,
        "values": [{"value": value, "regions": names} for value, names in values.items()],
        "not_encoded": not_encoded,
    }


def compare_document(data: Data, vocabulary: Vocabulary) -> Document:
    """The comparison as a document: a column for each region."""
    title = f"Side by side: {product_title(vocabulary, data)}"
    blocks: list[Block] = [Heading(title, 1), _table(data)]
    blocks += _not_encoded(data, vocabulary)
    names = [region["region"] for region in data["regions"]]
    for heading, same in (("The same everywhere", True), ("What differs", False)):
        parts = [part for part in data["parts"] if part["same"] is same]
        items = [Item(_part(part, vocabulary)) for part in parts]
        if items:
            blocks += [Heading(heading), Items(tuple(items))]
    blocks += [Heading("First grounds")]
    blocks.append(
        Items(
            tuple(
                Item(
                    spans(Span(region["region"], Tone.STRONG), f": {ground['title']}"),
                    tuple(paragraph(*citation_spans(citation)) for citation in ground["citations"][:1]),
                )
                for region in data["regions"]
                if (ground := region["ground"])
            )
        )
    )
    blocks.append(
        paragraph(f"For all grounds, conditions and cautions: `exoreg check --region {names[0]}`.", note=True)
    )
    blocks += assumed(vocabulary, data)
    blocks.append(footer(data, [data["as_of"]], data["stale"]))
    return Document(title, blocks)


def _table(data: Data) -> Table:
    regions = data["regions"]
    rows: list[tuple[Spans, ...]] = []
    for part, words in _ROWS.items():
        cells = [spans("not encoded" if region["earliest"] else words(region)) for region in regions]
        if part == "in law":
            cells = [
                cell if region["earliest"] else spans(Span(cell[0].text, Tone(region["status"])))
                for cell, region in zip(cells, regions, strict=True)
            ]
        rows.append((spans(part), *cells))
    return Table(("part", *(region["region"] for region in regions)), tuple(rows), "The answers side by side")


def _ground(region: Data) -> str:
    ground = region["ground"]
    pinpoints = [citation["pinpoint"] for citation in ground["citations"][:1]]
    more = region["grounds"] - 1
    return "".join(
        [ground["title"], *(f" ({pinpoint})" for pinpoint in pinpoints), f" +{more} more" if more else ""]
    )


_ROWS: Mapping[str, Callable[[Data], str]] = {
    "in law": lambda region: STATUS[region["status"]],
    "supply": lambda region: SUPPLY[region["supply"]],
    "first ground": _ground,
    "who decides": lambda region: region["decides"] or "–",
    "conditions": lambda region: "–" if region["conditions"] is None else str(region["conditions"]),
    "confidence": lambda region: region["confidence"],
}
"""The rows of the table, and what stands in each for a region."""


def _not_encoded(data: Data, vocabulary: Vocabulary) -> Iterator[Block]:
    for region in data["regions"]:
        if region["earliest"]:
            place = place_name(vocabulary, region["region"])
            yield paragraph(TOO_EARLY.format(place=place, earliest=region["earliest"], day=data["as_of"]))


def _part(part: Data, vocabulary: Vocabulary) -> Spans:
    name = PARTS[part["part"]]
    if part["same"]:
        return spans(Span(f"{name}: ", Tone.STRONG), _value(part["part"], part["values"][0]["value"]))
    values = [
        f"{_value(part['part'], value['value'])} in {_places(vocabulary, value['regions'])}"
        for value in part["values"]
    ]
    if part["not_encoded"]:
        values.append(f"not encoded for that day in {_places(vocabulary, part['not_encoded'])}")
    return spans(Span(f"{name}: ", Tone.STRONG), "; ".join(values))


def _places(vocabulary: Vocabulary, regions: Sequence[str]) -> str:
    return joined([place_name(vocabulary, region) for region in regions])


def _value(part: str, value: Any) -> str:
    if part == "status":
        return STATUS[value]
    if part == "supply":
        return SUPPLY[value]
    return str(value) if value is not None else "nobody named"
