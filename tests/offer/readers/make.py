"""Real documents for the tests, made in memory: PDF with reportlab and pypdf, DOCX as a zip of XML."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping

from pypdf import PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Draw = Callable[[Canvas], None]


def pdf(*pages: str | Draw, font: str = "Helvetica", **properties: str) -> bytes:
    """A PDF with one page for each text or drawing; properties are ``title``, ``subject``, ``keywords``."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    if font != "Helvetica":
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    for name, value in properties.items():
        getattr(canvas, "set" + name.capitalize())(value)
    for page in pages:
        canvas.setFont(font, 12)
        if callable(page):
            page(canvas)
        else:
            for row, line in enumerate(page.splitlines()):
                canvas.drawString(72, 760 - 16 * row, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def changed(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """A PDF after ``change`` (encryption, attachments, notes)."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def archive(entries: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, parts: Mapping[str, str | bytes] = {}, main: str = "word/document.xml") -> bytes:
    """A Word document; ``body`` is the XML inside its body, ``parts`` are more entries of the archive."""
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations([("officeDocument", main, False)]),
            main: f"<w:document {W} {MORE}><w:body>{body}</w:body></w:document>",
            **parts,
        }
    )


def relations(targets: Iterable[tuple[str, str, bool]]) -> str:
    """A relations part: kind, target, and whether it is outside the document."""
    rows = "".join(
        f'<Relationship Id="r{row}" Type="{RELATION}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for row, (kind, target, outside) in enumerate(targets)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def paragraph(*runs: str) -> str:
    """A paragraph of Word; a run that begins with ``<`` is XML, any other is plain text."""
    return f"<w:p>{''.join(run if run.startswith('<') else f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def styled(text: str, properties: str) -> str:
    """A run of Word with run properties, such as ``<w:vanish/>``."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"
