"""The page of a check in ``docs/checks/``, as Markdown."""

from __future__ import annotations

from pathlib import Path

from exoreg.lint.checks import load_check
from exoreg.render.document import harmless


def page(id: str, examples: Path) -> str:
    """The page of a check.

    Args:
        id: the check.
        examples: a folder whose folders ``fails`` and ``holds`` become snippets.

    Raises:
        KeyError: no check has the id.
    """
    check = load_check(id)
    parts = [
        f"# {check.id}: {check.title.lower() if check.title[1].islower() else check.title}",
        f"Severity: {check.severity}. Since {check.since}.",
        check.finds,
        f"**Why it matters.** {check.why}",
        f"**Remedy.** {check.remedy}",
        *("## Fails", *_snippets(examples / "fails")),
        *("## Holds", *_snippets(examples / "holds")),
    ]
    return "\n\n".join(parts) + "\n"


def _snippets(folder: Path) -> list[str]:
    """Each file of a folder as a snippet; the words and regions of an example are too long to be told in full."""
    parts = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        text = harmless(file.read_text(encoding="utf-8")).rstrip()
        if file.name == "vocabulary.yaml":
            text = _differing(text, (folder.parent.parent / "base" / file.name).read_text(encoding="utf-8"))
        parts.append(f"`{file.relative_to(folder).as_posix()}`\n\n```yaml\n{text}\n```")
    return parts


def _differing(text: str, usual: str) -> str:
    known = set(usual.split("\n"))
    lines = [line for line in text.split("\n") if line not in known]
    return "\n".join(["# … as usual, but for:", *lines])
