"""Reading wording: kinds of text, and exoreg beside plain finders of the same phrases, which judge nothing."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from bench.growth import text_of
from bench.measure import about, median_of, seconds, show
from exoreg.law.folders import shipped_rules
from exoreg.offer.lexicon import load
from exoreg.offer.scan import Scanner, scan

LENGTH = 200_000
ROOT = Path(__file__).resolve().parent.parent


def joined(*patterns: str) -> str:
    """The files of the repository that match, one after the other, again and again up to the length."""
    paths = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    text = "\n\n".join(path.read_text("utf-8") for path in paths)
    return "\n\n".join([text] * max(1, LENGTH // len(text)))


def kinds() -> None:
    """Prints what kinds of text cost: at first, and once the scanner knows their words."""
    found = []
    for kind, text in (
        ("English, dense: made sentences, a claim every 22 characters", text_of(LENGTH)),
        ("English, offers", joined("evaluation/offers/0[1-5]*.txt")),
        ("English, ordinary prose: the guides", joined("docs/*.md")),
        ("Japanese, offers", joined("evaluation/offers/ja-*.txt")),
        ("Korean, offers", joined("evaluation/offers/ko-*.txt")),
    ):
        scanner = Scanner(load())
        size = len(text.encode()) / 1e6
        first = seconds(lambda scanner=scanner, text=text: scanner.scan(text))
        again = median_of(lambda scanner=scanner, text=text: scanner.scan(text))
        reading = scanner.scan(text)
        found.append((kind, f"{len(text):,}", f"{len(reading.claims):,}", f"{len(reading.facts):,}",
                      size / first, size / again, len(text) / again / 1e6))  # fmt: skip
    show(
        "Kinds of text",
        ("text", "characters", "claims", "facts", "MB/s at first", "MB/s", "million characters a second"),
        found,
    )


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
    """Prints the tables."""
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
    kinds()


if __name__ == "__main__":
    main()
