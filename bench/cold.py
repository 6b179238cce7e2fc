"""Cold start: whole processes, as ratios to a bare interpreter and to a three-line click program.

``EXOREG_PYTHON`` names the interpreter of an environment in which the wheel is installed; without it the checkout
is measured, which has no compiled rules built in and looks for them in the cache first.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.generate import make_rules, write_rules
from bench.measure import about, peak_of, show

TIMES = 25
PYTHON = os.environ.get("EXOREG_PYTHON", sys.executable)
CLICK = "import click, sys\ntext = open(sys.argv[1]).read()\nclick.echo(text[:99])"
CHECK = ["-m", "exoreg", "check", "--source", "umbilical", "--use", "topical", "--region", "UK"]


def main() -> None:
    """Prints the table."""
    about("exoreg", "click")
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "`python -c pass`": ["-c", "pass"],
            "three lines with click": ["-c", CLICK, __file__],
            "`exoreg check`, one region": CHECK,
            "`exoreg check`, all regions": CHECK[:-2],
        }
        for size in (30, 300):
            made = write_rules(Path(folder, str(size)), make_rules(size))
            commands[f"`exoreg check --rules`, {size * 5} made rules"] = [*CHECK, "--rules", str(made)]
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for command in commands.values():
            subprocess.run([PYTHON, "-P", *command], stdout=subprocess.DEVNULL, check=True)
        # One of each in turn, so that what else the machine does falls on all alike.
        for _ in range(TIMES):
            for name, command in commands.items():
                found[name].append(peak_of([PYTHON, "-P", *command]))
    medians = {name: statistics.median(second for second, _ in runs) for name, runs in found.items()}
    memory = {name: statistics.median(peak for _, peak in runs) for name, runs in found.items()}
    bare, click = list(medians)[:2]
    show(
        "Cold start",
        ("whole process", "ms", "× bare", "× click", "MB", "MB × click"),
        [
            (
                name,
                medians[name] * 1000,
                medians[name] / medians[bare],
                medians[name] / medians[click],
                memory[name],
                memory[name] / memory[click],
            )
            for name in medians
        ],
    )


if __name__ == "__main__":
    main()
