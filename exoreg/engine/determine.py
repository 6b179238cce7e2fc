"""Asking the compiled rule base: a product, known or half known, in; a determination out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.determination import Change, Determination, Elsewhere, LeafAnswer, Question
from exoreg.engine.outcome import Outcome, strictest
from exoreg.facts.product import UNKNOWN, Atom, Box, Product, atoms_of
from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.terms import CONFIDENCE_RANK, DEPENDS, Supply


class Base(Protocol):
    """What is asked: compiled regions, the vocabulary, and the days of review."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The trees of fact values."""

    @property
    def review_by(self) -> date:
        """The day after which a permission is to be checked anew."""

    def region(self, region: str) -> CompiledRegion:
        """The compiled rules of a region."""


class GapError(Exception):
    """The rule base has no rule for a situation: an error of the rule base, never an answer."""


Answer = tuple[str, str]


def determine(base: Base, product: Product, region: str, day: date) -> Determination:
    """The answer for a product in a region on a day.

    Raises:
        GapError: the rule base says nothing of a situation that the product may be.
    """
    compiled = base.region(region)
    if day.isoformat() < compiled.earliest:
        earliest = date.fromisoformat(compiled.earliest)
        return Determination(product, region, day, "undetermined", "withhold", None, None, earliest=earliest)
    asked = _Asked(base, compiled, product, day)
    outcomes = asked.outcomes(asked.boxes)
    status, supply = summary(outcomes)
    outcome = merge(outcomes)
    changes = tuple(asked.changes((status, supply)))
    by_leaf = tuple(asked.by_leaf()) if status == DEPENDS else None
    return Determination(
        product=product,
        region=region,
        as_of=day,
        status=status,
        supply=supply,
        confidence=outcome.confidence,
        outcome=outcome,
        decides="; ".join(outcome.decides) or None,
        would_change=changes,
        questions=tuple(asked.questions((status, supply), changes)),
        by_leaf=by_leaf,
        elsewhere=tuple(_elsewhere(base, product, region, day, (status, supply))),
        stale=day > base.review_by,
    )


def summary(outcomes: Sequence[Outcome]) -> Answer:
    """Status and supply for all possible outcomes together.

    One status and supply where they agree; ``depends`` where they do not, with the supply that all agree on,
    else ``withhold``.
    """
    answers = {(outcome.status, outcome.supply) for outcome in outcomes}
    if any(status is None for status, _ in answers):
        raise GapError("no rule of the rule base speaks of this product")
    supplies = {supply for _, supply in answers}
    supply = supplies.pop() if len(supplies) == 1 else Supply.WITHHOLD
    status = answers.pop()[0] if len(answers) == 1 else DEPENDS
    return str(status), str(supply)


