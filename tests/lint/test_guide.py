"""The guide is followed to the letter: its files are written, its commands run, its outputs compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "add-a-jurisdiction.md"
BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_guide_works_as_it_stands(tmp_path: Path) -> None:
    """Each block of the guide does what the guide says; `…` stands for lines left out."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment["XDG_CACHE_HOME"] = str(tmp_path / "cache")
    shown = ""
    steps = 0
    for kind, file, content in BLOCK.findall(GUIDE.read_text(encoding="utf-8")):
        if kind == "sh":
            command = f"set -euo pipefail\n{content}"
            ran = subprocess.run(
                ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True
            )
            assert ran.returncode == 0, f"{content}\n{ran.stdout}{ran.stderr}"
            shown = ran.stdout + ran.stderr
            steps += 1
        elif kind == "text":
            follows(content.splitlines(), shown.splitlines())
        elif file:
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")

    assert steps >= 9


def follows(told: list[str], shown: list[str]) -> None:
    """Asserts that lines are shown one after the other.

    A line `…` stands for any number of lines, at the end of a line it stands for the rest of it.
    """
    at = 0
    for line in told:
        if line == "…":
            continue
        start = line.removesuffix("…")
        found = [
            n
            for n, each in enumerate(shown)
            if n >= at and (each == line or (start != line and each.startswith(start)))
        ]
        assert found, f"{line!r} is not in\n" + "\n".join(shown[at:])
        at = found[0] + 1
