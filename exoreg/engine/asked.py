"""One product asked about in one region on one day, and what becomes of it when a fact changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.determination import Change, Lead, LeafAnswer, Question
from exoreg.engine.outcome import Outcome
from exoreg.facts.product import UNKNOWN, Atom, Box, Product, atoms_of
from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.terms import DEPENDS, Supply

CHANGEABLE = ("claims", "source", "use", "setting", "donor", "form", "evidence")
"""The facts in the order in which changes of them are told: what is said, what it is, how it is used."""

Answer = tuple[str, str]
"""Status and supply."""


class GapError(Exception):
    """The rule base has no rule for a situation: an error of the rule base, never an answer."""


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


class Asked:
    """A product, and what is said of it when facts change."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        region: CompiledRegion,
        product: Product,
        day: date,
        boxes: Sequence[Box] | None = None,
    ) -> None:
        """Asks about a product; ``boxes`` are its situations where they differ from what the product says."""
        self.vocabulary, self.region, self.product, self.day = vocabulary, region, product, day
        # Of a set that is not known at all there are very many values, and few that rules tell apart.
        self.boxes: list[Box] = list(boxes or ()) or [
            {**box, **{fact: region.distinct(fact, box[fact]) for fact in region.bits}}
            for box in product.boxes(vocabulary)
        ]

    def outcomes(self, boxes: Sequence[Box]) -> list[Outcome]:
        """The different outcomes that the boxes can have."""
        return self.region.outcomes(boxes, self.day)

    def answer(self, boxes: Sequence[Box]) -> Answer:
        """Status and supply for the boxes together."""
        return summary(self.outcomes(boxes))

    def may_be_permitted(self, boxes: Sequence[Box]) -> bool:
        """Whether a rule that permits is alive in the boxes: a cheap test before a dear one."""
        return any(
            alive & self.region.permitting for box in boxes for alive in self.region.alive(box, self.day)
        )

    def changed(self, fact: str, atom: Atom) -> Asked:
        """The same question with one fact changed."""
        return Asked(self.vocabulary, self.region, self.product, self.day, self.with_value(fact, atom))

    def with_value(self, fact: str, atom: Atom) -> list[Box]:
        """The boxes of the same product with one fact changed.

        A donor that no longer fits the source is the usual one; sources that a changed donor does not fit fall away.
        """
        if fact == "donor":
            sources = [leaf for box in self.boxes for leaf in box["source"]]
            fitting_sources = [leaf for leaf in sources if atom in self.vocabulary.donors(str(leaf))]
            return [{**self.boxes[0], "source": fitting_sources, "donor": (atom,)}]
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
        for fact in CHANGEABLE:
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
        atoms = atoms_of(tree, self.product.values[fact])
        if fact == "donor":
            # Of a donor that is not known only those are open that some source can have.
            return [atom for atom in atoms if any(atom in box["donor"] for box in self.boxes)]
        return atoms

    def leads(self, fact: str) -> tuple[Lead, ...]:
        """For a fact that is not known, what each answer leaves possible; like answers together."""
        groups: dict[tuple[Answer, ...], list[str]] = {}
        for atom in self._leaf_atoms(fact):
            word = atom if isinstance(atom, str) else min(atom, key=self.vocabulary.facts[fact].leaves.index)
            answers = {(str(o.status), str(o.supply)) for o in self.outcomes(self.with_value(fact, atom))}
            groups.setdefault(tuple(sorted(answers)), []).append(word)
        return tuple(Lead(tuple(words), possible) for possible, words in groups.items())

    def ranked(self, facts: Iterable[str]) -> list[tuple[str, tuple[Lead, ...]]]:
        """The facts on which the answer turns, the one whose answer leaves least open first."""
        found = [(fact, self.leads(fact)) for fact in facts]
        turning = [(fact, leads) for fact, leads in found if len(leads) > 1]
        return sorted(turning, key=lambda entry: _left_open(entry[1]))

    def questions(self, now: Answer, changes: Sequence[Change]) -> Iterator[Question]:
        """What is worth asking: facts not known first, then documents, then what was only assumed."""
        asked = self.ranked(self.unknown_facts())
        for fact, leads in asked:
            tree = self.vocabulary.facts[fact]
            yield Question(fact, tree.ask, tree.who, leads_to=leads)
        for change in changes:
            if change.fact == "evidence":
                for word in change.to:
                    document = self.vocabulary.facts["evidence"].nodes[word]
                    yield Question("evidence", document.ask, document.who, word)
        known = {"evidence", *(fact for fact, _ in asked)}
        for fact in dict.fromkeys(change.fact for change in changes):
            if fact in self.product.assumed and fact not in known:
                tree = self.vocabulary.facts[fact]
                yield Question(fact, tree.ask, tree.who)


def _left_open(leads: Sequence[Lead]) -> float:
    """How many answers a question leaves possible on average over its leaves."""
    return sum(len(lead.possible) * len(lead.to) for lead in leads) / sum(len(lead.to) for lead in leads)
