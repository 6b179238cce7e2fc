"""Words that begin with other words, in languages without word boundaries."""

from __future__ import annotations

from exoreg.offer.lexicon import Info


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
