"""South Korea: the ordered research rules, first match wins, and where the rule base departs from them."""

from __future__ import annotations

from datetime import date

from tests.dossiers import (
    HUMAN,
    INSIDE,
    MUCOSAL,
    NEEDLED,
    NON_HUMAN,
    STRUCTURE_FUNCTION,
    Answer,
    Departure,
    Facts,
)

BLOOD = frozenset({"platelet", "blood-plasma"})
RUMINANT_TISSUE = frozenset({"bovine-other", "ovine"})
ELIGIBLE = HUMAN - BLOOD - {"placenta", "breast-milk", "pluripotent-line", "engineered-cell-line"}
HAIR_LOSS_CLASS = date(2017, 5, 30)

DRUG = ("drug", "prohibited")
UNLAWFUL = ("unlawful", "prohibited")
UNDETERMINED = ("undetermined", "withhold")
COSMETIC = ("cosmetic", "permitted")


def answer(facts: Facts, day: date) -> Answer:
    """The first of the ordered rules that matches; K01 is idle while no product is authorised."""
    in_clinic = facts.setting == "in-clinic-preparation"
    own = in_clinic and facts.donor == "autologous" and facts.source in HUMAN
    registered = in_clinic and "manufacturer-registration" in facts.evidence
    if facts.setting == "clinical-trial":  # K02
        return "drug", "trial-only"
    if own and facts.source in BLOOD and facts.use != "oral":  # K03
        return UNDETERMINED
    if facts.use in INSIDE | MUCOSAL | NEEDLED:  # K04, K05, K06
        return DRUG
    if facts.use == "oral":
        return swallowed(facts)
    if facts.setting == "research-use-only":  # K08a, K08b; a disease is K09's drug just the same
        return DRUG if facts.claims & (STRUCTURE_FUNCTION | {"disease"}) else UNLAWFUL
    if "disease" in facts.claims:  # K09
        return DRUG
    if own:  # K10a
        return UNDETERMINED
    if in_clinic and not registered:  # K10b, K10c; a registered clinic goes on as the market does
        return DRUG if facts.claims & STRUCTURE_FUNCTION else UNLAWFUL
    if unreviewed(facts, day):  # K11
        return DRUG
    return on_the_skin(facts)


def swallowed(facts: Facts) -> Answer:
    """K07a to K07c."""
    if "disease" in facts.claims:
        return DRUG
    return UNLAWFUL if facts.source in HUMAN or facts.source == "undisclosed" else UNDETERMINED


def unreviewed(facts: Facts, day: date) -> bool:
    """Whether a claim is left that no functional review of this product can cover on the day (K11 and its note)."""
    reviewed = set()
    if "functional-review" in facts.evidence:
        reviewed = {"skin-function"} | ({"hair-growth"} if day >= HAIR_LOSS_CLASS else set())
    return bool((facts.claims & STRUCTURE_FUNCTION) - reviewed)


def on_the_skin(facts: Facts) -> Answer:
    """K12a to K14, for what is on the market and claims no more than a cosmetic may."""
    source = facts.source
    if source in HUMAN and facts.form == "lysate":  # K12a
        return UNLAWFUL
    if source in BLOOD or source == "engineered-cell-line":  # K12b, K12c
        return UNLAWFUL
    if source in {"placenta", "breast-milk", "undisclosed"}:  # K12d, K12f, K12h
        return UNDETERMINED
    if source == "pluripotent-line":  # K12e, and its note
        return COSMETIC if "annex-3-file" in facts.evidence else UNDETERMINED
    if source in RUMINANT_TISSUE and "ruminant-tissue-declaration" not in facts.evidence:  # K12g
        return UNDETERMINED
    assert source in ELIGIBLE | NON_HUMAN
    return COSMETIC  # K13, K14


Cell = tuple[dict[str, str], str, str]


def row(source: str, form: str, appearance: Answer, oral: Answer) -> list[Cell]:
    """One row of the summary grid; the columns between looks and swallowing are the same in every row."""
    base = {"source": source, "form": form}
    cells: list[Cell] = [
        ({**base, "use": "topical"}, *appearance),
        ({**base, "use": "topical", "claims": "structure-function"}, *DRUG),
        ({**base, "use": "topical", "claims": "disease"}, *DRUG),
        ({**base, "use": "microneedled"}, *DRUG),
        *(
            ({**base, "use": use}, *DRUG)
            for use in ("injection", "infusion", "inhalation", "ocular", "mucosal")
        ),
        ({**base, "use": "oral"}, *oral),
        ({**base, "use": "oral", "claims": "disease"}, *DRUG),
    ]
    trial = ("drug", "trial-only")
    return cells + [
        ({**base, "use": use, "setting": "clinical-trial"}, *trial) for use in ("topical", "infusion")
    ]


GRID: list[Cell] = [
    *row("adipose", "isolated-exosomes", COSMETIC, UNLAWFUL),
    *row("umbilical", "conditioned-medium", COSMETIC, UNLAWFUL),
    *row("adipose", "lysate", UNLAWFUL, UNLAWFUL),
    *row("platelet", "isolated-exosomes", UNLAWFUL, UNLAWFUL),
    *row("blood-plasma", "isolated-exosomes", UNLAWFUL, UNLAWFUL),
    *row("engineered-cell-line", "isolated-exosomes", UNLAWFUL, UNLAWFUL),
    *row("placenta", "conditioned-medium", UNDETERMINED, UNLAWFUL),
    *row("pluripotent-line", "isolated-exosomes", UNDETERMINED, UNLAWFUL),
    *row("breast-milk", "isolated-exosomes", UNDETERMINED, UNLAWFUL),
    *row("undisclosed", "isolated-exosomes", UNDETERMINED, UNLAWFUL),
    *row("bovine-other", "isolated-exosomes", UNDETERMINED, UNDETERMINED),
    *row("ovine", "lysate", UNDETERMINED, UNDETERMINED),
    *row("salmon", "isolated-exosomes", COSMETIC, UNDETERMINED),
    *row("bovine-milk-colostrum", "isolated-exosomes", COSMETIC, UNDETERMINED),
    *row("porcine", "lysate", COSMETIC, UNDETERMINED),
    *row("plant", "isolated-exosomes", COSMETIC, UNDETERMINED),
    *row("fungal", "conditioned-medium", COSMETIC, UNDETERMINED),
    *row("algal", "isolated-exosomes", COSMETIC, UNDETERMINED),
    *row("microbial", "isolated-exosomes", COSMETIC, UNDETERMINED),
    *row("synthetic", "isolated-exosomes", COSMETIC, UNDETERMINED),
    (
        {"source": "salmon", "use": "topical", "claims": "skin-function", "evidence": "functional-review"},
        *COSMETIC,
    ),
    ({"source": "salmon", "use": "topical", "setting": "research-use-only"}, *UNLAWFUL),
    ({"source": "salmon", "use": "injection", "setting": "research-use-only"}, *DRUG),
    ({"source": "salmon", "use": "topical", "setting": "in-clinic-preparation"}, *UNLAWFUL),
    ({"source": "salmon", "use": "injection", "setting": "in-clinic-preparation"}, *DRUG),
    (
        {"source": "platelet", "donor": "autologous", "use": "injection", "setting": "in-clinic-preparation"},
        *UNDETERMINED,
    ),
    (
        {"source": "adipose", "donor": "autologous", "use": "topical", "setting": "in-clinic-preparation"},
        *UNDETERMINED,
    ),
]

DEPARTURES: list[Departure] = []
