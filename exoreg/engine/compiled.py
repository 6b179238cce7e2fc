"""The compiled rule base of one region: masks in, outcomes out. Plain data; needs no validator and no YAML."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from exoreg.engine.outcome import Outcome, Row, conclude
from exoreg.facts.product import FACTS, Atom, Box, Situation
from exoreg.law.terms import Confidence, Status, Supply


class CompiledRegion:
    """All rules that hold in one region, as masks; see ``exoreg.engine.compile`` for what they are."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.region: str = data["region"]
        self.earliest: str = data["earliest"]
        self.days: list[str] = data["days"]
        self.rows = [_row(values) for values in data["rows"]]
        self.bits: dict[str, list[str]] = data["bits"]
        self.masks: dict[str, Any] = data["masks"]
        self._owners: list[int] = data["owners"]
        self._accept: list[Mapping[Atom, int]] = [
            _OfSets(self.masks[fact], self.bits[fact]) if fact in self.bits else self.masks[fact]
            for fact in FACTS
        ]
        self._live = _OfDays(self)
        self._outcomes: dict[int, Outcome] = {}
        bare = {other for row in self.rows if not row.status for other in row.overrides}
        self.concluding = sum(
            1 << bit
            for bit, owner in enumerate(self._owners)
            if self.rows[owner].status and self.rows[owner].id not in bare
        )
        """The terms of rules that leave a status wherever they are alive."""
        self.permitting = sum(
            1 << bit
            for bit, owner in enumerate(self._owners)
            if self.rows[owner].status and self.rows[owner].supplies is Supply.PERMITTED
        )
        """The terms of rules that speak for a lawful supply."""

    def concludes(self, alive: int) -> bool:
        """Whether some rule concludes a status when these terms are alive: no gap."""
        # What is overridden by a rule with a status leaves that status; only a rule without one can leave a gap.
        return bool(alive & self.concluding) or self.outcome(alive).status is not None

    def mask(self, fact: str, value: Atom) -> int:
        """The terms that accept a value of a fact."""
        return self._accept[_PLACE[fact]][value]

    def distinct(self, fact: str, values: Sequence[Atom]) -> list[Atom]:
        """The first of the values with each mask: no rule tells the others from it."""
        found: dict[int, Atom] = {}
        for value in values:
            found.setdefault(self.mask(fact, value), value)
        return list(found.values())

    def day_class(self, day: date) -> int:
        """Which class of days a day belongs to; days before the earliest encoded one have none.

        Raises:
            ValueError: the day lies before the earliest encoded one.
        """
        number = bisect_right(self.days, day.isoformat()) - 1
        if number < 0:
            raise ValueError(f"{day} lies before {self.earliest}, the earliest day encoded for {self.region}")
        return number

    def alive(self, box: Box, day: date) -> set[int]:
        """The sets of terms (as masks) that can be alive for a product known to lie in the box."""
        found = {int(self.masks["day"][self.day_class(day)])}
        for fact in FACTS:
            masks = {self.mask(fact, value) for value in box[fact]}
            found = {alive & mask for alive in found for mask in masks}
        return found

    def outcomes(self, boxes: Iterable[Box], day: date) -> list[Outcome]:
        """The different outcomes that are possible for the product."""
        return self.possible({mask for box in boxes for mask in self.alive(box, day)})

    def possible(self, alive: Iterable[int]) -> list[Outcome]:
        """The different outcomes of several sets of terms, in an order that no rule's place in its file changes."""
        found = dict.fromkeys(map(self.outcome, sorted(alive)))
        return sorted(found, key=lambda outcome: outcome.grounds)

    def decide(self, situation: Situation, day: date) -> Outcome:
        """The outcome for one situation."""
        alive = self._live[day]
        values: Sequence[Atom] = situation
        for accepting, value in zip(self._accept, values, strict=True):
            alive &= accepting[value]
        return self.outcome(alive)

    def outcome(self, alive: int) -> Outcome:
        """What follows when exactly these terms are alive."""
        outcome = self._outcomes.get(alive)
        if outcome is None:
            outcome = self._outcomes[alive] = conclude(self.rows_alive(alive))
        return outcome

    def rows_alive(self, alive: int) -> list[Row]:
        """The rules and statements of these terms."""
        owners = set()
        while alive:
            last = alive.bit_length() - 1
            owners.add(self._owners[last])
            alive ^= 1 << last
        return [self.rows[owner] for owner in sorted(owners)]


class _OfSets(dict[Atom, int]):
    """The terms that accept each set of leaves, worked out when it is first asked for."""

    def __init__(self, masks: Sequence[int], bits: Sequence[str]) -> None:
        self._masks, self._order = masks, {leaf: 1 << place for place, leaf in enumerate(bits)}

    def __missing__(self, leaves: Atom) -> int:
        found = self[leaves] = self._masks[sum(self._order.get(leaf, 0) for leaf in leaves)]
        return found


class _OfDays(dict[date, int]):
    """The terms in force on each day, worked out when it is first asked for."""

    def __init__(self, region: CompiledRegion) -> None:
        self._region = region

    def __missing__(self, day: date) -> int:
        found: int = self._region.masks["day"][self._region.day_class(day)]
        self[day] = found
        return found


_PLACE = {fact: place for place, fact in enumerate(FACTS)}


def _row(values: list[Any]) -> Row:
    id, status, supply, confidence, requires, has_caution, decides, overrides, is_statement = values
    return Row(
        id,
        Status(status) if status else None,
        Supply(supply) if supply else None,
        Confidence(confidence),
        tuple(requires),
        has_caution,
        decides,
        tuple(overrides),
        is_statement,
    )
