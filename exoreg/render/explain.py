"""Everything known of one thing: a rule, instrument, fact, value, region, argument, condition or statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from exoreg.engine.store import CompiledBase
from exoreg.facts.vocabulary import Value, WordError
from exoreg.lint.checks import IDS, load_check
from exoreg.render.data import citations_data, instrument_data, rulebase_data
from exoreg.render.document import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Span,
    Table,
    Tone,
    paragraph,
    spans,
)
from exoreg.render.report import KINDS, citation_spans

EXPLAIN = "exoreg.explain/1"
TEXT_KINDS = ("rule", "instrument", "condition", "statement", "effect")


def explain_data(base: CompiledBase, word: str) -> dict[str, Any] | None:
    """All things that a word names, as ``exoreg.explain/1``; None when it names nothing."""
    things = list(_things(base, word))
    return (
        {"schema": EXPLAIN, "rulebase": rulebase_data(base), "word": word, "things": things}
        if things
        else None
    )


def known_words(base: CompiledBase) -> list[str]:
    """Every id that can be explained."""
    words = [*base.vocabulary.facts, *base.vocabulary.regions.nodes, *base.texts("common")["argument"]]
    for fact in base.vocabulary.facts.values():
        words += fact.nodes
    for root in base.roots:
        for kind in TEXT_KINDS:
            words += base.texts(root)[kind]
    return [*words, *IDS]


def _things(base: CompiledBase, word: str) -> Iterator[dict[str, Any]]:
    if word in base.vocabulary.facts:
        yield _fact(base, word)
    for name in base.vocabulary.facts:
        value = _resolved(base.vocabulary.facts[name], word)
        if value is not None:
            yield _value(base, name, value)
    region = _resolved(base.vocabulary.regions, word)
    if region is not None:
        yield _region(base, region)
    if word in base.texts("common")["argument"]:
        yield _argument(base, word)
    for root in base.roots:
        for kind in TEXT_KINDS:
            if word in base.texts(root)[kind]:
                yield _text(base, root, kind, word)
    if word in IDS:
        yield _check(word)


def _check(id: str) -> dict[str, Any]:
    check = load_check(id)
    about = {
        name: getattr(check, name) for name in ("id", "title", "severity", "since", "finds", "why", "remedy")
    }
    return {"kind": "check", **about}


def _resolved(tree: Any, word: str) -> str | None:
    try:
        found: str = tree.resolve(word)
    except WordError:
        return None
    return found


def _fact(base: CompiledBase, name: str) -> dict[str, Any]:
    fact = base.vocabulary.facts[name]
    return {
        "kind": "fact",
        "id": name,
        "title": fact.title,
        "says": fact.says,
        "ask": fact.ask,
        "who": fact.who,
        "default": list(fact.default) if fact.default is not None else None,
        "values": [_tree(value) for value in fact.values],
    }


def _tree(value: Value) -> dict[str, Any]:
    return {
        "id": value.id,
        "title": value.title,
        "says": value.says,
        "aliases": list(value.aliases),
        "values": [_tree(child) for child in value.values],
    }


def _value(base: CompiledBase, name: str, id: str) -> dict[str, Any]:
    fact = base.vocabulary.facts[name]
    path = fact.path(id)
    named = [
        {"rule": rule, "title": text["title"], "region": text["region"]}
        for root in base.roots
        for rule, text in base.texts(root)["rule"].items()
        if _names(text.get("when", {}), name, path)
    ]
    within = list(path[1:])
    return {"kind": "value", "fact": name, "within": within, **_tree(fact.nodes[id]), "rules": named}


def _names(when: Mapping[str, Any], fact: str, path: tuple[str, ...]) -> bool:
    """Whether a condition names a value or a node above it."""
    choice = when.get(fact) or {}
    words = [*(choice.get("is") or ()), *(choice.get("not") or ())]
    parts = [*(when.get("any") or ()), *(when.get("all") or ())]
    return any(word in path for word in words) or any(_names(part, fact, path) for part in parts)


def _region(base: CompiledBase, id: str) -> dict[str, Any]:
    root = base.vocabulary.regions.path(id)[-1]
    texts = base.texts(root)
    counts = {"seen": 0, "memory": 0}
    for text in texts["instrument"].values():
        counts[text["verified"]["how"]] += 1
    register = texts["register"].get(id) or texts["register"].get(root)
    return {
        "kind": "region",
        "id": id,
        "title": base.vocabulary.regions.nodes[id].title,
        "earliest": base.region(id).earliest,
        "days": base.region(id).days,
        "rules": [{"rule": rule, "title": text["title"]} for rule, text in texts["rule"].items()],
        "instruments": counts,
        "register": register,
    }


def _argument(base: CompiledBase, id: str) -> dict[str, Any]:
    answers = []
    for root in base.roots:
        for key, text in base.texts(root)["answer"].items():
            if key.split("/")[0] == id:
                cited = citations_data(base, text.get("cite", ()), text["region"])
                answers.append({**{k: text[k] for k in ("region", "verdict", "says")}, "citations": cited})
    return {"kind": "argument", **base.texts("common")["argument"][id], "answers": answers}


def _text(base: CompiledBase, root: str, kind: str, id: str) -> dict[str, Any]:
    text = dict(base.texts(root)[kind][id])
    region = text.get("region", root)
    if kind == "instrument":
        rules = [
            {"rule": rule, "title": other["title"]}
            for rule, other in base.texts(root)["rule"].items()
            if any(cited["id"] == id for cited in other.get("cite", ()))
        ]
        about = {
            key: value for key, value in instrument_data(text).items() if key not in ("instrument", "kind")
        }
        return {
            "kind": "instrument",
            "id": id,
            "region": region,
            "source_kind": text["kind"],
            **about,
            "regulator": text["regulator"],
            "note": text["verified"].get("note"),
            "rules": rules,
        }
    found: dict[str, Any] = {"kind": kind, **text}
    if "cite" in text:
        found["citations"] = citations_data(base, found.pop("cite"), region)
    if kind == "rule":
        found["overridden_by"] = [
            other for other, t in base.texts(root)["rule"].items() if id in t.get("overrides", ())
        ]
    return found


def explain_document(data: Mapping[str, Any]) -> Document:
    """The document of an explanation."""
    blocks: list[Block] = []
    for thing in data["things"]:
        title = thing.get("title") or thing["id"]
        blocks.append(Heading(title, 1))
        blocks.append(paragraph(f"{_kind(thing)} ", Span(thing["id"], Tone.CODE)))
        blocks += _BODIES[thing["kind"]](thing)
    return Document(str(data["word"]), blocks)


def _kind(thing: Mapping[str, Any]) -> str:
    return f"value of `{thing['fact']}`:" if thing["kind"] == "value" else f"{thing['kind']}:"


def _fact_body(thing: Mapping[str, Any]) -> Iterator[Block]:
    yield paragraph(thing["says"])
    if thing["default"] is not None:
        yield paragraph("When nobody says: ", ", ".join(thing["default"]) or "none", note=True)
    yield Heading("Values")
    yield Items(tuple(_tree_item(value) for value in thing["values"]))


def _tree_item(value: Mapping[str, Any]) -> Item:
    also = f" (also: {', '.join(value['aliases'])})" if value["aliases"] else ""
    below = (Items(tuple(_tree_item(child) for child in value["values"])),) if value["values"] else ()
    return Item(
        spans(Span(value["id"], Tone.CODE), f": {value['says'] or value['title']}", Span(also, Tone.QUIET)),
        below,
    )


def _value_body(thing: Mapping[str, Any]) -> Iterator[Block]:
    yield paragraph(thing["says"])
    if thing["within"]:
        yield paragraph("Part of: ", ", ".join(thing["within"]))
    if thing["aliases"]:
        yield paragraph("Also called: ", ", ".join(thing["aliases"]))
    if thing["values"]:
        yield Heading("Values below it")
        yield Items(tuple(_tree_item(child) for child in thing["values"]))
    yield from _rules(thing["rules"], "Rules that turn on it")


def _region_body(thing: Mapping[str, Any]) -> Iterator[Block]:
    counts = thing["instruments"]
    yield paragraph(
        f"Encoded from {thing['earliest']} on; {len(thing['rules'])} rules; "
        f"{counts['seen'] + counts['memory']} instruments, {counts['seen']} of them read and "
        f"{counts['memory']} from memory."
    )
    register = thing["register"]
    if register:
        yield Heading("Authorised exosome products")
        listed = [product["name"] for product in register["products"]]
        yield paragraph(", ".join(listed) or "None.")
        yield Items(
            tuple(
                Item(spans(f"{c['what']} ({c['how']}, {c['on']}): {c['found']}")) for c in register["checked"]
            )
        )
        if register.get("not_checked"):
            yield paragraph("Not checked: ", register["not_checked"])
    yield Heading("Days on which its law changes")
    yield paragraph(", ".join(thing["days"][1:]) or "none")
    yield from _rules(thing["rules"], "Rules")


def _rules(rules: list[Mapping[str, Any]], title: str) -> Iterator[Block]:
    if rules:
        yield Heading(title)
        yield Items(tuple(Item(spans(Span(rule["rule"], Tone.CODE), f": {rule['title']}")) for rule in rules))


def _argument_body(thing: Mapping[str, Any]) -> Iterator[Block]:
    yield paragraph("The pitch: ", thing["pitch"])
    for answer in thing["answers"]:
        yield Heading(f"{answer['region']}: the argument {answer['verdict']}", 2)
        yield paragraph(answer["says"])
        yield Items(tuple(Item(citation_spans(citation)) for citation in answer["citations"]))


def _instrument_body(thing: Mapping[str, Any]) -> Iterator[Block]:
    if thing.get("local_title"):
        yield paragraph(thing["local_title"])
    yield paragraph(Span(thing["pinpoint"], Tone.STRONG), f" [{KINDS[thing['source_kind']]}]")
    yield paragraph(thing["says"])
    yield paragraph(Span(thing["url"], Tone.QUIET, thing["url"]))
    period = thing["in_force"]
    days = " ".join(f"{word} {period[word]}" for word in ("from", "to") if period.get(word))
    yield paragraph(f"In force {days or 'on all days encoded'}. Applied by {thing['regulator']}.")
    verified = thing["verified"]
    how = "Read" if verified["how"] == "seen" else "From memory, not read;"
    yield paragraph(f"{how} {verified['on']}.")
    for url in verified.get("at", ()):
        yield paragraph(Span(url, Tone.QUIET, url), note=True)
    if thing["note"]:
        yield paragraph(thing["note"], note=True)
    yield from _rules(thing["rules"], "Rules that rest on it")


def _check_body(thing: Mapping[str, Any]) -> Iterator[Block]:
    yield from (paragraph(part) for part in thing["finds"].split("\n\n"))
    yield paragraph(Span("Why it matters: ", Tone.STRONG), thing["why"])
    yield paragraph(Span("Remedy: ", Tone.STRONG), thing["remedy"])
    yield paragraph(f"Severity {thing['severity']}, since {thing['since']}.", note=True)


def _plain_body(thing: Mapping[str, Any]) -> Iterator[Block]:
    for key in ("because", "says", "ask", "text", "gloss", "caution", "note"):
        if thing.get(key):
            yield Paragraph(spans(thing[key]), note=key == "note")
    rows = []
    for key in (
        "region",
        "status",
        "supply",
        "confidence",
        "decides",
        "date",
        "from",
        "to",
        "group",
        "verified",
    ):
        if isinstance(thing.get(key), str):
            rows.append((spans(Span(key, Tone.STRONG)), spans(thing[key])))
    if thing.get("in_force"):
        rows.append((spans(Span("in force", Tone.STRONG)), spans(_period(thing["in_force"]))))
    if thing.get("when"):
        rows.append((spans(Span("when", Tone.STRONG)), spans(condition_words(thing["when"]))))
    for key in ("overrides", "overridden_by", "requires"):
        if thing.get(key):
            rows.append((spans(Span(key.replace("_", " "), Tone.STRONG)), spans(", ".join(thing[key]))))
    if rows:
        yield Table(("what", "value"), tuple(rows))
    if thing.get("url"):
        yield paragraph(Span(thing["url"], Tone.QUIET, thing["url"]))
    if thing.get("citations"):
        yield Heading("Rests on")
        yield Items(tuple(Item(citation_spans(c), (paragraph(c["says"]),)) for c in thing["citations"]))


def _period(period: Mapping[str, Any]) -> str:
    return " ".join(f"{word} {period[word]}" for word in ("from", "to") if period.get(word))


def condition_words(when: Mapping[str, Any]) -> str:
    """A condition in words: `source is human or plant; claims not disease`."""
    parts = []
    for name, choice in when.items():
        if name in ("any", "all"):
            joint = " or " if name == "any" else " and "
            parts.append("(" + joint.join(condition_words(part) for part in choice or ()) + ")")
        elif choice:
            if choice.get("is"):
                parts.append(f"{name} is {' or '.join(choice['is'])}")
            if choice.get("not"):
                parts.append(f"{name} not {' or '.join(choice['not'])}")
    return "; ".join(parts)


_BODIES = {
    "fact": _fact_body,
    "value": _value_body,
    "region": _region_body,
    "argument": _argument_body,
    "instrument": _instrument_body,
    "rule": _plain_body,
    "condition": _plain_body,
    "statement": _plain_body,
    "effect": _plain_body,
    "check": _check_body,
}
