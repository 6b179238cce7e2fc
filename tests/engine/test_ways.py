"""What would change an answer, and the questions that settle one: held against trying everything."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations

import pytest

from exoreg.engine.asked import CHANGEABLE
from exoreg.engine.asking import next_question, product_of
from exoreg.engine.determination import Step
from exoreg.engine.determine import determine
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product, Situation

DAY = date(2026, 11, 22)
REGIONS = ("US", "UK", "EU", "FR", "JP", "KR")


def a_situation(base: CompiledBase, pick: random.Random) -> Situation:
    """Any product of which everything is known."""
    facts = base.vocabulary.facts
    source = pick.choice(facts["source"].leaves)
    return Situation(
        source,
        pick.choice(base.vocabulary.donors(source)),
        pick.choice(facts["form"].leaves),
        pick.choice(facts["use"].leaves),
        frozenset(pick.sample(facts["claims"].leaves, pick.randint(1, 3))),
        pick.choice(facts["setting"].leaves),
        frozenset(pick.sample(facts["evidence"].leaves, pick.choice((0, 0, 0, 1, 2)))),
    )


def product(base: CompiledBase, situation: Situation) -> Product:
    """The product that states all of a situation."""
    facts = {name: [v] if isinstance(v, str) else sorted(v) for name, v in situation._asdict().items()}
    return Product.make(base.vocabulary, facts)


def changes(base: CompiledBase, situation: Situation, step: Step) -> list[Situation]:
    """The situations that a step can lead to, worked out without the engine."""
    found = []
    for word in step.to:
        if step.how == "add":
            new: object = getattr(situation, step.fact) | {word}
        elif step.how == "drop":
            new = frozenset({word})
        else:
            new = word
        changed = situation._replace(**{step.fact: new})
        if changed.donor not in base.vocabulary.donors(changed.source):
            changed = changed._replace(donor=base.vocabulary.donors(changed.source)[0])
        found.append(changed)
    return found


def every_step(base: CompiledBase, situation: Situation, fact: str) -> list[Step]:
    """Every change of one fact that a person could make."""
    tree, now = base.vocabulary.facts[fact], getattr(situation, fact)
    if tree.is_set:
        steps = [Step(fact, "add", (leaf,)) for leaf in tree.leaves if leaf not in now]
        return steps + ([Step(fact, "drop", ("appearance",))] if fact == "claims" else [])
    leaves = base.vocabulary.donors(situation.source) if fact == "donor" else tree.leaves
    return [Step(fact, "set", (leaf,)) for leaf in leaves if leaf != now]


@pytest.mark.parametrize("seed", range(30))
def test_the_ways_to_a_lawful_supply_are_right_and_the_smallest(compiled: CompiledBase, seed: int) -> None:
    """Each way leads there whichever of its values is taken, and no smaller or other way of its size is left out."""
    pick = random.Random(seed)
    region = REGIONS[seed % len(REGIONS)]
    situation = a_situation(compiled, pick)

    def supply(at: Situation) -> str:
        return str(compiled.region(region).decide(at, DAY).supply)

    found = determine(compiled, product(compiled, situation), region, DAY)
    if found.supply == "permitted":
        assert found.ways == ()
        return
    for way in found.ways:
        reached = [situation]
        for step in way.steps:
            reached = [changed for at in reached for changed in changes(compiled, at, step)]
        assert {supply(at) for at in reached} == {"permitted"}, way
    claimed = {
        (tuple(step.fact for step in way.steps), at)
        for way in found.ways
        for first in changes(compiled, situation, way.steps[0])
        for at in (changes(compiled, first, way.steps[1]) if len(way.steps) > 1 else [first])
    }
    singles = {
        ((fact,), at)
        for fact in CHANGEABLE
        for step in every_step(compiled, situation, fact)
        for at in changes(compiled, situation, step)
        if supply(at) == "permitted"
    }
    if singles:
        assert {at for _, at in claimed} == {at for _, at in singles}
        return
    pairs = {
        at
        for one, two in combinations(CHANGEABLE, 2)
        for step in every_step(compiled, situation, one)
        for first in changes(compiled, situation, step)
        for then in every_step(compiled, first, two)
        for at in changes(compiled, first, then)
        if supply(at) == "permitted"
    }
    # Adding a document on which no rule turns is no way; brute force finds those too, so compare what matters.
    bits = set(compiled.region(region).bits["evidence"])
    trimmed = {at._replace(evidence=at.evidence & bits) for at in pairs}
    assert {at._replace(evidence=at.evidence & bits) for _, at in claimed} == trimmed


@pytest.mark.parametrize("seed", range(30))
def test_every_single_change_that_matters_is_told(compiled: CompiledBase, seed: int) -> None:
    """`would_change` names exactly the other values of each fact that lead to another status or supply."""
    pick = random.Random(1000 + seed)
    region = REGIONS[seed % len(REGIONS)]
    situation = a_situation(compiled, pick)
    found = determine(compiled, product(compiled, situation), region, DAY)

    def answer(at: Situation) -> tuple[str, str]:
        outcome = compiled.region(region).decide(at, DAY)
        return str(outcome.status), str(outcome.supply)

    told = {(c.fact, c.how, word): (c.status, c.supply) for c in found.would_change for word in c.to}
    tried = {
        (fact, step.how, step.to[0]): answer(changes(compiled, situation, step)[0])
        for fact in CHANGEABLE
        for step in every_step(compiled, situation, fact)
    }
    assert told == {key: value for key, value in tried.items() if value != (found.status, found.supply)}


@pytest.mark.parametrize("seed", range(24))
def test_questions_lead_to_the_answer_and_stop_when_it_is_settled(compiled: CompiledBase, seed: int) -> None:
    """Whoever knows all facts is asked only what matters, and ends in the engine's answer for them."""
    pick = random.Random(2000 + seed)
    regions = pick.sample(REGIONS, pick.randint(1, 2))
    truth = a_situation(compiled, pick)
    stated: dict[str, tuple[str, ...]] = {}
    asked = []
    while question := next_question(compiled, stated, frozenset(), regions, DAY):
        asked.append(question.fact)
        assert len(asked) < 20
        value = getattr(truth, question.fact)
        tree = compiled.vocabulary.facts[question.fact]
        if tree.is_set:
            offered = {choice.id for choice in question.choices}
            stated[question.fact] = tuple(sorted(value & offered)) or (tree.default or ())
        else:
            stated[question.fact] = (next(c.id for c in question.choices if c.id in tree.path(value)),)
    for region in regions:
        found = determine(compiled, product_of(compiled, stated), region, DAY)
        outcome = compiled.region(region).decide(truth, DAY)
        assert (found.status, found.supply) == (str(outcome.status), str(outcome.supply)), (truth, asked)


def test_a_settled_answer_asks_nothing(compiled: CompiledBase) -> None:
    """When what is stated settles it, no question is left."""
    assert (
        next_question(compiled, {"claims": ("disease",), "setting": ("marketed",)}, frozenset(), ["US"], DAY)
        is None
    )
