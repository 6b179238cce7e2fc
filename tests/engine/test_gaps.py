"""Finding situations without a rule."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.engine.compile import compile_region
from exoreg.engine.compiled import CompiledRegion
from exoreg.engine.diagram import Diagram, always_concludes
from exoreg.law.rulebase import RuleBase


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), share=st.sampled_from([0.05, 0.3, 1.0]))
def test_the_quick_search_for_gaps_finds_what_the_diagram_finds(
    base: RuleBase, seed: int, share: float
) -> None:
    """Whatever rules fall away, the quick search and the whole diagram agree on whether there is a gap."""
    pick = random.Random(seed)
    lost = {id for id, rule in base.rules.items() if rule.region == "JP" and pick.random() > 1 - share / 9}
    fewer = replace(base, rules={id: rule for id, rule in base.rules.items() if id not in lost})
    region = CompiledRegion(compile_region(fewer, "JP"))
    whole = all(map(region.concludes, Diagram(region, base.vocabulary).alive))
    assert always_concludes(region, base.vocabulary) == whole
