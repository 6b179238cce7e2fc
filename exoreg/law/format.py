"""Rule files in their one form: keys in the order of the models, text wrapped, everything else as it was.

The file is read into a small tree that keeps how every scalar was written and to what each comment belongs, and
written anew from that. The result is read again: unless it says exactly the same, with the same comments, the file
is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import BaseModel

from exoreg.law.places import Place, Problem, RuleBaseError
from exoreg.law.reading import parse_yaml

WIDTH = 140
"""The longest line, unless a single word is longer."""

STEP = 2


@dataclass
class Node:
    """A scalar, list or mapping as it stands in the file.

    ``raw`` is how a scalar on one line is written, None for one that spans lines. ``entries`` are the members of a
    list or mapping. ``end`` is the position just after it.
    """

    kind: str
    end: int = 0
    value: str = ""
    raw: str | None = None
    flow: bool = False
    entries: list[Entry] = field(default_factory=list)

    def is_open(self) -> bool:
        """Whether it needs lines of its own: comments or text of several lines within."""
        if self.kind == "scalar":
            return self.raw is None
        if not self.flow and self.entries:
            return True
        return any(entry.above or entry.beside or entry.node.is_open() for entry in self.entries)


@dataclass
class Entry:
    """A member of a list (``key`` is None) or mapping, with the comments above and beside it.

    In ``above`` an empty text is an empty line.
    """

    key: str | None
    node: Node
    start: int
    line: int
    above: list[str] = field(default_factory=list)
    beside: str = ""


MOST_ROUNDS = 4
"""How often a text is formatted until it no longer changes; two are enough for every file that means something."""


def formatted(text: str, name: str, model: type[BaseModel] | None) -> str:
    """The text of a rule file in its one form.

    Args:
        text: the file's text.
        name: how messages call it.
        model: what its list holds, or what the whole is; None leaves keys where they are.

    Raises:
        RuleBaseError: it is not strict YAML, or has a comment where none can be kept.
    """
    once = _formatted(text, name, model)
    # A comment that has to move can give its neighbours a new line of their own: settle that here, not on the next run.
    for _ in range(MOST_ROUNDS):
        again = _formatted(once, name, model)
        if again == once:
            break
        once = again
    return once


def _formatted(text: str, name: str, model: type[BaseModel] | None) -> str:
    document, problems = parse_yaml(text, name)
    if document is None or problems:
        raise RuleBaseError(problems)
    text = text.removeprefix("\ufeff")
    root, below, comments = _read(text)
    lines = list(_top(root, model)) if root is not None else []
    while below and not below[0] and not lines:
        below.pop(0)
    result = "\n".join([*lines, *below]).strip("\n") + "\n"
    again, _ = parse_yaml(result, name)
    same = again is not None and again.data == document.data
    if not same or sorted(_read(result)[2]) != sorted(comments):
        raise RuleBaseError(
            [
                Problem(
                    Place(name), "cannot be formatted without loss", "move its comments to lines of their own"
                )
            ]
        )
    return result


# -- reading -------------------------------------------------------------------------------------------------


def _read(text: str) -> tuple[Node | None, list[str], list[str]]:
    """The tree of a text, the lines of comment after its last entry, and all comments."""
    entries: list[Entry] = []
    spans: list[tuple[int, int]] = []
    root = _tree(text, entries, spans)
    below, comments = _attach(text, sorted(entries, key=lambda entry: entry.start), spans)
    return root, below, comments


def _tree(text: str, entries: list[Entry], spans: list[tuple[int, int]]) -> Node | None:
    root: Node | None = None
    stack: list[Node] = []
    key: list[tuple[str, int, int] | None] = []
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            stack.pop().end = _at(event.end_mark)
            key.pop()
            continue
        node: Node
        start = _at(event.start_mark)
        line = text.count("\n", 0, start)
        if isinstance(event, yaml.ScalarEvent):
            end = _at(event.end_mark)
            spans.append((start, end))
            written = text[start:end]
            on_one_line = "\n" not in written and event.style not in ("|", ">")
            node = Node("scalar", end, event.value, written if on_one_line else None)
            if not on_one_line and not event.style:
                node.raw = " ".join(written.split())
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Node("list", flow=bool(event.flow_style))
        elif isinstance(event, yaml.MappingStartEvent):
            node = Node("mapping", flow=bool(event.flow_style))
        else:
            continue
        if not stack:
            root = node
        elif stack[-1].kind == "list":
            # The place of an entry of a block list is that of its dash.
            dash = text.rfind("-", 0, start + 1) if not stack[-1].flow else start
            entry = Entry(None, node, dash, text.count("\n", 0, dash))
            stack[-1].entries.append(entry)
            entries.append(entry)
        elif key[-1] is None:
            key[-1] = (text[start : _at(event.end_mark)], start, line)
            continue
        else:
            entry = Entry(key[-1][0], node, key[-1][1], key[-1][2])
            stack[-1].entries.append(entry)
            entries.append(entry)
            key[-1] = None
        if node.kind != "scalar":
            stack.append(node)
            key.append(None)
    return root


def _at(mark: Any) -> int:
    return int(mark.index)


_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")


def _attach(
    text: str, entries: Sequence[Entry], spans: Sequence[tuple[int, int]]
) -> tuple[list[str], list[str]]:
    """Gives every comment to the entry that it is above or beside; returns what is left, and all comments."""
    starts: dict[int, list[Entry]] = {}
    for entry in entries:
        starts.setdefault(entry.line, []).append(entry)
    waiting: list[str] = []
    comments: list[str] = []
    index, covered = 0, iter([*sorted(spans), (len(text) + 1, len(text) + 1)])
    low, high = next(covered)
    for number, line in enumerate(text.split("\n")):
        here = starts.get(number, [])
        found = None
        for match in _COMMENT.finditer(line):
            at = index + match.start()
            while high <= at:
                low, high = next(covered)
            if not low <= at < high:
                found = match
                break
        while high < index:
            low, high = next(covered)
        inside = low < index < high
        if here and waiting:
            here[0].above, waiting = [*waiting, *here[0].above], []
        if found is not None:
            comments.append(found[0].rstrip())
            if line[: found.start()].strip():
                holder = _holder(entries, here, index + found.start())
                holder.beside = f"{holder.beside} {found[0].rstrip()}".strip()
            else:
                waiting.append(found[0].rstrip())
        elif not line.strip() and not inside and (not waiting or waiting[-1]):
            waiting.append("")
        index += len(line) + 1
    return waiting, comments


def _holder(entries: Sequence[Entry], here: Sequence[Entry], at: int) -> Entry:
    """The entry that a comment stands beside: the widest that ends on its line, else the last begun."""
    done = [entry for entry in here if entry.node.end <= at]
    begun = here or [entry for entry in entries if entry.start < at][-1:]
    return done[0] if done else begun[-1]


# -- writing -------------------------------------------------------------------------------------------------


def _top(root: Node, model: type[BaseModel] | None) -> Iterator[str]:
    if root.kind != "list" or not root.entries:
        yield from _block(root, 0, model)
        return
    tall = False
    for number, entry in enumerate(root.entries):
        lines = list(_member(entry, 0, model))
        above = list(entry.above)
        if number and (tall or len(lines) > 1) and "" not in above[:1]:
            above.insert(0, "")
        tall = len(lines) > 1
        yield from above if number else _without_lead(above)
        yield from lines


def _without_lead(above: list[str]) -> list[str]:
    return above[1:] if above and not above[0] else above


def _block(node: Node, indent: int, model: type[BaseModel] | None) -> Iterator[str]:
    """A list or mapping on lines of its own."""
    if node.kind == "scalar" or not node.entries:
        yield " " * indent + _inline(node, model)
        return
    for number, entry in enumerate(_ordered(node, model)):
        above = entry.above if number else _without_lead(entry.above)
        yield from (" " * indent + line if line else "" for line in above)
        yield from _member(entry, indent, model)


def _ordered(node: Node, model: type[BaseModel] | None) -> list[Entry]:
    if node.kind != "mapping" or model is None:
        return node.entries
    order = {field.alias or name: number for number, (name, field) in enumerate(model.model_fields.items())}
    return sorted(node.entries, key=lambda entry: order.get(str(entry.key), len(order)))


def _member(entry: Entry, indent: int, model: type[BaseModel] | None) -> Iterator[str]:
    """One entry with its head, ``key:`` or a dash, and the comment beside it."""
    pad, node = " " * indent, entry.node
    inner = model if entry.key is None else _model_of(model, entry.key)
    head = f"{pad}-" if entry.key is None else f"{pad}{entry.key}:"
    beside = f"  {entry.beside}" if entry.beside else ""
    line = None if node.is_open() else f"{head} {_inline(node, inner)}".rstrip()
    if line is not None and (len(line) <= WIDTH or _must_stay(node)):
        yield line + beside
    elif node.kind == "scalar":
        yield from _text(node, head, beside, indent + STEP)
    elif node.flow and node.kind == "list" and not node.is_open() and _is_plain(node):
        yield head + beside
        yield from _filled(node, indent + STEP)
    elif entry.key is None and not beside and not node.entries[0].above:
        lines = list(_block(node, indent + STEP, inner))
        # An entry moved to the front may have comments above it: then the dash stands alone.
        if lines[0].lstrip().startswith("#"):
            yield head
            yield from lines
        else:
            yield f"{head} {lines[0].lstrip()}"
            yield from lines[1:]
    else:
        yield head + beside
        yield from _block(node, indent + STEP, inner)


def _must_stay(node: Node) -> bool:
    """Whether a long line cannot be helped: one word, or text that folding would change."""
    if node.kind != "scalar":
        return not node.entries
    return " " not in node.value or "\n" in node.value or node.value != " ".join(node.value.split())


def _is_plain(node: Node) -> bool:
    return all(entry.node.kind == "scalar" for entry in node.entries)


def _inline(node: Node, model: type[BaseModel] | None) -> str:
    """A node on one line."""
    if node.kind == "scalar":
        return node.raw or ""
    if node.kind == "list":
        return f"[{', '.join(_inline(entry.node, model) for entry in node.entries)}]"
    parts = (
        f"{entry.key}: {_inline(entry.node, _model_of(model, str(entry.key)))}".rstrip()
        for entry in _ordered(node, model)
    )
    return f"{{{', '.join(parts)}}}"


def _filled(node: Node, indent: int) -> Iterator[str]:
    """A list of words over several lines, each as full as can be."""
    words = [entry.node.raw or "" for entry in node.entries]
    line = " " * indent + "["
    for number, word in enumerate(words):
        piece = word + ("," if number + 1 < len(words) else "]")
        if number and len(line) + 1 + len(piece) > WIDTH:
            yield line
            line = " " * (indent + 1) + piece
        else:
            line += (" " if number else "") + piece
    yield line


def _text(node: Node, head: str, beside: str, indent: int) -> Iterator[str]:
    """Text of more than one line: folded when it is one paragraph, line by line otherwise."""
    pad = " " * indent
    if node.value[:1].isspace():
        # A block would take its first spaces for indentation.
        yield f"{head} {json.dumps(node.value, ensure_ascii=False)}{beside}"
        return
    if "\n" in node.value or node.value != node.value.strip():
        kept = len(node.value) - len(node.value.rstrip("\n"))
        yield f"{head} |{'-' if not kept else '' if kept == 1 else '+'}{beside}"
        for line in node.value.removesuffix("\n").split("\n"):
            yield pad + line if line else ""
        return
    yield f"{head} >-{beside}"
    line = ""
    # A line must not begin or end with a space, so text breaks at single spaces alone.
    for word in re.split(r"(?<! ) (?! )", node.value):
        if line and indent + len(line) + 1 + len(word) > WIDTH:
            yield pad + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield pad + line


def _model_of(model: type[BaseModel] | None, key: str) -> type[BaseModel] | None:
    """The model of what stands under a key, or of the members of the list there."""
    fields = model.model_fields.items() if model else ()
    annotation = next((field.annotation for name, field in fields if key in (name, field.alias)), None)
    return _first_model(annotation)


def _first_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts = (_first_model(part) for part in getattr(annotation, "__args__", ()))
    return next((part for part in parts if part is not None), None)
