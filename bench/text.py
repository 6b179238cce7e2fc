"""Reading wording: exoreg's scanner beside plain finders of the same phrases, which find words and judge nothing."""

from __future__ import annotations

import re

import yaml

from bench.growth import text_of
from bench.measure import about, median_of, show
from exoreg.law.folders import shipped_rules
from exoreg.offer.scan import scan

LENGTH = 200_000


def phrases() -> list[str]:
    """The English words and phrases of the lexicon that are plain: no endings left open, no alternatives."""
    found = set()
    for path in sorted((shipped_rules() / "lexicon" / "en").glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text()) or []:
            words = entry.get("words", ()) if isinstance(entry, dict) else ()
            texts = [word.lower() for word in words if isinstance(word, str)]
            found |= {word for word in texts if re.fullmatch(r"[a-z' ]+", word)}
    return sorted(found)


def main() -> None:
    """Prints the table."""
    wanted = phrases()
    text = text_of(LENGTH)
    lower = text.lower()
    bound = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(wanted, key=len, reverse=True)))})\b")
    rows = [
        (
            "exoreg, whole reading",
            median_of(lambda: scan(text), 3),
            f"{len(scan(text).claims):,} claims judged",
        )
    ]
    packages = []
    try:
        import ahocorasick

        finder = ahocorasick.Automaton()
        for phrase in wanted:
            finder.add_word(phrase, phrase)
        finder.make_automaton()
        naive = sum(lower.count(phrase) for phrase in wanted[:50])
        few = ahocorasick.Automaton()
        for phrase in wanted[:50]:
            few.add_word(phrase, phrase)
        few.make_automaton()
        same = sum(1 for _ in few.iter(lower)) == naive
        found = sum(1 for _ in finder.iter(lower))
        taken = median_of(lambda: sum(1 for _ in finder.iter(lower)))
        rows.append(
            ("pyahocorasick, phrases", taken, f"{found:,} phrases; counts {'agree' if same else 'DIFFER'}")
        )
        packages.append("pyahocorasick")
    except ImportError:
        rows.append(("pyahocorasick", float("nan"), "not installed"))
    try:
        import spacy
        from spacy.matcher import PhraseMatcher

        language = spacy.blank("en")
        language.max_length = 2 * LENGTH
        matcher = PhraseMatcher(language.vocab, attr="LOWER")
        matcher.add("phrase", list(language.pipe(wanted)))
        found = len(matcher(language(text)))
        taken = median_of(lambda: matcher(language(text)), 3)
        rows.append(("spaCy PhraseMatcher with its tokens", taken, f"{found:,} phrases"))
        packages.append("spacy")
    except ImportError:
        rows.append(("spaCy", float("nan"), "not installed"))
    rows.append(
        (
            "`re`, one alternation",
            median_of(lambda: bound.findall(lower), 3),
            f"{len(bound.findall(lower)):,} phrases",
        )
    )
    about("exoreg", *packages)
    ours = rows[0][1]
    show(
        f"A text of {LENGTH:,} characters, {len(wanted):,} phrases",
        ("finder", "ms", "× exoreg", "million characters a second", "finds"),
        [(name, taken * 1e3, taken / ours, LENGTH / taken / 1e6, what) for name, taken, what in rows],
    )


if __name__ == "__main__":
    main()
