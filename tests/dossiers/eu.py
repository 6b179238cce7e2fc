"""The European Union, France and Germany: the ordered research rules, first match wins, and the departures."""

from __future__ import annotations

from datetime import date

from tests.dossiers import (
    HUMAN,
    MUCOSAL,
    NEEDLED,
    NON_HUMAN,
    STRUCTURE_FUNCTION,
    Answer,
    Departure,
    Facts,
)

AESTHETIC = frozenset({"appearance", "skin-function", "hair-growth"})
MANUAL_ON_NEEDLES = date(2016, 12, 31)


def answer(facts: Facts, day: date, region: str = "EU") -> Answer:
    """The first of the rules eu-01 to eu-15 that matches, then what eu-02 says of reagents."""
    status, supply = first_match(facts, region)
    if facts.setting == "research-use-only":  # eu-02
        return "unlawful" if status == "cosmetic" else status, "prohibited"
    return status, supply


def first_match(facts: Facts, region: str) -> Answer:
    """The ordered rules without eu-02. No day changes an answer, only its reasons."""
    human, needled = facts.source in HUMAN, facts.use in NEEDLED
    disease = "disease" in facts.claims
    function = bool(facts.claims & STRUCTURE_FUNCTION)
    if facts.setting == "clinical-trial":  # eu-01
        return "drug", "trial-only"
    if is_bedside(facts):  # eu-03
        return bedside(facts, region)
    if disease:  # eu-05
        return "drug", "prohibited"
    if facts.use in {"infusion", "inhalation", "injection", "ocular"}:  # eu-06, eu-07, eu-08
        return "drug", "prohibited"
    if facts.use in MUCOSAL and human:  # eu-09
        return ("drug" if function else "unlawful"), "prohibited"
    if facts.use in MUCOSAL:
        lawful = facts.use == "mucosal-oral-cavity" and not function and facts.source in NON_HUMAN
        return ("cosmetic", "permitted") if lawful else ("undetermined", "withhold")
    if facts.use == "oral":  # eu-10
        return "undetermined", "withhold"
    if facts.source == "undisclosed":  # eu-11
        return "undetermined", "withhold"
    if human:  # eu-12
        return "unlawful", "prohibited"
    if needled:  # eu-13
        lawful = facts.use == "microneedled-epidermal" and not function
        covered = "safety-report-covers-needling" in facts.evidence
        return ("cosmetic", "permitted") if lawful and covered else ("undetermined", "withhold")
    if function:  # eu-14
        proven = "claim-substantiation" in facts.evidence
        return "undetermined", "permitted" if proven else "withhold"
    return "cosmetic", "permitted"  # eu-15


def is_bedside(facts: Facts) -> bool:
    """The patient's own material, prepared in the clinic, neither spread on intact skin nor swallowed."""
    return (
        facts.setting == "in-clinic-preparation"
        and facts.source in HUMAN
        and facts.donor == "autologous"
        and facts.use not in {"topical", "oral"}
    )


def bedside(facts: Facts, region: str) -> Answer:
    """eu-03: a member state's own rule may bar the preparation or, with a written route, permit it."""
    if region == "FR" and facts.claims <= {"appearance"}:
        return "unlawful", "prohibited"
    status, default = ("drug", "prohibited") if "disease" in facts.claims else ("undetermined", "withhold")
    national = region in {"FR", "DE"} and "own-preparation-route" in facts.evidence
    return status, "permitted" if national else default


def _reagent(facts: Facts, day: date) -> bool:
    return facts.setting == "research-use-only" and answer(facts, day)[0] == "undetermined"


def _proven_function(facts: Facts, day: date) -> bool:
    return facts.setting != "research-use-only" and first_match(facts, "EU") == ("undetermined", "permitted")


def _needled_before_the_manual(facts: Facts, day: date) -> bool:
    needled = facts.use in NEEDLED and answer(facts, day) == ("cosmetic", "permitted")
    return needled and day < MANUAL_ON_NEEDLES


def _looks_with_a_function(facts: Facts, day: date, region: str = "EU") -> bool:
    french = region == "FR" and is_bedside(facts) and "disease" not in facts.claims
    return french and bool(facts.claims & AESTHETIC) and not facts.claims <= {"appearance"}


def _national_route(facts: Facts, day: date, region: str = "EU") -> bool:
    routed = is_bedside(facts) and answer(facts, day, region)[1] == "permitted"
    return routed and "disease" not in facts.claims


def _national_route_for_disease(facts: Facts, day: date, region: str = "EU") -> bool:
    return is_bedside(facts) and answer(facts, day, region) == ("drug", "permitted")


