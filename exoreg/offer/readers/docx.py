"""DOCX: body, tables, headers, footers, notes, comments, text boxes, charts, and what Word keeps out of sight.

Read as what it is, a zip archive of XML, with the standard library and limits (see `zip` and `xml`). python-docx
was considered and left: it passes over text boxes, tracked deletions and hidden runs, which matter most here, and
unpacks a whole document before anyone can count.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from .docx_xml import Properties, Relations, Story, StyleSheet
from .reading import Reading, Unreadable
from .xml import Handler, parse
from .zip import Archive

_STORY = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_DRAWING = re.compile(r"word/(?:charts/chart|diagrams/data)[^/]*\.xml")
_PICTURE = re.compile(r"word/media/[^/]+")
_INSERTED = re.compile(r"word/(?:embeddings|activeX)/[^/]+|word/afchunk[^/]*", re.IGNORECASE)
_ENDING = re.compile(r"(\d{0,9})\.xml$")

_Kind = TypeVar("_Kind", bound=Handler)


def read_docx(reading: Reading, data: bytes) -> None:
    """Reads a Word document; macros, pictures and foreign objects in it are listed as unread."""
    archive = Archive(data, reading.limits)
    names = sorted(archive.names, key=_in_order)
    main = _main_part(reading, archive)
    hidden_styles = _taken(
        reading, archive, f"{posixpath.dirname(main)}/styles.xml", "styles", StyleSheet()
    ).hidden_styles()
    body = Story(hidden_styles)
    try:
        parse(_chunks(reading, archive, main, "body"), body, reading.limits)
    except Unreadable as error:
        if body.empty():
            raise Unreadable(f"is a Word document whose text {error}") from error
        reading.skip("body", f"the text {error}; only what stands before is read")
    body.deliver(reading, "body")
    for name in names:
        if match := _STORY.fullmatch(name):
            # A comment is wording beside the page: the reader of a print does not see it.
            hidden = "comment" if match[1] == "comments" else None
            _taken(reading, archive, name, match[1], Story(hidden_styles)).deliver(reading, match[1], hidden)
        elif _DRAWING.fullmatch(name):
            _taken(reading, archive, name, "drawing", Story({})).deliver(reading, "drawing")
    properties = _taken(reading, archive, "docProps/core.xml", "document properties", Properties())
    for kind, text in properties.found:
        reading.add(text, "document properties", f"document {kind}")
    _links(reading, archive, names, body.links)
    _rest(reading, archive, names)


def _main_part(reading: Reading, archive: Archive) -> str:
    """The name of the part that holds the body: the package says it, and it is not always the usual one."""
    for kind, target, _ in _taken(reading, archive, "_rels/.rels", "package", Relations()).found:
        if kind.endswith("/officeDocument"):
            return target.lstrip("/")
    return "word/document.xml"


def _taken(reading: Reading, archive: Archive, name: str, where: str, handler: _Kind) -> _Kind:
    """``handler`` after it has seen an XML part; if the part is broken, what came before, and a note."""
    if name in archive.names:
        try:
            parse(_chunks(reading, archive, name, where), handler, reading.limits)
        except Unreadable as error:
            reading.skip(where, f"this part of the document {error}")
    return handler


def _chunks(reading: Reading, archive: Archive, name: str, where: str) -> Iterator[bytes]:
    for chunk in archive.chunks(name):
        reading.check(where)
        yield chunk


def _in_order(name: str) -> tuple[str, int, str]:
    """Sorts header10 after header2."""
    match = _ENDING.search(name)
    return _ENDING.sub("", name), int(match[1] or 0) if match else 0, name


def _links(reading: Reading, archive: Archive, names: Sequence[str], found: Sequence[str]) -> None:
    links = dict.fromkeys(found)
    fetched = 0
    for name in names:
        if name.startswith("word/_rels/"):
            for kind, target, external in _taken(reading, archive, name, "links", Relations()).found:
                if external and kind.endswith("/hyperlink"):
                    links[target] = None
                else:
                    fetched += external
    reading.add("\n".join(links), "body", "link addresses")
    if fetched:
        reading.skip("body", f"linked from elsewhere ({fetched}): nothing is fetched")


def _rest(reading: Reading, archive: Archive, names: Sequence[str]) -> None:
    """What is in the package besides text: inserted documents are read, all else is listed."""
    for name in names:
        if name == "word/vbaProject.bin":
            reading.skip("document", "it contains macros; they are not read")
        elif _INSERTED.fullmatch(name):
            inserted = posixpath.basename(name)
            try:
                reading.attachment(archive.content(name), inserted)
            except Unreadable as error:
                reading.skip(f"attachment {inserted}", str(error))
    if pictures := sum(bool(_PICTURE.fullmatch(name)) for name in names):
        reading.skip("body", f"pictures ({pictures}): wording inside them is not read")
