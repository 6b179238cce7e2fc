"""``exoreg rules``: what people who write rules need."""

from __future__ import annotations

import click

from exoreg.cli import LazyGroup

COMMANDS = {
    "check": "lint, cases, gaps and conflicts in one report: what CI runs",
    "lint": "find what is wrong with rule files",
    "test": "run the cases of a rule base",
    "coverage": "what no case exercises: rules, overrides, values of facts, dates",
    "mutate": "flip one thing at a time and see whether any case notices",
    "fmt": "bring rule files into their one form",
    "new": "begin a rule, an instrument or a region",
    "schema": "JSON Schemas of rule files, for editors",
    "diff": "what two rule bases answer differently",
    "export": "the decision table as Parquet, with SQL that joins on it",
}


@click.group(cls=LazyGroup, package="exoreg.cli.rules_", lazy=COMMANDS)
def rules() -> None:
    """Check, test, compare and write rule files."""
