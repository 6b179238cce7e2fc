"""What is answered for an offer: the strictest of its readings, its contradictions, arguments and questions."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exoreg.engine.store import CompiledBase
from exoreg.law.terms import SUPPLY_RANK, Supply
from exoreg.offer.vet import Vetting
from exoreg.render.data import as_json
from exoreg.render.vet import vet_data
from exoreg.render.vet_report import vet_document

from .reading import check_schema, vetted

REGIONS = ("US", "UK", "EU", "JP", "KR")
LAUNDERED = ("Rose exosome serum. For topical use only.", "Clinics inject 0.1 ml per point intradermally.")


def data_of(base: CompiledBase, found: Vetting) -> dict[str, Any]:
    """The JSON answer, held against its schema."""
    data: dict[str, Any] = json.loads(as_json(vet_data(base, found)))
    check_schema("vet", data)
    return data


def test_route_laundering_is_named_and_answered_strictly(compiled: CompiledBase) -> None:
    """A label for the skin beside an injection: both are answered for, the injection is the headline."""
    data = data_of(compiled, vetted(compiled, *LAUNDERED))

    (one,) = [one for one in data["contradictions"] if one["kind"] == "route-laundering"]
    sides = {side["value"]: [(q["where"], q["text"]) for q in side["quotes"]] for side in one["sides"]}
    assert ("page 1", "For topical use") in [(where, text[:15]) for where, text in sides["topical"]]
    assert {where for where, _ in sides["injection"]} == {"page 2"}
    assert data["determinations"][0]["product"]["use"] == "injection"
    answers = {reading["facts"]["use"]: reading["supply"] for reading in data["readings"]}
    assert answers["topical"] == "permitted"
    assert data["determinations"][0]["supply"] == answers["injection"] != "permitted"


def test_a_label_argument_beside_needles_is_laundering_too(compiled: CompiledBase) -> None:
    """For cosmetic use only, beside needles, needs no cream to be named."""
    found = vetted(compiled, "Salmon exosomes. For cosmetic use only. Microneedle at 1.0 mm.")
    assert [one.kind for one in found.contradictions] == ["route-laundering"]


def test_one_route_is_no_contradiction(compiled: CompiledBase) -> None:
    """An honest cream has nothing to be told."""
    found = vetted(compiled, "Rose exosome cream. Apply to the face. Skin looks fresh.")
    data = data_of(compiled, found)
    assert data["contradictions"] == data["arguments"] == []
    assert data["determinations"][0]["supply"] == "permitted"
    assert {"uk-cond-responsible-person", "uk-cond-safety-report"} <= {
        document.get("condition") for document in data["documents"]
    }


def test_denied_and_stated(compiled: CompiledBase) -> None:
    """An injection forbidden on one page and taught on another is told."""
    found = vetted(compiled, "Rose exosomes. Do not inject.", "Inject 1 ml intradermally.")
    assert ("denied-and-stated", "use") in [(one.kind, one.fact) for one in found.contradictions]


def test_a_disclaimer_beside_a_claim(compiled: CompiledBase) -> None:
    """We make no claims, followed by one: the claim counts and the contradiction is told."""
    found = vetted(compiled, "Rose exosomes, apply to the face. We make no medical claims. It clears acne.")
    assert [one.kind for one in found.contradictions] == ["disclaimed-claims"]
    assert found.products[0].values["claims"] == ("disease",)


def test_every_argument_is_answered_for_every_region(compiled: CompiledBase) -> None:
    """An argument comes with a verdict and citations for each region, or it is left without an answer."""
    found = vetted(compiled, "Use it off-label: rose exosomes, injected.", regions=REGIONS)
    (argument,) = data_of(compiled, found)["arguments"]
    assert argument["argument"] == "off-label"
    assert [answer["region"] for answer in argument["answers"]] == list(REGIONS)
    assert all(answer["verdict"] == "fails" and answer["citations"] for answer in argument["answers"])


def test_a_member_state_answers_with_the_law_of_the_union(compiled: CompiledBase) -> None:
    """An answer encoded for the Union holds in France."""
    found = vetted(compiled, "Use it off-label: rose exosomes, injected.", regions=("FR",))
    (argument,) = data_of(compiled, found)["arguments"]
    assert [answer["region"] for answer in argument["answers"]] == ["FR"]


def test_hidden_wording_counts_and_is_flagged(compiled: CompiledBase) -> None:
    """A promise in a comment is a promise, and that it is hidden is told."""
    found = vetted(compiled, "Rose exosome cream. Apply to the face.", "Clears acne.", hidden="comment")
    data = data_of(compiled, found)
    assert data["determinations"][0]["status"] == "drug"
    (flag,) = [flag for flag in data["flags"] if flag["flag"] == "hidden-wording"]
    assert [(q["text"], q["hidden"]) for q in flag["quotes"]] == [("Clears acne", "comment")]


def test_an_unnamed_source_is_flagged_and_asked_for(compiled: CompiledBase) -> None:
    """Without a source the seller is asked what it is."""
    data = data_of(compiled, vetted(compiled, "Exosome serum. Apply to the face."))
    assert "source-not-named" in [flag["flag"] for flag in data["flags"]]
    assert compiled.vocabulary.facts["source"].ask in data["email"]


def test_the_letter_is_whole(compiled: CompiledBase) -> None:
    """The letter to the seller: a greeting, numbered questions with quotes and places, documents, an end."""
    found = vetted(compiled, *LAUNDERED, regions=("GB",))
    letter = vet_data(compiled, found)["email"]
    assert letter.startswith(
        "Dear Sir or Madam,\n\n"
        "Thank you for your offer. Before we can consider it, please answer the following in writing.\n\n"
        "1. On the intended use (route) your offer says “serum” (page 1) and also “inject” (page 2). "
        "How exactly is it to be applied (intact skin, needles and how deep, injection, drip, other)?\n"
    )
    assert "\nPlease also send what shows the following, for this very product:\n\n1. " in letter
    assert letter.endswith("before any order.\n\nYours faithfully,\n")


def test_no_question_is_asked_twice(compiled: CompiledBase) -> None:
    """Five regions ask the seller each thing once."""
    data = data_of(compiled, vetted(compiled, "Exosome vials. FDA registered.", regions=REGIONS))
    asks = [question["ask"] for question in data["questions"]]
    assert len(asks) == len(set(asks)) > 0


def test_no_claim_is_never_no_claims(compiled: CompiledBase) -> None:
    """Where nothing was found the answer says what was read, not what the product does."""
    data = data_of(compiled, vetted(compiled, "Rose exosome cream. Apply to the face."))
    assert data["claims"]["remarks"] == [
        "No claim was found in this text, which is not to say that none is made. Claims of looks are assumed."
    ]


def test_the_same_offer_gives_the_same_bytes(compiled: CompiledBase) -> None:
    """Nothing in the answer depends on the run."""
    one, two = (as_json(vet_data(compiled, vetted(compiled, *LAUNDERED, regions=REGIONS))) for _ in "ab")
    assert one == two


PIECES = (
    "Rose exosome cream.", "Apply to the face.", "Inject 1 ml intradermally.", "Microneedle at 1.0 mm.",
    "From human umbilical cord.", "Clears acne.", "Skin looks fresh.", "Regrows hair.", "Not for injection.",
    "Research use only.", "We make no medical claims.", "From your own fat, prepared in our clinic.",
    "Conditioned medium.", "20 billion particles.", "Infuse over 30 minutes.", "A trial under our IND.",
    "臍帯由来のエクソソームです。", "콜라겐 생성을 촉진합니다.", "Proprietary blend.", "Plant-based.",
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=7), region=st.sampled_from(REGIONS))
def test_the_headline_is_the_strictest_reading(
    compiled: CompiledBase, pieces: list[str], region: str
) -> None:
    """Whatever an offer says, no reading of it is stricter than the headline, and the report can be drawn."""
    found = vetted(compiled, " ".join(pieces), regions=(region,))
    data = data_of(compiled, found)
    ranks = [SUPPLY_RANK[Supply(reading["supply"])] for reading in data["readings"]]
    assert SUPPLY_RANK[Supply(data["determinations"][0]["supply"])] == min(ranks)
    for explain in (False, True):
        assert vet_document(data, compiled.vocabulary, explain).blocks


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=5),
    more=st.sampled_from(
        ("Clears acne for good.", "Inject 1 ml intradermally.", "From human umbilical cord.")
    ),
    region=st.sampled_from(REGIONS),
)
def test_saying_more_never_helps(compiled: CompiledBase, pieces: list[str], more: str, region: str) -> None:
    """A disease, a needle or a human source on a further page never makes the answer milder."""
    stated = ["Rose exosome cream.", "Apply to the face.", *pieces]
    before = vetted(compiled, " ".join(stated), regions=(region,)).strictest[0].supply
    after = vetted(compiled, " ".join(stated), more, regions=(region,)).strictest[0].supply
    assert SUPPLY_RANK[Supply(after)] <= SUPPLY_RANK[Supply(before)]
