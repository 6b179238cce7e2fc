"""The page answers as the engine does: it walks, and never weighs rules in a way of its own."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from exoreg.engine.determination import Determination
from exoreg.engine.determine import determine
from exoreg.engine.outcome import Outcome
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import FACTS, UNKNOWN, Product, Situation
from exoreg.facts.vocabulary import Vocabulary
from exoreg.render.words import headline
from tests.page.conftest import Open

# The page's own functions, called for many products at once; each answer as one line of text. Products go there as
# JSON, which is read faster than arguments are.
DECIDE_MANY = """
([regionId, day, products]) => JSON.parse(products).map((product) => {
  const found = decide(regions.get(regionId), boxesOf(product), day);
  const parts = ["grounds", "also", "conditions", "cautions", "decides", "statements"];
  return [found.status, found.supply, found.confidence, ...parts.map((part) => found[part].join())].join("|");
}).join("\\n")
"""
DETERMINE_MANY = """
(asked) => asked.map(([regionId, day, product]) => {
  const found = determine(product, regionId, day);
  return { ...found, headline: headline(found) };
})
"""
WITHIN = {"GB", "NI", "FR", "DE"}


def products(vocabulary: Vocabulary, chance: random.Random, count: int) -> Iterator[Situation]:
    """Random products of which everything is known."""
    leaves = {name: vocabulary.facts[name].leaves for name in FACTS}
    for _ in range(count):
        source = chance.choice(leaves["source"])
        yield Situation(
            source=source,
            donor=chance.choice(vocabulary.donors(source)),
            form=chance.choice(leaves["form"]),
            use=chance.choice(leaves["use"]),
            # The page takes no claim at all for a claim to looks, as the command line does.
            claims=frozenset(chance.sample(leaves["claims"], chance.choice((1, 1, 1, 2, 3)))),
            setting=chance.choice(leaves["setting"]),
            evidence=frozenset(chance.sample(leaves["evidence"], chance.choice((0, 0, 1, 1, 2, 4)))),
        )


def as_asked(situation: Situation) -> dict[str, Any]:
    """A product as the form of the page states it."""
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in situation._asdict().items()
    }


def as_line(outcome: Outcome) -> str:
    """The engine's outcome as the page's is told."""
    parts = (
        outcome.grounds,
        outcome.also,
        outcome.requires,
        outcome.cautions,
        outcome.decides,
        outcome.statements,
    )
    return "|".join(
        [str(outcome.status), str(outcome.supply), str(outcome.confidence), *map(",".join, parts)]
    )


@pytest.mark.parametrize("region", ["US", "UK", "GB", "NI", "EU", "FR", "DE", "JP", "KR"])
def test_a_thousand_products_on_every_class_of_days(
    opened: Open, compiled: CompiledBase, region: str
) -> None:
    """Status, supply, confidence, grounds and all that goes with them equal the engine's, in the same order."""
    chance = random.Random(f"page/{region}")
    tab, rules = opened(), compiled.region(region)
    # Within a region most answers are those of the whole; a sample of them finds what is not.
    count = 100 if region in WITHIN else 1000
    for first in rules.days:
        asked = list(products(compiled.vocabulary, chance, count))
        expected = [as_line(rules.decide(situation, date.fromisoformat(first))) for situation in asked]
        shown = tab.evaluate(DECIDE_MANY, [region, first, json.dumps(list(map(as_asked, asked)))])
        assert shown.split("\n") == expected


def half_known(vocabulary: Vocabulary, chance: random.Random) -> dict[str, Any]:
    """A product as people state it: some facts left out, some not known, some known only roughly."""
    (situation,) = products(vocabulary, chance, 1)
    stated = as_asked(situation)
    for name in FACTS:
        way = chance.random()
        if way < 0.35:
            del stated[name]
        elif way < 0.5 and name != "evidence":
            stated[name] = UNKNOWN
        elif way < 0.6 and not vocabulary.facts[name].is_set and name != "donor":
            stated[name] = vocabulary.facts[name].path(stated[name])[-1]
    return stated


