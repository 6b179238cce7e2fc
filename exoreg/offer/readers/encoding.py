"""Bytes become text by honest trial: the first encoding that explains them, and a word when that is a guess.

Tried in this order: a byte order mark; UTF-16 without one (every other byte is zero); UTF-8; ISO-2022-JP, which
announces itself; then Shift_JIS, EUC-JP and Korean (cp949), each only if the text comes out as mostly kana or
Hangul; last Western (cp1252), only if the text is mostly ASCII. What fits none is refused, never shown as
nonsense.
"""

from __future__ import annotations

import codecs
import re

from .reading import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fc]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTER = re.compile(r"[^\W\d_]")
# Which letters a text in this encoding is made of, and what share of its foreign letters they are at least.
_EAST = (
    ("cp932", "Shift_JIS", _KANA, 0.25),
    ("euc_jp", "EUC-JP", _KANA, 0.25),
    ("cp949", "EUC-KR", _HANGUL, 0.85),
)
_SAMPLE = 200_000
# What mail programs and pages name wrongly or too narrowly: the encoding that they mean.
_MEANT = {
    "us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "euc_kr": "cp949", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "unicode-1-1-utf-7": "utf-7",
}  # fmt: skip


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of ``data`` and, if its encoding had to be guessed or repaired, a sentence that says so.

    Raises `Unreadable` when no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with(data[len(mark) :], encoding)
    if wide := _wide(data):
        return data.decode(wide, "replace"), f"no encoding is stated; read as {wide.upper()} by trial"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _trial(data)
    if "\x1b$" in text:  # ISO-2022-JP is all ASCII on the surface
        try:
            return data.decode("iso2022_jp_ext"), "not UTF-8; read as ISO-2022-JP by trial"
        except UnicodeDecodeError:
            pass
    return text, None


def decode_as(data: bytes, charset: str | None) -> tuple[str, str | None]:
    """Like `decode`, for data that states its ``charset``, which may be wrong or unknown."""
    charset = (charset or "").strip().strip("\"'").lower()
    if not charset:
        return decode(data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with(data[len(mark) :], encoding)
    encoding = _MEANT.get(charset, charset)
    if encoding == "cp1252" and _is_utf8(data):
        return data.decode("utf-8"), f"stated to be {charset}, but is UTF-8 and read as such"
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError
        return data.decode(encoding), None
    except (LookupError, UnicodeError, ValueError):
        text, note = decode(data)
        return text, f"not the encoding {charset!r} that it states; " + (note or "read as UTF-8")


def _with(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return text, f"some bytes are not valid {encoding.upper()} and stand as \ufffd"


def _is_utf8(data: bytes) -> bool:
    try:
        return not data.isascii() and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every other byte is zero."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 2:
        return None
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    if low > 0.4 * half and high < 0.1 * half:
        return "utf-16-le"
    if high > 0.4 * half and low < 0.1 * half:
        return "utf-16-be"
    return None


def _trial(data: bytes) -> tuple[str, str | None]:
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = len(_BEYOND_ASCII.findall(text)) - wrong
    # A cut or a stray byte in UTF-8: next to it stands much that only UTF-8 explains.
    if wrong <= right // 10:
        return text, f"{wrong} bytes are not valid UTF-8 and stand as \ufffd"
    for encoding, name, script, share in _EAST:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = [char for char in _BEYOND_ASCII.findall(text[:_SAMPLE]) if _LETTER.match(char)]
        if foreign and sum(bool(script.match(char)) for char in foreign) >= share * len(foreign):
            return text, f"not UTF-8; read as {name} by trial"
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    sample = text[:_SAMPLE]
    if len(_BEYOND_ASCII.findall(sample)) <= 0.25 * len(sample):
        return text, "not UTF-8; read as Western (cp1252) by trial, so single letters may be wrong"
    raise Unreadable("is text in an unknown encoding: save it as UTF-8")
