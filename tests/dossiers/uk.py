"""The United Kingdom: the ordered research rules, first match wins, and where the rule base departs from them."""

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

OWN_BLOOD = frozenset({"platelet", "blood-plasma"})


def answer(facts: Facts, day: date) -> Answer:
    """The first of the fifteen rules that matches; a reagent may be supplied to nobody, whichever it is."""
    status, supply = first_match(facts)
    return status, "prohibited" if facts.setting == "research-use-only" else supply


def first_match(facts: Facts) -> Answer:
    """The ordered rules, without the modifier for reagents. No day changes an answer."""
    human = facts.source in HUMAN
    own = facts.setting == "in-clinic-preparation" and facts.donor == "autologous" and human
    if facts.setting == "clinical-trial":  # UK-01
        return "drug", "trial-only"
    if own and facts.source in OWN_BLOOD and is_medicinal(facts):  # UK-02
        return "drug", "permitted"
    if is_medicinal(facts):  # UK-03
        return "drug", "prohibited"
    if facts.use == "oral":  # UK-04, UK-05
        return ("unlawful", "prohibited") if human else ("undetermined", "withhold")
    if own and facts.use in INSIDE | NEEDLED:  # UK-06
        return "undetermined", "withhold"
    if human and facts.use in INSIDE and facts.claims & STRUCTURE_FUNCTION:  # UK-07
        return "drug", "prohibited"
    if facts.use in INSIDE:  # UK-08
        return "undetermined", "withhold"
    if human and facts.use in {"topical"} | NEEDLED | MUCOSAL:  # UK-09
        return "unlawful", "prohibited"
    if facts.use == "mucosal-genital-rectal":  # UK-10, the rest of which is answered as topical
        return "undetermined", "withhold"
    if facts.use in NEEDLED:  # UK-11, and what lifts it
        return ("cosmetic", "permitted") if needling_is_covered(facts) else ("undetermined", "withhold")
    if facts.source == "undisclosed":  # UK-12
        return "undetermined", "withhold"
    if facts.claims & STRUCTURE_FUNCTION:  # UK-13, and its refinement
        return ("cosmetic", "permitted") if skin_claim_is_proven(facts) else ("undetermined", "withhold")
    if facts.setting == "research-use-only":  # UK-14
        return "unlawful", "prohibited"
    return "cosmetic", "permitted"  # UK-15


def is_medicinal(facts: Facts) -> bool:
    """A disease claim, or a hair-growth claim on anything that is not swallowed."""
    return "disease" in facts.claims or ("hair-growth" in facts.claims and facts.use != "oral")


def needling_is_covered(facts: Facts) -> bool:
    """A source that is not human, looks only, no deeper than the epidermis, and a safety report that says so."""
    return (
        facts.source in NON_HUMAN
        and facts.use == "microneedled-epidermal"
        and not facts.claims & STRUCTURE_FUNCTION
        and "safety-report-covers-needling" in facts.evidence
    )


def skin_claim_is_proven(facts: Facts) -> bool:
    """Of all changes of the body only that of the skin is promised, and it is proven."""
    return facts.claims & STRUCTURE_FUNCTION == {"skin-function"} and "claim-substantiation" in facts.evidence


