"""Which stretches of a text are in a language that exoreg reads, and which are not.

Scripts decide first; among languages in Latin letters small function words do. A stretch in another language is
named with a guess, so that it is reported as not covered instead of passing for free of claims.
"""

from __future__ import annotations

import re

# Small words, and a few that offers of cosmetics cannot do without.
_WORDS_OF = {
    "en": "the and of to in is for with your that are this you our on from it by as be we not can or skin will has",
    "de": "der die das und ist mit für von den nicht ein eine zu im auf wird sich bei auch ihre oder sie dem des"
    " haut haare falten schmerzen wunden wirkt gegen pflegt hilft lindert fördert",
    "fr": "le la les des et est pour avec une un dans votre sur du au qui ne pas vos aux ce par cette sont peau"
    " cheveux rides soin visage ferme souple traite favorise lissage",
    "es": "el los las y es para con una un en su que del por se no más tu sus al como este esta piel cabello arrugas"
    " rostro mejora",
    "it": "il lo gli e è per con una un di che della del la non nel alla dei delle sono più le pelle capelli"
    " rughe viso",
    "pt": "o os as e é para com uma um em que da do dos não mais na no sua seu ao são pele cabelo rugas",
    "nl": "de het een en van is voor met uw niet op te dat zijn aan door bij ook wordt om huid haar droge helpt"
    " geneest wonden tegen zacht zachte glanzend gezicht",
    "pl": "i w na z do się jest nie dla oraz po od jak przez skóry włosów",
    "sv": "och att det som en på är för med av inte din till den ett huden håret",
    "tr": "ve bir için ile bu olarak daha çok olan cilt saç",
    "id": "dan yang untuk dengan di dari ini anda pada adalah kulit rambut",
    "vi": "và của cho da với là các không trong được",
}
_WORD = re.compile(r"[^\W\d_]+")
# Words that English or its trade names have, too, speak for no other language.
_BORROWED = (
    "no do as on in is an die was per con met door a i o e y me sale come men dan den bin la le de et im da en el un"
    " una del plus haar ferme di w z om te bu par visage na"
)
_SHARED = frozenset(_BORROWED.split())
_OTHERS = {
    language: frozenset(words.split()) - _SHARED for language, words in _WORDS_OF.items() if language != "en"
}
_OTHER_WORDS = frozenset().union(*_OTHERS.values())
_ALL_OTHERS = {language: frozenset(_WORDS_OF[language].split()) for language in _OTHERS}
_ENGLISH = frozenset(_WORDS_OF["en"].split())
_PLAIN_WORDS = "the and of with for your our this that are you from not"
_PLAINLY_ENGLISH = frozenset(_PLAIN_WORDS.split())
_ACCENTED = re.compile(r"[à-öø-ÿāăąćčďđēęěğīłńňőœřśşšţťūůűźżžươạ-ỹ]")
_RANGES = {
    "ru": r"\u0400-\u04ff",
    "el": r"\u0370-\u03ff",
    "ar": r"\u0600-\u06ff",
    "he": r"\u0590-\u05ff",
    "th": r"\u0e00-\u0e7f",
    "hi": r"\u0900-\u097f",
}
_SCRIPTS = [(language, re.compile(f"[{letters}]{{3}}")) for language, letters in _RANGES.items()]
_ANY_SCRIPT = re.compile(f"[{''.join(_RANGES.values())}]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z]{2}")
# Han characters that only Chinese writes so; without kana they mark a text as Chinese.
_CHINESE = re.compile("[们这说为发疗细护请产诊专业让给无过时间问题您吗對醫護這說為]")


def latin_language(text: str) -> tuple[str, bool]:
    """The language of a stretch in Latin letters, and whether that is sure.

    It is ``en`` unless other words speak for another; where only one does, the guess is not sure, and the stretch
    should be read as English, too.
    """
    words = set(_WORD.findall(text)[:400])
    english = len(words & _ENGLISH)
    if not words or (text.isascii() and (english * 6 >= len(words) or words.isdisjoint(_OTHER_WORDS))):
        return "en", True
    if text.isascii() and not words.isdisjoint(_PLAINLY_ENGLISH):
        return "en", True
    counts = {language: len(words & known) for language, known in _OTHERS.items()}
    for language, known in _ALL_OTHERS.items():
        if counts[language]:  # a shared word counts beside one that is not
            counts[language] = len(words & known)
    best = max(counts, key=lambda language: counts[language])
    if counts[best] > english and (counts[best] >= 3 or (counts[best] == 2 and len(words) <= 8)):
        return best, True
    accents = sum(bool(_ACCENTED.search(word)) for word in words)
    if not english and accents and counts[best]:
        return best, True
    if not english and accents and accents * 4 >= len(words):
        return "other", True
    if not english and counts[best] and 1 < len(words) <= 8:
        return best, False
    return "en", True


def languages_of(text: str, *, japanese_around: bool = False) -> tuple[tuple[str, ...], str | None]:
    """The languages that one lower-case sentence or line is written in.

    Args:
        text: normalised text in lower case.
        japanese_around: whether kana stand elsewhere in the same document (then bare Han characters are Japanese).

    Returns:
        The covered languages (``en``, ``ja``, ``ko``), and a guess at a language that is not covered, or None.
    """
    if text.isascii():
        if not _PLAINLY_ENGLISH.isdisjoint(text.split()):
            return ("en",), None
        if not _LATIN.search(text):
            return (), None
        language, sure = latin_language(text)
        if language == "en":
            return ("en",), None
        return (() if sure else ("en",)), language
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
    if _ANY_SCRIPT.search(text):
        for name, script in _SCRIPTS:
            if script.search(text):
                other = name
    if _LATIN.search(text):
        language, _ = ("en", True) if covered else latin_language(text)
        if language == "en" and (other is None or covered):
            covered.append("en")
        elif language != "en":
            other = other or language
    return tuple(covered), other


def has_kana(text: str) -> bool:
    """Whether Japanese kana stand anywhere in the text."""
    return _KANA.search(text) is not None