# The first that holds is taken; the reasons are argued in docs/departures/eu.md.
DEPARTURES = (
    Departure(
        "reagent-has-no-category",
        _reagent,
        ("unlawful", "prohibited"),
        "A reagent used on people meets the duties of no category, so which one it would be need not be open.",
    ),
    Departure(
        "proof-does-not-lift",
        _proven_function,
        ("undetermined", "withhold"),
        "Proof of a function may show a medicine as well; nobody can show that no authority has objected.",
    ),
    Departure(
        "manual-on-needles-not-yet",
        _needled_before_the_manual,
        ("undetermined", "withhold"),
        "The permission rests on the borderline manual, whose entry is not known to be older than 2016.",
    ),
    Departure(
        "french-looks-with-a-function",
        _looks_with_a_function,
        ("unlawful", "prohibited"),
        "A promise about skin or hair is an aesthetic end too, so it does not take the French ban away.",
    ),
    Departure(
        "national-route-not-enough",
        _national_route,
        ("undetermined", "withhold"),
        "A notification proves no lawful preparation; a German court asked for a licence in a near case.",
    ),
    Departure(
        "national-route-not-enough-for-disease",
        _national_route_for_disease,
        ("drug", "prohibited"),
        "The same, where disease is promised and the product is a medicine in any case.",
    ),
)

GRID = [
    ({"source": "human", "use": "topical"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "topical", "claims": "skin-function"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "microneedled"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "microneedled", "claims": "hair-growth"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "injection"}, "drug", "prohibited"),
    ({"source": "human", "use": "injection", "claims": "skin-function"}, "drug", "prohibited"),
    ({"source": "human", "use": "infusion"}, "drug", "prohibited"),
    ({"source": "human", "use": "inhalation"}, "drug", "prohibited"),
    ({"source": "human", "use": "ocular"}, "drug", "prohibited"),
    ({"source": "human", "use": "mucosal"}, "unlawful", "prohibited"),
    ({"source": "human", "use": "mucosal", "claims": "body-function"}, "drug", "prohibited"),
    ({"source": "human", "use": "oral"}, "undetermined", "withhold"),
    ({"source": "human", "use": "topical", "claims": "disease"}, "drug", "prohibited"),
    ({"source": "animal", "use": "topical"}, "cosmetic", "permitted"),
    ({"source": "animal", "use": "topical", "claims": "skin-function"}, "undetermined", "withhold"),
    ({"source": "animal", "use": "microneedled"}, "undetermined", "withhold"),
    ({"source": "animal", "use": "injection"}, "drug", "prohibited"),
    ({"source": "animal", "use": "infusion"}, "drug", "prohibited"),
    ({"source": "animal", "use": "ocular"}, "drug", "prohibited"),
    ({"source": "animal", "use": "mucosal-genital-rectal"}, "undetermined", "withhold"),
    ({"source": "animal", "use": "mucosal", "claims": "body-function"}, "undetermined", "withhold"),
    ({"source": "animal", "use": "oral"}, "undetermined", "withhold"),
    ({"source": "animal", "use": "oral", "claims": "disease"}, "drug", "prohibited"),
    ({"source": "plant", "use": "topical"}, "cosmetic", "permitted"),
    ({"source": "plant", "use": "topical", "claims": "hair-growth"}, "undetermined", "withhold"),
    ({"source": "plant", "use": "microneedled"}, "undetermined", "withhold"),
    ({"source": "plant", "use": "injection"}, "drug", "prohibited"),
    ({"source": "plant", "use": "inhalation"}, "drug", "prohibited"),
    ({"source": "plant", "use": "mucosal-oral-cavity"}, "cosmetic", "permitted"),
    ({"source": "plant", "use": "oral", "claims": "body-function"}, "undetermined", "withhold"),
    ({"source": "fungal", "use": "topical"}, "cosmetic", "permitted"),
    ({"source": "algal", "use": "topical"}, "cosmetic", "permitted"),
    ({"source": "microbial", "use": "topical"}, "cosmetic", "permitted"),
    ({"source": "microbial", "use": "topical", "claims": "skin-function"}, "undetermined", "withhold"),
    ({"source": "microbial", "use": "microneedled"}, "undetermined", "withhold"),
    ({"source": "microbial", "use": "ocular"}, "drug", "prohibited"),
    ({"source": "synthetic", "use": "topical"}, "cosmetic", "permitted"),
    ({"source": "synthetic", "use": "injection"}, "drug", "prohibited"),
    ({"source": "synthetic", "use": "topical", "claims": "disease"}, "drug", "prohibited"),
    ({"source": "undisclosed", "use": "topical"}, "undetermined", "withhold"),
    ({"source": "undisclosed", "use": "microneedled"}, "undetermined", "withhold"),
    ({"source": "undisclosed", "use": "injection"}, "drug", "prohibited"),
    ({"source": "undisclosed", "use": "mucosal"}, "undetermined", "withhold"),
    ({"source": "undisclosed", "use": "oral"}, "undetermined", "withhold"),
    ({"source": "undisclosed", "use": "infusion", "claims": "disease"}, "drug", "prohibited"),
]
