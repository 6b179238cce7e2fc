"""Matching the entries of a lexicon against the hits of one sentence, and judging how claims are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from exoreg.offer.hits import Hit
from exoreg.offer.lexicon import MODALITIES, Context, Lexicon, Pattern

_COMMAS = frozenset(",、，")
_NEAR_LOOK = 4
"""Small words that may stand between a look word and the first thing that it governs."""


@dataclass(frozen=True, slots=True)
class Line:
    """The hits of one sentence with what surrounds it.

    ``clauses`` and ``stretches`` number, for each hit, the clause and the stretch between breaks it stands in.
    ``mask`` holds all classes of the hits, ``reach`` those of the heading too.
    ``heading`` holds the hits of the section's heading or question; ``document`` the contexts that hold for the
    whole text, with the entries of their cues; ``asks`` that the sentence is a question, ``answered`` that the
    next one says yes.
    """

    hits: Sequence[Hit]
    clauses: Sequence[int]
    stretches: Sequence[int]
    mask: int
    reach: int
    heading: Sequence[Hit] = ()
    document: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found: the positions of its hits in the line, and whether a look word rescued it."""

    pattern: Pattern
    at: tuple[int, ...]
    rescued: bool = False
    via: tuple[str, ...] = ()


@cache
def _marks(clause_marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(clause_marks)}{''.join(sorted(_COMMAS))}]")


def number_clauses(
    lexicon: Lexicon, lower: str, start: int, end: int, hits: Sequence[Hit]
) -> tuple[list[int], list[int]]:
    """For each hit the number of its clause, and of its stretch between stronger breaks."""
    marks = [found.start() for found in _marks(lexicon.clause_marks).finditer(lower, start, end)]
    clauses: list[int] = []
    stretches: list[int] = []
    clause = stretch = mark = 0
    open_until_comma = False
    for hit in hits:
        while mark < len(marks) and marks[mark] < hit[2]:
            if lower[marks[mark]] in lexicon.clause_marks:
                clause += 1
                open_until_comma = False
            elif open_until_comma and lower[marks[mark]] in _COMMAS:
                clause += 1
                stretch += 1
                open_until_comma = False
            mark += 1
        if hit[4] & lexicon.clause:
            clause += 1
        if hit[4] & lexicon.breaks:
            stretch += 1
        if hit[4] & lexicon.until_comma:
            open_until_comma = True
        clauses.append(clause)
        stretches.append(stretch)
    return clauses, stretches


def mask_of(hits: Sequence[Hit]) -> int:
    """All classes that occur."""
    mask = 0
    for hit in hits:
        mask |= hit[4]
    return mask


class Matcher:
    """The patterns of one kind; which of them a sentence can hold is remembered by the classes that occur in it."""

    _MEMORY = 20_000

    def __init__(self, patterns: Sequence[Pattern], breaks: int = 0) -> None:
        self._patterns = tuple(patterns)
        self._breaks = breaks
        self._possible: dict[int, tuple[Pattern, ...]] = {}

    def match(self, line: Line) -> Iterator[Match]:
        """Every way in which the patterns occur in the line: one for each hit of a pattern's last slot."""
        possible = self._possible.get(line.mask)
        if possible is None:
            if len(self._possible) > self._MEMORY:
                self._possible.clear()
            possible = tuple(
                pattern for pattern in self._patterns if all(slot & line.mask for slot in pattern.slots)
            )
            self._possible[line.mask] = possible
        for pattern in possible:
            if pattern.section and not pattern.section & line.reach:
                continue
            if pattern.barred & line.mask and not self._breaks & line.mask:
                continue
            thing = pattern.slots[-1]
            for at, hit in enumerate(line.hits):
                if hit[4] & thing:
                    found = _complete(pattern, line, at)
                    if found is not None:
                        yield found


def _complete(pattern: Pattern, line: Line, at: int) -> Match | None:
    """The match whose last slot is the hit at ``at``: each further slot takes the nearest hit that fits."""
    hits, clauses = line.hits, line.clauses
    taken = [at]
    low = high = at
    for slot in reversed(pattern.slots[:-1]):
        before = _seek(line, slot, low, -1, pattern.within, taken)
        after = -1 if pattern.ordered else _seek(line, slot, high, 1, pattern.within, taken)
        if before < 0 and after < 0:
            return None
        if before >= 0 and (after < 0 or hits[low][0] - hits[before][1] <= hits[after][0] - hits[high][1]):
            low = before
            taken.append(before)
        else:
            high = after
            taken.append(after)
    clause = clauses[at]
    if pattern.unless and any(hits[i][4] & pattern.unless for i in _clause_of(clauses, at)):
        return None
    verbs = 0
    for slot in pattern.slots[:-1]:
        verbs |= slot
    look = _look(pattern, line, at, verbs, clause) if pattern.rescue else -1
    if look >= 0:
        taken.append(look)
    via = tuple(dict.fromkeys(entry for i in taken for entry in hits[i][5]))
    return Match(pattern, tuple(sorted(taken)), look >= 0, via)


def _seek(line: Line, slot: int, start: int, step: int, within: int, taken: list[int]) -> int:
    hits, clauses = line.hits, line.clauses
    at = start + step
    while 0 <= at < len(hits) and clauses[at] == clauses[start]:
        gap = hits[start][0] - hits[at][1] if step < 0 else hits[at][0] - hits[start][1]
        if gap > within:
            return -1
        apart = hits[at][3] <= hits[start][2] if step < 0 else hits[start][3] <= hits[at][2]
        if hits[at][4] & slot and at not in taken and apart:
            return at
        at += step
    return -1


