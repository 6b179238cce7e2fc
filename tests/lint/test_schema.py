"""The JSON Schemas of rule files: those committed are those made, and they describe the shipped files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from exoreg.law.folders import rule_files, shipped_rules
from exoreg.law.reading import read_yaml
from exoreg.law.rulebase import RuleBase
from exoreg.law.schema import KINDS, kind_of, schema, written
from tests.cli.run import exoreg

FOLDER = Path(__file__).parents[2] / "schemas" / "rules"


@cache
def committed(kind: str) -> jsonschema.Draft202012Validator:
    """The committed schema of a kind."""
    return jsonschema.Draft202012Validator(json.loads((FOLDER / f"{kind}.schema.json").read_text()))


@pytest.mark.parametrize("kind", KINDS)
def test_committed_is_generated(kind: str, base: RuleBase) -> None:
    """The committed file is what the models and the vocabulary give; `exoreg rules schema --all` renews it."""
    assert (FOLDER / f"{kind}.schema.json").read_text() == written(kind, base.vocabulary)


def test_no_other_schema_is_committed() -> None:
    """Every committed schema is of a kind of rule file."""
    assert {path.name for path in FOLDER.iterdir()} == {f"{kind}.schema.json" for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained(kind: str, base: RuleBase) -> None:
    """An editor has something to show for every key."""
    made = schema(kind, base.vocabulary)
    jsonschema.Draft202012Validator.check_schema(made)
    parts = [made, *made.get("$defs", {}).values()]
    bare = [
        key
        for part in parts
        for key, value in part.get("properties", {}).items()
        if "description" not in value
    ]

    assert bare == []


def test_shipped_files_follow_their_schemas() -> None:
    """No shipped rule file is marked by an editor."""
    root = shipped_rules()
    for path in rule_files(root):
        inside = path.relative_to(root)
        kind = kind_of(inside.parts[0] if len(inside.parts) > 1 else inside.stem)
        document, _ = read_yaml(path)

        assert document is not None
        assert [error.message for error in committed(kind).iter_errors(document.data)] == []


def test_shipped_files_name_their_schemas() -> None:
    """The first line of every shipped rule file names the schema of its kind, where it lies in the repository."""
    root = FOLDER.parents[1] / "rules"
    for path in rule_files(root):
        inside = path.relative_to(root)
        kind = kind_of(inside.parts[0] if len(inside.parts) > 1 else inside.stem)
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        named = first.removeprefix("# yaml-language-server: $schema=")

        assert (path.parent / named).resolve() == FOLDER / f"{kind}.schema.json"


WRONG = {
    "a word that no fact has": {"when": {"source": "umbilicus"}},
    "a region that is not encoded": {"region": "ZZ"},
    "a key that no rule has": {"becuase": "…"},
    "a status that there is not": {"status": "legal"},
}


@pytest.mark.parametrize("what", WRONG)
def test_mistakes_are_marked(what: str) -> None:
    """An editor marks a misspelt word, key or status."""
    rule = {"id": "uk.drug.x", "title": "X", "region": "UK", "when": {"source": ["human", "rose"]}, "status": "drug",
            "because": "X.", "cite": ["uk-x"], "confidence": "high"}  # fmt: skip
    assert committed("rule").is_valid([rule])
    assert not committed("rule").is_valid([{**rule, **WRONG[what]}])


def test_the_command_writes_one_or_all(tmp_path: Path) -> None:
    """One kind goes to standard output, all go to a folder, and an unknown kind is answered with the nearest."""
    one = exoreg("rules", "schema", "case")
    every = exoreg("rules", "schema", "--all", str(tmp_path / "made"))
    wrong = exoreg("rules", "schema", "cases")

    assert one.out == (FOLDER / "case.schema.json").read_text()
    assert every.code == 0
    assert {path.name for path in (tmp_path / "made").iterdir()} == {path.name for path in FOLDER.iterdir()}
    assert (wrong.code, wrong.out) == (2, "")
    assert "no rule file is of the kind `cases`; did you mean `case`?" in wrong.err
