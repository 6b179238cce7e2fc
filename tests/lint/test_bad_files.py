"""Files that are hostile or broken end as findings, in bounded time, and the others are still checked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from exoreg.lint.run import lint
from tests.lint.harness import BASE, DAY

UNCITED = """\
- id: zz.caution.rose
  title: Rose
  region: ZZ
  when: {source: rose}
  because: Roses have thorns.
  confidence: high
  caution: Rose may sting.
  cases:
    - {source: rose, use: topical, expect: {cautions: [zz.caution.rose]}}
"""


def not_yaml(file: Path) -> None:
    """A bracket that nothing opened."""
    file.write_text("- id: ]\n", encoding="utf-8")


def huge(file: Path) -> None:
    """A hundred million bytes, none of which is read."""
    with file.open("wb") as stream:
        stream.truncate(100_000_000)


def deep(file: Path) -> None:
    """A million lists in each other."""
    file.write_text("[" * 1_000_000, encoding="utf-8")


def laughs(file: Path) -> None:
    """Anchors that would unfold into billions of texts."""
    lines = ["- &a0 [ha, ha]", *(f"- &a{n + 1} [*a{n}, *a{n}]" for n in range(40))]
    file.write_text("\n".join(lines), encoding="utf-8")


def not_utf8(file: Path) -> None:
    """Bytes that are no UTF-8."""
    file.write_bytes(b"- id: caf\xe9\n")


def vanished(file: Path) -> None:
    """A link to a file that is gone."""
    file.symlink_to(file.with_name("gone"))


def pipe(file: Path) -> None:
    """A pipe that nobody writes to: reading it would wait for ever."""
    os.mkfifo(file)


def null_bytes(file: Path) -> None:
    """Characters that YAML forbids."""
    file.write_text("- id: a\x00b\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "line", "message"),
    [
        (not_yaml, 1, "not valid YAML"),
        (huge, 1, "larger than the 4,000,000 allowed"),
        (deep, 1, "nested deeper than the 40 levels allowed"),
        (laughs, 1, "anchor `&a0` is not allowed"),
        (not_utf8, 1, "not UTF-8 text: byte 9 cannot be read"),
        (vanished, 1, "cannot be read: no such file or directory"),
        (pipe, 1, "is not a plain file"),
        (null_bytes, 1, "character U+0000 is not allowed in YAML"),
    ],
)
def test_a_bad_file_is_a_finding_and_the_others_are_checked(
    make: Callable[[Path], None], line: int, message: str, tmp_path: Path
) -> None:
    """The bad file is one finding of `syntax`, and what is wrong in the file beside it is found as well."""
    bad = tmp_path / "bad.yaml"
    make(bad)
    (tmp_path / "good.yaml").write_text(UNCITED, encoding="utf-8")

    report, _ = lint([BASE, tmp_path], day=DAY)

    told = {(Path(finding.place.file).name, finding.place.line, finding.check) for finding in report.findings}
    assert told == {("bad.yaml", line, "syntax"), ("good.yaml", 5, "uncited-law")}
    assert message in next(finding.message for finding in report.findings if finding.check == "syntax")
    assert {"gap", "redundant", "unused-instrument"} <= set(report.held_back)


def test_a_folder_that_leads_back_to_itself_is_read_once(tmp_path: Path) -> None:
    """A link to a folder above is not followed."""
    folder = tmp_path / "rules"
    shutil.copytree(BASE, folder)
    (folder / "again").symlink_to(folder)

    report, _ = lint([folder], day=DAY)

    assert report.findings == ()
    assert report.totals.files == len(list(BASE.iterdir()))


def test_without_a_vocabulary_what_is_wrong_elsewhere_is_still_found(tmp_path: Path) -> None:
    """A broken vocabulary holds checks back, and not the findings of the loader in other files."""
    folder = tmp_path / "rules"
    shutil.copytree(BASE, folder)
    (folder / "vocabulary.yaml").write_text("- not a vocabulary\n", encoding="utf-8")
    (folder / "more.yaml").write_text("- id: zz.caution.rose\n", encoding="utf-8")

    report, _ = lint([folder], day=DAY)

    assert {(Path(finding.place.file).name, finding.check) for finding in report.findings} == {
        ("vocabulary.yaml", "shape"),
        ("more.yaml", "shape"),
    }
    assert "uncited-law" in report.held_back
    assert report.version is None


def test_a_reference_is_not_blamed_for_an_item_that_has_its_own_finding(tmp_path: Path) -> None:
    """A rule that cites an instrument of the wrong shape is in order; one that cites nothing known is not."""
    (tmp_path / "instruments.yaml").write_text("- {id: zz-roses-1, region: ZZ}\n", encoding="utf-8")
    rules = UNCITED.replace("  confidence", "  cite: [zz-roses-1, zz-roses-2]\n  confidence")
    (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")

    report, _ = lint([BASE, tmp_path], day=DAY)

    assert {finding.check for finding in report.findings} == {"shape", "reference"}
    assert [finding.message for finding in report.findings if finding.check == "reference"] == [
        "no instrument has the id `zz-roses-2`"
    ]
    # The rules are whole, so what follows from them is still checked; only what needs the instruments is not.
    assert "gap" not in report.held_back
    assert "unused-instrument" in report.held_back
