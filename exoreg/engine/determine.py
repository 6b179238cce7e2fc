"""Asking the compiled rule base: a product, known or half known, in; a determination out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from exoreg.engine.asked import Answer, Asked, GapError, summary
from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.determination import Determination, Elsewhere
from exoreg.engine.outcome import Outcome, strictest
from exoreg.engine.ways import leads_to_trial, ways_to_permitted
from exoreg.facts.product import Product
from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.terms import CONFIDENCE_RANK, DEPENDS, Supply

__all__ = ["Base", "GapError", "determine", "merge", "summary"]


class Base(Protocol):
    """What is asked: compiled regions, the vocabulary, and the days of review."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The trees of fact values."""

    @property
    def review_by(self) -> date:
        """The day after which a permission is to be checked anew."""

    def region(self, region: str) -> CompiledRegion:
        """The compiled rules of a region."""


DECIDES = "; or "
"""What stands between several that decide."""


def determine(base: Base, product: Product, region: str, day: date) -> Determination:
    """The answer for a product in a region on a day.

    Raises:
        GapError: the rule base says nothing of a situation that the product may be.
    """
    compiled = base.region(region)
    if day.isoformat() < compiled.earliest:
        earliest = date.fromisoformat(compiled.earliest)
        return Determination(product, region, day, "undetermined", "withhold", None, None, earliest=earliest)
    asked = Asked(base.vocabulary, compiled, product, day)
    outcomes = asked.outcomes(asked.boxes)
    status, supply = summary(outcomes)
    outcome = merge(outcomes)
    changes = tuple(asked.changes((status, supply)))
    by_leaf = tuple(asked.by_leaf()) if status == DEPENDS else None
    return Determination(
        product=product,
        region=region,
        as_of=day,
        status=status,
        supply=supply,
        confidence=outcome.confidence,
        outcome=outcome,
        decides=DECIDES.join(outcome.decides) or None,
        would_change=changes,
        ways=() if supply == Supply.PERMITTED or status == DEPENDS else ways_to_permitted(asked),
        trial_is_a_way=supply not in (Supply.PERMITTED, Supply.TRIAL_ONLY) and leads_to_trial(asked),
        questions=tuple(asked.questions((status, supply), changes)),
        by_leaf=by_leaf,
        elsewhere=tuple(_elsewhere(base, product, region, day, (status, supply))),
        stale=day > base.review_by,
    )


def merge(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome that says no more than holds in every possible one.

    Grounds are those that all share, or, where they share none, those of all; whatever warns is kept from each.
    """
    if len(outcomes) == 1:
        return outcomes[0]
    shared = [id for id in outcomes[0].grounds if all(id in outcome.grounds for outcome in outcomes)]
    confidences = [outcome.confidence for outcome in outcomes if outcome.confidence]
    grounds = tuple(shared) or _union(outcome.grounds for outcome in outcomes)
    return Outcome(
        status=outcomes[0].status,
        supply=strictest(outcome.supply for outcome in outcomes),
        confidence=max(confidences, key=CONFIDENCE_RANK.__getitem__, default=None),
        grounds=grounds,
        also=tuple(id for id in _union(outcome.also for outcome in outcomes) if id not in grounds),
        overridden=tuple(dict.fromkeys(pair for outcome in outcomes for pair in outcome.overridden)),
        requires=_union(outcome.requires for outcome in outcomes),
        cautions=_union(outcome.cautions for outcome in outcomes),
        decides=_union(outcome.decides for outcome in outcomes),
        statements=_union(outcome.statements for outcome in outcomes),
    )


def _union(parts: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for part in parts for id in part))


def _elsewhere(base: Base, product: Product, region: str, day: date, now: Answer) -> Iterator[Elsewhere]:
    """The regions within the one asked about whose own rules lead to another answer."""
    for child in base.vocabulary.regions.nodes[region].values:
        compiled = base.region(child.id)
        answer = summary(compiled.outcomes(list(product.boxes(base.vocabulary)), day))
        if answer != now:
            yield Elsewhere(child.id, *answer)
