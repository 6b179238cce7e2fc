"""An answer being written: a file that grows beside its place, and how far it is known to be whole.

The draft only ever grows. After a part its bytes are put on the disk, and then a small state file says how many
parts, rows and bytes there are. A run that was cut off at any point is continued by cutting the draft back to what
the state says and going on with the next part, so no row is lost or doubled. The draft takes the place of the
result in one step at the end.
"""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

SECONDS = 0.5
"""How much work may have to be done again: the state is written no more often than this."""


class ResumeError(ValueError):
    """An unfinished answer that cannot be continued as asked."""


@dataclass
class Progress:
    """What of a catalogue has been answered: parts and rows read, bytes written, answers and errors among them."""

    parts: int = 0
    rows: int = 0
    size: int = 0
    answers: int = 0
    errors: int = 0


class Draft:
    """The draft of one result."""

    def __init__(self, output: Path, about: Mapping[str, Any]) -> None:
        """The draft for ``output``; ``about`` says what it is made from and how, and is compared on resuming."""
        self.output = output
        self.path = output.with_name(f".{output.name}.draft")
        self.state = output.with_name(f".{output.name}.state")
        self.about = dict(about)
        self.done = Progress()
        self._written = 0.0
        self._file: BinaryIO = io.BytesIO()

    def recorded(self, name: str) -> Any:
        """What the state of an unfinished draft says it was made with; None when there is none."""
        try:
            return json.loads(self.state.read_text(encoding="utf-8"))["about"].get(name)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def resume(self) -> bool:
        """Opens the unfinished draft where it is known to be whole; False when there is none.

        Raises:
            ResumeError: it was made from another catalogue, other rules or with other options.
        """
        try:
            state = json.loads(self.state.read_text(encoding="utf-8"))
            done, about = Progress(**state["done"]), state["about"]
            whole = all(isinstance(count, int) for count in asdict(done).values())
            whole = whole and self.path.stat().st_size >= done.size
        except (OSError, ValueError, KeyError, TypeError):
            return False
        if not whole:
            return False
        changed = [name for name, value in self.about.items() if about.get(name) != value]
        if changed:
            raise ResumeError(
                f"`{self.output}` was begun with another {' and '.join(changed)}; begin anew without `--resume`"
            )
        self.done = done
        self._file = self.path.open("r+b")
        self._file.truncate(done.size)
        self._file.seek(done.size)
        return True

    def begin(self, content: bytes) -> None:
        """Begins a new draft with the bytes before the first row."""
        self.state.unlink(missing_ok=True)
        self._file = self.path.open("wb")
        self._file.write(content)
        self.done = Progress(size=len(content))

    def add(self, content: bytes | memoryview) -> None:
        """Adds bytes."""
        self._file.write(content)
        self.done.size += len(content)

    def mark(self) -> None:
        """Notes that what was added is whole: a run that is cut off from here on goes on from here."""
        now = time.monotonic()
        if now - self._written < SECONDS:
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        state = json.dumps({"about": self.about, "done": asdict(self.done)})
        fresh = self.state.with_name(self.state.name + ".part")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(state)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.state)
        self._written = now

    def finish(self, last: Callable[[Path], None]) -> None:
        """Puts the result in its place, after a last step on the whole draft."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        last(self.path)
        self.path.replace(self.output)
        self.state.unlink(missing_ok=True)

    def close(self) -> None:
        """Leaves the draft as it is, finished or not."""
        self._file.close()

    def drop(self) -> None:
        """Leaves no trace."""
        self.close()
        self.path.unlink(missing_ok=True)
        self.state.unlink(missing_ok=True)
