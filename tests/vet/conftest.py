"""The command as a fixture."""

from __future__ import annotations

import pytest

from .command import Command


@pytest.fixture
def exoreg(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Command:
    """``exoreg`` run in this process."""
    return Command(capsysbinary, monkeypatch)
