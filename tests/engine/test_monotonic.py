"""What must hold whichever way the law turns: more claims never loosen, more evidence never tightens."""

from __future__ import annotations

import random

import pytest

from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import subsets
from exoreg.law.terms import STATUS_RANK, SUPPLY_RANK

ROUTES_FOR_MEDICAL_ENDS = frozenset(
    {"named-patient-route", "own-preparation-route", "marketing-authorisation"}
)
"""Documents that open a lawful route for a medical purpose only. With one of them a medical claim moves *supply*
from barred towards that route (UK: Human Medicines Regulations 2012, regulations 3 and 167); status never moves."""


@pytest.mark.parametrize("region", ["US", "UK", "GB", "NI", "EU", "FR", "DE", "JP", "KR"])
def test_a_disease_claim_never_makes_a_product_less_regulated(compiled: CompiledBase, region: str) -> None:
    """With one more claim of disease, status never falls and supply never loosens, in every situation and day."""
    found, broken = compiled.region(region), []
    for rest, before, evidence in _pairs(found, "claims", "evidence"):
        after = before | {"disease"}
        if after == before:
            continue
        old = found.outcome(rest & found.mask("claims", before))
        new = found.outcome(rest & found.mask("claims", after))
        assert old.status and new.status and old.supply and new.supply
        if STATUS_RANK[new.status] > STATUS_RANK[old.status] or (
            SUPPLY_RANK[new.supply] > SUPPLY_RANK[old.supply] and not evidence & ROUTES_FOR_MEDICAL_ENDS
        ):
            broken.append((before, evidence, old.grounds, new.grounds))
    assert not broken, broken[:3]


@pytest.mark.parametrize("region", ["US", "UK", "GB", "NI", "EU", "FR", "DE", "JP", "KR"])
def test_evidence_never_makes_a_product_more_regulated(compiled: CompiledBase, region: str) -> None:
    """With one more document, supply never tightens, in every situation and day."""
    found, broken = compiled.region(region), []
    for rest, before, _ in _pairs(found, "evidence", "claims"):
        for document in found.bits["evidence"]:
            if document in before:
                continue
            old = found.outcome(rest & found.mask("evidence", before))
            new = found.outcome(rest & found.mask("evidence", before | {document}))
            assert old.supply and new.supply
            if SUPPLY_RANK[new.supply] < SUPPLY_RANK[old.supply]:
                broken.append((before, document, old.grounds, new.grounds))
    assert not broken, broken[:3]


def _pairs(region: CompiledRegion, varied: str, other: str):  # type: ignore[no-untyped-def]
    """For every set of terms that the other facts can leave alive: that set, and each value of the varied fact.

    Values with the same mask are one; days and all plain facts are walked through their different masks.
    """
    alive: dict[int, frozenset[str]] = {}
    for value in subsets(region.bits[other]):
        alive.setdefault(region.mask(other, value), value)
    plain = {-1}
    for fact in ("use", "setting", "form", "day"):
        masks = region.masks[fact]
        different = set(masks.values() if isinstance(masks, dict) else masks)
        plain = {rest & mask for rest in plain for mask in different}
    pairs = {
        region.mask("source", s) & region.mask("donor", d) for s in region.masks["source"] for d in _donors(s)
    }
    rests = {rest & mask for rest in plain for mask in pairs}
    seen = {}
    for mask, value in alive.items():
        for rest in rests:
            seen.setdefault((rest & mask, bool(value & ROUTES_FOR_MEDICAL_ENDS)), value)
    keys = sorted(seen, key=str)
    for key in random.Random(1).sample(keys, min(len(keys), 4000)):
        for value in subsets(region.bits[varied]):
            yield key[0], value, seen[key]


def _donors(source: str) -> tuple[str, ...]:
    from exoreg.engine.store import open_base

    return open_base().vocabulary.donors(source)
