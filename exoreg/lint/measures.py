"""The figures that ``exoreg rules check`` prints beside its findings: cases and how much they exercise."""

from __future__ import annotations

from exoreg.lint.context import Context


def measures(context: Context, mutate: bool) -> dict[str, str]:
    """Each figure by name, in words; none when the rules could not be read whole."""
    if context.whole is None or not context.rules_are_sound:
        return {}
    failed = sum(1 for run in context.cases if run.differences)
    return {"cases": f"{len(context.cases) - failed} hold, {failed} fail"}
