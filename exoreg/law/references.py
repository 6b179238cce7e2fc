"""What one part of a rule base says of another: words, ids and overrides must exist and make sense together.

These are the errors without which a rule base has no meaning; ``exoreg.lint`` has everything beyond.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from exoreg.facts.product import UNKNOWN, Product, ProductError
from exoreg.facts.vocabulary import UNKNOWN_WORDS, Tree, Value, WordError, fold
from exoreg.law.messages import nearest, shown
from exoreg.law.models import Case, Citation, Rule, When
from exoreg.law.places import Place, Problem
from exoreg.law.reading import Document
from exoreg.law.rulebase import RuleBase
from exoreg.law.terms import Status

Path = tuple[str | int, ...]


def check_references(base: RuleBase) -> Iterator[Problem]:
    """Every dangling or contradictory reference in a rule base whose items each have the right shape."""
    yield from _vocabulary(base)
    for (kind, id), (document, index) in base.where.items():
        item = _item(base, kind, id)
        if item is None:
            continue
        if kind == "register" or getattr(item, "region", None) is not None:
            yield from _region(base, item.region, document.place((index, "region")))
        for number, citation in enumerate(getattr(item, "cite", ())):
            yield from _cited(base, citation, document.place((index, "cite", number)))
        if getattr(item, "when", None) is not None:
            yield from _when(base, item.when, (kind, id), ("when",))
        if isinstance(item, Rule):
            yield from _rule(base, item)
        elif isinstance(item, Case):
            yield from _case(base, item, ("case", id), (), None)
    for argument, region in base.answers:
        known = base.arguments
        yield from _known(argument, known, "argument", base.place("answer", (argument, region), "argument"))
        for number, rule in enumerate(base.answers[argument, region].rules):
            place = base.place("answer", (argument, region), "rules", number)
            yield from _known(rule, base.rules, "rule", place)
    yield from _circles(base)


def _item(base: RuleBase, kind: str, id: Any) -> Any:
    items: Mapping[str, Mapping[Any, Any]] = {
        "instrument": base.instruments, "rule": base.rules, "condition": base.conditions,
        "argument": base.arguments, "answer": base.answers, "statement": base.statements,
        "register": base.registers, "effect": base.effects, "case": base.cases,
    }  # fmt: skip
    return items[kind].get(id)


def _known(word: str, known: Iterable[str], what: str, place: Place) -> Iterator[Problem]:
    known = list(known)
    if word not in known:
        check = "unknown-word" if what == "region" else "reference"
        yield Problem(place, f"no {what} has the id {shown(word)}", nearest(word, known), check)


def _cited(base: RuleBase, citation: Citation, place: Place) -> Iterator[Problem]:
    yield from _known(citation.id, base.instruments, "instrument", place)


def _region(base: RuleBase, region: str, place: Place) -> Iterator[Problem]:
    yield from _known(region, base.vocabulary.regions.nodes, "region", place)


def _when(base: RuleBase, when: When, item: tuple[str, Any], path: Path) -> Iterator[Problem]:
    for name, choice in when.choices().items():
        nodes = base.vocabulary.facts[name].nodes
        for key, words in (("is", choice.is_), ("not", choice.not_)):
            for number, word in enumerate(words or ()):
                if word not in nodes:
                    place = base.place(*item, *path, name, key, number)
                    message = f"{shown(word)} is not a value of `{name}`"
                    yield Problem(place, message, nearest(word, list(nodes)), "unknown-word")
    for name, parts in (("any", when.any), ("all", when.all)):
        for number, part in enumerate(parts or ()):
            yield from _when(base, part, item, (*path, name, number))


def _rule(base: RuleBase, rule: Rule) -> Iterator[Problem]:
    def at(*path: str | int) -> Place:
        return base.place("rule", rule.id, *path)

    for number, condition in enumerate(rule.requires):
        yield from _known(condition, base.conditions, "condition", at("requires", number))
    for number, other in enumerate(rule.overrides):
        if other == rule.id:
            message = f"rule `{rule.id}` overrides itself"
            yield Problem(at("overrides", number), message, check="override-circle")
        else:
            yield from _known(other, base.rules, "rule", at("overrides", number))
    if rule.status is None and rule.supply is None and not rule.requires and rule.caution is None:
        help = "give it a status, supply, requires or caution"
        yield Problem(at("id"), f"rule `{rule.id}` says nothing", help, "empty-rule")
    if rule.status is Status.UNDETERMINED and rule.decides is None:
        message = f"rule `{rule.id}` is undetermined and does not say who decides"
        yield Problem(at("status"), message, "add `decides`", "no-decider")
    for number, case in enumerate(rule.cases):
        yield from _case(base, case, ("rule", rule.id), ("cases", number), rule)


def _case(
    base: RuleBase, case: Case, item: tuple[str, Any], path: Path, rule: Rule | None
) -> Iterator[Problem]:
    place = base.place(*item, *path)
    if case.region is None and rule is None:
        yield Problem(place, "the case names no region", check="impossible-case")
    elif case.region is not None:
        yield from _region(base, case.region, base.place(*item, *path, "region"))
    if case.argument is not None:
        where = base.place(*item, *path, "argument")
        region = case.region or (rule.region if rule else "")
        answered = {argument for argument, answered_in in base.answers if answered_in in base.chain(region)}
        yield from _known(case.argument, answered, f"answer of `{region}` to an argument", where)
    for name, words in case.stated().items():
        nodes = base.vocabulary.facts[name].nodes
        for word in words:
            if word not in nodes and word.casefold() not in UNKNOWN_WORDS and word != UNKNOWN:
                where = base.place(*item, *path, name)
                message = f"{shown(word)} is not a value of `{name}`"
                yield Problem(where, message, nearest(word, list(nodes)), "impossible-case")
                return
    try:
        Product.make(base.vocabulary, case.stated())
    except (ProductError, WordError) as error:
        yield Problem(place, str(error), check="impossible-case")
    expected = {
        "rule": ("grounds", "not_grounds", "also", "not_also", "cautions", "not_cautions"),
        "condition": ("conditions", "not_conditions"),
        "statement": ("statements", "not_statements"),
    }
    known: dict[str, Iterable[str]] = {
        "rule": base.rules, "condition": base.conditions, "statement": base.statements
    }  # fmt: skip
    for what, names in expected.items():
        for name in names:
            for word in getattr(case.expect, name):
                yield from _known(word, known[what], what, base.place(*item, *path, "expect", name))
    for word in case.expect.questions:
        facts = [*base.vocabulary.facts, *base.vocabulary.facts["evidence"].nodes]
        yield from _known(word, facts, "fact", base.place(*item, *path, "expect", "questions"))


def _circles(base: RuleBase) -> Iterator[Problem]:
    """Each circle of overrides, once, at the first rule of the file order that is on it."""
    done: set[str] = set()
    for start in base.rules:
        trail: list[str] = []
        stack = [(start, iter(base.rules[start].overrides))] if start not in done else []
        while stack:
            current, others = stack[-1]
            if current not in trail:
                trail.append(current)
            following = next((other for other in others if other in base.rules and other not in done), None)
            if following is None:
                done.add(current)
                trail.pop()
                stack.pop()
            elif following in trail and following != current:
                circle = " → ".join([*trail[trail.index(following) :], following])
                message = f"overrides go in a circle: {circle}"
                yield Problem(base.place("rule", current, "overrides"), message, check="override-circle")
                return
            elif following not in trail:
                stack.append((following, iter(base.rules[following].overrides)))


def _vocabulary(base: RuleBase) -> Iterator[Problem]:
    document = _document(base, "vocabulary.yaml")
    trees: list[tuple[Tree, Path]] = [
        (fact, ("facts", number, "values")) for number, fact in enumerate(base.vocabulary.facts.values())
    ]
    for tree, path in (*trees, (base.vocabulary.regions, ("regions",))):
        owner: dict[str, tuple[Path, str]] = {}
        for node, at in _nodes(tree.values, path):
            aliases = [(word, ("aliases", number)) for number, word in enumerate(node.aliases)]
            words: list[tuple[str, Path]] = [(node.id, ("id",)), *aliases]
            for word, key in words:
                first, id = owner.setdefault(fold(word), (at, node.id))
                if first != at:
                    message = f"in `{tree.id}`, {shown(word)} means both `{id}` and `{node.id}`"
                    yield Problem(document.place((*at, *key)), message, check="ambiguous-word")
    regions, about = base.vocabulary.regions.nodes, _document(base, "rulebase.yaml")
    for region in sorted(set(base.meta.earliest) - regions.keys()):
        place = about.place(("earliest", region), key=True)
        message = f"`earliest` names {shown(region)}, which is not a region"
        yield Problem(place, message, nearest(region, list(regions)), "unknown-word")
    for region in regions:
        if not set(base.chain(region)).intersection(base.meta.earliest):
            yield Problem(about.place(("earliest",)), f"`earliest` has no day for region `{region}`")


def _document(base: RuleBase, name: str) -> Document:
    """The document of that name that counts: the last one, for a later folder lies over an earlier."""
    return next(document for document in reversed(base.documents) if PurePath(document.file).name == name)


def _nodes(values: Iterable[Value], path: Path) -> Iterator[tuple[Value, Path]]:
    """The nodes of a tree, each with its path in ``vocabulary.yaml``."""
    for number, value in enumerate(values):
        yield value, (*path, number)
        yield from _nodes(value.values, (*path, number, "values"))
