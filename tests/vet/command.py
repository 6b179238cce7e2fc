"""Running a command in this process, as its entry point does, with its output apart."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from exoreg.cli import run


@dataclass(frozen=True)
class Ran:
    """What a run left: its exit code and what it wrote."""

    code: int
    out: str
    err: str


class Command:
    """Runs ``exoreg`` with arguments and bytes on standard input."""

    def __init__(self, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        self.captured, self.patch = capsysbinary, monkeypatch

    def __call__(self, *arguments: Any, stdin: bytes = b"") -> Ran:
        """The run of one command line."""
        self.patch.setattr(sys, "argv", ["exoreg", *map(str, arguments)])
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            run()
        out, err = self.captured.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Ran(code, out.decode(), err.decode())
