"""Words that begin with other words, and stems with their endings, in languages found without word boundaries."""

from __future__ import annotations

from exoreg.offer.lexicon import Info

_FINALS = (4, 8, 16, 17, 20)
"""ㄴ ㄹ ㅁ ㅂ ㅆ, counted among the finals of a Hangul syllable."""


def keep_classes(singles: dict[str, Info], whole: int) -> None:
    """Gives each word the classes of the shorter words that it begins with.

    Only the longest word at a place is found, so 回復し would hide 回復 and the promises made with it.
    Words of the classes in ``whole`` are left as they are: they are there to hide what they begin with.
    """
    own = {word: info[0] for word, info in singles.items() if not info[2]}
    for word, (mask, entries, guard) in singles.items():
        if not mask & whole:
            for length in range(1, len(word)):
                mask |= own.get(word[:length], 0)
            singles[word] = (mask, entries, guard)


def with_finals(stem: str) -> tuple[str, ...]:
    """A stem, and if its last Hangul syllable is open also with each ending that joins it (주: 준, 줄, 줌…)."""
    place = ord(stem[-1]) - 0xAC00
    if not 0 <= place < 11172 or place % 28:
        return (stem,)
    return (stem, *(stem[:-1] + chr(0xAC00 + place + final) for final in _FINALS))
