"""Checks that the lexicon does what its entries say: every example is read by its entry, no counter-example is."""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.law.places import Problem
from exoreg.offer.hits import finder
from exoreg.offer.lexicon import Lexicon
from exoreg.offer.lexicon_files import Entry, ReadLexicon
from exoreg.offer.reading import Reading
from exoreg.offer.scan import Scanner
from exoreg.offer.text import normalise


def takes_part(reading: Reading, entry: str, label: str = "") -> bool:
    """Whether an entry took part in a reading, as ``docs/lexicon.md`` defines it; a claim entry with its own label."""
    for claim in reading.claims:
        if entry in claim.context or (
            claim.counts and (entry in claim.via or (entry == claim.rule and label in ("", claim.label)))
        ):
            return True
    if any(not fact.negated and (entry == fact.rule or entry in fact.via) for fact in reading.facts):
        return True
    return any(entry == span.rule or entry in span.via for span in reading.arguments) or any(
        entry == span.rule or entry in span.via for span in reading.flags
    )


def _structural(lexicon: Lexicon, entry: Entry) -> bool:
    """Whether an entry lists words that only divide or hinder, and so never appear in a reading."""
    if entry.kind != "words":
        return False
    used = 0
    for pattern in (*lexicon.claims, *lexicon.others):
        used |= pattern.rescue
        for slot in pattern.slots:
            used |= slot
    for context in lexicon.contexts:
        used |= context.cue
    classes = entry.data["class"]
    names = [classes] if isinstance(classes, str) else classes
    return not any(used >> lexicon.classes.index(name) & 1 for name in names)


def check_examples(lexicon: ReadLexicon) -> Iterator[Problem]:
    """Every example that its entry does not read, and every counter-example that it does.

    Languages whose files are not right are passed over.
    """
    scanner = Scanner(lexicon.lexicons)
    finders = {language: finder(compiled) for language, compiled in lexicon.lexicons.items()}
    for entry in lexicon.entries:
        if entry.language not in finders:
            continue
        structural = _structural(lexicon.lexicons[entry.language], entry)
        for key, wanted, text in (
            *(("example", True, text) for text in entry.texts("example")),
            *(("counter", False, text) for text in entry.texts("counter")),
        ):
            if structural:
                plain = normalise(text)
                hits = finders[entry.language](plain.text, plain.lower, 0, len(plain.text))
                found = any(entry.id in hit[5] for hit in hits)
            else:
                label = str(entry.data.get("label") or "")
                found = takes_part(scanner.scan(text, every=True), entry.id, label)
            if found != wanted:
                what = "example is not" if wanted else "counter-example is"
                yield Problem(entry.place(key), f"the {what} read by `{entry.id}`: {text!r}")
