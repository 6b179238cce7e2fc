"""Compiling checked entries of the lexicon to plain data."""

from __future__ import annotations

import re
from typing import Any

from exoreg.offer.lexicon import Context, Info, Layer, Lexicon, Pattern, canonical
from exoreg.offer.prefixes import keep_classes, with_finals

_CHOICE = re.compile(r"\(([^()]*)\)")
TOKEN = re.compile(r"#|\d+(?:[.,]\d+)*|\*?[^\W\d_]+(?:'[^\W\d_]+)*\*?")
MAX_VARIANTS = 4000
ANY = 1_000_000
_LAYERS = ("claim", "source", "form", "use", "setting", "argument", "flag")


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


class Compiler:
    """Turns checked entries into a Lexicon."""

    def __init__(self, grammar: dict[str, Any], entries: list[dict[str, Any]]) -> None:
        self.grammar, self.entries = grammar, entries
        self.by_word = grammar["unit"] == "word"
        self.spelling = tuple((str(a), str(b)) for a, b in grammar.get("spelling") or [])
        self.bits: dict[str, int] = {}
        self.layers = tuple(_Words() for _ in _LAYERS)
        self.unknown: list[tuple[str, str]] = []

    def compile(self) -> Lexicon:
        """The lexicon; classes that no word belongs to are left in ``unknown`` with the entry that names them."""
        for entry in self.entries:
            if "words" in entry:
                names = texts(entry["class"]) if entry["kind"] == "words" else [f"@{entry['id']}"]
                self._add_words(entry, names)
        if not self.by_word:
            whole = self._mask(self.grammar.get("whole"), "grammar")
            for words in self.layers:
                keep_classes(words.singles, whole)
        claims: list[Pattern] = []
        others: list[Pattern] = []
        contexts: list[Context] = []
        for entry in self.entries:
            if entry["kind"] == "context":
                contexts.append(self._context(entry))
            elif entry["kind"] != "words":
                (claims if entry["kind"] == "claim" else others).append(self._pattern(entry))
        content = self._mask(self.grammar.get("answer"), "grammar")
        heading = 0
        for pattern in claims + others:
            content |= pattern.slots[-1]  # without its last slot no pattern can match
            heading |= pattern.section
        for context in contexts:
            if context.governs == "section":
                heading |= context.cue
            if context.governs == "document":
                content |= context.cue | context.unless
        return Lexicon(
            language=self.grammar["language"],
            unit=self.grammar["unit"],
            ignore_spaces=bool(self.grammar.get("ignore_spaces")),
            sentence=str(self.grammar.get("sentence") or ".!?"),
            clause_marks=str(self.grammar.get("clause_marks") or ""),
            clause=self._mask(self.grammar.get("clause"), "grammar"),
            breaks=self._mask(self.grammar.get("break"), "grammar"),
            until_comma=self._mask(self.grammar.get("until_comma"), "grammar"),
            question=self._mask(self.grammar.get("question"), "grammar"),
            answer=self._mask(self.grammar.get("answer"), "grammar"),
            heading=heading,
            content=content | heading,
            triggers=self._triggers(content | heading),
            classes=tuple(self.bits),
            spelling=self.spelling,
            layers=tuple(words.layer() for words in self.layers),
            claims=tuple(claims),
            others=tuple(others),
            contexts=tuple(contexts),
        )

    def _triggers(self, content: int) -> tuple[str, ...]:
        """Of each phrase with content its longest word: a sentence without any of them cannot hold the phrase."""
        found: set[str] = set()
        for words in self.layers:
            for first, options in words.phrases.items():
                for rest, info in options.items():
                    if info[0] & content:
                        plain = [word for word in (first, *rest) if "*" not in word] or [first]
                        found.add(max(plain, key=len))
        return tuple(sorted(found))

    def _mask(self, names: Any, entry: str) -> int:
        """The classes named, as a mask; a class that no word belongs to is remembered as a problem."""
        mask = 0
        for name in (part.strip() for text in texts(names) for part in text.split("|")):
            if name not in self.bits:
                self.unknown.append((entry, name))
            else:
                mask |= 1 << self.bits[name]
        return mask

    def _pattern(self, entry: dict[str, Any]) -> Pattern:
        name, kind = entry["id"], entry["kind"]
        slots = (
            [1 << self.bits[f"@{name}"]]
            if "words" in entry
            else [self._mask(s, name) for s in texts(entry["match"])]
        )
        return Pattern(
            id=name,
            kind=kind,
            label=str(entry.get("label") or entry.get("fact") or entry.get(kind) or ""),
            value=str(entry.get("value") or ""),
            slots=tuple(slots),
            ordered=bool(entry.get("ordered")),
            within=int(entry.get("within", self.grammar.get("within", 6))),
            unless=self._mask(entry.get("unless"), name),
            barred=self._mask(entry.get("barred"), name),
            rescue=self._mask(entry.get("rescue"), name),
            section=self._mask(entry.get("section"), name),
            negation=self._mask(entry.get("negation"), name),
            modality=str(entry.get("modality") or ""),
            bare=bool(entry.get("bare")),
        )

    def _context(self, entry: dict[str, Any]) -> Context:
        name = entry["id"]
        return Context(
            id=name,
            modality=entry["modality"],
            cue=1 << self.bits[f"@{name}"] if "words" in entry else self._mask(entry["cue"], name),
            governs=entry["governs"],
            within=int(entry.get("within", ANY)),
            unless=self._mask(entry.get("unless"), name),
            at_least=int(entry.get("at_least", 1)),
            leading=bool(entry.get("leading")),
            cancels=bool(entry.get("cancels")),
            over=bool(entry.get("over")),
        )

    def _add_words(self, entry: dict[str, Any], classes: list[str]) -> None:
        mask = 0
        for name in classes:
            mask |= 1 << self.bits.setdefault(name, len(self.bits))
        exact = entry.get("case") == "exact"
        words = self.layers[_layer(entry)]
        for word in texts(entry["words"]):
            for variant in variants(word):
                if not self.by_word:
                    key = variant.lower()
                    if self.grammar.get("ignore_spaces"):
                        key = key.replace(" ", "")
                    for stem in with_finals(key) if entry.get("forms") == "stem" else (key,):
                        _put(words.singles, stem, (mask, (entry["id"],), str(entry.get("edge") or "")))
                    continue
                for tokens in self._inflected(TOKEN.findall(variant.lower()), str(entry.get("forms") or "")):
                    self._add_tokens(words, tokens, (mask, (entry["id"],), variant if exact else ""))

    def _add_tokens(self, words: _Words, tokens: list[str], info: Info) -> None:
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

    def _inflected(self, tokens: list[str], form: str) -> list[list[str]]:
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


def _put(table: dict[Any, Info], key: Any, info: Info) -> None:
    old = table.get(key)
    if old is None:
        table[key] = info
        return
    # A word listed both with and without a guard (exact case, edges) needs none.
    guard = info[2] if old[2] == info[2] else ""
    table[key] = (old[0] | info[0], tuple(dict.fromkeys(old[1] + info[1])), guard)


def texts(value: Any) -> list[str]:
    """A text or a list of texts as a list; empty ones are left out."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    return [str(item) for item in value if str(item).strip()] if isinstance(value, list) else []
