"""PDF: text page by page, and what a viewer does not show: properties, bookmarks, notes, links, invisible text.

Read with pypdf (BSD-3-Clause), pure Python, whose own limits on streams are lowered to ours. AES encryption needs
its extra `crypto`. White text is called hidden only on a page where nothing is painted before it, since on a
coloured ground it shows; text drawn without ink is hidden unless pictures stand on the page, because over a
scanned picture it is the picture's wording.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from .reading import MissingExtra, Reading, Stopped, Unreadable, one_line

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader
    from pypdf.generic import EmbeddedFile

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

_PROPERTIES = ("/Title", "/Subject", "/Keywords", "/Description")
_SHOWS_TEXT = frozenset((b"Tj", b"TJ", b"'", b'"'))
_PAINTS = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"))
_STROKES = frozenset((b"S", b"s"))
# Letters that a font without a map to Unicode leaves: control and private characters.
_NO_LETTER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_LOST_FONT = re.compile(r"(?:/[a-zA-Z]{1,5}\d{1,5}){4}|(?:\(cid:\d{1,5}\)){3}")


def read_pdf(reading: Reading, data: bytes) -> None:
    """Reads a PDF; pages without readable text are listed as unread."""
    try:
        from pypdf import apply_configuration
    except ModuleNotFoundError:
        raise MissingExtra(".pdf") from None
    size = reading.limits.pdf_stream
    repairs = _Repairs()
    logger = logging.getLogger("pypdf")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(repairs)
    try:
        with apply_configuration(
            maximum_declared_stream_length=reading.limits.file_bytes,
            array_based_stream_maximum_output_length=size,
            zlib_maximum_output_length=size,
            lzw_maximum_output_length=size,
            run_length_maximum_output_length=size,
            brotli_maximum_output_length=size,
            stream_decoding_work_maximum_length=4 * size,
            xmp_maximum_input_length=1_000_000,
            jbig2dec_binary=None,
        ):
            _read(reading, _open(data))
    finally:
        logger.removeHandler(repairs)
        logger.propagate = propagate
        if repairs.seen:
            reading.skip(
                "document", "the file is damaged and was repaired as it was read; wording may be missing"
            )


class _Repairs(logging.Handler):
    """Hears pypdf say that it repaired the file's table of contents."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen = False

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().lower()
        self.seen = self.seen or any(
            word in message for word in ("xref", "trailer", "eof marker", "root object")
        )


def _open(data: bytes) -> PdfReader:
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise Unreadable("is encrypted: ask the sender for a copy without a password")
    except DependencyError:
        raise Unreadable(
            "is encrypted, and reading it needs: pip install 'exoreg[offer]' cryptography"
        ) from None
    except Unreadable:
        raise
    except Exception as error:
        # pypdf says of itself that broken files may raise anything.
        raise Unreadable("is a PDF too damaged to read") from error
    return reader


def _read(reading: Reading, reader: PdfReader) -> None:
    try:
        count = len(reader.pages)
    except Exception as error:
        raise Unreadable("is a PDF whose pages cannot be found") from error
    _attempt(reading, "document properties", _properties, reading, reader)
    pictures: list[int] = []
    for number in range(1, min(count, reading.limits.pdf_pages) + 1):
        where = f"page {number}"
        reading.check(where)
        if _attempt(reading, where, _page, reading, reader, number):
            pictures.append(number)
    if count > reading.limits.pdf_pages:
        first = reading.limits.pdf_pages + 1
        reading.skip(
            f"pages {first:,} to {count:,}", f"only the first {reading.limits.pdf_pages:,} pages are read"
        )
    if pictures:
        reading.skip(_pages(pictures), "pictures: wording inside them is not read")
    _attempt(reading, "bookmarks", _bookmarks, reading, reader)
    _attempt(reading, "form", _form, reading, reader)
    _attempt(reading, "attachments", _attachments, reading, reader)


