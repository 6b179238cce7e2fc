"""Reading and checking the files of the lexicon.

Nothing here is needed once a compiled lexicon is at hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from exoreg.law.places import Place, Problem
from exoreg.law.reading import Document, read_yaml
from exoreg.offer.lexicon import LABELS, LANGUAGES, MODALITIES, REACHES, Lexicon
from exoreg.offer.lexicon_compile import MAX_VARIANTS, TOKEN, Compiler, texts, variants

_FACTS = ("source", "donor", "form", "use", "setting", "evidence")
_COMMON = {"id", "kind", "says", "sources", "example", "counter", "note"}
_MATCH = {
    "words",
    "match",
    "ordered",
    "within",
    "unless",
    "barred",
    "section",
    "forms",
    "case",
    "edge",
    "negation",
}
_KEYS = {
    "words": {"class", "words", "forms", "case", "edge"},
    "claim": {"label", "rescue", "modality"} | _MATCH,
    "fact": {"fact", "value", "bare"} | _MATCH,
    "argument": {"argument"} | _MATCH,
    "flag": {"flag"} | _MATCH,
    "context": {
        "modality", "cue", "words", "governs", "within", "unless", "at_least", "leading", "cancels", "over",
        "forms",
        "case", "edge",
    },
}  # fmt: skip
_GRAMMAR_KEYS = {
    "language", "unit", "ignore_spaces", "within", "sentence", "question", "clause", "clause_marks", "break",
    "until_comma", "answer", "spelling", "forms", "whole",
}  # fmt: skip
_NAME = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written, and where."""

    language: str
    data: dict[str, Any] = field(repr=False)
    document: Document = field(repr=False)
    index: int

    @property
    def id(self) -> str:
        """Its id; empty where it is missing."""
        return str(self.data.get("id", ""))

    @property
    def kind(self) -> Any:
        """Its kind, as written."""
        return self.data.get("kind")

    def texts(self, key: str) -> list[str]:
        """The text or texts under a key."""
        return texts(self.data.get(key))

    def place(self, *path: str | int) -> Place:
        """Where the entry stands, or what is at a path below it."""
        return self.document.place((self.index, *path))


class ReadLexicon(NamedTuple):
    """What was read below a lexicon's folder.

    ``entries`` are those whose shape is right; ``lexicons`` are compiled, by language, where nothing in it is wrong.
    """

    lexicons: dict[str, Lexicon]
    entries: list[Entry]
    problems: list[Problem]


