"""The words in which an offer's faults are told: contradictions, flags, and what was not checked."""

from __future__ import annotations

FLAGS = {
    "approval-claim": "It is said to be approved; look it up in the authority's own register.",
    "before-after": "Pictures before and after are spoken of; a picture promises as words do. They were not looked at.",
    "disclaimer": "A disclaimer takes nothing back: what is promised elsewhere stands.",
    "doctor-endorsement": "A doctor's or a clinic's praise is the seller's promise when the seller prints it.",
    "dosing-protocol": "A dosing protocol shows how it is meant to be used, whatever the label says.",
    "euphemism": "Soft words for an effect on the body (cell messages, reset) are read as what they hint at.",
    "fda-registered": "Registered with an authority is not approved: firms enter themselves.",
    "functional-wording": "Functional wording is open only to a product reviewed for it; ask for the review.",
    "hidden-wording": "Wording out of a reader's sight states or promises something; it counts like any other.",
    "human-exosome-name": "The name says exosome; ask what it comes from.",
    "medical-tone": "Medical words (clinical grade, therapy) make it likelier to be seen as a medicine.",
    "needles-or-second-vial": "Needles, a syringe, saline or a second vial point to a use the label may not name.",
    "particle-count": "A number of particles is given as if it were a dose; it shows no identity, potency or safety.",
    "penetration": "It is said to go deep into the skin; that speaks against a cosmetic on the surface.",
    "points-to-human-cells": "Technical words point to human cells, though the source named is another or none; ask.",
    "quasi-drug-wording": "Quasi-drug wording is open only to a product approved as one; ask for the approval.",
    "source-not-named": "The source is not named; without it no answer can be had.",
    "unapproved-notice": "The offer itself says that the product is not approved.",
    "unnamed-source": "Trade wording stands where a source should be named.",
}
"""What a flag means to the buyer, by id."""

CONTRADICTIONS = {
    "route-laundering": "Route laundering: a mild way of use is named beside a stricter one that is shown or taught.",
    "several-values": "The offer says several things of the {fact}; the strictest counts.",
    "denied-and-stated": "The offer denies a {fact} and states the same one elsewhere; what is stated counts.",
    "disclaimed-claims": "The offer says that it claims nothing, and claims all the same; the claims count.",
}
"""What a contradiction means, by kind."""

NOT_CHECKED = (
    "Nothing that the seller says was verified; documents it names were not seen.",
    "Linked pages and social media were not opened, though authorities read them too.",
    "Pictures were not looked at.",
)
"""What no reading of an offer checks."""

NO_CLAIM = (
    "No claim was found in this text, which is not to say that none is made. Claims of looks are assumed."
)
NO_LANGUAGE = "The wording is in a language that exoreg does not read: nothing can be said of its claims."
ONLY_SAID = (
    "that it is prepared in the clinic is only said; it is answered for as sold, too, unless set by hand"
)
UNSEEN = "What was not read may promise more; claims are taken as not known wherever that is stricter"


def flag_words(flag: str) -> str:
    """What a flag means to the buyer."""
    return FLAGS.get(flag, f"Flagged wording: {flag}.")
