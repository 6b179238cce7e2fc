"""The ordered rules for the United States, first match wins, as the research states them."""

from __future__ import annotations

from datetime import date

from tests.dossiers import HUMAN, INSIDE, MUCOSAL, NEEDLED, STRUCTURE_FUNCTION, Answer, Departure, Facts

DRUG: Answer = ("drug", "prohibited")
TRIAL: Answer = ("drug", "trial-only")
UNLAWFUL: Answer = ("unlawful", "prohibited")
UNDETERMINED: Answer = ("undetermined", "withhold")
COSMETIC: Answer = ("cosmetic", "permitted")

FIRST_CATTLE_RULE = date(2004, 7, 14)


def answer(facts: Facts, day: date) -> Answer:
    """The answer of the ordered rules; the day makes no difference to it."""
    structure_function = bool(facts.claims & STRUCTURE_FUNCTION)
    on_the_outside = {"topical"} | NEEDLED | MUCOSAL
    if facts.setting == "clinical-trial":  # us-01
        return TRIAL
    if "disease" in facts.claims:  # us-02
        return DRUG
    if facts.use in INSIDE:  # us-03
        return DRUG
    if structure_function and facts.use in on_the_outside:  # us-04
        return DRUG
    if structure_function and facts.use == "oral" and facts.source in HUMAN - {"breast-milk"}:  # us-05
        return DRUG
    if facts.setting == "research-use-only":  # us-06
        return UNLAWFUL
    if facts.use == "oral" or facts.use in MUCOSAL or facts.use in NEEDLED:  # us-07, us-08, us-09
        return UNDETERMINED
    if facts.source == "undisclosed":  # us-10
        return UNDETERMINED
    if facts.source == "bovine-other" and "cattle-records" not in facts.evidence:  # us-11, the hard gate
        return UNLAWFUL
    return COSMETIC  # us-11 with records, us-12, us-13


_INSIDE = ("injection", "infusion", "inhalation", "ocular")
_ALL_DRUG = (DRUG,) * 5
_OTHERS = ("salmon", "rose", "fungal", "algal", "yeast", "synthetic")


def _row(source: str, claims: list[str], *answers: Answer) -> list[tuple[dict[str, object], str, str]]:
    """One row of the grid: topical, microneedled, each way inside, mucosal, oral."""
    topical, needled, inside, mucosal, oral = answers
    uses = {
        "topical": topical,
        "microneedled": needled,
        "mucosal": mucosal,
        "oral": oral,
        **dict.fromkeys(_INSIDE, inside),
    }
    return [({"source": source, "use": use, "claims": claims}, *given) for use, given in uses.items()]


GRID: list[tuple[dict[str, object], str, str]] = [
    *_row("umbilical", ["appearance"], COSMETIC, UNDETERMINED, DRUG, UNDETERMINED, UNDETERMINED),
    *_row("umbilical", ["structure-function"], DRUG, DRUG, DRUG, DRUG, DRUG),
    *_row("breast-milk", ["structure-function"], DRUG, DRUG, DRUG, DRUG, UNDETERMINED),
    *(
        cell
        for source in _OTHERS
        for cell in (
            *_row(source, ["appearance"], COSMETIC, UNDETERMINED, DRUG, UNDETERMINED, UNDETERMINED),
            *_row(source, ["structure-function"], DRUG, DRUG, DRUG, DRUG, UNDETERMINED),
        )
    ),
    *_row("bovine-other", ["appearance"], UNLAWFUL, UNDETERMINED, DRUG, UNDETERMINED, UNDETERMINED),
    ({"source": "bovine-other", "use": "topical", "evidence": ["cattle-records"]}, *COSMETIC),
    *_row("undisclosed", ["appearance"], UNDETERMINED, UNDETERMINED, DRUG, UNDETERMINED, UNDETERMINED),
    *(
        cell
        for source in ("human", "animal", "plant", "undisclosed")
        for cell in _row(source, ["disease"], *_ALL_DRUG)
    ),
    (
        {"source": "umbilical", "use": "microneedled", "claims": ["disease"], "setting": "clinical-trial"},
        *TRIAL,
    ),
    ({"source": "rose", "use": "oral", "setting": "clinical-trial"}, *TRIAL),
    ({"source": "rose", "use": "topical", "setting": "research-use-only"}, *UNLAWFUL),
    ({"source": "rose", "use": "oral", "setting": "research-use-only"}, *UNLAWFUL),
    ({"source": "rose", "use": "injection", "setting": "research-use-only"}, *DRUG),
]

DEPARTURES: list[Departure] = [
    Departure(
        name="cattle-before-2004",
        holds=lambda facts, day: (
            day < FIRST_CATTLE_RULE
            and facts.source == "bovine-other"
            and facts.use == "topical"
            and facts.setting in ("marketed", "in-clinic-preparation")
            and not facts.claims & (STRUCTURE_FUNCTION | {"disease"})
            and "cattle-records" not in facts.evidence
        ),
        answer=COSMETIC,
        reason="The ban of prohibited cattle materials in cosmetics began on 2004-07-14; before it nothing was barred.",
    ),
]
