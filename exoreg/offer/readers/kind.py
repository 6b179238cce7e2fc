"""Which kind of document some bytes are: by their content first, by their name only where content is silent."""

from __future__ import annotations

import re
from pathlib import PurePath

from .encoding import decode
from .limits import Limits
from .reading import Unreadable
from .zip import entry_names

KINDS = "text, Markdown, HTML, PDF, DOCX and e-mail (.eml)"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"8BPS", "a Photoshop picture"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file (.doc, .xls, .ppt or .msg)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"SQLite format 3\x00", "a database"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"PAR1", "a Parquet table"),
)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|\r?\n[ \t]|\r?$)")
_MAIL_HEADERS = {
    b"from", b"to", b"cc", b"subject", b"date", b"sender", b"reply-to", b"return-path", b"received",
    b"message-id", b"mime-version", b"delivered-to", b"dkim-signature", b"content-type",
}  # fmt: skip
_HTML_START = re.compile(
    r"[\s\ufeff]*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,5000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|h[1-6]|table|section|article|main|span|ul|center|font)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"</?(?:html|body|p|div|span|br|h[1-6]|table|ul|li|a|b|strong)[\s>/]", re.IGNORECASE)
_HEAD = 65_536


def find_kind(data: bytes, name: str, limits: Limits) -> str:
    """``text``, ``markdown``, ``html``, ``pdf``, ``docx`` or ``email``.

    Raises `Unreadable` for an empty file and for any other kind, which the message names.
    """
    if not data.strip(b"\0 \t\r\n\f\xef\xbb\xbf"):
        raise Unreadable("is empty")
    head = data[:_HEAD]
    # PDF allows other bytes in front, which senders' gateways sometimes add.
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(data, limits)
    other = _other(head)
    if other is None and _binary(head):
        other = "a binary file of unknown kind"
    if other:
        raise Unreadable(f"is {other}; what can be read is {KINDS}")
    if _is_mail(head):
        return "email"
    suffix = PurePath(name).suffix.lower()
    text, _ = decode(head if len(data) <= _HEAD else head[: head.rfind(b"\n") + 1 or _HEAD - _HEAD % 4])
    if _HTML_START.match(text) or (suffix in (".html", ".htm", ".xhtml") and _TAG.search(text)):
        return "html"
    if suffix == ".eml":
        return "email"
    return "markdown" if suffix in (".md", ".markdown") else "text"


def _archive(data: bytes, limits: Limits) -> str:
    names = entry_names(data, limits)
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    other = "a zip archive"
    if any(name.startswith("xl/") for name in names):
        other = "an Excel workbook"
    elif any(name.startswith("ppt/") for name in names):
        other = "a PowerPoint presentation"
    elif "mimetype" in names:
        other = "an OpenDocument or EPUB file"
    raise Unreadable(f"is {other}; what can be read is {KINDS}")


def _other(head: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature) and (signature != b"MZ" or b"\0" in head[:64]):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "a WebP picture"
    if head[4:8] == b"ftyp":
        return "a HEIC picture or a video"
    return "a bitmap picture" if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" else None


def _binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return False
    wide = max(head[0::2].count(0), head[1::2].count(0)) > 0.2 * len(head)
    sample = head.replace(b"\0", b"") if wide else head
    # Line ends, tabs, form feeds and the escape of ISO-2022-JP and terminals belong to text.
    controls = sum(sample.count(code) for code in {*range(32)} - {9, 10, 12, 13, 27})
    return controls > 0.05 * len(sample)


def _is_mail(head: bytes) -> bool:
    """Whether it begins with a block of headers of which at least two are those of mail."""
    found: set[bytes] = set()
    lines = head.lstrip(b"\xef\xbb\xbf\r\n").split(b"\n")
    if lines[0].startswith(b"From "):  # the envelope line of a mailbox file
        lines = lines[1:]
    for line in lines:
        if not line.strip():
            break
        if line[:1] in b" \t" and found:
            continue
        match = _HEADER.match(line)
        if not match:
            return False
        found.add(match[1].lower())
    return len(found & _MAIL_HEADERS) >= 2
