"""The days on which the answer for a product changed or will change, and the rules that did it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from exoreg.engine.asked import Answer, summary
from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.determine import Base, merge
from exoreg.engine.outcome import Outcome, Row
from exoreg.facts.product import Box, Product

ANSWER = ("status", "supply")
"""The parts whose change is a change of the answer; a change of any other part leaves the answer as it is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which something of the answer changes; the first one says what holds from the earliest day on.

    ``changed`` names the parts that change. ``began`` and ``ended`` are rules that speak of the product from this
    day on, or no longer; ``set_aside`` are rules that from this day on another one overrides, ``restored`` those
    that no longer are overridden. ``gained`` and ``lost`` hold, for ``conditions``, ``cautions`` and
    ``statements``, what came and went.
    """

    day: date
    changed: tuple[str, ...]
    status: str
    supply: str
    outcome: Outcome
    began: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, str], ...] = ()
    restored: tuple[str, ...] = ()
    gained: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lost: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """``start``, ``answer`` (status or supply changes), ``details``, or ``statements`` where nothing else does."""
        if not self.changed:
            return "start"
        if any(part in ANSWER for part in self.changed):
            return "answer"
        return "statements" if self.changed == ("statements",) else "details"


@dataclass(frozen=True, slots=True)
class _State:
    """What holds on one day: the answer, the parts of it that can change, and all rules whose facts hold."""

    answer: Answer
    parts: dict[str, object]
    outcome: Outcome
    rows: dict[str, Row]


def timeline(base: Base, product: Product, region: str) -> Iterator[Turn]:
    """Every day on which something of the answer changes, from the earliest day encoded on.

    Raises:
        GapError: the rule base says nothing of a situation that the product may be.
    """
    compiled = base.region(region)
    boxes = list(product.boxes(base.vocabulary))
    before: _State | None = None
    for text in compiled.days:
        day = date.fromisoformat(text)
        now = _state(compiled, boxes, day)
        if before is None:
            yield Turn(day, (), *now.answer, now.outcome)
        else:
            changed = tuple(part for part, value in now.parts.items() if value != before.parts[part])
            if changed:
                yield _compared(day, changed, before, now)
        before = now


def _state(compiled: CompiledRegion, boxes: Iterable[Box], day: date) -> _State:
    alive = {mask for box in boxes for mask in compiled.alive(box, day)}
    outcomes = compiled.possible(alive)
    answer = summary(outcomes)
    outcome = merge(outcomes)
    parts: dict[str, object] = {
        **dict(zip(ANSWER, answer, strict=True)),
        "confidence": outcome.confidence,
        "grounds": set(outcome.grounds),
        "further grounds": set(outcome.also),
        "exceptions": set(outcome.overridden),
        "conditions": set(outcome.requires),
        "cautions": set(outcome.cautions),
        "who decides": set(outcome.decides),
        "statements": set(outcome.statements),
    }
    rows = {row.id: row for mask in alive for row in compiled.rows_alive(mask)}
    return _State(answer, parts, outcome, rows)


def _compared(day: date, changed: tuple[str, ...], before: _State, now: _State) -> Turn:
    aside_before, aside_now = dict(before.outcome.overridden), dict(now.outcome.overridden)
    lists = {
        "conditions": (before.outcome.requires, now.outcome.requires),
        "cautions": (before.outcome.cautions, now.outcome.cautions),
        "statements": (before.outcome.statements, now.outcome.statements),
    }
    return Turn(
        day,
        changed,
        *now.answer,
        now.outcome,
        began=tuple(_acting(now, before.rows)),
        ended=tuple(_acting(before, now.rows)),
        set_aside=tuple((id, by) for id, by in aside_now.items() if aside_before.get(id) != by),
        restored=tuple(id for id in aside_before if id not in aside_now and id in now.rows),
        gained={part: tuple(id for id in new if id not in old) for part, (old, new) in lists.items()},
        lost={part: tuple(id for id in old if id not in new) for part, (old, new) in lists.items()},
    )


def _acting(state: _State, others: Collection[str]) -> Iterator[str]:
    """The rules of a day that are not among the others and can be seen in its answer."""
    # By id, so that no rule's place in its file shows.
    for id, row in sorted(state.rows.items()):
        if id not in others and not row.is_statement:
            asks = set(row.requires) & set(state.outcome.requires)
            if row.status or row.supply or row.has_caution or row.overrides or asks:
                yield id
