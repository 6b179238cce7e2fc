"""What the rules of a region answer for every set of them that can hold together.

Only rules that bear on the answer count here: those with a status, a supply or conditions, and those that override
or are overridden. Rules that merely caution, and statements, never change what another rule does, so leaving them
out loses nothing and leaves far fewer sets of rules to look at. Everything is bit arithmetic on
those sets; the meaning is that of ``exoreg.engine.outcome``, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from exoreg.engine.compile import compile_region
from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.diagram import LEVELS, NONE, Diagram, Path
from exoreg.engine.outcome import Row
from exoreg.facts.product import FACTS, Atom, Situation
from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.rulebase import RuleBase
from exoreg.law.terms import Confidence, Status, Supply


class Judged(NamedTuple):
    """Of the rules that hold together: which are effective, which set others aside, and by which overrides."""

    effective: int
    setting_aside: int
    overrides: int


class Answered(NamedTuple):
    """The answer without its grounds: two equal ones tell the reader the same."""

    status: Status | None
    supply: Supply | None
    confidence: Confidence | None
    requires: frozenset[str]
    cautions: int
    decides: frozenset[str]


def bearing(base: RuleBase) -> RuleBase:
    """The rule base with only the rules that bear on an answer."""
    named = {other for rule in base.rules.values() for other in rule.overrides}
    kept = {
        id: rule
        for id, rule in base.rules.items()
        if rule.status or rule.supply or rule.requires or rule.overrides or id in named
    }
    return replace(base, rules=kept, statements={})


class RegionAnswers:
    """The rules of one region that bear on the answer; a rule is a bit, a set of rules a number."""

    def __init__(self, base: RuleBase, region: str) -> None:
        """Compiles a region of a rule base that holds only ``bearing`` rules."""
        self.region = region
        self.vocabulary: Vocabulary = base.vocabulary
        self.compiled = CompiledRegion(compile_region(base, region))
        self.rows: list[Row] = self.compiled.rows
        self.bit = {row.id: 1 << number for number, row in enumerate(self.rows)}
        self.edges = [(row.id, other) for row in self.rows for other in row.overrides if other in self.bit]
        self._judged: dict[int, Judged] = {}
        self._status = [(status, self._which(lambda row, s=status: row.status is s)) for status in Status]  # type: ignore[misc]
        self._supply = [(supply, self._which(lambda row, s=supply: row.supplies is s)) for supply in Supply]  # type: ignore[misc]
        self._sure = [(sure, self._which(lambda row, s=sure: row.confidence is s)) for sure in Confidence]  # type: ignore[misc]
        self.bare = self._which(lambda row: row.status is None)
        self.cautions = self._which(lambda row: row.has_caution)
        self._requires = self._which(lambda row: bool(row.requires))
        self._decides = self._which(lambda row: bool(row.decides))
        self._texts: dict[tuple[str, int], frozenset[str]] = {}
        # Bit and, for each override of it, the overrider's bit and the override's number; overriders come first.
        self._order = self._in_order()
        self._involved = sum({self.bit[id] for edge in self.edges for id in edge})

    def _which(self, wanted: Callable[[Row], bool]) -> int:
        return sum(1 << number for number, row in enumerate(self.rows) if wanted(row))

    def _in_order(self) -> list[tuple[int, list[tuple[int, int]]]]:
        by: dict[str, list[tuple[int, int]]] = {}
        names: dict[str, list[str]] = {}
        for number, (overrider, other) in enumerate(self.edges):
            by.setdefault(other, []).append((self.bit[overrider], 1 << number))
            names.setdefault(other, []).append(overrider)
        ordered: dict[str, None] = {}

        def visit(id: str) -> None:
            if id not in ordered:
                for overrider in names.get(id, ()):
                    visit(overrider)
                ordered[id] = None

        for id in by:
            visit(id)
        return [(self.bit[id], by[id]) for id in ordered if id in by]

    @cached_property
    def diagram(self) -> Diagram:
        """All situations on all days, as a diagram whose ends are sets of terms that answers can turn on."""
        return Diagram(self.compiled, self.vocabulary, answers_only=True)

    @cached_property
    def together(self) -> dict[int, int]:
        """Every set of rules that can hold together, with an end of the diagram at which it does."""
        found: dict[int, int] = {}
        for end, alive in enumerate(self.diagram.alive):
            found.setdefault(self.rules(alive), end)
        return found

    def rules(self, terms: int) -> int:
        """The rules that own the terms."""
        if self._owners is None:
            return terms
        rules = 0
        while terms:
            term = terms & -terms
            rules |= self._owners[term.bit_length() - 1]
            terms ^= term
        return rules

    @cached_property
    def _owners(self) -> list[int] | None:
        """For each term the bit of its rule; None where every rule is one term, which is then the same bit."""
        owners = self.compiled._owners
        return None if owners == list(range(len(self.rows))) else [1 << owner for owner in owners]

    def judge(self, rules: int) -> Judged:
        """Which of the rules that hold together are effective."""
        involved = rules & self._involved
        judged = self._judged.get(involved)
        if judged is None:
            effective, setting_aside, overrides = involved, 0, 0
            for bit, overriders in self._order:
                if effective & bit:
                    for overrider, number in overriders:
                        if effective & overrider:
                            effective &= ~bit
                            setting_aside |= overrider
                            overrides |= number
            judged = self._judged[involved] = Judged(effective, setting_aside, overrides)
        return Judged(judged.effective | (rules & ~self._involved), judged.setting_aside, judged.overrides)

    def grounds(self, effective: int) -> int:
        """The effective rules of the first status that one of them concludes; none for a gap."""
        return next((effective & mask for _, mask in self._status if effective & mask), 0)

    def answer(self, effective: int) -> Answered:
        """The answer that effective rules give together."""
        grounds = self.grounds(effective)
        if not grounds:
            return Answered(None, None, None, frozenset(), effective & self.cautions, frozenset())
        counted = grounds | (effective & self.bare)
        supply = next((supply for supply, mask in self._supply if counted & mask), None)
        sure = [confidence for confidence, mask in self._sure if grounds & mask]
        lawful = supply in (Supply.PERMITTED, Supply.TRIAL_ONLY)
        return Answered(
            next(status for status, mask in self._status if grounds & mask),
            supply,
            sure[-1] if supply is Supply.PERMITTED else sure[0],
            self._words("requires", counted & self._requires) if lawful else frozenset(),
            effective & self.cautions,
            self._words("decides", grounds & self._decides),
        )

    @cached_property
    def speaking(self) -> int:
        """The rules that are part of some answer."""
        spoken = 0
        for rules in self.together:
            judged = self.judge(rules)
            effective = judged.effective
            answer = self.answer(effective)
            spoken |= (effective & self.cautions) | judged.setting_aside | self.grounds(effective)
            if answer.status is not None:
                bare = effective & self.bare
                spoken |= bare & next(mask for supply, mask in self._supply if supply is answer.supply)
                if answer.supply in (Supply.PERMITTED, Supply.TRIAL_ONLY):
                    spoken |= bare & self._requires
        return spoken

    def _words(self, what: str, rules: int) -> frozenset[str]:
        key = what, rules
        if key not in self._texts:
            rows = self.ids(rules, lambda row: row)
            found = (row.requires if what == "requires" else (row.decides or "",) for row in rows)
            self._texts[key] = frozenset(word for words in found for word in words)
        return self._texts[key]

    def ids(self, rules: int, of: Callable[[Row], Any] = lambda row: row.id) -> Iterator[Any]:
        """The ids of the rules in a set, or what ``of`` gives for their rows."""
        while rules:
            bit = rules & -rules
            yield of(self.rows[bit.bit_length() - 1])
            rules ^= bit

    def plainest(self, ends: Iterable[int]) -> str:
        """The plainest situation, and the first day, that leads to one of these ends, in words.

        Plain is what differs least from what is assumed of a product of which nothing is said.
        """
        wanted = set(ends)
        known: dict[tuple[int, int], tuple[int, tuple[int, ...]] | None] = {}
        costs = [[self._cost(level, value) for value in self.diagram.values[level]] for level in LEVELS]

        def best(node: int, depth: int) -> tuple[int, tuple[int, ...]] | None:
            if depth == len(LEVELS):
                return (0, ()) if node in wanted else None
            if (node, depth) not in known:
                found: tuple[int, tuple[int, ...]] | None = None
                for number, child in enumerate(self.diagram.nodes[node]):
                    below = best(child, depth + 1) if child != NONE else None
                    if below is not None:
                        candidate = (costs[depth][number] + below[0], (number, *below[1]))
                        found = candidate if found is None or candidate < found else found
                known[node, depth] = found
            return known[node, depth]

        found = best(self.diagram.root, 0)
        assert found is not None
        classes: dict[str, tuple[Atom | int, ...]] = {
            level: (self.diagram.values[level][number],)
            for level, number in zip(LEVELS, found[1], strict=True)
        }
        situation, day = self.diagram.witness(Path(classes, self.compiled.outcome(0)))
        return f"{self.words(situation)}, on {day}"

    def _cost(self, level: str, value: object) -> int:
        if level in ("day", "source", "use", "donor"):
            return 0 if level != "day" else int(value != 0)
        fact = self.vocabulary.facts[level]
        usual = fact.default or ()
        if isinstance(value, frozenset):
            return 2 * len(value ^ frozenset(usual))
        return 2 * int(value not in usual)

    def words(self, situation: Situation) -> str:
        """A situation in words: what is it of, how it is used, and whatever differs from the usual."""
        said = []
        for name in FACTS:
            value, fact = getattr(situation, name), self.vocabulary.facts[name]
            usual = frozenset(fact.default or ()) if fact.is_set else (fact.default or ("",))[0]
            if name == "donor":
                usual = self.vocabulary.donors(situation.source)[0]
            if name in ("source", "use") or value != usual:
                if isinstance(value, frozenset):
                    # Values on which no rule turns are left out of the diagram; the usual ones are still there.
                    value |= frozenset(fact.default or ()) - set(self.compiled.bits[name])
                    if value == usual:
                        continue
                shown = " + ".join(sorted(value)) or "none" if isinstance(value, frozenset) else value
                said.append(f"{name} {shown}")
        return ", ".join(said)
