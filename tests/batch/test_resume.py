"""``--resume``: a run that was killed is completed without a row lost or doubled."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from exoreg.batch import draft as draft_module
from exoreg.batch.draft import Draft, ResumeError
from exoreg.batch.formats import Catalogue, Part, format_named
from exoreg.batch.run import run
from exoreg.batch.table import Decider, schema_of
from exoreg.engine.store import CompiledBase
from tests.batch.products import DAY, catalogue


class Killed(BaseException):
    """Stands for a death without warning."""


def answer(
    compiled: CompiledBase,
    output: Path,
    format: str,
    resume: bool,
    dies_after: int | None = None,
    seed: int = 1,
) -> None:
    """Answers a small catalogue in many parts; dies in the middle when told to."""
    rows = pa.table(catalogue(compiled.vocabulary, 100, seed))

    def parts() -> Iterator[Part]:
        for number, batch in enumerate(rows.to_batches(7)):
            if number == dies_after:
                raise Killed
            yield Part(batch)

    open_catalogue = Catalogue(rows.schema, parts(), None)
    writer = format_named(format).Writer(schema_of(rows.schema), open_catalogue.layout)
    run(open_catalogue, Decider(compiled, ["UK", "JP"], DAY), writer, Draft(output, {"seed": seed}), resume)


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("every", [0.0, 60.0])
def test_what_was_cut_off_is_completed(
    compiled: CompiledBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str, every: float
) -> None:
    """Cut off twice, with the state behind the draft or abreast of it, the result is the same byte for byte."""
    monkeypatch.setattr(draft_module, "SECONDS", every)
    whole, output = tmp_path / "whole", tmp_path / "out"
    answer(compiled, whole, format, resume=False)
    for dies_after in (3, 9):
        with pytest.raises(Killed):
            answer(compiled, output, format, resume=True, dies_after=dies_after)
        assert not output.exists()
        with (tmp_path / ".out.draft").open("ab") as file:
            file.write(b"half a li")
    answer(compiled, output, format, resume=True)
    assert output.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "whole"]


def test_only_the_same_is_continued(compiled: CompiledBase, tmp_path: Path) -> None:
    """A draft that was made from something else is neither continued nor destroyed."""
    output = tmp_path / "out"
    with pytest.raises(Killed):
        answer(compiled, output, "csv", resume=False, dies_after=3)
    draft = (tmp_path / ".out.draft").read_bytes()
    with pytest.raises(ResumeError, match="was begun with another seed"):
        answer(compiled, output, "csv", resume=True, seed=2)
    assert (tmp_path / ".out.draft").read_bytes() == draft


@pytest.mark.parametrize(
    "damage", ["", "{", '{"about": {"seed": 1}, "done": {"parts": "x"}}', '{"done": {}}', "[]"]
)
def test_a_damaged_state_is_no_state(compiled: CompiledBase, tmp_path: Path, damage: str) -> None:
    """When the state cannot be read, or says of more than the draft has, the run begins anew."""
    output = tmp_path / "out"
    with pytest.raises(Killed):
        answer(compiled, output, "csv", resume=False, dies_after=3)
    if damage:
        (tmp_path / ".out.state").write_text(damage)
    else:
        (tmp_path / ".out.draft").write_bytes(b"")
    answer(compiled, output, "csv", resume=True)
    answer(compiled, tmp_path / "whole", "csv", resume=False)
    assert output.read_bytes() == (tmp_path / "whole").read_bytes()


def test_a_killed_program_goes_on(compiled: CompiledBase, tmp_path: Path) -> None:
    """The program itself, killed by the system as soon as it has noted something, completes its answer."""
    columns = catalogue(compiled.vocabulary, 2000, seed=5, known=True)
    lines = [",".join(row) for row in zip(*columns.values(), strict=True)]
    text = "\n".join([",".join(columns), *lines * 60]) + "\n"
    (tmp_path / "in.csv").write_text(text)
    # The state notes the day, so that what is finished on another day speaks of the same one.
    command = [sys.executable, "-m", "exoreg", "batch", "in.csv", "--region", "UK", "--region", "KR"]
    begun = subprocess.Popen([*command, "-o", "out.csv", "--as-of", "2026-02-03"], cwd=tmp_path)
    while not (tmp_path / ".out.csv.state").exists() and begun.poll() is None:
        time.sleep(0.002)
    begun.send_signal(signal.SIGKILL)
    assert begun.wait() == -signal.SIGKILL
    assert not (tmp_path / "out.csv").exists()
    cut = (tmp_path / ".out.csv.draft").stat().st_size
    found = subprocess.run(
        [*command, "-o", "out.csv", "--resume"], cwd=tmp_path, check=True, capture_output=True
    )
    assert found.stdout == found.stderr == b""
    subprocess.run([*command, "-o", "whole.csv", "--as-of", "2026-02-03"], cwd=tmp_path, check=True)
    whole = (tmp_path / "whole.csv").read_bytes()
    assert 0 < cut < len(whole)
    assert (tmp_path / "out.csv").read_bytes() == whole
    assert date(2026, 2, 3).isoformat().encode() in whole[:1000]
