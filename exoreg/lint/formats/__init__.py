"""The formats of a report: one module each, with ``write(report) -> str``."""

from __future__ import annotations

import importlib

from exoreg.lint.finding import Report

FORMATS = ("text", "json", "sarif", "github", "junit")


def written(report: Report, format: str) -> str:
    """The report in one of the formats, ending with a line break unless it is empty."""
    text: str = importlib.import_module(f"exoreg.lint.formats.{format}").write(report)
    return text
