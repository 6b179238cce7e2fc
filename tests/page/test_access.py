"""The page and the HTML reports for everybody: checked by axe in light and dark, wide and narrow."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from exoreg.engine.determine import determine
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product
from exoreg.render.data import check_data
from exoreg.render.html import html
from exoreg.render.report import check_document
from tests.page.conftest import Open, file_uri
from tests.render.test_markdown import REPORT

STATES = {
    "permitted": "#source=salmon&use=topical&region=UK",
    "depends": "#source=unknown&use=microneedled&region=EU",
    "documents": "#source=human&use=injection&evidence=marketing-authorisation&region=JP",
    "bad": "#source=unicorn&day=x",
}


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core."""
    pytest.importorskip("axe_playwright_python", reason="axe-core (axe-playwright-python) is not installed")
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def findings(tab: Any, axe: str) -> list[str]:
    """What axe finds in light, and, where only colours differ, in dark."""
    tab.evaluate(axe)
    found = tab.evaluate("() => axe.run()")
    assert len(found["passes"]) > 10
    tab.emulate_media(color_scheme="dark")
    dark = tab.evaluate("() => axe.run({runOnly: ['color-contrast']})")
    assert dark["passes"]
    return [
        f"{violation['impact']}: {violation['id']}: {node['html'][:120]}"
        for violation in found["violations"] + dark["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("state", STATES)
def test_page(opened: Open, axe: str, state: str) -> None:
    """axe finds nothing at all to object to in the page, whatever it shows."""
    assert findings(opened(STATES[state]), axe) == []


def test_page_on_a_phone(opened: Open, axe: str) -> None:
    """axe finds nothing to object to on a small screen."""
    assert findings(opened(STATES["permitted"], viewport={"width": 360, "height": 740}), axe) == []


def test_report(opened: Open, axe: str, compiled: CompiledBase, tmp_path: Path) -> None:
    """axe finds nothing to object to in a real report of several regions, nor in one with a table."""
    product = Product.make(compiled.vocabulary, {"source": "umbilical", "use": "microneedled"})
    found = [determine(compiled, product, region, date(2026, 11, 22)) for region in compiled.roots]
    data = check_data(compiled, product, found)
    for number, document in enumerate((check_document(data, compiled.vocabulary), REPORT)):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert findings(opened(at=file_uri(folder, html(document))), axe) == []
