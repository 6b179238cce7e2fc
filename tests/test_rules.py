"""What must be true of the shipped rule base as a whole."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from exoreg.engine.determine import determine
from exoreg.engine.outcome import conclude
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product
from exoreg.law.rulebase import RuleBase
from exoreg.law.terms import Supply
from exoreg.lint.cases import run_cases
from tests.cli.run import exoreg

ROOTS = ("US", "UK", "EU", "JP", "KR")


def test_every_case_holds(base: RuleBase, compiled: CompiledBase) -> None:
    """Each worked example and each case beside a rule gets the answer it expects."""
    results = list(run_cases(base, compiled))

    assert len(results) > 700
    assert [f"{result.place}: {result.differences}" for result in results if result.differences] == []


def test_nothing_is_permitted_on_memory_alone(base: RuleBase) -> None:
    """Every rule that speaks for a permission cites at least one instrument that was read."""
    for rule in base.rules.values():
        permits = rule.supply is Supply.PERMITTED or (rule.supply is None and rule.status == "cosmetic")
        if permits:
            assert any(base.instruments[cited.id].verified.how == "seen" for cited in rule.cite), rule.id


def test_every_rule_is_needed(base: RuleBase, compiled: CompiledBase) -> None:
    """Without it, some case of its region gets another status, supply, ground, condition or caution.

    A rule that reads the register is silent while the register is empty; `test_an_authorised_product…` has it.
    """
    from exoreg.facts.product import FACTS

    alive: dict[str, list[tuple[set[int], object]]] = {}
    for result in run_cases(base, compiled):
        found = result.determination
        if found.outcome is None:
            continue
        region = compiled.region(found.region)
        masks = {
            mask for box in found.product.boxes(base.vocabulary) for mask in region.alive(box, found.as_of)
        }
        alive.setdefault(found.region, []).append((masks, result.case.expect))
    assert FACTS
    unneeded = []
    for rule in base.rules.values():
        if rule.authorised:
            continue
        if not any(
            _matters(compiled, region, masks, rule.id)
            for region, cases in alive.items()
            if rule.region in base.chain(region)
            for masks, _ in cases
        ):
            unneeded.append(rule.id)
    assert unneeded == []


def _matters(compiled: CompiledBase, name: str, masks: set[int], rule: str) -> bool:
    region = compiled.region(name)
    for mask in masks:
        rows = {owner for bit, owner in enumerate(region._owners) if mask >> bit & 1}
        with_it = [region.rows[owner] for owner in sorted(rows)]
        if any(row.id == rule for row in with_it):
            without = [row for row in with_it if row.id != rule]
            if conclude(without) != conclude(with_it):
                return True
    return False


def test_every_seller_s_argument_that_has_an_answer_cites_law(base: RuleBase) -> None:
    """An answer to a pitch rests on an instrument or a rule, and every argument is answered somewhere."""
    for key, answer in base.answers.items():
        assert answer.cite or answer.rules, key
    assert {argument for argument, _ in base.answers} == set(base.arguments)


def test_the_registers_are_empty_and_say_what_was_checked(base: RuleBase) -> None:
    """No exosome product is listed anywhere; each region says how that was checked and what was not."""
    for region in ROOTS:
        register = base.registers[region]
        assert register.products == ()
        assert register.checked
        assert register.not_checked


@pytest.mark.parametrize("region", ROOTS)
def test_an_authorised_product_would_be_permitted(base: RuleBase, region: str) -> None:
    """The rule that reads the register speaks once a product is listed there, and only with its document."""
    from dataclasses import replace

    from exoreg.engine.build import compile_base
    from exoreg.law.models import AuthorisedProduct, Period

    product = AuthorisedProduct(
        name="Example",
        holder="Example",
        in_force=Period.model_validate({"from": "2026-01-01"}),
        scope="Example",
    )
    registers = {**base.registers, region: base.registers[region].model_copy(update={"products": (product,)})}
    listed = CompiledBase(compile_base(replace(base, registers=registers)))
    facts = {"source": "umbilical", "use": "infusion", "claims": "disease"}
    bare = Product.make(base.vocabulary, facts)
    shown = Product.make(base.vocabulary, {**facts, "evidence": "marketing-authorisation"})

    assert determine(listed, bare, region, date(2026, 11, 22)).supply == "prohibited"
    assert determine(listed, shown, region, date(2026, 11, 22)).supply == "permitted"
    assert determine(listed, shown, region, date(2025, 12, 31)).supply == "prohibited"


def test_because_is_at_most_two_sentences_and_no_text_stands_twice(base: RuleBase) -> None:
    """Reasons are short, and what several rules share has one home."""
    texts = Counter(rule.because for rule in base.rules.values())
    texts += Counter(instrument.says for instrument in base.instruments.values())
    assert [text for text, count in texts.items() if count > 1] == []
    for rule in base.rules.values():
        sentences = re.findall(r"[.!?](?:\s+(?=[A-Z\"'“])|$)", rule.because)
        assert len(sentences) <= 2, f"{rule.id}: {rule.because}"


def test_urls_and_dates_are_well_formed(base: RuleBase) -> None:
    """Every cited address is a full one, and nothing was verified in the future."""
    for instrument in base.instruments.values():
        assert re.match(r"https?://[\w.-]+(:\d+)?/\S*$|https?://[\w.-]+$", instrument.url), instrument.id
        assert instrument.verified.on <= base.meta.reviewed, instrument.id
        if instrument.verified.how == "seen":
            assert instrument.verified.at, instrument.id


def test_documents_are_current() -> None:
    """The generated parts of the README and of the limitations say what the rule base says."""
    import subprocess
    import sys
    from pathlib import Path

    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, root / "docs" / "generate.py", "--check"], capture_output=True, text=True, cwd=root
    )
    assert done.returncode == 0, done.stdout


def test_the_project_speaks_of_itself_alone() -> None:
    """No path of a machine and no package registry's host stands in any file."""
    import subprocess
    from pathlib import Path

    root = Path(__file__).parent.parent
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True
    ).stdout.decode()
    words = (
        "/" + "work/main",
        "/" + "work/shared",
        "../" + "shared",
        "pypi" + ".org",
        "registry.npm" + "js",
        "deb.debian" + ".org",
    )
    found = [
        (name, word)
        for name in filter(None, names.split("\0"))
        for word in words
        if (root / name).is_file() and word.encode() in (root / name).read_bytes()
    ]
    assert found == []


def test_offline_help_has_examples() -> None:
    """The help of each command that answers shows how to call it."""
    for command in ("check", "ask", "explain"):
        assert "Examples:" in exoreg(command, "--help").out
