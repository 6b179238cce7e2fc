"""``exoreg rules``: what people who write rules need."""

from __future__ import annotations

import click

from exoreg.cli import LazyGroup

COMMANDS = {
    "check": "lint, cases, gaps and conflicts in one report: what CI runs",
    "lint": "find what is wrong with rule files",
    "test": "run the cases of a rule base",
}


@click.group(cls=LazyGroup, package="exoreg.cli.rules_", lazy=COMMANDS)
def rules() -> None:
    """Check, test, compare and write rule files."""