class _Reader:
    """Collects the entries and problems of one language's folder."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self.language = folder, language
        self.problems: list[Problem] = []
        self.grammar: dict[str, Any] = {}
        self.sources: set[str] = set()
        self.entries: list[Entry] = []
        self.read()

    def read(self) -> None:
        for path in sorted(self.folder.glob("*.yaml")):
            document, problems = read_yaml(path)
            self.problems += problems
            if document is None:
                continue
            if path.name == "grammar.yaml":
                self.read_grammar(document)
            elif not isinstance(document.data, list):
                self.complain(document, (), "expected a list of entries")
            elif path.name == "sources.yaml":
                self.read_sources(document)
            else:
                for index, entry in enumerate(document.data):
                    if isinstance(entry, dict):
                        self.entries.append(Entry(self.language, entry, document, index))
                    else:
                        self.complain(document, (index,), "expected an entry with `id` and `kind`")
        if not self.grammar and not self.problems:
            self.problems.append(Problem(Place(str(self.folder / "grammar.yaml")), "is missing"))

    def complain(self, document: Document, path: tuple[str | int, ...], message: str, help: str = "") -> None:
        self.problems.append(Problem(document.place(path), message, help))

    def read_grammar(self, document: Document) -> None:
        data = document.data
        if not isinstance(data, dict):
            self.complain(document, (), "expected one mapping")
            return
        for key in data:
            if key not in _GRAMMAR_KEYS:
                self.complain(document, (key,), f"unknown key `{key}`", _allowed(_GRAMMAR_KEYS))
        if data.get("language") != self.language:
            self.complain(
                document, ("language",), f"`language` must be `{self.language}`, as the folder is called"
            )
        if data.get("unit") not in ("word", "character"):
            self.complain(document, ("unit",), "`unit` must be `word` or `character`")
        self.grammar = data

    def read_sources(self, document: Document) -> None:
        for index, row in enumerate(document.data):
            if not isinstance(row, dict) or not {"id", "title", "verified"} <= row.keys():
                self.complain(document, (index,), "a source needs `id`, `title` and `verified`")
            else:
                self.sources.add(str(row["id"]))

    def checked(self) -> list[Entry]:
        """The entries whose shape is right."""
        good: list[Entry] = []
        seen: set[str] = set()
        for entry in self.entries:
            before = len(self.problems)
            self.check(entry, seen)
            if len(self.problems) == before:
                good.append(entry)
        return good

    def check(self, read: Entry, seen: set[str]) -> None:
        def wrong(key: str, message: str, help: str = "") -> None:
            self.problems.append(Problem(read.place(key), message, help))

        entry, kind, name = read.data, read.kind, read.id
        if kind not in _KEYS:
            wrong("kind", f"unknown kind `{kind}`", _allowed(_KEYS))
            return
        if not _NAME.match(name) or not name.startswith(f"{self.language}."):
            wrong("id", f"`{name}` is not an id like `{self.language}.{kind}.name` in lower case")
        if name in seen:
            wrong("id", f"`{name}` is used twice")
        seen.add(name)
        for key in entry:
            if key not in _KEYS[kind] | _COMMON:
                wrong(key, f"unknown key `{key}` in an entry of kind {kind}", _allowed(_KEYS[kind] | _COMMON))
        for key in ("sources", "example", "counter"):
            if not texts(entry.get(key)):
                wrong(key, f"`{key}` is missing: give one text or a list of texts")
        for source in texts(entry.get("sources")):
            if source not in self.sources:
                wrong("sources", f"unknown source `{source}`", "add it to sources.yaml")
        has = [key for key in ("words", "match", "cue") if key in entry]
        if len(has) != 1:
            wrong("kind", "give either `words` or `match` (a context: `words` or `cue`)")
        elif not texts(entry[has[0]]):
            wrong(has[0], f"`{has[0]}` must be a list of texts")
        for word in texts(entry.get("words")):
            problem = _word_problem(word, self.grammar.get("unit") == "word")
            if problem:
                wrong("words", f"`{word}`: {problem}")
        needed = {"words": "class", "claim": "label", "context": "modality"}.get(kind, kind)
        if not texts(entry.get(needed)):
            wrong(needed, f"`{needed}` is missing")
        for key, allowed in (
            ("label", LABELS),
            ("modality", MODALITIES),
            ("governs", REACHES),
            ("fact", _FACTS),
        ):
            if key in entry and entry[key] not in allowed:
                wrong(key, f"unknown {key} `{entry[key]}`", _allowed(allowed))
        if kind == "context" and "governs" not in entry:
            wrong("governs", "`governs` is missing", _allowed(REACHES))
        if kind == "fact" and not texts(entry.get("value")):
            wrong("value", "`value` is missing")
        if entry.get("bare", True) is not True:
            wrong("bare", "`bare` is `true` or left out")
        for key in ("within", "at_least"):
            if key in entry and (not isinstance(entry[key], int) or entry[key] < 0):
                wrong(key, f"`{key}` must be a whole number")


def _word_problem(word: str, spaced: bool) -> str:
    if word.count("(") != word.count(")"):
        return "a bracket is not closed"
    if len(variants(word)) > MAX_VARIANTS // 2:
        return "too many variants in one word"
    if spaced and not all(TOKEN.search(variant) for variant in variants(word)):
        return "has no letter"
    return ""


def _allowed(names: Any) -> str:
    return "allowed: " + ", ".join(sorted(names))


def read_lexicon(folder: Path) -> ReadLexicon:
    """Everything below a lexicon's folder, read and compiled as far as it is right."""
    found = ReadLexicon({}, [], [])
    for language in LANGUAGES:
        if not (folder / language).is_dir():
            continue
        reader = _Reader(folder / language, language)
        entries = reader.checked()
        found.entries.extend(entries)
        found.problems.extend(reader.problems)
        if reader.problems:
            continue
        compiler = Compiler(reader.grammar, [entry.data for entry in entries])
        lexicon = compiler.compile()
        places = {entry.id: entry.place() for entry in entries}
        grammar = Place(str(folder / language / "grammar.yaml"))
        for name, unknown in dict.fromkeys(compiler.unknown):
            place = places.get(name, grammar)
            found.problems.append(Problem(place, f"no words have the class `{unknown}`"))
        if not compiler.unknown:
            found.lexicons[language] = lexicon
    return found
