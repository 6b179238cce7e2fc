"""Answering a whole catalogue: read a part, decide, write, note how far it is; in constant memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import BinaryIO

from exoreg.batch.draft import Draft, Progress
from exoreg.batch.formats import Catalogue, NothingToRead, Writer
from exoreg.batch.table import Decider, RowError

Tell = Callable[[Progress, int], None]
"""Is told after each part how much is done, and the position in the catalogue."""


def run(
    catalogue: Catalogue,
    decider: Decider,
    writer: Writer,
    into: Draft | BinaryIO,
    resume: bool = False,
    tell: Tell = lambda progress, position: None,
) -> Progress:
    """Answers every row of a catalogue into a draft, which is finished then, or into a stream.

    Raises:
        RowError: the decider is strict, and a row has no answer; its number counts from 0.
        ResumeError: ``resume``, and the draft was begun otherwise.
        FormatError: the catalogue turns out damaged, or without a row.
    """
    draft = into if isinstance(into, Draft) else _Stream(into)
    with closing(draft):
        if not (resume and draft.resume()):
            draft.begin(writer.begin())
        done = draft.done
        for number, part in enumerate(catalogue.parts):
            if number < done.parts:
                continue
            try:
                for batch in decider.batches(part.batch, part.unread):
                    draft.add(writer.rows(batch))
                    done.answers += batch.num_rows
                    done.errors += batch.num_rows - batch.column("error").null_count
            except RowError as error:
                raise RowError(done.rows + error.row, error.why) from None
            done.parts += 1
            done.rows += part.batch.num_rows
            draft.mark()
            tell(done, part.position)
        if not done.rows:
            raise NothingToRead("it has no row")
        draft.finish(writer.finish)
    return done


class _Stream:
    """A stream in the place of a draft: what is written is gone."""

    def __init__(self, file: BinaryIO) -> None:
        self.done = Progress()
        self._file = file

    def resume(self) -> bool:
        return False

    def begin(self, content: bytes) -> None:
        self._file.write(content)

    def add(self, content: bytes | memoryview) -> None:
        self._file.write(content)

    def mark(self) -> None:
        self._file.flush()

    def finish(self, last: object) -> None:
        self._file.flush()

    def close(self) -> None:
        pass
