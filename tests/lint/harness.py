"""Runs the checks on the small rule bases of this folder, and reads what their files expect."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from exoreg.lint.finding import Report
from exoreg.lint.run import lint

HERE = Path(__file__).parent
BASE = HERE / "base"
DAY = date(2026, 11, 22)

EXPECT = re.compile(r"^# expect: (\d+):(\d+) (\S+)$", re.MULTILINE)
WHOLE = ("vocabulary.yaml", "rulebase.yaml", "lexicon")
"""Files and folders that become part of the made-up country itself; all others lie over it."""


def folders(overlay: Path, scratch: Path) -> list[Path]:
    """The folders that an example makes, as they are given to exoreg: the made-up country, the example over it."""
    below = scratch / "base"
    shutil.copytree(BASE, below)
    over = scratch / "over"
    over.mkdir()
    for file in sorted(overlay.iterdir()):
        to = (below if file.name in WHOLE else over) / file.name
        if file.is_dir():
            shutil.copytree(file, to)
        else:
            shutil.copy(file, to)
    return [below, over] if any(over.iterdir()) else [below]


def run(overlay: Path, scratch: Path) -> Report:
    """The report on an example."""
    report, _ = lint(folders(overlay, scratch), day=DAY)
    return report


def expected(overlay: Path) -> set[tuple[str, int, int, str]]:
    """What the files of an example say that is found in them: file, line, column and check."""
    return {
        (file.name, int(line), int(column), check)
        for file in overlay.rglob("*.yaml")
        for line, column, check in EXPECT.findall(file.read_text(encoding="utf-8"))
    }


def found(report: Report) -> set[tuple[str, int, int, str]]:
    """What a report found: file, line, column and check."""
    return {
        (Path(finding.place.file).name, finding.place.line, finding.place.column, finding.check)
        for finding in report.findings
    }
