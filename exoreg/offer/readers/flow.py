"""Text put together from pieces as a page shows it: what is separate there is separate here."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[ \t\r\n\f]+")
_STRENGTH = {"": 0, " ": 1, "\t": 2, "\n": 3}


class Flow:
    """Pieces of text and the gaps between them; a gap at the beginning or the end is dropped."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._gap = ""

    def text(self, text: str) -> None:
        """Appends ``text`` as it stands."""
        if text:
            if self._gap and self._pieces:
                self._pieces.append(self._gap)
            self._gap = ""
            self._pieces.append(text)

    def collapsed(self, text: str) -> None:
        """Appends ``text`` as a browser does, with every run of white space as one space."""
        text = _SPACES.sub(" ", text)
        if text.startswith(" "):
            self.gap(" ")
        self.text(text.strip(" "))
        if text.endswith(" "):
            self.gap(" ")

    def gap(self, gap: str) -> None:
        """Separates what follows by ``gap`` (a space, a tab or a line break), unless more does already."""
        if _STRENGTH[gap] > _STRENGTH[self._gap]:
            self._gap = gap

    def cell(self, begun: int) -> None:
        """Ends a table's cell that began at length ``begun``: a tab follows, though a paragraph ended in it."""
        if len(self) > begun:
            self._gap = "\t"

    def __len__(self) -> int:
        """The number of pieces so far."""
        return len(self._pieces)

    def __str__(self) -> str:
        return "".join(self._pieces)


class Hidden:
    """Hidden stretches in reading order; what follows in one stretch for the same reason stays together."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str, Flow]] = []
        self._open = False

    def current(self, where: str, reason: str) -> Flow:
        """The flow for more text hidden at ``where`` for ``reason``."""
        if not (self._open and self._found[-1][:2] == (where, reason)):
            self._found.append((where, reason, Flow()))
            self._open = True
        return self._found[-1][2]

    def whole(self, where: str, reason: str, text: str) -> None:
        """Adds one piece of wording that stands by itself, such as an attribute."""
        if text.strip():
            self.close()
            self.current(where, reason).text(text.strip())
            self.close()

    def close(self) -> None:
        """Ends the current stretch: visible text comes between."""
        self._open = False

    def found(self) -> list[tuple[str, str, str]]:
        """All stretches: where, for which reason, and the text."""
        return [(where, reason, str(flow)) for where, reason, flow in self._found]
