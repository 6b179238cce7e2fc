"""The reference evaluator: the meaning of a rule base, as plainly as it can be said (``docs/semantics.md``).

Slow and obvious. The compiled rule base must agree with it everywhere; tests hold it to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from exoreg.engine.outcome import Outcome, Row, conclude
from exoreg.facts.product import Situation
from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.models import EMPTY_WHEN, Rule, Statement, When
from exoreg.law.rulebase import RuleBase


def evaluate(base: RuleBase, situation: Situation, region: str, day: date) -> Outcome:
    """The answer for one situation in one region on one day."""
    return conclude(matching(base, situation, region, day))


def matching(base: RuleBase, situation: Situation, region: str, day: date) -> Iterator[Row]:
    """The rules (and statements shown) that hold in the region, are in force and whose facts hold."""
    for rule in base.rules_of(region):
        if base.is_live(rule, day) and matches(base.vocabulary, rule.when, situation):
            yield row_of(rule)
    for statement in shown_statements(base, region):
        if statement.first_day <= day and matches(base.vocabulary, statement.when or EMPTY_WHEN, situation):
            yield row_of(statement)


def matches(vocabulary: Vocabulary, when: When, situation: Situation) -> bool:
    """Whether a condition holds: every choice stated, all of ``all``, and one of ``any``."""
    for name, choice in when.choices().items():
        fact, value = vocabulary.facts[name], getattr(situation, name)
        leaves = value if fact.is_set else (value,)
        meant = {node for leaf in leaves for node in fact.path(leaf)}
        if choice.is_ is not None and meant.isdisjoint(choice.is_):
            return False
        if choice.not_ is not None and not meant.isdisjoint(choice.not_):
            return False
    if not all(matches(vocabulary, part, situation) for part in when.all or ()):
        return False
    return when.any is None or any(matches(vocabulary, part, situation) for part in when.any)


def shown_statements(base: RuleBase, region: str) -> Iterator[Statement]:
    """The statements of a region that say with which answers they are shown."""
    chain = base.chain(region)
    return (s for s in base.statements.values() if s.when is not None and s.region in chain)


def row_of(item: Rule | Statement) -> Row:
    """What the engine needs to know of a rule or statement once its facts hold."""
    if isinstance(item, Statement):
        return Row(item.id, is_statement=True)
    return Row(
        item.id,
        item.status,
        item.supply,
        item.confidence,
        item.requires,
        item.caution is not None,
        item.decides,
        item.overrides,
    )
