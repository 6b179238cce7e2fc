"""For programs: ``exoreg.lint/1``, whose schema is ``schemas/exoreg.lint.1.schema.json``."""

from __future__ import annotations

import json
from typing import Any

from exoreg.lint.finding import Finding, Report

LINT = "exoreg.lint/1"


def write(report: Report) -> str:
    """The report as JSON."""
    return json.dumps(data(report), ensure_ascii=False, indent=2) + "\n"


def data(report: Report) -> dict[str, Any]:
    """The report as plain data; lines and columns count from 1."""
    base = {"version": report.version, "sha256": report.sha256} if report.version else None
    totals = report.totals
    return {
        "schema": LINT,
        "rulebase": base,
        "looked_at": {
            "files": totals.files,
            "rules": totals.rules,
            "cases": totals.cases,
            "checks": totals.checks,
        },
        "counts": {**report.counts(), "suppressed": len(report.suppressed)},
        "findings": [_finding(finding) for finding in report.findings],
        "suppressed": [
            {**_finding(item.finding), "reason": item.reason, "until": item.until.isoformat()}
            for item in report.suppressed
        ],
        "held_back": list(report.held_back),
        "measures": report.measures,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    file, line, column = finding.place
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "file": file,
        "line": line,
        "column": column,
        "end_line": finding.end[0] if finding.end else None,
        "end_column": finding.end[1] if finding.end else None,
        "rule": finding.rule,
        "message": finding.message,
        "why": finding.why,
        "remedy": finding.remedy,
    }
