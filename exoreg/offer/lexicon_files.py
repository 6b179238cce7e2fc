"""Reading and checking the files of the lexicon.

Nothing here is needed once a compiled lexicon is at hand.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from exoreg.law.places import Place, Problem, RuleBaseError
from exoreg.law.reading import Document, read_yaml
from exoreg.offer.lexicon import LABELS, LANGUAGES, MODALITIES, REACHES, Entry, Lexicon
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
    "fact": {"fact", "value"} | _MATCH,
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


class _Reader:
    """Collects the entries and problems of one language's folder."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self.language = folder, language
        self.problems: list[Problem] = []
        self.grammar: dict[str, Any] = {}
        self.sources: set[str] = set()
        self.entries: list[tuple[dict[str, Any], Document, int]] = []
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
                        self.entries.append((entry, document, index))
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

    def checked(self) -> list[dict[str, Any]]:
        """The entries whose shape is right."""
        good: list[dict[str, Any]] = []
        seen: set[str] = set()
        for entry, document, index in self.entries:
            before = len(self.problems)
            self.check(entry, document, index, seen)
            if len(self.problems) == before:
                good.append(entry)
        return good

    def check(self, entry: dict[str, Any], document: Document, index: int, seen: set[str]) -> None:
        def wrong(key: str, message: str, help: str = "") -> None:
            self.complain(document, (index, key), message, help)

        kind = entry.get("kind")
        if kind not in _KEYS:
            wrong("kind", f"unknown kind `{kind}`", _allowed(_KEYS))
            return
        name = str(entry.get("id", ""))
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


def read_entries(folder: Path) -> tuple[list[Entry], list[Problem]]:
    """All entries below the lexicon's folder as written, and everything wrong with the files."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for language in LANGUAGES:
        if not (folder / language).is_dir():
            continue
        reader = _Reader(folder / language, language)
        for entry in reader.checked():
            entries.append(
                Entry(
                    id=entry["id"],
                    kind=entry["kind"],
                    says=str(entry.get("says") or ""),
                    sources=tuple(texts(entry["sources"])),
                    example=tuple(texts(entry["example"])),
                    counter=tuple(texts(entry["counter"])),
                    language=language,
                    data=entry,
                )
            )
        problems += reader.problems
    return entries, problems


def compile_folder(folder: Path) -> dict[str, Lexicon]:
    """The lexicons below ``folder`` by language.

    Raises:
        RuleBaseError: any file breaks the format.
    """
    lexicons: dict[str, Lexicon] = {}
    problems: list[Problem] = []
    for language in LANGUAGES:
        if not (folder / language).is_dir():
            continue
        reader = _Reader(folder / language, language)
        entries = reader.checked()
        problems += reader.problems
        if reader.problems:
            continue
        compiler = Compiler(reader.grammar, entries)
        lexicons[language] = compiler.compile()
        places = {entry["id"]: document.place((index,)) for entry, document, index in reader.entries}
        grammar = Place(str(folder / language / "grammar.yaml"))
        problems += [
            Problem(places.get(name, grammar), f"no words have the class `{unknown}`")
            for name, unknown in dict.fromkeys(compiler.unknown)
        ]
    if problems:
        raise RuleBaseError(problems)
    return lexicons
