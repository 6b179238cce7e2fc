"""Every check: fails on its own example, exactly there; is silent on the mended one; and has a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.generate import make_rules, write_rules
from exoreg.engine.diagram import LEVELS, NONE, Diagram
from exoreg.engine.outcome import conclude
from exoreg.law.load import load
from exoreg.law.rulebase import RuleBase
from exoreg.lint.answers import Answered, RegionAnswers, bearing
from exoreg.lint.checks import IDS, load_check
from exoreg.lint.context import satisfiable
from exoreg.lint.finding import Severity
from exoreg.lint.run import lint
from tests.lint.harness import BASE, DAY, HERE, expected, found, run
from tests.lint.pages import PAGES, pages


def test_the_made_up_country_has_no_findings() -> None:
    """The rule base under all examples is clean, so whatever an example finds is its own."""
    report, _ = lint([BASE], day=DAY)

    assert report.findings == ()
    assert report.held_back == ()
    assert set(report.checks) == set(IDS)


@pytest.mark.parametrize("id", IDS)
def test_fails_exactly_where_the_example_says(id: str, tmp_path: Path) -> None:
    """The failing example of a check has that finding, at the line and column stated, and no other."""
    overlay = HERE / id / "fails"
    wanted = expected(overlay)

    assert {check for *_, check in wanted} == {id}
    assert found(run(overlay, tmp_path)) == wanted


@pytest.mark.parametrize("id", IDS)
def test_holds_on_the_mended_example(id: str, tmp_path: Path) -> None:
    """The mended example has no finding at all."""
    assert found(run(HERE / id / "holds", tmp_path)) == set()


@pytest.mark.parametrize("id", IDS)
def test_says_what_it_is(id: str) -> None:
    """A check states its id, a title, a severity of the list, since when, and its page in three parts."""
    check = load_check(id)

    assert check.id == id
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", id)
    assert check.severity in set(Severity)
    assert re.fullmatch(r"\d+\.\d+\.\d+", check.since)
    assert check.needs in {"nothing", "items", "rules", "all"}
    assert all((check.title, check.finds.startswith("Finds "), check.why, check.remedy))


def test_no_two_checks_say_the_same() -> None:
    """Titles and pages of checks differ."""
    checks = [load_check(id) for id in IDS]

    assert len({check.title for check in checks}) == len({check.finds for check in checks}) == len(IDS)


def test_every_check_has_a_module_an_example_and_a_page_and_they_a_check() -> None:
    """Nothing is left over: modules, example folders and pages are those of the written list."""
    modules = {
        file.stem.replace("_", "-") for file in Path(load_check.__code__.co_filename).parent.glob("[a-z]*.py")
    }
    examples = {folder.name for folder in HERE.iterdir() if (folder / "fails").is_dir()}

    assert modules == examples == set(IDS)
    assert {file.name for file in PAGES.iterdir()} == set(pages())


def test_the_pages_are_current() -> None:
    """The pages in the repository are those that the docstrings and examples make."""
    stale = [name for name, text in pages().items() if (PAGES / name).read_text(encoding="utf-8") != text]

    assert stale == [], "run: python -m tests.lint.pages"


def test_masks_answer_as_the_engine_does(base: RuleBase) -> None:
    """What the checks take for the answer of a set of rules is what the engine concludes from it."""
    kept = bearing(base)
    for region in ("US", "JP", "FR"):
        answers = RegionAnswers(kept, region)
        cautious = {row.id for row in answers.rows if row.has_caution}
        for rules in list(answers.together)[::7]:
            outcome = conclude(answers.ids(rules, lambda row: row))
            effective = answers.judge(rules).effective
            answer = answers.answer(effective)

            assert (answer.status, answer.supply, answer.confidence) == (
                outcome.status, outcome.supply, outcome.confidence,
            )  # fmt: skip
            assert set(answers.ids(answers.grounds(effective))) == set(outcome.grounds)
            assert answer.requires == set(outcome.requires)
            assert answer.decides == set(outcome.decides)
            assert set(answers.ids(answer.cautions)) == cautious & set(outcome.cautions)


def _ends_reached_together(one: Diagram, other: Diagram) -> set[tuple[int, int]]:
    """What is alive at the two ends that a situation reaches, for every situation."""
    level = {(one.root, other.root)}
    for _ in LEVELS:
        level = {
            pair
            for left, right in level
            for pair in zip(one.nodes[left], other.nodes[right], strict=True)
            if pair != (NONE, NONE)
        }
    return {(one.alive[left], other.alive[right]) for left, right in level}


@pytest.mark.parametrize("made", [False, True], ids=["shipped", "made"])
def test_what_no_answer_turns_on_is_left_out_and_nothing_else(
    base: RuleBase, tmp_path: Path, made: bool
) -> None:
    """The smaller diagram of the checks gives every situation the answer and reasons of the whole one, and says
    rightly for each rule whether the answer would change without it."""
    kept = bearing(load([write_rules(tmp_path / "rules", make_rules(40))]) if made else base)
    answers = RegionAnswers(kept, "US")
    whole = Diagram(answers.compiled, answers.vocabulary)
    assert len(answers.diagram.alive) < len(whole.alive) or not made

    def judge(rules: int) -> tuple[Answered, int, int]:
        judged = answers.judge(rules)
        return answers.answer(judged.effective), answers.grounds(judged.effective), judged.overrides

    for few, many in _ends_reached_together(answers.diagram, whole):
        some, all_ = answers.rules(few), answers.rules(many)
        assert judge(some) == judge(all_)
        for bit in answers.ids(all_, lambda row: answers.bit[row.id]):
            without = judge(some & ~bit)[0] == judge(some)[0]
            assert without == (judge(all_ ^ bit)[0] == judge(all_)[0])


def test_what_can_hold_is_what_is_alive_somewhere(base: RuleBase) -> None:
    """A condition that the checks call possible is met by some situation of the compiled region, and no other is."""
    kept = bearing(base)
    answers = RegionAnswers(kept, "UK")
    whole = Diagram(answers.compiled, kept.vocabulary)
    alive = {id for terms in whole.alive for id in answers.ids(answers.rules(terms))}

    for rule in kept.rules_of("UK"):
        if not rule.authorised:
            assert (rule.id in alive) == satisfiable(base.vocabulary, rule.when)
