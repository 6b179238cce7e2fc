"""A real Chromium, and the page of the shipped rule base opened in it from a file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from exoreg.engine.store import CompiledBase
from exoreg.render.page import page

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser with a new, empty profile."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no Chromium is installed; looked for {', '.join(NAMES)}")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(compiled: CompiledBase, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page lies on the disk."""
    path = tmp_path_factory.mktemp("page") / "exoreg.html"
    path.write_text(page(compiled), encoding="utf-8")
    return path.as_uri()


Open = Callable[..., Any]


@pytest.fixture
def opened(chromium: Any, address: str) -> Iterator[Open]:
    """Opens the page at a state; at the end nothing may have gone wrong or been asked of a network."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def show(state: str = "", at: str = address, **options: Any) -> Any:
        context = chromium.new_context(**options)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        tab.on("console", lambda message: wrong.append(f"console: {message.text}"))
        tab.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        tab.on(
            "request", lambda request: request.url.startswith(at) or wrong.append(f"request: {request.url}")
        )
        tab.goto(at + state)
        return tab

    yield show
    for context in contexts:
        context.close()
    assert wrong == []


def file_uri(folder: Path, content: str) -> str:
    """Writes a page and gives its address."""
    path = folder / "page.html"
    path.write_text(content, encoding="utf-8")
    return path.as_uri()
