"""Reading an offer's words: claims, facts, seller's arguments and flags, each with the words that show it.

The lexicon (``rules/lexicon``) says which words mean what; this module only walks the text. ``docs/lexicon.md``
states the meaning of both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from exoreg.offer.divide import Sentence, sentences
from exoreg.offer.hits import Hit, finder, mask_of
from exoreg.offer.language import has_kana, languages_of
from exoreg.offer.lexicon import Lexicon, load
from exoreg.offer.patterns import Judge, Line, Matcher, entries_of, number_clauses
from exoreg.offer.reading import (
    FOLDED,
    STRENGTH,
    ArgumentSpan,
    Claim,
    FactSpan,
    FlagSpan,
    Reading,
)
from exoreg.offer.text import Normalised, normalise

__all__ = [
    "FOLDED",
    "ArgumentSpan",
    "Claim",
    "FactSpan",
    "FlagSpan",
    "Reading",
    "Scanner",
    "label_of",
    "scan",
]


_SHORT = 40
"""Characters of a line in Latin letters that may still belong to the Japanese or Korean around it (AGA, MTS)."""


class _Found(NamedTuple):
    """The hits of one sentence in one language, and those of its section's heading."""

    sentence: Sentence
    hits: list[Hit]
    heading: Sequence[Hit]
    answered: bool


