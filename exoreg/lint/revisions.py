"""Rule folders from a git revision, written ``rev:path``."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RevisionError(Exception):
    """A word that names neither a folder nor a folder in a git revision."""


@contextmanager
def rule_folder(word: str) -> Iterator[Path]:
    """The folder that ``word`` names; that of a git revision is unpacked and removed again.

    Raises:
        RevisionError: there is no such folder, revision or path in it, or git cannot be run.
    """
    if Path(word).is_dir():
        yield Path(word)
        return
    revision, colon, path = word.partition(":")
    if not colon or not revision or revision.startswith("-"):
        raise RevisionError(f"`{word}` is neither a folder nor `revision:path` of git")
    with tempfile.TemporaryDirectory(prefix="exoreg-") as made:
        _unpack(word, f"{revision}:{path}", Path(made))
        yield Path(made)


def _unpack(word: str, tree: str, to: Path) -> None:
    try:
        found = subprocess.run(
            ["git", "archive", "--format=tar", tree],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise RevisionError(
            f"`{word}`: git cannot be run: {(error.strerror or str(error)).lower()}"
        ) from None
    if found.returncode:
        lines = found.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = lines[0].removeprefix("fatal: ") if lines else "it gave no reason"
        raise RevisionError(f"`{word}`: git found no such folder: {reason}")
    with tarfile.open(fileobj=io.BytesIO(found.stdout)) as archive:
        archive.extractall(to, filter="data")
