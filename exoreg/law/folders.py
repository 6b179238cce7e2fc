"""The folders and files that make up a rule base; light, so that a compiled copy is found without reading them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from exoreg.law.places import Place, Problem, RuleBaseError

MAX_BYTES = 4_000_000
"""The size up to which a rule file is read."""

NOT_LAW = ("lexicon",)
"""Folders that belong to the wording scanner."""


def shipped_rules() -> Path:
    """The rules that come with exoreg: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_rules"
    return inside if inside.is_dir() else package.parent / "rules"


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder in a fixed order; links that lead out of it or in a circle are not followed."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        if Path(parent) == folder:
            folders[:] = [name for name in folders if name not in NOT_LAW]
        found += [Path(parent, name) for name in names if name.endswith((".yaml", ".yml")) and name[0] != "."]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def digest(folders: Sequence[Path]) -> str:
    """SHA-256 over the names and bytes of all rule files, in their order; identifies a rule base."""
    total = hashlib.sha256()
    for number, folder in enumerate(folders):
        for path in rule_files(folder):
            name = path.relative_to(folder).as_posix()
            content = _content(path)
            total.update(f"{number}/{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def _content(path: Path) -> bytes:
    """The bytes of a file; nothing for one that is not read as a rule file either: too large, or no plain file."""
    try:
        state = path.stat()
        return path.read_bytes() if stat.S_ISREG(state.st_mode) and state.st_size <= MAX_BYTES else b""
    except OSError:
        return b""


def resolve_folders(folders: Sequence[Path]) -> tuple[Path, ...]:
    """The folders that together make a rule base, the shipped rules first unless a folder is whole by itself.

    A folder with a ``vocabulary.yaml`` is a rule base of its own and replaces what comes before it;
    any other folder lies over it: its items replace those of the same id.

    Raises:
        RuleBaseError: a folder does not exist, is no folder, or holds no rule file.
    """
    chosen: tuple[Path, ...] = (shipped_rules(),)
    problems = []
    for folder in folders:
        if not folder.is_dir():
            state = "is not a folder" if folder.exists() else "does not exist"
            problems.append(Problem(Place(str(folder)), f"rules folder `{folder}` {state}"))
        elif not rule_files(folder):
            problems.append(Problem(Place(str(folder)), f"rules folder `{folder}` holds no rule file"))
        else:
            chosen = (folder,) if (folder / "vocabulary.yaml").is_file() else (*chosen, folder)
    if problems:
        raise RuleBaseError(problems)
    return chosen
