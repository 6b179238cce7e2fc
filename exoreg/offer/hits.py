"""Finding the words of a lexicon in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from operator import add, itemgetter
from typing import Generic, TypeVar

from exoreg.offer.lexicon import Info, Layer, Lexicon, canonical

# first unit, unit behind, first character, character behind, classes, entries that list the word
Hit = tuple[int, int, int, int, int, tuple[str, ...]]
"""One word of the lexicon found: units (words or characters) and offsets in the normalised text."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_NUMBER = re.compile(r"\d\d*(?:[.,]\d+)*")  # begins with one set, which makes the search fast
_LONGEST_ENDING = 8
_LONGEST_COMPOUND = 40
_MEMORY = 200_000

# The phrases that begin with a word: the further words step by step, at the last one the phrase (under "" where
# longer ones go on), and the few phrases of which a further word may have any ending, the longest first, each with
# how its second word begins. Few containers: the collector of garbage has to walk through all of them.
_Steps = dict[str, "_Steps | Info"]
_Phrases = tuple[_Steps, list[tuple[str, tuple[str, ...], Info]]]
# What is known of a token: the word it stands for; whether it may be content; the token; in each layer that knows it,
# the word itself and the phrases that begin with it; the lexicon's words that it is composed of, as (start, end,
# info); the words of which one must follow to make it a hit, or None where none need to.
_Known = tuple[
    str,
    bool,
    str,
    tuple[tuple[int, Info | None, _Phrases | None], ...],
    tuple[tuple[int, int, Info], ...],
    Collection[str] | None,
]
_word, _content, _token = itemgetter(0), itemgetter(1), itemgetter(2)
# In each layer that has any, the words that can begin at a place, the longest first.
_Rows = tuple[tuple[int, tuple[tuple[str, Info], ...]], ...]
# The words that begin with two characters: those that are no longer, and all that go on with a third one.
_Pair = tuple[_Rows, dict[str, _Rows]]

_Value = TypeVar("_Value")


def mask_of(hits: Iterable[Hit]) -> int:
    """All classes that occur."""
    mask = 0
    for hit in hits:
        mask |= hit[4]
    return mask


class _Memory(dict[str, _Value], Generic[_Value]):
    """What is known of a text, learnt when it is first asked for; begins afresh when there is too much of it."""

    def __init__(self, learn: Callable[[str], _Value]) -> None:
        self._learn = learn

    def __missing__(self, text: str) -> _Value:
        if len(self) >= _MEMORY:
            self.clear()
        known = self[text] = self._learn(text)
        return known


