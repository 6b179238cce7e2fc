"""English wording: what counts as a promise, what does not, and what is stated. All texts are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from exoreg.offer.lexicon import LANGUAGES, Lexicon, load
from exoreg.offer.scan import label_of, scan

EVALUATION = Path(__file__).parents[2] / "evaluation"
OFFERS = EVALUATION / "offers"
DRUG_SIDE = ("disease", "structure-function")
LABELLED = (
    ("n", "This serum does not treat acne."),
    ("d", "Sold as a cosmetic, yet it wakes dormant follicles and cures baldness."),
    ("s", "Sold as a cosmetic, yet it wakes dormant follicles."),
    ("n", "This product is not intended to diagnose, treat, cure, or prevent any disease."),
    ("d", "Although unapproved, it relieves chronic back pain."),
    ("s", "Reduces wrinkles without needles."),
    ("d", "No more knee pain!"),
    ("n", "Do not use on psoriasis or eczema."),
    ("d", "Studies show exosomes reduce inflammation in joints."),
    ("n", "Vesicles carry signals between cells."),
    ("d", "My knee stopped hurting after the second visit."),
    ("d", "Week 0 / week 12: no more bald patches."),
    ("n", "Does it help with hair loss?"),
    ("d", "Struggling with eczema?"),
    ("d", "Can exosomes cure arthritis? Yes, in most cases."),
    ("n", "PRP is used for androgenetic alopecia."),
    ("n", "Our old cream for eczema is no longer sold."),
    ("n", "Unlike PRP injection, no blood draw."),
    ("s", "Unlike fillers, this one lifts the jaw for good."),
    ("s", "An alternative to filler."),
    ("s", "Needle-free facelift in a vial."),
    ("d", "Applications: knee, hip, shoulder, spine."),
    ("d", "PainFree Exo"),
    ("d", "ScarErase serum"),
    ("d", "#alopecia #hairgrowth"),
    ("s", "#hairgrowth #collagenboost"),
    ("s", "Speaks the language of your cells."),
    ("s", "82% fewer wrinkles in 4 hours"),
    ("a", "82% of users thought their skin looked smoother"),
    ("d", "If you have alopecia, ask us."),
    ("n", "If you have alopecia, ask your doctor first."),
    ("n", "We study whether it relieves knee pain."),
    ("n", "FDA: no exosome is approved to treat arthritis."),
    ("n", "The repair kit contains two spare seals."),
    ("n", "The resin is cured by UV light."),
    ("n", "Side effects may include redness and swelling."),
    ("n", "All donors are screened negative for HIV, hepatitis B and syphilis."),
    ("d", "Woundhealing accelerated; cell-renewal too."),
    ("a", "Leaves skin feeling silky soft and looking radiant."),
    ("a", "Gently cleanses, tones and removes make-up without drying."),
    ("n", "Price on request. Minimum order ten boxes."),
    ("n", "Exclusion: active cancer, pregnancy, autoimmune disease."),
    ("n", "Collagen makes up most of the dermis."),
    ("n", "As we age, our skin produces less collagen."),
    ("n", "Rosacea is a chronic inflammatory condition of the skin."),
    ("a", "Skin feels firmer and looks lifted."),
    ("s", "Tightens and lifts sagging skin."),
    ("a", "Minimises the look of pores and fine lines."),
    ("s", "Rebuilds collagen so skin looks younger."),
    ("s", "Regrow your hair naturally."),
    ("a", "Fuller-looking lashes."),
    ("d", "I no longer need my inhaler."),
    ("n", "ASA ruled that the ad must not claim to treat hair loss."),
    ("a", "anti-ageing day cream with a velvety finish"),
    ("s", "strengthens the skin barrier"),
    ("a", "supports the skin's moisture barrier for lasting hydration"),
    ("n", "a diagnosis made with empathy"),
    ("d", "Exosomes are considered a breakthrough for arthritis."),
    ("d", "Patients with a torn meniscus walk again."),
    ("d", "You may experience relief from arthritis."),
    ("d", "These treatments cure arthritis."),
    ("d", "Unlike a drug, it cures gout."),
    ("n", "Participants diagnosed with atopic dermatitis are eligible."),
    ("d", "for blepharitis and trichodynia-like neuralgia"),
)
NAMES = {"d": "disease", "s": "structure-function", "a": "appearance", "n": "none"}


@pytest.mark.parametrize(("label", "text"), LABELLED)
def test_label(label: str, text: str) -> None:
    """Wording is labelled by what it promises, not by the words it holds."""
    assert label_of(text) == NAMES[label]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("heals haemorrhoids", "heals hemorrhoids"),
        ("against oedema", "against edema"),
        ("reverses skin ageing", "reverses skin aging"),
        ("moisturises the skin", "moisturizes the skin"),
        ("wound healing", "wound-healing"),
        ("wound healing", "woundhealing"),
        ("cures acne", "cures a\u200bcne"),
        ("cures acne", "cures \u0430cne"),
        ("heals wounds", "&#104;eals wo&shy;unds"),
        ("heals wounds", "\x1b[31mheals wou\x1b[0mnds"),
        ("heals wounds", "heals\x1b[2Cwo\x00unds"),
        ("rebuilds the skin", "rebuilds the skin's network"),
    ],
)
def test_spelling(one: str, other: str) -> None:
    """British and American, joined and hyphenated, and disguised spellings read the same."""
    assert label_of(one) == label_of(other) != "none"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("It may relieve pain.", "hedged"),
        ("Studies show that it relieves pain.", "research"),
        ("In a double-blind, placebo-controlled study participants saw their pain fall.", "research"),
        ("My pain is gone.", "testimonial"),
        ("Does it relieve pain?", "question"),
        ("It does not relieve pain.", "negated"),
        ("Use ice packs to reduce swelling and pain.", "safety"),
        ("Platelets release factors that start wound healing.", "other-product"),
        ("A woman with eczema asked us about it.", "question"),
        ("Knee pain? Call today.", "question"),
        ("Do not use on painful skin with eczema.", "safety"),
        ("The FDA considers it a drug if it relieves pain.", "legal"),
        ("It relieves pain.", "asserted"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    """Each claim says how it is meant."""
    assert {claim.modality for claim in scan(text).claims} == {modality}


@pytest.mark.parametrize(
    ("text", "fact", "value", "negated"),
    [
        ("From human adipose stem cells (ADSC).", "source", "adipose", False),
        ("hUC-MSC exosomes", "source", "umbilical", False),
        ("Wharton’s jelly", "source", "umbilical", False),
        ("Rosa Damascena Callus Extracellular Vesicles", "source", "rose", False),
        ("Contains no salmon.", "source", "salmon", True),
        ("Do not inject.", "use", "injection", True),
        ("0.1 ml per point, 32G", "use", "injection", False),
        ("apply straight after microneedling", "use", "microneedled", False),
        ("infuse over 45 minutes", "use", "infusion", False),
        ("add to the nebuliser cup", "use", "inhalation", False),
        ("20 billion particles per vial", "form", "isolated-exosomes", False),
        ("fibroblast conditioned media", "form", "conditioned-medium", False),
        ("research use only", "setting", "research-use-only", False),
        ("allogeneic", "donor", "allogeneic", False),
    ],
)
def test_fact(text: str, fact: str, value: str, negated: bool) -> None:
    """Facts are read with their values, and denials are kept apart."""
    assert (fact, value, negated) in {(span.fact, span.value, span.negated) for span in scan(text).facts}


def test_spans_lead_to_the_words() -> None:
    """The text of every span stands at its offsets in the original."""
    text = (
        "Wharton’s jelly \u0430cne cream.\r\n\r\nInject 2&nbsp;mL per joint; ﬁbroblasts are acti-\nvated. "
        "FDA registered, 20 billion particles."
    )
    reading = scan(text)
    spans = (*reading.claims, *reading.facts, *reading.arguments, *reading.flags)
    assert reading.claims and reading.facts and reading.arguments and reading.flags
    for span in spans:
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "text", ["Pflegt die Haut und lindert Schmerzen.", "traite la cellulite", "лечит акне"]
)
def test_other_languages_are_reported(text: str) -> None:
    """A language without a lexicon is named, never passed as free of claims."""
    reading = scan(text)
    assert not reading.languages
    assert reading.uncovered


def test_headings_colour_their_lists() -> None:
    """A list under a heading of warnings warns; the same list under a heading of uses promises."""
    assert label_of("Contraindications:\n- psoriasis\n- gout") == "none"
    assert label_of("Ideal for:\n- psoriasis\n- gout") == "disease"
    assert label_of("Ideal for\n• knee and hip\n• shoulder") == "disease"


def test_trial_record_is_no_offer() -> None:
    """A call for participants promises nothing throughout; an offer that mentions a trial does."""
    record = "Randomised, double blind.\nParticipants aged 40 to 70.\nExosomes for knee osteoarthritis.\nPlacebo arm."
    assert label_of(record) == "none"
    assert label_of(record.replace("Placebo arm", "Price per vial")) == "disease"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Arthritis is a common disease of the joints.", "none"),
        ("Rosacea was found in nine of them.", "none"),
        ("The vial is for arthritis.", "disease"),
        ("My eczema is gone.", "disease"),
        ("Knee pain? Call today.", "disease"),
        ("Can it ease knee pain?", "none"),
        ("Acne is caused by blocked pores.", "none"),
        ("Sold without a marketing authorisation, it treats acne.", "none"),
    ],
)
def test_plain_statements(text: str, label: str) -> None:
    """A clause that only tells of a condition promises nothing; one that offers help does."""
    assert label_of(text) == label


@pytest.mark.parametrize(
    ("topic", "promise", "label"),
    [
        ("The vendor says that it heals wounds.", "We say that it heals wounds.", "disease"),
        ("Regulators seized a drip that cures gout.", "Try the drip that cures gout.", "disease"),
        ("The trial compared two doses in gout.", "The trial showed that it relieves gout.", "disease"),
        ("Statins lower blood pressure.", "Unlike statins, it lowers blood pressure.", "disease"),
        ("Wound healing is covered in chapter two.", "Wound healing, fast.", "disease"),
        ("The treatment of burns is a growing field.", "It is a treatment for burns.", "disease"),
        ("Gout can lead to gravel.", "Gout can be relieved.", "disease"),
        ("Mites lead to rosacea.", "Fights the mites that lead to rosacea.", "disease"),
        ("Free of antibiotics.", "As good as antibiotics.", "disease"),
        ("Our skin makes less collagen each year.", "Our serum makes more collagen.", "structure-function"),
        ("Demand for hair restoration grew.", "Hair restoration for you.", "structure-function"),
    ],
)
def test_a_topic_is_no_promise(topic: str, promise: str, label: str) -> None:
    """What others sell, study or suffer is told of; the same words said of the product promise."""
    assert label_of(topic) == "none"
    assert label_of(promise) == label


@pytest.mark.parametrize(
    ("promise", "label", "nothing"),
    [
        ("Keeps your gut regular.", "structure-function", "Keep the stomach empty before the visit."),
        ("Stops sweating for a week.", "structure-function", "Sweat is salty."),
        ("Melts belly fat.", "structure-function", "Belly fat is measured."),
        ("Sharper memory, deeper sleep.", "structure-function", "A memory card, and a sleep diary."),
        ("Cleanses the liver.", "structure-function", "The liver is an organ."),
        ("Collagen levels rise.", "structure-function", "Collagen from fish."),
        ("Sebum output falls.", "structure-function", "Sebum output is measured."),
        ("Shrinks pores.", "structure-function", "Pores are counted."),
        ("Works beneath the surface.", "structure-function", "Treasure lies beneath the surface."),
        ("Thicker, fuller lashes.", "structure-function", "Lashes are hairs."),
        ("I can hold a pen again.", "disease", "You can order a pen again."),
        ("For sore, tired joints.", "disease", "The joints of the table are oak."),
        ("As strong as morphine.", "disease", "Morphine is a drug."),
        ("A close shave and a golden tan.", "appearance", "A close look at the carton."),
        ("Banishes frizz.", "appearance", "Frizz is common."),
        ("Stays put all day.", "appearance", "The cap stays on."),
        ("A sweet vanilla fragrance.", "appearance", "The fragrance is listed."),
        ("Contributes to normal muscle function.", "structure-function", "The hall has a normal function."),
        ("Raises glutathione levels.", "structure-function", "Glutathione is a peptide."),
        ("Blocks carbohydrates.", "structure-function", "Bread holds carbohydrates."),
        ("Helps my lashes to grow.", "structure-function", "The market helps us to grow."),
        ("Helps you get over a cold.", "disease", "The samples are kept cold."),
        ("It has helped my son with autism.", "disease", "My son has autism."),
        ("It treats pain without causing any side effects.", "disease", "Side effects include pain."),
        ("The brush lengthens your lashes.", "appearance", "The cord is lengthened with a clip."),
        ("Lengthens, curls, defines.", "appearance", "Defines the terms."),
        ("The look of dark circles is reduced.", "appearance", "Dark circles were counted."),
        ("Dry patches are smoothed away.", "appearance", "Dry patches are common."),
    ],
)
def test_families_of_promises(promise: str, label: str, nothing: str) -> None:
    """Functions, recoveries and looks are read by kinds of words; the same words told plainly promise nothing."""
    assert label_of(promise) == label
    assert label_of(nothing) == "none"


def test_no_authorisation_is_named_where_it_is_lacking() -> None:
    """Words that deny an authorisation are no evidence of one."""
    spans = scan("It is sold without a marketing authorisation.").facts
    assert all(span.negated for span in spans if span.fact == "evidence")
    assert ("use", "topical") in {(span.fact, span.value) for span in scan("Exosome cream").facts}


def test_ids_are_known() -> None:
    """What the lexicon reports are ids of the vocabulary and of the arguments."""
    rules = Path(__file__).parents[2] / "rules"
    arguments = {row["id"] for row in yaml.safe_load((rules / "arguments.yaml").read_text("utf-8"))}
    vocabulary = yaml.safe_load((rules / "vocabulary.yaml").read_text("utf-8"))
    nodes: dict[str, set[str]] = {}

    def collect(fact: str, values: list[dict[str, object]]) -> None:
        for value in values:
            nodes.setdefault(fact, set()).add(str(value["id"]))
            collect(fact, value.get("values", []))  # type: ignore[arg-type]

    for fact in vocabulary["facts"]:
        collect(fact["id"], fact["values"])
    for lexicon in load().values():
        for pattern in lexicon.others:
            if pattern.kind == "argument":
                assert pattern.label in arguments, pattern.id
            elif pattern.kind == "fact":
                assert pattern.value in nodes[pattern.label], pattern.id


def test_compiled_lexicon_is_plain() -> None:
    """A compiled lexicon survives a round trip through JSON, so that it can be cached."""
    for language in LANGUAGES:
        lexicon = load()[language]
        assert Lexicon.from_plain(json.loads(json.dumps(lexicon.to_plain()))) == lexicon
