"""Matching the entries of a lexicon against the hits of one sentence, and judging how claims are meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import itemgetter

from exoreg.offer.hits import Hit
from exoreg.offer.lexicon import MODALITIES, Context, Lexicon, Pattern

_COMMAS = frozenset(",、，")
_NEAR_LOOK = 4
"""Small words that may stand between a look word and the first thing that it governs."""


@dataclass(slots=True)
class Line:
    """The hits of one sentence with what surrounds it.

    ``clauses`` and ``stretches`` number, for each hit, the clause and the stretch between breaks it stands in.
    ``masks`` holds all classes of a clause's hits, ``mask`` those of all hits, ``reach`` those of the heading too.
    ``heading`` holds the hits of the section's heading or question; ``document`` the contexts that hold for the
    whole text, with the entries of their cues; ``asks`` that the sentence is a question, ``answered`` that the
    next one says yes.
    """

    hits: Sequence[Hit]
    clauses: Sequence[int]
    stretches: Sequence[int]
    masks: Mapping[int, int]
    mask: int
    reach: int
    heading: Sequence[Hit]
    document: Mapping[str, tuple[str, ...]]
    asks: bool
    answered: bool


# the pattern, the positions of its hits in the line, whether a look word rescued it, the entries of its words
Match = tuple[Pattern, tuple[int, ...], bool, tuple[str, ...]]
"""A pattern found."""


@cache
def _marks(clause_marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(clause_marks)}{''.join(sorted(_COMMAS))}]")


def number_clauses(
    lexicon: Lexicon, lower: str, start: int, end: int, hits: Sequence[Hit], mask: int
) -> tuple[list[int], list[int], dict[int, int]]:
    """For each hit the number of its clause, and of its stretch between stronger breaks; the classes by clause."""
    marks = [
        (match.start(), match.group()) for match in _marks(lexicon.clause_marks).finditer(lower, start, end)
    ]
    opens, breaks, until_comma = lexicon.clause, lexicon.breaks, lexicon.until_comma
    if not marks and not (opens | breaks | until_comma) & mask:
        whole = [0] * len(hits)
        return whole, whole, {0: mask}
    marks.append((end, ""))
    clauses: list[int] = []
    stretches: list[int] = []
    masks: dict[int, int] = {}
    clause = stretch = passed = 0
    open_until_comma = False
    for _, _, first, _, classes, _ in hits:
        while marks[passed][0] < first:
            if marks[passed][1] in lexicon.clause_marks:
                clause += 1
                open_until_comma = False
            elif open_until_comma:
                clause += 1
                stretch += 1
                open_until_comma = False
            passed += 1
        if classes & opens:
            clause += 1
        if classes & breaks:
            stretch += 1
        if classes & until_comma:
            open_until_comma = True
        clauses.append(clause)
        stretches.append(stretch)
        masks[clause] = masks.get(clause, 0) | classes
    return clauses, stretches, masks


class Matcher:
    """The patterns of one kind, found by the hit of their last slot; ``things`` are the classes of those hits."""

    def __init__(self, patterns: Sequence[Pattern], breaks: int = 0) -> None:
        self._patterns = tuple(patterns)
        self._breaks = breaks
        self.things = 0
        for pattern in patterns:
            self.things |= pattern.slots[-1]
        self._ending: dict[int, tuple[Pattern, ...]] = {}

    def match(self, line: Line) -> list[Match]:
        """Every way in which the patterns occur in the line: one for each hit of a pattern's last slot."""
        if not self.things & line.mask:
            return []
        found: list[Match] = []
        for at, hit in enumerate(line.hits):
            patterns = self._ending.get(hit[4])
            if patterns is None:  # the lexicon has few masks, so all of them are remembered
                patterns = tuple(pattern for pattern in self._patterns if pattern.slots[-1] & hit[4])
                self._ending[hit[4]] = patterns
            if not patterns:
                continue
            mask = line.masks[line.clauses[at]]
            for pattern in patterns:
                if not pattern.slots[0] & mask or pattern.unless & mask:
                    continue
                if pattern.section and not pattern.section & line.reach:
                    continue
                if pattern.barred & line.mask and not self._breaks & line.mask:
                    continue
                if len(pattern.slots) == 1 and not pattern.rescue & mask:
                    found.append((pattern, (at,), False, hit[5]))
                    continue
                match = _complete(pattern, line, at, mask)
                if match is not None:
                    found.append(match)
        return found


def _complete(pattern: Pattern, line: Line, at: int, mask: int) -> Match | None:
    """The match whose last slot is the hit at ``at``: each further slot takes the nearest hit that fits."""
    hits = line.hits
    taken = [at]
    verbs = 0
    further = pattern.slots[-2::-1]
    for slot in further:
        if not slot & mask:
            return None
        verbs |= slot
    low = high = at
    for slot in further:
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
    look = _look(pattern, line, at, verbs) if pattern.rescue & mask else -1
    if look >= 0:
        taken.append(look)
    via = entries_of([hits[i] for i in taken])
    taken.sort()
    return pattern, tuple(taken), look >= 0, via


_entries = itemgetter(5)


