"""Finding the words of a lexicon in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable

from exoreg.offer.lexicon import Info, Layer, Lexicon, canonical

# first unit, unit behind, first character, character behind, classes, entries that list the word
Hit = tuple[int, int, int, int, int, tuple[str, ...]]
"""One word of the lexicon found: units (words or characters) and offsets in the normalised text."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_LONGEST_ENDING = 8
_LONGEST_COMPOUND = 40
_MEMORY = 200_000

# The phrases that begin with a word: which words can come second, then by length (the longest first) the exact
# further words, and the few whose further words may have any ending.
_Phrases = tuple[
    frozenset[str],
    list[tuple[int, dict[tuple[str, ...], Info]]],
    list[tuple[tuple[str, ...], Info]],
]
# What is known of a token: in each layer that knows it, the word itself and the phrases that begin with it; and
# the lexicon's words that it is composed of, as (start, end, info).
_Known = tuple[tuple[tuple[int, Info | None, _Phrases | None], ...], tuple[tuple[int, int, Info], ...]]


class WordFinder:
    """Finds words and phrases in a language written with spaces; what it learns of a token it remembers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._stems = [_by_start(layer.stems) for layer in lexicon.layers]
        self._known: dict[str, _Known | None] = {}
        self._content: set[str] = set()
        self._triggers = frozenset(lexicon.triggers)
        self._plain: dict[str, str] = {}
        self._phrases: dict[tuple[int, str], _Phrases] = {}

    def find(self, text: str, lower: str, start: int, end: int) -> list[Hit]:
        """The hits in one sentence, or none at all when nothing there can be content."""
        tokens = _WORD.findall(lower, start, end)
        known = self._known
        if not known.keys() >= set(tokens):
            if len(known) > _MEMORY:
                known.clear()
                self._content.clear()
                self._plain.clear()
            for token in tokens:
                if token not in known:
                    self._learn(token)
        if self._content.isdisjoint(tokens):
            return []
        spans = [match.span() for match in _WORD.finditer(lower, start, end)]
        plain = [*map(self._plain.__getitem__, tokens), ""]
        hits: list[Hit] = []
        free = [0] * len(self._stems)
        for at, fact in enumerate(map(known.__getitem__, tokens)):
            if fact is None:
                continue
            first = spans[at][0]
            for layer, single, phrases in fact[0]:
                if at < free[layer]:
                    continue
                found = None
                if phrases is not None and (plain[at + 1] in phrases[0] or phrases[2]):
                    found = _phrase(phrases, plain, at)
                if found is None:
                    if single is None:
                        continue
                    found = (1, single)
                length, info = found
                last = spans[at + length - 1][1]
                if info[2] and not _same_case(info[2], text[first:last]):
                    continue
                hits.append((at, at + length, first, last, info[0], info[1]))
                free[layer] = at + length
            if fact[1] and at >= free[0]:
                hits += [(at, at + 1, first + a, first + b, info[0], info[1]) for a, b, info in fact[1]]
        return hits

    def _learn(self, token: str) -> None:
        word = "#" if token[0].isdigit() else canonical(token, self._lexicon.spelling)
        layers = self._lexicon.layers
        bare = word.removesuffix("'s")  # a phrase may want "skin's"; alone it is "skin"
        if not any(word in layer.singles or word in layer.phrases for layer in layers):
            word = bare
        self._plain[token] = word
        mask = own = 0
        rows: list[tuple[int, Info | None, _Phrases | None]] = []
        for number, (layer, stems) in enumerate(zip(layers, self._stems, strict=True)):
            single = _both(layer.singles.get(word), _stem(word, stems)) or _suffix(word, layer.stems)
            if single is None and bare != word:
                single = layer.singles.get(bare)
            options = layer.phrases.get(word)
            own |= single[0] if single else 0
            for _, info in options or ():
                mask |= info[0]
            if single or options:
                rows.append((number, single, self._index(number, word, options) if options else None))
        mask |= own
        parts: tuple[tuple[int, int, Info], ...] = ()
        if not mask and 9 <= len(token) <= _LONGEST_COMPOUND:
            parts = self._compound(word if len(word) == len(token) else token)
            for _, _, info in parts:
                mask |= info[0]
                own |= info[0]
        self._known[token] = (tuple(rows), parts) if mask else None
        if own & self._lexicon.content or word in self._triggers:
            self._content.add(token)

    def _index(self, layer: int, word: str, options: list[tuple[tuple[str, ...], Info]]) -> _Phrases:
        """The phrases that begin with a word, arranged so that one look-up a length finds them."""
        if (layer, word) not in self._phrases:
            exact: dict[int, dict[tuple[str, ...], Info]] = {}
            wild: list[tuple[tuple[str, ...], Info]] = []
            for rest, info in options:
                if any(part[-1] == "*" for part in rest):
                    wild.append((rest, info))
                else:
                    exact.setdefault(len(rest), {})[rest] = info
            seconds = frozenset(rest[0] for table in exact.values() for rest in table)
            self._phrases[layer, word] = (seconds, sorted(exact.items(), reverse=True), wild)
        return self._phrases[layer, word]

    def _compound(self, token: str) -> tuple[tuple[int, int, Info], ...]:
        """The lexicon's words of four letters and more that make up the whole token (hashtags, product names)."""
        layer, stems = self._lexicon.layers[0], self._stems[0]
        best: dict[int, tuple[tuple[int, int, Info], ...]] = {0: ()}
        for end in range(4, len(token) + 1):
            for start in range(end - 3):
                if start in best and end not in best:
                    info = layer.singles.get(token[start:end]) or _stem(token[start:end], stems)
                    if info is not None and not info[2]:
                        best[end] = (*best[start], (start, end, info))
        parts = best.get(len(token), ())
        return (
            parts if len(parts) > 1 and any(info[0] & self._lexicon.content for _, _, info in parts) else ()
        )


