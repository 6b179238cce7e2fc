"""From words to facts: nothing is resolved to the mild side, and a seller's word is no evidence."""

from __future__ import annotations

from itertools import product as cartesian

import pytest

from exoreg.engine.determine import summary
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product
from exoreg.law.terms import SUPPLY_RANK, Supply
from exoreg.offer.document import Offer, Part, Unread
from exoreg.offer.product import State
from exoreg.offer.wording import QUOTED, read_wording

from .reading import DAY, vetted


def values(base: CompiledBase, fact: str, *texts: str) -> set[tuple[str, ...]]:
    """The values of a fact in the products that an offer may be."""
    return {product.values[fact] for product in vetted(base, *texts).products}


def test_a_leaf_refines_the_node_above_it(compiled: CompiledBase) -> None:
    """Human cells that are named as those of fat are those of fat."""
    assert values(compiled, "source", "Exosomes of human stem cells, from adipose tissue.") == {("adipose",)}


def test_an_inner_node_stays_one(compiled: CompiledBase) -> None:
    """Human cells of an unnamed tissue stay human, not known which."""
    found = vetted(compiled, "Exosomes from human mesenchymal stem cells. Inject 1 ml intradermally.")
    assert {product.values["source"] for product in found.products} == {("human",)}
    assert found.facts["source"].state is State.STATED


def test_plant_based_beside_human_cells_are_both(compiled: CompiledBase) -> None:
    """Two origins are both answered for, and the contradiction is told."""
    found = vetted(compiled, "A plant-based exosome serum made with MSC technology.")
    assert {product.values["source"] for product in found.products} == {("human",), ("plant",)}
    assert ("several-values", "source") in [(one.kind, one.fact) for one in found.contradictions]
    assert found.strictest[0].product.values["source"] == ("human",)


def test_a_medium_rich_in_exosomes_is_a_medium(compiled: CompiledBase) -> None:
    """The bare word exosome beside a conditioned medium does not say that anything was isolated."""
    text = "Exosome-rich conditioned medium of rose callus."
    assert values(compiled, "form", text) == {("conditioned-medium",)}


def test_blood_of_which_platelets_are_taken_is_no_other_source(compiled: CompiledBase) -> None:
    """Platelet-rich plasma that is told with the blood it comes from has one source."""
    text = "Platelet-rich plasma is spun from your own blood."
    assert values(compiled, "source", text) == {("platelet",)}


def test_a_source_that_is_said_stays_beside_what_is_only_named(compiled: CompiledBase) -> None:
    """A rival treatment takes no plasma away with it, and an ingredient does not stand for an undisclosed source."""
    assert values(compiled, "source", "Exosomes from donor plasma. Apply after PRP.") == {("blood-plasma",)}
    assert values(compiled, "source", "A proprietary exosome complex with aloe.") == {("undisclosed",)}


def test_a_mere_placenta_is_that_of_the_animal_named_with_it(compiled: CompiledBase) -> None:
    """Beside an ovine placenta the word alone is no human one; beside serum of cattle it may be."""
    assert values(compiled, "source", "Ovine placenta serum. The placenta is rich in proteins.") == {
        ("ovine",)
    }
    mixed = "Placenta exosomes, grown in bovine serum."
    assert ("placenta",) in values(compiled, "source", mixed)


def test_isolated_vesicles_beside_a_medium_are_both(compiled: CompiledBase) -> None:
    """A count of particles says that they were taken out; then both forms are answered for."""
    text = "Conditioned medium of umbilical cord cells. 20 billion particles per vial."
    assert values(compiled, "form", text) == {("conditioned-medium",), ("isolated-exosomes",)}


def test_nothing_stated_is_unknown_or_assumed(compiled: CompiledBase) -> None:
    """Source and use cannot be assumed; claims are assumed to be of looks, with the remark that says so."""
    found = vetted(compiled, "Price on request.")
    assert found.facts["source"].state is found.facts["use"].state is State.UNKNOWN
    assert found.facts["claims"].state is State.ASSUMED
    assert found.products[0].values["claims"] == ("appearance",)
    assert "claims" in found.products[0].assumed


