"""Synthetic rule bases and catalogues, with the real vocabulary."""

from __future__ import annotations

import random
from pathlib import Path
from shutil import copyfile
from typing import Any

import numpy as np
import pyarrow as pa
import yaml

from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.folders import shipped_rules

REGIONS = ("US", "UK", "EU", "JP", "KR")
STATUSES = ("drug", "unlawful", "undetermined", "cosmetic")
SUPPLIES = {
    "drug": "prohibited",
    "unlawful": "prohibited",
    "undetermined": "withhold",
    "cosmetic": "permitted",
}
FROM = "2000-01-01"


def vocabulary() -> Vocabulary:
    """The vocabulary that comes with exoreg."""
    return Vocabulary(yaml.safe_load((shipped_rules() / "vocabulary.yaml").read_text()))


def make_rules(per_region: int, seed: int = 1) -> dict[str, list[dict[str, Any]]]:
    """So many rules for each region, as the rule files have them.

    A rule names some sources, one or two uses, and sometimes claims, a setting, a form or a document: the mixture
    of the shipped rules. The last rule of a region holds always, so that no situation is without one.
    """
    pick, words = random.Random(seed), vocabulary()
    nodes = {name: list(fact.nodes) for name, fact in words.facts.items()}
    found: dict[str, list[dict[str, Any]]] = {}
    for region in REGIONS:
        rules = []
        for number in range(per_region - 1):
            when: dict[str, Any] = {"use": pick.sample(nodes["use"], pick.choice([1, 1, 2]))}
            if pick.random() < 0.8:
                when["source"] = pick.sample(nodes["source"], pick.choice([1, 1, 2, 4]))
            for fact, chance in (("claims", 0.4), ("setting", 0.25), ("form", 0.1), ("donor", 0.1)):
                if pick.random() < chance:
                    when[fact] = [pick.choice(nodes[fact])]
            if pick.random() < 0.08:
                when["evidence"] = [pick.choice(nodes["evidence"][:5])]
            rules.append(_rule(region, number, when, pick.choice(STATUSES)))
        found[region] = [*rules, _rule(region, per_region, {}, "cosmetic")]
    return found


def _rule(region: str, number: int, when: dict[str, Any], status: str) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": f"{region.lower()}.bench.rule-{number}",
        "title": f"Made rule {number}",
        "region": region,
        "when": when,
        "status": status,
        "because": "It was made up to measure with.",
        "cite": [f"{region.lower()}-bench"],
        "confidence": "high",
    }
    if status == "undetermined":
        rule["decides"] = "the regulator"
    return rule


def write_rules(folder: Path, rules: dict[str, list[dict[str, Any]]]) -> Path:
    """Writes a whole rule base."""
    folder.mkdir(parents=True, exist_ok=True)
    copyfile(shipped_rules() / "vocabulary.yaml", folder / "vocabulary.yaml")
    earliest = dict.fromkeys(REGIONS, FROM)
    meta = {
        "version": "2026.01.01",
        "reviewed": "2026-01-01",
        "review_by": "2026-12-31",
        "earliest": earliest,
    }
    _dump(folder / "rulebase.yaml", meta)
    for region, items in rules.items():
        instrument = {
            "id": f"{region.lower()}-bench",
            "region": region,
            "kind": "statute",
            "title": "Made act",
            "pinpoint": "section 1",
            "says": "It was made up to measure with.",
            "url": "https://example.org/act",
            "in_force": {"from": FROM},
            "regulator": "the regulator",
            "verified": {"how": "memory", "on": "2026-01-01", "confidence": "low"},
        }
        _dump(folder / "instruments" / f"{region.lower()}.yaml", [instrument])
        _dump(folder / region.lower() / "rules.yaml", items)
    return folder


def _dump(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))


def make_catalogue(rows: int, seed: int = 1, words: Vocabulary | None = None) -> pa.Table:
    """Products of which everything is known: an id, a name and the seven facts."""
    words = words or vocabulary()
    pick = np.random.default_rng(seed)
    sources = words.facts["source"].leaves
    pairs = [(source, donor) for source in sources for donor in words.donors(source)]
    pair = pick.integers(0, len(pairs), rows)
    columns: dict[str, Any] = {
        "id": pa.array(np.arange(rows)),
        "name": pa.array([f"Product {n:x}" for n in pick.integers(0, 1 << 40, rows).tolist()]),
        "source": pa.array([source for source, _ in pairs]).take(pa.array(pair)),
        "donor": pa.array([donor for _, donor in pairs]).take(pa.array(pair)),
    }
    for name in ("form", "use", "setting"):
        leaves = words.facts[name].leaves
        columns[name] = pa.array(leaves).take(pa.array(pick.integers(0, len(leaves), rows)))
    for name, sizes in (("claims", (1, 1, 1, 2, 3)), ("evidence", (0, 0, 0, 1, 2))):
        leaves = words.facts[name].leaves
        cells = list(
            {
                ";".join(sorted(pick.choice(leaves, size, replace=False).tolist()))
                for size in sizes
                for _ in range(100)
            }
        )
        columns[name] = pa.array(sorted(cells)).take(pa.array(pick.integers(0, len(cells), rows)))
    return pa.table(columns)
