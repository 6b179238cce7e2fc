"""Testing the cases: one flip of the rule base at a time, and whether any case notices.

A flip after which every answer is the same in everything that a case can ask for is not counted, since no case
could notice it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from exoreg.engine.outcome import Outcome
from exoreg.law.models import Rule
from exoreg.law.places import Place
from exoreg.law.rulebase import RuleBase
from exoreg.lint.compare import Comparison, Label
from exoreg.lint.exercise import Exercise, InMemory, exercises
from exoreg.lint.joint import Side
from exoreg.lint.mutants import Mutant, mutants, with_mutant

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Survivor:
    """A flip that no case notices, its place, and the plainest product whose answer it changes."""

    mutant: Mutant
    region: str
    place: Place
    witness: str


@dataclass(frozen=True)
class MutationReport:
    """How many flips were made, how many some case noticed, and those that none did."""

    made: int
    killed: int
    without_effect: int
    survivors: tuple[Survivor, ...]

    @property
    def counted(self) -> int:
        """The flips that a case could notice."""
        return self.killed + len(self.survivors)

    @property
    def score(self) -> float:
        """The share of those that some case does notice, in percent; 100 when there are none."""
        return 100 * self.killed / self.counted if self.counted else 100.0


def mutation_sentence(report: MutationReport) -> str:
    """The score in one sentence."""
    return (
        f"{report.killed} of {report.counted} flips noticed ({report.score:.1f} %); "
        f"{report.without_effect} more change nothing that a case can ask for."
    )


def mutate(base: RuleBase, regions: Sequence[str] = (), progress: Progress | None = None) -> MutationReport:
    """Flips everything that can be flipped, one thing at a time, and runs the cases that could notice.

    Args:
        base: the rule base; all its cases are expected to hold.
        regions: only rules of these regions and of those below them; all when left out.
        progress: called with how many flips are done and how many there are.
    """
    before = InMemory(base)
    prepared = _by_region(base, before)
    wanted = [
        rule for rule in base.rules.values() if not regions or set(base.chain(rule.region)) & {*regions}
    ]
    flips = [mutant for rule in wanted for mutant in mutants(base, rule)]
    killed = without_effect = 0
    survivors: list[Survivor] = []
    for number, mutant in enumerate(flips):
        rule = base.rules[mutant.rule]
        after = InMemory(replace(base, rules=with_mutant(base, mutant)))
        holds_in = [region for region in base.vocabulary.regions.nodes if rule.region in base.chain(region)]
        if any(exercise.fails(after, found) for exercise, found in _likely_first(rule, prepared, holds_in)):
            killed += 1
        elif (witness := _effect(before, after, holds_in)) is None:
            without_effect += 1
        else:
            place = base.place("rule", mutant.rule, *mutant.path)
            survivors.append(Survivor(mutant, rule.region, place, witness))
        if progress is not None:
            progress(number + 1, len(flips))
    return MutationReport(len(flips), killed, without_effect, tuple(survivors))


Prepared = dict[str, list[tuple[Exercise, list[Outcome]]]]


def _by_region(base: RuleBase, before: InMemory) -> Prepared:
    found: Prepared = {}
    for exercise in exercises(base):
        outcomes = exercise.outcomes(before.region(exercise.region))
        found.setdefault(exercise.region, []).append((exercise, outcomes))
    return found


def _likely_first(
    rule: Rule, prepared: Prepared, regions: Sequence[str]
) -> Iterator[tuple[Exercise, list[Outcome]]]:
    """The cases that a flip of the rule could touch, those beside it first."""
    there = [pair for region in regions for pair in prepared.get(region, ())]
    return iter(sorted(there, key=lambda pair: pair[0].rule is None or pair[0].rule.id != rule.id))


def _effect(before: InMemory, after: InMemory, regions: Sequence[str]) -> str | None:
    """A plain product and day whose answer differs in what a case can ask for; None when there is none."""
    for region in regions:
        old = Side(before.region(region), before.vocabulary)
        new = Side(after.region(region), after.vocabulary)
        comparison = Comparison(old, new, _judge, one=True)
        if comparison.labels:
            return f"{region}: {comparison.witness(comparison.root)}"
    return None


def _judge(old: Outcome | None, new: Outcome | None) -> Label | None:
    assert old is not None and new is not None
    return None if _asked(old) == _asked(new) else ("differs",)


def _asked(outcome: Outcome) -> tuple[object, ...]:
    """Everything of an outcome that a case can ask for."""
    return (
        outcome.status,
        outcome.supply,
        outcome.confidence,
        *map(frozenset, (outcome.grounds, outcome.also, outcome.requires, outcome.cautions)),
        *map(frozenset, (outcome.decides, outcome.statements)),
    )
