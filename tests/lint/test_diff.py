"""The difference of two rule bases: exact, short, and told the same in every format."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import product as cartesian
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.engine.compile import boundaries
from exoreg.engine.evaluate import evaluate
from exoreg.facts.product import FACTS, Situation, subsets
from exoreg.law.load import load
from exoreg.law.rulebase import RuleBase
from exoreg.law.terms import Status
from exoreg.lint.diff import Group, answer, diff
from exoreg.lint.mutants import Mutant, mutants, with_mutant
from exoreg.render.diff import diff_document
from exoreg.render.text import plain
from tests.cli.run import exoreg
from tests.lint.harness import BASE

SCHEMA = Path(__file__).parents[2] / "schemas" / "rules-diff.schema.json"


@cache
def zedland() -> RuleBase:
    """The made-up country."""
    return load([BASE])


@cache
def flips() -> list[Mutant]:
    """Every flip of a rule of the made-up country, and each rule begun on a later day."""
    base = zedland()
    found = [mutant for rule in base.rules.values() for mutant in mutants(base, rule)]
    for rule in base.rules.values():
        period = rule.in_force.model_copy(update={"from_": date(2020, 1, 1), "to": date(2024, 12, 31)})
        later = rule.model_copy(update={"in_force": period})
        found.append(Mutant(rule.id, "date", "in force for five years", (), later))
    return found


def situations(base: RuleBase) -> list[Situation]:
    """Every product that can be."""
    facts = base.vocabulary.facts
    choices = [list(subsets(facts[f].leaves)) if facts[f].is_set else facts[f].leaves for f in FACTS]
    every = (Situation(*combination) for combination in cartesian(*choices))  # type: ignore[arg-type]
    return [s for s in every if s.donor in base.vocabulary.donors(s.source)]


def holds(group: Group, situation: Situation, day: date) -> bool:
    """Whether a product on a day lies in a group."""
    for fact, leaves in group.facts:
        if getattr(situation, fact) not in leaves:
            return False
    for fact, leaves in group.contains:
        if not getattr(situation, fact) >= set(leaves):
            return False
    for fact, leaves in group.lacks:
        if not getattr(situation, fact).isdisjoint(leaves):
            return False
    return group.days is None or any(
        (first is None or first <= day.isoformat()) and (last is None or day.isoformat() <= last)
        for first, last in group.days
    )


@settings(max_examples=5, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=3))
def test_agrees_with_brute_force(picks: list[int]) -> None:
    """Counts and groups are what asking about every product on every day gives, product by product."""
    old = new = zedland()
    for pick in picks:
        mutant = flips()[pick % len(flips())]
        if mutant.rule in new.rules:
            new = replace(new, rules=with_mutant(new, mutant))
    found = diff(old, new)
    every = situations(old)
    for region in old.vocabulary.regions.nodes:
        days = sorted({*boundaries(old, region), *boundaries(new, region)})
        groups = [group for cluster in found.clusters if region in cluster.regions
                  for group in cluster.groups]  # fmt: skip
        changed = 0
        for situation in every:
            moved = False
            for day in days:
                before = answer(evaluate(old, situation, region, day))
                after = answer(evaluate(new, situation, region, day))
                ways = {(group.old, group.new) for group in groups if holds(group, situation, day)}

                assert ways == ({(before, after)} if before != after else set())

                moved = moved or before != after
            changed += moved
        counted = next(each for each in found.regions if each.region == region)

        assert (counted.changed, counted.total, counted.left_out) == (changed, len(every), 0)


def test_group_counts_are_those_of_its_products() -> None:
    """The number beside a group is how many products lie in it."""
    base = zedland()
    rules = {id: rule for id, rule in base.rules.items() if id != "zz.drug.disease"}
    every = situations(base)
    for cluster in diff(base, replace(base, rules=rules)).clusters:
        for group in cluster.groups:
            open_days = replace(group, days=None)
            inside = sum(holds(open_days, situation, date(2026, 1, 1)) for situation in every)

            assert group.situations == inside


def test_same_rules_in_another_order_differ_in_nothing() -> None:
    """The order of rules is no difference."""
    base = zedland()
    found = diff(base, replace(base, rules=dict(reversed(base.rules.items()))))

    assert not found
    assert plain(diff_document(found)) == (
        "Behaviour of the rule base\nNo answer changes, nor any reason for one.\n"
    )


def test_one_rule_is_told_in_words() -> None:
    """A rule that falls away is told by region, facts, both answers, and its id."""
    base = zedland()
    rules = {id: rule for id, rule in base.rules.items() if id != "zz.unlawful.human"}
    text = plain(diff_document(diff(base, replace(base, rules=rules))))

    assert text == EXPECTED_HUMAN


EXPECTED_HUMAN = """\
Behaviour of the rule base
  - ZZ · topical · human: unlawful → gap, when claims contain no disease and evidence contains no trial-leave \
(32 situations; zz.unlawful.human)
  - ZZ · topical · human · marketed: unlawful → gap, when claims contain no disease \
(32 situations; zz.unlawful.human)

