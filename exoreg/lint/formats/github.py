"""For GitHub Actions: workflow commands that annotate the changed lines."""

from __future__ import annotations

from exoreg.lint.finding import Finding, Report
from exoreg.render.document import harmless

LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def write(report: Report) -> str:
    """One workflow command a finding."""
    return "".join(f"{_command(finding)}\n" for finding in report.findings)


def _command(finding: Finding) -> str:
    file, line, column = finding.place
    properties = {"file": file, "line": str(line), "col": str(column)}
    if finding.end:
        properties |= {"endLine": str(finding.end[0]), "endColumn": str(finding.end[1])}
    properties["title"] = f"exoreg {finding.check}"
    stated = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    return f"::{LEVELS[finding.severity]} {stated}::{_escaped(f'{finding.message}. {finding.remedy}')}"


def _escaped(text: str, more: str = "") -> str:
    """Text that cannot end the command or begin another."""
    for char in f"%\r\n{more}":
        text = text.replace(char, f"%{ord(char):02X}")
    return harmless(text)
