"""The compiled form of rule folders, kept in the user's cache under the digest of their files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from exoreg.engine.store import FORMAT, CompiledBase, Damaged
from exoreg.law.folders import digest, resolve_folders


def open_cached(folders: Sequence[Path] = ()) -> CompiledBase:
    """The compiled rule base of these folders: the kept one, or made anew and kept.

    Raises:
        RuleBaseError: the rule files are wrong; all problems are listed.
    """
    sha256 = digest(resolve_folders(folders))
    path = cache_path(sha256)
    try:
        return CompiledBase(path.read_bytes(), sha256)
    except (Damaged, OSError):
        pass
    from exoreg.engine.build import build

    content = build(folders)
    _keep(path, content)
    return CompiledBase(content, None)


def cache_path(sha256: str) -> Path:
    """Where the compiled form of the rule files with this digest is kept."""
    from platformdirs import user_cache_path

    from exoreg import __version__

    return user_cache_path("exoreg", appauthor=False) / f"rules-{__version__}-{FORMAT}-{sha256[:32]}.json"


def _keep(path: Path, content: bytes) -> None:
    """Writes the cache in one step, so that a reader sees all of it or nothing; failing to is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".rules-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
    except OSError:
        pass