def merge(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome that says no more than holds in every possible one.

    Grounds are those that all share, or, where they share none, those of all; whatever warns is kept from each.
    """
    if len(outcomes) == 1:
        return outcomes[0]
    shared = [id for id in outcomes[0].grounds if all(id in outcome.grounds for outcome in outcomes)]
    confidences = [outcome.confidence for outcome in outcomes if outcome.confidence]
    grounds = tuple(shared) or _union(outcome.grounds for outcome in outcomes)
    return Outcome(
        status=outcomes[0].status,
        supply=strictest(outcome.supply for outcome in outcomes),
        confidence=max(confidences, key=CONFIDENCE_RANK.__getitem__, default=None),
        grounds=grounds,
        also=tuple(id for id in _union(outcome.also for outcome in outcomes) if id not in grounds),
        overridden=tuple(dict.fromkeys(pair for outcome in outcomes for pair in outcome.overridden)),
        requires=_union(outcome.requires for outcome in outcomes),
        cautions=_union(outcome.cautions for outcome in outcomes),
        decides=_union(outcome.decides for outcome in outcomes),
        statements=_union(outcome.statements for outcome in outcomes),
    )


def _union(parts: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for part in parts for id in part))


class _Asked:
    """One product asked about in one region on one day, and what becomes of it when a fact changes."""

    def __init__(self, base: Base, region: CompiledRegion, product: Product, day: date) -> None:
        self.vocabulary, self.region, self.product, self.day = base.vocabulary, region, product, day
        self.boxes = list(product.boxes(self.vocabulary))

    def outcomes(self, boxes: Sequence[Box]) -> list[Outcome]:
        return self.region.outcomes(boxes, self.day)

    def answer(self, boxes: Sequence[Box]) -> Answer:
        return summary(self.outcomes(boxes))

    def with_value(self, fact: str, atom: Atom) -> list[Box]:
        """The boxes of the same product with one fact changed; a donor that no longer fits is the usual one."""
        if fact != "source":
            return [{**box, fact: (atom,)} for box in self.boxes]
        assert isinstance(atom, str)
        possible = self.vocabulary.donors(atom)
        stated = {donor for box in self.boxes for donor in box["donor"]}
        fitting = [] if "donor" in self.product.assumed else [donor for donor in possible if donor in stated]
        return [{**self.boxes[0], "source": (atom,), "donor": fitting or possible[:1]}]

    def alternatives(self, fact: str) -> Iterator[tuple[str, str, Atom]]:
        """Other values that a fact could have: how it changes, the word for it, and the value."""
        tree = self.vocabulary.facts[fact]
        values = self.product.values[fact]
        atoms = atoms_of(tree, values)
        if not tree.is_set:
            possible = {
                donor
                for box in self.boxes
                for leaf in box["source"]
                for donor in self.vocabulary.donors(str(leaf))
            }
            for leaf in tree.leaves:
                if leaf not in atoms and (fact != "donor" or leaf in possible):
                    yield "set", leaf, leaf
            return
        if len(atoms) != 1:
            return
        present = atoms[0]
        assert isinstance(present, frozenset)
        for leaf in self.region.bits[fact]:
            if leaf not in present:
                yield "add", leaf, present | {leaf}
        usual = frozenset(tree.default or ())
        if usual and not present <= usual:
            yield "drop", next(iter(usual)), usual

    def changes(self, now: Answer) -> Iterator[Change]:
        """For each fact the other values that lead to another status or supply, alike ones together."""
        for fact in ("claims", "source", "use", "setting", "donor", "form", "evidence"):
            groups: dict[tuple[str, Answer], list[str]] = {}
            for how, word, atom in self.alternatives(fact):
                then = self.answer(self.with_value(fact, atom))
                if then != now:
                    groups.setdefault((how, then), []).append(word)
            for (how, (status, supply)), words in groups.items():
                yield Change(fact, how, tuple(words), status, supply)

    def unknown_facts(self) -> Iterator[str]:
        """The facts of which more than one value is possible, those that nobody asked about left out."""
        for fact, values in self.product.values.items():
            if fact not in self.product.assumed and len(atoms_of(self.vocabulary.facts[fact], values)) > 1:
                yield fact

    def by_leaf(self) -> Iterator[LeafAnswer]:
        """For every unknown fact on which the answer turns, the answer for each of its leaves."""
        for fact in self.unknown_facts():
            answers = {}
            for atom in self._leaf_atoms(fact):
                word = (
                    atom if isinstance(atom, str) else min(atom, key=self.vocabulary.facts[fact].leaves.index)
                )
                answers[word] = self.answer(self.with_value(fact, atom))
            if len(set(answers.values())) > 1:
                for leaf, (status, supply) in answers.items():
                    yield LeafAnswer(fact, leaf, status, supply)

    def _leaf_atoms(self, fact: str) -> Sequence[Atom]:
        tree = self.vocabulary.facts[fact]
        if tree.is_set and self.product.values[fact] == (UNKNOWN,):
            return [frozenset({leaf}) for leaf in tree.leaves]
        return atoms_of(tree, self.product.values[fact])

    def questions(self, now: Answer, changes: Sequence[Change]) -> Iterator[Question]:
        """What is worth asking: facts not known first, then documents, then what was only assumed."""
        asked = [fact for fact in self.unknown_facts() if self._matters(fact)]
        for fact in asked:
            tree = self.vocabulary.facts[fact]
            yield Question(fact, tree.ask, tree.who)
        for change in changes:
            if change.fact == "evidence":
                for word in change.to:
                    document = self.vocabulary.facts["evidence"].nodes[word]
                    yield Question("evidence", document.ask, document.who, word)
        for fact in dict.fromkeys(change.fact for change in changes):
            if fact in self.product.assumed and fact != "evidence" and fact not in asked:
                tree = self.vocabulary.facts[fact]
                yield Question(fact, tree.ask, tree.who)

    def _matters(self, fact: str) -> bool:
        return len({self.answer(self.with_value(fact, atom)) for atom in self._leaf_atoms(fact)}) > 1


def _elsewhere(base: Base, product: Product, region: str, day: date, now: Answer) -> Iterator[Elsewhere]:
    """The regions within the one asked about whose own rules lead to another answer."""
    for child in base.vocabulary.regions.nodes[region].values:
        compiled = base.region(child.id)
        answer = summary(compiled.outcomes(list(product.boxes(base.vocabulary)), day))
        if answer != now:
            yield Elsewhere(child.id, *answer)


def strictest_of(determinations: Sequence[Determination]) -> str:
    """The strictest supply among determinations."""
    found = strictest(Supply(determination.supply) for determination in determinations)
    assert found
    return str(found)


def questions_text(questions: Sequence[Question]) -> Mapping[str, tuple[str, ...]]:
    """The questions grouped by who can answer them, each once, in order."""
    grouped: dict[str, dict[str, None]] = {}
    for question in questions:
        grouped.setdefault(question.who, {})[question.ask] = None
    return {who: tuple(asks) for who, asks in grouped.items()}
