"""What the cases of a rule base exercise and which flips they notice, as reports and as data."""

from __future__ import annotations

from typing import Any

from exoreg.law.places import Place
from exoreg.lint.coverage import KINDS, CoverageReport, Tally
from exoreg.lint.mutate import MutationReport, mutation_sentence
from exoreg.lint.run import named
from exoreg.render.document import Block, Document, Heading, Item, Items, Span, Table, Tone, paragraph, spans

COVERAGE = "exoreg.rules-coverage/1"
MUTATION = "exoreg.rules-mutate/1"


def _place(place: Place) -> str:
    return str(place._replace(file=named(place.file)))


def coverage_data(report: CoverageReport) -> dict[str, Any]:
    """The coverage as plain data."""
    return {
        "schema": COVERAGE,
        "percent": round(report.percent, 2),
        "regions": [
            {"region": region, "kind": kind, "exercised": tally.exercised, "total": tally.total}
            for (region, kind), tally in report.tallies.items()
        ],
        "missed": [
            {
                "kind": missed.kind,
                "region": missed.region,
                "what": missed.what,
                "place": _place(missed.place) if missed.place else None,
            }
            for missed in report.missed
        ],
    }


def coverage_document(report: CoverageReport) -> Document:
    """The coverage as a report: the share of each kind by region, then what is missed."""
    title = "What the cases exercise"
    blocks: list[Block] = [Heading(title, 1)]
    regions = dict.fromkeys(region for region, _ in report.tallies)
    rows = tuple(
        (
            spans(Span(region, Tone.STRONG)),
            *(spans(_share(report.tallies.get((region, kind)))) for kind in KINDS),
        )
        for region in regions
    )
    blocks.append(Table(("region", "rules", "overrides", "leaves", "dates"), rows))
    if report.missed:
        blocks.append(Heading("Exercised by no case"))
        blocks.append(
            Items(
                tuple(
                    Item(
                        spans(
                            Span(
                                f"{_place(missed.place)}: " if missed.place else f"{missed.region}: ",
                                Tone.CODE,
                            ),
                            f"{missed.kind} {missed.what}",
                        )
                    )
                    for missed in report.missed
                )
            )
        )
    blocks.append(paragraph(f"{report.percent:.1f} % exercised.", note=True))
    return Document(title, tuple(blocks))


def _share(tally: Tally | None) -> str:
    return f"{tally.exercised} of {tally.total}" if tally else "none"


def mutation_data(report: MutationReport) -> dict[str, Any]:
    """The result of the flips as plain data."""
    return {
        "schema": MUTATION,
        "score": round(report.score, 2),
        "made": report.made,
        "killed": report.killed,
        "without_effect": report.without_effect,
        "survivors": [
            {
                "rule": survivor.mutant.rule,
                "kind": survivor.mutant.kind,
                "what": survivor.mutant.what,
                "region": survivor.region,
                "place": _place(survivor.place),
                "witness": survivor.witness,
            }
            for survivor in report.survivors
        ],
    }


def mutation_document(report: MutationReport) -> Document:
    """The result of the flips as a report: each that no case noticed, and the score."""
    title = "Flips that no case notices"
    blocks: list[Block] = [Heading(title, 1)]
    blocks += [
        Items(
            (
                Item(
                    spans(
                        Span(f"{_place(survivor.place)}: ", Tone.CODE),
                        f"{survivor.mutant.rule}: {survivor.mutant.what}",
                    ),
                    (paragraph(f"changes {survivor.witness}"),),
                ),
            )
        )
        for survivor in report.survivors
    ]
    blocks.append(paragraph(mutation_sentence(report), note=True))
    return Document(title, tuple(blocks))
