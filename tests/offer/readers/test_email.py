"""E-mail offers: headers, bodies, quoted text and attachments."""

from email.message import EmailMessage

from exoreg.offer.document import Part, Unread
from exoreg.offer.readers import read_offer

from .make import docx, paragraph, pdf


def message(text: str = "Dear doctor", subject: str = "Autumn offer") -> EmailMessage:
    """A message from a seller."""
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = (
        "Seller <s@s.example>",
        subject,
        "Mon, 2 Nov 2026 09:00:00 +0000",
    )
    mail.set_content(text)
    return mail


def bodies(data: bytes) -> list[tuple[str, str]]:
    """Place and text of the visible parts that are not headers."""
    headers = ("subject", "from", "date")
    return [
        (p.where, p.text.strip()) for p in read_offer(data).parts if p.where not in headers and not p.hidden
    ]


def test_headers_are_parts() -> None:
    """Subject, sender and date are wording with their names, decoded."""
    offer = read_offer(message(subject="毛髪再生 – 新価格").as_bytes())
    assert offer.kind == "email"
    assert offer.parts[0] == Part("毛髪再生 – 新価格", "subject")
    assert [part.where for part in offer.parts] == ["subject", "from", "date", "text body"]


def test_quoted_and_forwarded_text_stands_apart() -> None:
    """Lines of others are parts of their own, in order."""
    text = "Yes.\n> Does it treat acne?\nIt does.\n----- forwarded message -----\nFrom: a clinic\nhello"
    assert bodies(message(text).as_bytes()) == [
        ("text body", "Yes."),
        ("quoted text", "> Does it treat acne?"),
        ("text body", "It does."),
        ("quoted text", "----- forwarded message -----\nFrom: a clinic\nhello"),
    ]


def test_the_richer_body_is_read_and_the_other_if_it_differs() -> None:
    """A plain body with the same words is not repeated; one with other words is read and named."""
    same, other = message("Soft skin"), message("Soft skin, cures acne")
    for mail in (same, other):
        mail.add_alternative("<p>Soft <b>skin</b></p>", subtype="html")
    assert bodies(same.as_bytes()) == [("html body", "Soft skin")]
    assert bodies(other.as_bytes()) == [
        ("html body", "Soft skin"),
        ("text body, which differs from the HTML body", "Soft skin, cures acne"),
    ]


def test_hidden_text_of_an_html_body_is_marked() -> None:
    """Hidden wording in mail is found as on a page."""
    mail = message()
    mail.add_alternative("<p>Dear doctor</p><p style='display:none'>Cures pain</p>", subtype="html")
    assert Part("Cures pain", "html body", "display:none") in read_offer(mail.as_bytes()).parts


def test_attachments_are_read_in_place() -> None:
    """Attached documents are read with their own places; others are listed."""
    mail = message()
    mail.add_attachment(pdf("Knee kit"), maintype="application", subtype="pdf", filename="価格.pdf")
    mail.add_attachment(
        docx(paragraph("3 ml")), maintype="application", subtype="octet-stream", filename="p.docx"
    )
    mail.add_attachment(b"\xff\xd8\xff\xe0", maintype="image", subtype="jpeg", filename="logo.jpg")
    offer = read_offer(mail.as_bytes())
    assert ("attachment 価格.pdf, page 1", "Knee kit") in [(part.where, part.text) for part in offer.parts]
    assert Part("3 ml", "attachment p.docx, body") in offer.parts
    assert [note.where for note in offer.unread] == ["attachment logo.jpg"]
    assert "a JPEG picture" in offer.unread[0].reason


def test_an_attached_message_is_read() -> None:
    """A message in a message keeps its subject as its place."""
    mail = message()
    mail.add_attachment(message("Inject 1 ml", subject="Protocol"))
    assert ("attached message Protocol, text body", "Inject 1 ml") in bodies(mail.as_bytes())


def test_a_wrong_charset_is_put_right() -> None:
    """A body that is not in the character set that it states is read by trial, and that is said."""
    head = b"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=us-ascii\n\n"
    assert bodies(head + "피부 재생".encode()) == [("text body", "피부 재생")]
    offer = read_offer(head + "피부 재생 그리고 모발 성장".encode("cp949"))
    assert offer.parts[-1].text == "피부 재생 그리고 모발 성장"
    assert offer.unread == (
        Unread("text body", "not the encoding 'us-ascii' that it states; not UTF-8; read as EUC-KR by trial"),
    )


def test_bare_bytes_in_headers_are_read() -> None:
    """A subject without any encoding declared is read by trial."""
    data = "From: a@b.example\nSubject: 피부 재생\n\nhello".encode()
    assert read_offer(data).parts[0] == Part("피부 재생", "subject")


def test_a_message_saved_as_text_is_a_message() -> None:
    """Content decides the kind, whatever the name."""
    assert read_offer(b"From: a\nTo: b\nSubject: c\n\nText", "mail.txt").kind == "email"
