"""What the cases exercise: counted exactly on a made-up country."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from exoreg.law.load import load
from exoreg.law.rulebase import RuleBase
from exoreg.lint.coverage import coverage
from tests.cli.run import exoreg
from tests.lint.harness import BASE

REPORT = """\
What the cases exercise
  ZZ; rules: 5 of 6; overrides: 2 of 2; leaves: 10 of 11; dates: none
  ZN; rules: 1 of 1; overrides: none; leaves: none; dates: none

Exercised by no case
  - rules/rules.yaml:33:7: rule zz.unlawful.human
  - ZZ: leaf source human

90.0 % exercised.
"""


def missed(base: RuleBase) -> set[tuple[str, str]]:
    """What is missed, by kind and name."""
    return {(each.kind, each.what) for each in coverage(base).missed}


def without_cases(base: RuleBase, *rules: str) -> RuleBase:
    """The rule base with the cases of some rules left out."""
    return replace(
        base,
        rules={
            id: rule.model_copy(update={"cases": ()}) if id in rules else rule
            for id, rule in base.rules.items()
        },
    )


def test_a_rule_and_its_overrides_need_a_case() -> None:
    """Without the case of an exception, the exception and what it sets aside are missed, with the place."""
    base = load([BASE])
    found = coverage(without_cases(base, "zz.drug.trial"))
    wanted = {
        ("rule", "zz.drug.trial"),
        ("override", "zz.drug.trial over zz.drug.disease"),
        ("override", "zz.drug.trial over zz.drug.injected"),
    }

    assert wanted <= {(each.kind, each.what) for each in found.missed}
    assert not wanted & missed(base)
    place = next(each.place for each in found.missed if each.what == "zz.drug.trial")
    assert place == base.place("rule", "zz.drug.trial", "id")


def test_a_date_needs_a_case_on_either_side() -> None:
    """A day on which a rule begins is exercised by a case before it and one on or after it, not by one alone."""
    base = load([BASE])
    rule = base.rules["zz.drug.injected"]
    period = rule.in_force.model_copy(update={"from_": date(2020, 1, 1), "to": date(2030, 1, 1)})
    case = rule.cases[0]
    earlier = case.model_copy(update={"as_of": date(2019, 12, 31)})
    later = case.model_copy(update={"as_of": date(2030, 1, 2)})

    def dates(*cases: object) -> set[tuple[str, str]]:
        dated = rule.model_copy(update={"in_force": period, "cases": cases})
        found = missed(replace(base, rules={**base.rules, rule.id: dated}))
        return {each for each in found if each[0] == "date"}

    begins, ends = ("date", f"{rule.id} `from` 2020-01-01"), ("date", f"{rule.id} `to` 2030-01-01")
    assert dates(case) == {begins, ends}
    assert dates(case, earlier) == {ends}
    assert dates(case, earlier, later) == set()


def test_leaves_that_no_rule_tells_apart_count_as_one() -> None:
    """A leaf is exercised by a case that names it, a node above it, or another leaf that all rules treat alike."""
    base = load([BASE])
    without = without_cases(base, "zz.unlawful.human")

    assert not {what for kind, what in missed(base) if kind == "leaf"}
    assert {what for kind, what in missed(without) if kind == "leaf"} == {"source human"}


def test_an_authorised_rule_waits() -> None:
    """A rule that speaks for authorised products alone is not missed while there is none."""
    base = load([BASE])
    rule = base.rules["zz.drug.injected"].model_copy(
        update={"id": "zz.drug.authorised", "authorised": True, "cases": ()}
    )

    assert coverage(replace(base, rules={**base.rules, rule.id: rule})).percent == coverage(base).percent


def test_the_shipped_rules_are_exercised(base: RuleBase) -> None:
    """Nearly everything in the shipped rules is exercised by some case."""
    assert coverage(base).percent >= 95


def test_the_command_holds_to_a_limit(tmp_path: Path) -> None:
    """``--min`` decides the exit code; the data and the text say the same."""
    rules = tmp_path / "rules"
    shutil.copytree(BASE, rules)
    file = rules / "rules.yaml"
    file.write_text(
        file.read_text().replace(
            "    - {source: adipose, use: topical,", "    - {source: rose, use: topical,"
        )
    )
    found = json.loads(exoreg("rules", "coverage", "rules", "--format", "json", cwd=tmp_path).out)

    assert found["schema"] == "exoreg.rules-coverage/1"
    assert found["percent"] == 90.0
    assert exoreg("rules", "coverage", "rules", cwd=tmp_path).out == REPORT
    assert exoreg("rules", "coverage", str(rules), "--min", "90.5").code == 1
    assert exoreg("rules", "coverage", str(rules), "--min", "90").code == 0
    (tmp_path / "empty").mkdir()
    assert exoreg("rules", "coverage", str(tmp_path / "empty")).code == 3
