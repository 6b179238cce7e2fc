"""Wording with its claims marked: as data (``exoreg.claims/1``, and one object a line), and for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from exoreg.render.document import Block, Document, Heading, Item, Items, Span, Tone, paragraph, spans

if TYPE_CHECKING:
    from exoreg.facts.vocabulary import Vocabulary
    from exoreg.offer.reading import Claim, Reading

CLAIMS = "exoreg.claims/1"
NONE_FOUND = "No claim was found in this text, which is not to say that none is made."

_TONES = {
    "disease": Tone.DRUG,
    "skin-function": Tone.UNDETERMINED,
    "hair-growth": Tone.UNDETERMINED,
    "body-function": Tone.UNDETERMINED,
    "appearance": Tone.COSMETIC,
}


def line_data(text: str, reading: Reading) -> dict[str, Any]:
    """One text with its label and spans: an object of ``claims --lines``.

    ``label`` is the strongest that counts; the spans hold everything read, each with its own finer label and
    with the modality that tells whether it counts.
    """
    return {"text": text, "label": reading.label, "spans": [_span_data(claim) for claim in reading.claims]}


def claims_data(text: str, reading: Reading) -> dict[str, Any]:
    """A whole text with its claims (``exoreg.claims/1``)."""
    line = line_data(text, reading)
    counting = [claim.counts for claim in reading.claims]
    return {
        "schema": CLAIMS,
        **line,
        "spans": [{**span, "counts": counts} for span, counts in zip(line["spans"], counting, strict=True)],
        "languages": list(reading.languages),
        "uncovered": [
            {"start": start, "end": end, "text": text[start:end], "language": language}
            for start, end, language in reading.uncovered
        ],
    }


def _span_data(claim: Claim) -> dict[str, Any]:
    return {
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "label": claim.label,
        "modality": claim.modality,
        "rule": claim.rule,
    }


def claims_document(data: Mapping[str, Any]) -> Document:
    """The text with every claim in brackets, its label behind it, and coloured by label."""
    text, at = data["text"], 0
    marked: list[Span] = []
    for span in data["spans"]:
        counts = span["counts"]
        about = span["label"] if counts else f"{span['label']}, {span['modality']}, not counted"
        tone = _TONES.get(span["label"], Tone.STRONG) if counts else Tone.QUIET
        marked += [
            Span(text[at : span["start"]]),
            Span(f"[{span['text']}]", tone),
            Span(f" ({about})", Tone.QUIET),
        ]
        at = span["end"]
    marked.append(Span(text[at:]))
    blocks: list[Block] = [Heading(f"Label: {data['label']}", 1)]
    blocks += [paragraph(*line) for line in _lines(marked)]
    if not any(span["counts"] for span in data["spans"]) and data["languages"]:
        blocks.append(paragraph(NONE_FOUND, note=True))
    for found in data["uncovered"]:
        words = " ".join(found["text"].split())[:60]
        blocks.append(
            paragraph(f"Language not covered ({found['language']}), not free of claims: “{words}”", note=True)
        )
    return Document("Claims", blocks)


def _lines(marked: Sequence[Span]) -> Iterator[list[Span]]:
    """The spans of each line of the text, empty lines left out."""
    line: list[Span] = []
    for span in marked:
        first, *rest = span.text.replace("\r\n", "\n").split("\n")
        line.append(Span(first, span.tone))
        for text in rest:
            if any(part.text.strip() for part in line):
                yield line
            line = [Span(text, span.tone)]
    if any(part.text.strip() for part in line):
        yield line


def words_data(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """For ``check --claim-text``: the words that count as claims, and what they were read as."""
    return [
        {key: value for key, value in _span_data(claim).items() if key != "modality"}
        for reading in readings
        for claim in reading.claims
        if claim.counts
    ]


def words_blocks(vocabulary: Vocabulary, words: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    """Which words of the wording given were read as which claim."""
    yield Heading("Read in the wording given")
    titles = vocabulary.facts["claims"].nodes
    if not words:
        yield paragraph(NONE_FOUND)
        return
    yield Items(
        tuple(
            Item(spans(f"“{' '.join(word['text'].split())}”: ", titles[word["label"]].title))
            for word in words
        )
    )