def _attempt(
    reading: Reading, where: str, read: Callable[_Given, _Result], *given: _Given.args, **named: _Given.kwargs
) -> _Result | None:
    """Reads one thing; if it is broken, that is noted and the rest is read all the same."""
    try:
        return read(*given, **named)
    except Stopped:
        raise
    except Exception as error:
        limit = type(error).__name__ == "LimitReachedError"
        reading.skip(
            where, "too large to be read" if limit else "damaged: it could not be read, or not wholly"
        )
        return None


def _properties(reading: Reading, reader: PdfReader) -> None:
    found: dict[str, str] = {}
    for key, value in (reader.metadata or {}).items():
        if key in _PROPERTIES:
            found[str(value.get_object())] = key[1:].lower()
    xmp = reader.xmp_metadata
    if xmp is not None:
        for name, values in (("title", xmp.dc_title), ("description", xmp.dc_description)):
            for text in (values or {}).values():
                found.setdefault(str(text), name)
        for word in [*(xmp.dc_subject or []), xmp.pdf_keywords]:
            found.setdefault(str(word or ""), "keywords")
    for text, name in found.items():
        reading.add(text, "document properties", f"document {name}")


class _Ink:
    """Follows the drawing of one page to tell which text can be seen, and keeps the time."""

    def __init__(self, reading: Reading, where: str, pictures: frozenset[str]) -> None:
        self._reading, self._where, self._pictures = reading, where, pictures
        self._white, self._mode, self._saved = False, 0, [(False, 0)]
        self._seen = self._unseen = False
        self.shown: list[str] = []
        self.hidden: list[tuple[str, str]] = []
        self.picture = self.painted = self.drawn = False
        self._reason = ""

    def before(self, operator: bytes, operands: Any, *_: Any) -> None:
        """Takes note of a drawing operator before it acts."""
        self._reading.check(self._where)
        if operator == b"q":
            # More levels than any viewer keeps are not worth memory.
            if len(self._saved) < 256:
                self._saved.append((self._white, self._mode))
        elif operator == b"Q":
            self._white, self._mode = self._saved.pop() if len(self._saved) > 1 else self._saved[0]
        elif operator in (b"g", b"rg", b"k", b"sc", b"scn"):
            self._white = _is_white(operands)
        elif operator == b"cs":
            self._white = False
        elif operator == b"Tr" and operands:
            self._mode = int(operands[0])
        elif operator in _PAINTS:
            self.painted = self.drawn = True
        elif operator in _STROKES:
            self.drawn = True
        elif operator == b"INLINE IMAGE" or (operator == b"Do" and self._is_picture(operands)):
            self.picture = self.painted = True

    def _is_picture(self, operands: Any) -> bool:
        return bool(operands) and str(operands[0]) in self._pictures

    def after(self, operator: bytes, *_: Any) -> None:
        """Takes note of text after it is drawn: the library hands over a stretch when the next one begins."""
        if operator in _SHOWS_TEXT:
            if self._mode in (3, 7):
                self._unseen, self._reason = True, "invisible text"
            elif self._white and not self.painted:
                self._unseen, self._reason = True, "white on white"
            else:
                self._seen = True

    def text(self, text: str, *_: Any) -> None:
        """Takes a stretch of text."""
        if self._unseen and not self._seen and text.strip():
            self.hidden.append((self._reason, text))
        else:
            self.shown.append(text)
        self._seen = self._unseen = False


