"""A receipt computed anew: same, changed (and by which rules), tampered with, or no longer computable."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from exoreg.engine.determine import GapError, determine
from exoreg.engine.receipts import (
    Difference,
    Malformed,
    Path,
    Verdict,
    differences,
    digest,
    inputs,
    rule_changes,
)
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import ProductError
from exoreg.facts.vocabulary import WordError
from exoreg.render.data import NOTICE, as_json, check_data, rulebase_data
from exoreg.render.document import Block, Document, Heading, Item, Items, Span, Spans, Tone, paragraph, spans
from exoreg.render.report import answer_spans

VERIFY = "exoreg.verify/1"

MOST = 10
"""How many differences are listed; the rest are counted."""

Data = Mapping[str, Any]

_HOW = {
    "speaks": "speaks of the product now",
    "silent": "no longer speaks of it",
    "reworded": "says or cites something else now",
}

_TITLES = {
    Verdict.SAME: "The answer is the same",
    Verdict.CHANGED: "The answer has changed",
    Verdict.TAMPERED: "The receipt was altered",
    Verdict.LOST: "The receipt cannot be recomputed",
}


def verify_data(base: CompiledBase, receipt: Data) -> dict[str, Any]:
    """What becomes of a receipt with this rule base, as ``exoreg.verify/1``.

    Args:
        base: the present rule base.
        receipt: the data of a receipt, as ``read_receipt`` gives it.
    """
    whole = receipt.get("digest") == digest(receipt)
    stated = receipt.get("rulebase")
    same_rules = isinstance(stated, dict) and stated.get("sha256") == base.sha256
    now: dict[str, Any] | None = None
    trouble, malformed = None, False
    try:
        question = inputs(receipt, base.vocabulary)
        found = [determine(base, question.product, region, day) for region, day in question.places]
        # Through JSON, as the receipt came: words, not members of enums.
        now = json.loads(as_json(check_data(base, question.product, found)))
    except Malformed as error:
        trouble, malformed = str(error), True
    except (WordError, ProductError, GapError) as error:
        trouble = str(error)
    differing = list(differences(_body(receipt, same_rules), _body(now, same_rules))) if now else []
    if malformed or not whole or (same_rules and (trouble or differing)):
        verdict = Verdict.TAMPERED
    elif trouble:
        verdict = Verdict.LOST
    else:
        verdict = Verdict.CHANGED if differing else Verdict.SAME
    return {
        "schema": VERIFY,
        "verdict": str(verdict),
        "because": _because(verdict, whole or malformed, same_rules, trouble, receipt, now),
        "digest_fits": whole,
        "same_rulebase": same_rules,
        "rulebase": rulebase_data(base),
        "receipt": {"version": _text(stated, "version"), "sha256": _text(stated, "sha256")},
        "answers": _answers(base, receipt, now) if now and verdict is Verdict.CHANGED else [],
        "differences": [_difference_data(receipt, d) for d in differing[:MOST]],
        "further_differences": max(0, len(differing) - MOST),
        "notice": NOTICE,
    }


def _body(data: Data | None, same_rules: bool) -> dict[str, Any]:
    """What is compared: all but the digest, and the words that claims were read from, which no answer repeats.

    With another rule base its own description differs, as it must.
    """
    left_out = ("digest", "claim_text") if same_rules else ("digest", "claim_text", "rulebase")
    return {key: value for key, value in (data or {}).items() if key not in left_out}


def _text(data: Any, key: str) -> str | None:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, str) else None


def _because(
    verdict: Verdict,
    whole: bool,
    same_rules: bool,
    trouble: str | None,
    receipt: Data,
    now: Data | None,
) -> str:
    """The verdict in one sentence."""
    if verdict is Verdict.SAME:
        return (
            "computed anew, every part of the answer is the same"
            if same_rules
            else "computed anew with the present rule base, which is another, every part of the answer is the same"
        )
    if verdict is Verdict.CHANGED:
        assert now is not None
        moved = [
            new["region"]
            for old, new in zip(receipt["determinations"], now["determinations"], strict=True)
            if (old.get("status"), old.get("supply")) != (new["status"], new["supply"])
        ]
        if moved:
            return f"with the present rule base status or supply is another in {', '.join(moved)}"
        return "status and supply are the same, but what stands behind them has changed with the rule base"
    if not whole:
        return "its digest does not fit its content, so it was altered after it was written"
    if trouble:
        return trouble
    return "its answer does not follow from the rule base that it names, though that is the present one"


def _answers(base: CompiledBase, receipt: Data, now: Data) -> list[dict[str, Any]]:
    """For each determination that differs the answer then and now, and the rules that made the difference."""
    found = []
    for old, new in zip(receipt["determinations"], now["determinations"], strict=True):
        if old != new:
            rules = [
                {"rule": change.rule, "title": _title(base, change.rule, new["region"]), "how": change.how}
                for change in rule_changes(old, new)
            ]
            found.append(
                {
                    "region": new["region"],
                    "as_of": new["as_of"],
                    "then": {key: _text(old, key) for key in ("status", "supply")},
                    "now": {"status": new["status"], "supply": new["supply"]},
                    "rules": rules,
                }
            )
    return found


def _title(base: CompiledBase, id: str, region: str) -> str | None:
    """The title of a rule, condition or statement that the present rule base has."""
    for kind in ("rule", "condition", "statement"):
        try:
            return str(base.text(kind, id, region).get("title") or id)
        except KeyError:
            continue
    return None


def _difference_data(receipt: Data, difference: Difference) -> dict[str, Any]:
    return {
        "path": list(difference.path),
        "where": where(receipt, difference.path),
        "has": difference.has,
        "receipt": difference.receipt,
        "now": difference.now,
    }


def where(receipt: Data, path: Path) -> str:
    """A place in a receipt in words: ``UK, grounds 1, citations 2, pinpoint``."""
    words: list[str] = []
    steps = list(path)
    if steps[:1] == ["determinations"] and len(steps) > 1 and isinstance(steps[1], int):
        answers = receipt.get("determinations")
        answer = answers[steps[1]] if isinstance(answers, list) and steps[1] < len(answers) else None
        words.append(_text(answer, "region") or f"determination {steps[1] + 1}")
        steps = steps[2:]
    for step in steps:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step).replace("_", " "))
    return ", ".join(words) or "the whole"


def verify_document(data: Data) -> Document:
    """What became of a receipt, as a document."""
    verdict = Verdict(data["verdict"])
    blocks: list[Block] = [Heading(_TITLES[verdict], 1)]
    because = data["because"]
    blocks.append(paragraph(f"{because[:1].upper()}{because[1:]}."))
    for answer in data["answers"]:
        blocks.append(Heading(f"{answer['region']} on {answer['as_of']}"))
        blocks.append(paragraph(*_then_and_now(answer)))
        blocks.append(Items(tuple(Item(_rule(rule)) for rule in answer["rules"])))
    if data["differences"]:
        blocks.append(Heading("Differences, first to last"))
        blocks.append(Items(tuple(Item(spans(*_difference(d))) for d in data["differences"])))
        if data["further_differences"]:
            blocks.append(paragraph(f"and {data['further_differences']} more", note=True))
    if verdict is Verdict.TAMPERED and data["digest_fits"]:
        blocks.append(
            paragraph(
                "Another version of exoreg may word an answer otherwise; compare with the same one.",
                note=True,
            )
        )
    then, base = data["receipt"], data["rulebase"]
    written = f"Receipt of rule base {then['version'] or 'not named'}" + (
        "" if data["same_rulebase"] else ", another one"
    )
    blocks.append(
        paragraph(
            f"{written}; computed with rule base {base['version']}, reviewed {base['reviewed']}. ",
            data["notice"],
            note=True,
        )
    )
    return Document(_TITLES[verdict], blocks)


def _then_and_now(answer: Data) -> Iterator[str | Span]:
    yield from answer_spans(answer["now"])
    if answer["then"] == answer["now"]:
        yield ", as before."
    else:
        yield f"; the receipt says {answer['then']['status']}, {answer['then']['supply']}."


def _rule(rule: Data) -> Spans:
    title = f" ({rule['title']})" if rule["title"] and rule["title"] != rule["rule"] else ""
    return spans(Span(rule["rule"], Tone.CODE), f"{title}: {_HOW[rule['how']]}")


def _difference(difference: Data) -> Iterator[str | Span]:
    yield Span(f"{difference['where']}: ", Tone.STRONG)
    receipt, now = _shown(difference["receipt"]), _shown(difference["now"])
    if difference["has"] == "receipt":
        yield f"the receipt has {receipt}, an answer computed now has nothing there"
    elif difference["has"] == "now":
        yield f"the receipt has nothing there, an answer computed now has {now}"
    else:
        yield f"the receipt has {receipt}, an answer computed now {now}"


def _shown(value: Any) -> str:
    """A value in words short enough for a line."""
    if isinstance(value, dict | list):
        return f"{len(value)} {'parts' if isinstance(value, dict) else 'entries'}"
    text = str(value) if value is not None else "nothing"
    return f"`{text if len(text) <= 80 else text[:77] + '...'}`"
