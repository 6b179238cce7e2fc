"""Strict YAML: what plain YAML lets pass is an error here, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from exoreg.law.reading import MAX_BYTES, parse_yaml, read_yaml


def test_words_stay_words() -> None:
    """`NO`, `on`, `010` and days are text; only true, false, null and plain integers are not."""
    document, problems = parse_yaml("a: [NO, on, 010, 2025-01-21, 1.5, true, null, 12, '12']", "f")

    assert not problems and document
    assert document.data == {"a": ["NO", "on", "010", "2025-01-21", "1.5", True, None, 12, "12"]}


def test_places_are_those_of_the_file() -> None:
    """A value, a key and an item have the line and column at which they are written."""
    document, _ = parse_yaml("- id: x\n  when: {use: [topical, oral]}\n", "f")

    assert document
    assert str(document.place((0, "when", "use", 1))) == "f:2:25"
    assert str(document.place((0, "id"))) == "f:1:7"
    assert str(document.place((0, "id"), key=True)) == "f:1:3"
    assert str(document.place((0, "when", "is", "nowhere"))) == "f:2:3"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", "f:3:1: duplicate key `a`; first written at 1:1"),
        ("a:\n\t- b\n", "f:2:1: a tab is not allowed here; indent with spaces"),
        ("a: &x 1\n", "f:1:4: anchor `&x` is not allowed; write the text out"),
        ("a: *x\n", "f:1:4: alias `*x` is not allowed; write the text out"),
        ("a: !!int 1\n", "f:1:4: tag `tag:yaml.org,2002:int` is not allowed; write plain text"),
        ("a: 1\n---\nb: 2\n", "f:2:1: a second document in one file; write one list a file"),
        ("a: \x07\n", "f:1:4: character U+0007 is not allowed in YAML"),
        ("[" * 60, "f:1:41: nested deeper than the 40 levels allowed"),
        ("? [a]\n: b\n", "f:1:3: a key must be a word, found a list or mapping"),
        ("a: 'b\n", "f:2:1: not valid YAML: while scanning a quoted scalar found unexpected end of stream"),
    ],
)
def test_what_is_not_plain_is_an_error(text: str, problem: str) -> None:
    """Each fault is one sentence with its place and the remedy."""
    assert [str(found) for found in parse_yaml(text, "f")[1]] == [problem]


def test_a_hundred_levels_of_laughter_cost_nothing() -> None:
    """Nested aliases are refused at the first one."""
    bomb = "a: &a [x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )

    assert len(parse_yaml(bomb, "f")[1]) == 1


def test_files_that_cannot_be_read_are_problems(tmp_path: Path) -> None:
    """Missing, not UTF-8, a folder, too large: a problem each, never an exception."""
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"a: \xff\xfe")
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    messages = [read_yaml(path, "f")[1][0].message for path in (tmp_path / "none", binary, large, tmp_path)]

    assert messages[0] == "cannot be read: no such file or directory"
    assert messages[1] == "not UTF-8 text: byte 3 cannot be read"
    assert messages[2].startswith("file of 4,000,001 bytes is larger")
    assert messages[3] == "is not a plain file"
