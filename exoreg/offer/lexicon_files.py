"""Reading and checking the files of the lexicon, and compiling them.

Nothing here is needed once a compiled lexicon is at hand.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from exoreg.law.places import Place, Problem, RuleBaseError
from exoreg.law.reading import Document, read_yaml
from exoreg.offer.lexicon import (
    LABELS,
    LANGUAGES,
    MODALITIES,
    REACHES,
    Context,
    Entry,
    Info,
    Layer,
    Lexicon,
    Pattern,
    canonical,
)
from exoreg.offer.prefixes import keep_classes, with_finals

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
_CHOICE = re.compile(r"\(([^()]*)\)")
_TOKEN = re.compile(r"#|\d+(?:[.,]\d+)*|\*?[^\W\d_]+(?:'[^\W\d_]+)*\*?")
MAX_VARIANTS = 4000
ANY = 1_000_000
_LAYERS = ("claim", "source", "form", "use", "setting", "argument", "flag")


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
            if not _texts(entry.get(key)):
                wrong(key, f"`{key}` is missing: give one text or a list of texts")
        for source in _texts(entry.get("sources")):
            if source not in self.sources:
                wrong("sources", f"unknown source `{source}`", "add it to sources.yaml")
        has = [key for key in ("words", "match", "cue") if key in entry]
        if len(has) != 1:
            wrong("kind", "give either `words` or `match` (a context: `words` or `cue`)")
        elif not _texts(entry[has[0]]):
            wrong(has[0], f"`{has[0]}` must be a list of texts")
        for word in _texts(entry.get("words")):
            problem = _word_problem(word, self.grammar.get("unit") == "word")
            if problem:
                wrong("words", f"`{word}`: {problem}")
        needed = {"words": "class", "claim": "label", "context": "modality"}.get(kind, kind)
        if not _texts(entry.get(needed)):
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
        if kind == "fact" and not _texts(entry.get("value")):
            wrong("value", "`value` is missing")
        for key in ("within", "at_least"):
            if key in entry and (not isinstance(entry[key], int) or entry[key] < 0):
                wrong(key, f"`{key}` must be a whole number")


class _Words:
    """The words of one layer while they are collected."""

    def __init__(self) -> None:
        self.singles: dict[str, Info] = {}
        self.stems: dict[str, Info] = {}
        self.phrases: dict[str, dict[tuple[str, ...], Info]] = {}

    def layer(self) -> Layer:
        phrases = {
            word: sorted(options.items(), key=lambda option: (-len(option[0]), option[0]))
            for word, options in sorted(self.phrases.items())
        }
        return Layer(self.singles, phrases, self.stems)


class _Compiler:
    """Turns checked entries into a Lexicon."""

    def __init__(self, grammar: dict[str, Any], entries: list[dict[str, Any]]) -> None:
        self.grammar, self.entries = grammar, entries
        self.by_word = grammar["unit"] == "word"
        self.spelling = tuple((str(a), str(b)) for a, b in grammar.get("spelling") or [])
        self.bits: dict[str, int] = {}
        self.layers = tuple(_Words() for _ in _LAYERS)
        self.unknown: list[tuple[str, str]] = []

    def compile(self) -> Lexicon:
        for entry in self.entries:
            if "words" in entry:
                names = _texts(entry["class"]) if entry["kind"] == "words" else [f"@{entry['id']}"]
                self.add_words(entry, names)
        if not self.by_word:
            whole = self.mask(self.grammar.get("whole"), "grammar")
            for words in self.layers:
                keep_classes(words.singles, whole)
        claims: list[Pattern] = []
        others: list[Pattern] = []
        contexts: list[Context] = []
        for entry in self.entries:
            if entry["kind"] == "context":
                contexts.append(self.context(entry))
            elif entry["kind"] != "words":
                (claims if entry["kind"] == "claim" else others).append(self.pattern(entry))
        content = heading = 0
        for pattern in claims + others:
            content |= pattern.slots[0] if len(pattern.slots) == 1 else _either(pattern.slots)
            heading |= pattern.section
        for context in contexts:
            if context.governs == "section":
                heading |= context.cue
            if context.governs == "document":
                content |= context.cue
        return Lexicon(
            language=self.grammar["language"],
            unit=self.grammar["unit"],
            ignore_spaces=bool(self.grammar.get("ignore_spaces")),
            sentence=str(self.grammar.get("sentence") or ".!?"),
            clause_marks=str(self.grammar.get("clause_marks") or ""),
            clause=self.mask(self.grammar.get("clause"), "grammar"),
            breaks=self.mask(self.grammar.get("break"), "grammar"),
            until_comma=self.mask(self.grammar.get("until_comma"), "grammar"),
            question=self.mask(self.grammar.get("question"), "grammar"),
            answer=self.mask(self.grammar.get("answer"), "grammar"),
            heading=heading,
            content=content | heading,
            classes=tuple(self.bits),
            spelling=self.spelling,
            layers=tuple(words.layer() for words in self.layers),
            claims=tuple(claims),
            others=tuple(others),
            contexts=tuple(contexts),
        )

    def mask(self, names: Any, entry: str) -> int:
        """The classes named, as a mask; a class that no word belongs to is remembered as a problem."""
        mask = 0
        for name in (part.strip() for text in _texts(names) for part in text.split("|")):
            if name not in self.bits:
                self.unknown.append((entry, name))
            else:
                mask |= 1 << self.bits[name]
        return mask

    def pattern(self, entry: dict[str, Any]) -> Pattern:
        name, kind = entry["id"], entry["kind"]
        slots = (
            [1 << self.bits[f"@{name}"]]
            if "words" in entry
            else [self.mask(s, name) for s in _texts(entry["match"])]
        )
        return Pattern(
            id=name,
            kind=kind,
            label=str(entry.get("label") or entry.get("fact") or entry.get(kind) or ""),
            value=str(entry.get("value") or ""),
            slots=tuple(slots),
            ordered=bool(entry.get("ordered")),
            within=int(entry.get("within", self.grammar.get("within", 6))),
            unless=self.mask(entry.get("unless"), name),
            barred=self.mask(entry.get("barred"), name),
            rescue=self.mask(entry.get("rescue"), name),
            section=self.mask(entry.get("section"), name),
            negation=self.mask(entry.get("negation"), name),
            modality=str(entry.get("modality") or ""),
        )

    def context(self, entry: dict[str, Any]) -> Context:
        name = entry["id"]
        return Context(
            id=name,
            modality=entry["modality"],
            cue=1 << self.bits[f"@{name}"] if "words" in entry else self.mask(entry["cue"], name),
            governs=entry["governs"],
            within=int(entry.get("within", ANY)),
            unless=self.mask(entry.get("unless"), name),
            at_least=int(entry.get("at_least", 1)),
            leading=bool(entry.get("leading")),
            cancels=bool(entry.get("cancels")),
            over=bool(entry.get("over")),
        )

    def add_words(self, entry: dict[str, Any], classes: list[str]) -> None:
        mask = 0
        for name in classes:
            mask |= 1 << self.bits.setdefault(name, len(self.bits))
        exact = entry.get("case") == "exact"
        words = self.layers[_layer(entry)]
        for word in _texts(entry["words"]):
            for variant in variants(word):
                if not self.by_word:
                    key = variant.lower()
                    if self.grammar.get("ignore_spaces"):
                        key = key.replace(" ", "")
                    for stem in with_finals(key) if entry.get("forms") == "stem" else (key,):
                        _put(words.singles, stem, (mask, (entry["id"],), str(entry.get("edge") or "")))
                    continue
                for tokens in self.inflected(_TOKEN.findall(variant.lower()), str(entry.get("forms") or "")):
                    self.add_tokens(words, tokens, (mask, (entry["id"],), variant if exact else ""))

    def add_tokens(self, words: _Words, tokens: list[str], info: Info) -> None:
        tokens = [canonical(token, self.spelling) for token in tokens]
        first, rest = tokens[0], tuple(tokens[1:])
        if not rest:
            if first.startswith("*"):
                _put(words.stems, first, info)
            elif first.endswith("*"):
                _put(words.stems, first[:-1], info)
            else:
                _put(words.singles, first, info)
            return
        _put(words.phrases.setdefault(first, {}), rest, info)
        joined = "".join(tokens)
        # Written as one word (woundhealing): only where the parts are long enough not to be something else.
        if "#" not in joined and "'" not in joined and len(tokens) <= 3 and len(joined) >= 8 and not info[2]:
            if joined.endswith("*"):
                _put(words.stems, joined[:-1], info)
            else:
                _put(words.singles, joined, info)

    def inflected(self, tokens: list[str], form: str) -> list[list[str]]:
        """The phrase in all its forms: of its first word for verbs, of its last otherwise."""
        endings = (self.grammar.get("forms") or {}).get(form)
        if not endings:
            return [tokens]
        at = 0 if form == "verb" else len(tokens) - 1
        word = tokens[at]
        for ending, replacements in endings:
            ending = str(ending or "")
            if word.endswith(ending) and not word.endswith("*"):
                stem = word[: len(word) - len(ending)]
                return [[*tokens[:at], stem + str(new or ""), *tokens[at + 1 :]] for new in replacements]
        return [tokens]


def _layer(entry: dict[str, Any]) -> int:
    """Which layer the words of an entry belong to; what is neither of them goes with the nearest."""
    name = entry["fact"] if entry["kind"] == "fact" else entry["kind"]
    name = {"donor": "setting", "evidence": "setting"}.get(name, name)
    return _LAYERS.index(name) if name in _LAYERS else 0


def variants(word: str) -> list[str]:
    """All ways to write a word of the lexicon: ``(a/b)`` is either."""
    done: list[str] = []
    todo = [word]
    while todo and len(done) + len(todo) <= MAX_VARIANTS:
        text = todo.pop()
        choice = _CHOICE.search(text)
        if choice is None:
            done.append(" ".join(text.split()))
        else:
            todo += [
                text[: choice.start()] + part + text[choice.end() :] for part in choice.group(1).split("/")
            ]
    return done


def _word_problem(word: str, spaced: bool) -> str:
    if word.count("(") != word.count(")"):
        return "a bracket is not closed"
    if len(variants(word)) > MAX_VARIANTS // 2:
        return "too many variants in one word"
    if spaced and not all(_TOKEN.search(variant) for variant in variants(word)):
        return "has no letter"
    return ""


def _put(table: dict[Any, Info], key: Any, info: Info) -> None:
    old = table.get(key)
    if old is None:
        table[key] = info
        return
    # A word listed both with and without a guard (exact case, edges) needs none.
    guard = info[2] if old[2] == info[2] else ""
    table[key] = (old[0] | info[0], tuple(dict.fromkeys(old[1] + info[1])), guard)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    return [str(item) for item in value if str(item).strip()] if isinstance(value, list) else []


def _allowed(names: Any) -> str:
    return "allowed: " + ", ".join(sorted(names))


def _either(slots: tuple[int, ...]) -> int:
    mask = 0
    for slot in slots:
        mask |= slot
    return mask


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
                    sources=tuple(_texts(entry["sources"])),
                    example=tuple(_texts(entry["example"])),
                    counter=tuple(_texts(entry["counter"])),
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
        compiler = _Compiler(reader.grammar, entries)
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
