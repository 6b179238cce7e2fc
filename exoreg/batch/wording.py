"""Free wording beside the facts of a catalogue: what a text shows joins what the columns state."""

from __future__ import annotations

import pyarrow as pa

from exoreg.batch.cells import as_cells
from exoreg.batch.words import SEPARATOR, split
from exoreg.facts.product import FACTS, UNKNOWN
from exoreg.facts.vocabulary import UNKNOWN_WORDS, Fact, Vocabulary, WordError

CLAIMS = "claims"


def read_wording(vocabulary: Vocabulary, text: str) -> dict[str, tuple[str, ...]]:
    """What a text says of each fact of which it speaks; of claims those that count."""
    from exoreg.offer.scan import scan

    reading = scan(text)
    found: dict[str, list[str]] = {CLAIMS: [claim.label for claim in reading.claims if claim.counts]}
    for span in reading.facts:
        # A document is evidence once it has been seen; that a text speaks of one shows nothing.
        if not span.negated and span.fact in FACTS and span.fact != "evidence":
            found.setdefault(span.fact, []).append(span.value)
    return {fact: _finest(vocabulary.facts[fact], words) for fact, words in found.items() if words}


def _finest(fact: Fact, words: list[str]) -> tuple[str, ...]:
    """The words without those that another one says more exactly."""
    above = {node for word in words for node in fact.path(word)[1:]}
    return tuple(dict.fromkeys(word for word in words if word not in above))


def add_wording(vocabulary: Vocabulary, arrays: dict[str, pa.Array], texts: pa.Array) -> None:
    """Joins what the texts show to the columns of the facts, in place.

    Claims are added to claims. Any other fact is taken from the text where its cell is empty; where cell and text,
    or the text and itself, cannot both be so, nobody knows which is, and the fact is unknown.
    """
    given = texts.to_pylist()
    readings = {text: read_wording(vocabulary, text) for text in set(given) if text}
    found = [readings.get(text, {}) for text in given]
    for name, fact in vocabulary.facts.items():
        if not any(name in reading for reading in found):
            continue
        cells = [cell or "" for cell in as_cells(arrays[name])] if name in arrays else [""] * len(found)
        arrays[name] = pa.array(
            [_with(fact, cell, reading.get(name, ())) for cell, reading in zip(cells, found, strict=True)],
            pa.string(),
        )


def _with(fact: Fact, cell: str, shown: tuple[str, ...]) -> str:
    """A cell together with what a text shows."""
    stated = split(cell)
    if not shown or any(word.casefold() in UNKNOWN_WORDS for word in stated):
        return cell
    if fact.is_set:
        return SEPARATOR.join((*stated, *shown))
    try:
        words = {*map(fact.resolve, stated), *shown}
    except WordError:
        return cell
    possible = set.intersection(*(set(fact.below(word)) for word in words))
    if not possible:
        return UNKNOWN
    return cell if stated else min(shown, key=lambda word: len(fact.below(word)))