class CharacterFinder:
    """Finds words in running text without word boundaries, in time linear in its length."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._tables = [_by_first(layer) for layer in lexicon.layers]
        self._matched = 0
        for pattern in (*lexicon.claims, *lexicon.others):
            for slot in pattern.slots:
                self._matched |= slot

    def find(self, text: str, lower: str, start: int, end: int) -> list[Hit]:
        """The hits in one sentence.

        A letter that ends a spaced word makes no word of a pattern with the next one: 해진 피부 holds no 진피.
        """
        squeezed, places, ends = self._squeeze(lower, start, end)
        torn = [
            ends[at] < places[at + 1] and place > start and lower[place - 1].isalpha()
            for at, place in enumerate(places[:-1])
        ]
        hits: list[Hit] = []
        for table in self._tables:
            free = 0
            for at, char in enumerate(squeezed):
                if at < free:
                    continue
                for word, info in table.get(squeezed[at : at + 2]) or table.get(char) or ():
                    if (
                        squeezed.startswith(word, at)
                        and not (torn[at] and len(word) == 2 and info[0] & self._matched)
                        and _edges(info[2], lower, places[at], places[at + len(word)])
                    ):
                        last = at + len(word)
                        hits.append((at, last, places[at], ends[last - 1], info[0], info[1]))
                        free = last
                        break
        if hits and any(hit[4] & self._lexicon.content for hit in hits):
            hits.sort(key=lambda hit: (hit[0], -hit[1]))
            return hits
        return []

    def _squeeze(self, lower: str, start: int, end: int) -> tuple[str, list[int], list[int]]:
        """The sentence with numbers as ``#`` and, where the language wants it, without spaces.

        With it, for each character kept, the offsets at which it begins and ends.
        """
        chars: list[str] = []
        places: list[int] = []
        ends: list[int] = []
        skip = 0
        for at in range(start, end):
            char = lower[at]
            if at < skip or (self._lexicon.ignore_spaces and char.isspace()):
                continue
            if char.isdigit():
                number = _DIGITS.match(lower, at, end)
                skip = number.end() if number else at + 1
                char = "#"
            chars.append(char)
            places.append(at)
            ends.append(max(skip, at + 1))
        places.append(end)
        return "".join(chars), places, ends


def finder(lexicon: Lexicon) -> Callable[[str, str, int, int], list[Hit]]:
    """The function that finds hits for the kind of language the lexicon is for."""
    return (WordFinder if lexicon.unit == "word" else CharacterFinder)(lexicon).find


def _by_start(stems: dict[str, Info]) -> dict[str, list[tuple[str, Info]]]:
    table: dict[str, list[tuple[str, Info]]] = {}
    for stem, info in sorted(stems.items(), key=lambda item: -len(item[0])):
        if stem[0] == "*":
            continue
        table.setdefault(stem[:2], []).append((stem, info))
    return table


def _by_first(layer: Layer) -> dict[str, list[tuple[str, Info]]]:
    """The words by their first two characters, longest first; those of one character also stand with them."""
    words = sorted(layer.singles.items(), key=lambda item: (-len(item[0]), item[0]))
    short = {word: [(word, info)] for word, info in words if len(word) == 1}
    table: dict[str, list[tuple[str, Info]]] = {}
    for word, info in words:
        if len(word) > 1:
            table.setdefault(word[:2], []).append((word, info))
    for start, found in table.items():
        found += short.get(start[0], ())
    return table | short


def _stem(word: str, stems: dict[str, list[tuple[str, Info]]]) -> Info | None:
    for stem, info in stems.get(word[:2], ()):
        if word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING:
            return info
    return None


def _suffix(word: str, stems: dict[str, Info]) -> Info | None:
    """A word known by its ending of three to eight letters alone."""
    for length in range(min(8, len(word) - 3), 2, -1):
        info = stems.get("*" + word[-length:])
        if info is not None:
            return info
    return None


def _both(single: Info | None, stem: Info | None) -> Info | None:
    """A word listed whole and found by its stem, too, has the classes of both."""
    if single is None or stem is None or single[2]:
        return single or stem
    return single[0] | stem[0], tuple(dict.fromkeys(single[1] + stem[1])), ""


def _phrase(phrases: _Phrases, plain: list[str], at: int) -> tuple[int, Info] | None:
    """The longest phrase that begins at ``at``, with its length in words."""
    seconds, exact, wild = phrases
    best: tuple[int, Info] | None = None
    if plain[at + 1] in seconds:
        for length, table in exact:
            info = table.get(tuple(plain[at + 1 : at + 1 + length]))
            if info is not None:
                best = (length + 1, info)
                break
    for rest, info in wild:
        length = len(rest) + 1
        if (best is None or length > best[0]) and at + length <= len(plain):
            pairs = zip(plain[at + 1 : at + length], rest, strict=True)
            if all(have == want or (want[-1] == "*" and have.startswith(want[:-1])) for have, want in pairs):
                best = (length, info)
    return best


def _same_case(wanted: str, found: str) -> bool:
    return found == wanted or found.replace("-", " ") == wanted.replace("-", " ")


def _script(char: str) -> str:
    if "\u30a1" <= char <= "\u30ff":
        return "katakana"
    if "\u3041" <= char <= "\u309f":
        return "hiragana"
    if "\u4e00" <= char <= "\u9fff":
        return "han"
    if "\uac00" <= char <= "\ud7a3":
        return "hangul"
    return "latin" if char.isalpha() else ""


def _edges(wanted: str, lower: str, start: int, behind: int) -> bool:
    """Whether a word that begins at ``start`` and ends before the next kept character has the edges it needs."""
    if not wanted:
        return True
    if wanted == "end":
        return not lower[behind : behind + 1].isalnum()
    script = _script(lower[start])
    if start > 0 and script and _script(lower[start - 1]) == script:
        return False
    return wanted == "start" or not (behind < len(lower) and script and _script(lower[behind]) == script)
