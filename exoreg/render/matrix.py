"""The matrix: the answer for every source and use as a grid of letters and marks, with the rules behind each cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exoreg.engine.matrix import Cell, Grid, Group, Reason
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product
from exoreg.facts.vocabulary import Tree, Vocabulary
from exoreg.render.data import NOTICE, rule_data, rulebase_data
from exoreg.render.document import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Span,
    Spans,
    Table,
    Tone,
    paragraph,
    spans,
)
from exoreg.render.report import answer_spans, assumed, citation_spans, footer, product_title
from exoreg.render.words import STATUS, SUPPLY, TOO_EARLY, compressed, place_name

MATRIX = "exoreg.matrix/1"

LETTERS = {"drug": "D", "unlawful": "X", "undetermined": "U", "cosmetic": "C", "depends": "V"}
"""The letter of each status; ``V`` for an answer that varies with what is not known."""

MARKS = {"permitted": "✓", "trial-only": "T", "withhold": "?", "prohibited": "✗"}
"""The mark of each supply."""

COLUMNS = (
    "region", "as_of", "source", "use", "status", "supply", "confidence", "grounds", "conditions", "decides",
)  # fmt: skip
"""The columns of the CSV form, which has one row for each source and use."""

Data = Mapping[str, Any]


def matrix_data(base: CompiledBase, product: Product, grids: Sequence[Grid]) -> dict[str, Any]:
    """The grids as ``exoreg.matrix/1``; ``product`` holds the facts besides source and use."""
    facts = {
        fact: value
        for fact, value in product.as_data(base.vocabulary).items()
        if fact not in ("source", "use", "donor") or (fact == "donor" and fact not in product.assumed)
    }
    return {
        "schema": MATRIX,
        "rulebase": rulebase_data(base),
        "product": facts,
        "assumed": [fact for fact in facts if fact in product.assumed],
        "grids": [_grid_data(base, grid) for grid in grids],
        "notice": NOTICE,
    }


def _grid_data(base: CompiledBase, grid: Grid) -> dict[str, Any]:
    reasons = [reason for row in grid.cells for cell in row for reason in cell.reasons]
    rules = dict.fromkeys(id for reason in reasons for id in reason.outcome.grounds)
    return {
        "region": grid.region,
        "as_of": grid.as_of.isoformat(),
        "earliest": grid.earliest.isoformat() if grid.earliest else None,
        "stale": grid.stale,
        "sources": [_group_data(group) for group in grid.sources],
        "uses": [_group_data(group) for group in grid.uses],
        "cells": [[_cell_data(cell) for cell in row] for row in grid.cells],
        "left_out": list(grid.left_out),
        "rules": [rule_data(base, id, grid.region) for id in rules],
    }


def _group_data(group: Group) -> dict[str, list[str]]:
    return {"nodes": list(group.nodes), "leaves": list(group.leaves)}


def _cell_data(cell: Cell) -> dict[str, Any]:
    return {
        "status": cell.status,
        "supply": cell.supply,
        "reasons": [_reason_data(reason) for reason in cell.reasons],
    }


def _reason_data(reason: Reason) -> dict[str, Any]:
    outcome = reason.outcome
    return {
        "sources": _group_data(reason.sources),
        "uses": _group_data(reason.uses),
        "grounds": list(outcome.grounds),
        "conditions": list(outcome.requires),
        "confidence": outcome.confidence,
        "decides": list(outcome.decides),
    }


def matrix_csv(data: Data, vocabulary: Vocabulary) -> str:
    """The grids as CSV: one row for each region, source and use, with the rules behind it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    order = {fact: vocabulary.facts[fact].leaves.index for fact in ("source", "use")}
    for grid in data["grids"]:
        rows = []
        cells = [cell for row in grid["cells"] for cell in row]
        for answer, reason in [(cell, reason) for cell in cells for reason in cell["reasons"]]:
            rest = (
                answer["status"],
                answer["supply"],
                reason["confidence"],
                *(" ".join(reason[key]) for key in ("grounds", "conditions")),
                "; or ".join(reason["decides"]),
            )
            rows += [(s, u, *rest) for s in reason["sources"]["leaves"] for u in reason["uses"]["leaves"]]
        for row in sorted(rows, key=lambda row: (order["source"](row[0]), order["use"](row[1]))):
            writer.writerow([_inert(value) for value in (grid["region"], grid["as_of"], *row)])
    return text.getvalue()


def _inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def matrix_document(
    data: Data, vocabulary: Vocabulary, by: str = "source", explain: bool = False
) -> Document:
    """The grids as a document.

    Args:
        data: ``exoreg.matrix/1``.
        vocabulary: the trees of values that it was made with.
        by: the fact whose groups are the rows, ``source`` or ``use``.
        explain: whether to list the rules behind each cell.
    """
    rows, columns = ("source", "use") if by == "source" else ("use", "source")
    title = f"Every {rows} and {columns}: {product_title(vocabulary, data)}"
    blocks: list[Block] = [Heading(title, 1)]
    for grid in data["grids"]:
        blocks.append(Heading(vocabulary.regions.nodes[grid["region"]].title))
        blocks += _grid(grid, vocabulary, rows, columns, explain)
    blocks.append(Heading("How to read it"))
    blocks += _legend()
    blocks += assumed(vocabulary, data)
    if "donor" not in data["product"]:
        blocks.append(paragraph("Of each source the usual donor is assumed."))
    days = [grid["as_of"] for grid in data["grids"]]
    blocks.append(footer(data, days, any(grid["stale"] for grid in data["grids"])))
    return Document(title, blocks)