GRID = [
    ({"source": "human", "use": "topical"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "microneedled"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "injection"}, "undetermined", "withhold"),
    ({"source": "human", "use": "infusion"}, "undetermined", "withhold"),
    ({"source": "human", "use": "inhalation"}, "undetermined", "withhold"),
    ({"source": "human", "use": "ocular"}, "undetermined", "withhold"),
    ({"source": "human", "use": "mucosal"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "oral"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "topical", "claims": "skin-function"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "microneedled", "claims": "skin-function"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "injection", "claims": "skin-function"}, "drug", "prohibited"),
    ({"source": "human", "use": "infusion", "claims": "body-function"}, "drug", "prohibited"),
    ({"source": "human", "use": "mucosal", "claims": "body-function"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "oral", "claims": "body-function"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "topical", "claims": "hair-growth"}, "drug", "prohibited"),
    ({"source": "human", "use": "microneedled", "claims": "disease"}, "drug", "prohibited"),
    ({"source": "human", "use": "infusion", "claims": "disease"}, "drug", "prohibited"),
    ({"source": "human", "use": "mucosal", "claims": "disease"}, "drug", "prohibited"),
    ({"source": "human", "use": "oral", "claims": "disease"}, "drug", "prohibited"),
    ({"source": "plant", "use": "topical"}, "cosmetic", "permitted"),
    ({"source": "salmon", "use": "topical"}, "cosmetic", "permitted"),
    ({"source": "plant", "use": "microneedled"}, "undetermined", "withhold"),
    ({"source": "plant", "use": "injection"}, "undetermined", "withhold"),
    ({"source": "plant", "use": "mucosal-genital-rectal"}, "undetermined", "withhold"),
    ({"source": "plant", "use": "mucosal-oral-cavity"}, "cosmetic", "permitted"),
    ({"source": "plant", "use": "oral"}, "undetermined", "withhold"),
    ({"source": "animal", "use": "topical", "claims": "skin-function"}, "undetermined", "withhold"),
    ({"source": "animal", "use": "microneedled", "claims": "skin-function"}, "undetermined", "withhold"),
    ({"source": "animal", "use": "injection", "claims": "body-function"}, "undetermined", "withhold"),
    ({"source": "animal", "use": "mucosal", "claims": "body-function"}, "undetermined", "withhold"),
    ({"source": "animal", "use": "oral", "claims": "body-function"}, "undetermined", "withhold"),
    ({"source": "synthetic", "use": "topical", "claims": "hair-growth"}, "drug", "prohibited"),
    ({"source": "salmon", "use": "microneedled", "claims": "hair-growth"}, "drug", "prohibited"),
    ({"source": "microbial", "use": "inhalation", "claims": "disease"}, "drug", "prohibited"),
    ({"source": "plant", "use": "oral", "claims": "hair-growth"}, "undetermined", "withhold"),
    ({"source": "plant", "use": "oral", "claims": "disease"}, "drug", "prohibited"),
    ({"source": "undisclosed", "use": "topical"}, "undetermined", "withhold"),
    ({"source": "undisclosed", "use": "microneedled"}, "undetermined", "withhold"),
    ({"source": "undisclosed", "use": "injection"}, "undetermined", "withhold"),
    ({"source": "undisclosed", "use": "mucosal"}, "undetermined", "withhold"),
    ({"source": "undisclosed", "use": "oral"}, "undetermined", "withhold"),
    ({"source": "undisclosed", "use": "topical", "claims": "hair-growth"}, "drug", "prohibited"),
    ({"source": "human", "use": "topical", "setting": "clinical-trial"}, "drug", "trial-only"),
    ({"source": "plant", "use": "oral", "setting": "clinical-trial"}, "drug", "trial-only"),
    ({"source": "undisclosed", "use": "infusion", "setting": "clinical-trial"}, "drug", "trial-only"),
]


def _own_preparation_not_shown(facts: Facts, day: date) -> bool:
    covered = facts.use in {"topical", "injection"} | NEEDLED and "own-preparation-route" in facts.evidence
    return (
        facts.setting == "in-clinic-preparation"
        and facts.donor == "autologous"
        and facts.source in OWN_BLOOD
        and is_medicinal(facts)
        and not covered
    )


def _special(facts: Facts, day: date) -> bool:
    promises_more = ("hair-growth" in facts.claims and facts.use != "oral") or (
        facts.source in HUMAN and facts.use in INSIDE and facts.claims & STRUCTURE_FUNCTION
    )
    return (
        facts.setting == "marketed"
        and "disease" in facts.claims
        and "named-patient-route" in facts.evidence
        and not promises_more
    )


def _reagent_that_promises(facts: Facts, day: date) -> bool:
    return (
        facts.setting == "research-use-only"
        and facts.source in NON_HUMAN
        and facts.use in {"topical", "mucosal-oral-cavity"}
        and bool(facts.claims & STRUCTURE_FUNCTION)
        and not is_medicinal(facts)
    )


def _needled_reagent(facts: Facts, day: date) -> bool:
    return facts.setting == "research-use-only" and needling_is_covered(facts) and not is_medicinal(facts)


DEPARTURES = [
    Departure(
        "own-preparation-not-shown",
        _own_preparation_not_shown,
        ("drug", "prohibited"),
        "a doctor's own preparation is permitted only where the route is shown, and only on the skin or by needle",
    ),
    Departure(
        "special-left-to-the-authority",
        _special,
        ("drug", "withhold"),
        "a true special is neither forbidden nor known to be possible for exosomes: the authority decides",
    ),
    Departure(
        "reagent-that-promises",
        _reagent_that_promises,
        ("unlawful", "prohibited"),
        "a promise does not make a research reagent on the skin more lawful than silence would",
    ),
    Departure(
        "needled-reagent",
        _needled_reagent,
        ("undetermined", "prohibited"),
        "papers on needling do not make a cosmetic of a research reagent",
    ),
]
