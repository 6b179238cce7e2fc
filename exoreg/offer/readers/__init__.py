"""Reading an offer: any supported document becomes wording with places, and a list of what was not read.

The kind is found by content; one module reads each kind and writes to a `Reading`, which keeps the limits.
Documents inside documents come back here through it.
"""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path

from ..document import Offer, OfferError, quoted
from .kind import find_kind
from .limits import LIMITS, Limits
from .reading import MissingExtra, Reading, Stopped, Unreadable

__all__ = ["LIMITS", "Limits", "read_offer"]

# Modules are imported when needed: each pulls in its library.
_READERS = {
    "text": ("plain", "read_text"),
    "markdown": ("plain", "read_markdown"),
    "html": ("html", "read_html"),
    "pdf": ("pdf", "read_pdf"),
    "docx": ("docx", "read_docx"),
    "email": ("email", "read_email"),
}


def read_offer(source: str | Path | bytes, name: str | None = None, limits: Limits = LIMITS) -> Offer:
    """Reads the file at ``source``, or the bytes themselves (as from standard input).

    ``name`` is what the offer is called in the result and in messages: by default the path, or
    ``standard input``. A name's ending decides the kind only where the content leaves it open.
    Raises `OfferError` if there is nothing that could be read; anything less is listed in ``unread``.
    """
    if name is None:
        name = "standard input" if isinstance(source, bytes) else str(source)
    data = source if isinstance(source, bytes) else _load(Path(source), name, limits)
    if len(data) > limits.file_bytes:
        raise OfferError(f"{quoted(name)} is larger than the {_megabytes(limits)} that are read")
    reading = Reading(limits, _read)
    try:
        kind = find_kind(data, name, limits)
        _read_kind(reading, data, kind)
    except Stopped:
        pass  # the list of what was not read says where and why
    except MissingExtra as error:
        raise OfferError(str(error)) from error
    except Unreadable as error:
        raise OfferError(f"{quoted(name)} {error}") from error
    # A file name may hold bytes that are no text; they could not be printed.
    printable = name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return Offer(printable, hashlib.sha256(data).hexdigest(), kind, reading.parts, reading.unread)


def _load(path: Path, name: str, limits: Limits) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise OfferError(f"{quoted(name)} does not exist") from None
    except IsADirectoryError:
        raise OfferError(f"{quoted(name)} is a directory, not a document") from None
    except PermissionError:
        problem = "is a directory, not a document" if path.is_dir() else "may not be read by this user"
        raise OfferError(f"{quoted(name)} {problem}") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a usable path"
        raise OfferError(f"{quoted(name)} cannot be opened: {reason.lower()}") from error


def _megabytes(limits: Limits) -> str:
    return f"{limits.file_bytes / 1_000_000:,.0f} MB"


def _read(reading: Reading, data: bytes, name: str) -> None:
    _read_kind(reading, data, find_kind(data, name, reading.limits))


def _read_kind(reading: Reading, data: bytes, kind: str) -> None:
    module, function = _READERS[kind]
    getattr(importlib.import_module(f"{__name__}.{module}"), function)(reading, data)
