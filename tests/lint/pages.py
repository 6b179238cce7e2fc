"""Writes ``docs/checks/`` from the docstrings of the checks and the examples here: ``python -m tests.lint.pages``."""

from __future__ import annotations

from pathlib import Path

from exoreg.lint.checks import IDS, load_check
from exoreg.lint.pages import page

HERE = Path(__file__).parent
PAGES = HERE.parent.parent / "docs" / "checks"

INTRODUCTION = """\
# The checks of `exoreg rules lint`

Each check has an id, a page here and an example that fails on it; the pages are generated from the docstrings in
`exoreg/lint/checks/` and the examples in `tests/lint/` by `python -m tests.lint.pages`. Each example lies over the
rule base of a small made-up country, `tests/lint/base`, in which nothing is wrong.

An **error** makes a rule base wrong or unfit to judge; a **warning** is very likely a mistake; a **note** is worth a
look. A finding about a rule or an instrument can be accepted there, with a reason and a last day:

```yaml
  ignore:
    - {check: redundant, reason: Patients ask for this law by name., until: 2027-01-31}
```

`--no-ignore` shows what is accepted so. What the loader finds (the first eleven) cannot be accepted.
Where part of a rule base cannot be read, checks that would judge the missing part are held back, and the summary
names them; all others still run.

| check | finds | severity |
|---|---|---|
"""


def pages() -> dict[str, str]:
    """Every page by its file name."""
    made = {f"{id}.md": page(id, HERE / id) for id in IDS}
    rows = [f"| [`{id}`]({id}.md) | {load_check(id).title} | {load_check(id).severity} |\n" for id in IDS]
    return {"README.md": INTRODUCTION + "".join(rows), **made}


if __name__ == "__main__":
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")