def as_told(found: Determination) -> dict[str, Any]:
    """The engine's determination as the page's is told, each part that is a set in a fixed order."""
    told: dict[str, Any] = {"status": found.status, "supply": found.supply, "stale": found.stale}
    if found.outcome is None:
        return told
    return told | {
        "confidence": found.confidence,
        "grounds": set(found.outcome.grounds),
        "also": set(found.outcome.also),
        "conditions": set(found.outcome.requires),
        "cautions": set(found.outcome.cautions),
        "decides": set(found.outcome.decides),
        "statements": set(found.outcome.statements),
        "byLeaf": [(leaf.fact, leaf.leaf, leaf.status, leaf.supply) for leaf in found.by_leaf or ()],
        "changes": [(c.fact, c.how, c.to, c.status, c.supply) for c in found.would_change],
        "elsewhere": [(e.region, e.status, e.supply) for e in found.elsewhere],
    }


def as_shown(found: dict[str, Any]) -> dict[str, Any]:
    """The page's determination in the same form."""
    shown = {key: found[key] for key in ("status", "supply", "stale")}
    if "earliest" in found:
        return shown
    sets = ("grounds", "also", "conditions", "cautions", "decides", "statements")
    return shown | {
        "confidence": found["confidence"],
        **{key: set(found[key]) for key in sets},
        "byLeaf": [(a["fact"], a["leaf"], a["status"], a["supply"]) for a in found["byLeaf"]],
        "changes": [
            (c["fact"], c["how"], tuple(c["to"]), c["status"], c["supply"]) for c in found["changes"]
        ],
        "elsewhere": [(e["region"], e["status"], e["supply"]) for e in found["elsewhere"]],
    }


def test_half_known_products(opened: Open, compiled: CompiledBase) -> None:
    """Unknown facts follow all branches; what would change it, by leaf and elsewhere equal the engine's."""
    chance = random.Random("half known")
    asked, expected, sentences = [], [], []
    for number in range(180):
        region = list(compiled.vocabulary.regions.nodes)[number % 9]
        day = date(2010, 1, 1) + timedelta(days=chance.randrange(6500))
        stated = half_known(compiled.vocabulary, chance)
        asked.append([region, day.isoformat(), stated])
        found = determine(compiled, Product.make(compiled.vocabulary, stated), region, day)
        expected.append(as_told(found))
        if len(found.outcome.decides if found.outcome else ()) < 2:
            sentences.append((number, headline(compiled.vocabulary, found)))
    shown = opened().evaluate(DETERMINE_MANY, asked)

    for question, answer, told in zip(asked, shown, expected, strict=True):
        assert as_shown(answer) == told, question
    for number, sentence in sentences:
        assert shown[number]["headline"] == sentence


def test_the_table_shows_the_engine_s_answers(opened: Open, compiled: CompiledBase) -> None:
    """Every cell of the table of sources and uses is the engine's answer for each source of its row."""
    tab = opened("#claims=hair-growth&region=KR&day=2026-11-22")
    rows = tab.evaluate("() => alikeSources(regions.get('KR'), {claims: ['hair-growth']}, '2026-11-22')")
    shown = {
        (source, use): (answer["status"], answer["supply"])
        for row in rows
        for source in row["leaves"]
        for use, answer in zip(compiled.vocabulary.facts["use"].leaves, row["answers"], strict=True)
    }
    expected = {}
    for source in compiled.vocabulary.facts["source"].leaves:
        for use in compiled.vocabulary.facts["use"].leaves:
            product = Situation(
                source, compiled.vocabulary.donors(source)[0], "isolated-exosomes", use,
                frozenset({"hair-growth"}), "marketed", frozenset(),
            )  # fmt: skip
            outcome = compiled.region("KR").decide(product, date(2026, 11, 22))
            expected[source, use] = (outcome.status, outcome.supply)

    assert shown == expected
    assert tab.locator("table.matrix tbody tr").count() == len(rows)
