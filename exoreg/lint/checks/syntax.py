"""Finds files that cannot be read, and YAML that is not the strict YAML of rule files.

Not UTF-8, too large, nested too deeply, gone, or no plain file; a tab, a duplicate key, an anchor, an alias, a tag,
a second document, or anything that is not YAML at all. The other files are still checked.

Why it matters: plain YAML lets a duplicate key silently win and turns `NO` into false; law must not change that way.

Remedy: write the file as UTF-8 with spaces, one list, every text written out.
"""

from __future__ import annotations

from collections.abc import Iterator

from exoreg.lint.context import Context
from exoreg.lint.finding import Seen

ID = "syntax"
TITLE = "File that cannot be read as strict YAML"
SEVERITY = "error"
SINCE = "0.1.0"
NEEDS = "nothing"


def check(context: Context) -> Iterator[Seen]:
    """What the strict reader refused."""
    yield from context.found(ID)
