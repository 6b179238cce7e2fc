"""PDF offers: pages, properties, notes, attachments, and what cannot be read."""

import io

import pytest
from pypdf.annotations import FreeText, Link, Text
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from exoreg.offer.document import OfferError, Unread
from exoreg.offer.readers import read_offer

from .make import changed, pdf


def texts(data: bytes, hidden: bool = False) -> list[tuple[str, str]]:
    """Places and texts of the visible or the hidden parts."""
    return [(part.where, part.text) for part in read_offer(data).parts if (part.hidden is not None) == hidden]


def picture(canvas: Canvas) -> None:
    """Draws a small grey picture."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), (90, 90, 90)).save(buffer, "PNG")
    buffer.seek(0)
    canvas.drawImage(ImageReader(buffer), 72, 400, 200, 200)


def test_text_comes_page_by_page() -> None:
    """Each page with text is one part that names its page."""
    offer = read_offer(pdf("A serum\nfor skin", "Inject 1 ml"))
    assert (offer.kind, offer.unread) == ("pdf", ())
    assert [(part.where, part.text) for part in offer.parts if part.hidden is None] == [
        ("page 1", "A serum\nfor skin"),
        ("page 2", "Inject 1 ml"),
    ]


@pytest.mark.parametrize(
    ("font", "text"),
    [("HeiseiMin-W3", "毛穴のヒト臍帯由来エクソソーム"), ("HYSMyeongJo-Medium", "피부 재생을 돕는 엑소좀")],
)
def test_japanese_and_korean_are_read(font: str, text: str) -> None:
    """Pages in Japanese and Korean fonts give their letters."""
    assert texts(pdf(text, font=font)) == [("page 1", text)]


def test_properties_are_hidden_wording() -> None:
    """Title, subject and keywords of the file count as wording and are marked."""
    offer = read_offer(pdf("x y", title="Scar cure", subject="Acne", keywords="eczema, arthritis"))
    found = {(part.hidden, part.text) for part in offer.parts if part.where == "document properties"}
    assert {("document title", "Scar cure"), ("document subject", "Acne")} <= found
    assert ("document keywords", "eczema, arthritis") in found


def test_a_scanned_page_is_unread_not_empty() -> None:
    """A page of pictures alone is listed with its reason."""
    offer = read_offer(pdf("words", picture))
    assert offer.unread == (Unread("page 2", "scanned or image-only page"),)


def test_pictures_beside_text_are_named() -> None:
    """Wording inside pictures is said to be unread where text stands beside them."""

    def page(canvas: Canvas) -> None:
        picture(canvas)
        canvas.drawString(72, 700, "words")

    assert read_offer(pdf(page, page)).unread == (
        Unread("pages 1-2", "pictures: wording inside them is not read"),
    )


def test_text_drawn_as_shapes_is_unread() -> None:
    """A page with shapes but without text is not passed off as empty."""
    offer = read_offer(pdf(lambda canvas: canvas.rect(72, 72, 100, 100, fill=1)))
    assert [note.reason for note in offer.unread] == ["no text: what it says may be drawn as shapes"]


def test_white_and_inkless_text_is_hidden() -> None:
    """White text on white and text drawn without ink are wording, marked as hidden."""

    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Feels fresh")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 680, "Cures eczema")
        canvas.setFillColorRGB(0, 0, 0)
        text = canvas.beginText(72, 660)
        text.setTextRenderMode(3)
        text.textLine("Ends pain")
        canvas.drawText(text)

    found = {part.hidden: part.text for part in read_offer(pdf(page)).parts if part.where == "page 1"}
    assert found == {None: "Feels fresh", "white on white": "Cures eczema", "invisible text": "Ends pain"}


def test_white_text_on_colour_is_visible() -> None:
    """White letters on a painted ground are what everyone sees."""

    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 0.4)
        canvas.rect(50, 650, 400, 100, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 700, "Bright skin")

    assert texts(pdf(page)) == [("page 1", "Bright skin")]


def test_text_recognised_over_a_scan_is_visible() -> None:
    """Inkless text over a picture is the picture's own wording."""

    def page(canvas: Canvas) -> None:
        picture(canvas)
        text = canvas.beginText(72, 500)
        text.setTextRenderMode(3)
        text.textLine("Scanned words")
        canvas.drawText(text)

    assert [(where, text.strip()) for where, text in texts(pdf(page))] == [("page 1", "Scanned words")]


def test_notes_links_and_form_fields_are_read() -> None:
    """Notes, text laid over the page, link addresses, form fields and bookmarks are wording."""

    def annotate(writer: object) -> None:
        writer.add_annotation(0, Text(rect=(50, 50, 90, 90), text="Ask about psoriasis"))  # type: ignore[attr-defined]
        writer.add_annotation(0, FreeText(rect=(50, 150, 290, 190), text="Now for joints"))  # type: ignore[attr-defined]
        writer.add_annotation(0, Link(rect=(5, 5, 9, 9), url="https://seller.example/acne"))  # type: ignore[attr-defined]

    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "words")
        canvas.bookmarkPage("a")
        canvas.addOutlineEntry("Hair regrowth", "a")
        canvas.acroForm.textfield(name="n", value="Route: IV", tooltip="How given", x=72, y=300)

    parts = {(part.where, part.hidden, part.text) for part in read_offer(changed(pdf(page), annotate)).parts}
    assert ("page 1, note", "note", "Ask about psoriasis") in parts
    assert ("page 1, note", None, "Now for joints") in parts
    assert ("page 1", "link addresses", "https://seller.example/acne") in parts
    assert ("page 1, form field", None, "Route: IV") in parts
    assert ("bookmarks", "bookmarks", "Hair regrowth") in parts


def test_embedded_files_are_read_or_listed() -> None:
    """An embedded document is read; one of an unknown kind is listed."""

    def attach(writer: object) -> None:
        writer.add_attachment("prices.pdf", pdf("Knee kit"))  # type: ignore[attr-defined]
        writer.add_attachment("logo.png", b"\x89PNG\r\n\x1a\n....")  # type: ignore[attr-defined]

    offer = read_offer(changed(pdf("words"), attach))
    assert ("attachment prices.pdf, page 1", "Knee kit") in [(part.where, part.text) for part in offer.parts]
    assert [note.where for note in offer.unread] == ["attachment logo.png"]


def test_an_empty_password_is_tried() -> None:
    """A file that anyone may open is read, however it is encrypted."""
    data = changed(pdf("Open to all"), lambda writer: writer.encrypt("", "owner", algorithm="AES-256"))
    assert texts(data) == [("page 1", "Open to all")]


def test_a_password_is_asked_of_the_sender() -> None:
    """A file with a password ends in one clear sentence."""
    data = changed(pdf("secret"), lambda writer: writer.encrypt("geheim", algorithm="AES-256"))
    with pytest.raises(OfferError, match=r"^`a\.pdf` is encrypted: ask the sender"):
        read_offer(data, "a.pdf")
