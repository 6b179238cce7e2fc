"""No input makes a traceback: random flags on the command line, and rule files with random damage."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exoreg.cli import run
from exoreg.cli.exits import Exit
from exoreg.engine.build import compile_base
from exoreg.law.folders import shipped_rules
from exoreg.law.load import load
from exoreg.law.places import RuleBaseError

FLAGS = (
    "--source", "--donor", "--form", "--use", "--claim", "--setting", "--evidence", "--region", "--as-of", "--format",
    "--explain", "--plain", "--color", "--exit-code", "--rules",
)  # fmt: skip
WORDS = (
    "umbilical", "human", "plant", "rose", "?", "unknown", "topical", "microneedled", "injection", "disease",
    "hair-growth",
    "autologous", "UK", "EU", "FR", "2026-11-22", "0001-01-01", "9999-12-31", "json", "text", "never", "trial",
    "marketing-authorisation", "", " ", "[bold]x[/bold]", "\x1b[31m", "a" * 300, "ＵＫ", "‮", "-1", "nowhere",
)  # fmt: skip


def outcome(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code and standard error of a run in this process."""
    before = sys.argv
    sys.argv = ["exoreg", *arguments]
    try:
        with pytest.raises(SystemExit) as ended:
            run()
    finally:
        sys.argv = before
    return int(ended.value.code or 0), capsys.readouterr().err  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    command=st.sampled_from(["check", "explain", "chek", "--version"]),
    pairs=st.lists(
        st.tuples(st.sampled_from(FLAGS), st.sampled_from(WORDS) | st.text(max_size=12)), max_size=6
    ),
)
def test_random_flags_end_in_an_answer_or_one_clear_line(
    capsys: pytest.CaptureFixture[str], command: str, pairs: list[tuple[str, str]]
) -> None:
    """Whatever is typed: an exit code of the table, and a message without a traceback or control characters."""
    arguments = [command] + [
        part for pair in pairs for part in pair if not (pair[0] == "--rules" and part != pair[0])
    ]
    code, err = outcome([a for a in arguments if "\0" not in a and a != "--rules"], capsys)

    assert code in {int(exit) for exit in Exit} - {Exit.FAULT}, err
    assert "Traceback" not in err
    assert all(char.isprintable() or char == "\n" for char in err), repr(err)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rule base of the United Kingdom alone, quick to read."""
    folder = tmp_path_factory.mktemp("small") / "rules"
    shipped = shipped_rules()
    for name in ("vocabulary.yaml", "arguments.yaml"):
        folder.mkdir(exist_ok=True)
        shutil.copy(shipped / name, folder / name)
    (folder / "rulebase.yaml").write_text(
        "version: 2026.11.22\nreviewed: 2026-11-22\nreview_by: 2027-02-22\nearliest: {US: 2013-07-11, UK: 2013-07-11, "
        "EU: 2013-07-11, JP: 2014-11-25, KR: 2011-07-01}\n"
    )
    for name in ("instruments", "conditions", "answers", "statements", "authorised"):
        (folder / name).mkdir()
        shutil.copy(shipped / name / "uk.yaml", folder / name / "uk.yaml")
    shutil.copytree(shipped / "uk", folder / "uk")
    return folder


@pytest.mark.parametrize("seed", range(60))
def test_damaged_rule_files_are_told_never_thrown(small: Path, tmp_path: Path, seed: int) -> None:
    """Cut, doubled, swapped and misspelt lines and characters: problems with places, or a rule base that loads."""
    pick = random.Random(seed)
    folder = tmp_path / "rules"
    shutil.copytree(small, folder)
    path = pick.choice(sorted(folder.rglob("*.yaml")))
    text = path.read_text()
    for _ in range(pick.randint(1, 4)):
        lines = text.splitlines(keepends=True)
        at, other = pick.randrange(len(lines)), pick.randrange(len(lines))
        kind = pick.randrange(6)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(other, lines[at])
        elif kind == 2:
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 3:
            lines[at] = lines[at].replace("e", pick.choice(["", "\t", ":", "é", "\x07", "[", "#"]), 1)
        elif kind == 4:
            lines[at] = pick.choice([" ", "  ", "- ", "? ", "&a ", "*a ", "!!x ", "%"]) + lines[at]
        else:
            lines = lines[:at]
        text = "".join(lines) or "x"
    path.write_text(text)

    try:
        compile_base(load([folder]))
    except RuleBaseError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.place.file
            assert "Traceback" not in str(problem) and "\n" not in str(problem)
            assert str(problem).isprintable(), repr(str(problem))
