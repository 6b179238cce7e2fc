"""Finds sources whose check cannot be followed: said to be read without naming a page, or on a day yet to come.

Looks at instruments and regulators' statements; that they have a pinpoint, an address and `verified` is their `shape`.

Why it matters: whoever doubts an answer must be able to read what was read.

Remedy: list the pages under `verified.at`, or say `how: memory`.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "unchecked-source"
TITLE = "Check of a source that cannot be followed"
SEVERITY = "warning"
SINCE = "0.1.0"
NEEDS = "items"


def check(context: Context) -> Iterator[Seen]:
    """Sources `seen` nowhere, or seen in the future."""
    base = context.base
    sources = [("instrument", id, item.verified) for id, item in base.instruments.items()]
    sources += [("statement", id, item.verified) for id, item in base.statements.items()]
    for kind, id, verified in sources:
        about = {"instrument": id} if kind == "instrument" else {}
        if verified.how == "seen" and not verified.at:
            place = base.place(kind, id, "verified", "how")
            yield Seen(place, f"{kind} `{id}` was read, and no page is named", **about)
        if verified.on > context.day:
            place = base.place(kind, id, "verified", "on")
            message = f"{kind} `{id}` was checked on {verified.on}, which is yet to come"
            yield Seen(place, message, "correct the day", **about)