def _clause_of(clauses: Sequence[int], at: int) -> range:
    low = high = at
    while low > 0 and clauses[low - 1] == clauses[at]:
        low -= 1
    while high + 1 < len(clauses) and clauses[high + 1] == clauses[at]:
        high += 1
    return range(low, high + 1)


def _look(pattern: Pattern, line: Line, at: int, verbs: int, clause: int) -> int:
    """The position of the look word that governs the thing at ``at``, or -1."""
    hits, clauses = line.hits, line.clauses
    thing = pattern.slots[-1]
    here = at
    if hits[at][4] & pattern.rescue:
        return at
    for before in range(at - 1, -1, -1):
        if clauses[before] != clause or hits[here][0] - hits[before][1] > _NEAR_LOOK:
            break
        if hits[before][4] & pattern.rescue and not hits[before][4] & verbs:
            return before
        if hits[before][4] & verbs and not hits[before][4] & thing:
            break
        here = before
    for after in range(at + 1, min(at + 3, len(hits))):
        if clauses[after] != clause or hits[after][0] - hits[at][1] > 1:
            break
        if hits[after][4] & pattern.rescue and not hits[after][4] & verbs:
            return after
        if not hits[after][4] & thing:
            break
    return -1


class Judge:
    """Decides how claims are meant; which contexts can speak in a sentence is remembered by its classes."""

    _MEMORY = 20_000

    def __init__(self, contexts: Sequence[Context]) -> None:
        self._contexts = tuple(contexts)
        self._possible: dict[int, tuple[Context, ...]] = {}

    def judge(self, line: Line, match: Match) -> tuple[str, tuple[str, ...], bool]:
        """How a claim is meant: its modality, the entries that decide it, and whether a question leads."""
        if match.pattern.modality:
            return match.pattern.modality, (), False
        found: dict[str, list[str]] = {}
        lifted: dict[str, list[str]] = {}
        leading = line.answered
        by: list[str] = []
        for context in self._speaking(line.reach):
            cues = _cues(context, line, match)
            if not cues:
                continue
            if context.cancels:
                lifted.setdefault(context.modality, []).extend((context.id, *cues))
            elif context.leading:
                if line.asks:  # an indirect question never leads
                    leading = True
                    by += (context.id, *cues)
            else:
                found.setdefault(context.modality, []).extend((context.id, *cues))
        if line.asks:
            found.setdefault("question", []).extend(by)
        for modality in MODALITIES:
            if modality in found and modality not in lifted:
                return modality, tuple(dict.fromkeys(found[modality])), leading and modality == "question"
        return (
            "asserted",
            tuple(dict.fromkeys(entry for entries in lifted.values() for entry in entries)),
            False,
        )

    def _speaking(self, reach: int) -> tuple[Context, ...]:
        found = self._possible.get(reach)
        if found is None:
            if len(self._possible) > self._MEMORY:
                self._possible.clear()
            found = tuple(
                context for context in self._contexts if context.cue & reach or context.governs == "document"
            )
            self._possible[reach] = found
        return found


def _cues(context: Context, line: Line, match: Match) -> tuple[str, ...]:
    """The entries of the cue words by which a context governs the match; empty when it does not."""
    hits = line.hits
    if context.governs == "document":
        return line.document.get(context.id, ())
    if context.governs == "section":
        if context.unless & line.mask:
            return ()
        cues = [hit for hit in (*line.heading, *hits) if hit[4] & context.cue]
        return _enough(context, cues)
    if not context.cue & line.mask:
        return ()
    own = match.at
    first, last = own[0], own[-1]
    cues = []
    for at, hit in enumerate(hits):
        if not hit[4] & context.cue or (at in own and not (context.leading and at == last)):
            continue
        if _reaches(context, line, at, first, last):
            cues.append(hit)
    return _enough(context, cues)


def _enough(context: Context, cues: Sequence[Hit]) -> tuple[str, ...]:
    if len(cues) < context.at_least:
        return ()
    return tuple(dict.fromkeys(entry for hit in cues for entry in hit[5]))


def _reaches(context: Context, line: Line, cue: int, first: int, last: int) -> bool:
    hits = line.hits
    if context.governs == "sentence":
        return not _blocked(context, line, 0, len(hits))
    same = line.stretches if context.over else line.clauses
    if context.governs == "clause":
        return same[cue] in (same[first], same[last]) and not _blocked(
            context, line, min(cue, first), max(cue, last)
        )
    if context.governs == "after":
        # A cue inside the match governs what follows it there ("collagen is not increased").
        if cue >= last or same[cue] != same[last if cue > first else first]:
            return False
        gap = max(0, hits[first][0] - hits[cue][1])
        return gap <= context.within and not _blocked(context, line, cue + 1, max(first, cue + 1))
    if cue <= first or same[cue] != same[first if cue < last else last]:
        return False
    gap = max(0, hits[cue][0] - hits[last][1])
    return gap <= context.within and not _blocked(context, line, min(last + 1, cue), cue)


def _blocked(context: Context, line: Line, start: int, end: int) -> bool:
    return bool(context.unless) and any(hit[4] & context.unless for hit in line.hits[start:end])
