"""Writes the parts of the documents that follow from the rule base and the commands.

``python docs/generate.py`` rewrites them; ``--check`` only says whether they are current (a test does).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from exoreg.cli import COMMANDS
from exoreg.cli.rules import COMMANDS as RULES_COMMANDS
from exoreg.law.load import load
from exoreg.law.rulebase import RuleBase

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Rewrites every marked part, or with ``--check`` returns 1 when one is not current."""
    base = load()
    parts = {
        ("README.md", "regions"): regions_table(base),
        ("README.md", "commands"): commands_table(),
        ("docs/limitations.md", "counts"): counts_table(base),
    }
    stale = []
    for (name, mark), text in parts.items():
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        pattern = re.compile(rf"(<!-- {mark}: [^>]*-->\n).*?(<!-- /{mark} -->)", re.S)
        new = pattern.sub(lambda found, text=text: found[1] + text + found[2], old)
        if new != old:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(new, encoding="utf-8")
    if "--check" in sys.argv and stale:
        print(f"not current: {', '.join(stale)}; run `python docs/generate.py`")
        return 1
    return 0


def regions_table(base: RuleBase) -> str:
    """What is encoded for each region, reviewed when, and how much of it was read at the source."""
    lines = [
        "| region | encoded from | rules | instruments | read at the source | seller's arguments | cases | reviewed |",
        "|---|---|---|---|---|---|---|---|",
    ]
    cases = Counter(case.region or (rule.region if rule else "") for case, rule, _ in base.all_cases())
    for root in base.vocabulary.regions.values:
        within = {node.id for node in root.walk()}
        parts = ", ".join(node.title for node in root.values)
        instruments = [item for item in base.instruments.values() if item.region in within]
        seen = sum(item.verified.how == "seen" for item in instruments)
        rules = sum(rule.region in within for rule in base.rules.values())
        answers = sum(region in within for _, region in base.answers)
        count = sum(number for region, number in cases.items() if region in within)
        title = f"{root.title}" + (f" ({parts})" if parts else "")
        lines.append(
            f"| {title} | {base.meta.earliest[root.id]} | {rules} | {len(instruments)} | "
            f"{seen} ({100 * seen // len(instruments)} %) | {answers} | {count} | {base.meta.reviewed} |"
        )
    return "\n".join(lines) + "\n"


def counts_table(base: RuleBase) -> str:
    """Instruments by region and by how they were verified, and which are from memory."""
    lines = ["| region | seen | memory | from memory |", "|---|---|---|---|"]
    for root in base.vocabulary.regions.values:
        within = {node.id for node in root.walk()}
        instruments = [item for item in base.instruments.values() if item.region in within]
        memory = [f"`{item.id}`" for item in instruments if item.verified.how == "memory"]
        lines.append(
            f"| {root.title} | {len(instruments) - len(memory)} | {len(memory)} | {', '.join(memory)} |"
        )
    return "\n".join(lines) + "\n"


def commands_table() -> str:
    """Every command with its line of help."""
    lines = ["| command | does |", "|---|---|"]
    lines += [f"| `exoreg {name}` | {help} |" for name, help in COMMANDS.items() if name != "rules"]
    lines += [f"| `exoreg rules {name}` | {help} |" for name, help in RULES_COMMANDS.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
