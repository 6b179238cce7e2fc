"""``exoreg matrix``: the grid says what ``check`` says, of every source and use, and fits where it is read."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from itertools import product as cartesian
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.engine.determine import determine
from exoreg.engine.matrix import grid
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product
from exoreg.render.document import Table
from exoreg.render.matrix import LETTERS, MARKS, matrix_csv, matrix_data, matrix_document, short_heads
from exoreg.render.words import STATUS, SUPPLY
from tests.cli.run import exoreg
from tests.render.made_up import check_schema, examples, made_up, run, text_of

TODAY = date(2026, 2, 1)


def data_of(base: CompiledBase, stated: dict[str, Any], region: str, day: date) -> dict[str, Any]:
    """The grid of one region as data, through JSON as a program reads it."""
    product = Product.make(base.vocabulary, stated)
    found: dict[str, Any] = json.loads(
        json.dumps(matrix_data(base, product, [grid(base, product, region, day)]))
    )
    return found


def test_the_grid_is_drawn_with_letters_marks_and_a_legend() -> None:
    """The text of a small grid: alike sources on one line, uses in full, short heads explained, letters in words."""
    assert text_of("matrix", "--region", "AA") == (
        "Every source and use: looks only\n"
        "\n"
        "Aland\n"
        "  human; on the skin: X✗; needled: U?\n"
        "  animal or plant; on the skin: C✓; needled: U?\n"
        "on ski: on the skin\n"
        "nee: needled\n"
        "\n"
        "How to read it\n"
        "The letter says what it is in law: D drug (medicine), X unlawful, U not settled, C cosmetic, V it depends.\n"
        "The mark says whether it may be supplied: ✓ may be supplied, under conditions, T only inside the "
        "authorised trial, ? do not supply until it is settled, ✗ may not be supplied.\n"
        "\n"
        "Assumed, because nobody said\n"
        "form: isolated; claims: looks only; setting: sold; evidence: none.\n"
        "Of each source the usual donor is assumed.\n"
    )


def test_by_use_turns_the_grid_and_changes_no_answer() -> None:
    """The same answers with the uses as rows."""
    lines = text_of("matrix", "--region", "AA", "--by", "use").splitlines()

    assert lines[3:7] == [
        "  on the skin; human: X✗; animal or plant: C✓",
        "  needled; human: U?; animal or plant: U?",
        "hum: human",
        "ani +1: animal or plant",
    ]


def test_explain_lists_the_rule_of_each_cell() -> None:
    """Under each group of cells stand the rules, the first citation, who decides and how many conditions."""
    text = text_of("matrix", "--region", "AA", "--explain")

    assert (
        "  - C✓ animal or plant × on the skin: cosmetic, may be supplied, under conditions\n"
        "    - On the skin it is a cosmetic (rule aa.cosmetic.skin): section 1, Skin Act [statute] "
        "https://law.example/aa/1\n"
        "      Under 2 conditions; `exoreg check` lists them.\n"
        "  - U? animal or plant × needled: not settled, do not supply until it is settled\n"
        "    - Needles are not settled (rule aa.unsettled.needled): section 1, Skin Act [statute] "
        "https://law.example/aa/1\n"
        "      Who decides: the AA office.\n"
    ) in text


def test_a_donor_leaves_out_the_sources_it_cannot_be_of() -> None:
    """Of animals and plants no cells can be the patient's own: they are named, not answered for."""
    text = text_of("matrix", "--region", "BB", "--donor", "autologous")

    assert "  human; on the skin or needled: D✗\n" in text
    assert "Left out, because they cannot have that donor: animal or plant.\n" in text


def test_a_day_before_the_law_is_encoded_has_no_grid() -> None:
    """No cell is made up for a day of which nothing is known, in text, CSV and data."""
    base = made_up()
    data = data_of(base, {}, "BB", date(2014, 12, 31))

    check_schema(data)
    assert data["grids"][0]["cells"] == []
    assert len(matrix_csv(data, base.vocabulary).splitlines()) == 1
    blocks = matrix_document(data, base.vocabulary).blocks
    assert not [block for block in blocks if isinstance(block, Table)]
    assert "the law of the United Bees is encoded from 2015-01-01 on, and 2014-12-31 is earlier." in str(
        blocks
    )


stated_facts = st.fixed_dictionaries(
    {},
    optional={
        "claims": st.sampled_from([("disease",), ("structure-function",), ("hair-growth",), ("?",)]),
        "setting": st.sampled_from(["marketed", "clinical-trial", "in-clinic-preparation"]),
        "donor": st.sampled_from(["allogeneic", "autologous", "not-applicable", "?"]),
        "form": st.sampled_from(["conditioned-medium", "lysate", "?"]),
        "evidence": st.sampled_from([("marketing-authorisation",), ("annex-3-file",)]),
    },
)


