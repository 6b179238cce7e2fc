"""Japan: the ordered research rules, first match wins, transcribed by hand."""

from __future__ import annotations

from datetime import date

from tests.dossiers import (
    HUMAN,
    INSIDE,
    MUCOSAL,
    NEEDLED,
    NON_HUMAN,
    OTHER,
    PLANT,
    STRUCTURE_FUNCTION,
    Answer,
    Departure,
    Facts,
)

EARLIEST = date(2014, 11, 25)
GENE_THERAPY = date(2025, 5, 31)

DRUG: Answer = ("drug", "prohibited")
TRIAL: Answer = ("drug", "trial-only")
UNLAWFUL: Answer = ("unlawful", "prohibited")
COSMETIC: Answer = ("cosmetic", "permitted")
UNSETTLED: Answer = ("undetermined", "withhold")
UNSETTLED_PERMITTED: Answer = ("undetermined", "permitted")
UNSETTLED_TRIAL: Answer = ("undetermined", "trial-only")

BLOOD = frozenset({"blood-plasma", "platelet"})
RUMINANT = frozenset({"bovine-other", "ovine", "deer-antler"})


def answer(facts: Facts, day: date) -> Answer:
    """JP-00 to JP-61 in their order."""
    if day < EARLIEST:  # JP-00
        return UNSETTLED
    if facts.setting == "clinical-trial":  # JP-10
        return TRIAL
    if facts.setting == "research-use-only":
        return _reagent(facts)
    if facts.setting == "in-clinic-preparation":
        return _in_clinic(facts, day)
    return _marketed(facts)


def _reagent(facts: Facts) -> Answer:
    looks_only = facts.claims <= {"appearance"}
    if facts.use == "topical" and looks_only:  # JP-20
        return UNLAWFUL
    if facts.use == "oral" and looks_only and facts.source not in HUMAN:  # JP-21
        return UNLAWFUL
    return DRUG  # JP-22


def _in_clinic(facts: Facts, day: date) -> Answer:
    if facts.source == "undisclosed":  # JP-30
        return UNSETTLED
    if facts.source in BLOOD and facts.donor == "allogeneic":  # JP-31
        return UNSETTLED
    if facts.source == "engineered-cell-line" and day >= GENE_THERAPY:  # JP-32
        return UNSETTLED_TRIAL
    return UNSETTLED_PERMITTED  # JP-33


def _marketed(facts: Facts) -> Answer:
    function = bool(facts.claims & STRUCTURE_FUNCTION)
    if "disease" in facts.claims:  # JP-40
        return DRUG
    if facts.use in INSIDE:  # JP-41
        return DRUG
    if facts.use in NEEDLED | MUCOSAL | {"topical"} and function:  # JP-42
        return DRUG
    if facts.use in NEEDLED:  # JP-43
        return UNSETTLED
    if facts.use in MUCOSAL:  # JP-44
        return UNSETTLED
    if facts.use == "oral":
        return _swallowed(facts, function)
    return _on_skin(facts)


def _swallowed(facts: Facts, function: bool) -> Answer:
    if facts.source in HUMAN:  # JP-45
        return DRUG
    if facts.source == "deer-antler":  # JP-46
        return DRUG
    if function:  # JP-47
        return DRUG
    if facts.source in {"undisclosed", "aloe"}:  # JP-48
        return UNSETTLED
    return UNSETTLED_PERMITTED  # JP-49


def _on_skin(facts: Facts) -> Answer:
    if facts.source == "undisclosed":  # JP-50
        return UNSETTLED
    if facts.source in BLOOD:  # JP-51
        return UNLAWFUL
    if facts.source == "placenta" and facts.form == "lysate":  # JP-55
        return UNLAWFUL
    if facts.source in {"breast-milk", "engineered-cell-line"}:  # JP-56
        return UNSETTLED
    if facts.source in HUMAN:  # JP-57
        return COSMETIC
    if facts.source == "deer-antler" and facts.form == "lysate":  # JP-58
        return UNLAWFUL
    if facts.source in RUMINANT and "ruminant-tissue-declaration" not in facts.evidence:  # JP-59
        return UNSETTLED
    return COSMETIC  # JP-60, JP-61


