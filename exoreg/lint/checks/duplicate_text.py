"""Finds text that two items of one region share: a rule's title, reason or caution, or what a condition asks for.

Why it matters: two reasons in the same words are one reason printed twice, or a copy whose words were never adapted.

Remedy: say what is different about the second, or make one item of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "duplicate-text"
TITLE = "Text that stands twice"
SEVERITY = "warning"
SINCE = "0.1.0"
NEEDS = "items"


def check(context: Context) -> Iterator[Seen]:
    """The second and later items with the same text."""
    base = context.base
    first: dict[tuple[str, str, str], str] = {}
    for kind, id, region, texts in _items(context):
        for key, text in texts:
            folded = " ".join(text.split()).casefold()
            other = first.setdefault((base.chain(region)[-1], key, folded), id)
            if other != id:
                rule = id if kind == "rule" else None
                yield Seen(base.place(kind, id, key), f"`{key}` of `{id}` is that of `{other}`", rule=rule)


def _items(context: Context) -> Iterator[tuple[str, str, str, Iterable[tuple[str, str]]]]:
    for id, rule in context.base.rules.items():
        texts = {"title": rule.title, "because": rule.because, "caution": rule.caution}
        yield "rule", id, rule.region, [(key, text) for key, text in texts.items() if text]
    for id, condition in context.base.conditions.items():
        yield "condition", id, condition.region, [("ask", condition.ask)]
