"""Beginnings: valid at once, and nothing is wrong with them but what a person must write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from exoreg.law.load import load
from exoreg.lint.run import lint
from tests.cli.run import exoreg

TODAY = date.today()


def new(*arguments: str, into: Path) -> list[str]:
    """Runs ``exoreg rules new``; the names of the files it wrote, from the folder on."""
    ran = exoreg("rules", "new", *arguments, "--into", str(into))
    assert (ran.code, ran.err) == (0, "")
    return [Path(line).relative_to(into).as_posix() for line in ran.out.splitlines()]


def errors(folder: Path) -> set[str]:
    """The checks that find an error or a warning."""
    report, _ = lint([folder], day=TODAY)
    return {finding.check for finding in report.findings if finding.severity != "note"}


@pytest.fixture
def ruritania(tmp_path: Path) -> Path:
    """A rule base just begun."""
    folder = tmp_path / "rules"
    new("region", "RT", "--title", "Ruritania", "--since", "2015-01-01", into=folder)
    return folder


def test_a_region_begins_a_rule_base(ruritania: Path) -> None:
    """A new folder becomes a whole rule base of one region, in which nothing but reminders is wrong."""
    base = load([ruritania])

    assert list(base.vocabulary.regions.nodes) == ["RT"]
    assert base.earliest("RT") == date(2015, 1, 1)
    assert list(base.rules) == ["rt.unsettled.everything"]
    assert errors(ruritania) == {"unfinished"}
    assert exoreg("rules", "test", str(ruritania)).code == 0
    assert exoreg("rules", "fmt", "--check", str(ruritania)).code == 0


def test_a_region_joins_others(ruritania: Path) -> None:
    """A second region leaves the first as it is, whatever its title holds."""
    before = (ruritania / "rt" / "unsettled.yaml").read_text()
    written = new("region", "XY", "--title", "X's: {land}", into=ruritania)
    base = load([ruritania])

    assert written == ["vocabulary.yaml", "rulebase.yaml", "instruments/xy.yaml", "xy/unsettled.yaml"]
    assert base.vocabulary.regions.nodes["XY"].title == "X's: {land}"
    assert base.earliest("XY") == TODAY
    assert base.earliest("RT") == date(2015, 1, 1)
    assert (ruritania / "rt" / "unsettled.yaml").read_text() == before
    assert errors(ruritania) == {"unfinished"}


def test_a_rule_goes_to_its_file(ruritania: Path) -> None:
    """A rule goes to the file of its region and subject, below what is there, and cites a source that there is."""
    assert new("rule", "rt.cosmetic.plant", into=ruritania) == ["rt/cosmetic.yaml"]
    assert new("rule", "rt.cosmetic.animal", into=ruritania) == ["rt/cosmetic.yaml"]
    base = load([ruritania])

    assert list(base.rules) == ["rt.cosmetic.plant", "rt.cosmetic.animal", "rt.unsettled.everything"]
    assert errors(ruritania) == {"unfinished"}


def test_an_instrument_goes_to_its_region(ruritania: Path) -> None:
    """An instrument is added to those of its region; that nothing cites it yet is all that lint adds."""
    assert new("instrument", "rt-cosmetics-2", "--region", "RT", into=ruritania) == ["instruments/rt.yaml"]
    assert list(load([ruritania]).instruments) == ["rt-todo", "rt-cosmetics-2"]
    assert errors(ruritania) == {"unfinished", "unused-instrument"}


def test_an_overlay_gets_a_rule_and_its_source(tmp_path: Path) -> None:
    """In a folder that lies over the shipped rules, a rule is begun for a region that is shipped."""
    folder = tmp_path / "overlay"
    folder.mkdir()
    (folder / "arguments.yaml").write_text("[]\n")
    assert new("rule", "uk.hospital.own", into=folder) == ["uk/hospital.yaml"]
    assert "uk.hospital.own" in load([folder]).rules


REFUSED = {
    "a region of another form": (("region", "Ruritania", "--title", "R"), "write two capital letters"),
    "a region that is there": (("region", "RT", "--title", "R"), "region `RT` is there already"),
    "a rule of another form": (("rule", "rt.plant"), "write `<region>.<subject>.<name>`"),
    "a rule that is there": (("rule", "rt.unsettled.everything"), "is there already, at "),
    "a rule of no region": (("rule", "xx.cosmetic.plant"), "region `XX` is not encoded; encoded are `RT`"),
    "an instrument of no region": (("instrument", "a-b", "--region", "XX"), "region `XX` is not encoded"),
    "an instrument that is there": (("instrument", "rt-todo", "--region", "RT"), "is there already, at "),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_begun(ruritania: Path, what: str) -> None:
    """What cannot be begun is refused in one line, and nothing is written."""
    arguments, message = REFUSED[what]
    before = {path: path.read_text() for path in ruritania.rglob("*.yaml")}
    ran = exoreg("rules", "new", *arguments, "--into", str(ruritania))

    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err.splitlines()[0]
    assert {path: path.read_text() for path in ruritania.rglob("*.yaml")} == before