def _food(facts: Facts, day: date) -> bool:
    return (
        facts.setting == "marketed"
        and facts.use == "oral"
        and facts.claims <= {"appearance"}
        and facts.source in NON_HUMAN - {"deer-antler", "aloe"}
    )


def _declared_antler(facts: Facts, day: date) -> bool:
    return (
        facts.setting == "marketed"
        and facts.use == "topical"
        and facts.claims <= {"appearance"}
        and facts.source == "deer-antler"
        and facts.form != "lysate"
        and "ruminant-tissue-declaration" in facts.evidence
    )


DEPARTURES = [
    Departure(
        "swallowed-food",
        _food,
        UNSETTLED,
        "That a thing is judged a food does not show that food law allows it, and food law is not encoded.",
    ),
    Departure(
        "antler-declared",
        _declared_antler,
        UNSETTLED,
        "The declaration answers for organ and origin; that antler is an ingredient of drugs stays open.",
    ),
]


def _grid() -> list[tuple[dict[str, str], str, str]]:
    """The summary grid: each group of sources by columns, with the one departure from it (F is U here)."""
    letters = {"D": DRUG, "C": COSMETIC, "X": UNLAWFUL, "U": UNSETTLED}
    columns = [
        ("topical", "appearance"),
        ("topical", "skin-function"),
        ("microneedled-dermal", "appearance"),
        ("microneedled-dermal", "hair-growth"),
        ("injection", "appearance"),
        ("infusion", "appearance"),
        ("inhalation", "body-function"),
        ("ocular", "disease"),
        ("mucosal-oral-cavity", "appearance"),
        ("mucosal-genital-rectal", "appearance"),
        ("oral", "appearance"),
        ("topical", "disease"),
        ("oral", "disease"),
        ("oral", "body-function"),
        ("mucosal-oral-cavity", "body-function"),
    ]
    human = (
        "umbilical amniotic adipose bone-marrow skin-fibroblast hair-follicle dental-pulp pluripotent-line"
    )
    animal = "salmon porcine equine avian-egg honeybee snail marine-invertebrate bovine-milk-colostrum"
    rest = " ".join(sorted((PLANT | OTHER | {"lactobacillus", "yeast", "microbial-other"}) - {"aloe"}))
    rows = [
        (human, "isolated-exosomes", "CDUDDDDDUUDDDDD"),
        ("placenta", "isolated-exosomes", "CDUDDDDDUUDDDDD"),
        ("placenta", "conditioned-medium", "CDUDDDDDUUDDDDD"),
        ("placenta", "lysate", "XDUDDDDDUUDDDDD"),
        ("blood-plasma platelet", "isolated-exosomes", "XDUDDDDDUUDDDDD"),
        ("breast-milk engineered-cell-line", "isolated-exosomes", "UDUDDDDDUUDDDDD"),
        (animal, "isolated-exosomes", "CDUDDDDDUUUDDDD"),
        ("bovine-other ovine", "isolated-exosomes", "UDUDDDDDUUUDDDD"),
        ("deer-antler", "lysate", "XDUDDDDDUUDDDDD"),
        ("deer-antler", "isolated-exosomes", "UDUDDDDDUUDDDDD"),
        (rest, "isolated-exosomes", "CDUDDDDDUUUDDDD"),
        ("aloe", "isolated-exosomes", "CDUDDDDDUUUDDDD"),
        ("undisclosed", "isolated-exosomes", "UDUDDDDDUUUDDDD"),
    ]
    return [
        ({"source": source, "form": form, "use": use, "claims": claims}, *letters[letter])
        for sources, form, cells in rows
        for source in sources.split()
        for (use, claims), letter in zip(columns, cells, strict=True)
    ]


GRID = _grid()
