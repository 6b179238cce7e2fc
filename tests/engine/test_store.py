"""The compiled file: the same answers, and never an answer from a damaged one."""

from __future__ import annotations

import json
import random
import threading
from pathlib import Path

import pytest

from exoreg.engine import store
from exoreg.engine.build import compile_base
from exoreg.engine.store import CompiledBase, Damaged, open_base
from exoreg.law.rulebase import RuleBase


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty user cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def test_compiling_twice_gives_the_same_bytes(base: RuleBase) -> None:
    """The same rule files give the same compiled file, byte for byte."""
    assert compile_base(base) == compile_base(base)


def test_any_changed_byte_is_found(base: RuleBase) -> None:
    """A file with one byte changed, cut off or swapped for another is refused."""
    content = compile_base(base)
    pick = random.Random(1)
    header = content.index(b"\n")
    for _ in range(40):
        at = pick.randrange(header, len(content))
        damaged = content[:at] + bytes([content[at] ^ (1 << pick.randrange(8))]) + content[at + 1 :]
        with pytest.raises(Damaged):
            CompiledBase(damaged)
    for cut in (0, 10, header, len(content) - 1):
        with pytest.raises(Damaged):
            CompiledBase(content[:cut])
    with pytest.raises(Damaged):
        CompiledBase(content, sha256="0" * 64)


def test_a_damaged_cache_is_made_anew(cache: Path) -> None:
    """Whatever stands in the cache, the answer is that of the rule files."""
    whole = open_base()
    (kept,) = (cache / "exoreg").glob("rules-*.json")
    content = kept.read_bytes()
    foreign = content.replace(b'"format":1', b'"format":9', 1)
    for bad in (b"", b"{}\n", content[: len(content) // 2], foreign, b"\x80\x04N."):
        kept.write_bytes(bad)
        assert open_base().sha256 == whole.sha256
        assert kept.read_bytes() == content


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a place for the cache exoreg answers all the same."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))

    assert open_base().region("UK").region == "UK"


def test_two_at_once_leave_one_whole_file(cache: Path) -> None:
    """Several that compile at the same time leave one file, whole, and nothing else."""
    threads = [threading.Thread(target=open_base) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (kept,) = (cache / "exoreg").iterdir()
    CompiledBase(kept.read_bytes())


def test_the_file_is_json_and_nothing_else(base: RuleBase) -> None:
    """Every section parses as JSON: a data format that cannot execute."""
    header, payload = compile_base(base).split(b"\n", 1)
    for start, length in json.loads(header)["sections"].values():
        json.loads(payload[start : start + length])
    assert json.loads(header)["format"] == store.FORMAT
