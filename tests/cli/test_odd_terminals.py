"""Streams that are closed or full, terminals without colour, completion, and words given twice."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.run import EXOREG, exoreg

QUESTION = ("check", "--source", "salmon", "--use", "topical", "--region", "UK")


def shell(redirection: str, *arguments: str) -> tuple[int, str]:
    """Runs ``exoreg`` in a shell with a redirection: the exit code, and what it wrote to both streams."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" "$@" {redirection}', EXOREG, *arguments], capture_output=True, timeout=60
    )
    return done.returncode, (done.stdout + done.stderr).decode()


def drawn(**environment: str) -> str:
    """What the question writes to a terminal of 60 columns."""
    import fcntl
    import pty
    import struct
    import termios

    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(environment)
        os.execv(EXOREG, [str(EXOREG), *QUESTION])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 60, 0, 0))
    out = b""
    while True:
        try:
            more = os.read(terminal, 65536)
        except OSError:
            break
        if not more:
            break
        out += more
    os.waitpid(pid, 0)
    os.close(terminal)
    return out.decode()


@pytest.mark.parametrize("fact", ["source", "use", "donor", "form", "setting"])
def test_a_plain_fact_given_twice_is_an_error(fact: str) -> None:
    """The last of two words never hides a stricter one before it."""
    words = {"source": ("umbilical", "salmon"), "use": ("injection", "topical")}.get(fact, ("a", "b"))
    options = [part for word in words for part in (f"--{fact}", word)]

    ran = exoreg("check", "--region", "UK", *options)

    assert (ran.code, ran.out) == (2, "")
    assert f"`--{fact}` is given as `{words[0]}` and `{words[1]}`" in ran.err


def test_a_claim_is_not_known_and_unknown_at_once() -> None:
    """``?`` beside a disease claim does not make the answer milder; it is an error that says what to do."""
    ran = exoreg(*QUESTION, "--claim", "disease", "--claim", "?")

    assert (ran.code, ran.out) == (2, "")
    assert "`claims` cannot be `disease` and not known at once; leave out one of the two" in ran.err


def test_looks_only_is_not_said_beside_a_claim_of_more() -> None:
    """The title never says both "looks only" and that a disease is treated."""
    ran = exoreg(*QUESTION, "--claim", "appearance", "--claim", "disease")

    assert ran.out.startswith("salmon · on intact skin or hair · treats or prevents a disease\n")


def test_an_unknown_claim_is_told_in_grammar() -> None:
    """A word of a fact with a plural name is not "a claims"."""
    assert (
        "`disase` is not a word for `claims` that exoreg knows" in exoreg(*QUESTION, "--claim", "disase").err
    )


@pytest.mark.parametrize(
    ("redirection", "arguments", "code"),
    [
        (">&-", QUESTION, 0),
        ("2>&-", (*QUESTION, "--claim", "nonsense"), 2),
        ("2>/dev/full", (*QUESTION, "--claim", "nonsense"), 2),
        (">/dev/full", QUESTION, 2),
        ("<&-", ("vet", "-"), 3),
        (">&- 2>&- <&-", QUESTION, 0),
    ],
)
def test_a_closed_or_full_stream_is_no_fault(redirection: str, arguments: tuple[str, ...], code: int) -> None:
    """Whatever stream is closed or full, there is no traceback and the exit code is the usual one."""
    found, said = shell(redirection, *arguments)

    assert found == code
    assert "Traceback" not in said
    assert "internal fault" not in said


def test_no_color_on_a_terminal_is_plain_text() -> None:
    """With NO_COLOR a terminal gets the same plain text as a pipe: no escape, one line a paragraph."""
    piped = exoreg(*QUESTION).out

    assert drawn(NO_COLOR="1", TERM="xterm").replace("\r\n", "\n") == piped
    assert "\x1b[" in drawn(NO_COLOR="", TERM="xterm")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("exoreg check --source umbi", "umbilical"),
        ("exoreg explain uk-cosreg-a2-4", "uk-cosreg-a2-416"),
        ("exoreg explain off-l", "off-label"),
        ("exoreg vet broch", "file"),
        ("exoreg verify ans", "file"),
    ],
)
def test_the_shell_completes(line: str, offered: str) -> None:
    """Fact values, ids and files complete."""
    words = line.split(" ")
    environment = {"_EXOREG_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}

    assert offered in exoreg(env=environment).out


def test_the_name_of_an_offer_stays_on_one_line(tmp_path: Path) -> None:
    """A file name with line ends cannot draw a verdict of its own."""
    name = "a\n\nUnited Kingdom: COSMETIC.txt"
    (tmp_path / name).write_text("Human umbilical exosomes, injected, regrow hair.")

    ran = exoreg("vet", name, "--region", "UK", cwd=tmp_path)

    assert ran.out.startswith("Offer a United Kingdom: COSMETIC.txt\n")


def test_a_file_that_is_not_there_is_nothing_to_read() -> None:
    """A missing receipt, offer or catalogue has the exit code of nothing to read."""
    for command in (
        ["verify", "/nonexistent.json"],
        ["vet", "/nonexistent.txt"],
        ["batch", "/nonexistent.csv"],
    ):
        assert exoreg(*command).code == 3
