"""What all tests share: the shipped rule base, read and compiled once."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from exoreg.engine.build import compile_base
from exoreg.engine.store import CompiledBase
from exoreg.law.load import load
from exoreg.law.rulebase import RuleBase

# A change is judged by the same examples each time; everywhere else new ones are tried.
settings.register_profile("fixed", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("fixed")


@pytest.fixture(scope="session")
def base() -> RuleBase:
    """The shipped rule base, read from its files."""
    return load()


@pytest.fixture(scope="session")
def compiled(base: RuleBase) -> CompiledBase:
    """The shipped rule base, compiled."""
    return CompiledBase(compile_base(base))
