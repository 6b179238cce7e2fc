"""The fewest changes that lead to a lawful supply: one fact changed, or two where one is not enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from exoreg.engine.asked import CHANGEABLE, Answer, Asked
from exoreg.engine.determination import Step, Way
from exoreg.law.terms import Supply


def ways_to_permitted(asked: Asked) -> tuple[Way, ...]:
    """The smallest sets of one or two changes after which supply is `permitted`, alike ones together.

    Empty where supply is permitted already, and where no one or two changes are enough.
    """
    found = tuple(_single(asked))
    return found or tuple(
        way for first, second in combinations(CHANGEABLE, 2) for way in _double(asked, first, second)
    )


def leads_to_trial(asked: Asked) -> bool:
    """Whether an authorised trial, all else as it is, would be a lawful setting."""
    if "clinical-trial" not in asked.vocabulary.facts["setting"].nodes:
        return False  # A rule base of one's own may know no trials.
    return asked.answer(asked.with_value("setting", "clinical-trial"))[1] == Supply.TRIAL_ONLY


def _single(asked: Asked) -> Iterator[Way]:
    for fact in CHANGEABLE:
        groups: dict[tuple[str, Answer], list[str]] = {}
        for how, word, atom in asked.alternatives(fact):
            boxes = asked.with_value(fact, atom)
            if asked.may_be_permitted(boxes):
                answer = asked.answer(boxes)
                if answer[1] == Supply.PERMITTED:
                    groups.setdefault((how, answer), []).append(word)
        for (how, answer), words in groups.items():
            yield Way((Step(fact, how, tuple(words)),), *answer)


def _double(asked: Asked, first: str, second: str) -> Iterator[Way]:
    # For each first change the second changes that then lead there; first changes with the same ones are one way.
    groups: dict[tuple[str, str, Answer, tuple[str, ...]], list[str]] = {}
    for how, word, atom in asked.alternatives(first):
        changed = asked.changed(first, atom)
        ends: dict[tuple[str, Answer], list[str]] = {}
        for then_how, then_word, then_atom in changed.alternatives(second):
            boxes = changed.with_value(second, then_atom)
            if changed.may_be_permitted(boxes):
                answer = changed.answer(boxes)
                if answer[1] == Supply.PERMITTED:
                    ends.setdefault((then_how, answer), []).append(then_word)
        for (then_how, answer), words in ends.items():
            groups.setdefault((how, then_how, answer, tuple(words)), []).append(word)
    for (how, then_how, answer, seconds), firsts in groups.items():
        yield Way((Step(first, how, tuple(firsts)), Step(second, then_how, seconds)), *answer)
