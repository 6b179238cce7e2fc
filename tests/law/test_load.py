"""Loading a rule base: every problem listed, each with its place and its remedy."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from exoreg.engine.build import compile_base
from exoreg.law.load import load, try_load
from exoreg.law.places import RuleBaseError
from tests.cli.run import exoreg

RULE = """
- id: uk.test.rule
  title: A test
  region: UK
  when: {{source: rose}}
  status: unlawful
  because: It is a test.
  cite: [uk-cosreg-14]
  confidence: high
{extra}
"""


def overlay(folder: Path, text: str) -> Path:
    """A folder with one rule file, to lie over the shipped rules."""
    (folder / "uk").mkdir(parents=True)
    (folder / "uk" / "test.yaml").write_text(text)
    return folder


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("status: unlawful", "staus: unlawful", "6:3: unknown key `staus`; did you mean `status`?"),
        (
            "status: unlawful",
            "status: ilegal",
            "6:11: `status` is `ilegal`: expected `drug`, `unlawful`, `undetermined` or `cosmetic`",
        ),
        (
            "confidence: high",
            "confidence: NO",
            "9:15: `confidence` is `NO`: expected `high`, `medium` or `low`",
        ),
        ("source: rose", "source: roze", "5:18: `roze` is not a value of `source`; did you mean `rose`?"),
        (
            "source: rose",
            "colour: rose",
            "5:10: unknown key `colour`; allowed are source, donor, form, use, claims,",
        ),
        (
            "[uk-cosreg-14]",
            "[uk-cosreg-1x]",
            "8:10: no instrument has the id `uk-cosreg-1x`; did you mean `uk-cosreg-1",
        ),
        ("title: A test", "title: [A, test]", "3:3: expected text, found a list"),
        ("  title: A test\n", "", "2:3: key `title` is missing"),
        ("region: UK", "region: UX", "4:11: no region has the id `UX`"),
        ("id: uk.test.rule", "id: Test", "2:7: `Test` does not have the form of `id`; rules are `<region>."),
        (
            "{extra}",
            "  in_force: {from: 2025-02-30}",
            "10:20: expected a day like `2025-01-21`, found `2025-02-30`",
        ),
        ("{extra}", "  overrides: [uk.test.rule]", "10:15: rule `uk.test.rule` overrides itself"),
        ("{extra}", "  requires: [nothing]", "10:14: no condition has the id `nothing`"),
        (
            "status: unlawful",
            "status: undetermined",
            "6:11: rule `uk.test.rule` is undetermined and does not say who decides; add `decides`",
        ),
        (
            "{extra}",
            "  cases: [{source: rose, donor: autologous, expect: {status: drug}}]",
            "10:11: donor `autologous` contradicts source `rose`",
        ),
    ],
)
def test_a_fault_is_told_where_it_stands(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """What was found, what is allowed, the nearest valid word, at the line and column of the file."""
    text = RULE.format(extra=new) if old == "{extra}" else RULE.format(extra="").replace(old, new)
    folder = overlay(tmp_path / "rules", text)

    _, problems = try_load([folder])

    told = [str(found).replace(f"{folder}/uk/test.yaml:", "") for found in problems]
    assert [line for line in told if line.startswith(problem)], told


def test_all_problems_are_listed_not_only_the_first(tmp_path: Path) -> None:
    """Three faults in two files are three lines, and the command ends with exit code 5."""
    folder = overlay(tmp_path / "rules", RULE.format(extra="").replace("status: unlawful", "status: ilegal"))
    (folder / "uk" / "more.yaml").write_text("- id: uk.test.more\n  id: uk.test.again\n  title: 7\n")

    ran = exoreg("check", "--source", "rose", "--use", "topical", "--rules", str(folder))

    assert ran.code == 5
    assert ran.out == ""
    assert f"{folder}/uk/test.yaml:6:11: `status` is `ilegal`" in ran.err
    assert f"{folder}/uk/more.yaml:2:3: duplicate key `id`" in ran.err
    assert f"{folder}/uk/more.yaml:3:10: expected text, found `7`" in ran.err
    assert "Traceback" not in ran.err


def test_a_circle_of_overrides_is_named_whole(tmp_path: Path) -> None:
    """Two rules that override each other: the circle is written out."""
    first = RULE.format(extra="  overrides: [uk.test.other]")
    folder = overlay(tmp_path / "rules", first + first.replace("uk.test.rule", "uk.test.X").replace(
        "uk.test.other", "uk.test.rule").replace("uk.test.X", "uk.test.other"))  # fmt: skip

    with pytest.raises(RuleBaseError, match=r"circle: uk\.test\.rule → uk\.test\.other → uk\.test\.rule"):
        load([folder])


def test_a_gap_is_told_with_its_plainest_product() -> None:
    """A rule base that does not answer everything is refused, with a product it says nothing of."""
    shipped = load()
    without = {id: rule for id, rule in shipped.rules.items() if not id.startswith("us.cosmetic.")}

    with pytest.raises(RuleBaseError) as caught:
        compile_base(replace(shipped, rules=without))

    (problem,) = caught.value.problems
    assert re.match(
        r"gap: no rule of `US` speaks of [\d,]+ situations, the plainest on 1990-01-08: source \S+, donor \S+, "
        r"form isolated-exosomes, use topical, claims none, setting marketed, evidence none$",
        problem.message,
    ), problem.message


def test_an_overlay_replaces_by_id_and_adds(tmp_path: Path) -> None:
    """A rule of the same id takes the place of the shipped one; a new one is added."""
    folder = overlay(tmp_path / "rules", RULE.format(extra=""))

    laid = load([folder])

    assert "uk.test.rule" in laid.rules
    assert len(laid.rules) == len(load().rules) + 1
    ran = exoreg("check", "--source", "rose", "--use", "topical", "--region", "UK", "--rules", str(folder))
    assert "UNLAWFUL" in ran.out and "It is a test." in ran.out
