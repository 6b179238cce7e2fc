"""An offer as it was read: its wording with places, and what of it was not read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of wording.

    ``text`` is the wording; offsets of findings count in it. ``where`` is its place in words, such as
    ``page 2``, ``subject``, ``quoted text`` or ``attachment price.pdf, page 1``.
    ``hidden`` is ``None`` for wording that a reader of the offer sees, otherwise the way in which it is kept
    out of sight, such as ``comment``, ``alt text``, ``display:none`` or ``same colour as its background``.
    Hidden wording counts as wording all the same.
    """

    text: str
    where: str
    hidden: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in the offer that was not read, or not surely read rightly, and the reason in words."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A document read.

    ``name`` is what the user called it, ``sha256`` the digest of its bytes in hexadecimal, ``kind`` one of
    ``text``, ``markdown``, ``html``, ``pdf``, ``docx`` and ``email``. ``parts`` stand in reading order and
    may be empty (a scanned document); ``unread`` then says why.
    """

    name: str
    sha256: str
    kind: str
    parts: tuple[Part, ...]
    unread: tuple[Unread, ...]


class OfferError(ValueError):
    """An offer that cannot be read at all; the message is one sentence for its user."""


def quoted(name: str) -> str:
    """``name`` in backticks as messages show it: on one line, shortened, nothing that acts on a terminal."""
    safe = "".join(char if char.isprintable() and char != "`" else "\ufffd" for char in name)
    return f"`{safe if len(safe) <= 120 else safe[:119] + '…'}`"
