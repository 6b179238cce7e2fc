"""The compiled rule base says everywhere what the reference evaluator says."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.determine import determine, summary
from exoreg.engine.diagram import LEVELS, Diagram, Path
from exoreg.engine.evaluate import evaluate
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import FACTS, Product, Situation
from exoreg.law.load import load

BASE = load()
REGIONS = tuple(BASE.vocabulary.regions.nodes)


def _member(path: Path, region: CompiledRegion, pick: random.Random) -> tuple[Situation, date]:
    """Any one of the situations and days that a path of the diagram stands for."""
    chosen = {name: pick.choice(path.classes[name]) for name in LEVELS}
    # A leaf on which no rule turns is in no class: it may be present or not.
    first = date.fromisoformat(region.days[chosen.pop("day")])  # type: ignore[call-overload]
    idle = [leaf for leaf in BASE.vocabulary.facts["claims"].leaves if leaf not in region.bits["claims"]]
    if idle and pick.random() < 0.5:
        chosen["claims"] = frozenset({*chosen["claims"], *idle})  # type: ignore[misc]
    return Situation(**chosen), first + timedelta(days=pick.choice((0, 0, 1)))  # type: ignore[arg-type]


@pytest.mark.parametrize("region", REGIONS)
def test_every_path_of_the_diagram_ends_where_the_evaluator_does(compiled: CompiledBase, region: str) -> None:
    """All situations on all days: the diagram's classes stand for every leaf combination, each path once."""
    diagram = Diagram(compiled.region(region), compiled.vocabulary)
    pick = random.Random(region)
    paths = list(diagram.paths())
    assert sum(path.situations() for path in paths) == diagram.count()
    wrong = []
    for path in pick.sample(paths, min(len(paths), 6000)):
        situation, day = _member(path, compiled.region(region), pick)
        if compiled.region(region).day_class(day) not in path.classes["day"]:
            continue
        expected = evaluate(BASE, situation, region, day)
        if path.outcome != expected or diagram.end(situation, day) != expected:
            wrong.append((situation, day))
    assert not wrong, wrong[:3]


@pytest.mark.parametrize("region", REGIONS)
def test_every_mask_is_the_condition_it_was_compiled_from(compiled: CompiledBase, region: str) -> None:
    """For each fact and each value the mask accepts exactly the rules that the evaluator lets pass on that fact.

    With the paths above this covers every situation: the evaluator's answer turns on nothing else.
    """
    from exoreg.engine.compile import conjunctions
    from exoreg.engine.evaluate import matches, shown_statements
    from exoreg.law.models import EMPTY_WHEN, When

    found = compiled.region(region)
    items = [*BASE.rules_of(region), *shown_statements(BASE, region)]
    terms = [term for item in items for term in conjunctions(item.when or EMPTY_WHEN)]
    usual = next(
        Product.make(BASE.vocabulary, {"source": "rose", "use": "topical"}).situations(BASE.vocabulary)
    )
    for name in FACTS:
        fact = BASE.vocabulary.facts[name]
        values = (
            [frozenset(), *(frozenset({leaf}) for leaf in fact.leaves)] if fact.is_set else list(fact.leaves)
        )
        for value in values:
            situation = usual._replace(**{name: value})
            mask = found.mask(name, value)
            for bit, term in enumerate(terms):
                alone = When.model_validate({"all": [{name: choice} for choice in term.get(name, ())]})
                assert bool(mask >> bit & 1) == matches(BASE.vocabulary, alone, situation), (name, value, bit)


words = st.fixed_dictionaries(
    {},
    optional={
        name: (
            st.lists(st.sampled_from([*fact.nodes]), min_size=1, max_size=3)
            if fact.is_set
            else st.sampled_from([*fact.nodes, "?"])
        )
        for name, fact in BASE.vocabulary.facts.items()
    },
)


@settings(max_examples=60, deadline=None)
@given(stated=words, region=st.sampled_from(REGIONS), step=st.integers(0, 6000))
def test_partial_products_answer_as_all_their_situations_together(
    compiled: CompiledBase, stated: dict[str, object], region: str, step: int
) -> None:
    """What is said of a product half known is what the evaluator says of each situation that it may be."""
    from exoreg.facts.product import ProductError

    try:
        product = Product.make(BASE.vocabulary, stated)  # type: ignore[arg-type]
    except ProductError:
        return
    day = max(date(2014, 11, 25) + timedelta(days=step), date.fromisoformat(compiled.region(region).earliest))
    situations = list(product.situations(BASE.vocabulary))
    picked = random.Random(step).sample(situations, min(40, len(situations)))
    found = determine(compiled, product, region, day)
    possible = {
        (str(o.status), str(o.supply))
        for o in compiled.region(region).outcomes(product.boxes(BASE.vocabulary), day)
    }
    answers = set()
    for situation in picked:
        outcome = evaluate(BASE, situation, region, day)
        answers.add((str(outcome.status), str(outcome.supply)))
        assert (str(outcome.status), str(outcome.supply)) in possible
    if len(picked) == len(situations):
        assert possible == answers
        everything = [evaluate(BASE, situation, region, day) for situation in situations]
        assert (found.status, found.supply) == summary(everything)
