"""``exoreg verify``: an answer that was altered, or that the law has left behind, is found and told."""

from __future__ import annotations

import copy
import json
import random
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.engine.build import build
from exoreg.engine.determine import determine
from exoreg.engine.receipts import NotAReceipt, differences, digest, read_receipt
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product
from exoreg.render.data import CHECK, as_json, check_data
from exoreg.render.verify import verify_data, verify_document
from tests.cli.run import exoreg
from tests.render.made_up import RULES, check_schema, examples, made_up

DAY = date(2026, 2, 1)


def receipt_of(base: CompiledBase, stated: dict[str, Any], *regions: str, day: date = DAY) -> dict[str, Any]:
    """A receipt as ``check --format json`` writes it."""
    product = Product.make(base.vocabulary, stated)
    found = [determine(base, product, region, day) for region in regions]
    return read_receipt(as_json(check_data(base, product, found)).encode(), CHECK)


def verified(base: CompiledBase, receipt: dict[str, Any]) -> dict[str, Any]:
    """What becomes of a receipt, held against its schema; its report can always be drawn."""
    data: dict[str, Any] = json.loads(as_json(verify_data(base, receipt)))
    check_schema(data)
    assert verify_document(data).blocks
    return data


def renewed(receipt: dict[str, Any]) -> dict[str, Any]:
    """The receipt with a digest that fits, as somebody would make it who knows how."""
    return {**receipt, "digest": digest(receipt)}


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in the data that is no mapping and no list with something in it."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    paths = [leaf for key, value in inner for leaf in leaves(value, (*path, key))]
    yield from paths or [path]


def at(data: Any, path: tuple[Any, ...]) -> Any:
    """The value at a path."""
    for key in path:
        data = data[key]
    return data


@pytest.fixture(scope="module")
def receipts(compiled: CompiledBase) -> list[dict[str, Any]]:
    """Real receipts: prohibited, permitted, not settled, depending, and of a day before the law is encoded."""
    day = date(2026, 11, 22)
    return [
        receipt_of(compiled, {"source": "umbilical", "use": "topical"}, "UK", "KR", day=day),
        receipt_of(compiled, {"source": "salmon", "use": "topical"}, "UK", day=day),
        receipt_of(compiled, {"source": "rose", "use": "microneedled"}, "EU", day=day),
        receipt_of(compiled, {"source": "human", "use": "?", "claims": ("hair-growth",)}, "US", day=day),
        receipt_of(compiled, {"source": "rose", "use": "topical"}, "JP", day=date(2001, 1, 1)),
    ]


def test_an_untouched_receipt_is_the_same(compiled: CompiledBase, receipts: list[dict[str, Any]]) -> None:
    """Every kind of answer, computed anew with the same rule base, is the same."""
    for receipt in receipts:
        found = verified(compiled, receipt)
        assert (found["verdict"], found["differences"]) == ("same", [])


_ODD = st.one_of(st.text(max_size=8), st.integers(-3, 3), st.booleans(), st.none(), st.just([]), st.just({}))


@settings(max_examples=150, deadline=None)
@given(number=st.integers(0, 4), where=st.floats(0, 1, exclude_max=True), other=_ODD)
def test_any_changed_value_is_found(
    compiled: CompiledBase, receipts: list[dict[str, Any]], number: int, where: float, other: Any
) -> None:
    """Whichever value of a receipt becomes another, even one that is equal but of another kind, it is found."""
    receipt = copy.deepcopy(receipts[number])
    paths = list(leaves(receipt))
    path = paths[int(where * len(paths))]
    old = at(receipt, path)
    if json.dumps(old) == json.dumps(other):
        other = "another"
    at(receipt, path[:-1])[path[-1]] = other
    try:
        again = read_receipt(json.dumps(receipt).encode(), CHECK)
    except NotAReceipt:
        assert path == ("schema",)
        return
    found = verified(compiled, again)
    assert (found["verdict"], found["digest_fits"]) == ("tampered", False)


def test_any_changed_byte_that_matters_is_found(
    compiled: CompiledBase, receipts: list[dict[str, Any]]
) -> None:
    """One byte changed anywhere is found, unless the data stays the same (white space, or an escape)."""
    pick = random.Random(6)
    content = as_json(receipts[1]).encode()
    for _ in range(150):
        place = pick.randrange(len(content))
        changed = content[:place] + bytes([content[place] ^ (1 << pick.randrange(7))]) + content[place + 1 :]
        try:
            receipt = read_receipt(changed, CHECK)
        except NotAReceipt:
            continue
        same = json.dumps(receipt) == json.dumps(receipts[1])
        assert (verified(compiled, receipt)["verdict"] == "same") == same, place


