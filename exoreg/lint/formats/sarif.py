"""For code scanning: SARIF 2.1.0, valid against its official schema."""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from exoreg import __version__
from exoreg.lint.checks import IDS, load_check
from exoreg.lint.finding import Finding, Report, Suppressed
from exoreg.render.document import harmless

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(report: Report) -> str:
    """The report as SARIF, with a rule for every check and suppressed findings marked as such."""
    results = [_result(finding) for finding in report.findings]
    results += [_suppressed(item) for item in report.suppressed]
    run = {
        "tool": {
            "driver": {
                "name": "exoreg",
                "semanticVersion": __version__,
                "rules": [_rule(id) for id in IDS],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The folder in which exoreg was started."}}},
        "results": results,
    }
    return (
        json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
        + "\n"
    )


def _rule(id: str) -> dict[str, Any]:
    check = load_check(id)
    return {
        "id": id,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.finds},
        "help": {"text": f"{check.why}\n\n{check.remedy}"},
        "defaultConfiguration": {"level": check.severity},
    }


def _result(finding: Finding) -> dict[str, Any]:
    file, line, column = finding.place
    region = {"startLine": line, "startColumn": column}
    if finding.end:
        region |= {"endLine": finding.end[0], "endColumn": finding.end[1]}
    # The same finding keeps its print when lines above it move.
    print_ = hashlib.sha256(f"{finding.check}\0{file}\0{finding.message}".encode()).hexdigest()
    return {
        "ruleId": finding.check,
        "ruleIndex": IDS.index(finding.check),
        "level": finding.severity.value,
        "message": {"text": harmless(f"{finding.message}. {finding.remedy}")},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(file), "region": region}}],
        "partialFingerprints": {"exoreg/1": print_[:32]},
    }


def _artifact(file: str) -> dict[str, str]:
    if PurePath(file).is_absolute():
        return {"uri": PurePath(file).as_uri()}
    return {"uri": quote(file), "uriBaseId": "ROOT"}


def _suppressed(item: Suppressed) -> dict[str, Any]:
    why = f"{item.reason} (until {item.until})"
    return {**_result(item.finding), "suppressions": [{"kind": "inSource", "justification": harmless(why)}]}
