"""Plain transcriptions of the ordered research rules that the rule base was written from.

One module a region. Each has

- ``answer(facts, day)``: the ordered rules, first match wins, as ``(status, supply)``. "Undetermined,
  prohibited by precaution" is written ``("undetermined", "withhold")``, the word of this project for it.
- ``GRID``: cells of the summary grid, as ``(facts, status, supply)``; a fact left out takes its default.
- ``DEPARTURES``: where the rule base deliberately says something else, as ``Departure``s.

Nothing here reads the rule base: it is the second, independent reading that ``test_dossiers.py`` compares.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

HUMAN = frozenset(
    [
        "umbilical",
        "placenta",
        "amniotic",
        "adipose",
        "bone-marrow",
        "platelet",
        "blood-plasma",
        "skin-fibroblast",
        "hair-follicle",
        "dental-pulp",
        "breast-milk",
        "pluripotent-line",
        "engineered-cell-line",
    ]
)
ANIMAL = frozenset(
    [
        "salmon",
        "bovine-milk-colostrum",
        "bovine-other",
        "porcine",
        "ovine",
        "equine",
        "avian-egg",
        "deer-antler",
        "honeybee",
        "snail",
        "marine-invertebrate",
    ]
)
PLANT = frozenset(["rose", "centella", "ginseng", "aloe", "citrus", "plant-other"])
MICROBIAL = frozenset(["lactobacillus", "yeast", "microbial-other"])
OTHER = frozenset({"fungal", "algal", "synthetic"})
NON_HUMAN = ANIMAL | PLANT | MICROBIAL | OTHER
NEEDLED = frozenset({"microneedled-epidermal", "microneedled-dermal"})
MUCOSAL = frozenset({"mucosal-oral-cavity", "mucosal-genital-rectal"})
INSIDE = frozenset({"injection", "infusion", "inhalation", "ocular"})
STRUCTURE_FUNCTION = frozenset({"skin-function", "hair-growth", "body-function"})


@dataclass(frozen=True)
class Facts:
    """One situation: a leaf for every fact; ``claims`` and ``evidence`` are sets of leaves."""

    source: str
    donor: str
    form: str
    use: str
    claims: frozenset[str]
    setting: str
    evidence: frozenset[str]


Answer = tuple[str, str]


@dataclass(frozen=True)
class Departure:
    """A deliberate difference: where it holds, what the rule base answers there, and why."""

    name: str
    holds: Callable[[Facts, date], bool]
    answer: Answer
    reason: str
