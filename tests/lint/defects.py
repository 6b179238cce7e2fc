"""Defects to inject into a rule base, one for every check: what a tired author might really do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from exoreg.law.folders import shipped_rules
from exoreg.law.load import LISTS
from exoreg.law.reading import read_yaml
from tests.lint.harness import HERE

Item = dict[str, Any]
FUTURE = "2099-01-01"


class Copy:
    """The shipped rules of one root region in a folder of their own, open to damage."""

    def __init__(self, region: str, folder: Path) -> None:
        """Copies the files; each is rewritten as JSON, which is YAML too, so that items are plain data."""
        self.region, self.folder = region, folder
        self.files: dict[Path, Any] = {}
        shipped = shipped_rules()
        for name in ("vocabulary.yaml", "rulebase.yaml", "arguments.yaml", region.lower(), *LISTS):
            source = shipped / name
            found = (
                sorted(source.rglob("*.yaml")) if source.is_dir() else [source] if source.is_file() else []
            )
            for file in found:
                if name in LISTS and file.stem not in (region.lower(), "arguments"):
                    continue
                document, _ = read_yaml(file)
                assert document is not None
                self.files[folder / file.relative_to(shipped)] = document.data
        words = self.files[folder / "vocabulary.yaml"]
        words["regions"] = [value for value in words["regions"] if value["id"] == region]
        about = self.files[folder / "rulebase.yaml"]
        about["earliest"] = {region: about["earliest"][region]}
        for file, data in self.files.items():
            self.write(file, data)

    def write(self, file: Path, data: Any) -> None:
        """Writes one file."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    def copied(self, folder: Path) -> Copy:
        """The same rules in another folder, to be damaged."""
        shutil.copytree(self.folder, folder)
        other = object.__new__(Copy)
        other.region, other.folder = self.region, folder
        other.files = {
            folder / file.relative_to(self.folder): json.loads(json.dumps(data))
            for file, data in self.files.items()
        }
        return other

    def save(self) -> None:
        """Writes all files."""
        for file, data in self.files.items():
            self.write(file, data)

    def items(self, kind: str) -> list[Item]:
        """All items of a kind, in all files."""
        lists = [
            data for file, data in self.files.items() if isinstance(data, list) and (self._kind(file) == kind)
        ]
        return [item for data in lists for item in data]

    def add(self, kind: str, item: Item) -> None:
        """Adds an item at the end of the first file of its kind."""
        next(
            data for file, data in self.files.items() if isinstance(data, list) and self._kind(file) == kind
        ).append(item)

    def _kind(self, file: Path) -> str:
        parts = file.relative_to(self.folder).parts
        return parts[0].removesuffix(".yaml") if parts[0].removesuffix(".yaml") in LISTS else "rules"

    @property
    def words(self) -> Any:
        """The vocabulary."""
        return self.files[self.folder / "vocabulary.yaml"]

    @property
    def about(self) -> Any:
        """The rule base as a whole."""
        return self.files[self.folder / "rulebase.yaml"]


