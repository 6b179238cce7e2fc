"""The rule base against the second, plain transcription of the research it was written from.

For every region every situation on every class of days is compared: the diagram's paths stand for all of them,
and of each path every combination of class members is compared that the transcription could tell apart.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
from collections import Counter
from datetime import date
from typing import Any

import pytest

from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.diagram import LEVELS, Diagram
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import FACTS, Product, Situation
from tests.dossiers import Departure, Facts

REGIONS = {"us": ["US"], "uk": ["UK", "GB", "NI"], "eu": ["EU", "FR", "DE"], "jp": ["JP"], "kr": ["KR"]}
PAIRS = [(name, region) for name, regions in REGIONS.items() for region in regions]


def _answer(module: Any, facts: Facts, day: date, region: str) -> tuple[str, str]:
    if "region" in inspect.signature(module.answer).parameters:
        answer: tuple[str, str] = module.answer(facts, day, region=region)
    else:
        answer = module.answer(facts, day)
    return answer


def _departure(module: Any, facts: Facts, day: date, region: str) -> Departure | None:
    for departure in module.DEPARTURES:
        if "region" in inspect.signature(departure.holds).parameters:
            holds = departure.holds(facts, day, region=region)
        else:
            holds = departure.holds(facts, day)
        if holds:
            return departure
    return None


@pytest.mark.parametrize(("name", "region"), PAIRS)
def test_rule_base_says_what_the_ordered_rules_say(compiled: CompiledBase, name: str, region: str) -> None:
    """No unexplained difference in any situation on any class of days, and every departure is real."""
    module = importlib.import_module(f"tests.dossiers.{name}")
    diagram = Diagram(compiled.region(region), compiled.vocabulary)
    differences: Counter[str] = Counter()
    used: set[str] = set()
    compared = 0
    for situation, day, found in _situations(diagram):
        compared += 1
        facts = Facts(*situation)
        departure = _departure(module, facts, day, region)
        expected = departure.answer if departure else _answer(module, facts, day, region)
        if departure:
            used.add(departure.name)
        if found != expected:
            differences[f"{found} for {expected}: {situation} on {day}"] += 1
    assert not differences, f"{len(differences)} of {compared} differ:\n" + "\n".join(list(differences)[:12])


def _situations(diagram: Diagram) -> Any:
    """Every leaf of source, donor, form, use and setting; claims and evidence and days by class."""
    vocabulary, region = diagram.vocabulary, diagram.region
    claims = [frozenset(c) for n in range(6) for c in itertools.combinations(vocabulary.facts["claims"].leaves, n)]
    evidence = [frozenset(v) for v in diagram.values["evidence"]]
    for source in vocabulary.facts["source"].leaves:
        for donor in vocabulary.donors(source):
            for form, use, setting in itertools.product(
                *(vocabulary.facts[name].leaves for name in ("form", "use", "setting"))
            ):
                for claim in claims:
                    for shown in evidence:
                        situation = Situation(source, donor, form, use, claim, setting, shown)
                        base = -1
                        for fact in FACTS:
                            base &= region.mask(fact, getattr(situation, fact))
                        for number, first in enumerate(region.days):
                            outcome = region.outcome(base & region.masks["day"][number])
                            yield situation, date.fromisoformat(first), (str(outcome.status), str(outcome.supply))


@pytest.mark.parametrize(("name", "region"), [(name, regions[0]) for name, regions in REGIONS.items()])
def test_rule_base_fills_the_summary_grid(compiled: CompiledBase, name: str, region: str) -> None:
    """Each cell of the summary grid, written out by hand, is what `check` would say today."""
    module = importlib.import_module(f"tests.dossiers.{name}")
    from exoreg.engine.determine import determine

    assert module.GRID
    wrong = []
    for facts, status, supply in module.GRID:
        product = Product.make(compiled.vocabulary, facts)
        found = determine(compiled, product, region, compiled.reviewed)
        if (found.status, found.supply) != (status, supply):
            wrong.append(f"{facts}: {found.status}/{found.supply}, the grid says {status}/{supply}")
    assert not wrong, "\n".join(wrong)


def test_levels_are_all_facts_and_the_day() -> None:
    """The diagram asks each fact exactly once."""
    assert sorted(LEVELS) == sorted((*FACTS, "day"))
    assert CompiledRegion is not None
