"""Running the cases of a rule base: each is a product with the answer it must get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exoreg.engine.determination import Determination
from exoreg.engine.determine import Base, determine
from exoreg.facts.product import Product
from exoreg.law.models import Case, Rule
from exoreg.law.places import Place
from exoreg.law.rulebase import RuleBase


@dataclass(frozen=True)
class CaseResult:
    """One case run: what differs from what it expects (nothing, when it holds) and the answer it got."""

    case: Case
    rule: Rule | None
    place: Place
    determination: Determination
    differences: tuple[str, ...]

    @property
    def name(self) -> str:
        """How the case is called in a report."""
        if self.case.id:
            return self.case.id
        facts = " ".join("+".join(words) for words in self.case.stated().values())
        return f"{self.rule.id if self.rule else 'case'} ({facts})"


def run_cases(base: RuleBase, compiled: Base) -> Iterator[CaseResult]:
    """Every case of the rule base, in the order of the files."""
    for case, rule, place in base.all_cases():
        region = case.region or (rule.region if rule else "")
        product = Product.make(base.vocabulary, case.stated())
        found = determine(compiled, product, region, case.as_of or base.meta.reviewed)
        yield CaseResult(case, rule, place, found, tuple(differences(case, found)))


def differences(case: Case, found: Determination) -> Iterator[str]:
    """What in an answer is not as the case expects, one sentence each."""
    expect, outcome = case.expect, found.outcome
    for name in ("status", "supply", "confidence"):
        expected = getattr(expect, name)
        if expected is not None and str(expected) != str(getattr(found, name)):
            yield f"{name} is `{getattr(found, name)}`, expected `{expected}`"
    lists: dict[str, Iterable[str]] = {
        "grounds": outcome.grounds if outcome else (),
        "also": outcome.also if outcome else (),
        "conditions": outcome.requires if outcome else (),
        "cautions": outcome.cautions if outcome else (),
        "statements": outcome.statements if outcome else (),
        "questions": [question.value or question.fact for question in found.questions],
    }
    for name, present in lists.items():
        for word in getattr(expect, name):
            if word not in present:
                yield f"`{word}` is not among the {name}, which are {_listed(present)}"
        for word in getattr(expect, f"not_{name}", ()):
            if word in present:
                yield f"`{word}` is among the {name} and should not be"
    if expect.decides is not None and expect.decides.casefold() not in (found.decides or "").casefold():
        yield f"`{expect.decides}` is not named among who decides, which is {found.decides or 'nobody'}"


def takes_part(rule: Rule, found: Determination) -> bool:
    """Whether the rule is among what the answer shows: a ground, an override, a caution, a condition or supply."""
    outcome = found.outcome
    assert outcome is not None
    if rule.id in (*outcome.grounds, *outcome.also, *outcome.cautions):
        return True
    if any(rule.id in pair for pair in outcome.overridden):
        return True
    if rule.status is None and rule.supply is not None:
        return str(rule.supply) == found.supply
    return rule.status is None and bool(rule.requires) and set(rule.requires) <= set(outcome.requires)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words) or "none"
