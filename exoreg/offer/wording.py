"""All that the wording of an offer states, with the place of every word: each part scanned, nothing weighed yet."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exoreg.offer.document import Offer, Part
from exoreg.offer.reading import Claim, Reading

QUOTED = "quoted text"
"""The place of wording that the sender of an email quotes or forwards."""

_BETWEEN_PARAGRAPHS = re.compile(r"\n[>\s]*\n")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an offer and their place.

    ``part`` is the number of the part, ``start`` and ``end`` count in its text, ``line`` is counted from 1 and
    is 0 where the part has only one. ``hidden`` is as in `Part`; ``rule`` is the lexicon entry that read them.
    """

    part: int
    where: str
    hidden: str | None
    line: int
    start: int
    end: int
    text: str
    rule: str

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        line = f", line {self.line}" if self.line else ""
        return f"{self.where}{line}" + (f", hidden: {self.hidden}" if self.hidden else "")


@dataclass(frozen=True, slots=True)
class ClaimRead:
    """A claim in the wording; ``counts`` says whether it is the seller's promise."""

    quote: Quote
    label: str
    modality: str
    counts: bool


@dataclass(frozen=True, slots=True)
class FactRead:
    """A value of a fact in the wording.

    ``denied`` when the words say that it is not so; ``bare`` when they name a thing that the product need not be of.
    """

    quote: Quote
    fact: str
    value: str
    denied: bool
    bare: bool


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Wording in a language that exoreg does not read."""

    quote: Quote
    language: str


@dataclass(frozen=True)
class Wording:
    """What was read in an offer, in its order. ``arguments`` and ``flags`` are by id."""

    claims: tuple[ClaimRead, ...]
    facts: tuple[FactRead, ...]
    arguments: dict[str, tuple[Quote, ...]]
    flags: dict[str, tuple[Quote, ...]]
    languages: tuple[str, ...]
    uncovered: tuple[Uncovered, ...]

    @property
    def counting(self) -> tuple[ClaimRead, ...]:
        """The claims that the law counts as the seller's promise."""
        return tuple(claim for claim in self.claims if claim.counts)


def read_wording(offer: Offer, rules_dir: Path | None = None) -> Wording:
    """Scans every part of an offer, hidden ones too.

    Args:
        offer: the document as it was read.
        rules_dir: the rules whose lexicon is used; the shipped one by default.

    Raises:
        RuleBaseError: the lexicon of ``rules_dir`` is wrong.
    """
    from exoreg.offer.scan import scan

    claims: list[ClaimRead] = []
    facts: list[FactRead] = []
    arguments: dict[str, dict[Quote, None]] = {}
    flags: dict[str, dict[Quote, None]] = {}
    languages: dict[str, None] = {}
    uncovered: list[Uncovered] = []
    for number, part in enumerate(offer.parts):
        place = _Placing(number, part)
        reading = scan(part.text, rules_dir=rules_dir)
        languages.update(dict.fromkeys(reading.languages))
        customers = _customers(part, reading)
        claims += [
            ClaimRead(place(c.start, c.end, c.rule), c.label, c.modality, c.counts and c not in customers)
            for c in reading.claims
        ]
        facts += [
            FactRead(place(f.start, f.end, f.rule), f.fact, f.value, f.negated, f.bare) for f in reading.facts
        ]
        for argument in reading.arguments:
            quote = place(argument.start, argument.end, argument.rule)
            arguments.setdefault(argument.argument, {})[quote] = None
        for flag in reading.flags:
            flags.setdefault(flag.flag, {})[place(flag.start, flag.end, flag.rule)] = None
        uncovered += [
            Uncovered(place(start, end, ""), language) for start, end, language in reading.uncovered
        ]
    return Wording(
        tuple(claims),
        tuple(facts),
        {id: tuple(quotes) for id, quotes in arguments.items()},
        {id: tuple(quotes) for id, quotes in flags.items()},
        tuple(language for language in ("en", "ja", "ko") if language in languages),
        tuple(uncovered),
    )


class _Placing:
    """Makes quotes of one part."""

    def __init__(self, number: int, part: Part) -> None:
        self.number, self.part = number, part
        self.ends = [at for at, char in enumerate(part.text) if char == "\n"]

    def __call__(self, start: int, end: int, rule: str) -> Quote:
        part = self.part
        line = bisect_right(self.ends, start) + 1 if self.ends else 0
        return Quote(self.number, part.where, part.hidden, line, start, end, part.text[start:end], rule)


def _customers(part: Part, reading: Reading) -> set[Claim]:
    """Claims in quoted text that are a customer's, not the seller's.

    What a seller quotes or forwards is its own wording, but a customer's question is not, nor is what the
    customer tells of a patient in the same breath.
    """
    if part.where != QUOTED:
        return set()
    ends = [found.start() for found in _BETWEEN_PARAGRAPHS.finditer(part.text)]
    asking = {bisect_right(ends, claim.start) for claim in reading.claims if claim.modality == "question"}
    return {
        claim
        for claim in reading.claims
        if claim.modality == "testimonial" and bisect_right(ends, claim.start) in asking
    }


def quotes(found: Sequence[FactRead]) -> tuple[Quote, ...]:
    """The quotes of readings, each once."""
    return tuple(dict.fromkeys(fact.quote for fact in found))
