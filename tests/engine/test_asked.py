"""What is asked of facts that are not known."""

from __future__ import annotations

from datetime import date

from exoreg.engine.determine import determine
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product


def test_only_donors_that_the_source_can_have_are_open(compiled: CompiledBase) -> None:
    """Of a human source whose donor is not known, "no human donor" is no answer that stays open."""
    stated = {"source": "umbilical", "use": "topical", "donor": "?"}
    product = Product.make(compiled.vocabulary, stated)

    for region in compiled.vocabulary.regions.nodes:
        found = determine(compiled, product, region, date(2026, 11, 22))
        assert all(lead.possible for question in found.questions for lead in question.leads_to)
        assert "not-applicable" not in {leaf.leaf for leaf in found.by_leaf or ()}
