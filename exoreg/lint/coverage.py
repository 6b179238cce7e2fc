"""What the cases of a rule base exercise, and what none of them does.

Four things are counted, region by region:

- a **rule**, exercised when it is effective for some case;
- an **override**, exercised when for some case both rules match and the one sets the other aside;
- a **leaf** of a fact, exercised when some case states it or a node above it, or leaves the fact out and it is
  assumed; leaves that no rule of the region tells apart count as one;
- a **date** on which a rule begins or ends, exercised when the rule's facts hold for a case before it and for a
  case on or after it.

A rule that speaks only for authorised products is left out as long as the register lists none: no case can reach it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from exoreg.engine.compile import boundaries
from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.evaluate import matches
from exoreg.engine.outcome import effective
from exoreg.facts.product import UNKNOWN, Product, leaves_of
from exoreg.facts.vocabulary import Fact
from exoreg.law.models import Rule
from exoreg.law.places import Place
from exoreg.law.rulebase import RuleBase
from exoreg.lint.exercise import Exercise, InMemory, exercises

KINDS = ("rule", "override", "leaf", "date")
"""What is counted, in the order of the report."""


@dataclass(frozen=True)
class Missed:
    """One thing that no case exercises; ``place`` is None for a leaf, which stands in no rule."""

    kind: str
    region: str
    what: str
    place: Place | None


@dataclass
class Tally:
    """How many things of one kind there are in one region, and how many are exercised."""

    exercised: int = 0
    total: int = 0


@dataclass
class CoverageReport:
    """For each region and kind the tally, and everything that was missed, in the order of the files."""

    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    missed: list[Missed] = field(default_factory=list)

    @property
    def percent(self) -> float:
        """The share of everything counted that is exercised; 100 when there is nothing to count."""
        total = sum(tally.total for tally in self.tallies.values())
        return 100 * sum(tally.exercised for tally in self.tallies.values()) / total if total else 100.0

    def add(self, kind: str, region: str, what: str, place: Place | None, exercised: bool) -> None:
        """Counts one thing."""
        tally = self.tallies.setdefault((region, kind), Tally())
        tally.total += 1
        tally.exercised += exercised
        if not exercised:
            self.missed.append(Missed(kind, region, what, place))


def coverage(base: RuleBase) -> CoverageReport:
    """Runs every case and notes what it exercises."""
    memory = InMemory(base)
    by_region: dict[str, list[Exercise]] = {}
    seen_rules: set[str] = set()
    seen_overrides: set[tuple[str, str]] = set()
    for exercise in exercises(base):
        by_region.setdefault(exercise.region, []).append(exercise)
        rules, overrides = _taking_part(exercise, memory.region(exercise.region))
        seen_rules |= rules
        seen_overrides |= overrides
    report = CoverageReport()
    reachable = [rule for rule in base.rules.values() if _ever_speaks(base, rule)]
    for rule in reachable:
        report.add("rule", rule.region, rule.id, base.place("rule", rule.id, "id"), rule.id in seen_rules)
    for rule in reachable:
        for number, other in enumerate(rule.overrides):
            place = base.place("rule", rule.id, "overrides", number)
            met = (rule.id, other) in seen_overrides
            report.add("override", rule.region, f"{rule.id} over {other}", place, met)
    for root in base.vocabulary.regions.values:
        there = [e for region in (v.id for v in root.walk()) for e in by_region.get(region, ())]
        for what, met in _leaves(base, memory.region(root.id), there):
            report.add("leaf", root.id, what, None, met)
    for rule in reachable:
        inside = [e for region, them in by_region.items() if rule.region in base.chain(region) for e in them]
        for what, place, met in _dates(base, rule, inside):
            report.add("date", rule.region, what, place, met)
    return report


def _ever_speaks(base: RuleBase, rule: Rule) -> bool:
    return any(base.is_live(rule, day) for day in boundaries(base, rule.region))


def _taking_part(exercise: Exercise, region: CompiledRegion) -> tuple[set[str], set[tuple[str, str]]]:
    """The rules effective for a case in some situation, and the overrides that bite."""
    rules: set[str] = set()
    overrides: set[tuple[str, str]] = set()
    if exercise.day.isoformat() < region.earliest:
        return rules, overrides
    for alive in {mask for box in exercise.boxes for mask in region.alive(box, exercise.day)}:
        matching = region.rows_alive(alive)
        present = {row.id for row in matching}
        kept, _ = effective(matching)
        for row in kept:
            rules.add(row.id)
            overrides.update((row.id, other) for other in row.overrides if other in present)
    return rules, overrides


def _leaves(base: RuleBase, region: CompiledRegion, there: Sequence[Exercise]) -> Iterator[tuple[str, bool]]:
    """For every group of leaves that the region's rules do not tell apart, whether a case exercises it."""
    for name, fact in base.vocabulary.facts.items():
        named = {leaf for exercise in there for leaf in _named(fact, exercise.product)}
        groups: dict[int, list[str]] = {}
        for leaf in region.bits[name] if fact.is_set else fact.leaves:
            groups.setdefault(region.mask(name, frozenset({leaf}) if fact.is_set else leaf), []).append(leaf)
        for leaves in groups.values():
            yield f"{name} {' | '.join(fact.compress(leaves))}", not named.isdisjoint(leaves)


def _named(fact: Fact, product: Product) -> Sequence[str]:
    values = product.values[fact.id]
    return () if values == (UNKNOWN,) else leaves_of(fact, values)


def _dates(base: RuleBase, rule: Rule, inside: Sequence[Exercise]) -> Iterator[tuple[str, Place, bool]]:
    """The days on which a rule begins or ceases to hold, later than the earliest day encoded."""
    first, last = rule.in_force.from_, rule.in_force.to
    days: list[tuple[str, date, date]] = []
    if first:
        days.append(("from", first, first))
    if last:
        days.append(("to", last, last + timedelta(days=1)))
    days = [found for found in days if found[2] > base.earliest(rule.region)]
    if not days:
        return
    concerned = [exercise.day for exercise in inside if _concerns(base, rule, exercise)]
    for key, day, boundary in days:
        met = any(on < boundary for on in concerned) and any(on >= boundary for on in concerned)
        yield f"{rule.id} `{key}` {day}", base.place("rule", rule.id, "in_force", key), met


def _concerns(base: RuleBase, rule: Rule, exercise: Exercise) -> bool:
    """Whether the rule's facts hold for a case, dates apart; one situation of a half-known product is enough."""
    situations = exercise.product.situations(base.vocabulary)
    return any(matches(base.vocabulary, rule.when, situation) for situation in situations)
