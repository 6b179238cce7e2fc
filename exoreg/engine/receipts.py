"""Comparing an earlier answer with a new one: what a receipt holds, and where two of them differ.

A receipt is the JSON answer of ``exoreg check``. It carries a digest of its own content, so that an altered byte
is found even when the rule base has moved on; it is no signature, and whoever alters it can also renew the digest.
With the same rule base that helps nobody: every field is then compared with the answer computed anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn

from exoreg.facts.product import FACTS, Product
from exoreg.facts.vocabulary import Vocabulary, WordError

Path = tuple[str | int, ...]


class NotAReceipt(ValueError):
    """The text is not a receipt at all; the message says why."""


class Malformed(ValueError):
    """A receipt with a part that no answer has; the message says which."""


class Verdict(StrEnum):
    """What became of a receipt."""

    SAME = "same"
    CHANGED = "changed"
    TAMPERED = "tampered"
    LOST = "cannot-recompute"


@dataclass(frozen=True, slots=True)
class Difference:
    """A value in the receipt that is another in the answer computed now; ``None`` on a side that has none.

    ``has`` says on which sides there is a value: ``both``, ``receipt`` or ``now``.
    """

    path: Path
    receipt: Any
    now: Any
    has: str = "both"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a receipt was asked: the product and, for each determination, the region and the day."""

    product: Product
    places: tuple[tuple[str, date], ...]


def digest(data: Mapping[str, Any]) -> str:
    """The digest that a receipt with this content carries, its own ``digest`` left out."""
    rest = {key: value for key, value in data.items() if key != "digest"}
    canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def read_receipt(content: bytes, schema: str) -> dict[str, Any]:
    """The data of a receipt.

    Raises:
        NotAReceipt: it is not JSON, or not in the format that ``schema`` names.
    """
    try:
        data = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_no_repeats, parse_constant=_no_constant
        )
    except UnicodeDecodeError as error:
        raise NotAReceipt(f"it is not UTF-8 text: byte {error.start + 1} cannot be read") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise NotAReceipt(f"it is not JSON: {error.msg[:1].lower()}{error.msg[1:]} at {where}") from None
    except RecursionError:
        raise NotAReceipt("it is nested too deeply") from None
    except NotAReceipt:
        raise
    except ValueError as error:
        raise NotAReceipt(f"it is not JSON: {error}") from None
    if not isinstance(data, dict) or "schema" not in data:
        raise NotAReceipt(f"it has no `schema`; a receipt has `{schema}`")
    if data["schema"] != schema:
        raise NotAReceipt(f"its `schema` is `{_short(data['schema'])}`; a receipt has `{schema}`")
    return data


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise NotAReceipt(f"it has two values for `{_short(key)}` in one place")
        found[key] = value
    return found


def _no_constant(word: str) -> NoReturn:
    raise NotAReceipt(f"it is not JSON: found `{word}`")


def inputs(data: Mapping[str, Any], vocabulary: Vocabulary) -> Inputs:
    """What the receipt says it was asked.

    Raises:
        Malformed: a part that every answer has is missing or has the wrong shape.
        WordError: a word or region is not in this vocabulary.
        ProductError: the facts contradict each other.
    """
    product, assumed = data.get("product"), data.get("assumed")
    if not isinstance(product, dict) or sorted(product) != sorted(FACTS):
        raise Malformed("`product` does not hold exactly the facts of a product")
    if not isinstance(assumed, list) or not all(fact in FACTS for fact in assumed):
        raise Malformed("`assumed` is not a list of facts")
    stated = {}
    for fact, value in product.items():
        words = (value,) if isinstance(value, str) else value
        if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
            raise Malformed(f"`product.{fact}` is neither a word nor a list of words")
        if fact not in assumed:
            stated[fact] = tuple(words)
    determinations = data.get("determinations")
    if not isinstance(determinations, list) or not determinations:
        raise Malformed("`determinations` is not a list of answers")
    if not isinstance(data.get("rulebase"), dict) or not isinstance(data["rulebase"].get("sha256"), str):
        raise Malformed("`rulebase` does not name a rule base")
    places = [_place(number, answer, vocabulary) for number, answer in enumerate(determinations, 1)]
    return Inputs(Product.make(vocabulary, stated), tuple(places))


def _place(number: int, answer: Any, vocabulary: Vocabulary) -> tuple[str, date]:
    if not isinstance(answer, dict):
        raise Malformed(f"determination {number} is not an answer")
    region, day = answer.get("region"), answer.get("as_of")
    if not isinstance(region, str) or not isinstance(day, str):
        raise Malformed(f"determination {number} does not say for which region and day it is")
    try:
        return vocabulary.regions.resolve(region), date.fromisoformat(day)
    except WordError:
        raise
    except ValueError:
        raise Malformed(f"determination {number} has `{_short(day)}` for a day") from None


def differences(receipt: Any, now: Any, path: Path = ()) -> Iterator[Difference]:
    """Every leaf in which two answers differ, in the order in which they are read."""
    # `True == 1` in Python, but not in a receipt.
    if type(receipt) is not type(now):
        yield Difference(path, receipt, now)
    elif isinstance(receipt, dict):
        for key in dict.fromkeys((*now, *receipt)):
            yield from _member(receipt, now, key, key in receipt, key in now, path)
    elif isinstance(receipt, list):
        for number in range(max(len(receipt), len(now))):
            yield from _member(receipt, now, number, number < len(receipt), number < len(now), path)
    elif receipt != now:
        yield Difference(path, receipt, now)


def _member(
    receipt: Any, now: Any, key: str | int, in_receipt: bool, in_now: bool, path: Path
) -> Iterator[Difference]:
    if in_receipt and in_now:
        yield from differences(receipt[key], now[key], (*path, key))
    elif in_receipt:
        yield Difference((*path, key), receipt[key], None, "receipt")
    else:
        yield Difference((*path, key), None, now[key], "now")


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that changed an answer: it ``speaks`` now, is ``silent`` now, or is ``reworded`` (or cites otherwise)."""

    rule: str
    how: str


def rule_changes(receipt: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[RuleChange]:
    """The rules (and conditions and statements) in which two answers for one region and day differ."""
    old, new = _spoken(receipt), _spoken(now)
    for id in dict.fromkeys((*new, *old)):
        if id not in old:
            yield RuleChange(id, "speaks")
        elif id not in new:
            yield RuleChange(id, "silent")
        elif old[id] != new[id]:
            yield RuleChange(id, "reworded")


def _spoken(answer: Mapping[str, Any]) -> dict[str, list[Any]]:
    """All that an answer shows of each rule, condition and statement, with the part in which it shows it."""
    found: dict[str, list[Any]] = {}
    for part in ("grounds", "also", "overridden", "conditions", "cautions", "statements"):
        items = answer.get(part)
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict):
                id = item.get("rule") or item.get("condition") or item.get("statement")
                found.setdefault(str(id), []).append((part, item))
    return found


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