Situations with another answer on some day: ZZ 48 of 384.
Situations with the same answer for other reasons: ZZ 80, in further grounds (zz.unlawful.human).
"""


def test_a_new_region_was_not_encoded(tmp_path: Path) -> None:
    """What a region says that only one rule base knows is compared with nothing said."""
    base = zedland()
    smaller = replace(base, vocabulary=_without_region(base, "ZN"))
    found = diff(smaller, base)
    north = next(each for each in found.regions if each.region == "ZN")

    assert north.changed == north.total
    assert found.permits


def _without_region(base: RuleBase, region: str) -> object:
    from exoreg.facts.vocabulary import Vocabulary

    data = dict(base.vocabulary.data)
    data["regions"] = [{**root, "values": []} for root in data["regions"]]
    assert region in base.vocabulary.regions.nodes
    return Vocabulary(data)


def test_a_rule_in_each_of_five_regions_takes_few_lines(base: RuleBase) -> None:
    """A change of one rule in every region of the shipped rules is explained in fewer than ten lines."""
    rules = dict(base.rules)
    flipped = {}
    for region in ("US", "UK", "EU", "JP", "KR"):
        rule = next(
            r
            for r in base.rules.values()
            if r.region == region and r.id.startswith(f"{region.lower()}.drug.disease")
        )
        flipped[region] = rule.id
        rules[rule.id] = rule.model_copy(update={"status": Status.COSMETIC})
    text = plain(diff_document(diff(base, replace(base, rules=rules))))
    told = [line for line in text.splitlines() if line]

    assert len(told) < 11
    for region, rule in flipped.items():
        assert any(line.startswith(f"  - {region}") and f"; {rule})" in line for line in told)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """The made-up country before and after plants are permitted as injections."""
    import shutil

    old, new = tmp_path / "old", tmp_path / "new"
    shutil.copytree(BASE, old)
    shutil.copytree(BASE, new)
    file = new / "rules.yaml"
    file.write_text(file.read_text().replace("{use: injection}", "{use: injection, source: human}", 1)
                    .replace("{source: plant, use: topical}", "{source: plant}"))  # fmt: skip
    return old, new


def test_exit_code_tells_a_permission(two: tuple[Path, Path]) -> None:
    """Exit 1 when something becomes permitted, 0 with leave, and 0 for every other difference."""
    old, new = map(str, two)

    assert exoreg("rules", "diff", old, new).code == 1
    assert exoreg("rules", "diff", old, new, "--allow-permit").code == 0
    assert exoreg("rules", "diff", new, old).code == 0
    assert exoreg("rules", "diff", old, old).code == 0


def test_git_revisions_are_compared(two: tuple[Path, Path]) -> None:
    """``revision:path`` names the folder as it was; a word that names nothing is one clear line."""
    old, new = two
    git = ["git", "-C", str(old.parent), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "old", "new"], check=True)
    subprocess.run([*git, "commit", "-qm", "rules"], check=True)
    by_folder = exoreg("rules", "diff", str(old), str(new), "--format", "json")
    by_revision = exoreg("rules", "diff", "HEAD:old", "HEAD:new", "--format", "json", cwd=old.parent)

    assert by_revision.out == by_folder.out
    nothing = exoreg("rules", "diff", "HEAD:older", str(new), cwd=old.parent)
    assert (nothing.code, nothing.out) == (2, "")
    assert nothing.err.startswith("exoreg: `HEAD:older`: git found no such folder: ")
    neither = exoreg("rules", "diff", "older", str(new), cwd=old.parent)
    assert neither.err.startswith("exoreg: `older` is neither a folder nor `revision:path` of git")


def test_json_follows_its_schema(two: tuple[Path, Path]) -> None:
    """The data of a difference are as ``exoreg.rules-diff/1`` promises."""
    old, new = map(str, two)
    data = json.loads(exoreg("rules", "diff", old, new, "--format", "json").out)
    jsonschema.validate(data, json.loads(SCHEMA.read_text()))

    assert data["permits"] is True
    assert data["changes"][0]["rules"] == ["zz.cosmetic.plant", "zz.drug.injected"]


def test_markdown_is_a_comment(two: tuple[Path, Path]) -> None:
    """Markdown warns first when something becomes permitted."""
    old, new = map(str, two)
    lines = exoreg("rules", "diff", old, new, "--format", "markdown").out.splitlines()

    assert lines[0] == "# Behaviour of the rule base"
    assert lines[2] == "**Something becomes permitted that was not.**"
    assert lines[4].startswith("- **ZZ ")


def test_an_invalid_rule_base_is_refused(two: tuple[Path, Path]) -> None:
    """A rule base that cannot be read is exit 5 with the place."""
    old, new = two
    (new / "rules.yaml").write_text("- id: [\n")
    ran = exoreg("rules", "diff", str(old), str(new))

    assert ran.code == 5
    assert "rules.yaml:2:1" in ran.err


def test_days_are_told_as_stretches() -> None:
    """A rule that holds for some years changes those years alone."""
    base = zedland()
    rule = base.rules["zz.unlawful.human"]
    period = rule.in_force.model_copy(update={"from_": date(2020, 1, 1)})
    rules = {**base.rules, rule.id: rule.model_copy(update={"in_force": period})}
    groups = [
        group for cluster in diff(base, replace(base, rules=rules)).clusters for group in cluster.groups
    ]
    day_before = (date(2020, 1, 1) - timedelta(days=1)).isoformat()

    assert {group.days for group in groups} == {((None, day_before),)}
