"""Whatever goes wrong in the shipped rules, at whatever place, is found, and by the check that is meant to."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exoreg.lint.checks import IDS
from exoreg.lint.run import lint
from tests.lint import defects
from tests.lint.harness import DAY

REGIONS = ("US", "UK", "EU", "JP", "KR")
EXAMPLES = int(os.environ.get("EXOREG_INJECTIONS", "1"))
"""How many places are tried for each defect; more by the variable of this name."""


Shipped = Callable[[str], tuple[defects.Copy, frozenset[tuple[str, str]]]]


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """The shipped rules of one region by themselves, and what is found in them before anything is injected."""

    @cache
    def copied(region: str) -> tuple[defects.Copy, frozenset[tuple[str, str]]]:
        folder = tmp_path_factory.mktemp(region)
        return defects.Copy(region, folder), found(folder)

    return copied


def found(folder: Path) -> frozenset[tuple[str, str]]:
    """The checks and messages of all findings."""
    report, _ = lint([folder], day=DAY)
    return frozenset((finding.check, finding.message) for finding in report.findings)


@pytest.mark.parametrize("id", IDS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(data=st.data())
def test_an_injected_defect_is_found_by_its_check(shipped: Shipped, id: str, data: st.DataObject) -> None:
    """A defect in a random rule of a random region adds findings of its own check, and of no unrelated one."""
    copy, before = shipped(data.draw(st.sampled_from(REGIONS)))
    with tempfile.TemporaryDirectory() as scratch:
        damaged = copy.copied(Path(scratch, "rules"))
        getattr(defects, id.replace("-", "_"))(defects.Draw(data), damaged)
        damaged.save()
        added = found(damaged.folder) - before

    assert id in {check for check, _ in added}
    assert {check for check, _ in added} <= {id} | defects.CONSEQUENCES.get(id, set()), added
