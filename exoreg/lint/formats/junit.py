"""For test reports: JUnit XML, a test case for each finding and one for each check that found nothing."""

from __future__ import annotations

from xml.etree import ElementTree

from exoreg.lint.finding import Finding, Report, Severity
from exoreg.render.document import harmless


def write(report: Report) -> str:
    """The report as JUnit XML; errors and warnings are failures, notes pass with their text as output."""
    failing = [finding for finding in report.findings if finding.severity is not Severity.NOTE]
    clean = [id for id in report.checks if all(finding.check != id for finding in report.findings)]
    total = len(report.findings) + len(clean) + len(report.held_back)
    counts = {"tests": str(total), "failures": str(len(failing)), "errors": "0"}
    suites = ElementTree.Element("testsuites", counts)
    counts["skipped"] = str(len(report.held_back))
    suite = ElementTree.SubElement(suites, "testsuite", {"name": "exoreg rules", **counts})
    for finding in report.findings:
        _case(suite, finding)
    for id in clean:
        ElementTree.SubElement(suite, "testcase", {"classname": id, "name": "nothing found"})
    for id in report.held_back:
        case = ElementTree.SubElement(suite, "testcase", {"classname": id, "name": "held back"})
        ElementTree.SubElement(case, "skipped", {"message": "part of the rule base could not be read"})
    ElementTree.indent(suites)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"
    )


def _case(suite: ElementTree.Element, finding: Finding) -> None:
    file, line, _ = finding.place
    about = {
        "classname": finding.check,
        "name": harmless(str(finding.place)),
        "file": harmless(file),
        "line": str(line),
    }
    case = ElementTree.SubElement(suite, "testcase", about)
    message = harmless(finding.message)
    text = harmless(f"{finding.place}: {finding.message}\n{finding.why}\n{finding.remedy}")
    if finding.severity is Severity.NOTE:
        ElementTree.SubElement(case, "system-out").text = text
    else:
        ElementTree.SubElement(
            case, "failure", {"message": message, "type": finding.severity.value}
        ).text = text
