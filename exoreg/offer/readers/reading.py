"""What the readers write to: parts and gaps of one offer, kept within the limits."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ..document import Part, Unread
from .limits import Limits

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


class Unreadable(Exception):
    """A document that cannot be read; the message continues a sentence that begins with its name."""


class MissingExtra(Unreadable):
    """A library of the extra `offer` that is not installed; the message is a whole sentence."""

    def __init__(self, suffix: str) -> None:
        super().__init__(f"reading `{suffix}` needs the extra `offer`: pip install 'exoreg[offer]'")


class Stopped(Exception):
    """A limit on the whole offer is reached: nothing more is read."""


@dataclass
class _Shared:
    """What an offer and all documents inside it have in common."""

    limits: Limits
    read: Callable[[Reading, bytes, str], None]
    deadline: float
    parts: list[Part] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    text: int = 0
    attachments: int = 0
    stopped: bool = False


class Reading:
    """Collects the parts of one document; a document inside it writes to the same lists."""

    def __init__(self, limits: Limits, read: Callable[[Reading, bytes, str], None]) -> None:
        """``read(reading, data, name)`` reads a document of any kind and is used for those inside others."""
        self._shared = _Shared(limits, read, time.monotonic() + limits.seconds)
        self._prefix = ""
        self._depth = 0

    @property
    def limits(self) -> Limits:
        """The limits that hold."""
        return self._shared.limits

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything read so far."""
        return tuple(self._shared.parts)

    @property
    def unread(self) -> tuple[Unread, ...]:
        """Everything not read so far; the same gap stands once."""
        return tuple(dict.fromkeys(self._shared.unread))

    def add(self, text: str, where: str, hidden: str | None = None) -> None:
        """Keeps ``text``, unless it is blank. Raises `Stopped` at the limit of text or parts."""
        if not text or text.isspace():
            return
        self.check(where)
        shared, place = self._shared, self._prefix + where
        room = self.limits.text - shared.text
        # A lone surrogate is no character and could not be written out again.
        reason = hidden and one_line(hidden, 80)  # it may name an attribute of any length
        shared.parts.append(Part(_SURROGATE.sub("\ufffd", text[:room]), place, reason))
        shared.text += min(len(text), room)
        if len(text) > room:
            self._stop(where, f"only the first {self.limits.text:,} characters of the offer are read")
        if len(shared.parts) >= self.limits.parts:
            self._stop(where, f"only the first {self.limits.parts:,} pieces of the offer are read")

    def skip(self, where: str, reason: str) -> None:
        """Notes that something at ``where`` was not read."""
        unread = self._shared.unread
        if len(unread) < self.limits.notes:
            unread.append(Unread(self._prefix + where, reason))
        elif len(unread) == self.limits.notes:
            unread.append(Unread(self._prefix + where, "more was not read than is listed here"))

    def check(self, where: str) -> None:
        """Raises `Stopped` when time is up, or when reading was stopped before."""
        if self._shared.stopped:
            raise Stopped
        if time.monotonic() > self._shared.deadline:
            self._stop(where, f"reading took longer than {self.limits.seconds:g} seconds")

    def _stop(self, where: str, reason: str) -> None:
        # Inserted past the limit of notes: that reading stopped must never go unsaid.
        self._shared.unread.append(Unread(f"from {self._prefix}{where} on", reason))
        self._shared.stopped = True
        raise Stopped

    def inside(self, where: str) -> Reading:
        """A reading of a document at ``where`` in this one, which writes to the same lists."""
        inner = object.__new__(Reading)
        inner._shared = self._shared
        inner._prefix = f"{self._prefix}{where}, "
        inner._depth = self._depth + 1
        return inner

    def document(self, data: bytes, name: str, where: str) -> None:
        """Reads a whole document inside this one; what cannot be read of it is noted."""
        self.check(where)
        if self._depth >= self.limits.nesting:
            self.skip(where, f"documents are nested more than {self.limits.nesting} deep")
            return
        self._shared.attachments += 1
        if self._shared.attachments > self.limits.attachments:
            self.skip(where, f"only the first {self.limits.attachments} attached documents are read")
            return
        try:
            self._shared.read(self.inside(where), data, name)
        except Unreadable as error:
            self.skip(where, str(error))

    def attachment(self, data: bytes, name: str) -> None:
        """Reads an attached or embedded file; its name, which may promise something too, is its place."""
        self.document(data, name, f"attachment {one_line(name) or 'without a name'}")


def one_line(text: str, length: int = 120) -> str:
    """``text`` on one line, shortened, as places show it."""
    line = _SPACE.sub(" ", _SURROGATE.sub("\ufffd", text)).strip()
    return line if len(line) <= length else line[: length - 1] + "…"


def prose(text: str) -> bool:
    """Whether ``text`` reads like wording: two words of letters, or a run of Japanese or Korean."""
    return bool(_PROSE.search(text))


_PROSE = re.compile(
    r"[^\W\d_]{2,40}[^\S\n]{1,3}[^\W\d_]{2,40}"
    r"|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{3}"
)