def test_what_is_denied_is_not_stated(compiled: CompiledBase) -> None:
    """A way of use that the offer forbids is kept as denied."""
    found = vetted(compiled, "Rose exosome face cream. Do not inject.")
    assert {product.values["use"] for product in found.products} == {("topical",)}
    assert list(found.facts["use"].denied) == ["injection"]


def test_an_own_donor_of_a_plant_is_left_out(compiled: CompiledBase) -> None:
    """A donor that the source cannot have is no fault of the reader's: the usual one is taken."""
    found = vetted(compiled, "Rose exosomes, as good as your own cells. Apply to the face.")
    assert {product.values["donor"] for product in found.products} == {("not-applicable",)}


def test_documents_named_are_not_shown(compiled: CompiledBase) -> None:
    """An authorisation that the seller names helps nothing until it has been seen."""
    text = "Salmon exosomes, intradermal injection. The product holds a marketing authorisation."
    found = vetted(compiled, text)
    assert found.facts["evidence"].unverified == ("marketing-authorisation",)
    assert {product.values["evidence"] for product in found.products} == {()}


def test_a_trial_in_words_is_not_given_to_the_engine(compiled: CompiledBase) -> None:
    """A trial that the seller speaks of leaves the answer that of a product on sale, and says what it would change."""
    text = "Umbilical cord exosomes by intravenous infusion under our IND 12345, a clinical trial. It treats arthritis."
    found = vetted(compiled, text, regions=("US",))
    assert found.facts["setting"].unverified == ("clinical-trial",)
    assert {product.values["setting"] for product in found.products} == {("marketed",)}
    assert (found.strictest[0].supply, found.trial[0].supply) == ("prohibited", "trial-only")


def test_a_trial_set_by_hand_counts(compiled: CompiledBase) -> None:
    """Who has seen the authorisation says so, and is answered for the trial."""
    text = "Umbilical cord exosomes by intravenous infusion under our IND 12345, a clinical trial. It treats arthritis."
    found = vetted(compiled, text, regions=("US",), by_hand={"setting": ["clinical-trial"]})
    assert found.strictest[0].supply == "trial-only"
    assert found.facts["setting"].state is State.BY_HAND


def test_prepared_in_the_clinic_is_answered_for_as_sold_too(compiled: CompiledBase) -> None:
    """A doctor's own preparation may be judged more mildly; a seller's word for it does not do."""
    text = "Exosomes of your own fat, prepared in our clinic, injected. It regrows hair."
    found = vetted(compiled, text, regions=("JP",))
    assert {p.values["setting"] for p in found.products} == {("in-clinic-preparation",), ("marketed",)}
    assert (found.strictest[0].status, found.strictest[0].supply) == ("drug", "prohibited")
    by_hand = vetted(compiled, text, regions=("JP",), by_hand={"setting": ["in-clinic-preparation"]})
    assert by_hand.strictest[0].supply == found.mildest[0].supply == "permitted"


@pytest.mark.parametrize(
    ("fact", "taken", "left"),
    [
        ("setting", "research-use-only", "marketed"),
        ("form", "conditioned-medium", "isolated-exosomes"),
        ("donor", "autologous", "allogeneic"),
    ],
)
def test_what_the_words_decide_alone_is_never_milder(
    compiled: CompiledBase, fact: str, taken: str, left: str
) -> None:
    """Where one value of a fact is taken for two, no source, use or claim is answered more mildly for it."""
    vocabulary = compiled.vocabulary
    for region, source, use, claim in cartesian(
        compiled.roots,
        ("umbilical", "adipose", "rose", "salmon"),
        vocabulary.facts["use"].leaves,
        vocabulary.facts["claims"].leaves,
    ):
        if fact == "donor" and taken not in vocabulary.donors(source):
            continue
        stated = {"source": source, "use": use, "claims": claim}
        one, other = (
            summary(compiled.region(region).outcomes(product.boxes(vocabulary), DAY))
            for product in (Product.make(vocabulary, {**stated, fact: value}) for value in (taken, left))
        )
        assert SUPPLY_RANK[Supply(one[1])] <= SUPPLY_RANK[Supply(other[1])], (region, source, use, claim)


