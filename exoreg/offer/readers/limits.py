"""How much of an offer is read at most; every limit of the readers stands here.

Beyond a limit on the whole (size, text, parts, seconds) reading stops, what was read is kept, and the offer says
where it stopped. Beyond a limit on one thing (a page's stream, an XML part, an attachment) only that thing is
left out, and the offer says so.

Time is checked between pages, parts and drawing operators, without threads or signals: one call into a library
can overrun it. The limits on size and nesting keep such calls short.
"""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds; brochures stay far below all of them."""

    file_bytes: int = 100 * _MB
    """Size of the offer itself; a larger one is refused."""
    text: int = 10 * _MB
    """Characters of wording kept in all."""
    parts: int = 20_000
    """Pieces of wording kept in all (pages, comments, attributes…)."""
    notes: int = 1_000
    """Entries in the list of what was not read."""
    seconds: float = 60.0
    """Time for one offer with everything inside it."""

    nesting: int = 4
    """Documents inside documents: an attachment of a forwarded message in a message is at 2."""
    attachments: int = 100
    """Attached or embedded documents in all."""
    email_parts: int = 300
    """Parts of one message, however they are nested."""

    pdf_pages: int = 500
    """Pages of one PDF."""
    pdf_stream: int = 20 * _MB
    """Bytes of one stream of a PDF after decompression."""

    html_bytes: int = 20 * _MB
    """Size of one HTML document."""
    html_depth: int = 1_000
    """Open elements at one place; browsers stop near 500."""
    html_attributes: int = 1_000
    """Attributes of one element."""
    css_rules: int = 2_000
    """Rules of a page's own style sheets."""

    zip_directory: int = 1 * _MB
    """Bytes of a zip archive's table of contents (about 10,000 entries)."""
    zip_entry: int = 20 * _MB
    """Bytes of one entry of an archive after decompression."""
    zip_total: int = 100 * _MB
    """Bytes of all entries read from one archive after decompression."""
    zip_ratio: int = 200
    """Expansion of one entry beyond its first megabyte."""
    xml_depth: int = 250
    """Nesting of XML elements."""


LIMITS = Limits()
