"""Timing, told as medians and ratios."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version


def median_of(work: Callable[[], object], times: int = 7) -> float:
    """The median of the seconds that some work takes; it is done once before."""
    work()
    return statistics.median(seconds(work) for _ in range(times))


def seconds(work: Callable[[], object]) -> float:
    """The seconds that some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def peak_of(command: Sequence[str]) -> tuple[float, float]:
    """The seconds and the peak memory in MB of a whole process; the memory is told by GNU time, a small process.

    A process that is started by a large one counts the memory of that one as its own until it has begun.
    """
    with tempfile.NamedTemporaryFile("r") as report:
        begun = time.perf_counter()
        subprocess.run(
            ["/usr/bin/time", "-f", "%M", "-o", report.name, *command], stdout=subprocess.DEVNULL, check=True
        )
        return time.perf_counter() - begun, int(report.read()) / 1024


def show(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Prints a table in Markdown."""
    print(f"\n### {title}\n")
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print(
            "| " + " | ".join(f"{cell:.3g}" if isinstance(cell, float) else str(cell) for cell in row) + " |"
        )
    sys.stdout.flush()


def about(*packages: str) -> None:
    """Prints the day, the machine and the versions."""
    versions = []
    for name in packages:
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            versions.append(f"{name} not installed")
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    print(f"\n{date.today()} · {machine} · Python {platform.python_version()} · {', '.join(versions)}")
