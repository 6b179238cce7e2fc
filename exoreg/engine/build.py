"""Making the compiled file of a rule base from its rule files, after checking that it answers everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from exoreg.engine.compile import compile_region
from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.diagram import Diagram, always_concludes
from exoreg.engine.store import pack
from exoreg.facts.product import Situation
from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.load import load
from exoreg.law.models import Model
from exoreg.law.places import Place, Problem, RuleBaseError
from exoreg.law.rulebase import RuleBase


def build(folders: Sequence[Path] = ()) -> bytes:
    """The content of the compiled file.

    Raises:
        RuleBaseError: a rule file is wrong, or some situation has no rule.
    """
    return compile_base(load(folders))


def compile_base(base: RuleBase) -> bytes:
    """The content of the compiled file of a rule base in memory.

    Raises:
        RuleBaseError: some situation has no rule.
    """
    compiled = {region: compile_region(base, region) for region in base.vocabulary.regions.nodes}
    encoded = [CompiledRegion(data) for region, data in compiled.items() if region in base.meta.earliest]
    problems = [
        problem
        for region in encoded
        if not always_concludes(region, base.vocabulary)
        for problem in gaps(base, Diagram(region, base.vocabulary))
    ]
    if problems:
        raise RuleBaseError(problems)
    sections: dict[str, Any] = {"vocabulary": base.vocabulary.data}
    sections |= {f"region/{region}": data for region, data in compiled.items()}
    sections |= {f"texts/{value.id}": texts(base, value.id) for value in base.vocabulary.regions.values}
    sections["texts/common"] = {"argument": {id: _dump(item) for id, item in base.arguments.items()}}
    return pack(
        sections,
        sha256=base.sha256,
        version=base.meta.version,
        reviewed=base.meta.reviewed.isoformat(),
        review_by=base.meta.review_by.isoformat(),
    )


def gaps(base: RuleBase, diagram: Diagram) -> Iterator[Problem]:
    """The situations of a region for which no rule concludes anything: one problem, with the plainest of them."""
    if all(map(diagram.region.concludes, diagram.alive)):
        return
    open_ends = [path for path in diagram.paths() if path.outcome.status is None]
    situation, day = min(
        map(diagram.witness, open_ends), key=lambda found: _oddity(base.vocabulary, found[0])
    )
    facts = ", ".join(
        f"{name} {' + '.join(sorted(value)) or 'none' if isinstance(value, frozenset) else value}"
        for name, value in situation._asdict().items()
    )
    count = sum(path.situations() for path in open_ends)
    rules = base.rules_of(diagram.region.region)
    place = next((base.place("rule", rule.id) for rule in rules), Place("rulebase.yaml"))
    yield Problem(
        place,
        f"gap: no rule of `{diagram.region.region}` speaks of {count:,} situations, the plainest on {day}: {facts}",
        "add a rule, at least one that is `undetermined` and says who decides",
    )


def _oddity(vocabulary: Vocabulary, situation: Situation) -> tuple[int, int, str]:
    """How far a situation is from the usual: facts that are not at their default, and members of sets."""
    usual = sum(
        fact.default is not None and not fact.is_set and getattr(situation, name) != fact.default[0]
        for name, fact in vocabulary.facts.items()
    )
    return usual, len(situation.evidence) + len(situation.claims), str(situation)


def texts(base: RuleBase, root: str) -> dict[str, dict[str, Any]]:
    """Everything that may be printed of one root region, by kind and id."""

    def within(item: Any) -> bool:
        return base.chain(item.region)[-1] == root

    return {
        "rule": {id: _dump(item, "cases", "ignore") for id, item in base.rules.items() if within(item)},
        "instrument": {id: _dump(item, "ignore") for id, item in base.instruments.items() if within(item)},
        "condition": {id: _dump(item) for id, item in base.conditions.items() if within(item)},
        "answer": {
            f"{argument}/{region}": _dump(item)
            for (argument, region), item in base.answers.items()
            if within(item)
        },
        "statement": {id: _dump(item) for id, item in base.statements.items() if within(item)},
        "register": {id: _dump(item) for id, item in base.registers.items() if within(item)},
        "effect": {id: _dump(item) for id, item in base.effects.items() if id.startswith(root.lower())},
    }


def _dump(item: Model, *left_out: str) -> dict[str, Any]:
    return item.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set(left_out))
