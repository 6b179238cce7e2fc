"""The cases of a rule base, made ready to be asked many times over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from exoreg.engine.asked import GapError, summary
from exoreg.engine.compile import compile_region
from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.determination import Determination
from exoreg.engine.determine import DECIDES, determine, merge
from exoreg.engine.outcome import Outcome
from exoreg.facts.product import Box, Product
from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.models import Case, Rule
from exoreg.law.places import Place
from exoreg.law.rulebase import RuleBase
from exoreg.lint.cases import differences


class InMemory:
    """A rule base as it is asked, each region compiled when it is first needed."""

    def __init__(self, base: RuleBase) -> None:
        self.base = base
        self._regions: dict[str, CompiledRegion] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        """The trees of fact values."""
        return self.base.vocabulary

    @property
    def review_by(self) -> date:
        """The day after which a permission is to be checked anew."""
        return self.base.meta.review_by

    def region(self, region: str) -> CompiledRegion:
        """The compiled rules of a region."""
        if region not in self._regions:
            self._regions[region] = CompiledRegion(compile_region(self.base, region))
        return self._regions[region]


@dataclass(frozen=True)
class Exercise:
    """A case with its product resolved; ``rule`` is the one that it stands beside, None in a case file."""

    case: Case
    rule: Rule | None
    place: Place
    region: str
    day: date
    product: Product
    boxes: Sequence[Box]

    def outcomes(self, region: CompiledRegion) -> list[Outcome]:
        """What can follow for the product; nothing on a day for which no law is encoded."""
        return region.outcomes(self.boxes, self.day) if self.day.isoformat() >= region.earliest else []

    def fails(self, base: InMemory, as_before: Sequence[Outcome]) -> bool:
        """Whether the case no longer holds, given what followed when it did."""
        outcomes = self.outcomes(base.region(self.region))
        if not outcomes or (outcomes == as_before and not self.case.expect.questions):
            return False
        try:
            return any(differences(self.case, self._determine(base, outcomes)))
        except GapError:
            return True

    def _determine(self, base: InMemory, outcomes: Sequence[Outcome]) -> Determination:
        if self.case.expect.questions:
            return determine(base, self.product, self.region, self.day)
        # Only questions need to know what would change; that is most of the work.
        status, supply = summary(outcomes)
        outcome = merge(outcomes)
        decides = DECIDES.join(outcome.decides) or None
        return Determination(
            self.product, self.region, self.day, status, supply, outcome.confidence, outcome, decides
        )


def exercises(base: RuleBase) -> Iterator[Exercise]:
    """Every case of the rule base, in the order of the files."""
    for case, rule, place in base.all_cases():
        region = case.region or (rule.region if rule else "")
        product = Product.make(base.vocabulary, case.stated())
        boxes = list(product.boxes(base.vocabulary))
        yield Exercise(case, rule, place, region, case.as_of or base.meta.reviewed, product, boxes)