@settings(max_examples=60, deadline=None)
@given(number=st.integers(0, 4), where=st.floats(0, 1, exclude_max=True))
def test_an_answer_altered_with_a_renewed_digest_is_found_too(
    compiled: CompiledBase, receipts: list[dict[str, Any]], number: int, where: float
) -> None:
    """Whoever also renews the digest is found out by computing: the answer does not follow from its facts and law.

    Only facts and day remain, and those make the receipt of another question, with its own right answer or none.
    """
    receipt = copy.deepcopy(receipts[number])
    asked = ("schema", "digest", "product", "assumed", "region", "as_of", "sha256")
    paths = [path for path in leaves(receipt) if not any(key in path[:1] or key == path[-1] for key in asked)]
    path = paths[int(where * len(paths))]
    old = at(receipt, path)
    at(receipt, path[:-1])[path[-1]] = "permitted" if old != "permitted" else "prohibited"

    found = verified(compiled, renewed(receipt))

    assert (found["verdict"], found["digest_fits"]) == ("tampered", True)
    told = [tuple(d["path"]) for d in found["differences"]]
    assert any(path[: len(place)] == place for place in told)


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (lambda r: r.pop("product"), "`product` does not hold exactly the facts of a product"),
        (lambda r: r["product"].pop("form"), "`product` does not hold exactly the facts of a product"),
        (lambda r: r["product"].update(form=7), "`product.form` is neither a word nor a list of words"),
        (lambda r: r["product"].update(use="nowhere"), "`nowhere` is not a use that exoreg knows"),
        (lambda r: r.update(assumed="form"), "`assumed` is not a list of facts"),
        (lambda r: r.update(assumed=[["form"]]), "`assumed` is not a list of facts"),
        (lambda r: r.update(determinations=[]), "`determinations` is not a list of answers"),
        (lambda r: r.update(determinations=[5]), "determination 1 is not an answer"),
        (
            lambda r: r["determinations"][0].pop("as_of"),
            "determination 1 does not say for which region and day it is",
        ),
        (lambda r: r["determinations"][0].update(as_of="soon"), "determination 1 has `soon` for a day"),
        (lambda r: r["determinations"][0].update(region="XX"), "`XX` is not a region that exoreg knows"),
        (lambda r: r.update(rulebase=None), "`rulebase` does not name a rule base"),
    ],
)
def test_malformed_data_is_tampered_and_says_where(change: Any, because: str) -> None:
    """A receipt with a part missing or of the wrong kind is named as such, even when its digest fits."""
    receipt = receipt_of(made_up(), {"source": "fish", "use": "on-skin"}, "AA")
    change(receipt)

    found = verified(made_up(), renewed(receipt))

    assert (found["verdict"], found["because"]) == ("tampered", because)


def changed_rules(folder: Path, file: str, old: str, new: str) -> CompiledBase:
    """The made-up rule base with one change."""
    shutil.copytree(RULES, folder)
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))
    return CompiledBase(build([folder]))


def test_another_rule_base_with_the_same_answer_is_the_same(tmp_path: Path) -> None:
    """A rule base that has moved on elsewhere leaves the answer the same."""
    later = changed_rules(
        tmp_path / "rules", "rules.yaml", "The office recalled a batch.", "A batch came back."
    )
    receipt = receipt_of(made_up(), {"source": "fish", "use": "on-skin"}, "AA")

    found = verified(later, receipt)

    assert (found["verdict"], found["same_rulebase"]) == ("same", False)


def test_a_changed_answer_names_the_rules_that_changed_it(tmp_path: Path) -> None:
    """A ban that did not hold on the day holds now: the new rule and what it replaced are named."""
    later = changed_rules(tmp_path / "rules", "rules.yaml", "{source: human, use: on-skin}", "{use: on-skin}")
    receipt = receipt_of(made_up(), {"source": "fish", "use": "on-skin"}, "AA")

    found = verified(later, receipt)

    assert (found["verdict"], found["because"]) == (
        "changed", "with the present rule base status or supply is another in AA",
    )  # fmt: skip
    (answer,) = found["answers"]
    assert answer["then"] == {"status": "cosmetic", "supply": "permitted"}
    assert answer["now"] == {"status": "unlawful", "supply": "prohibited"}
    assert {(rule["rule"], rule["how"]) for rule in answer["rules"]} == {
        ("aa.ban.human", "speaks"), ("aa.cosmetic.skin", "reworded"),
        ("aa-cond-file", "silent"), ("aa-cond-label", "silent"),
    }  # fmt: skip


def test_a_reworded_rule_changes_what_stands_behind_an_answer(tmp_path: Path) -> None:
    """The same status and supply on another wording is told as that, with the rule."""
    later = changed_rules(tmp_path / "rules", "rules.yaml", "Human material is barred.", "No human material.")
    receipt = receipt_of(made_up(), {"source": "cord", "use": "on-skin"}, "AA")

    found = verified(later, receipt)

    assert (
        found["because"]
        == "status and supply are the same, but what stands behind them has changed with the rule base"
    )
    assert [(r["rule"], r["how"]) for r in found["answers"][0]["rules"]] == [("aa.ban.human", "reworded")]
    assert [d["where"] for d in found["differences"]] == ["AA, grounds 1, because"]


