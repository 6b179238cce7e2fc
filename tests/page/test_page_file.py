"""The page as a file: whole, small, and sealed; needs no browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from exoreg.cli import main
from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.outcome import Row
from exoreg.engine.store import CompiledBase
from exoreg.render.page import SCRIPTS, page
from exoreg.render.page_diagrams import Ends, Nodes, region_diagrams

MOST_BYTES = 450_000


@pytest.fixture(scope="module")
def written(compiled: CompiledBase) -> str:
    """The page of the shipped rule base."""
    return page(compiled)


def test_is_small(written: str) -> None:
    """The page is one file that can be sent by mail."""
    assert len(written.encode()) < MOST_BYTES


def test_names_nothing_to_load(written: str) -> None:
    """The page holds no element or style that would fetch anything, and one script besides its data."""
    before_data, data, script = re.split(r"<script[^>]*>", written)

    assert not re.search(r"<(img|link|iframe|object|embed|audio|video|base)\b", before_data)
    assert not re.search(r"url\(|@import", before_data)
    assert "fetch(" not in script
    assert "XMLHttpRequest" not in script
    assert "innerHTML" not in script
    assert "eval(" not in script
    assert "<" not in data.partition("</script>")[0]


def test_policy_names_its_own_style_and_script(written: str) -> None:
    """The policy allows the style and the script of the page by their hashes, and nothing else."""

    def digest(element: str) -> str:
        found = re.findall(f"<{element}>(.*?)</{element}>", written, re.DOTALL)
        assert len(found) == 1
        return base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()

    policy = re.search('Content-Security-Policy" content="([^"]*)"', written)
    assert policy
    assert policy[1] == (
        f"default-src 'none'; style-src 'sha256-{digest('style')}'; script-src 'sha256-{digest('script')}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_same_rule_base_same_page(compiled: CompiledBase, written: str) -> None:
    """The same rule base gives the same bytes."""
    assert page(compiled) == written


def test_every_part_of_the_script_is_in_the_page() -> None:
    """The written list of script files is all there are."""
    folder = Path(__file__).parents[2] / "exoreg" / "render" / "assets" / "page"

    assert sorted(SCRIPTS) == sorted(path.name for path in folder.iterdir())


def test_texts_are_there_once(compiled: CompiledBase, written: str) -> None:
    """The reason of a rule that many answers share stands in the page once."""
    because = compiled.text("rule", "uk.cosmetic.human-origin", "UK")["because"]

    assert written.count(json.dumps(because, ensure_ascii=False)) == 1


def test_command_writes_the_file(tmp_path: Path) -> None:
    """`exoreg page -o FILE` writes the page, and says nothing."""
    path = tmp_path / "exoreg.html"
    result = CliRunner().invoke(main, ["page", "-o", str(path)])

    assert result.exit_code == 0
    assert result.output == ""
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


TINY_DAYS = ["2000-01-01", "2020-01-01"]


def tiny(compiled: CompiledBase) -> CompiledRegion:
    """A made-up region: drops in the eye are a drug, an exception takes cow's milk out, all else is cosmetic."""
    facts = compiled.vocabulary.facts
    everything = {name: dict.fromkeys(facts[name].leaves, 0b111) for name in facts if not facts[name].is_set}
    masks = {**everything, "claims": [0b111], "evidence": [0b111], "day": [0b101, 0b111]}
    masks["use"] = {leaf: 0b111 if leaf == "ocular" else 0b100 for leaf in facts["use"].leaves}
    masks["source"] = {
        leaf: 0b111 if leaf == "bovine-milk-colostrum" else 0b101 for leaf in facts["source"].leaves
    }
    rows = [
        Row("drug", "drug", "prohibited"),  # type: ignore[arg-type]
        Row("exception", overrides=("drug",), requires=("shown",)),
        Row("rest", "cosmetic", "permitted"),  # type: ignore[arg-type]
    ]
    return CompiledRegion(
        {
            "region": "X",
            "earliest": TINY_DAYS[0],
            "days": TINY_DAYS,
            "owners": [0, 1, 2],
            "rows": [list(row) for row in rows],
            "bits": {"claims": [], "evidence": []},
            "masks": masks,
        }
    )


def test_diagrams_ask_only_what_matters(compiled: CompiledBase) -> None:
    """A diagram asks in order, skips what makes no difference, and shares what is alike."""
    region, ends = tiny(compiled), Ends()
    table = Nodes(compiled.vocabulary, [region])
    found = region_diagrams(table, region, ends)
    asked = [table.questions[table.splits[node[0]][0]] for node in table.nodes]

    assert set(ends) == {("drug", "prohibited", "high"), ("cosmetic", "permitted", "high")}
    assert {row.id for row, _ in found.rows} == {"drug", "exception", "rest"}
    assert set(asked) == {("use", None), ("source", None), ("day", None)}
    # The rule that always holds needs no node at all: its diagram is the end "yes".
    assert {row.id: root for row, root in found.rows}["rest"] == -2
    # The drug rule holds where the answer is "drug": both say so by the same three questions.
    assert len(table.nodes) <= 9
