"""A rule that only bars the supply is told as a reason, wherever it decides."""

from __future__ import annotations

from exoreg.engine.outcome import Row, conclude
from exoreg.law.terms import Status, Supply
from tests.cli.run import exoreg

COSMETIC = Row("xx.cosmetic.plain", status=Status.COSMETIC)
BAN = Row("xx.supply.ban", supply=Supply.PROHIBITED)
CONDITION = Row("xx.requires.paper", requires=("paper",))


def test_a_rule_that_alone_bars_the_supply_is_a_ground() -> None:
    """Nothing is prohibited without the rule that prohibits it among the grounds."""
    assert conclude([COSMETIC, BAN, CONDITION]).grounds == ("xx.cosmetic.plain", "xx.supply.ban")


def test_a_milder_supply_than_the_one_reached_is_no_ground() -> None:
    """A rule that speaks for a milder supply than the answer has is no reason for it."""
    trial = Row("xx.supply.trial", supply=Supply.TRIAL_ONLY)

    assert conclude([COSMETIC, BAN, trial]).grounds == ("xx.cosmetic.plain", "xx.supply.ban")


def test_the_answer_shows_the_rule_that_bars_the_supply() -> None:
    """A vial for research only is barred in the United Kingdom by a rule that the reader sees."""
    ran = exoreg("check", "--source", "centella", "--use", "injection", "--setting", "RUO", "--region", "UK")

    assert "United Kingdom: NOT SETTLED · PROHIBITED" in ran.out
    assert "Research use only is no leave to treat people" in ran.out