def test_by_hand_replaces_what_was_read_and_keeps_the_quotes(compiled: CompiledBase) -> None:
    """A fact set by hand is answered for alone; what the words said of it stays to be seen."""
    text = "Umbilical cord exosomes. Inject intradermally."
    found = vetted(compiled, text, by_hand={"source": ["salmon"], "claims": ["hair-growth"]})
    assert {p.values["source"] for p in found.products} == {("salmon",)}
    assert {p.values["claims"] for p in found.products} == {("hair-growth",)}
    assert list(found.facts["source"].read) == ["umbilical"]


def test_several_values_by_hand_are_each_answered_for(compiled: CompiledBase) -> None:
    """A plain fact set twice has two answers."""
    found = vetted(compiled, "Rose exosomes.", by_hand={"use": ["topical", "needling"]})
    assert {p.values["use"] for p in found.products} == {("topical",), ("microneedled",)}


def test_a_page_that_was_not_read_may_promise_more(compiled: CompiledBase) -> None:
    """With a scanned page no claim is assumed away: what was permitted is withheld."""
    text = "Rose exosome cream. Apply to the face. Skin looks fresh."
    whole = vetted(compiled, text)
    assert whole.strictest[0].supply == "permitted"
    partly = vetted(compiled, text, unread=[Unread("page 2", "scanned or image-only page")])
    assert partly.strictest[0].supply == "withhold"
    assert partly.mildest[0].supply == "permitted"
    assert partly.unseen == ("page 2: scanned or image-only page",)


def test_another_language_may_promise_more(compiled: CompiledBase) -> None:
    """Wording in a language that is not read is never taken for free of claims."""
    german = (
        "Diese Creme mit Rosen-Exosomen heilt Akne und wird auf die Haut aufgetragen. "
        "Sie ist für jeden Hauttyp geeignet und hilft auch bei Narben, die nicht mehr frisch sind."
    )
    found = vetted(compiled, "Rose exosome cream. Apply to the face.", german)
    assert found.unseen == ("language not covered: de",)
    assert found.strictest[0].supply == "withhold"


def test_a_customers_question_is_not_the_sellers_claim() -> None:
    """What a customer asks in a quoted message, and tells of a patient beside it, does not count; a brochure does."""
    customer = "> Does this treat rosacea? A patient with rosacea asked and I said I would check.\n"
    brochure = "\n> It clears acne for good.\n"
    found = read_wording(Offer("o", "", "email", (Part(customer + brochure, QUOTED),), ()))
    assert [claim.quote.text for claim in found.counting] == ["clears acne"]


def test_every_quote_stands_where_it_says() -> None:
    """Part, offsets and line of every quote lead back to its words."""
    text = "Rose exosomes\nclear acne\nfor good. Apply to the face.\n\nFDA registered. 5 billion particles."
    offer = Offer("o", "", "text", (Part("Nothing here.", "subject"), Part(text, "body")), ())
    found = read_wording(offer)
    quotes = [c.quote for c in found.claims] + [f.quote for f in found.facts]
    quotes += [q for group in (*found.arguments.values(), *found.flags.values()) for q in group]
    assert {quote.part for quote in quotes} == {1}
    for quote in quotes:
        assert text[quote.start : quote.end] == quote.text
        assert text.split("\n")[quote.line - 1].startswith(quote.text.split("\n")[0].split()[0]) or (
            quote.text.split("\n")[0] in text.split("\n")[quote.line - 1]
        )
