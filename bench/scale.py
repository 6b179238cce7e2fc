"""Ten million rows through CSV and Parquet: killed in the middle, resumed, compared; with the peak of memory."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from bench.generate import make_catalogue, vocabulary
from bench.measure import about, peak_of, show

PART = 1_000_000
RUN = [sys.executable, "-m", "exoreg", "batch", "--as-of", "2026-11-22", "--region", "UK"]


def main() -> None:
    """Prints the table; the number of rows may be given, and a folder with room."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10 * PART
    about("exoreg", "numpy", "pyarrow")
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        given = write(Path(folder), rows)
        found = []
        for name, path in given.items():
            whole, cut = path.with_name(f"whole.{name}"), path.with_name(f"cut.{name}")
            taken, peak = peak_of([*RUN, str(path), "-o", str(whole)])
            done = kill(path, cut, taken / 2)
            again, _ = peak_of([*RUN, str(path), "-o", str(cut), "--resume"])
            same = digest(whole) == digest(cut)
            found.append((name, f"{rows:,}", path.stat().st_size / 1e9, whole.stat().st_size / 1e9, taken, peak,
                          f"{done:.0%}", again, "identical" if same else "DIFFERENT"))  # fmt: skip
    show(
        "Killed and resumed",
        (
            "format",
            "rows",
            "GB in",
            "GB out",
            "seconds",
            "peak MB",
            "killed at",
            "seconds to resume",
            "result",
        ),
        found,
    )


def write(folder: Path, rows: int) -> dict[str, Path]:
    """The same catalogue as CSV and as Parquet."""
    given = {name: folder / f"in.{name}" for name in ("csv", "parquet")}
    words = vocabulary()
    schema = make_catalogue(1, words=words).schema
    with (
        arrow_csv.CSVWriter(given["csv"], schema) as lines,
        pq.ParquetWriter(given["parquet"], schema) as groups,
    ):
        for number in range(0, rows, PART):
            part: pa.Table = make_catalogue(min(PART, rows - number), number, words)
            lines.write_table(part)
            groups.write_table(part)
    return given


def kill(path: Path, output: Path, after: float) -> float:
    """Begins a run and kills it; gives the share of it that was noted as done."""
    process = subprocess.Popen([*RUN, str(path), "-o", str(output)])
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if output.exists():
        raise RuntimeError("it was finished before it was killed")
    state = output.with_name(f".{output.name}.state")
    done: int = json.loads(state.read_text())["done"]["rows"]
    return done / (pq.ParquetFile(path.with_name("in.parquet")).metadata.num_rows)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    main()
