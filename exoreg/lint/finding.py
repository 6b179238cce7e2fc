"""What a check finds, and the report of a whole run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from exoreg.law.places import Place


class Severity(StrEnum):
    """How grave a finding is; the order is from the gravest.

    An error makes the rule base wrong or unfit to judge; a warning is very likely a mistake; a note is worth a look.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITY_RANK = {severity: rank for rank, severity in enumerate(Severity)}


class Seen(NamedTuple):
    """What a check saw at one place.

    ``remedy`` is what to do here, when the check can say more than its page does. ``rule`` or ``instrument`` is what
    the finding is about: it may be suppressed there.
    """

    place: Place
    message: str
    remedy: str = ""
    rule: str | None = None
    instrument: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: which check, how grave, where, what, why it matters, and what to do.

    ``end`` is the line and column just after the word at the place, where the word is known.
    """

    check: str
    severity: Severity
    place: Place
    end: tuple[int, int] | None
    message: str
    why: str
    remedy: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is known and accepted, for the reason and up to the day that the rule file states."""

    finding: Finding
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Totals:
    """How much was looked at."""

    files: int = 0
    rules: int = 0
    cases: int = 0
    checks: int = 0


@dataclass(frozen=True)
class Report:
    """Everything that a run of the checks found, in the order of the files.

    ``held_back`` names the checks that could not run, because what they judge could not be read whole.
    ``measures`` holds further lines of the summary, by name: coverage and the mutation score.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    held_back: tuple[str, ...] = ()
    totals: Totals = Totals()
    version: str | None = None
    sha256: str | None = None
    checks: tuple[str, ...] = ()
    measures: dict[str, str] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many findings of each severity there are."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity.value: found[severity] for severity in Severity}

    def fails(self, strict: bool = False) -> bool:
        """Whether the rule base does not pass: an error, or with ``strict`` a warning."""
        limit = Severity.WARNING if strict else Severity.ERROR
        return any(SEVERITY_RANK[finding.severity] <= SEVERITY_RANK[limit] for finding in self.findings)

    def summary(self) -> str:
        """The counts in one sentence."""
        counts = [f"{count} {word}{'s' if count != 1 else ''}" for word, count in self.counts().items()]
        totals = self.totals
        hidden = f"; {len(self.suppressed)} suppressed" if self.suppressed else ""
        return (
            f"{', '.join(counts)} in {totals.files} files, {totals.rules} rules and {totals.cases} cases "
            f"({totals.checks} checks){hidden}"
        )
