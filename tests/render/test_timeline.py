"""``exoreg timeline``: every day on which something changes, with the rules that did it, and no other day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.engine.determine import determine
from exoreg.engine.store import CompiledBase
from exoreg.engine.timeline import timeline
from exoreg.facts.product import Product
from exoreg.render.timeline import timeline_data
from tests.cli.run import exoreg
from tests.render.made_up import check_schema, examples, made_up, run, text_of


def data_of(base: CompiledBase, stated: dict[str, Any], region: str, as_of: date) -> dict[str, Any]:
    """The timeline of one region as data, through JSON as a program reads it."""
    product = Product.make(base.vocabulary, stated)
    turns = {region: list(timeline(base, product, region))}
    found: dict[str, Any] = json.loads(json.dumps(timeline_data(base, product, as_of, turns)))
    return found


def test_a_change_is_told_with_the_rule_that_began_and_what_it_set_aside() -> None:
    """Everything on every day: the change of answer, then days on which only a part of it changes."""
    assert text_of("timeline", "--source", "cord", "--use", "on-skin", "--region", "AA", "--explain") == (
        "When the answer changes: cord · on the skin · looks only\n"
        "\n"
        "Aland\n"
        "  - 2010-01-01 (earliest day encoded): cosmetic, may be supplied, under conditions\n"
        "    Ground: On the skin it is a cosmetic aa.cosmetic.skin\n"
        "  - 2020-01-01 changes: cosmetic, may be supplied, under conditions → unlawful, may not be supplied\n"
        "    Begins: Nothing human on the skin aa.ban.human: section 1, Skin Act [statute] https://law.example/aa/1\n"
        "    Set aside: On the skin it is a cosmetic aa.cosmetic.skin, by: Nothing human on the skin aa.ban.human\n"
        "    No longer a condition: Product file\n"
        "  - 2021-05-01: only statements change; still unlawful, may not be supplied\n"
        "    the AA office: It looked into exosomes on the skin.\n"
        "  - 2023-01-01: only cautions change; still unlawful, may not be supplied\n"
        "    Begins: A recall is running aa.caution.recall: section 1, Skin Act [statute] https://law.example/aa/1\n"
        "    New caution: A batch of snail was recalled.\n"
        "  - 2025-01-01 [holds on 2026-02-01]: only cautions change; still unlawful, may not be supplied\n"
        "    Ends: A recall is running aa.caution.recall: section 1, Skin Act [statute] https://law.example/aa/1\n"
        "    No longer a caution: A batch of snail was recalled.\n"
        "Days after 2026-01-01 show only law that had already been adopted on that day.\n"
        "\n"
        "Assumed, because nobody said\n"
        "donor: another person; form: isolated; claims: looks only; setting: sold; evidence: none.\n"
    )


def test_without_explain_days_with_nothing_but_statements_are_counted() -> None:
    """A regulator's statement changes nothing of the answer: its day is counted, not told."""
    text = text_of("timeline", "--source", "snail", "--use", "on-skin", "--region", "AA")

    assert "2021-05-01" not in text
    assert "and 1 day on which only statements came (--explain)" in text
    assert "What it is in law, and whether it may be supplied, is the same on every day encoded." in text
    assert (
        "  - 2022-01-01: only conditions change; still cosmetic, may be supplied, under conditions\n"
        "    Begins: A label is needed aa.requires.label: section 1, Skin Act [statute] https://law.example/aa/1\n"
        "    New condition: Label\n"
    ) in text


def test_a_rule_that_ends_gives_back_what_it_had_set_aside() -> None:
    """When an exception ends, the rule that it had set aside holds again, and who decides is told anew."""
    text = text_of("timeline", "--source", "snail", "--use", "needled-deep", "--region", "AA")

    assert (
        "  - 2013-01-01 changes: cosmetic, may be supplied, under conditions → not settled, do not supply until "
        "it is settled\n"
        "    Ends: For a year snail under deep needles was a cosmetic aa.cosmetic.snail\n"
        "    No longer set aside: Needles are not settled aa.unsettled.needled\n"
        "    Who decides: the AA office\n"
        "    Confidence: medium\n"
    ) in text


def test_law_adopted_for_a_later_day_is_to_come() -> None:
    """A rule of the year after is shown with its day, as law that is still to come."""
    text = text_of("timeline", "--source", "fish", "--use", "needled-shallow", "--region", "AA")

    assert "  - 2010-01-01 [holds on 2026-02-01] (earliest day encoded): not settled" in text
    assert (
        "  - 2027-01-01 [to come] changes: not settled, do not supply until it is settled → cosmetic" in text
    )


