"""What follows from the rules that match a situation. The one home of precedence, overrides and supply.

Read beside ``docs/semantics.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exoreg.law.terms import (
    CONFIDENCE_RANK,
    DEFAULT_SUPPLY,
    STATUS_RANK,
    SUPPLY_RANK,
    Confidence,
    Status,
    Supply,
)


class Row(NamedTuple):
    """What the engine needs to know of a rule once its facts hold.

    A regulator's statement that is shown with an answer is a row too: it has ``is_statement`` and no effect.
    """

    id: str
    status: Status | None = None
    supply: Supply | None = None
    confidence: Confidence = Confidence.HIGH
    requires: tuple[str, ...] = ()
    has_caution: bool = False
    decides: str | None = None
    overrides: tuple[str, ...] = ()
    is_statement: bool = False

    @property
    def supplies(self) -> Supply | None:
        """The supply that the rule speaks for: its own, else what follows from its status."""
        return self.supply or (DEFAULT_SUPPLY[self.status] if self.status else None)


class Outcome(NamedTuple):
    """The answer for one situation on one day; everything in it is a rule, condition or statement id.

    ``status`` and ``supply`` are None for a gap: no effective rule concludes anything.
    """

    status: Status | None
    supply: Supply | None
    confidence: Confidence | None
    grounds: tuple[str, ...]
    also: tuple[str, ...]
    overridden: tuple[tuple[str, str], ...]
    requires: tuple[str, ...]
    cautions: tuple[str, ...]
    decides: tuple[str, ...]
    statements: tuple[str, ...]


def effective(matching: Iterable[Row]) -> tuple[list[Row], list[tuple[str, str]]]:
    """The rows that no effective row overrides, and for each of the others which row does.

    Overrides have no circle, so a row can be judged once all rows that name it have been.
    """
    rows = {row.id: row for row in matching}
    overriders: dict[str, list[str]] = {}
    for row in rows.values():
        for other in row.overrides:
            if other in rows:
                overriders.setdefault(other, []).append(row.id)
    judged: dict[str, str | None] = {}

    def overridden_by(id: str) -> str | None:
        if id not in judged:
            by = (other for other in sorted(overriders.get(id, ())) if overridden_by(other) is None)
            judged[id] = next(by, None)
        return judged[id]

    kept = [row for row in rows.values() if overridden_by(row.id) is None]
    return kept, [(id, by) for id in sorted(rows) if (by := judged[id]) is not None]


def conclude(matching: Iterable[Row]) -> Outcome:
    """The outcome for the rows in force whose facts hold."""
    rows, overridden = effective(matching)
    concluding = sorted((row for row in rows if row.status), key=_order)
    status = concluding[0].status if concluding else None
    grounds = [row for row in concluding if row.status is status]
    bare = [row for row in rows if row.status is None]
    supply = strictest(row.supplies for row in (*grounds, *bare)) if grounds else None
    # What alone makes the supply as strict as it is must be told as a reason too.
    supplying = [row for row in bare if row.supply and row.supply is supply]
    lawful = supply in (Supply.PERMITTED, Supply.TRIAL_ONLY)
    return Outcome(
        status=status,
        supply=supply,
        confidence=_confidence(grounds, supply) if grounds else None,
        grounds=tuple(row.id for row in (*grounds, *supplying)),
        also=tuple(row.id for row in concluding if row.status is not status),
        overridden=tuple(overridden),
        requires=_joined(row.requires for row in (*grounds, *bare)) if lawful else (),
        cautions=tuple(sorted(row.id for row in rows if row.has_caution)),
        decides=tuple(dict.fromkeys(row.decides for row in grounds if row.decides)),
        statements=tuple(row.id for row in bare if row.is_statement),
    )


def strictest(supplies: Iterable[Supply | None]) -> Supply | None:
    """The strictest of the supplies, those that are None left out."""
    return min((supply for supply in supplies if supply), key=SUPPLY_RANK.__getitem__, default=None)


def _order(row: Row) -> tuple[int, int, int, str]:
    assert row.status and row.supplies
    return STATUS_RANK[row.status], SUPPLY_RANK[row.supplies], CONFIDENCE_RANK[row.confidence], row.id


def _confidence(grounds: Sequence[Row], supply: Supply | None) -> Confidence:
    """As sure as the surest ground, for each is enough alone; a permission only as sure as the least sure."""
    choose = max if supply is Supply.PERMITTED else min
    return choose((row.confidence for row in grounds), key=CONFIDENCE_RANK.__getitem__)


def _joined(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for part in parts for id in part))
