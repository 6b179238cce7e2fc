"""E-mail: subject, sender and date, every body, quoted and forwarded text apart, attachments read like any offer.

Parsed with Python's own `email` in its oldest manner (`compat32`), which accepts whatever arrives; headers and
character sets are decoded here, because what they state is often wrong.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from .encoding import decode, decode_as
from .reading import Reading, Unreadable, one_line

_HEADERS = ("subject", "from", "date")
_MULTIPART = re.compile(rb"multipart/", re.IGNORECASE)
# After such a line stands what somebody else wrote.
_FORWARDED = re.compile(
    r"[-_ \t>*]{0,80}(?:begin\s)?(?:forwarded\s(?:message|by\b.{0,80})|original\s(?:message|appointment)"
    r"|weitergeleitete\snachricht|urspr\u00fcngliche\snachricht|message\s(?:transf\u00e9r\u00e9|d'origine)"
    r"|\u8ee2\u9001(?:\u3055\u308c\u305f)?\u30e1\u30c3\u30bb\u30fc\u30b8|\u5143\u306e\u30e1\u30c3\u30bb\u30fc\u30b8"
    r"|\uc804\ub2ec\ub41c\s?(?:\uba54\uc2dc\uc9c0|\uba54\uc77c)|\uc6d0\ubcf8\s?(?:\uba54\uc2dc\uc9c0|\uba54\uc77c))"
    r"[-_ \t:*]{0,80}",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[ \t]{0,3}>")
_ADDRESS = re.compile(r"\S{0,20}(?:://|@|www\.)\S*", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def read_email(reading: Reading, data: bytes) -> None:
    """Reads a message with everything in it."""
    if sum(1 for _ in _MULTIPART.finditer(data)) > reading.limits.email_parts:
        raise Unreadable(f"is a message with more than {reading.limits.email_parts} parts")
    try:
        message = message_from_bytes(data)
    except (RecursionError, ValueError) as error:
        raise Unreadable("is a message too deeply nested or too damaged to read") from error
    headers = _headers(message)
    for name in _HEADERS:
        if name in headers:
            reading.add(headers[name], name)
    _Mail(reading).read(message)


class _Mail:
    """The walk through one message."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._count = 0

    def read(self, part: Message) -> None:
        """Reads a part with the parts inside it."""
        self._count += 1
        if self._count > self._reading.limits.email_parts:
            if self._count == self._reading.limits.email_parts + 1:
                self._reading.skip("message", f"only its first {self._count - 1} parts are read")
            return
        kind = part.get_content_type()
        if kind == "message/rfc822":
            self._forwarded(part)
        elif part.is_multipart():
            inside = [inner for inner in part.get_payload() if isinstance(inner, Message)]
            if kind == "multipart/alternative":
                self._alternatives(inside)
            else:
                for inner in inside:
                    self.read(inner)
        else:
            self._leaf(part, kind)

    def _alternatives(self, parts: list[Message]) -> None:
        """Reads the richest form; the plain one as well if it has words that the other has not."""
        plain = [part for part in parts if part.get_content_type() == "text/plain"]
        richer = [part for part in parts if part not in plain]
        before = len(self._reading.parts)
        for part in richer:
            self.read(part)
        words = {word for part in self._reading.parts[before:] for word in _words(part.text)}
        for part in plain:
            text = self._decoded(part, "text body")
            if not words:
                self._body(text, "text body")
            elif not set(_words(text)) <= words:
                self._body(text, "text body, which differs from the HTML body")

    def _forwarded(self, part: Message) -> None:
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        if not isinstance(inner, Message):
            self._reading.skip("attached message", "damaged: it could not be read")
            return
        where = f"attached message {one_line(_headers(inner).get('subject', ''), 80)}".strip()
        try:
            data = inner.as_bytes()
        except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
            self._reading.skip(where, "damaged: it could not be read")
            return
        self._reading.document(data, "message.eml", where)

    def _leaf(self, part: Message, kind: str) -> None:
        name = _file_name(part)
        attached = part.get_content_disposition() == "attachment" or (name and not kind.startswith("text/"))
        if kind == "text/html" and not attached:
            self._html(part)
        elif kind == "text/plain" and not attached:
            self._body(self._decoded(part, "text body"), "text body")
        elif kind.endswith("signature"):
            self._reading.skip("message", "a digital signature, which is not checked")
        elif kind.endswith("pkcs7-mime"):
            self._reading.skip("message", "an encrypted or sealed part (S/MIME)")
        else:
            self._reading.attachment(_payload(part), name or kind.replace("/", "."))

    def _html(self, part: Message) -> None:
        from .html import read_html

        try:
            read_html(self._reading, _payload(part), _charset(part), "html body")
        except Unreadable as error:
            self._reading.skip("html body", str(error))

    def _decoded(self, part: Message, where: str) -> str:
        try:
            text, note = decode_as(_payload(part), _charset(part))
        except Unreadable as error:
            self._reading.skip(where, str(error))
            return ""
        if note:
            self._reading.skip(where, note)
        return text

    def _body(self, text: str, where: str) -> None:
        for quoted, stretch in _by_author(text):
            self._reading.add(stretch, "quoted text" if quoted else where)


def _by_author(text: str) -> list[tuple[bool, str]]:
    """The text in stretches: written by the sender (false), quoted or forwarded (true)."""
    stretches: list[tuple[bool, list[str]]] = []
    forwarded = False
    for line in text.splitlines(keepends=True):
        forwarded = forwarded or bool(_FORWARDED.fullmatch(line.strip()))
        quoted = forwarded or bool(_QUOTE.match(line))
        if not stretches or stretches[-1][0] != quoted:
            stretches.append((quoted, []))
        stretches[-1][1].append(line)
    return [(quoted, "".join(lines)) for quoted, lines in stretches]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(_ADDRESS.sub(" ", text))]


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, AssertionError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        charset = part.get_param("charset")
    except (ValueError, LookupError):
        return None
    return charset if isinstance(charset, str) else charset[2] if charset else None


def _file_name(part: Message) -> str:
    try:
        return _header(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        return ""


def _headers(message: Message) -> dict[str, str]:
    """The headers by lower-case name, decoded; the first of each counts."""
    headers: dict[str, str] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), _header(str(value)) if name.lower() in _HEADERS else "")
    return headers


def _header(raw: str) -> str:
    """A header as it is meant: encoded words decoded, bare bytes by trial."""
    unfolded = " ".join(raw[:20_000].split())
    try:
        pieces = decode_header(unfolded)
    except (HeaderParseError, ValueError):
        pieces = [(unfolded, None)]
    words: list[str] = []
    for piece, charset in pieces:
        data = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogateescape")
        try:
            words.append(decode_as(data, charset)[0] if charset else decode(data)[0])
        except Unreadable:
            words.append(data.decode("utf-8", "replace"))
    return "".join(words)