def test_before_the_earliest_day_nothing_holds() -> None:
    """Asked from a day of which the law is not encoded, the timeline says so and marks no day as now."""
    ran = exoreg(
        "timeline", "--source", "rose", "--use", "topical", "--region", "UK", "--as-of", "2000-01-01"
    )

    assert "The law here is encoded from 2013-07-11 on, and 2000-01-01 is earlier." in ran.out
    assert "holds on" not in ran.out


words = st.fixed_dictionaries(
    {},
    optional={
        "source": st.sampled_from(["cord", "human", "fish", "animal", "snail", "plant", "?"]),
        "use": st.sampled_from(["on-skin", "needled", "needled-deep", "needled-shallow"]),
        "claims": st.sampled_from(["looks", "disease", "?"]),
        "donor": st.just("?"),
    },
)


@settings(max_examples=40, deadline=None)
@given(stated=words, region=st.sampled_from(["AA", "BB"]))
def test_between_two_days_told_nothing_changes_and_on_each_something_does(
    stated: dict[str, Any], region: str
) -> None:
    """On every day that a rule begins or ends ``check`` says what the timeline says; other days are never told."""
    base = made_up()
    data = data_of(base, stated, region, date(2026, 2, 1))
    check_schema(data)
    turns = {turn["day"]: turn for turn in data["timelines"][0]["days"]}
    product = Product.make(base.vocabulary, stated)
    compared = ("status", "supply", "confidence")
    before: Any = None
    for first in base.region(region).days:
        found = determine(base, product, region, date.fromisoformat(first))
        assert found.outcome
        shown = (*(getattr(found, name) for name in compared), found.outcome)
        if first in turns:
            assert [turns[first][name] for name in compared] == list(shown[:3])
            assert [ground["rule"] for ground in turns[first]["grounds"]] == list(found.outcome.grounds)
            assert (turns[first]["kind"] == "answer") == (before is not None and before[:2] != shown[:2])
        else:
            assert _sets(before) == _sets(shown)
        before = shown


def _sets(shown: Any) -> Any:
    *rest, outcome = shown
    parts = [outcome.grounds, outcome.also, outcome.requires, outcome.cautions, outcome.statements]
    return (*rest, *map(set, parts))


def test_every_change_of_an_answer_names_a_rule_that_made_it(compiled: CompiledBase) -> None:
    """In the shipped law no answer changes without a rule that begins, ends, or is set aside or restored."""
    told = 0
    for region in compiled.roots:
        for source, use in (
            ("umbilical", "topical"),
            ("salmon", "microneedled-dermal"),
            ("bovine-other", "topical"),
        ):
            data = data_of(compiled, {"source": source, "use": use}, region, date(2026, 11, 22))
            check_schema(data)
            for turn in data["timelines"][0]["days"]:
                if turn["kind"] == "answer":
                    told += 1
                    assert turn["began"] or turn["ended"] or turn["set_aside"] or turn["restored"], turn
    assert told


def test_now_is_the_last_day_not_later_than_the_one_asked(compiled: CompiledBase) -> None:
    """The day marked as now is the one whose answer ``check`` gives."""
    stated = {"source": "umbilical", "use": "topical"}
    day = date.fromisoformat(compiled.region("UK").earliest)
    while day < date(2028, 1, 1):
        (found,) = data_of(compiled, stated, "UK", day)["timelines"]
        days = [turn["day"] for turn in found["days"]]
        assert found["now"] == max(first for first in days if first <= day.isoformat())
        day += timedelta(days=500)


@pytest.mark.parametrize(("format", "has"), [("markdown", "# When the answer changes"), ("html", "<h1>When")])
def test_it_is_also_markdown_and_html(format: str, has: str) -> None:
    """The same timeline as Markdown and as a page."""
    assert has in run("timeline", "--source", "cord", "--use", "on-skin", "--format", format).out


@pytest.mark.parametrize("arguments", examples("timeline"), ids=" ".join)
def test_the_examples_in_the_help_run(tmp_path: Path, arguments: list[str]) -> None:
    """Each example ends well and leaves a result."""
    ran = exoreg(*arguments, cwd=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out or list(tmp_path.iterdir())
