"""What the tests of reports share: a small made-up rule base, reports written on one day, and schemas."""

from __future__ import annotations

import json
import re
import shlex
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from exoreg.engine.build import build
from exoreg.engine.store import CompiledBase
from tests.cli.run import Ran, exoreg

RULES = Path(__file__).with_name("rules")
SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
DAY = "2026-02-01"


@cache
def made_up() -> CompiledBase:
    """The made-up rule base, compiled."""
    return CompiledBase(build([RULES]))


def run(command: str, *arguments: str) -> Ran:
    """Runs a command on the made-up rule base, on one day."""
    return exoreg(command, *arguments, "--rules", str(RULES), "--as-of", DAY)


def text_of(command: str, *arguments: str) -> str:
    """What a command prints, without its last line (the rule base and the notice)."""
    ran = run(command, *arguments)
    assert (ran.code, ran.err) == (0, "")
    body, last = ran.out.rstrip("\n").rsplit("\n\n", 1)
    assert last == (
        "As of 2026-02-01. Rule base 2026.01.01, reviewed 2026-01-01, review due 2026-12-31. "
        "This is a reading of the law by a tool, not legal advice."
    )
    return body + "\n"


def check_schema(data: Any) -> None:
    """Holds data against the schema in the repository that its own ``schema`` names.

    Raises:
        jsonschema.ValidationError: it does not fit.
    """
    name = f"{data['schema'].replace('/', '.')}.schema.json"
    files = {path.name: json.loads(path.read_text()) for path in SCHEMAS.glob("*.schema.json")}
    registry: Registry[Any] = Registry().with_resources(
        (file, Resource.from_contents(content)) for file, content in files.items()
    )
    Draft202012Validator.check_schema(files[name])
    Draft202012Validator(files[name], registry=registry).validate(data)


def examples(command: str) -> list[list[str]]:
    """The examples in the help of a command, as arguments."""
    epilog: str = import_module(f"exoreg.cli.{command}").EPILOG
    return [shlex.split(line) for line in re.findall(r"^  exoreg (.*)$", epilog, re.MULTILINE)]
