"""What a validator's error means in the words of the person who wrote the file."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

_TYPES = {
    "string_type": "text",
    "bool_type": "`true` or `false`",
    "bool_parsing": "`true` or `false`",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "date_type": "a day like `2025-01-21`",
    "date_parsing": "a day like `2025-01-21`",
    "date_from_datetime_parsing": "a day like `2025-01-21`",
    "date_from_datetime_inexact": "a day like `2025-01-21`",
}


def nearest(word: str, allowed: Sequence[str]) -> str:
    """`` did you mean `x`?`` with the most similar allowed word, or nothing."""
    close = difflib.get_close_matches(word, allowed, n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else ""


def one_of(words: Sequence[str]) -> str:
    """The words in backticks, the last one after "or"."""
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " or " + quoted[-1]


def shown(value: Any) -> str:
    """A value from a file as it is quoted in a message: short, on one line, without control characters."""
    text = (
        {None: "nothing", True: "true", False: "false"}.get(value)
        if not isinstance(value, (list, dict))
        else None
    )
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a mapping"
    text = text if text is not None else str(value)
    text = "".join(char if char.isprintable() else "�" for char in text)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"


def explain(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str, bool]:
    """The message and the help for one validation error, and whether its place is the key's."""
    kind, key = error["type"], str(error["loc"][-1]) if error["loc"] else ""
    value = error["input"]
    if kind == "missing":
        return f"key `{key}` is missing", "", False
    if kind == "extra_forbidden":
        fields = _fields(model, error["loc"][:-1])
        help = nearest(key, fields) or (f"allowed are {', '.join(fields)}" if fields else "")
        return f"unknown key {shown(key)}", help, True
    if kind in ("enum", "literal_error"):
        allowed = [word.strip("'") for word in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        return f"`{key}` is {shown(value)}: expected {one_of(allowed)}", nearest(str(value), allowed), False
    if kind in _TYPES:
        return f"expected {_TYPES[kind]}, found {shown(value)}", "", False
    if kind == "string_pattern_mismatch":
        return f"{shown(value)} does not have the form of `{key}`", _PATTERN_HELP.get(key, ""), False
    if kind in ("too_short", "string_too_short"):
        return f"`{key}` is empty", "", False
    if kind == "value_error":
        return str(error["ctx"]["error"]), "", False
    return error["msg"].lower(), "", False


_PATTERN_HELP = {
    "id": "rules are `<region>.<subject>.<name>`, all else lower-case words with hyphens or dots",
    "url": "write a full address that begins with https://",
    "date": "write 2025, 2025-03 or 2025-03-18",
    "version": "write 2026.11.22",
}


def _fields(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys allowed at a place, found by walking the model along the error's path."""
    current: Any = model
    for segment in loc:
        if isinstance(segment, int):
            continue
        field = next(
            (f for name, f in getattr(current, "model_fields", {}).items() if segment in (name, f.alias)),
            None,
        )
        current = _model_in(field.annotation) if field else None
        if current is None:
            return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found is not None:
            return found
    return None
