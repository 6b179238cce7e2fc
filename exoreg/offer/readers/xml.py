"""XML read as a stream, with limits: no document type, so no entity and nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

from .limits import Limits
from .reading import Unreadable


class Handler(Protocol):
    """Takes elements as they come; the names of elements and attributes are without their namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text between tags, perhaps in several pieces."""


def parse(chunks: Iterable[bytes], handler: Handler, limits: Limits) -> None:
    """Feeds XML to ``handler``. Raises `Unreadable`; what came before has then been handed over."""
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.xml_depth:
            raise Unreadable(f"nests XML elements more than {limits.xml_depth} deep")
        handler.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_local(name))

    def refuse(*_: object) -> None:
        raise Unreadable("declares an XML document type, with which entities can be made to explode")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable("is damaged XML") from error


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
