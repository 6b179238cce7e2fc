"""A whole rule base in memory: everything that the rule files say, with its places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.models import (
    Answer,
    Argument,
    Case,
    Condition,
    Effect,
    Instrument,
    Meta,
    Register,
    Rule,
    Statement,
)
from exoreg.law.places import Place
from exoreg.law.reading import Document


@dataclass(frozen=True)
class RuleBase:
    """Everything that the rule files say, checked for shape and references.

    ``where`` gives for ``(kind, id)`` the document and the index of the item in it. ``sha256`` identifies
    the files' content.
    """

    meta: Meta
    vocabulary: Vocabulary
    instruments: Mapping[str, Instrument]
    rules: Mapping[str, Rule]
    conditions: Mapping[str, Condition]
    arguments: Mapping[str, Argument]
    answers: Mapping[tuple[str, str], Answer]
    statements: Mapping[str, Statement]
    registers: Mapping[str, Register]
    effects: Mapping[str, Effect]
    cases: Mapping[str, Case]
    sha256: str
    folders: tuple[str, ...]
    documents: tuple[Document, ...] = field(repr=False, default=())
    where: Mapping[tuple[str, Any], tuple[Document, int]] = field(repr=False, default_factory=dict)

    def place(self, kind: str, id: Any, *path: str | int, key: bool = False) -> Place:
        """Where an item, or something in it, stands: ``place("rule", "uk.a.b", "when", "use")``."""
        document, index = self.where[kind, id]
        return document.place((index, *path), key=key)

    def chain(self, region: str) -> tuple[str, ...]:
        """The region and those above it, whose rules all hold in it."""
        return self.vocabulary.regions.path(region)

    def rules_of(self, region: str) -> Iterator[Rule]:
        """The rules that hold in a region, those of the regions above it included."""
        chain = self.chain(region)
        return (rule for rule in self.rules.values() if rule.region in chain)

    def is_live(self, rule: Rule, day: date) -> bool:
        """Whether the rule is in force on the day, and, if it reads the register, has a product to speak of."""
        if not rule.in_force.covers(day):
            return False
        return not rule.authorised or any(
            product.in_force.covers(day)
            for region in self.chain(rule.region)
            for product in (self.registers[region].products if region in self.registers else ())
        )

    def earliest(self, region: str) -> date:
        """The earliest day for which the region's law is encoded."""
        return next(self.meta.earliest[node] for node in self.chain(region) if node in self.meta.earliest)

    def all_cases(self) -> Iterator[tuple[Case, Rule | None, Place]]:
        """Every case, with the rule it stands beside (None in a case file) and its place."""
        for rule in self.rules.values():
            for number, case in enumerate(rule.cases):
                yield case, rule, self.place("rule", rule.id, "cases", number)
        for id, case in self.cases.items():
            yield case, None, self.place("case", id)
