"""Progress of ``exoreg batch``: on a terminal only."""

from __future__ import annotations

import io

import pytest

from exoreg.batch.draft import Progress
from exoreg.cli import batch


class Terminal(io.StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def shown(monkeypatch: pytest.MonkeyPatch, screen: io.StringIO, total: int | None) -> str:
    """What is written for three parts, ten seconds after each other."""
    clock = iter([0.0, 10.0, 20.0, 30.0])
    monkeypatch.setattr(batch.sys, "stderr", screen)
    monkeypatch.setattr(batch.time, "monotonic", lambda: next(clock))
    meter = batch.Meter(total)
    for part in (1, 2, 3):
        meter.tell(Progress(rows=part * 50_000), part * 1000)
    meter.close()
    return screen.getvalue()


def test_rate_and_time_left_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal sees how many rows are done, how fast, and how long it will take; the line is cleared at the end."""
    assert shown(monkeypatch, Terminal(), 10_000) == (
        "\r100,000 rows · 5,000 a second · 20% · 1:20 left\x1b[K"
        "\r150,000 rows · 5,000 a second · 30% · 1:10 left\x1b[K"
        "\r\x1b[K"
    )


def test_no_share_of_what_has_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a pipe, whose length nobody knows, only rows and rate are shown."""
    assert "100,000 rows · 5,000 a second\x1b[K" in shown(monkeypatch, Terminal(), None)


def test_nothing_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Piped into a file, there is no progress."""
    assert shown(monkeypatch, io.StringIO(), 10_000) == ""
