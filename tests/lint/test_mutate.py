"""Flips of rules: each mistake is made, and only those that no case notices are told."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exoreg.law.load import load
from exoreg.law.rulebase import RuleBase
from exoreg.lint.mutants import mutants, with_mutant
from exoreg.lint.mutate import mutate
from tests.cli.run import exoreg
from tests.lint.harness import BASE


def flips(base: RuleBase, rule: str) -> list[str]:
    """What is flipped of a rule, in words."""
    return [mutant.what for mutant in mutants(base, base.rules[rule])]


def test_every_flip_of_a_rule() -> None:
    """A rule is dropped, each condition and override dropped, words widened, status and supply replaced."""
    base = load([BASE])

    assert flips(base, "zz.drug.trial") == [
        "the rule dropped",
        "condition on `setting` dropped",
        "condition on `evidence` dropped",
        "status `drug` made `unlawful`",
        "supply `trial-only` made `permitted`",
        "override of `zz.drug.disease` dropped",
        "override of `zz.drug.injected` dropped",
    ]
    assert "`rose` widened to `plant`" in flips(base, "zn.unsettled.rose")


def test_dates_move_by_a_day() -> None:
    """The first and the last day each move a day either way, unless that leaves no day."""
    base = load([BASE])
    rule = base.rules["zz.drug.injected"]
    period = rule.in_force.model_copy(update={"from_": date(2020, 1, 1), "to": date(2020, 1, 1)})
    dated = replace(base, rules={**base.rules, rule.id: rule.model_copy(update={"in_force": period})})

    assert flips(dated, rule.id)[-2:] == [
        "`from` 2020-01-01 made a day earlier",
        "`to` 2020-01-01 made a day later",
    ]


def test_each_flip_is_another_rule_base() -> None:
    """No flip leaves the rules as they were, and each changes one rule alone."""
    base = load([BASE])
    for rule in base.rules.values():
        for mutant in mutants(base, rule):
            after = with_mutant(base, mutant)
            differ = [id for id in base.rules if after.get(id) != base.rules[id]]

            assert differ == [rule.id]


def test_a_case_kills_and_its_absence_lets_live() -> None:
    """A flip that only one case notices survives without that case, at its place and with a product it changes."""
    base = load([BASE])
    rule = base.rules["zz.drug.trial"]
    lost = replace(base, rules={**base.rules, rule.id: rule.model_copy(update={"cases": ()})})
    before = {(s.mutant.rule, s.mutant.what) for s in mutate(base).survivors}
    survivors = {(s.mutant.rule, s.mutant.what): s for s in mutate(lost).survivors}
    new = ("zz.drug.trial", "supply `trial-only` made `permitted`")

    assert new not in before
    assert survivors[new].place == base.place("rule", rule.id, "supply")
    assert survivors[new].witness == (
        "ZZ: use topical, setting clinical-trial, source umbilical, donor autologous, form isolated, "
        "evidence trial-leave, day 2000-01-01"
    )


def test_what_changes_nothing_is_not_counted() -> None:
    """A flip without any effect is neither noticed nor a survivor."""
    base = load([BASE])
    rule = base.rules["zz.caution.lysate"]
    period = rule.in_force.model_copy(update={"from_": date(1999, 1, 1)})
    early = rule.model_copy(update={"in_force": period})
    found = mutate(replace(base, rules={**base.rules, early.id: early}))

    assert found.without_effect >= 2
    assert found.made == found.counted + found.without_effect
    assert not any(survivor.mutant.kind == "shift-date" for survivor in found.survivors)


@pytest.mark.parametrize("region", ["JP", "UK"])
def test_the_shipped_cases_notice(base: RuleBase, region: str) -> None:
    """In the shipped rules at least 95 % of all flips are noticed (`rules check --mutate` counts all regions)."""
    found = mutate(base, [region])

    assert found.score >= 95, Counter(survivor.mutant.rule for survivor in found.survivors)


def test_the_command_tells_survivors(tmp_path: Path) -> None:
    """The text names each survivor with its place, the data have the same, and ``--min`` decides the exit code."""
    rules = tmp_path / "rules"
    shutil.copytree(BASE, rules)
    text = exoreg("rules", "mutate", "rules", cwd=tmp_path)
    data = json.loads(exoreg("rules", "mutate", str(rules), "--format", "json").out)

    assert text.code == 0
    assert text.err == ""
    assert data["schema"] == "exoreg.rules-mutate/1"
    assert len(data["survivors"]) == sum(
        line.startswith("  - rules/rules.yaml:") for line in text.out.splitlines()
    )
    assert f"flips noticed ({data['score']:.1f} %)" in text.out
    assert exoreg("rules", "mutate", str(rules), "--min", "100").code == 1
    assert exoreg("rules", "mutate", str(rules), "--region", "XX").code == 2
