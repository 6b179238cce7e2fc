"""Single flips of a rule base, each a mistake that a person could make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from exoreg.facts.vocabulary import Fact
from exoreg.law.models import Choice, Rule, When
from exoreg.law.rulebase import RuleBase
from exoreg.law.terms import DEFAULT_SUPPLY, Status, Supply

NEXT_STATUS = {
    Status.DRUG: Status.UNLAWFUL,
    Status.UNLAWFUL: Status.UNDETERMINED,
    Status.UNDETERMINED: Status.COSMETIC,
    Status.COSMETIC: Status.UNDETERMINED,
}
"""The status that a rule is given instead of its own: the next milder one."""

NEXT_SUPPLY = {
    Supply.PROHIBITED: Supply.WITHHOLD,
    Supply.WITHHOLD: Supply.TRIAL_ONLY,
    Supply.TRIAL_ONLY: Supply.PERMITTED,
    Supply.PERMITTED: Supply.WITHHOLD,
}
"""The supply that a rule is given instead of its own: the next looser one."""

ONE_DAY = timedelta(days=1)

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Mutant:
    """One flip: the rule flipped, where, in what words, and the rule that takes its place (None: nothing does)."""

    rule: str
    kind: str
    what: str
    path: Path
    becomes: Rule | None


def mutants(base: RuleBase, rule: Rule) -> Iterator[Mutant]:
    """Every flip of one rule."""
    yield Mutant(rule.id, "drop-rule", "the rule dropped", (), None)
    for what, path, when, kind in _conditions(base, rule.when, ("when",)):
        yield Mutant(rule.id, kind, what, path, rule.model_copy(update={"when": when}))
    if rule.status is not None:
        status = NEXT_STATUS[rule.status]
        keep = {"supply": rule.supply or DEFAULT_SUPPLY[rule.status], "decides": rule.decides or "someone"}
        becomes = rule.model_copy(update={"status": status, **keep})
        yield Mutant(rule.id, "swap-status", f"status `{rule.status}` made `{status}`", ("status",), becomes)
    supply = rule.supply or (DEFAULT_SUPPLY[rule.status] if rule.status else None)
    if supply is not None:
        looser = NEXT_SUPPLY[supply]
        at: Path = ("supply",) if rule.supply else ("status",)
        becomes = rule.model_copy(update={"supply": looser})
        yield Mutant(rule.id, "change-supply", f"supply `{supply}` made `{looser}`", at, becomes)
    for number, other in enumerate(rule.overrides):
        left = rule.overrides[:number] + rule.overrides[number + 1 :]
        becomes = rule.model_copy(update={"overrides": left})
        yield Mutant(
            rule.id, "drop-override", f"override of `{other}` dropped", ("overrides", number), becomes
        )
    yield from _dates(rule)


def _dates(rule: Rule) -> Iterator[Mutant]:
    for name, key in (("from_", "from"), ("to", "to")):
        day = getattr(rule.in_force, name)
        if day is None:
            continue
        for shift, word in ((ONE_DAY, "later"), (-ONE_DAY, "earlier")):
            period = rule.in_force.model_copy(update={name: day + shift})
            if period.from_ and period.to and period.from_ > period.to:
                continue
            becomes = rule.model_copy(update={"in_force": period})
            yield Mutant(
                rule.id, "shift-date", f"`{key}` {day} made a day {word}", ("in_force", key), becomes
            )


Flip = tuple[str, Path, When, str]


def _conditions(base: RuleBase, when: When, path: Path) -> Iterator[Flip]:
    """Every flip of a condition: what, where, the condition that results, and the kind."""
    for name, choice in when.choices().items():
        fact = base.vocabulary.facts[name]
        for what, where, becomes, kind in _choice(fact, choice, (*path, name)):
            yield what, where, when.model_copy(update={name: becomes}), kind
    for name in ("any", "all"):
        parts: tuple[When, ...] = getattr(when, name) or ()
        for number, part in enumerate(parts):
            at = (*path, name, number)
            if len(parts) > 1:
                left: Any = parts[:number] + parts[number + 1 :]
                yield f"one of `{name}` dropped", at, when.model_copy(update={name: left}), "drop-condition"
            for what, where, flipped, kind in _conditions(base, part, at):
                changed = (*parts[:number], flipped, *parts[number + 1 :])
                yield what, where, when.model_copy(update={name: changed}), kind


def _choice(fact: Fact, choice: Choice, path: Path) -> Iterator[tuple[str, Path, Choice | None, str]]:
    if choice.is_ is None or choice.not_ is None:
        yield f"condition on `{fact.id}` dropped", path, None, "drop-condition"
    else:
        for name, key in (("is_", "is"), ("not_", "not")):
            becomes = choice.model_copy(update={name: None})
            yield f"`{key}` of `{fact.id}` dropped", (*path, key), becomes, "drop-condition"
    for name, key in (("is_", "is"), ("not_", "not")):
        words: tuple[str, ...] = getattr(choice, name) or ()
        for number, word in enumerate(words):
            parent = fact.parent.get(word)
            if parent is None or parent in words:
                continue
            wider = (*words[:number], parent, *words[number + 1 :])
            becomes = choice.model_copy(update={name: wider})
            yield f"`{word}` widened to `{parent}`", (*path, key, number), becomes, "widen"


def with_mutant(base: RuleBase, mutant: Mutant) -> dict[str, Rule]:
    """The rules of the base with the flip made."""
    rules = dict(base.rules)
    if mutant.becomes is None:
        del rules[mutant.rule]
    else:
        rules[mutant.rule] = mutant.becomes
    return rules