def _page(reading: Reading, reader: PdfReader, number: int) -> bool:
    """Reads a page; true if there are pictures on it besides text."""
    page, where = reader.pages[number - 1], f"page {number}"
    ink = _Ink(reading, where, frozenset(_pictures(page.get("/Resources"))))
    error: Exception | None = None
    whole = ""
    try:
        whole = page.extract_text(
            visitor_operand_before=ink.before, visitor_operand_after=ink.after, visitor_text=ink.text
        )
    except Exception as caught:
        error = caught
    reading.check(where)
    # Over a picture, text without ink is what a scanner recognised: the wording of the picture.
    unseen = [
        (reason, text) for reason, text in ink.hidden if not (reason == "invisible text" and ink.picture)
    ]
    text = "".join(ink.shown) if unseen else whole or "".join(ink.shown + [text for _, text in ink.hidden])
    reading.add(text.strip(), where)
    for reason in dict.fromkeys(reason for reason, _ in unseen):
        reading.add("\n".join(text.strip() for why, text in unseen if why == reason), where, reason)
    _attempt(reading, f"{where}, notes and links", _annotations, reading, page, where)
    if error is not None:
        raise error
    if _illegible(text):
        reading.skip(where, "its font does not say which letters it shows; the text may be unreadable")
    if not text.strip() and not unseen:
        if ink.picture:
            reading.skip(where, "scanned or image-only page")
        elif ink.drawn:
            reading.skip(where, "no text: what it says may be drawn as shapes")
        return False
    return ink.picture


def _illegible(text: str) -> bool:
    letters = len(text) - text.count(" ") - text.count("\n")
    return len(_NO_LETTER.findall(text)) > 0.2 * letters > 0 or bool(_LOST_FONT.search(text))


def _is_white(operands: Any) -> bool:
    try:
        values = [float(value) for value in operands]
    except (TypeError, ValueError):
        return False  # a pattern
    if len(values) == 4:
        return max(values) <= 0.02
    return len(values) in (1, 3) and min(values) >= 0.98


def _pictures(resources: Any, depth: int = 0) -> Iterator[str]:
    """The names under which a page, or a form drawn on it, calls pictures."""
    if resources is None or depth > 3:
        return
    objects = resources.get_object().get("/XObject")
    for name, reference in (objects.get_object() if objects is not None else {}).items():
        drawing = reference.get_object()
        if drawing.get("/Subtype") == "/Image":
            yield str(name)
        elif drawing.get("/Subtype") == "/Form":
            yield from _pictures(drawing.get("/Resources"), depth + 1)


def _annotations(reading: Reading, page: PageObject, where: str) -> None:
    links: dict[str, None] = {}
    for reference in page.annotations or ():
        reading.check(where)
        note = reference.get_object()
        if not hasattr(note, "get"):
            continue
        kind = note.get("/Subtype")
        # What stands on the page as if printed there is not hidden; a note opens on a click.
        hidden = None if kind == "/FreeText" else "note"
        reading.add(_string(note.get("/Contents")), f"{where}, note", hidden)
        if kind == "/Widget":
            reading.add(_string(note.get("/V")), f"{where}, form field")
            reading.add(_string(note.get("/TU")), f"{where}, form field", "tooltip")
        action = note.get("/A")
        if action is not None and (address := _string(action.get_object().get("/URI"))):
            links[address] = None
    reading.add("\n".join(links), where, "link addresses")


def _string(value: Any) -> str:
    value = value.get_object() if value is not None else None
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value if isinstance(value, str) else ""


def _bookmarks(reading: Reading, reader: PdfReader) -> None:
    titles: list[str] = []
    waiting: list[Any] = list(reversed(reader.outline))
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        else:
            titles.append(one_line(str(item.title or "")))
    reading.add("\n".join(titles), "bookmarks", "bookmarks")


def _form(reading: Reading, reader: PdfReader) -> None:
    form = reader.root_object.get("/AcroForm")
    if form is not None and "/XFA" in form.get_object():
        reading.skip("form", "an XFA form, which is not read")


def _attachments(reading: Reading, reader: PdfReader) -> None:
    for file in reader.attachment_list:
        name = _name(file)
        reading.check(f"attachment {name}")
        _attempt(reading, f"attachment {one_line(name)}", _attachment, reading, file)


def _attachment(reading: Reading, file: EmbeddedFile) -> None:
    reading.attachment(file.content, _name(file))


def _name(file: EmbeddedFile) -> str:
    return str(file.alternative_name or file.name)


def _pages(numbers: list[int]) -> str:
    """``page 3`` or ``pages 1-4, 7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"page {words}" if len(numbers) == 1 else f"pages {words}"