@settings(max_examples=12, deadline=None)
@given(
    stated=stated_facts,
    region=st.sampled_from(["US", "UK", "EU", "FR", "JP", "KR"]),
    day=st.dates(date(2015, 1, 1), date(2032, 1, 1)),
    pick=st.randoms(use_true_random=False),
)
def test_every_cell_is_what_check_answers(
    compiled: CompiledBase, stated: dict[str, Any], region: str, day: date, pick: Any
) -> None:
    """Each source and use stands in one cell, with the answer and grounds that ``check`` gives for them."""
    data = data_of(compiled, stated, region, day)
    check_schema(data)
    rows = list(csv.DictReader(io.StringIO(matrix_csv(data, compiled.vocabulary))))
    facts = compiled.vocabulary.facts
    left_out = {leaf for node in data["grids"][0]["left_out"] for leaf in facts["source"].below(node)}
    sources = [leaf for leaf in facts["source"].leaves if leaf not in left_out]

    assert [(row["source"], row["use"]) for row in rows] == list(cartesian(sources, facts["use"].leaves))
    for row in pick.sample(rows, 8):
        product = Product.make(compiled.vocabulary, {**stated, "source": row["source"], "use": row["use"]})
        found = determine(compiled, product, region, day)
        assert found.outcome
        assert (row["status"], row["supply"]) == (found.status, found.supply)
        assert row["grounds"].split() == list(found.outcome.grounds)
        assert row["conditions"].split() == list(found.outcome.requires)
        assert (row["confidence"], row["decides"]) == (
            found.outcome.confidence,
            "; or ".join(found.outcome.decides),
        )


def test_what_behaves_alike_is_together_and_nothing_else(compiled: CompiledBase) -> None:
    """No two rows of a grid have the same answers, nor have two columns, in all regions and for all claims."""
    for region, claim in cartesian(compiled.roots, compiled.vocabulary.facts["claims"].leaves):
        (found,) = data_of(compiled, {"claims": claim}, region, TODAY)["grids"]
        answers = [[(cell["status"], cell["supply"]) for cell in row] for row in found["cells"]]
        columns = list(zip(*answers, strict=True))
        assert len(set(map(tuple, answers))) == len(answers)
        assert len(set(columns)) == len(columns)
        for fact in ("source", "use"):
            for group in found[f"{fact}s"]:
                tree = compiled.vocabulary.facts[fact]
                below = {leaf for node in group["nodes"] for leaf in tree.below(node)}
                assert below == set(group["leaves"])


def test_short_heads_are_never_the_same(compiled: CompiledBase) -> None:
    """Every node of every fact has a head of its own, even where all stand alone."""
    for fact in compiled.vocabulary.facts.values():
        heads = short_heads(fact, [(leaf,) for leaf in fact.leaves])
        assert len(set(heads)) == len(fact.leaves)
    assert short_heads(compiled.vocabulary.facts["use"], [("injection", "oral")]) == ["inj +1"]


def test_the_widest_grid_fits_a_terminal_of_80_columns(compiled: CompiledBase) -> None:
    """With every use in a column of its own no line is wider than 80, and no mark is cut."""
    from rich.console import Console

    from exoreg.render.text import draw

    data = data_of(compiled, {}, "KR", TODAY)
    use = compiled.vocabulary.facts["use"]
    (found,) = data["grids"]
    found["uses"] = [{"nodes": [leaf], "leaves": [leaf]} for leaf in use.leaves]
    found["cells"] = [[row[0]] * len(use.leaves) for row in found["cells"]]
    console = Console(width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    with console.capture() as captured:
        draw(matrix_document(data, compiled.vocabulary), console)
    console = Console(width=80, file=io.StringIO(), no_color=True)
    with console.capture() as plain:
        draw(matrix_document(data, compiled.vocabulary), console)

    assert max(map(len, plain.get().splitlines())) <= 80
    assert plain.get().count("C✓") >= len(use.leaves)
    assert "\x1b[" in captured.get()


def test_every_status_and_supply_has_its_sign_and_its_words() -> None:
    """The letters and marks cover all that an answer can be, each once, and the legend names them."""
    assert (list(LETTERS), list(MARKS)) == (list(STATUS), list(reversed(SUPPLY)))
    assert len({*LETTERS.values(), *MARKS.values()}) == len(LETTERS) + len(MARKS)


def test_no_cell_of_the_csv_is_a_formula() -> None:
    """Words that a rule base brings along do nothing in a spreadsheet."""
    base = made_up()
    data = data_of(base, {}, "AA", TODAY)
    data["grids"][0]["cells"][0][1]["reasons"][0]["decides"] = ["=1+1"]

    assert ",'=1+1\n" in matrix_csv(data, base.vocabulary)


@pytest.mark.parametrize(
    ("format", "has"), [("markdown", "| human | **X✗** | **U?** |"), ("html", "<table>")]
)
def test_it_is_also_markdown_and_html(format: str, has: str) -> None:
    """The same grid as Markdown and as a page."""
    assert has in run("matrix", "--region", "AA", "--format", format).out


@pytest.mark.parametrize("arguments", examples("matrix"), ids=" ".join)
def test_the_examples_in_the_help_run(tmp_path: Path, arguments: list[str]) -> None:
    """Each example ends well and leaves a result."""
    ran = exoreg(*arguments, cwd=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out or list(tmp_path.iterdir())
