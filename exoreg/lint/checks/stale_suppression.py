"""Finds suppressions (`ignore` on a rule or instrument) that are past their day, name no check, or hold nothing back.

Why it matters: an exception that outlives its reason hides the next mistake.

Remedy: delete it; or, if the finding is still there and still accepted, give it a new day.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.law.messages import nearest
from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "stale-suppression"
TITLE = "Suppression that is stale"
SEVERITY = "warning"
SINCE = "0.1.0"
NEEDS = "items"


def check(context: Context) -> Iterator[Seen]:
    """Suppressions that do nothing any more; runs after all other checks."""
    for kind, id, number, suppression in context.suppressions:
        name = suppression.check
        if name not in context.known:
            key, message, help = "check", f"no check has the id `{name}`", nearest(name, context.known)
        elif suppression.until < context.day:
            key, message, help = "until", f"the suppression of `{name}` ended on {suppression.until}", ""
        elif name in context.ran and (kind, id, number) not in context.used:
            key, message, help = "check", f"the suppression of `{name}` holds nothing back", ""
        else:
            continue
        yield Seen(context.base.place(kind, id, "ignore", number, key), message, help, **{kind: id})