class Scanner:
    """Reads texts with one set of lexicons; it keeps what it learns of words, so use one for many texts."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self.lexicons = dict(lexicons)
        self._find = {language: finder(lexicon) for language, lexicon in lexicons.items()}
        self._claims = {
            language: Matcher(lexicon.claims, lexicon.breaks) for language, lexicon in lexicons.items()
        }
        self._judges = {language: Judge(lexicon.contexts) for language, lexicon in lexicons.items()}
        self._others = {
            language: Matcher(lexicon.others, lexicon.breaks) for language, lexicon in lexicons.items()
        }

    def scan(self, text: str, languages: Collection[str] | None = None, *, every: bool = False) -> Reading:
        """Reads a text.

        Args:
            text: the wording as it stands.
            languages: those to read with; by default every language that the text is found to be in.
            every: keeps the weaker of overlapping claims, too.

        Returns:
            What was found, with offsets into ``text``.
        """
        normalised = normalise(text)
        by_language, uncovered = self._divide(normalised, languages)
        claims: list[Claim] = []
        facts: dict[FactSpan, None] = {}
        arguments: dict[ArgumentSpan, None] = {}
        flags: dict[FlagSpan, None] = {}
        others_in = {
            sentence.start
            for language, parts in by_language.items()
            if language != "en" and "en" in by_language
            for sentence in parts
            if not normalised.lower[sentence.start : sentence.end].isascii()
        }
        for language, parts in by_language.items():
            lexicon = self.lexicons[language]
            found = self._hits(language, normalised, parts)
            document = _document_contexts(lexicon, normalised.lower, found)
            patterns, others = self._claims[language], self._others[language]
            things = patterns.things | others.things
            for one in found:
                mask = mask_of(one.hits)
                if mask & things:  # without any of them no pattern can match
                    line = _line(lexicon, normalised, one, mask, document)
                    read = _claims(language, patterns, self._judges[language], normalised, line)
                    if language == "en" and one.sentence.start in others_in:
                        read = [claim for claim in read if not _is_mere_word(claim)]
                    claims += read
                    _others(lexicon, others, normalised, line, facts, arguments, flags)
        return Reading(
            claims=tuple(claims) if every else _strongest(claims),
            facts=tuple(sorted(facts, key=lambda span: (span.start, span.end, span.fact, span.value))),
            arguments=tuple(sorted(arguments, key=lambda span: (span.start, span.end, span.argument))),
            flags=tuple(sorted(flags, key=lambda span: (span.start, span.end, span.flag))),
            languages=tuple(language for language in ("en", "ja", "ko") if language in by_language),
            uncovered=uncovered,
        )

    def _divide(
        self, normalised: Normalised, languages: Collection[str] | None
    ) -> tuple[dict[str, list[Sentence]], tuple[tuple[int, int, str], ...]]:
        """The sentences by language, and the stretches that no lexicon covers."""
        lower = normalised.lower
        kana = has_kana(lower)
        by_language: dict[str, list[Sentence]] = {}
        uncovered: list[tuple[int, int, str]] = []
        around = ""
        for sentence in sentences(lower):
            if languages is not None:
                covered, other = tuple(languages), None
            else:
                covered, other = languages_of(lower[sentence.start : sentence.end], japanese_around=kana)
                if covered == ("en",):
                    if around and sentence.end - sentence.start <= _SHORT:
                        covered = ("en", around)
                    else:
                        around = ""
                else:
                    around = next((language for language in covered if language != "en"), "")
            for language in covered:
                if language in self.lexicons:
                    by_language.setdefault(language, []).append(sentence)
                else:
                    other = other or language
            if other:
                start, end = normalised.span(sentence.start, sentence.end)
                if (
                    uncovered
                    and uncovered[-1][2] == other
                    and not normalised.original[uncovered[-1][1] : start].strip()
                ):
                    start = uncovered.pop()[0]
                uncovered.append((start, end, other))
        return by_language, tuple(uncovered)

    def _hits(self, language: str, normalised: Normalised, parts: Iterable[Sentence]) -> list[_Found]:
        """The hits of each sentence, with those of the heading or question that stands above it."""
        lexicon, find = self.lexicons[language], self._find[language]
        found: list[_Found] = []
        heading: Sequence[Hit] = ()
        section = -1
        for sentence in parts:
            hits = find(normalised.text, normalised.lower, sentence.start, sentence.end)
            if sentence.section != section:
                section = sentence.section
                heading = ()
            if found and found[-1].sentence.asks and hits and hits[0][0] <= 2 and hits[0][4] & lexicon.answer:
                found[-1] = found[-1]._replace(answered=True)
            if hits or sentence.asks:
                found.append(_Found(sentence, hits, heading, False))
            if sentence.title:
                heading = [hit for hit in hits if hit[4] & lexicon.heading]
        return found


def _document_contexts(lexicon: Lexicon, lower: str, found: Sequence[_Found]) -> dict[str, tuple[str, ...]]:
    """The contexts that hold for the whole text, with the entries of their cue words.

    One sentence is not a text: what colours the whole must stand in two of them, in enough different words.
    """
    holding: dict[str, tuple[str, ...]] = {}
    for context in lexicon.contexts:
        if context.governs != "document":
            continue
        cues = [cues for one in found if (cues := [hit for hit in one.hits if hit[4] & context.cue])]
        words = {lower[hit[2] : hit[3]] for hits in cues for hit in hits}
        if len(words) < context.at_least or len(cues) < 2:
            continue
        if not context.unless or not any(mask_of(one.hits) & context.unless for one in found):
            holding[context.id] = entries_of(chain.from_iterable(cues))
    return holding


def _line(
    lexicon: Lexicon, normalised: Normalised, one: _Found, mask: int, document: Mapping[str, tuple[str, ...]]
) -> Line:
    sentence, hits, heading, answered = one
    clauses, stretches, masks = number_clauses(
        lexicon, normalised.lower, sentence.start, sentence.end, hits, mask
    )
    reach = mask | mask_of(heading) if heading else mask
    asks = sentence.asks or bool(mask & lexicon.question)
    return Line(hits, clauses, stretches, masks, mask, reach, heading, document, asks, answered)


def _span(normalised: Normalised, line: Line, at: Sequence[int]) -> tuple[int, int, str]:
    first, last = line.hits[at[0]], line.hits[at[-1]]
    start, end = normalised.span(first[2], last[3] if last[3] > first[3] else first[3])
    return start, end, normalised.original[start:end]


def _claims(language: str, matcher: Matcher, judge: Judge, normalised: Normalised, line: Line) -> list[Claim]:
    matches = matcher.match(line)
    if not matches:
        return []
    claims: list[Claim] = []
    for (pattern, at, rescued, via), verdict in zip(matches, judge.judge(line, matches), strict=True):
        start, end, text = _span(normalised, line, at)
        modality, context, leading = verdict
        label = "appearance" if rescued else pattern.label
        claims.append(Claim(start, end, text, label, modality, pattern.id, language, via, context, leading))
    return claims


def _is_mere_word(claim: Claim) -> bool:
    """Whether an English claim is one word that in a sentence of another language may be a mere name (*Healing*)."""
    return not claim.text.isupper() and len(claim.text.split()) == 1


def _others(
    lexicon: Lexicon,
    matcher: Matcher,
    normalised: Normalised,
    line: Line,
    facts: dict[FactSpan, None],
    arguments: dict[ArgumentSpan, None],
    flags: dict[FlagSpan, None],
) -> None:
    for pattern, at, _, via in matcher.match(line):
        negated = bool(pattern.negation & line.mask) and _negated(lexicon, line, pattern.negation, at)
        start, end, text = _span(normalised, line, at)
        if pattern.kind == "fact":
            fact = FactSpan(
                start, end, text, pattern.label, pattern.value, pattern.id, negated, via, pattern.bare
            )
            facts[fact] = None
        elif negated:
            continue
        elif pattern.kind == "argument":
            arguments[ArgumentSpan(start, end, text, pattern.label, pattern.id, via)] = None
        else:
            flags[FlagSpan(start, end, text, pattern.label, pattern.id, via)] = None


_NEGATION_REACH = {"word": 6, "character": 16}


def _negated(lexicon: Lexicon, line: Line, negation: int, own: tuple[int, ...]) -> bool:
    """Whether a negator stands before the match (word languages) or behind it (character languages)."""
    hits, clauses = line.hits, line.clauses
    first, last = own[0], own[-1]
    reach = _NEGATION_REACH[lexicon.unit]
    for at, hit in enumerate(hits):
        if not hit[4] & negation or at in own:
            continue
        if lexicon.unit == "word":
            if at < first and clauses[at] == clauses[first] and hits[first][0] - hit[1] <= reach:
                return True
        elif at > last and clauses[at] == clauses[last] and hit[0] - hits[last][1] <= reach:
            return True
    return False


def _strongest(claims: list[Claim]) -> tuple[Claim, ...]:
    """Of overlapping claims the one that counts, is stronger, then longer; in the order of the text."""
    kept: list[Claim] = []
    group: list[Claim] = []
    reached = -1
    for claim in sorted(claims, key=itemgetter(0)):
        if claim.start >= reached:
            kept += _best(group)
            group = []
        group.append(claim)
        if claim.end > reached:
            reached = claim.end
    return (*kept, *_best(group))


def _best(group: list[Claim]) -> list[Claim]:
    """The claims to keep of those of one stretch of overlaps, which never leaves a sentence."""
    if len(group) < 2:
        return group
    kept: list[Claim] = []
    for claim in sorted(group, key=_rank):
        if all(claim.end <= other.start or other.end <= claim.start for other in kept):
            kept.append(claim)
    return sorted(kept, key=lambda claim: claim.start)


_WEAKNESS = {label: -strength for strength, label in enumerate(STRENGTH)}


def _rank(claim: Claim) -> tuple[bool, int, int, int, str]:
    return (not claim.counts, _WEAKNESS[claim.label], claim.start - claim.end, claim.start, claim.rule)


_scanners: dict[str, Scanner] = {}


def _scanner(rules_dir: Path | str | None) -> Scanner:
    key = "" if rules_dir is None else str(rules_dir)
    if key not in _scanners:
        _scanners[key] = Scanner(load(rules_dir))
    return _scanners[key]


def scan(text: str, languages: Collection[str] | None = None, rules_dir: Path | str | None = None) -> Reading:
    """Reads a text with the lexicon that ships with exoreg, or that of ``rules_dir``; see ``Scanner.scan``."""
    return _scanner(rules_dir).scan(text, languages)


def label_of(text: str) -> str:
    """The strongest claim in the text that counts: disease, structure-function, appearance or none."""
    return scan(text).label
