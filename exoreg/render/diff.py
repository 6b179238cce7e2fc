"""The difference of two rule bases as a report and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from exoreg.facts.vocabulary import Tree, Vocabulary
from exoreg.law.rulebase import RuleBase
from exoreg.law.terms import DEFAULT_SUPPLY, Status
from exoreg.lint.diff import Answer, Cluster, Days, Difference, Group
from exoreg.render.document import Block, Document, Heading, Item, Items, Span, Tone, paragraph, spans

DIFF = "exoreg.rules-diff/1"
"""The format of the data."""

PART_NAMES = {
    "confidence": "confidence",
    "grounds": "grounds",
    "also": "further grounds",
    "requires": "conditions",
    "cautions": "cautions",
    "decides": "deciders",
    "statements": "statements",
}
"""What the parts of an answer are called."""

LINES = 8
"""About this many lines tell the changed answers; what has more to say is told in one line each."""

FEW = 3
"""At most this many groups of one cluster are told in full, unless all are asked for."""

MOST = 30
"""No more lines than this, unless all are asked for."""

WORDS = 5
"""At most this many words for the values of one fact, unless all are asked for."""


def diff_data(found: Difference) -> dict[str, Any]:
    """The difference as plain data."""
    return {
        "schema": DIFF,
        "old": _about(found.old),
        "new": _about(found.new),
        "permits": found.permits,
        "regions": [
            {
                "region": region.region,
                "situations": region.total,
                "changed": region.changed,
                "left_out": region.left_out,
                "other_reasons": region.reasons,
                "other_reasons_in": list(region.reason_parts),
                "other_reasons_rules": list(region.reason_rules),
            }
            for region in found.regions
        ],
        "changes": [
            {
                "regions": list(cluster.regions),
                "rules": list(cluster.rules),
                "ways": [
                    {"old": _answer_data(old), "new": _answer_data(new), "situations": count}
                    for old, new, count in cluster.counts
                ],
                "groups": [_group_data(group) for group in cluster.groups],
            }
            for cluster in found.clusters
        ],
    }


def _about(base: RuleBase) -> dict[str, str]:
    return {"version": base.meta.version, "sha256": base.sha256}


def _answer_data(answer: Answer) -> dict[str, str | None]:
    return {"status": answer[0], "supply": answer[1] or None}


def _group_data(group: Group) -> dict[str, Any]:
    return {
        "old": _answer_data(group.old),
        "new": _answer_data(group.new),
        "facts": {fact: list(leaves) for fact, leaves in group.facts},
        "contains": {fact: list(leaves) for fact, leaves in group.contains},
        "lacks": {fact: list(leaves) for fact, leaves in group.lacks},
        "days": None if group.days is None else [{"from": first, "to": last} for first, last in group.days],
        "situations": group.situations,
    }


def diff_document(found: Difference, everything: bool = False) -> Document:
    """The difference as a report; ``everything`` leaves nothing out, however long it gets."""
    title = "Behaviour of the rule base"
    if not found:
        return Document(title, (Heading(title, 1), paragraph("No answer changes, nor any reason for one.")))
    blocks: list[Block] = [Heading(title, 1)]
    if found.permits:
        warning = "Something becomes permitted that was not."
        blocks.append(paragraph(Span(warning, Tone.DRUG)))
    lines = list(_cluster_lines(found, everything))
    shown = lines if everything else lines[:MOST]
    if shown:
        blocks.append(Items(tuple(shown)))
    else:
        blocks.append(paragraph("No answer changes."))
    blocks += _footer(found, len(lines) - len(shown))
    return Document(title, tuple(blocks))


def _cluster_lines(found: Difference, everything: bool) -> Iterator[Item]:
    # Each cluster takes one line; those with few groups are told in full while there is room.
    spare = LINES - len(found.clusters)
    in_full: set[int] = set()
    for number, cluster in sorted(enumerate(found.clusters), key=lambda pair: len(pair[1].groups)):
        if everything or (len(cluster.groups) <= FEW and len(cluster.groups) - 1 <= max(spare, 0)):
            spare -= len(cluster.groups) - 1
            in_full.add(number)
    vocabulary = found.new.vocabulary
    for number, cluster in enumerate(found.clusters):
        rules = _listed(cluster.rules, 3)
        if number in in_full:
            for group in cluster.groups:
                yield _line(
                    vocabulary, cluster.regions, [(group.old, group.new, None)], group, rules, everything
                )
        else:
            yield _line(
                vocabulary,
                cluster.regions,
                cluster.counts,
                _hull(cluster),
                rules,
                everything,
                len(cluster.groups),
            )


def _line(
    vocabulary: Vocabulary,
    regions: Sequence[str],
    ways: Sequence[tuple[Answer, Answer, int | None]],
    group: Group,
    rules: str,
    everything: bool,
    several: int = 1,
) -> Item:
    most = 1000 if everything else WORDS
    facts = dict(group.facts)
    told = [_places(vocabulary, regions)]
    for name in ("use", "source", "donor", "setting", "form"):
        if name in facts and not set(vocabulary.facts[name].leaves) <= set(facts[name]):
            told.append(_words(vocabulary.facts[name], facts[name], most))
    contains, lacks = dict(group.contains), dict(group.lacks)
    when = [
        _holding(vocabulary.facts[fact], verb, contains.get(fact, ()), lacks.get(fact, ()))
        for fact, verb in (("claims", "contain"), ("evidence", "contains"))
        if fact in contains or fact in lacks
    ]
    condition = f", when {' and '.join(when)}" if when else ""
    days = f", {_days(group.days)}" if group.days is not None else ""
    parts: list[str | Span] = [Span(" · ".join(told), Tone.STRONG), ": "]
    # An answer that many situations leave is named once.
    for number, (old, new, count) in enumerate(ways):
        same = number > 0 and ways[number - 1][0] == old
        parts.append("," if same else "; " if number else "")
        parts += [Span("" if same else _answer(old, new)), " → ", Span(_answer(new, old), _tone(new))]
        parts.append(f" ({count:,})" if count is not None else "")
    size = f"{group.situations:,} situations" if several == 1 else f"told in {several} groups by --all"
    parts.append(f"{condition}{days} ({size}; {rules})")
    return Item(spans(*parts))


def _holding(fact: Tree, verb: str, contains: Sequence[str], lacks: Sequence[str]) -> str:
    """What a set must hold and must not, in words."""
    known = [leaf for leaf in lacks if leaf in fact.nodes]
    words = [*fact.compress(known), *(leaf for leaf in lacks if leaf not in fact.nodes)]
    without = _listed(words, len(words), " or ") if words else ""
    if not contains:
        return f"{fact.id} {verb} no {without}"
    return f"{fact.id} {verb} {' and '.join(contains)}" + (f" but not {without}" if without else "")


def _hull(cluster: Cluster) -> Group:
    """The smallest box around all groups of a cluster."""
    first = cluster.groups[0]
    facts = {fact: set(leaves) for fact, leaves in first.facts}
    for group in cluster.groups[1:]:
        others = {fact: set(leaves) for fact, leaves in group.facts}
        facts = {fact: leaves | others[fact] for fact, leaves in facts.items() if fact in others}
    days = [group.days for group in cluster.groups]
    return Group(
        facts=tuple((fact, tuple(leaves)) for fact, leaves in facts.items()),
        contains=_shared([group.contains for group in cluster.groups]),
        lacks=_shared([group.lacks for group in cluster.groups]),
        days=days[0] if all(each == days[0] for each in days) else None,
        old=first.old,
        new=first.new,
        situations=sum(count for *_, count in cluster.counts),
    )


Pairs = tuple[tuple[str, tuple[str, ...]], ...]


def _shared(each: Sequence[Pairs]) -> Pairs:
    """The words that all groups name."""
    found = []
    for fact, leaves in each[0]:
        kept = tuple(leaf for leaf in leaves if all(leaf in dict(pairs).get(fact, ()) for pairs in each))
        if kept:
            found.append((fact, kept))
    return tuple(found)


def _footer(found: Difference, hidden: int) -> Iterator[Block]:
    if hidden:
        yield paragraph(f"And {hidden} more kinds of change; --all shows them.")
    left_out = sum(region.left_out for region in found.regions)
    if left_out:
        yield paragraph(f"{left_out:,} more situations change in groups too many to tell.")
    changed = _by_region(found, lambda region: (region.changed, region.total))
    if changed:
        told = "; ".join(f"{places} {count:,} of {total:,}" for (count, total), places in changed)
        yield paragraph(f"Situations with another answer on some day: {told}.", note=True)
    reasons = _by_region(found, lambda region: (region.reasons, (region.reason_parts, region.reason_rules)))
    if reasons:
        told = "; ".join(
            f"{places} {count:,}, in {_listed([PART_NAMES[part] for part in parts], len(parts))} ({_listed(rules, 3)})"
            for (count, (parts, rules)), places in reasons
        )
        yield paragraph(f"Situations with the same answer for other reasons: {told}.")


def _by_region(found: Difference, tell: Any) -> list[tuple[Any, str]]:
    """What there is to tell of the regions, those of which the same is told together."""
    same: dict[Any, list[str]] = {}
    for region in found.regions:
        what = tell(region)
        if what[0]:
            same.setdefault(what, []).append(region.region)
    return [(what, _places(found.new.vocabulary, regions)) for what, regions in same.items()]


def _places(vocabulary: Vocabulary, regions: Sequence[str]) -> str:
    """Regions in words: one stands for all within it, or says which within it are not meant."""
    tree = vocabulary.regions
    wanted = set(regions)
    words = []
    for region in regions:
        if region not in tree.nodes:
            words.append(region)
        elif wanted.isdisjoint(tree.path(region)[1:]):
            outside = [value.id for value in tree.nodes[region].walk() if value.id not in wanted]
            words.append(f"{region} outside {' and '.join(outside)}" if outside else region)
    return " and ".join(words)


def _answer(answer: Answer, other: Answer) -> str:
    """A status, with the supply where it says more than the status does."""
    status, supply = answer
    usual = DEFAULT_SUPPLY.get(Status(status)) if status in set(Status) else ""
    return f"{status}, {supply}" if supply and (supply != usual or status == other[0]) else status


def _tone(answer: Answer) -> Tone:
    return Tone(answer[0]) if answer[0] in set(Status) else Tone.STRONG


def _words(tree: Tree, leaves: Sequence[str], most: int) -> str:
    """Leaves as the fewest nodes, or as all but the fewest, whichever is shorter."""
    known = [leaf for leaf in leaves if leaf in tree.nodes]
    words = [*tree.compress(known), *(leaf for leaf in leaves if leaf not in tree.nodes)]
    others = tree.compress([leaf for leaf in tree.leaves if leaf not in known])
    if len(others) < len(words):
        return f"any {tree.id} but {_listed(others, most)}"
    return _listed(words, most, " or ")


def _listed(words: Sequence[str], most: int, last: str = " and ") -> str:
    if len(words) > most + 1:
        return f"{', '.join(words[:most])}{last}{len(words) - most} more"
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + last + words[-1]


def _days(days: Days) -> str:
    return " and ".join(
        f"until {last}" if first is None else f"from {first}" if last is None else f"{first} to {last}"
        for first, last in days
    )