class WordFinder:
    """Finds words and phrases in a language written with spaces; what it learns of a token it remembers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._stems = [_by_start(layer.stems) for layer in lexicon.layers]
        self._endings = [
            {stem[1:]: info for stem, info in layer.stems.items() if stem[0] == "*"}
            for layer in lexicon.layers
        ]
        self._triggers = frozenset(lexicon.triggers)
        self._phrases: dict[tuple[int, str], _Phrases] = {}
        self._known = _Memory(self._learn)
        self._pieces = _Memory(self._split)

    def find(self, text: str, lower: str, start: int, end: int) -> list[Hit]:
        """The hits in one sentence, or none at all when nothing there can be content."""
        known = [*chain.from_iterable(map(self._pieces.__getitem__, lower[start:end].split()))]
        if not any(map(_content, known)):
            return []
        words = [*map(_word, known), " "]
        firsts: list[int] = []
        for token in map(_token, known):  # nothing that could begin a token stands between two of them
            start = lower.find(token, start)
            firsts.append(start)
            start += len(token)
        hits: list[Hit] = []
        free = [0] * len(self._stems)
        for at, (_, _, _, rows, parts, seconds) in enumerate(known):
            if seconds is not None and words[at + 1] not in seconds:
                continue
            first = firsts[at]
            for layer, single, phrases in rows:
                if at < free[layer]:
                    continue
                info = single
                behind = at + 1
                if phrases is not None:
                    steps, wild = phrases
                    stop = behind
                    step = steps.get(words[stop])
                    while isinstance(step, dict):
                        stop += 1
                        ended = step.get("")
                        if isinstance(ended, tuple):
                            info, behind = ended, stop
                        step = step.get(words[stop])
                    if step is not None:
                        info, behind = step, stop + 1
                    for beginning, rest, long in wild:
                        if words[at + 1].startswith(beginning):
                            stop = at + 1 + len(rest)
                            if stop > behind and _fits(words[at + 1 : stop], rest):
                                info, behind = long, stop
                                break
                if info is None:
                    continue
                last = firsts[behind - 1] + len(known[behind - 1][2])
                if info[2] and not _same_case(info[2], text[first:last]):
                    continue
                hits.append((at, behind, first, last, info[0], info[1]))
                free[layer] = behind
            if parts and at >= free[0]:
                hits += [(at, at + 1, first + a, first + b, info[0], info[1]) for a, b, info in parts]
        return hits

    def _split(self, piece: str) -> tuple[_Known, ...]:
        """The tokens in a piece of text without spaces."""
        return tuple([self._known[token] for token in _WORD.findall(piece)])

    def _learn(self, token: str) -> _Known:
        word = "#" if token[0].isdigit() else canonical(token, self._lexicon.spelling)
        layers = self._lexicon.layers
        bare = word.removesuffix("'s")  # a phrase may want "skin's"; alone it is "skin"
        if not any(word in layer.singles or word in layer.phrases for layer in layers):
            word = bare
        own = 0
        rows: list[tuple[int, Info | None, _Phrases | None]] = []
        for number, (layer, stems, endings) in enumerate(
            zip(layers, self._stems, self._endings, strict=True)
        ):
            single = _both(layer.singles.get(word), _stem(word, stems)) or _ending(word, endings)
            if single is None and bare != word:
                single = layer.singles.get(bare)
            options = layer.phrases.get(word)
            own |= single[0] if single else 0
            if single or options:
                rows.append((number, single, self._index(number, word, options) if options else None))
        parts: tuple[tuple[int, int, Info], ...] = ()
        if not rows and 9 <= len(token) <= _LONGEST_COMPOUND:
            parts = self._compound(word if len(word) == len(token) else token)
            for _, _, info in parts:
                own |= info[0]
        content = bool(own & self._lexicon.content) or word in self._triggers
        return word, content, token, tuple(rows), parts, None if own else _seconds(rows)

    def _index(self, layer: int, word: str, options: list[tuple[tuple[str, ...], Info]]) -> _Phrases:
        """The phrases that begin with a word, arranged so that they are found word by word."""
        if (layer, word) not in self._phrases:
            first: _Steps = {}
            wild: list[tuple[str, tuple[str, ...], Info]] = []
            for rest, info in options:
                if "*" in "".join(rest):
                    wild.append((rest[0].removesuffix("*"), rest, info))
                    continue
                steps = first
                for part in rest[:-1]:
                    further = steps.setdefault(part, {})
                    if isinstance(further, tuple):
                        further = steps[part] = {"": further}
                    steps = further
                longer = steps.get(rest[-1])
                if isinstance(longer, dict):
                    longer[""] = info
                else:
                    steps[rest[-1]] = info
            self._phrases[layer, word] = (first, wild)
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
        self._content = lexicon.content
        self._ignore_spaces = lexicon.ignore_spaces
        self._tables = [_by_first(layer) for layer in lexicon.layers]
        self._known = _Memory(self._learn)
        self._matched = 0
        for pattern in (*lexicon.claims, *lexicon.others):
            for slot in pattern.slots:
                self._matched |= slot

    def find(self, text: str, lower: str, start: int, end: int) -> list[Hit]:
        """The hits in one sentence.

        A letter that ends a spaced word makes no word of a pattern with the next one: 해진 피부 holds no 진피.
        """
        squeezed, places, numbers = self._squeeze(lower, start, end)
        hits: list[Hit] = []
        free = [0] * len(self._tables)
        pairs = map(add, squeezed, [*squeezed[1:], ""])
        for at, known in enumerate(map(self._known.__getitem__, pairs)):
            if known is None:
                continue
            first = places[at]
            for layer, words in known[1].get(squeezed[at + 2 : at + 3], known[0]):
                if at < free[layer]:
                    continue
                for word, info in words:
                    if not squeezed.startswith(word, at):
                        continue
                    behind = at + len(word)
                    torn = len(word) == 2 and numbers.get(first, first + 1) < places[at + 1]
                    if torn and info[0] & self._matched and first > start and lower[first - 1].isalpha():
                        continue
                    if not info[2] or _edges(info[2], lower, first, places[behind]):
                        last = places[behind - 1]
                        hits.append((at, behind, first, numbers.get(last, last + 1), info[0], info[1]))
                        free[layer] = behind
                        break
        if not mask_of(hits) & self._content:
            return []
        hits.sort(key=_place)
        return hits

    def _learn(self, pair: str) -> _Pair | None:
        tables = [table.get(pair) or table.get(pair[0]) or [] for table in self._tables]
        thirds = {word[2] for words in tables for word, _ in words if len(word) > 2}

        def rows(third: str) -> _Rows:
            fitting = [tuple([word for word in words if word[0][2:3] in ("", third)]) for words in tables]
            return tuple([(layer, words) for layer, words in enumerate(fitting) if words])

        return (rows(""), {third: rows(third) for third in thirds}) if any(tables) else None

    def _squeeze(self, lower: str, start: int, end: int) -> tuple[str, Sequence[int], dict[int, int]]:
        """The sentence with numbers as ``#`` and, where the language wants it, without spaces.

        With it the offsets of the characters kept and of the end, and for each number where it ends.
        """
        squeezed = lower[start:end]
        places: Sequence[int] = range(start, end + 1)
        if self._ignore_spaces:
            places = [at for at, char in enumerate(squeezed, start) if not char.isspace()]
            places.append(end)
            squeezed = "".join(squeezed.split())
        numbers = {match.start(): match.end() for match in _NUMBER.finditer(lower, start, end)}
        if numbers:
            inside = {at for first, last in numbers.items() for at in range(first + 1, last)}
            places = [at for at in places if at not in inside]
            squeezed = "".join(["#" if at in numbers else lower[at] for at in places[:-1]])
        return squeezed, places, numbers


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


def _ending(word: str, endings: dict[str, Info]) -> Info | None:
    """A word known by its ending of three to eight letters alone."""
    for length in range(min(8, len(word) - 3), 2, -1) if endings else ():
        info = endings.get(word[-length:])
        if info is not None:
            return info
    return None


def _both(single: Info | None, stem: Info | None) -> Info | None:
    """A word listed whole and found by its stem, too, has the classes of both."""
    if single is None or stem is None or single[2]:
        return single or stem
    return single[0] | stem[0], tuple(dict.fromkeys(single[1] + stem[1])), ""


def _seconds(rows: Iterable[tuple[int, Info | None, _Phrases | None]]) -> Collection[str] | None:
    """The words that can come second in the phrases, or None when some may have any ending."""
    seconds: set[str] = set()
    for _, _, phrases in rows:
        if phrases is not None:
            wild = [rest[0] for _, rest, _ in phrases[1]]
            if any(word.endswith("*") for word in wild):
                return None
            seconds.update(phrases[0], wild)
    return frozenset(seconds) or ()


def _fits(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether words are those wanted, some of which may have any ending."""
    return len(words) == len(wanted) and all(
        have == want or (want[-1] == "*" and have.startswith(want[:-1]))
        for have, want in zip(words, wanted, strict=True)
    )


def _place(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


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
    if wanted == "end":
        return not lower[behind : behind + 1].isalnum()
    script = _script(lower[start])
    if start > 0 and script and _script(lower[start - 1]) == script:
        return False
    return wanted == "start" or not (behind < len(lower) and script and _script(lower[behind]) == script)
