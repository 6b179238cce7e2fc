"""The lexicon: word classes, patterns and contexts of a language, read strictly and compiled to plain data.

``docs/lexicon.md`` is the meaning of the files. A compiled ``Lexicon`` holds only strings, numbers, tuples, lists
and dicts (``to_plain``/``from_plain``), so that it can be kept in a cache and loaded without reading YAML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LABELS = ("disease", "skin-function", "hair-growth", "body-function", "appearance")
MODALITIES = (
    "legal", "safety", "negated", "other-product", "question", "testimonial", "research", "conditional", "hedged",
)  # fmt: skip
"""In the order in which the first that governs a claim holds; without any it is asserted."""
LANGUAGES = ("en", "ja", "ko")
REACHES = ("after", "before", "clause", "sentence", "section", "document")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled entry of kind claim, fact, argument or flag: which hits together are read as what.

    ``slots`` are masks of classes; ``unless``, ``barred``, ``rescue``, ``section`` and ``negation`` one mask each.
    """

    id: str
    kind: str
    label: str
    value: str
    slots: tuple[int, ...]
    ordered: bool
    within: int
    unless: int
    barred: int
    rescue: int
    section: int
    negation: int
    modality: str
    bare: bool


@dataclass(frozen=True, slots=True)
class Context:
    """A compiled entry of kind context: which cue makes which claims be meant how."""

    id: str
    modality: str
    cue: int
    governs: str
    within: int
    unless: int
    at_least: int
    leading: bool
    cancels: bool
    over: bool


# What a word stands for: the mask of its classes, the entries that list it, and the spelling it must have
# in the text ("" = any case) or, in a character language, the edges it needs.
Info = tuple[int, tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Layer:
    """Words that shadow each other: of two that overlap, the one that begins first and is longer is the hit.

    ``singles`` maps a word to its info; ``phrases`` maps a first word to the further words of phrases, the
    longest first; ``stems`` holds words that may have any ending. A character language uses ``singles`` only.
    """

    singles: dict[str, Info] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Info]]] = field(default_factory=dict)
    stems: dict[str, Info] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words, patterns and contexts of one language.

    A sentence is worth reading when it has a word of a class in ``content`` or one of the ``triggers``.

    ``layers`` are the words of claims and contexts, then of each fact, of arguments and of flags; a long name of
    a source thus hides neither a word of a promise nor the form.
    """

    language: str
    unit: str
    ignore_spaces: bool
    sentence: str
    clause_marks: str
    clause: int
    breaks: int
    until_comma: int
    question: int
    answer: int
    heading: int
    content: int
    triggers: tuple[str, ...]
    classes: tuple[str, ...]
    spelling: tuple[tuple[str, str], ...]
    layers: tuple[Layer, ...]
    claims: tuple[Pattern, ...]
    others: tuple[Pattern, ...]
    contexts: tuple[Context, ...]

    def to_plain(self) -> dict[str, Any]:
        """This lexicon as dicts, lists, strings and numbers."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Lexicon:
        """The lexicon that ``to_plain`` gave, also after a round trip that made lists of tuples."""
        data = dict(plain)
        for key, kind in (("claims", Pattern), ("others", Pattern), ("contexts", Context)):
            rows = [{**row, "slots": tuple(row["slots"])} if "slots" in row else row for row in data[key]]
            data[key] = tuple(kind(**row) for row in rows)
        data["layers"] = tuple(_layer(layer) for layer in data["layers"])
        data["classes"] = tuple(data["classes"])
        data["triggers"] = tuple(data["triggers"])
        data["spelling"] = tuple((old, new) for old, new in data["spelling"])
        return cls(**data)

    def names(self, mask: int) -> tuple[str, ...]:
        """The classes in a mask, for messages and explanations."""
        return tuple(name for bit, name in enumerate(self.classes) if mask >> bit & 1)


def _layer(plain: Mapping[str, Any]) -> Layer:
    return Layer(
        {word: _info(info) for word, info in plain["singles"].items()},
        {
            word: [(tuple(rest), _info(info)) for rest, info in options]
            for word, options in plain["phrases"].items()
        },
        {word: _info(info) for word, info in plain["stems"].items()},
    )


def _info(info: Any) -> Info:
    mask, entries, guard = info
    return mask, tuple(entries), guard


def canonical(word: str, spelling: tuple[tuple[str, str], ...]) -> str:
    """A word in the one spelling that the lexicon and the text are compared in."""
    if len(word) >= 5:
        for old, new in spelling:
            if old in word:
                word = word.replace(old, new)
    return word


def lexicon_dir(rules_dir: Path | str | None = None) -> Path:
    """The folder of the lexicon: in ``rules_dir``, or in the rule base that ships with exoreg."""
    if rules_dir is not None:
        return Path(rules_dir) / "lexicon"
    here = Path(__file__).resolve().parent.parent
    shipped = here / "_rules"
    return (shipped if shipped.is_dir() else here.parent / "rules") / "lexicon"


@cache
def _load(folder: Path) -> dict[str, Lexicon]:
    from exoreg.law.places import RuleBaseError
    from exoreg.offer.lexicon_files import read_lexicon

    read = read_lexicon(folder)
    if read.problems:
        raise RuleBaseError(read.problems)
    return read.lexicons


BUILT_IN = Path(__file__).resolve().parent.parent / "_lexicon.json"
"""Where the wheel has its compiled lexicons, by language."""


@cache
def _built_in() -> dict[str, Lexicon] | None:
    import json

    try:
        plain = json.loads(BUILT_IN.read_bytes())
        return {language: Lexicon.from_plain(lexicon) for language, lexicon in plain.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return None  # Not installed from a wheel, or damaged: the files themselves are read.


def load(rules_dir: Path | str | None = None) -> dict[str, Lexicon]:
    """The compiled lexicons by language; read once for each folder and process.

    Raises:
        RuleBaseError: a file cannot be read or breaks the format; all problems are listed.
    """
    built_in = _built_in() if rules_dir is None else None
    return built_in if built_in is not None else _load(lexicon_dir(rules_dir))
