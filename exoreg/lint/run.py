"""Running the checks over a rule base: all of them in one go, suppressions applied, everything in a fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from exoreg.law.models import Suppression
from exoreg.law.places import Place
from exoreg.lint.checks import IDS, Check, load_check
from exoreg.lint.context import Context
from exoreg.lint.finding import Finding, Report, Seen, Severity, Suppressed, Totals


def lint(
    folders: Sequence[Path] = (), *, day: date, only: Sequence[str] = (), ignore: bool = True
) -> tuple[Report, Context]:
    """Runs the checks.

    Args:
        folders: the folders of rules, as ``exoreg.law.folders.resolve_folders`` understands them.
        day: the day on which reviews and suppressions are judged.
        only: the ids of the checks to run; all when empty.
        ignore: whether the suppressions in the files count.

    Returns:
        The report, and the context for whoever wants to measure more.

    Raises:
        RuleBaseError: a folder does not exist or holds no rule file.
    """
    context = Context(folders, day)
    findings: list[Finding] = []
    suppressed: list[Suppressed] = []
    held_back: list[str] = []
    for id in (id for id in IDS if not only or id in only):
        check = load_check(id)
        if not _can_run(check, context):
            held_back.append(id)
            continue
        for seen in check.run(context):
            finding = _finding(check, seen, context)
            suppression = _suppression(context, id, seen)
            if suppression is not None and ignore:
                suppressed.append(Suppressed(finding, suppression.reason, suppression.until))
            else:
                findings.append(finding)
        context.ran.add(id)
    base = context.whole
    report = Report(
        findings=tuple(sorted(dict.fromkeys(findings), key=_order)),
        suppressed=tuple(sorted(suppressed, key=lambda item: _order(item.finding))),
        held_back=tuple(held_back),
        totals=Totals(
            files=len(context.files),
            rules=len(base.rules) if base else 0,
            cases=sum(1 for _ in base.all_cases()) if base else 0,
            checks=len(context.ran),
        ),
        version=base.meta.version if base else None,
        sha256=base.sha256 if base else None,
        checks=tuple(id for id in IDS if id in context.ran),
    )
    return report, context


def _can_run(check: Check, context: Context) -> bool:
    if check.needs == "nothing":
        return True
    if context.whole is None:
        return False
    return {"items": True, "rules": context.rules_are_sound, "all": context.all_is_sound}[check.needs]


def _finding(check: Check, seen: Seen, context: Context) -> Finding:
    place = seen.place
    return Finding(
        check=check.id,
        severity=Severity(check.severity),
        place=place._replace(file=named(place.file)),
        end=context.end(place),
        message=seen.message,
        why=check.why,
        remedy=seen.remedy or check.remedy,
        rule=seen.rule,
    )


def named(file: str) -> str:
    """A file as it is called in a report: from the folder in which exoreg was started, where it lies below that."""
    try:
        return Path(file).resolve().relative_to(Path.cwd().resolve()).as_posix()
    except (ValueError, OSError):
        return Path(file).as_posix()


def _suppression(context: Context, check: str, seen: Seen) -> Suppression | None:
    """The suppression of a finding on what it is about, if one is still good; it then counts as used."""
    if check == "stale-suppression":
        return None
    about = {("rule", seen.rule), ("instrument", seen.instrument)}
    for kind, id, number, suppression in context.suppressions:
        if (kind, id) in about and suppression.check == check and suppression.until >= context.day:
            context.used.add((kind, id, number))
            return suppression
    return None


def _order(finding: Finding) -> tuple[Place, int, str]:
    return finding.place, IDS.index(finding.check), finding.message
