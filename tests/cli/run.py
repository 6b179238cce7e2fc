"""Running the command as a person does: a process of its own, with its output apart."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

EXOREG = Path(sys.executable).with_name("exoreg")


@dataclass(frozen=True)
class Ran:
    """What a run left: its exit code and what it wrote."""

    code: int
    out: str
    err: str


def exoreg(
    *arguments: str, stdin: str = "", env: dict[str, str] | None = None, cwd: Path | None = None
) -> Ran:
    """Runs ``exoreg`` with these arguments."""
    environment = {**os.environ, "COLUMNS": "80", **(env or {})}
    done = subprocess.run(
        [EXOREG, *arguments], input=stdin.encode(), capture_output=True, env=environment, cwd=cwd, timeout=120
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
