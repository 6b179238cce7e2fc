"""The report on an offer, made to be read by a busy clinician and kept: verdicts first, then what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exoreg.facts.vocabulary import Vocabulary
from exoreg.offer.product import PREPARED
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
    paragraph,
    spans,
)
from exoreg.render.report import (
    answer_spans,
    citation_spans,
    condition_item,
    determination_blocks,
    footer,
    ground_item,
    product_title,
    verdict,
)
from exoreg.render.vet_email import CLOSING, email_parts, short
from exoreg.render.vet_words import ONLY_SAID
from exoreg.render.words import STATUS, SUPPLY_LABEL, fact_words

Data = Mapping[str, Any]

_QUOTES = 3
_READINGS = 3
_STATES = {
    "stated": "stated",
    "conflicting": "the offer says several things; each is answered for",
    "assumed": "nobody says; assumed",
    "unknown": "not stated",
    "by-hand": "set by hand",
}


def vet_document(data: Data, vocabulary: Vocabulary, explain: bool = False) -> Document:
    """The document of a ``vet`` answer; ``explain`` shows every quote and all that stands behind each answer."""
    found = data["determinations"]
    # A file's name comes from the seller: whatever is in it, it stays on one line.
    title = f"Offer {' '.join(data['offer']['name'].split())}"
    blocks: list[Block] = [Heading(title, 1)]
    blocks += [verdict(vocabulary, determination) for determination in found]
    blocks += _remarks(vocabulary, data)
    blocks += _readings(vocabulary, data, explain)
    blocks += _facts(vocabulary, data, explain)
    blocks += _claims(vocabulary, data, explain)
    blocks += _why(vocabulary, data, explain)
    blocks += _conditions(vocabulary, data, explain)
    blocks += _faults(vocabulary, data, explain)
    blocks += _arguments(data, explain)
    blocks += _letter(data)
    blocks += _not_read(data, explain)
    days = [determination["as_of"] for determination in found]
    blocks.append(footer(data, days, any(determination["stale"] for determination in found)))
    return Document(title, blocks)


def _remarks(vocabulary: Vocabulary, data: Data) -> Iterator[Block]:
    """What must be known beside the verdicts: which product they are for, and what they do not cover."""
    titles = dict.fromkeys(product_title(vocabulary, found) for found in data["determinations"])
    several = len({str(reading["facts"]) for reading in data["readings"]}) > 1
    lead = "Answered for the strictest of what the offer may mean: " if several else "Answered for: "
    yield paragraph(lead, "; or ".join(titles), ".")
    unread = len(data["offer"]["unread"]) + len(data["offer"]["uncovered"])
    if unread:
        yield paragraph(
            Span("Not everything was read", Tone.STRONG),
            f" ({unread} {'place' if unread == 1 else 'places'}, listed below); "
            "what stands there may change the answer.",
        )
    trial = data["trial"]
    if trial:
        yield paragraph(
            Span("A trial is spoken of; that is not verified. ", Tone.STRONG),
            "The answer is for a product on sale. Were its authorisation shown: ",
            *_joined(trial),
            ".",
        )


def _conditions(vocabulary: Vocabulary, data: Data, explain: bool) -> Iterator[Block]:
    """What must be shown wherever supply is permitted; a permission never stands without it."""
    found = data["determinations"]
    for determination in found:
        if determination["supply"] == "permitted" and determination["conditions"]:
            where = f" ({vocabulary.regions.nodes[determination['region']].title})" if len(found) > 1 else ""
            yield Heading(f"Only if all of this is shown{where}")
            items = tuple(condition_item(condition, explain) for condition in determination["conditions"])
            yield Items(items, ordered=True)


def _joined(answers: Sequence[Data]) -> Iterator[str | Span]:
    """Answers of several regions, those that are the same together."""
    groups: dict[tuple[str, str], list[Data]] = {}
    for answer in answers:
        groups.setdefault((answer["status"], answer["supply"]), []).append(answer)
    for number, same in enumerate(groups.values()):
        yield ("; " if number else "") + ", ".join(answer["region"] for answer in same) + ": "
        yield from answer_spans(same[0])


def _readings(vocabulary: Vocabulary, data: Data, explain: bool) -> Iterator[Block]:
    """The answers for each product that the offer may be, those with the same answers together."""
    rows: dict[str, dict[str, Data]] = {}
    for reading in data["readings"]:
        rows.setdefault(_reading_words(vocabulary, reading["facts"]), {})[reading["region"]] = reading
    if len(rows) < 2:
        return
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for words, row in rows.items():
        groups.setdefault(tuple((r["status"], r["supply"]) for r in row.values()), []).append(words)
    if len(groups) == 1:
        yield paragraph(f"The answers are the same for each of these: {_either(list(rows), explain)}.")
        return
    yield Heading("If it is meant so")
    regions = list(dict.fromkeys(reading["region"] for reading in data["readings"]))
    yield Table(
        ("if it is", *regions),
        tuple(
            (spans(_either(words, explain)), *(_short_answer(rows[words[0]][region]) for region in regions))
            for words in groups.values()
        ),
    )


def _either(words: Sequence[str], explain: bool) -> str:
    shown = words if explain else words[:_READINGS]
    return "; or ".join(shown) + (f"; and {len(words) - len(shown)} more" if len(words) > len(shown) else "")


def _reading_words(vocabulary: Vocabulary, facts: Data) -> str:
    words = []
    for fact, value in facts.items():
        values = [value] if isinstance(value, str) else value
        words.append(
            f"{vocabulary.facts[fact].title} not known"
            if values == ["unknown"]
            else fact_words(vocabulary, fact, values)
        )
    return " · ".join(words)


def _short_answer(answer: Data) -> Spans:
    return spans(
        Span(STATUS[answer["status"]], Tone(answer["status"])), f", {SUPPLY_LABEL[answer['supply']]}"
    )


def _facts(vocabulary: Vocabulary, data: Data, explain: bool) -> Iterator[Block]:
    yield Heading("What it is")
    items = []
    product, default = data["determinations"][0]["product"], {"marketed"}
    for found in data["facts"]:
        fact = vocabulary.facts[found["fact"]]
        if found["fact"] == "claims" or (
            found["state"] == "assumed" and not found["unverified"] and not explain
        ):
            continue
        values = [value for answered in found["answered"] for value in answered]
        if not values and found["state"] == "assumed":
            value = product[found["fact"]]
            values = [value] if isinstance(value, str) else value
        said = fact_words(vocabulary, found["fact"], values) if values else "not known"
        if found["fact"] == "setting" and set(values) == default and not explain and not found["unverified"]:
            continue
        meant = {node for value in values if value in fact.nodes for node in fact.path(value)}
        below = []
        for one in found["read"]:
            # What the offer names without being made of it was read, too, and is not what the answer is for.
            aside = found["fact"] in ("source", "form") and one["value"] not in meant
            beside = "only named beside it: " if aside and found["state"] != "by-hand" else ""
            title = _title(vocabulary, found["fact"], one["value"])
            below.append(Item(spans(f"{beside}{title}: ", *_quotes(one["quotes"], explain))))
        below += [
            Item(
                spans(
                    f"denied: {_title(vocabulary, found['fact'], one['value'])}: ",
                    *_quotes(one["quotes"], explain),
                )
            )
            for one in found["denied"]
        ]
        below += [
            Item(
                spans(
                    f"{_title(vocabulary, found['fact'], value)}: named, not shown; not counted until you have seen it"
                )
            )
            for value in found["unverified"]
        ]
        if [PREPARED] in found["answered"] and found["state"] != "by-hand":
            below.append(Item(spans(ONLY_SAID)))
        items.append(
            Item(
                spans(Span(f"{fact.title}: ", Tone.STRONG), f"{said} ({_STATES[found['state']]})"),
                (Items(tuple(below)),) if below else (),
            )
        )
    yield Items(tuple(items))


def _title(vocabulary: Vocabulary, fact: str, value: str) -> str:
    node = vocabulary.facts[fact].nodes.get(value)
    return node.title if node else value


def _quotes(quotes: Sequence[Data], explain: bool, most: int = _QUOTES) -> Iterator[str]:
    """The words of the offer with their places, each wording once unless all is to be shown."""
    distinct = (
        quotes
        if explain
        else list({" ".join(q["text"].casefold().split()): q for q in reversed(quotes)}.values())[::-1]
    )
    shown = distinct if explain else distinct[:most]
    yield "; ".join(f"“{short(quote['text'])}” ({_place(quote)})" for quote in shown)
    if len(distinct) > len(shown):
        yield f"; and {len(distinct) - len(shown)} more"


def _place(quote: Data) -> str:
    line = f", line {quote['line']}" if quote["line"] else ""
    return f"{quote['where']}{line}" + (f", hidden: {quote['hidden']}" if quote["hidden"] else "")


def _claims(vocabulary: Vocabulary, data: Data, explain: bool) -> Iterator[Block]:
    yield Heading("What it claims")
    claims = data["claims"]
    state = next(found for found in data["facts"] if found["fact"] == "claims")
    if state["state"] == "by-hand":
        words = fact_words(
            vocabulary, "claims", [value for answered in state["answered"] for value in answered]
        )
        yield paragraph(f"Set by hand: {words}. What the offer's words say:")
    items = []
    for label in reversed(vocabulary.facts["claims"].leaves):
        quotes = [claim for claim in claims["found"] if claim["counts"] and claim["label"] == label]
        if quotes:
            title = _title(vocabulary, "claims", label)
            items.append(Item(spans(Span(f"{title}: ", Tone.STRONG), *_quotes(quotes, explain, 5))))
    if items:
        yield Items(tuple(items))
    for remark in claims["remarks"]:
        yield paragraph(remark)
    aside = [claim for claim in claims["found"] if not claim["counts"]]
    if aside:
        yield paragraph(
            f"Read and not counted ({', '.join(sorted({c['modality'] for c in aside}))}): ",
            *_quotes(aside, explain),
        )


def _why(vocabulary: Vocabulary, data: Data, explain: bool) -> Iterator[Block]:
    found = data["determinations"]
    if explain:
        for determination in found:
            yield Heading(
                f"{vocabulary.regions.nodes[determination['region']].title}: why, and what would change it"
            )
            yield from determination_blocks(vocabulary, data, determination, explain)
        return
    yield Heading("Why")
    if len(found) == 1:
        grounds = found[0]["grounds"]
        yield Items(tuple(ground_item(ground, False) for ground in grounds[:2]), ordered=len(grounds) > 1)
        if len(grounds) > 2:
            yield paragraph(f"and {len(grounds) - 2} more grounds (--explain)", note=True)
        return
    items = []
    for determination in found:
        for ground in determination["grounds"][:1]:
            cited = citation_spans(ground["citations"][0]) if ground["citations"] else ()
            items.append(
                Item(
                    spans(Span(f"{determination['region']}: ", Tone.STRONG), ground["title"]),
                    (Paragraph(cited),) if cited else (),
                )
            )
    yield Items(tuple(items))


def _faults(vocabulary: Vocabulary, data: Data, explain: bool) -> Iterator[Block]:
    items = []
    told = {one["kind"] for one in data["contradictions"]}
    for one in data["contradictions"]:
        below = [
            Item(
                spans(
                    f"{_title(vocabulary, one['fact'], side['value'])}: ", *_quotes(side["quotes"], explain)
                )
            )
            for side in one["sides"]
        ]
        items.append(Item(spans(Span(one["says"], Tone.STRONG)), (Items(tuple(below)),)))
    for flag in data["flags"]:
        if flag["flag"] == "disclaimer" and "disclaimed-claims" in told:
            continue
        quotes = (paragraph(*_quotes(flag["quotes"], explain)),) if flag["quotes"] else ()
        items.append(Item(spans(flag["says"]), quotes))
    if items:
        yield Heading("What is wrong with the pitch")
        yield Items(tuple(items))


def _arguments(data: Data, explain: bool) -> Iterator[Block]:
    arguments = data["arguments"]
    if not arguments:
        return
    yield Heading("What the seller argues, and what the law says to it")
    regions = {determination["region"] for determination in data["determinations"]}
    full = explain or len(regions) == 1
    items = []
    for argument in arguments:
        below: list[Paragraph | Items] = [paragraph(*_quotes(argument["quotes"], explain))]
        if full:
            below += [_reply(answer, explain) for answer in argument["answers"]]
        else:
            below.append(paragraph(_verdicts(argument["answers"])))
        silent = sorted(regions - {answer["region"] for answer in argument["answers"]})
        if silent:
            below.append(paragraph(f"No answer to it is encoded for {', '.join(silent)}.", note=True))
        items.append(Item(spans(Span(argument["title"], Tone.STRONG)), tuple(below)))
    yield Items(tuple(items))
    if not full:
        yield paragraph("Name one region, or add --explain, for the reasons and their citations.", note=True)


def _verdicts(answers: Sequence[Data]) -> str:
    grouped: dict[str, list[str]] = {}
    for answer in answers:
        grouped.setdefault(answer["verdict"], []).append(answer["region"])
    return "; ".join(f"{verdict} in {', '.join(regions)}" for verdict, regions in grouped.items())


def _reply(answer: Data, explain: bool) -> Items:
    cited = [Item(citation_spans(citation)) for citation in answer["citations"][: None if explain else 1]]
    return Items(
        (
            Item(
                spans(Span(f"{answer['region']}, {answer['verdict']}: ", Tone.STRONG), answer["says"]),
                (Items(tuple(cited)),) if cited else (),
            ),
        )
    )


def _letter(data: Data) -> Iterator[Block]:
    yield Heading("What to ask the seller, to paste into an email")
    parts = list(email_parts(data["questions"], data["documents"]))
    if not parts:
        yield paragraph("Nothing that is still open would change the answer.")
    for lead, entries in parts:
        yield paragraph(lead)
        yield Items(tuple(Item(spans(entry)) for entry in entries), ordered=True)
    if parts:
        yield paragraph(CLOSING)
    own = [question["ask"] for question in data["questions"] if "clinic" in question["who"]]
    if own:
        yield Heading("What to ask yourself")
        yield Items(tuple(Item(spans(ask)) for ask in own))


def _not_read(data: Data, explain: bool) -> Iterator[Block]:
    yield Heading("Not read, not checked")
    offer = data["offer"]
    items = [Item(spans(f"{note['where']}: {note['reason']}")) for note in offer["unread"]]
    uncovered = offer["uncovered"] if explain else offer["uncovered"][:_QUOTES]
    items += [
        Item(
            spans(
                f"{_place(found)}: language not covered ({found['language']}), not free of claims: ",
                f"“{short(found['text'])}”",
            )
        )
        for found in uncovered
    ]
    if len(offer["uncovered"]) > len(uncovered):
        items.append(
            Item(spans(f"and {len(offer['uncovered']) - len(uncovered)} more in languages not covered"))
        )
    items += [Item(spans(text)) for text in data["not_checked"]]
    yield Items(tuple(items))
