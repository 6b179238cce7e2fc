"""The exit codes: part of the interface, one table in the README, one test each."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    FINDINGS = 1
    """Findings of `rules …`, a receipt that changed, or with `--exit-code` a supply that is not permitted."""
    USAGE = 2
    """Wrong usage: an unknown word, facts that contradict each other, a file that cannot be written."""
    NOTHING = 3
    """Nothing to read: no file, no text, no row."""
    UNSETTLED = 4
    """With `--exit-code`: undetermined or depends, and nothing worse."""
    RULE_BASE = 5
    """The rule base is invalid."""
    FAULT = 70
    """An internal fault."""
