"""``python -m tests``: every check that a change must pass, one after the other; stops at the first that fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("exoreg", "rules", "check", "--mutate"),
    ("pytest", "-n", "auto"),
)


def main() -> int:
    """Runs the checks with the tools of this environment; the exit code is that of the first that fails."""
    tools = Path(sys.executable).parent
    for name, *arguments in CHECKS:
        print(f"$ {name} {' '.join(arguments)}", flush=True)
        code = subprocess.run([tools / name, *arguments], cwd=ROOT).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
