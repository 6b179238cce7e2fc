"""What a scan gives back."""

from __future__ import annotations

from typing import NamedTuple

COUNTING = frozenset({"asserted", "hedged", "research", "testimonial", "conditional"})
"""Modalities that the law counts as the seller's promise."""
FOLDED = {
    "disease": "disease",
    "skin-function": "structure-function",
    "hair-growth": "structure-function",
    "body-function": "structure-function",
    "appearance": "appearance",
}
"""The three classes of law that the five labels fold into."""
STRENGTH = ("appearance", "body-function", "skin-function", "hair-growth", "disease")
"""Labels, the strongest last."""


class Claim(NamedTuple):
    """A phrase that promises something, or would if it were meant so.

    Offsets are into the original text. ``rule`` is the entry that read it, ``via`` the entries of the words it was
    read from, ``context`` the entries that decided its modality. ``leading`` marks a question that promises by
    itself or is answered with yes.
    """

    start: int
    end: int
    text: str
    label: str
    modality: str
    rule: str
    language: str
    via: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    leading: bool = False

    @property
    def counts(self) -> bool:
        """Whether the law counts it as the seller's promise."""
        return self.modality in COUNTING or self.leading


class FactSpan(NamedTuple):
    """Words that state a fact of the product.

    ``negated`` when they say that it is not so; ``bare`` when they name a thing that the product need not be made of.
    """

    start: int
    end: int
    text: str
    fact: str
    value: str
    rule: str
    negated: bool = False
    via: tuple[str, ...] = ()
    bare: bool = False


class ArgumentSpan(NamedTuple):
    """Words that make a seller's argument (an id of ``rules/arguments.yaml``)."""

    start: int
    end: int
    text: str
    argument: str
    rule: str
    via: tuple[str, ...] = ()


class FlagSpan(NamedTuple):
    """Words worth a warning that are neither claim, fact nor argument."""

    start: int
    end: int
    text: str
    flag: str
    rule: str
    via: tuple[str, ...] = ()


class Reading(NamedTuple):
    """Everything that a scan found, in the order of the text.

    ``languages`` are those read; ``uncovered`` the stretches that were not, each with a guess at its language. An
    empty ``claims`` means "no claim found in this text", never "the product makes no claims".
    """

    claims: tuple[Claim, ...] = ()
    facts: tuple[FactSpan, ...] = ()
    arguments: tuple[ArgumentSpan, ...] = ()
    flags: tuple[FlagSpan, ...] = ()
    languages: tuple[str, ...] = ()
    uncovered: tuple[tuple[int, int, str], ...] = ()

    @property
    def label(self) -> str:
        """The strongest claim that counts: disease, structure-function, appearance or none."""
        labels = [claim.label for claim in self.claims if claim.counts]
        return FOLDED[max(labels, key=STRENGTH.index)] if labels else "none"
