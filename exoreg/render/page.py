"""The page: one HTML file that answers in a browser, without a network.

Its data are the diagrams of ``page_diagrams`` and the texts that answers are told in; its script
(``assets/page``) walks the former and shows the latter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from exoreg.engine.determine import DECIDES
from exoreg.engine.outcome import Row
from exoreg.engine.store import CompiledBase
from exoreg.facts.vocabulary import Fact, Value
from exoreg.render.data import NOTICE, citations_data, rulebase_data
from exoreg.render.document import harmless
from exoreg.render.html import asset, policy, text
from exoreg.render.matrix import LETTERS, MARKS
from exoreg.render.page_diagrams import Ends, Nodes, RegionDiagrams, region_diagrams
from exoreg.render.report import KINDS
from exoreg.render.words import (
    NOT_ENCODED,
    SENTENCES,
    STALE,
    STATUS,
    SUPPLY,
    SUPPLY_LABEL,
    TOO_EARLY,
    UNNAMED,
    joined,
    place_name,
)

SCRIPTS = ("walk.js", "answer.js", "state.js", "dom.js", "form.js", "show.js", "matrix.js", "main.js")
"""The parts of the script, in the order in which they stand in the page."""


def page(base: CompiledBase) -> str:
    """The whole page for a rule base."""
    style = asset("style.css") + asset("page.css")
    script = "".join(asset(f"page/{name}") for name in SCRIPTS)
    return asset("page.html").format(
        policy=policy(style, script),
        style=style,
        script=script,
        data=_in_html(page_data(base)),
        version=text(base.version),
        places=text(joined([place_name(base.vocabulary, root) for root in base.roots])),
    )


def _in_html(data: Mapping[str, Any]) -> str:
    """JSON that holds no markup, and no characters that would reorder or hide what is shown."""
    dumped = harmless(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    return dumped.replace("<", "\\u003c")


def page_data(base: CompiledBase) -> dict[str, Any]:
    """Everything that the page knows, as plain data.

    Regions name the diagrams of their root region's table (``tables``); diagrams end in numbers into
    ``answers``, and rules, statements, conditions and instruments are numbers into the lists of that name.
    """
    vocabulary, ends, texts = base.vocabulary, Ends(), _Texts(base)
    tables: list[dict[str, Any]] = []
    regions: list[dict[str, Any]] = []
    for root in vocabulary.regions.values:
        within = [base.region(value.id) for value in root.walk()]
        table = Nodes(vocabulary, within)
        for value, region in zip(root.walk(), within, strict=True):
            found = region_diagrams(table, region, ends)
            regions.append(
                {
                    "id": value.id,
                    "title": value.title,
                    "place": place_name(vocabulary, value.id),
                    "parent": vocabulary.regions.parent.get(value.id),
                    "table": len(tables),
                    "earliest": region.earliest,
                    "bits": region.bits,
                    "answer": found.answer,
                    **texts.numbered(found, value.id),
                }
            )
        tables.append(_table(table))
    return {
        "rulebase": rulebase_data(base),
        "notice": NOTICE,
        "words": _words(),
        "facts": [_fact(base, fact) for fact in vocabulary.facts.values()],
        "regions": regions,
        "tables": tables,
        "answers": list(ends),
        **{kind: list(found.values()) for kind, found in texts.found.items()},
    }


def _table(table: Nodes) -> dict[str, Any]:
    return {
        "questions": table.questions,
        "days": table.days,
        "splits": table.splits,
        "nodes": table.nodes,
    }


def _words() -> dict[str, Any]:
    """The words of answers, so that the page tells them as the command line does."""
    sentences = {f"{status}/{supply}": sentence for (status, supply), sentence in SENTENCES.items()}
    return {
        "status": STATUS,
        "supply": SUPPLY,
        "supplyLabel": SUPPLY_LABEL,
        "notEncoded": NOT_ENCODED,
        "letters": LETTERS,
        "marks": MARKS,
        "kinds": KINDS,
        "sentences": sentences,
        "tooEarly": TOO_EARLY,
        "stale": STALE,
        "unnamed": UNNAMED,
        "decides": DECIDES,
    }


def _fact(base: CompiledBase, fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "title": fact.title,
        "says": fact.says,
        "ask": fact.ask,
        "who": fact.who,
        "isSet": fact.is_set,
        "default": fact.default,
        "values": [_value(base, fact, value) for value in fact.values],
    }


def _value(base: CompiledBase, fact: Fact, value: Value) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": value.id, "title": value.title, "says": value.says}
    if value.values:
        shown["values"] = [_value(base, fact, child) for child in value.values]
    elif fact.id == "source":
        shown["donors"] = base.vocabulary.donors(value.id)
    return shown


class _Texts:
    """The texts that some answer can show, each once, numbered in the order in which they are met."""

    def __init__(self, base: CompiledBase) -> None:
        self.base = base
        self.found: dict[str, dict[str, dict[str, Any]]] = {
            kind: {} for kind in ("rules", "instruments", "conditions", "statements")
        }

    def numbered(self, found: RegionDiagrams, region: str) -> dict[str, Any]:
        """The rules and statements of a region with the roots of their diagrams, and the citations not shown there."""
        rules = [(self._rule(row, region), root) for row, root in found.rows if not row.is_statement]
        statements = [
            (self._number("statements", row.id, self._statement(row.id, region)), root)
            for row, root in found.rows
            if row.is_statement
        ]
        cited = {number for rule, _ in rules for number, _ in self._listed("rules", rule).get("cite", ())}
        hidden = sorted(
            number
            for number in cited
            if not citations_data(self.base, [{"id": self._listed("instruments", number)["id"]}], region)
        )
        return {"rules": rules, "statements": statements, "hidden": hidden}

    def _listed(self, kind: str, number: int) -> dict[str, Any]:
        return list(self.found[kind].values())[number]

    def _number(self, kind: str, id: str, shown: Mapping[str, Any]) -> int:
        listed = self.found[kind]
        listed.setdefault(id, {"id": id, **_filled(shown)})
        return list(listed).index(id)

    def _rule(self, row: Row, region: str) -> int:
        known = self.base.text("rule", row.id, region)
        cite = [
            (self._instrument(citation["id"], region), citation.get("pinpoint"))
            for citation in known.get("cite", ())
        ]
        shown = {key: known.get(key) for key in ("title", "because", "status", "caution", "decides")}
        if not row.status:
            shown["supply"] = row.supply
        if known["confidence"] != "high":
            shown["confidence"] = known["confidence"]
        requires = [self._condition(condition, region) for condition in row.requires]
        return self._number("rules", row.id, {**shown, "cite": cite, "requires": requires})

    def _instrument(self, id: str, region: str) -> int:
        known = self.base.text("instrument", id, region)
        shown = {key: known.get(key) for key in ("title", "local_title", "pinpoint", "kind", "url")}
        unread = known["verified"]["how"] == "memory"
        return self._number("instruments", id, {**shown, "unread": unread})

    def _condition(self, id: str, region: str) -> int:
        known = self.base.text("condition", id, region)
        return self._number("conditions", id, {key: known[key] for key in ("title", "ask")})

    def _statement(self, id: str, region: str) -> dict[str, Any]:
        known = self.base.text("statement", id, region)
        return {key: known.get(key) for key in ("date", "from", "to", "says", "url")}


def _filled(shown: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in shown.items() if value}
