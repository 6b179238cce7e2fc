"""The formats of a report: each says the same findings, is valid, and cannot be broken by what a file says."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner, Result

from exoreg.cli import main
from exoreg.cli.exits import Exit
from exoreg.law.places import Place
from exoreg.lint.finding import Finding, Report, Severity, Suppressed, Totals
from exoreg.lint.formats import FORMATS, written
from tests.lint.harness import BASE, HERE

SCHEMAS = HERE.parent.parent / "schemas"

NASTY = "`\x1b[31m\u202e]]>&<script>%0A::error::\r\n\x00`"


def report(*findings: Finding, **more: object) -> Report:
    """A report on a rule base of one rule."""
    return Report(findings, totals=Totals(2, 1, 3, 31), version="2026.11.22", sha256="0" * 64, **more)  # type: ignore[arg-type]


def finding(
    severity: Severity = Severity.ERROR, message: str = "no rule speaks", check: str = "gap"
) -> Finding:
    """One finding."""
    place = Place("rules/my rules.yaml", 4, 12)
    return Finding(
        check, severity, place, (4, 14), message, "Silence is read as permission.", "Add a rule.", None
    )


ONE = report(
    finding(),
    suppressed=(Suppressed(finding(check="conflict"), "The office is asked", date(2027, 1, 31)),),
)


def lint(*words: str, environment: dict[str, str] | None = None) -> Result:
    """Runs the program; the day is fixed."""
    return CliRunner().invoke(
        main, ["rules", *words, "--as-of", "2026-11-22"], env=environment or {"GITHUB_ACTIONS": ""}
    )


def test_text_is_read_by_people_and_by_editors() -> None:
    """One line with place, severity and check, then why and the remedy; a suppressed finding in one line."""
    assert written(ONE, "text") == (
        "rules/my rules.yaml:4:12: error gap: no rule speaks\n"
        "  - Silence is read as permission.\n"
        "  - Remedy: Add a rule.\n"
        "rules/my rules.yaml:4:12: conflict suppressed until 2027-01-31: The office is asked\n"
    )


def test_github_annotates_line_and_column() -> None:
    """A workflow command has file, lines, columns and a title, and escapes what would end it."""
    assert written(report(finding(message="a, b: 100 %\n::x")), "github") == (
        "::error file=rules/my rules.yaml,line=4,col=12,endLine=4,endColumn=14,title=exoreg gap"
        "::a, b: 100 %25%0A::x. Add a rule.\n"
    )


def test_a_note_is_a_notice_on_github() -> None:
    """GitHub calls notes notices."""
    assert written(report(finding(Severity.NOTE)), "github").startswith("::notice ")


def test_junit_counts_what_it_lists() -> None:
    """Errors and warnings fail, notes pass, clean checks pass, checks held back are skipped."""
    findings = (
        finding(),
        finding(Severity.WARNING, check="shadowed"),
        finding(Severity.NOTE, check="redundant"),
    )
    root = ElementTree.fromstring(
        written(
            report(*findings, checks=("gap", "shadowed", "redundant", "shape"), held_back=("conflict",)),
            "junit",
        )
    )
    suite = root.find("testsuite")
    assert suite is not None

    assert suite.attrib == {
        "name": "exoreg rules",
        "tests": "5",
        "failures": "2",
        "errors": "0",
        "skipped": "1",
    }
    assert len(suite.findall("testcase")) == 5
    assert [failure.get("type") for failure in suite.iter("failure")] == ["error", "warning"]


def test_sarif_is_valid_and_marks_what_is_suppressed() -> None:
    """SARIF follows the official schema; a suppressed finding is a result with its reason."""
    data = json.loads(written(ONE, "sarif"))

    jsonschema.validate(data, json.loads((HERE / "sarif-2.1.0.json").read_text(encoding="utf-8")))
    first, second = data["runs"][0]["results"]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "rules/my%20rules.yaml", "uriBaseId": "ROOT"},
        "region": {"startLine": 4, "startColumn": 12, "endLine": 4, "endColumn": 14},
    }
    assert second["suppressions"] == [
        {"kind": "inSource", "justification": "The office is asked (until 2027-01-31)"}
    ]
    rules = data["runs"][0]["tool"]["driver"]["rules"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "gap"


def test_json_follows_its_schema() -> None:
    """JSON is ``exoreg.lint/1``, as its schema in the repository has it."""
    schema = json.loads((SCHEMAS / "exoreg.lint.1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)

    data = json.loads(written(ONE, "json"))

    jsonschema.validate(data, schema)
    assert data["counts"] == {"error": 1, "warning": 0, "note": 0, "suppressed": 1}


@pytest.mark.parametrize("format", FORMATS)
def test_text_from_files_never_acts(format: str) -> None:
    """No format lets a control character, a reordering mark or a line of its own through."""
    text = written(report(finding(message=NASTY), checks=("gap",)), format)
    if format in ("json", "sarif"):
        assert json.loads(text)
    elif format == "junit":
        assert ElementTree.fromstring(text) is not None
        assert "\u202e" not in text
    else:
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)
    if format == "github":
        assert text.count("\n") == 1


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_says_every_finding(format: str, tmp_path: Path) -> None:
    """The same run in each format names the check and the line of each finding."""
    result = lint("lint", str(BASE), str(HERE / "uncited-law" / "fails"), "--format", format)

    assert result.exit_code == Exit.FINDINGS
    assert "uncited-law" in result.stdout
    assert re.search(r"\b5\b", result.stdout)
    assert "1 error, 0 warnings, 0 notes" in result.stderr


def test_annotations_are_automatic_on_github() -> None:
    """Inside GitHub Actions findings are annotations, unless a format is named."""
    folders = [str(BASE), str(HERE / "uncited-law" / "fails")]
    environment = {"GITHUB_ACTIONS": "true"}

    assert lint("check", *folders, environment=environment).stdout.startswith("::error file=")
    assert lint("check", *folders, "--format", "json", environment=environment).stdout.startswith("{")


def test_warnings_fail_only_when_strict() -> None:
    """A warning leaves exit 0, and 1 with ``--strict``; a note never fails."""
    warned = [str(BASE), str(HERE / "missing-case" / "fails")]
    noted = [str(BASE), str(HERE / "redundant" / "fails")]

    assert lint("lint", *warned).exit_code == Exit.DONE
    assert lint("lint", *warned, "--strict").exit_code == Exit.FINDINGS
    assert lint("lint", *noted, "--strict").exit_code == Exit.DONE


def test_a_suppression_is_counted_and_can_be_lifted() -> None:
    """A suppressed finding does not fail and is counted; ``--no-ignore`` brings it back."""
    folders = [str(BASE), str(HERE / "stale-suppression" / "holds")]

    quiet, loud = lint("lint", *folders), lint("lint", *folders, "--no-ignore")

    assert (quiet.exit_code, loud.exit_code) == (Exit.DONE, Exit.FINDINGS)
    assert "; 2 suppressed" in quiet.stderr
    assert "uncited-law" in loud.stdout
    assert "suppressed" not in loud.stderr


def test_an_empty_folder_is_not_success(tmp_path: Path) -> None:
    """Nothing to read is exit 3; a folder that does not exist is wrong usage."""
    assert lint("check", str(tmp_path)).exit_code == Exit.NOTHING
    assert lint("lint", str(tmp_path / "gone")).exit_code == Exit.USAGE
    assert lint("lint", str(BASE / "rules.yaml")).exit_code == Exit.USAGE


def test_one_check_can_be_asked_for() -> None:
    """``--check`` runs that check alone; an unknown id names the nearest."""
    folders = [str(BASE), str(HERE / "uncited-law" / "fails")]

    assert lint("lint", *folders, "--check", "gap").exit_code == Exit.DONE
    wrong = lint("lint", "--check", "gaps")
    assert wrong.exit_code == Exit.USAGE
    assert "did you mean `gap`?" in wrong.stderr


def test_an_overlay_lies_over_the_rules_named(tmp_path: Path) -> None:
    """``--rules`` names what a folder lies over."""
    result = lint("check", str(HERE / "gap" / "fails" / ".."), "--rules", str(BASE), "--check", "gap")
    assert result.exit_code == Exit.USAGE  # `check` has no `--check`: it always runs everything.

    overlay = tmp_path / "over"
    overlay.mkdir()
    shutil.copy(HERE / "gap" / "fails" / "rules.yaml", overlay)

    assert "error gap: " in lint("check", str(overlay), "--rules", str(BASE)).stdout


def test_a_report_is_written_to_a_file(tmp_path: Path) -> None:
    """``--output`` writes the report there and leaves standard output empty."""
    file = tmp_path / "report.xml"
    result = lint("check", str(BASE), "--format", "junit", "--output", str(file))

    assert result.exit_code == Exit.DONE
    assert result.stdout == ""
    assert ElementTree.parse(file).getroot().get("failures") == "0"


def test_a_check_can_be_explained() -> None:
    """``exoreg explain`` shows what a check finds, why that matters and what to do; a near miss names it."""
    shown = CliRunner().invoke(main, ["explain", "gap"])

    assert shown.stdout == (
        "Product without an answer\n"
        "check: gap\n"
        "Finds products of which no rule concludes anything, and shows the plainest of them.\n"
        "Whatever product exists must get an answer in every region on every day encoded; "
        '"not settled" is an answer.\n'
        "Why it matters: Silence is read as permission.\n"
        "Remedy: Add a rule, at least one that is `undetermined` and says who decides.\n"
        "\n"
        "Severity error, since 0.1.0.\n"
    )


def test_the_shipped_rules_pass() -> None:
    """`exoreg rules check` on the shipped rules finds no error, and prints how much the cases exercise."""
    result = lint("check")

    assert result.exit_code == Exit.DONE, result.stdout
    assert "\ncases: " in result.stderr
    assert " 0 fail\n" in result.stderr
    assert "\ncoverage: " in result.stderr
