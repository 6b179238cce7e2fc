"""Checks that the lexicon does what its entries say: every example is read by its entry, no counter-example is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exoreg.law.places import Place, Problem
from exoreg.offer.hits import finder
from exoreg.offer.lexicon import Entry, Lexicon, lexicon_dir, load
from exoreg.offer.lexicon_files import read_entries
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


def check_examples(rules_dir: Path | str | None = None) -> Iterator[tuple[Entry, Problem]]:
    """Every entry whose example is not read by it, or whose counter-example is.

    Raises:
        RuleBaseError: the lexicon cannot be loaded.
    """
    folder = lexicon_dir(rules_dir)
    lexicons = load(rules_dir)
    scanner = Scanner(lexicons)
    finders = {language: finder(lexicon) for language, lexicon in lexicons.items()}
    entries, _ = read_entries(folder)
    for entry in entries:
        structural = _structural(lexicons[entry.language], entry)
        place = Place(str(folder / entry.language))
        for wanted, texts in ((True, entry.example), (False, entry.counter)):
            for text in texts:
                if structural:
                    plain = normalise(text)
                    hits = finders[entry.language](plain.text, plain.lower, 0, len(plain.text))
                    found = any(entry.id in hit[5] for hit in hits)
                else:
                    found = takes_part(
                        scanner.scan(text, every=True), entry.id, str(entry.data.get("label") or "")
                    )
                if found != wanted:
                    what = "example is not" if wanted else "counter-example is"
                    yield entry, Problem(place, f"`{entry.id}`: the {what} read by it: {text!r}")
