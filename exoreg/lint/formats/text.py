"""For people: one line a finding that editors can jump to, and below it why it matters and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.finding import Finding, Report, Severity
from exoreg.render import text
from exoreg.render.document import Block, Document, Item, Items, Paragraph, Span, Tone, paragraph, spans

TONES = {Severity.ERROR: Tone.DRUG, Severity.WARNING: Tone.UNDETERMINED, Severity.NOTE: Tone.QUIET}


def write(report: Report) -> str:
    """The report as plain text."""
    return text.plain(document(report)) if report.findings or report.suppressed else ""


def document(report: Report) -> Document:
    """The report as a document, for a terminal."""
    return Document("Findings", tuple(_blocks(report)))


def _blocks(report: Report) -> Iterator[Block]:
    for finding in report.findings:
        yield _headline(finding)
        yield Items((Item(spans(finding.why)), Item(spans("Remedy: ", finding.remedy))))
    for item in report.suppressed:
        place = str(item.finding.place)
        what = f"{item.finding.check} suppressed until {item.until}: {item.reason}"
        yield paragraph(Span(f"{place}: ", Tone.QUIET), Span(what, Tone.QUIET))


def _headline(finding: Finding) -> Paragraph:
    label = f"{finding.severity} {finding.check}"
    return paragraph(
        Span(f"{finding.place}: ", Tone.CODE), Span(label, TONES[finding.severity]), f": {finding.message}"
    )
