"""The answer of ``check`` as a document: verdict first, then why, what was assumed, what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from exoreg.engine.determine import DECIDES
from exoreg.facts.vocabulary import Vocabulary
from exoreg.render.document import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Span,
    Spans,
    Table,
    Tone,
    Verdict,
    paragraph,
    spans,
)
from exoreg.render.words import NOT_ENCODED, STATUS, SUPPLY, SUPPLY_LABEL, compressed, fact_words, place_name

Data = Mapping[str, Any]

KINDS = {
    "statute": "statute",
    "regulation": "regulation",
    "binding-list": "binding list",
    "judgment": "judgment",
    "guidance": "guidance",
    "standing-statement": "regulator's statement",
    "enforcement-letter": "enforcement letter",
    "industry-position": "trade position, not law",
}


def check_document(data: Data, vocabulary: Vocabulary, explain: bool = False) -> Document:
    """The document of a ``check`` answer; ``explain`` adds all that stands behind it."""
    found = data["determinations"]
    title = product_title(vocabulary, data)
    blocks: list[Block] = [Heading(title, 1)]
    blocks += [verdict(vocabulary, determination) for determination in found]
    if "claim_text" in data:
        from exoreg.render.claims import words_blocks

        blocks += words_blocks(vocabulary, data["claim_text"])
    if len(found) == 1 or explain:
        for determination in found:
            if len(found) > 1:
                blocks.append(Heading(vocabulary.regions.nodes[determination["region"]].title, 2))
            blocks += determination_blocks(vocabulary, data, determination, explain)
    else:
        blocks += _several(vocabulary, found)
    blocks += assumed(vocabulary, data)
    blocks.append(
        footer(
            data,
            [determination["as_of"] for determination in found],
            any(determination["stale"] for determination in found),
        )
    )
    return Document(title, blocks)


def product_title(vocabulary: Vocabulary, data: Data) -> str:
    """The product in one line: source, use and claims always, other facts where they were stated."""
    shown = []
    for fact, value in data["product"].items():
        values = [value] if isinstance(value, str) else value
        if values == ["unknown"]:
            shown.append(f"{vocabulary.facts[fact].title} not known")
        elif values and (fact in ("source", "use", "claims") or fact not in data["assumed"]):
            shown.append(fact_words(vocabulary, fact, values))
    return " · ".join(shown)


def verdict(vocabulary: Vocabulary, found: Data) -> Verdict:
    """The verdict of one determination."""
    label = (
        NOT_ENCODED if found["earliest"] else f"{STATUS[found['status']]} · {SUPPLY_LABEL[found['supply']]}"
    )
    return Verdict(
        vocabulary.regions.nodes[found["region"]].title, Tone(found["status"]), label, found["headline"]
    )


def determination_blocks(vocabulary: Vocabulary, data: Data, found: Data, explain: bool) -> Iterator[Block]:
    """All that stands behind one determination: why, conditions, who decides, what would change it."""
    if found["earliest"]:
        return
    if found["by_leaf"]:
        yield Heading("It depends")
        yield _by_leaf(vocabulary, found["by_leaf"])
    yield Heading("Why")
    grounds = found["grounds"]
    most = 3 if found["by_leaf"] and not explain else len(grounds)
    yield Items(tuple(ground_item(ground, explain) for ground in grounds[:most]), ordered=len(grounds) > 1)
    if len(grounds) > most:
        yield paragraph(f"and {len(grounds) - most} more, of one answer or another (--explain)", note=True)
    against = [rule for rule in found["also"] if explain or rule["status"] != "cosmetic"]
    if against:
        yield Heading("And even without that")
        yield Items(tuple(ground_item(rule, explain, short=not explain) for rule in against))
    if explain and found["overridden"]:
        yield Heading("Rules set aside by an exception")
        yield Items(
            tuple(
                Item(spans(Span(o["rule"], Tone.CODE), " set aside by ", Span(o["by"], Tone.CODE)))
                for o in found["overridden"]
            )
        )
    yield from _more(vocabulary, found, explain)


def _more(vocabulary: Vocabulary, found: Data, explain: bool) -> Iterator[Block]:
    if found["conditions"]:
        # Of an answer that depends, some branch may be barred whatever is shown.
        lead = "Where it may be supplied, only" if found["status"] == "depends" else "Only"
        yield Heading(f"{lead} if all of this is shown")
        yield Items(
            tuple(condition_item(condition, explain) for condition in found["conditions"]), ordered=True
        )
    if found["cautions"]:
        yield Heading("Take care")
        yield Items(tuple(Item(spans(caution["caution"])) for caution in found["cautions"]))
    if found["decides"]:
        yield Heading("Who decides")
        yield Items(tuple(Item(spans(who)) for who in found["decides"].split(DECIDES)))
    if found["statements"]:
        yield Heading("What regulators and others have said and done")
        latest = sorted(found["statements"], key=lambda statement: str(statement["date"]), reverse=True)
        shown = latest if explain else latest[:2]
        yield Items(tuple(_statement(statement) for statement in shown))
        if len(latest) > len(shown):
            yield paragraph(f"and {len(latest) - len(shown)} earlier (--explain)", note=True)
    if found["would_change"]:
        yield Heading("What would change it")
        yield Items(tuple(Item(change_spans(vocabulary, change)) for change in found["would_change"]))
    yield from _ways(vocabulary, found, most=12 if explain else 4)
    if found["questions"]:
        yield Heading("What to ask")
        yield Items(tuple(_question(vocabulary, question) for question in found["questions"]))
    if found["differs_in"]:
        yield Heading("Known to differ in parts of the region")
        yield Items(tuple(Item(_answer(vocabulary, e)) for e in found["differs_in"]))


def _question(vocabulary: Vocabulary, question: Data) -> Item:
    who = question["who"]
    leads = [
        Item(
            spans(
                f"{compressed(vocabulary, question['fact'], lead['to'])} → ",
                *(
                    answer_spans(lead["possible"][0])
                    if len(lead["possible"]) == 1
                    else spans(f"still open between {len(lead['possible'])} answers")
                ),
            )
        )
        for lead in question.get("leads_to", ())
    ]
    return Item(
        spans(f"{who[:1].upper()}{who[1:]}: ", question["ask"]), (Items(tuple(leads)),) if leads else ()
    )


def _answer(vocabulary: Vocabulary, answer: Data) -> Spans:
    name = vocabulary.regions.nodes[answer["region"]].title
    return spans(Span(name, Tone.STRONG), ": ", *answer_spans(answer))


def answer_spans(answer: Data) -> Spans:
    """Status and supply in words."""
    return spans(Span(STATUS[answer["status"]], Tone(answer["status"])), f", {SUPPLY[answer['supply']]}")


def ground_item(ground: Data, explain: bool, short: bool = False) -> Item:
    """A ground with what it says and the instruments it rests on."""
    below: list[Paragraph | Items] = [] if short else [paragraph(ground["because"])]
    citations = ground["citations"]
    if not explain:
        # The strongest two carry the reading; `--explain` shows all.
        shown = citations[: 1 if short else 3]
        below += [paragraph(*citation_spans(citation)) for citation in shown]
        if len(citations) > len(shown):
            below.append(paragraph(f"and {len(citations) - len(shown)} more (--explain)", note=True))
    else:
        below.append(
            Items(tuple(Item(citation_spans(c), (paragraph(c["says"]), _checked(c))) for c in citations))
        )
        if ground.get("note"):
            below.append(paragraph("Note: ", ground["note"], note=True))
        below.append(paragraph("Rule ", Span(ground["rule"], Tone.CODE), note=True))
    sure = "" if ground["confidence"] == "high" else f" ({ground['confidence']} confidence)"
    return Item(spans(Span(ground["title"], Tone.STRONG), sure), tuple(below))


def citation_spans(citation: Data) -> Spans:
    """A citation in one line: pinpoint, title, what sort of source it is, and its address."""
    memory = ", not read at the source" if citation["verified"]["how"] == "memory" else ""
    local = f" ({citation['local_title']})" if citation.get("local_title") else ""
    return spans(
        Span(citation["pinpoint"], Tone.STRONG),
        f", {citation['title'].removesuffix(', ' + citation['pinpoint'])}{local} [{KINDS[citation['kind']]}{memory}] ",
        Span(citation["url"], Tone.QUIET, citation["url"]),
    )


def _checked(citation: Data) -> Paragraph:
    verified, period = citation["verified"], citation["in_force"]
    how = "read" if verified["how"] == "seen" else "from memory, not read,"
    dates = " ".join(f"{word} {period[word]}" for word in ("from", "to") if period.get(word))
    return paragraph(f"{how} {verified['on']}" + (f"; in force {dates}" if dates else ""), note=True)


def condition_item(condition: Data, explain: bool) -> Item:
    """A condition of a lawful supply: what it is, and what to ask for."""
    cited = f" [{', '.join(condition['citations'])}]" if explain and condition["citations"] else ""
    return Item(
        spans(Span(condition["title"] + ": ", Tone.STRONG), condition["ask"], Span(cited, Tone.QUIET))
    )


def _statement(statement: Data) -> Item:
    to = f" to {statement['to']}" if statement["to"] else ""
    link = Span(f" {statement['url']}", Tone.QUIET, statement["url"]) if statement["url"] else ""
    return Item(
        spans(Span(f"{statement['date']}, {statement['from']}{to}: ", Tone.STRONG), statement["says"], link)
    )


def _ways(vocabulary: Vocabulary, found: Data, most: int) -> Iterator[Block]:
    """The fewest changes that make the supply lawful, or that there are none."""
    if found["supply"] in ("permitted", "trial-only") or found["status"] == "depends" or found["earliest"]:
        return
    place = place_name(vocabulary, found["region"])
    yield Heading("What would make it lawful")
    ways = found["ways_to_permitted"]
    if not ways:
        trial = "; only an authorised clinical trial would be lawful" if found["trial_is_a_way"] else ""
        yield paragraph(f"No change of one or two facts makes a supply lawful in {place}{trial}.")
        return
    yield Items(tuple(Item(_way_spans(vocabulary, way)) for way in ways[:most]))
    if len(ways) > most:
        yield paragraph(f"and {len(ways) - most} more ways (--explain or --format json)", note=True)
    if found["trial_is_a_way"]:
        yield paragraph("Besides these, an authorised clinical trial.", note=True)


def _way_spans(vocabulary: Vocabulary, way: Data) -> Spans:
    steps = " and ".join(step_words(vocabulary, step) for step in way["steps"])
    return spans(steps[:1].upper() + steps[1:], " → ", *answer_spans(way))


STEP_NAMES = {
    "claims": "claim", "source": "source", "use": "way of use", "setting": "setting", "donor": "donor", "form": "form",
    "evidence": "document",
}  # fmt: skip
"""What a fact is called when a person is told to change it."""


def step_words(vocabulary: Vocabulary, step: Data) -> str:
    """A change of one fact, as something a person can do or show."""
    fact, words = step["fact"], compressed(vocabulary, step["fact"], step["to"])
    return {
        ("claims", "add"): f"also claiming: {words}",
        ("claims", "drop"): f"claiming nothing but: {words}",
        ("evidence", "add"): f"showing: {words}",
    }.get((fact, step["how"]), f"another {STEP_NAMES[fact]}: {words}")


def change_spans(vocabulary: Vocabulary, change: Data) -> Spans:
    """One line of "what would change it"."""
    fact, words = change["fact"], compressed(vocabulary, change["fact"], change["to"])
    lead = {
        ("claims", "add"): f"If it is also claimed: {words}",
        ("claims", "drop"): f"If nothing but this is claimed: {words}",
        ("evidence", "add"): f"If this is really shown: {words}",
    }.get((fact, change["how"]), f"If the {vocabulary.facts[fact].title} were: {words}")
    return spans(f"{lead} → ", *answer_spans(change))


def _by_leaf(vocabulary: Vocabulary, leaves: Sequence[Data]) -> Items:
    groups: dict[tuple[str, str, str], list[str]] = {}
    for leaf in leaves:
        groups.setdefault((leaf["fact"], leaf["status"], leaf["supply"]), []).append(leaf["leaf"])
    return Items(
        tuple(
            Item(
                spans(
                    f"{vocabulary.facts[fact].title}: {compressed(vocabulary, fact, words)} → ",
                    *answer_spans({"status": status, "supply": supply}),
                )
            )
            for (fact, status, supply), words in groups.items()
        )
    )


def _several(vocabulary: Vocabulary, found: Sequence[Data]) -> Iterator[Block]:
    """Several regions on one screen: for each the first ground, who decides, and what would change it."""
    yield Heading("Why, region by region")
    rows = []
    for determination in found:
        ground = determination["grounds"][0] if determination["grounds"] else None
        cited = ground["citations"][0] if ground and ground["citations"] else None
        rows.append(
            (
                spans(Span(determination["region"], Tone.STRONG)),
                spans(ground["title"] if ground else NOT_ENCODED),
                spans(f"{cited['pinpoint']}" if cited else ""),
                spans(determination["decides"] or ""),
                spans(str(len(determination["conditions"])) if determination["conditions"] else ""),
            )
        )
    header = ("region", "ground", "first citation", "who decides", "conditions")
    # A column that no region fills would only take room.
    filled = [number for number in range(len(header)) if any(row[number] for row in rows)]
    yield Table(tuple(header[n] for n in filled), tuple(tuple(row[n] for n in filled) for row in rows))
    yield paragraph("Name one region, or add --explain, for all grounds, links and conditions.", note=True)


def assumed(vocabulary: Vocabulary, data: Data) -> Iterator[Block]:
    """The facts that nobody stated, with what was assumed of each."""
    words = []
    for fact in data["assumed"]:
        value = data["product"][fact]
        values = [value] if isinstance(value, str) else value
        words.append(f"{vocabulary.facts[fact].title}: {fact_words(vocabulary, fact, values)}")
    if words:
        yield Heading("Assumed, because nobody said")
        yield paragraph("; ".join(words) + ".")


def footer(data: Data, days: Iterable[str], stale: bool) -> Paragraph:
    """For which days and from which rule base the answer is, and what it is not."""
    base = data["rulebase"]
    late = " That day has passed: re-check before relying on it." if stale else ""
    return paragraph(
        f"As of {', '.join(sorted(set(days)))}. Rule base {base['version']}, reviewed {base['reviewed']}, ",
        f"review due {base['review_by']}.{late} ",
        data["notice"],
        note=True,
    )
