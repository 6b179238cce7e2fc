"""What two rule bases answer differently: every situation on every day, in as few descriptions as will do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from exoreg.engine.compile import compile_region
from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.outcome import Outcome
from exoreg.facts.product import FACTS
from exoreg.law.rulebase import RuleBase
from exoreg.law.terms import Supply
from exoreg.lint.boxes import Box, count_in, cover
from exoreg.lint.compare import Comparison, Label
from exoreg.lint.joint import Side

Answer = tuple[str, str]
"""A status and a supply; or ``not encoded`` or ``gap`` with no supply."""

NOT_ENCODED: Answer = ("not encoded", "")
GAP: Answer = ("gap", "")

PARTS = ("confidence", "grounds", "also", "requires", "cautions", "decides", "statements")
"""What an answer says beside status and supply."""

Days = tuple[tuple[str | None, str | None], ...]
"""Stretches of days, first and last included; an open end is None."""


@dataclass(frozen=True)
class Group:
    """A box of situations whose answer changes in one way.

    ``facts`` holds the leaves of the plain facts that are not open. ``contains`` and ``lacks`` hold the claims and
    documents that must be there or must not. ``days`` is None when it holds on every day encoded.
    """

    facts: tuple[tuple[str, tuple[str, ...]], ...]
    contains: tuple[tuple[str, tuple[str, ...]], ...]
    lacks: tuple[tuple[str, tuple[str, ...]], ...]
    days: Days | None
    old: Answer
    new: Answer
    situations: int


@dataclass(frozen=True)
class Cluster:
    """All changes that the same rules bring about in the same regions.

    ``regions`` names every region, those within another too. ``counts`` has for each way of changing how many
    situations change so in one of the regions.
    """

    regions: tuple[str, ...]
    rules: tuple[str, ...]
    groups: tuple[Group, ...]
    counts: tuple[tuple[Answer, Answer, int], ...]


@dataclass(frozen=True)
class RegionDifference:
    """How many situations of a region have another answer on some day, or the same one for other reasons.

    ``left_out`` situations are counted but stand in no group, where there would be too many groups to read.
    """

    region: str
    changed: int
    reasons: int
    reason_parts: tuple[str, ...]
    reason_rules: tuple[str, ...]
    left_out: int
    total: int


@dataclass(frozen=True)
class Difference:
    """Everything that two rule bases answer differently."""

    old: RuleBase
    new: RuleBase
    regions: tuple[RegionDifference, ...]
    clusters: tuple[Cluster, ...]

    @property
    def permits(self) -> bool:
        """Whether some situation that was not permitted is permitted now."""
        return any(
            new[1] == Supply.PERMITTED != old[1]
            for cluster in self.clusters
            for old, new, _ in cluster.counts
        )

    def __bool__(self) -> bool:
        return any(region.changed or region.reasons for region in self.regions)


def diff(old: RuleBase, new: RuleBase) -> Difference:
    """Compares two rule bases over all situations and days, region by region."""
    names = dict.fromkeys((*new.vocabulary.regions.nodes, *old.vocabulary.regions.nodes))
    regions: list[RegionDifference] = []
    clusters: list[Cluster] = []
    done: dict[str, tuple[Side, Side]] = {}
    for name in names:
        sides = _side(old, name), _side(new, name)
        same = next((other for other, them in done.items() if _alike(sides, them)), None)
        if same is None:
            done[name] = sides
            counted, found = _region(Comparison(*sides, _judge), name)
        else:
            # A region with no law of its own answers as the one above it does.
            counted = replace(next(each for each in regions if each.region == same), region=name)
            found = [replace(each, regions=(name,)) for each in clusters if each.regions == (same,)]
        regions.append(counted)
        clusters += found
    return Difference(old, new, tuple(regions), tuple(_merged(clusters)))


def _side(base: RuleBase, region: str) -> Side:
    known = region in base.vocabulary.regions.nodes
    return Side(CompiledRegion(compile_region(base, region)) if known else None, base.vocabulary)


def _alike(sides: tuple[Side, Side], others: tuple[Side, Side]) -> bool:
    """Whether two regions have the same law, in the old rule base and in the new one."""
    for side, other in zip(sides, others, strict=True):
        if side.region is None or other.region is None:
            if side.region is not other.region:
                return False
        elif any(getattr(side.region, part) != getattr(other.region, part) for part in LAW):
            return False
    return True


LAW = ("earliest", "days", "rows", "bits", "masks")
"""Everything that a compiled region is, but for its name."""


def answer(outcome: Outcome | None) -> Answer:
    """The answer that an outcome is."""
    if outcome is None:
        return NOT_ENCODED
    return (str(outcome.status), str(outcome.supply)) if outcome.status else GAP


def _judge(old: Outcome | None, new: Outcome | None) -> Label | None:
    if answer(old) != answer(new):
        return answer(old), answer(new)
    return ("reasons",) if _parts(old, new) else None


def _parts(old: Outcome | None, new: Outcome | None) -> list[str]:
    """What else an answer says otherwise; order is no difference."""
    if old is None or new is None:
        return []
    return [part for part in PARTS if _set(getattr(old, part)) != _set(getattr(new, part))]


def _set(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def _region(comparison: Comparison, region: str) -> tuple[RegionDifference, list[Cluster]]:
    answers = [label for label in comparison.labels if label != ("reasons",)]
    changed = comparison.keep(comparison.root, lambda label: label != ("reasons",))
    reasons = comparison.keep(comparison.root, lambda label: label == ("reasons",))
    found: dict[tuple[str, ...], list[tuple[Group, Box]]] = {}
    left_out = 0
    nodes = {label: comparison.keep(comparison.root, label.__eq__) for label in answers}
    for label in answers:
        covered = cover(comparison, nodes[label])
        left_out += covered.left_out
        for box in covered.boxes:
            rules = _responsible(comparison, comparison.ends_in(box))
            found.setdefault(rules, []).append((_group(comparison, box, *label), box))
    clusters = []
    for rules, pairs in found.items():
        counts = []
        for label in answers:
            boxes = [box for group, box in pairs if (group.old, group.new) == label]
            if boxes:
                counts.append((*label, count_in(comparison, nodes[label], boxes)))
        groups = tuple(sorted((group for group, _ in pairs), key=_by_size))
        clusters.append(Cluster((region,), rules, groups, tuple(counts)))
    ends = [alive for alive in comparison.ends if comparison.label(alive) == ("reasons",)]
    told = {part for pair in {comparison.outcomes(alive) for alive in ends} for part in _parts(*pair)}
    counted = RegionDifference(
        region=region,
        changed=comparison.count(changed),
        reasons=comparison.count(reasons),
        reason_parts=tuple(part for part in PARTS if part in told),
        reason_rules=_responsible(comparison, ends) if ends else (),
        left_out=left_out,
        total=comparison.total(),
    )
    return counted, clusters


def _by_size(group: Group) -> tuple[int, str]:
    return -group.situations, repr(group)


def _responsible(comparison: Comparison, ends: Iterable[int]) -> tuple[str, ...]:
    """The rules that are not the same on both sides and part the answers at these ends."""
    found: set[str] = set()
    every = comparison.changed_rules
    for alive in ends:
        if found == every:
            break
        changed = comparison.alive_rules(alive)
        old, new = comparison.outcomes(alive)
        parted = changed & (_speaking(old) ^ _speaking(new))
        found |= parted or changed
    return tuple(sorted(found))


def _speaking(outcome: Outcome | None) -> set[str]:
    if outcome is None:
        return set()
    set_aside = {id for pair in outcome.overridden for id in pair}
    return {*outcome.grounds, *outcome.also, *outcome.cautions, *outcome.statements} | set_aside


def _group(comparison: Comparison, box: Box, old: Answer, new: Answer) -> Group:
    facts: dict[str, tuple[str, ...]] = {}
    contains: dict[str, list[str]] = {}
    lacks: dict[str, list[str]] = {}
    days: Days | None = None
    for number, level in enumerate(comparison.levels):
        taken = [level.values[position] for position in box[number]]
        if len(taken) == len(level.values):
            continue
        if level.fact == "day":
            days = _stretches(level.values, box[number])
        elif level.leaf is not None:
            (contains if taken == ["with"] else lacks).setdefault(level.fact, []).append(level.leaf)
        else:
            facts[level.fact] = tuple(taken)
    return Group(
        facts=tuple((fact, facts[fact]) for fact in FACTS if fact in facts),
        contains=_ordered(contains),
        lacks=_ordered(lacks),
        days=days,
        old=old,
        new=new,
        situations=comparison.count_box(box),
    )


def _ordered(words: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((fact, tuple(reversed(words[fact]))) for fact in FACTS if fact in words)


def _stretches(firsts: Sequence[str], positions: Sequence[int]) -> Days:
    """Neighbouring classes of days as stretches."""
    found: list[tuple[str | None, str | None]] = []
    before = None
    for position in positions:
        first = firsts[position] if position else None
        last = None
        if position + 1 < len(firsts):
            last = (date.fromisoformat(firsts[position + 1]) - timedelta(days=1)).isoformat()
        if before == position - 1:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
        before = position
    return tuple(found)


def _merged(clusters: Iterable[Cluster]) -> Iterable[Cluster]:
    """Clusters that say the same of several regions as one, the largest first."""
    same: dict[tuple[object, ...], list[Cluster]] = {}
    for cluster in clusters:
        same.setdefault((cluster.rules, cluster.groups, cluster.counts), []).append(cluster)
    merged = [
        replace(them[0], regions=tuple(region for cluster in them for region in cluster.regions))
        for them in same.values()
    ]
    return sorted(merged, key=lambda cluster: -sum(count for *_, count in cluster.counts))
