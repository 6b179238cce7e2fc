"""Where something stands in a rule file, and what is wrong there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """A file, as the user named it, with line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One thing that is wrong in a rule base: where, what, and what to do about it.

    ``check`` is the id under which ``exoreg rules lint`` reports it.
    """

    place: Place
    message: str
    help: str = ""
    check: str = "shape"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f"; {self.help}" if self.help else "")


class RuleBaseError(Exception):
    """A rule base that cannot be used; ``problems`` lists everything found, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda problem: problem.place))
        super().__init__("\n".join(map(str, self.problems)))
