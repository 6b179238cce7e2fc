"""What a person reads, written out in full for a dozen real questions."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from tests.cli.run import exoreg

HERE = Path(__file__).parent
QUESTIONS = yaml.safe_load((HERE / "questions.yaml").read_text())


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["name"])
def test_the_answer_reads_as_written_out(question: dict[str, object]) -> None:
    """Every word of the plain text is as it was last read and approved."""
    arguments = [str(word) for word in question["arguments"]]  # type: ignore[attr-defined]
    if arguments[0] == "check" and "--as-of" not in arguments:
        arguments += ["--as-of", "2026-11-22"]
    path = HERE / f"{question['name']}.txt"

    ran = exoreg(*arguments)

    assert ran.code == 0, ran.err
    if os.environ.get("EXOREG_GOLDEN") == "write":
        path.write_text(ran.out)
    assert ran.out == path.read_text()


def test_no_text_is_left_over() -> None:
    """Each text belongs to a question."""
    assert {path.stem for path in HERE.glob("*.txt")} == {question["name"] for question in QUESTIONS}