class Draw:
    """Random choices."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def __call__(self, things: list[Any]) -> Any:
        """One of the things."""
        return things[self._data.draw(st.integers(0, len(things) - 1))]

    def rule(self, copy: Copy, which: Callable[[Item], object] = bool) -> Item:
        """A rule that is so."""
        found: Item = self([rule for rule in copy.items("rules") if which(rule)])
        return found


def leaf(draw: Draw, copy: Copy, fact: str) -> str:
    """A leaf of a fact."""

    def leaves(values: list[Any]) -> list[str]:
        return [id for v in values for id in (leaves(v["values"]) if v.get("values") else [v["id"]])]

    found: str = draw(leaves(next(f for f in copy.words["facts"] if f["id"] == fact)["values"]))
    return found


def new_rule(draw: Draw, copy: Copy, name: str = "injected", **more: Any) -> Item:
    """A harmless rule that cites what some rule cites, with one case at its edge at least."""
    region = copy.region
    id = f"{region.lower()}.{name}.rule"
    return {
        "id": id, "title": f"Injected {name}", "region": region, "because": f"It was injected as {name}.",
        "cite": draw.rule(copy, lambda rule: rule.get("status") and not rule.get("in_force"))["cite"],
        "confidence": "low", **more,
    }  # fmt: skip


def syntax(draw: Draw, copy: Copy) -> None:
    """An anchor at the top of a file."""
    file = draw(sorted(copy.files))
    copy.save()
    file.write_text("&top " + file.read_text(encoding="utf-8"), encoding="utf-8")
    copy.files.pop(file)


def shape(draw: Draw, copy: Copy) -> None:
    """A key gone."""
    del draw.rule(copy)["title"]


def duplicate_id(draw: Draw, copy: Copy) -> None:
    """An item copied and not renamed."""
    copy.add("rules", dict(draw.rule(copy)))


def reference(draw: Draw, copy: Copy) -> None:
    """A citation misspelt."""
    rule = draw.rule(copy)
    rule["cite"] = [*rule["cite"], "no-such-law"]


def unknown_word(draw: Draw, copy: Copy) -> None:
    """A word of a condition misspelt."""
    rule = draw.rule(copy)
    rule["when"] = {**(rule.get("when") or {}), "form": ["isolated-exosome"]}


def ambiguous_word(draw: Draw, copy: Copy) -> None:
    """An alias given to a second value."""
    value, other = copy.words["facts"][0]["values"][:2]
    word = leaf(draw, copy, "source")
    target = other if any(v["id"] == word for v in value.get("values", ())) else value
    target["aliases"] = [*target.get("aliases", ()), word.upper()]


def override_circle(draw: Draw, copy: Copy) -> None:
    """An override answered by another."""
    rule = draw.rule(copy, lambda rule: rule.get("overrides"))
    named = rule["overrides"]
    other = draw([named] if isinstance(named, str) else named)
    target = next(rule for rule in copy.items("rules") if rule["id"] == other)
    target["overrides"] = [rule["id"]]


def empty_rule(draw: Draw, copy: Copy) -> None:
    """A rule without a conclusion."""
    copy.add(
        "rules",
        new_rule(draw, copy, cases=[{"source": "rose", "use": "topical", "expect": {"not_grounds": []}}]),
    )
    case = copy.items("rules")
    next(rule for rule in case if ".injected." in rule["id"])["cases"][0]["expect"] = {
        "not_grounds": [f"{copy.region.lower()}.injected.rule"]
    }


def no_decider(draw: Draw, copy: Copy) -> None:
    """Nobody decides."""
    rule = new_rule(
        draw, copy, status="undetermined", supply="prohibited", when={"source": leaf(draw, copy, "source")}
    )
    copy.add("rules", {**rule, "cases": [{"source": rule["when"]["source"], "use": "topical", "expect": {}}]})


def impossible_case(draw: Draw, copy: Copy) -> None:
    """A case of a product that cannot be."""
    rule = draw.rule(copy)
    rule["cases"] = [
        *rule["cases"],
        {"source": "rose", "donor": "autologous", "use": "topical", "expect": {"status": "drug"}},
    ]


def set_too_wide(draw: Draw, copy: Copy) -> None:
    """More documents than can be told apart."""
    papers = [f"paper-{number}" for number in range(13)]
    evidence = next(fact for fact in copy.words["facts"] if fact["id"] == "evidence")
    evidence["values"] += [{"id": paper, "title": paper, "ask": "?", "who": "seller"} for paper in papers]
    case = {"source": leaf(draw, copy, "source"), "use": "topical", "evidence": "paper-1", "expect": {}}
    copy.add("rules", new_rule(draw, copy, caution="Papers.", when={"evidence": papers}, cases=[case]))


def region_prefix(draw: Draw, copy: Copy) -> None:
    """A condition named after another region."""
    copy.add(
        "conditions", {"id": "xx-cond-new", "region": copy.region, "title": "New", "ask": "Something new."}
    )


def control_characters(draw: Draw, copy: Copy) -> None:
    """A mark that turns the reading direction."""
    rule = draw.rule(copy)
    rule["because"] += draw(["\u202e", "\u200b", "\u0007"])


def unfinished(draw: Draw, copy: Copy) -> None:
    """A reminder that nobody came back to."""
    draw.rule(copy)["because"] = f"TODO {draw(['ask a lawyer', 'check the date'])}"


def uncited_law(draw: Draw, copy: Copy) -> None:
    """A reason without its source."""
    cited = [json.dumps(cite) for rule in copy.items("rules") for cite in rule["cite"]]
    del draw.rule(copy, lambda rule: all(cited.count(json.dumps(cite)) > 1 for cite in rule["cite"]))["cite"]


def outside_dates(draw: Draw, copy: Copy) -> None:
    """A source that began later than the rule that rests on it."""
    law = dict(draw(copy.items("instruments")))
    copy.add("instruments", {**law, "id": f"{copy.region.lower()}-late", "in_force": {"from": FUTURE}})
    rule = draw.rule(copy, lambda rule: len(rule["cite"]) == 1 and not rule.get("in_force", {}).get("to"))
    copy.add("rules", caution(draw, copy, "late", cite=[f"{copy.region.lower()}-late"]))
    assert rule


def permitted_from_memory(draw: Draw, copy: Copy) -> None:
    """Sources that nobody has read."""
    rule = draw.rule(copy, lambda rule: rule.get("status") == "cosmetic")
    for cite in rule["cite"]:
        id = cite["id"] if isinstance(cite, dict) else cite
        law = next(law for law in copy.items("instruments") if law["id"] == id)
        law["verified"] = {"how": "memory", "on": "2026-11-22"}


def unchecked_source(draw: Draw, copy: Copy) -> None:
    """A source read nowhere."""
    law = draw([law for law in copy.items("instruments") if law["verified"]["how"] == "seen"])
    law["verified"].pop("at")


def unused_instrument(draw: Draw, copy: Copy) -> None:
    """A source that nothing rests on."""
    law = dict(draw(copy.items("instruments")))
    copy.add("instruments", {**law, "id": f"{copy.region.lower()}-unused"})


def review_overdue(draw: Draw, copy: Copy) -> None:
    """A review forgotten."""
    copy.about["review_by"] = draw(["2026-11-21", "2020-01-01"])


def long_reason(draw: Draw, copy: Copy) -> None:
    """A reason that goes on."""
    draw.rule(copy)["because"] += " There is more to say. It is said here. It does not help."


def duplicate_text(draw: Draw, copy: Copy) -> None:
    """A title copied."""
    first, *others = copy.items("rules")
    draw(others)["title"] = first["title"].upper()


def caution(draw: Draw, copy: Copy, name: str = "injected", source: str = "", **more: Any) -> Item:
    """A rule that only cautions, with a case that it has a part in."""
    source = source or leaf(draw, copy, "source")
    id = f"{copy.region.lower()}.{name}.rule"
    case = {"source": source, "use": "topical", "expect": {"cautions": [id]}}
    rule = new_rule(draw, copy, name, caution=f"Caution: {name}.", when={"source": source}, cases=[case])
    return {**rule, **more}


def never_holds(draw: Draw, copy: Copy) -> None:
    """A plant with a donor."""
    when = {"source": draw(["rose", "plant", "synthetic"]), "donor": "autologous"}
    copy.add("rules", caution(draw, copy, when=when, cases=[edge(copy)]))


def edge(copy: Copy) -> Item:
    """A case that only shows where the injected rule ends."""
    id = f"{copy.region.lower()}.injected.rule"
    return {"source": "salmon", "use": "topical", "expect": {"not_cautions": [id]}}


def gap(draw: Draw, copy: Copy) -> None:
    """A way of use that no rule has heard of."""
    uses = next(fact for fact in copy.words["facts"] if fact["id"] == "use")
    uses["values"].append({"id": draw(["bath", "patch"]), "title": "new use"})


def conflict(draw: Draw, copy: Copy) -> None:
    """A permission beside a prohibition of the same status."""
    other = medicine_rule(draw, copy, but="drug")
    case = {**decided(other), "expect": {"grounds": [f"{copy.region.lower()}.injected.rule"]}}
    rule = new_rule(draw, copy, status="drug", supply="trial-only", when=other["when"], cases=[case])
    copy.add("rules", {**rule, "in_force": other.get("in_force", {}), "cite": other["cite"]})


def medicine_rule(draw: Draw, copy: Copy, but: str = "") -> Item:
    """A rule that makes a prohibited medicine of a product.

    What is injected beside it is overridden by the same rules, save those of the status ``but``.
    """
    other = draw.rule(copy, lambda r: r.get("status") == "drug" and not (r.get("supply") or r.get("caution")))
    for rule in copy.items("rules"):
        if other["id"] in rule.get("overrides", ()) and (not but or rule.get("status") != but):
            rule["overrides"] = [*rule["overrides"], f"{copy.region.lower()}.injected.rule"]
    return other


def decided(rule: Item) -> Item:
    """The first case of a rule that expects its status."""
    case = next(case for case in rule["cases"] if case["expect"].get("status") == rule["status"])
    return {key: value for key, value in case.items() if key != "expect"}


def shadowed(draw: Draw, copy: Copy) -> None:
    """A cosmetic rule where a medicine always comes first."""
    other = medicine_rule(draw, copy, but="drug")
    case = {**decided(other), "expect": {"also": [f"{copy.region.lower()}.injected.rule"]}}
    rule = new_rule(draw, copy, status="cosmetic", supply="prohibited", when=other["when"], cases=[case])
    copy.add("rules", {**rule, "in_force": other.get("in_force", {}), "cite": other["cite"]})


def redundant(draw: Draw, copy: Copy) -> None:
    """A rule said again in other words."""
    other = medicine_rule(draw, copy)
    case = {**decided(other), "expect": {"grounds": [f"{copy.region.lower()}.injected.rule"]}}
    copy.add("rules", {**other, **new_rule(draw, copy, cases=[case], cite=other["cite"], overrides=[])})


def idle_override(draw: Draw, copy: Copy) -> None:
    """An exception to something that never meets it."""
    copy.add("rules", caution(draw, copy, "aside", source="salmon"))
    copy.add("rules", caution(draw, copy, source="rose", overrides=[f"{copy.region.lower()}.aside.rule"]))


def missing_case(draw: Draw, copy: Copy) -> None:
    """The cases of a rule gone."""
    del draw.rule(copy)["cases"]


def idle_case(draw: Draw, copy: Copy) -> None:
    """A case that expects nothing."""
    rule = draw.rule(copy)
    rule["cases"] = [*rule["cases"], {"source": "rose", "use": "topical", "expect": {}}]


def failing_case(draw: Draw, copy: Copy) -> None:
    """A case with another status."""
    rule = draw.rule(copy, lambda rule: any(case["expect"].get("status") for case in rule["cases"]))
    case = draw([case for case in rule["cases"] if case["expect"].get("status")])
    case["expect"]["status"] = "cosmetic" if case["expect"]["status"] != "cosmetic" else "drug"


def entry(draw: Draw, copy: Copy, change: Callable[[Item], None]) -> None:
    """A small lexicon with one entry changed."""
    shutil.copytree(HERE / "lexicon-example" / "holds" / "lexicon", copy.folder / "lexicon")
    file = copy.folder / "lexicon/en/claims.yaml"
    document, _ = read_yaml(file)
    assert document is not None
    change(draw(document.data))
    copy.files[file] = document.data


def lexicon_shape(draw: Draw, copy: Copy) -> None:
    """A key gone, or a source misspelt."""
    entry(
        draw,
        copy,
        lambda item: item.update(draw([{"counter": []}, {"sources": ["zz-words"]}, {"kind": "x"}])),
    )


def lexicon_example(draw: Draw, copy: Copy) -> None:
    """An example that the entry does not read."""
    entry(
        draw, copy, lambda item: item.update(draw([{"example": "Nothing."}, {"counter": "It heals eczema."}]))
    )


def stale_suppression(draw: Draw, copy: Copy) -> None:
    """An exception whose day has passed, or that holds nothing back."""
    name, until = draw(
        [["gap", FUTURE], ["redundant", "2020-01-01"], ["redundent", FUTURE], ["syntax", FUTURE]]
    )
    draw.rule(copy)["ignore"] = [{"check": name, "reason": "known", "until": until}]


CONSEQUENCES = {
    "duplicate-id": {"duplicate-text"},
    "no-decider": {"redundant", "idle-case", "missing-case", "conflict", "failing-case", "shadowed"},
    "set-too-wide": set(),
    "conflict": {"redundant"},
    "shadowed": set(),
    "redundant": set(),
    "gap": {"failing-case"},
    "failing-case": {"missing-case"},
}
"""What else a defect may rightly bring about; everything else must be silent."""
