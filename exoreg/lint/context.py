"""What the checks see: the rule base as far as it could be read, and what follows from it, computed once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from exoreg.engine.asked import GapError, summary
from exoreg.engine.compile import Term, conjunctions
from exoreg.engine.determination import Determination
from exoreg.engine.determine import DECIDES, determine, merge
from exoreg.engine.evaluate import row_of
from exoreg.facts.product import Product, ProductError
from exoreg.facts.vocabulary import Vocabulary, WordError
from exoreg.law.folders import resolve_folders, rule_files
from exoreg.law.load import LISTS, try_load
from exoreg.law.models import Case, Rule, Suppression, When
from exoreg.law.places import Place, Problem, RuleBaseError
from exoreg.law.reading import Document
from exoreg.law.references import check_references
from exoreg.law.rulebase import RuleBase
from exoreg.law.terms import Supply
from exoreg.lint.answers import RegionAnswers, bearing
from exoreg.lint.cases import differences, takes_part
from exoreg.lint.checks import IDS
from exoreg.lint.exercise import Exercise, InMemory
from exoreg.lint.finding import Seen

if TYPE_CHECKING:
    from exoreg.offer.lexicon_files import ReadLexicon

BREAKING = ("syntax", "shape", "unknown-word", "override-circle", "set-too-wide")
"""Problems after which part of the rule base is missing or means nothing."""


def satisfiable(vocabulary: Vocabulary, when: When) -> bool:
    """Whether some product meets a condition."""
    return any(_possible(vocabulary, term) for term in conjunctions(when))


def _possible(vocabulary: Vocabulary, term: Term) -> bool:
    accepted = {}
    for name, fact in vocabulary.facts.items():
        choices = term.get(name, ())
        excluded = {leaf for choice in choices for node in choice.not_ or () for leaf in fact.below(node)}
        wanted = [
            {leaf for node in choice.is_ for leaf in fact.below(node)} - excluded
            for choice in choices
            if choice.is_ is not None
        ]
        # The product with every value that is not excluded meets a set fact's choices if any product does.
        accepted[name] = (set(fact.leaves) - excluded).intersection(*(() if fact.is_set else wanted))
        if not all(wanted) or not (accepted[name] or fact.is_set):
            return False
    return any(
        donor in accepted["donor"] for source in accepted["source"] for donor in vocabulary.donors(source)
    )


@dataclass(frozen=True)
class CaseRun:
    """One case as it was asked; ``found`` is None when no rule speaks of the product."""

    case: Case
    rule: Rule | None
    place: Place
    found: Determination | None
    differences: tuple[str, ...]

    @property
    def involves(self) -> bool:
        """Whether the rule beside which the case stands has a part in the answer."""
        return bool(self.rule and self.found and self.found.outcome and takes_part(self.rule, self.found))

    @property
    def is_edge(self) -> bool:
        """Whether the case shows on purpose where its rule ends."""
        rule, expect = self.rule, self.case.expect
        if rule is None or self.involves:
            return False
        supply = row_of(rule).supplies
        return (
            rule.id in (*expect.not_grounds, *expect.not_cautions)
            or not set(expect.not_conditions).isdisjoint(rule.requires)
            or (None not in (expect.status, rule.status) and expect.status != rule.status)
            or (None not in (expect.supply, supply) and expect.supply != supply)
        )


class Context:
    """A rule base under the eyes of the checks.

    ``problems`` are what the loader found; ``day`` is the day on which reviews and suppressions are judged.
    ``known`` are the ids of all checks, ``ran`` those that have run, and ``used`` the suppressions, by kind and id of
    the item and number, that held a finding back.
    """

    def __init__(self, folders: Sequence[Path], day: date) -> None:
        """Reads the rule base, and as much of it as can be read.

        Raises:
            RuleBaseError: a folder does not exist or holds no rule file.
        """
        self.folders = resolve_folders(folders)
        self.day = day
        self.known = IDS
        self.ran: set[str] = set()
        self.used: set[tuple[str, str, int]] = set()
        self.files = [path for folder in self.folders for path in rule_files(folder)]
        self.whole, self.problems = try_load(folders)
        if self.whole is not None and self.problems:
            # The loader leaves references alone when a shape is wrong; those that are surely wrong are found here.
            self.problems += self._references(self.whole)
        if self.whole is not None and self.rules_are_sound:
            self.problems += self._too_wide()

    @property
    def base(self) -> RuleBase:
        """The rule base, or what could be read of it; checks run only when there is one."""
        assert self.whole is not None
        return self.whole

    def _references(self, base: RuleBase) -> Iterator[Problem]:
        read = {document.file for document in base.documents}
        unread = any(problem.place.file not in read for problem in self.problems)
        declared = {
            str(item.get("id", item.get("argument")))
            for document in base.documents
            if isinstance(document.data, list)
            for item in document.data
            if isinstance(item, dict)
        }
        for problem in check_references(base):
            named = set(re.findall(r"`([^`]*)`", problem.message))
            if problem.check != "reference" or not (unread or named & declared):
                yield problem

    def _too_wide(self) -> Iterator[Problem]:
        for region in self.regions:
            try:
                self.asked.region(region)
            except RuleBaseError as error:
                place = self.region_place(region)
                for problem in error.problems:
                    yield problem._replace(place=place, check="set-too-wide")

    @property
    def rules_are_sound(self) -> bool:
        """Whether all rules, and the words and the register that they read, are as their files say."""
        return not any(
            problem.check in BREAKING and self._is_about_rules(problem.place.file)
            for problem in self.problems
        )

    @property
    def all_is_sound(self) -> bool:
        """Whether everything could be read."""
        return self.rules_are_sound and not any(problem.check in BREAKING for problem in self.problems)

    def _is_about_rules(self, file: str) -> bool:
        for folder in self.folders:
            path = PurePath(file)
            if path.is_relative_to(folder):
                parts = path.relative_to(folder).parts
                head = parts[0] if len(parts) > 1 else PurePath(parts[0]).stem
                return head not in LISTS or head == "authorised"
        return True

    @cached_property
    def regions(self) -> list[str]:
        """The regions whose law is not wholly that of the region above them."""
        base = self.base
        own = {rule.region for rule in base.rules.values()} | set(base.meta.earliest) | set(base.registers)
        tree = base.vocabulary.regions
        return [region for region in tree.nodes if region in own or region not in tree.parent]

    @cached_property
    def asked(self) -> InMemory:
        """The rule base as it is asked, region by region."""
        return InMemory(self.base)

    @cached_property
    def _bearing(self) -> RuleBase:
        return bearing(self.base)

    @cached_property
    def answers(self) -> dict[str, RegionAnswers]:
        """For each region what its rules answer, for every set of them that can hold together."""
        return {region: RegionAnswers(self._bearing, region) for region in self.regions}

    def supply_of(self, rule: Rule) -> Supply | None:
        """The supply that a rule speaks for: its own, else what follows from its status."""
        return row_of(rule).supplies

    def can_hold(self, rule: Rule) -> bool:
        """Whether the rule holds for some product, on a day for which law is encoded.

        A rule that waits for an authorised product may wait.
        """
        return rule.id not in self._never

    @cached_property
    def _never(self) -> set[str]:
        vocabulary = self.base.vocabulary
        return {
            id
            for id, rule in self.base.rules.items()
            if self.ended(rule) or not satisfiable(vocabulary, rule.when)
        }

    def ended(self, rule: Rule) -> bool:
        """Whether the rule ended before the first day encoded for its region."""
        encoded = self.earliest(rule.region)
        return rule.in_force.to is not None and encoded is not None and rule.in_force.to < encoded

    def earliest(self, region: str) -> date | None:
        """The earliest day encoded for a region; None where the rule base forgot to say."""
        try:
            return self.base.earliest(region)
        except StopIteration:
            return None

    def region_place(self, region: str) -> Place:
        """Where the rule base says that a region is encoded."""
        named = next(node for node in self.base.chain(region) if node in self.base.meta.earliest)
        return self.document("rulebase.yaml").place(("earliest", named), key=True)

    @cached_property
    def cases(self) -> list[CaseRun]:
        """Every case whose facts make sense, asked."""
        return list(self._run())

    def _run(self) -> Iterator[CaseRun]:
        base = self.base
        for case, rule, place in base.all_cases():
            region = case.region or (rule.region if rule else "")
            if region not in base.vocabulary.regions.nodes:
                continue
            try:
                product = Product.make(base.vocabulary, case.stated())
            except (WordError, ProductError):
                continue
            boxes = list(product.boxes(base.vocabulary))
            exercise = Exercise(case, rule, place, region, case.as_of or base.meta.reviewed, product, boxes)
            try:
                found = self._asked(exercise)
            except GapError:
                yield CaseRun(case, rule, place, None, ("no rule of the rule base speaks of it",))
                continue
            yield CaseRun(case, rule, place, found, tuple(differences(case, found)))

    def _asked(self, exercise: Exercise) -> Determination:
        outcomes = exercise.outcomes(self.asked.region(exercise.region))
        if not outcomes or exercise.case.expect.questions:
            return determine(self.asked, exercise.product, exercise.region, exercise.day)
        # Only questions need to know what would change; that is most of the work.
        status, supply = summary(outcomes)
        found = merge(outcomes)
        decides = DECIDES.join(found.decides) or None
        return Determination(
            exercise.product, exercise.region, exercise.day, status, supply, found.confidence, found, decides
        )

    @cached_property
    def lexicons(self) -> list[ReadLexicon]:
        """The lexicons that the folders bring, read."""
        from exoreg.offer.lexicon import lexicon_dir
        from exoreg.offer.lexicon_files import read_lexicon

        return [read_lexicon(place) for place in map(lexicon_dir, self.folders) if place.is_dir()]

    @cached_property
    def suppressions(self) -> list[tuple[str, str, int, Suppression]]:
        """Every suppression, with the kind and id of the item that it stands at, and its number there."""
        if self.whole is None:
            return []
        return [
            (kind, id, number, suppression)
            for kind, items in (("rule", self.whole.rules), ("instrument", self.whole.instruments))
            for id, item in items.items()
            for number, suppression in enumerate(item.ignore)
        ]

    def found(self, check: str) -> Iterator[Seen]:
        """What the loader found under the id of a check."""
        for problem in self.problems:
            if problem.check == check:
                yield Seen(problem.place, problem.message, problem.help)

    @cached_property
    def speaking(self) -> set[str]:
        """The rules that are part of some answer: a ground, an override that bites, a caution, conditions, supply."""
        base = self.base
        # A rule that bears on no other rule speaks whenever it holds, if it has anything to say.
        spoken = {
            id
            for id, rule in base.rules.items()
            if id not in self._bearing.rules and rule.caution and self.can_hold(rule)
        }
        for answers in self.answers.values():
            spoken.update(answers.ids(answers.speaking))
        return spoken

    def document(self, name: str) -> Document:
        """The document of that name that counts."""
        return next(d for d in reversed(self.base.documents) if PurePath(d.file).name == name)

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """The lines of every file that could be read, by the name under which findings call it."""
        lines = {}
        for document in self.whole.documents if self.whole else ():
            try:
                text = Path(document.file).read_text(encoding="utf-8-sig")
            except (OSError, ValueError):
                continue
            lines[document.file] = text.split("\n")
        return lines

    def end(self, place: Place) -> tuple[int, int] | None:
        """The line and column just after the word at a place."""
        lines = self.texts.get(place.file, [])
        if not 0 < place.line <= len(lines):
            return None
        word = re.compile(r"[^\s,\[\]{}:#]+(:(?=\S)[^\s,\[\]{}#]+)*").match(
            lines[place.line - 1], place.column - 1
        )
        return (place.line, word.end() + 1) if word else None
