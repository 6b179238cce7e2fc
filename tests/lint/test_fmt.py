"""Formatting: one form for what says the same, nothing lost, nothing said otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.law.folders import rule_files, shipped_rules
from exoreg.law.format import WIDTH, formatted
from exoreg.law.load import LISTS, MAPPINGS, RULES
from exoreg.law.models import Case, Rule
from exoreg.law.places import RuleBaseError
from exoreg.law.reading import parse_yaml
from tests.cli.run import exoreg
from tests.lint.harness import BASE

UNTIDY = """\
# About this file.


-   title:   "On the skin"   # as labelled
    id: zz.drug.skin
    # Nothing more is needed.
    when: { use: [topical,injection], # both
            source: human }
    cases:
    - {expect: {supply: prohibited, status: drug}, use: topical,
       source: fat}
    status: drug
    because: A sentence
      that goes on.
    note: |
      One line.
      Another.
    region: ZZ
# Between.

- {region: ZZ, id: zz.drug.other}
# The end.
"""

TIDY = """\
# About this file.

- id: zz.drug.skin
  title: "On the skin"  # as labelled
  region: ZZ
  # Nothing more is needed.
  when:
    source: human
    use: [topical, injection]  # both
  status: drug
  because: A sentence that goes on.
  note: |
    One line.
    Another.
  cases:
    - {source: fat, use: topical, expect: {status: drug, supply: prohibited}}

# Between.

- {id: zz.drug.other, region: ZZ}
# The end.
"""


def test_one_form() -> None:
    """Keys are in their order, comments stay with what they are about, text and brackets have one shape."""
    assert formatted(UNTIDY, "untidy.yaml", Rule) == TIDY


def test_long_text_is_folded() -> None:
    """A line is at most as wide as allowed: text is folded, mappings are opened, lists of words are filled."""
    words = ", ".join(f"word-{number}" for number in range(40))
    expect = f"{{status: drug, grounds: [{words}]}}"
    text = f"- id: a-case\n  title: {'word ' * 60}\n  source: [{words}]\n  expect: {expect}\n"
    result = formatted(text, "long.yaml", Case)

    assert max(map(len, result.splitlines())) <= WIDTH
    assert "  title: >-\n    word word" in result
    assert "  source:\n    [word-0, word-1," in result
    assert "  expect:\n    status: drug\n    grounds:\n      [word-0," in result


@pytest.mark.parametrize("text", ["", "# Only a comment.\n", "[]\n", "a\n"])
def test_almost_nothing_is_formatted(text: str) -> None:
    """A file without entries keeps what it has."""
    assert formatted(text, "small.yaml", Rule).strip() == text.strip()


def test_shipped_files_are_in_their_one_form() -> None:
    """Every shipped rule file is as it would be formatted, and so says the same when it is."""
    root = shipped_rules()
    for path in rule_files(root):
        inside = path.relative_to(root)
        head = inside.parts[0] if len(inside.parts) > 1 else inside.stem
        model = MAPPINGS.get(path.name) or LISTS.get(head, RULES)[1]
        text = path.read_text(encoding="utf-8")

        assert formatted(text, str(path), model) == text, f"run `exoreg rules fmt rules`: {path}"


WORDS = st.text("ab:#-'\" ,é注{[", min_size=1, max_size=60)
VALUES = st.recursive(
    st.one_of(WORDS, st.integers(0, 99), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["id", "when", "use", "x"]), inner, max_size=4),
    ),
    max_leaves=8,
)
STYLE = st.fixed_dictionaries({"width": st.integers(20, 200), "flow": st.sampled_from([True, False, None])})


@settings(max_examples=150, deadline=None)
@given(data=st.lists(VALUES, max_size=4), style=STYLE, comments=st.lists(st.integers(0, 30), max_size=4))
def test_any_file_is_formatted_once(
    data: list[object], style: dict[str, object], comments: list[int]
) -> None:
    """Formatting keeps data and comments, and formatting twice is formatting once, however the file was written."""
    import yaml

    text = yaml.safe_dump(
        data, width=style["width"], default_flow_style=style["flow"], allow_unicode=True, sort_keys=False
    )
    lines = text.split("\n")
    for number in comments:
        commented = [*lines[:number], f"# comment {number}", *lines[number:]]
        read = parse_yaml("\n".join(commented), "commented")[0]
        if read is not None and read.data == data:
            lines = commented
    source = "\n".join(lines)
    document, problems = parse_yaml(source, "source")
    if document is None or problems:
        return
    once = formatted(source, "source", Rule)
    again = parse_yaml(once, "once")[0]

    assert again is not None
    assert again.data == document.data
    assert formatted(once, "once", Rule) == once


def test_what_is_no_strict_yaml_is_left_alone(tmp_path: Path) -> None:
    """A file that cannot be read is named with its place, and the others are still formatted."""
    (tmp_path / "a.yaml").write_text("- id: zz.a.b\n  id: zz.a.b\n")
    (tmp_path / "b.yaml").write_text("- {title: B, id: zz.a.b}\n")
    ran = exoreg("rules", "fmt", str(tmp_path))

    assert ran.code == 5
    assert "a.yaml:2:3: duplicate key `id`" in ran.err
    assert (tmp_path / "a.yaml").read_text() == "- id: zz.a.b\n  id: zz.a.b\n"
    assert (tmp_path / "b.yaml").read_text() == "- {id: zz.a.b, title: B}\n"
    with pytest.raises(RuleBaseError):
        formatted("a: &x 1\n", "anchor.yaml", None)


def test_check_changes_nothing(tmp_path: Path) -> None:
    """``--check`` names the files that would change, exits 1, and leaves them; afterwards it exits 0."""
    rules = tmp_path / "rules"
    shutil.copytree(BASE, rules)
    exoreg("rules", "fmt", str(rules))
    assert exoreg("rules", "fmt", "--check", str(rules)).code == 0

    untidy = rules / "conditions.yaml"
    untidy.write_text(
        untidy.read_text().replace("- id: zz-cond-safety\n  region: ZZ", "- region: ZZ\n  id: zz-cond-safety")
    )
    before = untidy.read_text()
    ran = exoreg("rules", "fmt", "--check", str(rules))

    assert (ran.code, ran.out) == (1, f"{untidy}\n")
    assert untidy.read_text() == before
    assert exoreg("rules", "fmt", str(untidy)).code == 0
    assert untidy.read_text() != before


@pytest.mark.parametrize("path", ["rules", "rules/cases", "rules/cases/zz.yaml"])
def test_a_file_is_what_its_folder_says(tmp_path: Path, path: str) -> None:
    """The keys of a case are in their order whether the rule base, its folder or the file itself is named."""
    file = tmp_path / "rules" / "cases" / "zz.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("- note: N.\n  id: zz-1\n  use: topical\n  source: rose\n")
    assert exoreg("rules", "fmt", path, cwd=tmp_path).code == 0
    assert file.read_text() == "- id: zz-1\n  source: rose\n  use: topical\n  note: N.\n"


def test_nothing_to_format(tmp_path: Path) -> None:
    """An empty folder is exit 3, a path that does not exist exit 2."""
    assert exoreg("rules", "fmt", str(tmp_path)).code == 3
    assert exoreg("rules", "fmt", str(tmp_path / "none")).code == 2


def test_text_that_begins_with_a_space_keeps_it() -> None:
    """A quoted text folded over two lines, with a space in front, is written on one line and means the same."""
    source = "[':', ' ::::''''\n    :']\n"

    assert formatted(source, "source", Rule) == "- ':'\n- \" ::::'' :\"\n"
