"""What a command may import: each import costs as long as an answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from exoreg.engine.build import compile_base
from exoreg.law.rulebase import RuleBase

HEAVY = {
    "pydantic", "yaml", "rich", "jinja2", "platformdirs", "hashlib", "tempfile", "pathlib", "dataclasses", "difflib",
    "numpy", "pyarrow", "duckdb", "polars", "pypdf", "selectolax", "playwright", "asyncio", "unittest",
}  # fmt: skip
"""Modules that cost more than a millisecond or two, and the libraries of extras."""

PROGRAM = """
import json, sys
import exoreg.engine.store
exoreg.engine.store.BUILT_IN = {built_in!r}
sys.argv = ["exoreg", *{arguments!r}]
from exoreg.cli import run
before = sys.stdout
try:
    run()
except SystemExit:
    pass
print(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def built_in(base: RuleBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A compiled rule base, as the wheel carries one."""
    path = tmp_path_factory.mktemp("wheel") / "_compiled.json"
    path.write_bytes(compile_base(base))
    return path


def imported(built_in: Path, *arguments: str) -> set[str]:
    """The top-level modules that a command has imported when it ends."""
    program = PROGRAM.format(built_in=str(built_in), arguments=arguments)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("more", [(), ("--region", "UK"), ("--explain",)])
def test_check_imports_click_and_what_the_answer_needs(built_in: Path, more: tuple[str, ...]) -> None:
    """No validator, no YAML, no drawing, no hashing, no paths on the way to a plain answer."""
    found = imported(built_in, "check", "--source", "umbilical", "--use", "topical", *more)

    assert not found & HEAVY, found & HEAVY
    assert "click" in found


def test_check_draws_with_rich_only_on_a_terminal(built_in: Path) -> None:
    """Colour brings rich, and nothing else of the heavy ones but what rich needs."""
    found = imported(built_in, "check", "--source", "rose", "--use", "topical", "--color", "always")

    assert "rich" in found
    assert not found & {"pydantic", "yaml", "numpy", "pyarrow", "platformdirs"}


def test_vet_reads_with_the_reader_of_the_kind_alone(built_in: Path, tmp_path: Path) -> None:
    """A text needs neither the PDF nor the HTML library, and no validator."""
    offer = tmp_path / "offer.txt"
    offer.write_text("Rose exosome serum for a radiant look.")
    found = imported(built_in, "vet", str(offer), "--region", "UK")

    assert not found & {"pydantic", "rich", "numpy", "pyarrow", "pypdf", "selectolax", "duckdb", "polars"}


def test_rules_check_needs_no_reader_and_no_columns(built_in: Path) -> None:
    """Checking rules validates and reads YAML, and imports nothing of the extras."""
    found = imported(built_in, "rules", "lint")

    assert {"pydantic", "yaml"} <= found
    assert not found & {"numpy", "pyarrow", "pypdf", "selectolax", "duckdb", "polars"}
