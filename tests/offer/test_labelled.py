"""The labelled lines and sample offers of ``evaluation/`` in every language: the figures stay where they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from exoreg.offer.reading import FOLDED
from exoreg.offer.scan import label_of, scan

EVALUATION = Path(__file__).parents[2] / "evaluation"
OFFERS = sorted((EVALUATION / "offers").glob("*.yaml"))
DRUG_SIDE = {"disease", "structure-function"}


@pytest.mark.parametrize("path", OFFERS, ids=lambda path: path.stem)
def test_sample_offers_are_read_as_their_files_say(path: Path) -> None:
    """Facts, routes, arguments, promises and what promises nothing."""
    expected = yaml.safe_load(path.read_text("utf-8"))
    text = path.with_suffix(".txt").read_text("utf-8")
    reading = scan(text)
    stated = {(span.fact, span.value) for span in reading.facts if not span.negated}
    assert {("source", expected["source"]), ("form", expected["form"])} <= stated
    assert {value for fact, value in stated if fact == "use"} == set(expected["use"])
    assert {span.argument for span in reading.arguments} == set(expected["argument_ids"])
    counting = [claim for claim in reading.claims if claim.counts]
    for span in expected["spans"]:
        start = text.index(span["text"])
        end = start + len(span["text"])
        labels = {claim.label for claim in counting if claim.start < end and claim.end > start}
        assert span["label"] in labels | {FOLDED[label] for label in labels}, span
    for words in expected["not_claims"]:
        start = text.index(words)
        assert not [claim for claim in counting if claim.start < start + len(words) and claim.end > start], (
            words
        )


@pytest.mark.parametrize(
    ("language", "split", "lenient", "f1"),
    [
        ("en", "develop", 0.965, 0.96),
        ("ja", "develop", 0.965, 0.95),
        ("ko", "develop", 0.965, 0.945),
        ("en", "held-out", 0.80, 0.84),
        ("ja", "held-out", 0.88, 0.92),
        ("ko", "held-out", 0.86, 0.87),
    ],
)
def test_accuracy_does_not_fall(language: str, split: str, lenient: float, f1: float) -> None:
    """The share of labelled lines read as labelled or as defensible, and F1 of the drug side."""
    lines = (EVALUATION / f"claims/{language}.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if (row["language"], row["split"]) == (language, split)]
    read = [(row, label_of(row["text"])) for row in rows]
    right = sum(label in (row["label"], row.get("alt")) for row, label in read)
    hits = sum(row["label"] in DRUG_SIDE and label in DRUG_SIDE for row, label in read)
    said = sum(label in DRUG_SIDE for _, label in read)
    true = sum(row["label"] in DRUG_SIDE for row in rows)
    assert right / len(read) >= lenient
    assert 2 * hits / (said + true) >= f1
