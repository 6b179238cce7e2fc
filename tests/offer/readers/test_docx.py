"""DOCX offers: every story, tables, boxes, and what Word keeps out of sight."""

from exoreg.offer.document import Part
from exoreg.offer.readers import read_offer

from .make import W, docx, paragraph, relations, styled


def parts(body: str, more: dict[str, str | bytes] | None = None) -> list[tuple[str, str | None, str]]:
    """Place, reason of hiding and text of each part."""
    return [(part.where, part.hidden, part.text) for part in read_offer(docx(body, more or {})).parts]


def test_paragraphs_and_tables_keep_their_shape() -> None:
    """Paragraphs are lines, cells are set apart by tabs, runs do not cut words."""
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Knee kit", "2 vials"))
    body = (
        paragraph("Re", "generates")
        + f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
        + paragraph("End")
    )
    assert parts(body) == [("body", None, "Regenerates\nKnee kit\t2 vials\nKnee kit\t2 vials\nEnd")]


def test_every_story_is_read() -> None:
    """Headers, footers, footnotes and comments are parts with their names; comments are not on the page."""
    more: dict[str, str | bytes] = {
        f"word/{name}.xml": f"<w:x {W}>{paragraph(name)}</w:x>"
        for name in ("header1", "footer2", "footnotes", "endnotes", "comments")
    }
    assert set(parts(paragraph("text"), more)) == {
        ("body", None, "text"),
        ("header", None, "header1"),
        ("footer", None, "footer2"),
        ("footnotes", None, "footnotes"),
        ("endnotes", None, "endnotes"),
        ("comments", "comment", "comments"),
    }


def test_hidden_runs_are_marked() -> None:
    """Hidden, white and tiny runs, also by style, are wording that the page does not show."""
    style = (
        '<w:style w:styleId="S"><w:basedOn w:val="T"/></w:style>'
        '<w:style w:styleId="T"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        paragraph("Seen ", styled("cures", "<w:vanish/>"), styled("shown", '<w:vanish w:val="0"/>'))
        + paragraph(styled("heals", '<w:color w:val="FFFFFF"/>'))
        + paragraph(styled("white on blue", '<w:color w:val="FFFFFF"/><w:shd w:fill="0000AA"/>'))
        + paragraph(styled("small", '<w:sz w:val="2"/>'))
        + paragraph(styled("by style", '<w:rStyle w:val="S"/>'))
        + paragraph("Last")
    )
    found = parts(body, {"word/styles.xml": f"<w:styles {W}>{style}</w:styles>"})
    assert found == [
        ("body", None, "Seen shown\nwhite on blue\nLast"),
        ("body", "hidden text", "cures"),
        ("body", "white on white", "heals"),
        ("body", "font size 1", "small"),
        ("body", "hidden text", "by style"),
    ]


def test_tracked_deletions_are_marked() -> None:
    """What was struck out with changes tracked is still in the file."""
    body = paragraph("Soft skin", "<w:del><w:r><w:delText>heals burns</w:delText></w:r></w:del>")
    assert parts(body) == [("body", None, "Soft skin"), ("body", "tracked deletion", "heals burns")]


def test_a_text_box_is_read_once() -> None:
    """A box, which Word stores twice for older programs, is one part; other wording there is shown up."""
    box = "<w:txbxContent>{}</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice>{box.format(paragraph('In the box'))}</mc:Choice>"
        "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    same = drawing.format(box.format(paragraph("In the box")))
    other = drawing.format(box.format(paragraph("Cures all")))
    expected = [("body", None, "beforeafter"), ("body, text box", None, "In the box")]
    assert parts(paragraph("before", same, "after")) == expected
    assert parts(paragraph("before", other, "after")) == [
        *expected,
        ("body", "shown only by older programs", "Cures all"),
    ]


def test_alternative_text_links_and_properties_are_hidden_wording() -> None:
    """Pictures' descriptions, link addresses and document properties count."""
    body = paragraph(
        '<w:r><wp:docPr descr="No more bald patches"/></w:r>',
        '<w:r><w:instrText>HYPERLINK "https://a.example/eczema"</w:instrText></w:r>',
    )
    core = "<c><title>Scar eraser</title><keywords>acne</keywords></c>"
    links = relations([("hyperlink", "https://b.example/pain", True)])
    found = parts(paragraph("x") + body, {"docProps/core.xml": core, "word/_rels/document.xml.rels": links})
    assert found == [
        ("body", None, "x"),
        ("body", "alt text", "No more bald patches"),
        ("document properties", "document title", "Scar eraser"),
        ("document properties", "document keywords", "acne"),
        ("body", "link addresses", "https://a.example/eczema\nhttps://b.example/pain"),
    ]


def test_what_is_not_text_is_listed() -> None:
    """Macros, pictures and foreign objects are named; an inserted document is read."""
    more = {
        "word/vbaProject.bin": b"\0\1",
        "word/media/image1.png": b"\x89PNG",
        "word/embeddings/a.docx": docx(paragraph("Inner text")),
        "word/embeddings/b.xlsx": b"PK\x03\x04 broken",
    }
    offer = read_offer(docx(paragraph("Outer text"), more))
    assert Part("Inner text", "attachment a.docx, body") in offer.parts
    assert [(note.where, note.reason) for note in offer.unread] == [
        ("attachment b.xlsx", "is a zip archive cut short or damaged"),
        ("document", "it contains macros; they are not read"),
        ("body", "pictures (1): wording inside them is not read"),
    ]


def test_the_package_says_where_the_body_is() -> None:
    """A body under another name is found."""
    offer = read_offer(docx(paragraph("Elsewhere"), main="word/document2.xml"))
    assert [part.text for part in offer.parts] == ["Elsewhere"]


def test_a_document_by_python_docx_is_read() -> None:
    """A document written by a common library is read with its table and header."""
    import io

    import docx as library

    document = library.Document()
    document.add_heading("Exosome serum")
    document.add_table(1, 2).cell(0, 1).text = "Price"
    document.sections[0].header.paragraphs[0].text = "Seller Ltd"
    buffer = io.BytesIO()
    document.save(buffer)
    visible = {(part.where, part.text) for part in read_offer(buffer.getvalue()).parts if part.hidden is None}
    assert visible == {("body", "Exosome serum\nPrice"), ("header", "Seller Ltd")}
