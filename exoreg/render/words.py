"""The words in which answers are told: of facts, of verdicts, of supply."""

from __future__ import annotations

from collections.abc import Sequence

from exoreg.engine.determination import Determination
from exoreg.facts.vocabulary import Vocabulary

SUPPLY = {
    "prohibited": "may not be supplied",
    "withhold": "do not supply until it is settled",
    "trial-only": "only inside the authorised trial",
    "permitted": "may be supplied, under conditions",
}
"""What each supply means, in a few words."""

SUPPLY_LABEL = {
    "prohibited": "prohibited",
    "withhold": "withhold",
    "trial-only": "trial only",
    "permitted": "permitted under conditions",
}
"""Each supply as it stands beside a status in a verdict; a permission never without its conditions."""

NOT_ENCODED = "not encoded for that day"
"""The verdict for a day before the law is encoded: nothing is said of the law."""

STATUS = {
    "drug": "drug (medicine)",
    "unlawful": "unlawful",
    "undetermined": "not settled",
    "cosmetic": "cosmetic",
    "depends": "it depends",
}
"""What each status is called in a sentence."""

SENTENCES = {
    ("drug", "prohibited"): "Do not buy, use or supply this in {place}: it is a medicine there, and no authorisation covers it.",
    ("drug", "withhold"): "Do not use this in {place} for now: it is a medicine there, and only {decides} can say whether a lawful route covers it.",
    ("drug", "trial-only"): "Only inside the authorised trial: in {place} this is a medicine under investigation, and nobody may sell it.",
    ("drug", "permitted"): "In {place} this is a medicine; it may be used only as narrowly as its grounds and conditions say.",
    ("unlawful", "prohibited"): "Do not buy, use or supply this in {place}: the law bars it, and no other lawful category has been shown.",
    ("undetermined", "prohibited"): "Do not buy, use or supply this in {place}: what it is in law is not settled, but supply is barred either way.",
    ("undetermined", "withhold"): "Do not use this in {place} for now: the law has not settled what it is; it is for {decides} to decide.",
    ("undetermined", "trial-only"): "Only inside an authorised trial or plan: what this is in {place} is not settled; it is for {decides} to decide.",
    ("undetermined", "permitted"): "What this is in {place} is not settled (it is for {decides} to decide); it may be used only if every condition is met.",
    ("cosmetic", "permitted"): "In {place} this may be supplied as a cosmetic, as long as every condition is met.",
    ("cosmetic", "prohibited"): "Do not buy, use or supply this in {place}: it would be a cosmetic, but its supply is barred all the same.",
    ("cosmetic", "withhold"): "Do not use this in {place} for now: it would be a cosmetic, but its supply is held back.",
    ("cosmetic", "trial-only"): "Only inside an authorised trial: in {place} it would be a cosmetic, but nothing else is allowed.",
    ("depends", "prohibited"): "Do not buy, use or supply this in {place}: it is barred whatever the open facts turn out to be.",
    ("depends", "withhold"): "Do not use this in {place} yet: the answer turns on {facts}.",
    ("depends", "trial-only"): "Only inside the authorised trial in {place}; what it is in law turns on {facts}.",
    ("depends", "permitted"): "It may be supplied in {place} under conditions; what it is in law turns on {facts}.",
}  # fmt: skip
"""The bottom line for each status and supply."""

TOO_EARLY = "exoreg cannot say: the law of {place} is encoded from {earliest} on, and {day} is earlier."
STALE = " The rule base is past its review day: re-check before relying on this."
UNNAMED = {"decides": "the regulator", "facts": "facts that are not known"}
"""What stands in a sentence for what no rule names."""


def headline(vocabulary: Vocabulary, found: Determination) -> str:
    """The bottom line of a determination, in one sentence."""
    place = place_name(vocabulary, found.region)
    if found.earliest is not None:
        return TOO_EARLY.format(place=place, earliest=found.earliest, day=found.as_of)
    facts = joined(
        [vocabulary.facts[fact].title for fact in dict.fromkeys(leaf.fact for leaf in found.by_leaf or ())]
    )
    decides = found.outcome.decides[0] if found.outcome and found.outcome.decides else UNNAMED["decides"]
    template = SENTENCES.get((found.status, found.supply), f"In {{place}}: {found.status}, {found.supply}.")
    sentence = template.format(place=place, decides=decides, facts=facts or UNNAMED["facts"])
    if found.supply == "permitted" and found.stale:
        sentence += STALE
    return sentence


def place_name(vocabulary: Vocabulary, region: str) -> str:
    """A region as it stands in a sentence."""
    title = vocabulary.regions.nodes[region].title
    return f"the {title}" if title.startswith(("United ", "European ")) else title


def fact_words(vocabulary: Vocabulary, fact: str, values: Sequence[str]) -> str:
    """The titles of a fact's values; a set without members is "none".

    What a set has by default ("looks only") is not told beside more.
    """
    usual, nodes = vocabulary.facts[fact].default or (), vocabulary.facts[fact].nodes
    if vocabulary.facts[fact].is_set:
        values = [value for value in values if value not in usual] or list(values)
    return joined([nodes[value].title if value in nodes else "not known" for value in values]) or "none"


def compressed(vocabulary: Vocabulary, fact: str, leaves: Sequence[str], most: int = 6) -> str:
    """Leaves as the fewest nodes, by title; a long list is cut and says how many more there are."""
    nodes = vocabulary.facts[fact].compress(leaves)
    titles = [vocabulary.facts[fact].nodes[node].title for node in nodes]
    if len(titles) > most:
        return ", ".join(titles[:most]) + f" and {len(titles) - most} more"
    return _or(titles)


def joined(words: Sequence[str]) -> str:
    """Words joined by commas and "and"."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""


def _or(words: Sequence[str]) -> str:
    if any(" or " in word for word in words):
        return "; or ".join(words)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1] if words else ""
