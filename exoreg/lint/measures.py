"""The figures that ``exoreg rules check`` prints beside its findings: cases and how much they exercise."""

from __future__ import annotations

from exoreg.lint.context import Context
from exoreg.lint.coverage import coverage
from exoreg.lint.mutate import mutate


def measures(context: Context, mutants: bool) -> dict[str, str]:
    """Each figure by name, in words; those that need a whole rule base are left out where it could not be read.

    Args:
        context: the rule base.
        mutants: whether to flip everything that can be flipped and count what no case notices, which takes a while.
    """
    if context.whole is None or context.problems:
        return {}
    base = context.whole
    failed = sum(1 for run in context.cases if run.differences)
    found = {"cases": f"{len(context.cases) - failed} hold, {failed} fail"}
    report = coverage(base)
    exercised = sum(tally.exercised for tally in report.tallies.values())
    total = sum(tally.total for tally in report.tallies.values())
    found["coverage"] = f"{report.percent:.1f} % ({exercised} of {total} rules, overrides, values and dates)"
    if mutants and not failed:
        mutation = mutate(base)
        found["mutation score"] = (
            f"{mutation.score:.1f} % ({mutation.killed} of {mutation.counted} mutants killed)"
        )
    return found
