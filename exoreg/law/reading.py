"""Strict YAML with places: the only way in which exoreg reads a rule file.

Plain YAML reads ``NO`` as false and ``010`` as 8 and lets duplicate keys pass. Here a plain scalar is text
unless it is ``true``, ``false``, ``null``, ``~``, empty, or a decimal integer without leading zeros; duplicate
keys, anchors, aliases, tags and several documents are errors; and everything keeps its line and column.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import yaml

from exoreg.law.folders import MAX_BYTES
from exoreg.law.places import Place, Problem

MAX_DEPTH = 40

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}

Path_ = tuple[str | int, ...]


@dataclass
class Document:
    """The data of one file, and the places of its values and keys by their path from the top.

    The place of a list or mapping under a key is the place of the key.
    """

    file: str
    data: Any
    places: dict[Path_, tuple[int, int]] = field(repr=False)
    keys: dict[Path_, tuple[int, int]] = field(repr=False)

    def place(self, path: Sequence[str | int] = (), *, key: bool = False) -> Place:
        """The place of the value at ``path``, or of its key.

        Segments that are not in the file are passed over (validators name members of alternatives that
        the file does not have), and what follows the last one found is cut off.
        """
        known: Path_ = ()
        for segment in path:
            if (*known, segment) in self.places:
                known = (*known, segment)
        places = self.keys if key and known in self.keys else self.places
        return Place(self.file, *places.get(known, (1, 1)))


class _Mark(Protocol):
    line: int
    column: int


class _Stop(Exception):
    def __init__(self, mark: _Mark | None, message: str, help: str = "") -> None:
        self.mark, self.message, self.help = mark, message, help


def read_yaml(path: Path, name: str | None = None) -> tuple[Document | None, list[Problem]]:
    """Reads one file.

    Args:
        path: the file.
        name: how messages call it; its path when left out.

    Returns:
        The document (None when it cannot be read at all) and the problems found.
    """
    name = name or str(path)
    try:
        state = path.stat()
        size = state.st_size
        if not stat.S_ISREG(state.st_mode):
            return None, [_syntax_problem(Place(name), "is not a plain file")]
        if size > MAX_BYTES:
            return None, [
                _syntax_problem(
                    Place(name), f"file of {size:,} bytes is larger than the {MAX_BYTES:,} allowed"
                )
            ]
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_syntax_problem(Place(name), f"not UTF-8 text: byte {error.start} cannot be read")]
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return None, [_syntax_problem(Place(name), f"cannot be read: {reason}")]
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> tuple[Document | None, list[Problem]]:
    """Reads the text of one file; see ``read_yaml``."""
    builder = _Builder(name)
    try:
        data = builder.build(text)
    except _Stop as stop:
        return None, [*builder.problems, _syntax_problem(_at(name, stop.mark), stop.message, stop.help)]
    except yaml.MarkedYAMLError as error:
        return None, [*builder.problems, _syntax(name, text, error)]
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        code = error.character if isinstance(error.character, int) else ord(error.character)
        what = f"character U+{code:04X} is not allowed in YAML"
        return None, [_syntax_problem(Place(name, line, column), what)]
    except yaml.YAMLError as error:
        return None, [*builder.problems, _syntax_problem(Place(name), f"not valid YAML: {error}")]
    return Document(name, data, builder.places, builder.keys), builder.problems


def _syntax(name: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark
    lines = text.split("\n")
    if mark and mark.line < len(lines) and lines[mark.line][mark.column : mark.column + 1] == "\t":
        return _syntax_problem(_at(name, mark), "a tab is not allowed here", "indent with spaces")
    return _syntax_problem(
        _at(name, mark), "not valid YAML: " + " ".join(filter(None, (error.context, error.problem)))
    )


def _syntax_problem(place: Place, message: str, help: str = "") -> Problem:
    return Problem(place, message, help, "syntax")


def _at(name: str, mark: _Mark | None) -> Place:
    return Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)


class _Builder:
    """Builds plain data from YAML events with a stack of its own, so that depth is bounded by us alone."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.places: dict[Path_, tuple[int, int]] = {}
        self.keys: dict[Path_, tuple[int, int]] = {}

    def build(self, text: str) -> Any:
        result: Any = None
        documents = 0
        # A frame is (container, path, pending key); the key of a sequence frame is unused.
        stack: list[tuple[Any, Path_, Any]] = []
        missing = object()
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Stop(event.start_mark, "a second document in one file", "write one list a file")
                continue
            if isinstance(event, yaml.AliasEvent):
                raise _Stop(event.start_mark, f"alias `*{event.anchor}` is not allowed", "write the text out")
            if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                done, path, _ = stack.pop()
                if not stack:
                    result = done
                continue
            if not isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                continue
            self._refuse_extras(event)
            if stack and isinstance(stack[-1][0], dict) and stack[-1][2] is missing:
                container, path, _ = stack[-1]
                stack[-1] = (container, path, self._key(event, container, path))
                continue
            value: Any = (
                self._scalar(event)
                if isinstance(event, yaml.ScalarEvent)
                else []
                if isinstance(event, yaml.SequenceStartEvent)
                else {}
            )
            path = self._attach(stack, value, event.start_mark, missing)
            if not isinstance(event, yaml.ScalarEvent):
                if len(stack) >= MAX_DEPTH:
                    raise _Stop(event.start_mark, f"nested deeper than the {MAX_DEPTH} levels allowed")
                stack.append((value, path, missing))
            elif not stack:
                result = value
        return result

    def _attach(
        self, stack: list[tuple[Any, Path_, Any]], value: Any, mark: _Mark | None, missing: object
    ) -> Path_:
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if not stack:
            self.places[()] = at
            return ()
        container, path, key = stack[-1]
        if isinstance(container, list):
            path = (*path, len(container))
            container.append(value)
            self.places[path] = at
        else:
            path = (*path, key)
            container[key] = value
            is_leaf = not isinstance(value, (list, dict))
            self.places[path] = at if is_leaf else self.keys[path]
            stack[-1] = (container, stack[-1][1], missing)
        return path

    def _key(self, event: yaml.Event, container: dict[str, Any], path: Path_) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise _Stop(event.start_mark, "a key must be a word, found a list or mapping")
        key = str(event.value)
        mark = event.start_mark
        if key in container:
            line, column = self.keys[(*path, key)]
            self.problems.append(
                _syntax_problem(
                    _at(self.name, mark), f"duplicate key `{key}`", f"first written at {line}:{column}"
                )
            )
        else:
            self.keys[(*path, key)] = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return key

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if event.style:
            return event.value
        text: str = event.value
        if text in _PLAIN:
            return _PLAIN[text]
        return int(text) if _INTEGER.match(text) and len(text) < 19 else text

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor:
            raise _Stop(event.start_mark, f"anchor `&{event.anchor}` is not allowed", "write the text out")
        if event.tag and event.tag != "!":
            raise _Stop(event.start_mark, f"tag `{event.tag}` is not allowed", "write plain text")
