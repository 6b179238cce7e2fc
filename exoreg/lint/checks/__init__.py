"""The checks of ``exoreg rules lint``: one module each, whose docstring is the check's page.

A module has ``ID``, ``TITLE``, ``SEVERITY``, ``SINCE``, ``NEEDS`` and ``check(context)``. ``NEEDS`` says how much must
have been read for the check to mean anything: ``nothing`` (the problems of reading themselves), ``items`` (whatever
could be read), ``rules`` (every rule), ``all`` (everything).
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exoreg.lint.context import Context
    from exoreg.lint.finding import Seen

IDS = (
    "syntax",
    "shape",
    "duplicate-id",
    "reference",
    "unknown-word",
    "ambiguous-word",
    "override-circle",
    "empty-rule",
    "no-decider",
    "impossible-case",
    "set-too-wide",
    "region-prefix",
    "control-characters",
    "unfinished",
    "uncited-law",
    "outside-dates",
    "permitted-from-memory",
    "unchecked-source",
    "unused-instrument",
    "review-overdue",
    "long-reason",
    "duplicate-text",
    "never-holds",
    "gap",
    "conflict",
    "shadowed",
    "redundant",
    "idle-override",
    "missing-case",
    "idle-case",
    "failing-case",
    "lexicon-shape",
    "lexicon-example",
    "stale-suppression",
)
"""Every check, in the order in which they run; an id is never reused."""


@dataclass(frozen=True)
class Check:
    """A check and its page: what it finds, why that matters, and what to do."""

    id: str
    title: str
    severity: str
    since: str
    needs: str
    finds: str
    why: str
    remedy: str
    run: Callable[[Context], Iterator[Seen]]


def load_check(id: str) -> Check:
    """The check with an id.

    Raises:
        KeyError: no check has it.
    """
    if id not in IDS:
        raise KeyError(id)
    module = importlib.import_module(f"exoreg.lint.checks.{id.replace('-', '_')}")
    parts = inspect.cleandoc(module.__doc__ or "").split("\n\n")
    why = next(part for part in parts if part.startswith(_WHY))
    remedy = next(part for part in parts if part.startswith(_REMEDY))
    finds = "\n\n".join(part for part in parts if part not in (why, remedy))
    return Check(
        module.ID,
        module.TITLE,
        module.SEVERITY,
        module.SINCE,
        module.NEEDS,
        _flat(finds),
        _flat(why.removeprefix(_WHY)),
        _flat(remedy.removeprefix(_REMEDY)),
        module.check,
    )


_WHY, _REMEDY = "Why it matters:", "Remedy:"


def _flat(text: str) -> str:
    """Text with one line a paragraph, the first letter of it a capital."""
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return "\n\n".join(part[:1].upper() + part[1:] for part in paragraphs)
