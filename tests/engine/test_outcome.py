"""Precedence, overrides and supply, on rules small enough to work out by hand."""

from __future__ import annotations

from itertools import permutations

from exoreg.engine.outcome import Row, conclude
from exoreg.law.terms import Confidence, Status, Supply

DRUG = Row("xx.drug.a", Status.DRUG)
BAN = Row("xx.ban.a", Status.UNLAWFUL)
DOUBT = Row("xx.doubt.a", Status.UNDETERMINED, decides="the authority")
COSMETIC = Row("xx.cosmetic.a", Status.COSMETIC, requires=("xx-cond-a",))


def test_a_medicine_comes_before_a_ban_before_a_doubt_before_a_permission() -> None:
    """The status is the first in the order of precedence; later ones are shown as even without that."""
    found = conclude([COSMETIC, DOUBT, BAN, DRUG])

    assert found.status is Status.DRUG
    assert found.grounds == ("xx.drug.a",)
    assert found.also == ("xx.ban.a", "xx.doubt.a", "xx.cosmetic.a")
    assert found.requires == ()


def test_the_order_of_rules_never_matters() -> None:
    """Every order of the same rules gives the same outcome."""
    rows = [DRUG, BAN, DOUBT._replace(overrides=("xx.ban.a",)), COSMETIC]

    assert len({conclude(order) for order in permutations(rows)}) == 1


def test_an_overridden_rule_overrides_nothing() -> None:
    """An exception to an exception restores the rule."""
    exception = Row("xx.ban.b", Status.UNLAWFUL, overrides=("xx.drug.a",))
    exception_to_it = Row("xx.doubt.b", Status.UNDETERMINED, overrides=("xx.ban.b",))

    assert conclude([DRUG, exception]).status is Status.UNLAWFUL
    assert conclude([DRUG, exception, exception_to_it]).grounds == ("xx.drug.a",)
    assert conclude([DRUG, exception, exception_to_it]).overridden == (("xx.ban.b", "xx.doubt.b"),)


def test_supply_is_the_strictest_of_the_grounds() -> None:
    """Two grounds of one status that differ in supply give the stricter one."""
    trial = Row("xx.drug.trial", Status.DRUG, Supply.TRIAL_ONLY)

    assert conclude([trial]).supply is Supply.TRIAL_ONLY
    assert conclude([trial, DRUG]).supply is Supply.PROHIBITED
    assert conclude([trial._replace(overrides=("xx.drug.a",)), DRUG]).supply is Supply.TRIAL_ONLY


def test_a_rule_without_a_status_can_only_tighten() -> None:
    """A bare supply never turns a prohibition into a permission."""
    loose = Row("xx.supply.loose", supply=Supply.PERMITTED)
    strict = Row("xx.supply.strict", supply=Supply.WITHHOLD)

    assert conclude([DRUG, loose]).supply is Supply.PROHIBITED
    assert conclude([COSMETIC, strict]).supply is Supply.WITHHOLD
    assert conclude([COSMETIC, strict]).requires == ()


def test_conditions_come_with_a_permission_only() -> None:
    """What must be shown is listed when supply is lawful, from grounds and from rules without a status."""
    extra = Row("xx.condition.a", requires=("xx-cond-b", "xx-cond-a"))

    assert conclude([COSMETIC, extra]).requires == ("xx-cond-a", "xx-cond-b")
    assert conclude([DOUBT, extra]).requires == ()


def test_a_permission_is_as_sure_as_its_least_sure_ground() -> None:
    """Any one ground is enough for a ban; a permission needs all of its grounds."""
    unsure = Row("xx.cosmetic.b", Status.COSMETIC, confidence=Confidence.LOW)

    assert conclude([COSMETIC, unsure]).confidence is Confidence.LOW
    assert (
        conclude([BAN, Row("xx.ban.b", Status.UNLAWFUL, confidence=Confidence.LOW)]).confidence
        is Confidence.HIGH
    )


def test_no_rule_is_a_gap() -> None:
    """Nothing effective that concludes a status gives no status, which loading refuses."""
    assert conclude([]).status is None
    assert conclude([Row("xx.caution.a", has_caution=True)]).status is None
