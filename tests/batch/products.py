"""Random products for the tests of ``batch``, and what ``check`` says of each."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

from exoreg.engine.determine import determine
from exoreg.engine.store import CompiledBase
from exoreg.facts.product import Product, ProductError
from exoreg.facts.vocabulary import Fact, Vocabulary, WordError

DAY = date(2026, 11, 22)
ANSWER = ("status", "supply", "confidence", "decides", "rules")


def catalogue(vocabulary: Vocabulary, rows: int, seed: int, known: bool = False) -> dict[str, list[str]]:
    """Columns of random cells: leaves only when all is ``known``, else anything a person may write."""
    pick = random.Random(seed)
    columns: dict[str, list[str]] = {name: [] for name in vocabulary.facts}
    for _ in range(rows):
        source = pick.choice(vocabulary.facts["source"].leaves)
        for name, fact in vocabulary.facts.items():
            if not known:
                cell = _any_cell(fact, pick)
            elif name == "source":
                cell = source
            elif name == "donor":
                cell = pick.choice(vocabulary.donors(source))
            elif fact.is_set:
                cell = ";".join(pick.sample(fact.leaves, pick.choice([0, 1, 1, 2])))
            else:
                cell = pick.choice(fact.leaves)
            columns[name].append(cell)
    return columns


def _any_cell(fact: Fact, pick: random.Random) -> str:
    node = pick.choice(list(fact.nodes.values()))
    words = [
        "",
        "",
        "?",
        node.id,
        node.id,
        node.id.upper(),
        f" {pick.choice((*node.aliases, node.title))} ",
        "xyzzy",
    ]
    if fact.is_set and fact.id == "claims":
        words.append(";".join(pick.sample(list(fact.nodes), 2)))
    return pick.choices(words, [8, 8, 2, 20, 20, 4, 8, 1, *[8] * (len(words) - 8)])[0]


def expected(
    base: CompiledBase, cells: Mapping[str, str], region: str, day: date = DAY
) -> dict[str, str | None] | None:
    """The answer's columns as ``check`` gives them; None when it refuses the words."""
    stated = {
        fact: [word.strip() for word in cell.split(";")] for fact, cell in cells.items() if cell.strip()
    }
    try:
        product = Product.make(base.vocabulary, stated)
    except (WordError, ProductError):
        return None
    found = determine(base, product, region, day)
    rules = ";".join(found.outcome.grounds) if found.outcome else None
    values = (found.status, found.supply, found.confidence, found.decides, rules)
    return {name: value and str(value) for name, value in zip(ANSWER, values, strict=True)}
