"""The rule base against the second, plain transcription of the research it was written from.

For every region every situation that the two readings could tell apart is compared, on every day on which either
could change; each departure is listed with its reason.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.determine import determine
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product, Situation, subsets
from exoreg.facts.vocabulary import Vocabulary
from tests.dossiers import Departure, Facts

REGIONS = {"us": ["US"], "uk": ["UK"], "eu": ["EU", "FR", "DE"], "jp": ["JP"], "kr": ["KR"]}
PAIRS = [(name, region) for name, regions in REGIONS.items() for region in regions]


@pytest.mark.parametrize(("name", "region"), PAIRS)
def test_rule_base_says_what_the_ordered_rules_say(compiled: CompiledBase, name: str, region: str) -> None:
    """No unexplained difference in any situation on any day on which either reading could change."""
    module = importlib.import_module(f"tests.dossiers.{name}")
    answer, departures = _bound(module, region)
    differences: list[str] = []
    compared = 0
    for situation, day, status, supply in _situations(
        compiled.region(region), compiled.vocabulary, _days(module)
    ):
        compared += 1
        facts = Facts(*situation)
        departure = next((d for d, holds in departures if holds(facts, day)), None)
        expected = departure.answer if departure else answer(facts, day)
        if (status, supply) != expected:
            differences.append(f"{status}/{supply}, expected {'/'.join(expected)}: {situation} on {day}")
    assert compared > 100_000
    assert not differences, f"{len(differences):,} of {compared:,} differ:\n" + "\n".join(differences[:12])


def _bound(
    module: Any, region: str
) -> tuple[Callable[..., Any], list[tuple[Departure, Callable[..., bool]]]]:
    """The transcription's functions, bound to a region where they tell regions apart."""

    def bind(function: Callable[..., Any]) -> Callable[..., Any]:
        return (
            partial(function, region=region)
            if "region" in inspect.signature(function).parameters
            else function
        )

    return bind(module.answer), [(departure, bind(departure.holds)) for departure in module.DEPARTURES]


def _days(module: Any) -> list[date]:
    """The days around which the transcription can change its mind: every date that it names."""
    return [value for value in vars(module).values() if isinstance(value, date)]


def _situations(
    region: CompiledRegion, vocabulary: Vocabulary, changes: list[date]
) -> Iterator[tuple[Situation, date, str, str]]:
    """Every situation that either reading could tell apart, on every such day.

    Left out are only twins: claims with and without `appearance` where no rule turns on it, documents that no
    live rule with a status turns on, and days between two changes of status rules.
    """
    turning = {*region.bits["claims"], "skin-function", "hair-growth", "body-function", "disease"}
    claims = [leaf for leaf in vocabulary.facts["claims"].leaves if leaf in turning]
    live = [leaf for leaf in region.bits["evidence"] if leaf != "marketing-authorisation"]
    days = _status_days(region, changes)
    pivots = {days[0], *(day + step for day in changes for step in (timedelta(0), timedelta(days=-1)))}
    by_day = [(day, region.masks["day"][region.day_class(day)]) for day in days]
    shown = [(value, region.mask("evidence", value)) for value in subsets(live)]
    # Of a product of which nothing is claimed looks alone are assumed.
    values = dict.fromkeys(value or frozenset({"appearance"}) for value in subsets(claims))
    promised = [(value, region.mask("claims", value)) for value in values]
    answers: dict[int, tuple[str, str]] = {}
    for source in vocabulary.facts["source"].leaves:
        for donor in vocabulary.donors(source):
            for form, use, setting in itertools.product(
                *(vocabulary.facts[name].leaves for name in ("form", "use", "setting"))
            ):
                named = {"source": source, "donor": donor, "form": form, "use": use, "setting": setting}
                plain = -1
                for fact, leaf in named.items():
                    plain &= region.mask(fact, leaf)
                for (claim, claim_mask), (evidence, evidence_mask) in itertools.product(promised, shown):
                    situation = Situation(source, donor, form, use, claim, setting, evidence)
                    before = None
                    for day, day_mask in by_day:
                        alive = plain & claim_mask & evidence_mask & day_mask
                        if alive not in answers:
                            outcome = region.outcome(alive)
                            answers[alive] = (str(outcome.status), str(outcome.supply))
                        if answers[alive] != before or day in pivots:
                            before = answers[alive]
                            yield (situation, day, *before)


def _status_days(region: CompiledRegion, changes: list[date]) -> list[date]:
    """The first days of the classes on which a rule with a status or a supply of its own begins or ends, and
    the days before, on and after which the transcription changes."""
    telling = sum(1 << bit for bit, owner in enumerate(region._owners) if region.rows[owner].supplies)
    found = {date.fromisoformat(region.earliest)}
    before = None
    for first, mask in zip(region.days, region.masks["day"], strict=True):
        if before is not None and (mask ^ before) & telling:
            found.add(date.fromisoformat(first))
        before = mask
    for day in changes:
        found.update({day - timedelta(days=1), day})
    return sorted(day for day in found if day >= date.fromisoformat(region.earliest))


@pytest.mark.parametrize(("name", "region"), [(name, regions[0]) for name, regions in REGIONS.items()])
def test_rule_base_fills_the_summary_grid(compiled: CompiledBase, name: str, region: str) -> None:
    """Each cell of the summary grid, written out by hand, is what `check` would say today."""
    module = importlib.import_module(f"tests.dossiers.{name}")
    assert module.GRID
    wrong = []
    for facts, status, supply in module.GRID:
        product = Product.make(compiled.vocabulary, facts)
        found = determine(compiled, product, region, compiled.reviewed)
        if (found.status, found.supply) != (status, supply):
            wrong.append(f"{facts}: {found.status}/{found.supply}, the grid says {status}/{supply}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", ["GB", "NI"])
def test_great_britain_and_northern_ireland_answer_as_the_whole(compiled: CompiledBase, part: str) -> None:
    """Their rules, masks and days are those of the United Kingdom; only what is cited differs."""
    whole, region = compiled.region("UK"), compiled.region(part)

    assert (region.rows, region.masks, region.days, region.bits) == (
        whole.rows,
        whole.masks,
        whole.days,
        whole.bits,
    )
