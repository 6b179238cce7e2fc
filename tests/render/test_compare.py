"""``exoreg compare``: regions side by side say what each says alone, and what is the same in all."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from exoreg.engine.determine import determine
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product
from exoreg.render.compare import compare_data
from tests.cli.run import exoreg
from tests.render.made_up import check_schema, examples, made_up, run, text_of


def data_of(
    base: CompiledBase, stated: dict[str, Any], regions: tuple[str, ...], day: date
) -> dict[str, Any]:
    """The comparison as data, through JSON as a program reads it."""
    product = Product.make(base.vocabulary, stated)
    found = [determine(base, product, region, day) for region in regions]
    data: dict[str, Any] = json.loads(json.dumps(compare_data(base, product, found)))
    return data


def test_two_regions_stand_side_by_side() -> None:
    """The table, what is the same, what differs, and the first ground of each with its citation."""
    assert text_of("compare", "--source", "plant", "--use", "on-skin") == (
        "Side by side: plant · on the skin · looks only\n"
        "  in law; AA: cosmetic; BB: drug (medicine)\n"
        "  supply; AA: may be supplied, under conditions; BB: may not be supplied\n"
        "  first ground; AA: On the skin it is a cosmetic (section 1); BB: Everything is a medicine (section 2)\n"
        "  who decides; AA: –; BB: –\n"
        "  conditions; AA: 2; BB: –\n"
        "  confidence; AA: high; BB: high\n"
        "\n"
        "The same everywhere\n"
        "  - confidence: high\n"
        "  - who decides: nobody named\n"
        "\n"
        "What differs\n"
        "  - in law: cosmetic in Aland; drug (medicine) in the United Bees\n"
        "  - supply: may be supplied, under conditions in Aland; may not be supplied in the United Bees\n"
        "\n"
        "First grounds\n"
        "  - AA: On the skin it is a cosmetic\n"
        "    section 1, Skin Act [statute] https://law.example/aa/1\n"
        "  - BB: Everything is a medicine\n"
        "    section 2, Bee Act [statute, not read at the source] https://law.example/bb/2\n"
        "\n"
        "For all grounds, conditions and cautions: `exoreg check --region AA`.\n"
        "\n"
        "Assumed, because nobody said\n"
        "donor: no human donor; form: isolated; claims: looks only; setting: sold; evidence: none.\n"
    )


def test_a_region_not_encoded_for_the_day_is_never_the_same() -> None:
    """Before a region's law is encoded it has no answer: it stands apart and nothing is the same everywhere."""
    data = data_of(made_up(), {"source": "plant", "use": "on-skin"}, ("AA", "BB"), date(2014, 1, 1))

    check_schema(data)
    assert not any(part["same"] for part in data["parts"])
    assert all(part["not_encoded"] == ["BB"] for part in data["parts"])
    assert data["regions"][1]["ground"] is None
    ran = exoreg(
        "compare",
        "--source",
        "rose",
        "--use",
        "topical",
        "--region",
        "UK",
        "--region",
        "JP",
        "--as-of",
        "2014-01-01",
    )
    assert "cosmetic in the United Kingdom; not encoded for that day in Japan" in ran.out


@pytest.mark.parametrize(
    "stated",
    [
        {"source": "umbilical", "use": "topical"},
        {"source": "salmon", "use": "microneedled"},
        {"source": "?", "use": "injection", "claims": "disease"},
        {"source": "rose", "use": "topical", "claims": "hair-growth"},
    ],
)
def test_each_region_says_what_it_says_alone(compiled: CompiledBase, stated: dict[str, Any]) -> None:
    """Status, supply and first ground are those of ``check``; parts are the same exactly where all agree."""
    day = date(2026, 11, 22)
    data = data_of(compiled, stated, (*compiled.roots, "FR", "DE"), day)
    check_schema(data)
    product = Product.make(compiled.vocabulary, stated)
    for region in data["regions"]:
        alone = determine(compiled, product, region["region"], day)
        assert alone.outcome
        assert (region["status"], region["supply"], region["decides"]) == (
            alone.status,
            alone.supply,
            alone.decides,
        )
        assert region["ground"]["rule"] == alone.outcome.grounds[0]
        lawful = alone.supply in ("permitted", "trial-only")
        assert region["conditions"] == (len(alone.outcome.requires) if lawful else None)
    for part in data["parts"]:
        assert part["same"] == (len({region[part["part"]] for region in data["regions"]}) == 1)
        named = [name for value in part["values"] for name in value["regions"]]
        assert sorted(named) == sorted(region["region"] for region in data["regions"])


def test_one_region_has_nothing_to_be_compared_with() -> None:
    """A single region, also one named twice, is wrong usage and says what is missing."""
    ran = exoreg("compare", "--source", "rose", "--use", "topical", "--region", "UK", "--region", "MHRA")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("exoreg: there is nothing to compare `UK` with; name another `--region`\n")


@pytest.mark.parametrize(
    ("format", "has"), [("markdown", "| part | AA | BB |"), ("html", '<th scope="col">AA</th>')]
)
def test_it_is_also_markdown_and_html(format: str, has: str) -> None:
    """The same table as Markdown and as a page."""
    assert has in run("compare", "--source", "cord", "--use", "on-skin", "--format", format).out


@pytest.mark.parametrize("arguments", examples("compare"), ids=" ".join)
def test_the_examples_in_the_help_run(arguments: list[str]) -> None:
    """Each example ends well and prints a result."""
    ran = exoreg(*arguments)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out