def entries_of(hits: Iterable[Hit]) -> tuple[str, ...]:
    """The entries that list the words found, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(map(_entries, hits))))


def _seek(line: Line, slot: int, start: int, step: int, within: int, taken: list[int]) -> int:
    hits, clauses = line.hits, line.clauses
    here, clause = hits[start], clauses[start]
    for at in range(start + step, -1 if step < 0 else len(hits), step):
        hit = hits[at]
        left, right = (hit, here) if step < 0 else (here, hit)
        if clauses[at] != clause or right[0] - left[1] > within:
            return -1
        if hit[4] & slot and left[3] <= right[2] and at not in taken:
            return at
    return -1


def _look(pattern: Pattern, line: Line, at: int, verbs: int) -> int:
    """The position of the look word that governs the thing at ``at``, or -1."""
    hits, clauses = line.hits, line.clauses
    thing, clause = pattern.slots[-1], clauses[at]
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


# How a claim is meant: its modality, the entries that decide it, and whether a question leads.
Verdict = tuple[str, tuple[str, ...], bool]


# A context that can govern claims of a line: its cues there, and the entries of all of them.
_Speaking = list[tuple[Context, Sequence[int], tuple[str, ...]]]


class Judge:
    """Decides how the claims of a line are meant."""

    def __init__(self, contexts: Sequence[Context]) -> None:
        # What lifts others comes first, then the modalities in the order in which they hold; each with all its cues.
        self._groups: list[tuple[str, int, list[Context]]] = []
        self._cues = 0
        for modality in ("", *MODALITIES):
            group = [one for one in contexts if modality == ("" if one.cancels else one.modality)]
            cues = 0
            for context in group:
                cues |= context.cue
            self._groups.append((modality, cues, group))
            self._cues |= cues

    def judge(self, line: Line, matches: Iterable[Match]) -> list[Verdict]:
        """The verdict on each match."""
        groups = self._speaking(line)
        if not groups:
            return [(pattern.modality or "asserted", (), False) for pattern, _, _, _ in matches]
        return [
            (pattern.modality, (), False) if pattern.modality else _verdict(line, groups, at)
            for pattern, at, _, _ in matches
        ]

    def _speaking(self, line: Line) -> list[tuple[str, _Speaking]]:
        """By modality the contexts that can govern a claim of the line."""
        if not (line.document or line.asks or self._cues & line.reach):
            return []
        found: list[tuple[str, _Speaking]] = []
        for modality, all_cues, contexts in self._groups:
            speaking: _Speaking = []
            for context in contexts if line.document or all_cues & line.reach else ():
                if not (context.cue & line.reach or context.id in line.document):
                    continue
                if context.governs == "document":
                    if context.id in line.document:
                        speaking.append((context, (), line.document[context.id]))
                elif context.governs == "section":
                    cues = [hit for hit in (*line.heading, *line.hits) if hit[4] & context.cue]
                    if len(cues) >= context.at_least and not context.unless & line.mask:
                        speaking.append((context, (), entries_of(cues)))
                elif context.cue & line.mask:
                    if context.governs == "sentence" and context.unless & line.mask:
                        continue
                    places = [at for at, hit in enumerate(line.hits) if hit[4] & context.cue]
                    if len(places) >= context.at_least:
                        speaking.append((context, places, entries_of([line.hits[at] for at in places])))
            if speaking or (modality == "question" and line.asks):
                found.append((modality, speaking))
        return found


def _verdict(line: Line, groups: Iterable[tuple[str, _Speaking]], own: tuple[int, ...]) -> Verdict:
    lifted: dict[str, list[str]] = {}
    for modality, speaking in groups:
        found: list[str] = []
        leads: list[str] = []
        for context, places, entries in speaking:
            if context.leading and not line.asks:
                continue  # an indirect question never leads
            cues = _cues(context, line, places, entries, own) if places else entries
            if not cues:
                continue
            if context.cancels:
                lifted.setdefault(context.modality, []).extend((context.id, *cues))
            else:
                (leads if context.leading else found).extend((context.id, *cues))
        asks = modality == "question" and line.asks
        if (found or leads or asks) and modality not in lifted:
            leading = modality == "question" and (line.answered or bool(leads))
            return modality, tuple(dict.fromkeys(found + leads)), leading
    return (
        "asserted",
        tuple(dict.fromkeys([entry for entries in lifted.values() for entry in entries])),
        False,
    )


def _cues(
    context: Context, line: Line, places: Sequence[int], entries: tuple[str, ...], own: tuple[int, ...]
) -> tuple[str, ...]:
    """The entries of the cue words by which a context governs the match; empty when it does not."""
    first, last = own[0], own[-1]
    if context.governs == "sentence" and set(own).isdisjoint(places):
        return entries
    cues = [
        line.hits[at]
        for at in places
        if (at not in own or (context.leading and at == last)) and _reaches(context, line, at, first, last)
    ]
    return entries_of(cues) if len(cues) >= context.at_least else ()


def _reaches(context: Context, line: Line, cue: int, first: int, last: int) -> bool:
    hits = line.hits
    if context.governs == "sentence":
        return True
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
