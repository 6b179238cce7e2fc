"""Which stretches of a text are in a language that exoreg reads, and which are not.

Scripts decide first; among languages in Latin letters small function words do. A stretch in another language is
named with a guess, so that it is reported as not covered instead of passing for free of claims.
"""

from __future__ import annotations

import re

_FUNCTION_WORDS = {
    "en": "the and of to in is for with your that are this you our on from it by as be we not can or skin will has have",
    "de": "der die das und ist mit für von den nicht ein eine zu im auf wird sich bei auch haut ihre oder sie dem des",
    "fr": "le la les des et est pour avec une un dans votre sur du au peau qui ne pas vos aux ce par cette sont",
    "es": "el los las y es para con una un en su que del por piel se no más tu sus al como este esta",
    "it": "il lo gli e è per con una un di che della del la pelle non nel alla dei delle sono più le",
    "pt": "o os as e é para com uma um em que da do dos pele não mais na no sua seu ao são",
    "nl": "de het een en van is voor met uw niet op huid te dat zijn aan door bij ook wordt om",
    "pl": "i w na z do się jest nie dla skóry oraz po od jak przez",
    "sv": "och att det som en på är för med av inte din huden till den ett",
    "tr": "ve bir için ile bu cilt olarak daha çok olan",
    "id": "dan yang untuk dengan kulit di dari ini anda pada adalah",
    "vi": "và của cho da với là các không trong được",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
# Words that English has too speak for no other language.
_SHARED = frozenset(
    "no do as on in is an die was per con met door a i o e y me sale come men dan den bin".split()
)
_LANGUAGES_OF = {
    language: frozenset(words.split()) - _SHARED
    for language, words in _FUNCTION_WORDS.items()
    if language != "en"
}
_ENGLISH = frozenset(_FUNCTION_WORDS["en"].split())
_PLAINLY_ENGLISH = re.compile(r"\b(?:the|and|of|with|for|your|our|this|that|are|you|from|not)\b")
_ACCENTED = re.compile(r"[à-öø-ÿāăąćčďđēęěğīłńňőœřśşšţťūůűźżžươạ-ỹ]")
_SCRIPTS = (
    ("ru", re.compile(r"[\u0400-\u04ff]{3}")),
    ("el", re.compile(r"[\u0370-\u03ff]{3}")),
    ("ar", re.compile(r"[\u0600-\u06ff]{3}")),
    ("he", re.compile(r"[\u0590-\u05ff]{3}")),
    ("th", re.compile(r"[\u0e00-\u0e7f]{3}")),
    ("hi", re.compile(r"[\u0900-\u097f]{3}")),
)
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z]{2}")
# Han characters that only Chinese writes so; without kana they mark a text as Chinese.
_CHINESE = re.compile("[们这说为发疗细护请产诊专业让给无过时间问题您吗對醫護這說為]")


def latin_language(text: str) -> str:
    """The language of a stretch in Latin letters: ``en`` unless small words clearly speak for another."""
    found = _WORD.findall(text)[:400]
    if not found:
        return "en"
    words = set(found)
    english = len(words & _ENGLISH)
    if english * 6 >= len(words) and text.isascii():
        return "en"
    counts = {language: len(words & known) for language, known in _LANGUAGES_OF.items()}
    best = max(counts, key=lambda language: counts[language])
    if counts[best] > english and (counts[best] >= 3 or (counts[best] == 2 and len(words) <= 8)):
        return best
    accents = sum(bool(_ACCENTED.search(word)) for word in words)
    if not english and accents >= 1 and counts[best]:
        return best
    if not english and accents and accents * 4 >= len(words):
        return "other"
    return "en"


def languages_of(text: str, *, japanese_around: bool = False) -> tuple[tuple[str, ...], str | None]:
    """The languages that one lower-case sentence or line is written in.

    Args:
        text: normalised text in lower case.
        japanese_around: whether kana stand elsewhere in the same document (then bare Han characters are Japanese).

    Returns:
        The covered languages (``en``, ``ja``, ``ko``), and a guess at a language that is not covered, or None.
    """
    if text.isascii():
        if _PLAINLY_ENGLISH.search(text):
            return ("en",), None
        language = latin_language(text) if _LATIN.search(text) else ""
        return ((language,), None) if language == "en" else ((), language or None)
    covered: list[str] = []
    other: str | None = None
    if _HANGUL.search(text):
        covered.append("ko")
    if _KANA.search(text):
        covered.append("ja")
    elif not covered and _HAN.search(text):
        if japanese_around or not _CHINESE.search(text):
            covered.append("ja")
        else:
            other = "zh"
    for name, script in _SCRIPTS:
        if script.search(text):
            other = name
    if _LATIN.search(text):
        language = "en" if covered else latin_language(text)
        if language == "en" and (other is None or covered):
            covered.append("en")
        elif language != "en":
            other = other or language
    return tuple(covered), other


def has_kana(text: str) -> bool:
    """Whether Japanese kana stand anywhere in the text."""
    return _KANA.search(text) is not None