def test_an_altered_receipt_of_another_rule_base_is_found(tmp_path: Path) -> None:
    """Where the old rule base is gone the digest still tells an altered receipt from a changed law."""
    later = changed_rules(tmp_path / "rules", "rules.yaml", "Human material is barred.", "No human material.")
    receipt = receipt_of(made_up(), {"source": "cord", "use": "on-skin"}, "AA")
    receipt["determinations"][0]["supply"] = "permitted"

    found = verified(later, receipt)

    assert (found["verdict"], found["same_rulebase"]) == ("tampered", False)


def test_a_word_that_is_no_more_cannot_be_recomputed(tmp_path: Path) -> None:
    """A value that the vocabulary has lost: the receipt cannot be recomputed, and the word is named."""
    later = changed_rules(
        tmp_path / "rules", "vocabulary.yaml", "{id: fat, title: fat}", "{id: suet, title: suet}"
    )
    receipt = receipt_of(made_up(), {"source": "fat", "use": "on-skin"}, "AA")

    found = verified(later, receipt)

    assert (found["verdict"], found["because"]) == (
        "cannot-recompute",
        "`fat` is not a source that exoreg knows",
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "it is not JSON: expecting value at line 1, column 1"),
        (b"\xff\xfe", "it is not UTF-8 text: byte 1 cannot be read"),
        (b"[1, 2", "it is not JSON: expecting ',' delimiter at line 1, column 6"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b"9" * 10_000, "it is not JSON: "),
        (b"[]", "it has no `schema`; a receipt has `exoreg.check/1`"),
        (b'{"schema": "exoreg.vet/1"}', "its `schema` is `exoreg.vet/1`; a receipt has `exoreg.check/1`"),
        (b'{"schema": 1, "schema": 2}', "it has two values for `schema` in one place"),
        (b'{"schema": NaN}', "it is not JSON: found `NaN`"),
    ],
    ids=str,
)
def test_what_is_no_receipt_is_refused_in_one_sentence(content: bytes, told: str) -> None:
    """Anything that is not a receipt: exit code 2 and why, nothing on standard output."""
    with pytest.raises(NotAReceipt) as caught:
        read_receipt(content, CHECK)

    assert str(caught.value).startswith(told)


def test_exit_codes_and_words(tmp_path: Path) -> None:
    """0 the same, 1 altered with the first differences in words, 2 not a receipt or not there."""
    answer = tmp_path / "answer.json"
    asked = ("--source", "cord", "--use", "on-skin", "--rules", str(RULES), "--as-of", "2026-02-01")
    assert exoreg("check", *asked, "--region", "AA", "--format", "json", "-o", str(answer)).code == 0
    rules = ("--rules", str(RULES))

    same = exoreg("verify", str(answer), *rules)
    assert (same.code, same.err) == (0, "")
    assert same.out.startswith(
        "The answer is the same\nComputed anew, every part of the answer is the same.\n"
    )

    altered = answer.read_text().replace('"supply": "prohibited"', '"supply": "permitted"', 1)
    piped = exoreg("verify", "-", *rules, stdin=altered)
    assert (piped.code, piped.err) == (1, "")
    assert piped.out.startswith(
        "The receipt was altered\n"
        "Its digest does not fit its content, so it was altered after it was written.\n"
        "\n"
        "Differences, first to last\n"
        "  - AA, supply: the receipt has `permitted`, an answer computed now `prohibited`\n"
    )
    as_data = exoreg("verify", "-", *rules, "--format", "json", stdin=altered)
    assert (as_data.code, json.loads(as_data.out)["verdict"]) == (1, "tampered")

    for bad, code, told in ((tmp_path / "none.json", 3, "no such file"), (tmp_path, 2, "is a directory")):
        ran = exoreg("verify", str(bad))
        assert (ran.code, ran.out) == (code, "") and told in ran.err
    ran = exoreg("verify", "-", stdin="{}")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("exoreg: `-` is not a receipt: it has no `schema`")


def test_text_in_a_receipt_never_acts_on_the_terminal(tmp_path: Path) -> None:
    """Control characters in an altered receipt are shown by their codes."""
    receipt = receipt_of(made_up(), {"source": "fish", "use": "on-skin"}, "AA")
    receipt["determinations"][0]["headline"] = "\x1b[2J\u202e"

    ran = exoreg("verify", "-", "--rules", str(RULES), stdin=json.dumps(receipt))

    assert ran.code == 1
    assert "<U+001B>[2J<U+202E>" in ran.out and "\x1b" not in ran.out


def test_the_examples_in_the_help_run_one_after_the_other(tmp_path: Path) -> None:
    """The answer that the first example writes is the one that the others verify."""
    for arguments in examples("verify"):
        ran = exoreg(*arguments, cwd=tmp_path)
        assert (ran.code, ran.err) == (0, ""), arguments


@given(
    data=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=12,
    )
)
def test_nothing_differs_from_itself_and_a_difference_stands_where_it_is(data: Any) -> None:
    """Data has no difference from itself; a value of a kind that it never has is found at its path."""
    assert list(differences(data, json.loads(json.dumps(data)))) == []
    other = copy.deepcopy({"root": data})
    path = next(leaves(other))
    at(other, path[:-1])[path[-1]] = 0.5

    assert [difference.path for difference in differences({"root": data}, other)] == [path]