def _grid(grid: Data, vocabulary: Vocabulary, rows: str, columns: str, explain: bool) -> Iterator[Block]:
    if grid["earliest"]:
        place = place_name(vocabulary, grid["region"])
        yield paragraph(TOO_EARLY.format(place=place, earliest=grid["earliest"], day=grid["as_of"]))
        return
    heads = short_heads(vocabulary.facts[columns], [group["nodes"] for group in grid[f"{columns}s"]])
    titles = [_words(vocabulary, columns, group) for group in grid[f"{columns}s"]]
    cells = grid["cells"] if rows == "source" else list(zip(*grid["cells"], strict=True))
    yield Table(
        (rows, *heads),
        tuple(
            (spans(_words(vocabulary, rows, group)), *map(_mark, row))
            for group, row in zip(grid[f"{rows}s"], cells, strict=True)
        ),
        f"{vocabulary.regions.nodes[grid['region']].title}: every {rows} and {columns}",
        (rows, *titles),
    )
    for head, title in zip(heads, titles, strict=True):
        yield paragraph(Span(head, Tone.STRONG), f": {title}")
    if grid["left_out"]:
        words = _words(vocabulary, "source", {"leaves": _leaves(vocabulary, grid["left_out"])})
        yield paragraph(f"Left out, because they cannot have that donor: {words}.", note=True)
    if explain:
        yield Heading("Which rules", 3)
        yield Items(tuple(_cell_items(grid, vocabulary, rows)))


def _leaves(vocabulary: Vocabulary, nodes: Sequence[str]) -> list[str]:
    return [leaf for node in nodes for leaf in vocabulary.facts["source"].below(node)]


def short_heads(tree: Tree, groups: Sequence[Sequence[str]]) -> list[str]:
    """A short name for each group of nodes, no two the same: ``mic der``, or ``inj +3`` for four nodes."""

    def named(nodes: Sequence[str], letters: int) -> str:
        first = " ".join(part[:letters] for part in nodes[0].split("-"))
        return first + (f" +{len(nodes) - 1}" if len(nodes) > 1 else "")

    longest = max(map(len, tree.nodes))
    tries = ([named(nodes, letters) for nodes in groups] for letters in range(3, longest + 1))
    return next(heads for heads in tries if len(set(heads)) == len(heads) or len(heads[0]) > longest)


def _words(vocabulary: Vocabulary, fact: str, group: Data) -> str:
    return compressed(vocabulary, fact, group["leaves"], most=len(group["leaves"]))


def _mark(cell: Data) -> Spans:
    return spans(Span(LETTERS[cell["status"]] + MARKS[cell["supply"]], Tone(cell["status"])))


def _legend() -> Iterator[Block]:
    letters: list[str | Span] = []
    for status, letter in LETTERS.items():
        letters += [", " if letters else "", Span(letter, Tone(status)), f" {STATUS[status]}"]
    yield paragraph("The letter says what it is in law: ", *letters, ".")
    marks: list[str | Span] = []
    for supply, mark in MARKS.items():
        marks += [", " if marks else "", Span(mark, Tone.STRONG), f" {SUPPLY[supply]}"]
    yield paragraph("The mark says whether it may be supplied: ", *marks, ".")


def _cell_items(grid: Data, vocabulary: Vocabulary, rows: str) -> Iterator[Item]:
    """One entry for each cell, row by row, with the reasons for its parts."""
    rules = {rule["rule"]: rule for rule in grid["rules"]}
    numbers = [(i, j) for i in range(len(grid["sources"])) for j in range(len(grid["uses"]))]
    if rows == "use":
        numbers.sort(key=lambda number: (number[1], number[0]))
    for i, j in numbers:
        cell = grid["cells"][i][j]
        sources = _words(vocabulary, "source", grid["sources"][i])
        uses = _words(vocabulary, "use", grid["uses"][j])
        several = len(cell["reasons"]) > 1
        below = [_reason(reason, vocabulary, rules, several) for reason in cell["reasons"]]
        lead = spans(*_mark(cell), " ", Span(f"{sources} × {uses}", Tone.STRONG), ": ", *answer_spans(cell))
        yield Item(lead, (Items(tuple(below)),))


def _reason(reason: Data, vocabulary: Vocabulary, rules: Mapping[str, Data], several: bool) -> Item:
    parts = [_words(vocabulary, fact, reason[f"{fact}s"]) for fact in ("source", "use")]
    below: list[Paragraph | Items] = [_rule(rules[id]) for id in reason["grounds"]]
    if reason["decides"]:
        below.append(paragraph(f"Who decides: {'; or '.join(reason['decides'])}."))
    count = len(reason["conditions"])
    if count:
        below.append(
            paragraph(f"Under {count} condition{'s' if count > 1 else ''}; `exoreg check` lists them.")
        )
    if several:
        return Item(spans(f"{parts[0]} × {parts[1]}:"), tuple(below))
    return (
        Item(below[0].spans, tuple(below[1:])) if isinstance(below[0], Paragraph) else Item((), tuple(below))
    )


def _rule(rule: Data) -> Paragraph:
    cited: Spans = citation_spans(rule["citations"][0]) if rule["citations"] else ()
    lead = spans(Span(rule["title"], Tone.STRONG), " (rule ", Span(rule["rule"], Tone.CODE), ")")
    return Paragraph((*lead, *spans(": " if cited else ""), *cited))
