"""``exoreg check`` from the outside: what it promises of answers, words and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import exoreg

DAY = ("--as-of", "2026-11-22")


def answer(*arguments: str) -> dict[str, Any]:
    """The JSON answer for one region."""
    ran = exoreg("check", *arguments, *DAY, "--format", "json")
    assert ran.code == 0, ran.err
    data: dict[str, Any] = json.loads(ran.out)
    return data


def changes(data: dict[str, Any], fact: str) -> dict[str, tuple[str, str]]:
    """For one fact, each other value and the answer it leads to."""
    (found,) = data["determinations"]
    return {
        word: (change["status"], change["supply"])
        for change in found["would_change"]
        if change["fact"] == fact
        for word in change["to"]
    }


def test_human_umbilical_exosomes_on_the_skin_are_unlawful_in_the_uk() -> None:
    """The question on the first screen of the README, with its grounds and what would change it."""
    data = answer("--source", "umbilical", "--use", "topical", "--region", "UK")

    (found,) = data["determinations"]
    assert (data["schema"], found["region"], found["status"], found["supply"]) == (
        "exoreg.check/1", "UK", "unlawful", "prohibited",
    )  # fmt: skip
    assert data["assumed"] == ["donor", "form", "claims", "setting", "evidence"]
    cited = {c["instrument"]: c["pinpoint"] for ground in found["grounds"] for c in ground["citations"]}
    assert cited["uk-cosreg-a2-416"] == "Annex II, entry 416"
    assert cited["uk-cosreg-14"].startswith("Article 14")
    assert changes(data, "claims") == {
        "hair-growth": ("drug", "prohibited"),
        "disease": ("drug", "prohibited"),
    }
    assert changes(data, "source")["salmon"] == ("cosmetic", "permitted")
    assert changes(data, "source")["rose"] == ("cosmetic", "permitted")
    assert changes(data, "setting") == {"clinical-trial": ("drug", "trial-only")}


@pytest.mark.parametrize("claim", ["disease", "hair-growth"])
def test_a_medicinal_claim_makes_it_a_drug_in_the_uk(claim: str) -> None:
    """A claim of disease or of hair growth is a medicine, equally prohibited."""
    (found,) = answer("--source", "umbilical", "--use", "topical", "--region", "UK", "--claim", claim)[
        "determinations"
    ]

    assert (found["status"], found["supply"]) == ("drug", "prohibited")
    assert "unlawful" in {rule["status"] for rule in found["also"]}


def test_microneedled_looks_only_is_not_settled_in_the_us() -> None:
    """The answer says that it is open, to withhold, and who decides; a disease claim in a trial is trial-only."""
    (found,) = answer("--source", "umbilical", "--use", "microneedled", "--region", "US")["determinations"]
    assert (found["status"], found["supply"]) == ("undetermined", "withhold")
    assert "FDA" in found["decides"]

    trial = ("--claim", "disease", "--setting", "clinical-trial")
    (found,) = answer("--source", "umbilical", "--use", "microneedled", "--region", "US", *trial)[
        "determinations"
    ]
    assert (found["status"], found["supply"]) == ("drug", "trial-only")


def test_an_inner_node_gives_each_leaf_its_answer() -> None:
    """`--source human` is not assumed away: it depends, each leaf is listed, and a question settles it."""
    (found,) = answer("--source", "human", "--use", "topical", "--region", "KR")["determinations"]

    assert (found["status"], found["supply"]) == ("depends", "withhold")
    by_leaf = {leaf["leaf"]: leaf["status"] for leaf in found["by_leaf"]}
    assert by_leaf["adipose"] == "cosmetic"
    assert by_leaf["platelet"] == "unlawful"
    assert found["questions"][0]["fact"] == "source"
    assert {word for lead in found["questions"][0]["leads_to"] for word in lead["to"]} == set(by_leaf)


def test_an_inner_node_whose_leaves_agree_has_one_answer() -> None:
    """Where it makes no difference which leaf it is, nothing depends on it."""
    (found,) = answer("--source", "human", "--use", "topical", "--region", "UK")["determinations"]

    assert (found["status"], found["supply"], found["by_leaf"]) == ("unlawful", "prohibited", None)


def test_northern_ireland_answers_alike_and_cites_its_own_law() -> None:
    """GB and NI differ in citations, not in the answer."""
    (gb,) = answer("--source", "rose", "--use", "topical", "--region", "GB")["determinations"]
    (ni,) = answer("--source", "rose", "--use", "topical", "--region", "Northern Ireland")["determinations"]

    assert (gb["status"], gb["supply"]) == (ni["status"], ni["supply"]) == ("cosmetic", "permitted")
    cited = [
        {c["instrument"] for ground in found["grounds"] for c in ground["citations"]} for found in (gb, ni)
    ]
    assert cited[0] != cited[1]


def test_a_day_before_the_earliest_encoded_is_no_answer() -> None:
    """Before the law is encoded the answer says so and guesses nothing."""
    ran = exoreg("check", "--source", "rose", "--use", "topical", "--region", "UK", "--as-of", "1999-01-01")

    assert ran.code == 0
    assert "the law of the United Kingdom is encoded from 2013-07-11 on, and 1999-01-01 is earlier" in ran.out
    assert "permitted" not in ran.out.lower()


def test_a_permission_past_the_review_day_says_to_check_anew() -> None:
    """After `review_by` a permission carries its age."""
    late = exoreg("check", "--source", "rose", "--use", "topical", "--region", "UK", "--as-of", "2027-02-23")
    due = exoreg("check", "--source", "rose", "--use", "topical", "--region", "UK", "--as-of", "2027-02-22")

    assert "past its review day: re-check" in late.out
    assert "re-check" not in due.out


def test_no_region_answers_for_all_five_with_the_verdicts_first() -> None:
    """All five verdicts come before anything else."""
    ran = exoreg("check", "--source", "umbilical", "--use", "injection", "--claim", "disease", *DAY)

    order = [line.split(":")[0] for line in ran.out.splitlines() if "DRUG (MEDICINE) · PROHIBITED" in line]
    assert order == ["United States", "United Kingdom", "European Union", "Japan", "South Korea"]
    assert ran.out.index("South Korea") < ran.out.index("Why")
    assert len(ran.out.splitlines()) < 40


def test_the_same_question_has_the_same_bytes() -> None:
    """Nothing in an answer depends on the run."""
    question = ("check", "--source", "human", "--use", "?", *DAY, "--explain")

    assert exoreg(*question).out == exoreg(*question, env={"PYTHONHASHSEED": "7"}).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--source", "umbillical"),
            "exoreg: `umbillical` is not a source that exoreg knows; did you mean `umbilical` or `hair-follicle`? "
            "`exoreg explain source` lists the words",
        ),
        (
            ("--region", "Canada"),
            "exoreg: region `Canada` is not encoded; encoded are "
            "`US`, `UK`, `GB`, `NI`, `EU`, `FR`, `DE`, `JP`, `KR`",
        ),
        (
            ("--source", "rose", "--donor", "autologous"),
            "exoreg: donor `autologous` contradicts source `rose`: of that source the donor is `not-applicable`",
        ),
        (
            ("--as-of", "22.11.2026"),
            "exoreg: invalid value for '--as-of': `22.11.2026` is not a day; write it like 2026-11-22",
        ),
        (("--rules", "/nowhere/at/all"), "exoreg: /nowhere/at/all:1:1: rules folder `/nowhere/at/all` does not exist"),
    ],
)  # fmt: skip
def test_wrong_words_are_answered_in_one_clear_line(arguments: tuple[str, ...], message: str) -> None:
    """An unknown word, region, day or folder, and facts that contradict each other: one line, nothing on stdout."""
    ran = exoreg("check", *arguments)

    assert ran.err.splitlines()[0] == message
    assert ran.out == ""
    assert ran.code in (2, 5)


def test_exit_codes_follow_the_supply() -> None:
    """With `--exit-code`: 0 permitted, 1 barred, 4 only unsettled; without it 0."""
    ask = lambda *more: exoreg("check", "--use", "topical", "--region", "UK", *DAY, *more).code  # noqa: E731

    assert ask("--source", "rose", "--exit-code") == 0
    assert ask("--source", "umbilical", "--exit-code") == 1
    assert ask("--source", "undisclosed", "--exit-code") == 4
    assert ask("--source", "umbilical") == 0


def test_output_goes_to_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    """A file is written in one step; where that fails, one line says why and nothing is left behind."""
    question = ("check", "--source", "rose", "--use", "topical", "--region", "UK", *DAY, "--format", "json")
    target = tmp_path / "answer.json"

    assert exoreg(*question, "--output", str(target)).out == ""
    assert json.loads(target.read_text())["schema"] == "exoreg.check/1"
    assert list(tmp_path.iterdir()) == [target]

    ran = exoreg(*question, "--output", str(tmp_path / "no" / "folder.json"))
    assert (ran.code, ran.err.splitlines()[0]) == (
        2, f"exoreg: cannot write `{tmp_path}/no/folder.json`: no such file or directory",
    )  # fmt: skip
    full = exoreg(*question, "--output", "/dev/full")
    assert (full.code, full.err.splitlines()[0]) == (
        2,
        "exoreg: cannot write `/dev/full`: no space left on device",
    )


def test_a_closed_pipe_is_no_error() -> None:
    """`exoreg … | head -1` ends quietly."""
    import subprocess

    from tests.cli.run import EXOREG

    done = subprocess.run(
        f"{EXOREG} check --source human --use topical --explain | head -1",
        shell=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("human")
    assert done.stderr == ""
