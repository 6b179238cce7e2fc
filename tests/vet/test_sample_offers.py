"""The sample offers come out as the files beside them say: facts, claims, arguments, and what is no claim."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from exoreg.engine.store import CompiledBase
from exoreg.offer.product import State
from exoreg.offer.readers import read_offer
from exoreg.offer.reading import FOLDED
from exoreg.offer.vet import Vetting, vet
from exoreg.offer.wording import Quote

from .reading import DAY, OFFERS

NAMES = sorted(path.stem for path in OFFERS.glob("*.yaml"))
FUNCTIONS = ("skin-function", "hair-growth", "body-function")

_vettings: dict[str, Vetting] = {}


def vetting(base: CompiledBase, name: str) -> Vetting:
    """The vetting of a sample, made once."""
    if name not in _vettings:
        _vettings[name] = vet(base, read_offer(OFFERS / f"{name}.txt"), ["UK"], DAY)
    return _vettings[name]


def expected(name: str) -> dict[str, Any]:
    """What the file beside a sample says of it."""
    found: dict[str, Any] = yaml.safe_load(Path(OFFERS, f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def folded(labels: set[str], like: set[str]) -> set[str]:
    """The labels, the functions folded into one where the expectation folds them."""
    return {FOLDED[label] for label in labels} if "structure-function" in like else labels


def where(found: Vetting, words: str) -> tuple[int, int, int]:
    """The part and offsets at which words stand in a sample."""
    for number, part in enumerate(found.offer.parts):
        if words in part.text:
            start = part.text.index(words)
            return number, start, start + len(words)
    raise AssertionError(f"{words!r} does not stand in the offer")


def overlaps(quote: Quote, place: tuple[int, int, int]) -> bool:
    """Whether a quote touches a place."""
    return quote.part == place[0] and quote.start < place[2] and place[1] < quote.end


def test_there_are_samples_in_every_language() -> None:
    """English, Japanese and Korean samples are there to be held to."""
    assert len(NAMES) >= 12
    assert {expected(name)["language"] for name in NAMES} == {"en", "ja", "ko"}


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_of_a_sample(compiled: CompiledBase, name: str) -> None:
    """Source, donor, form, every way of use, and setting are those of the file."""
    found, wanted = vetting(compiled, name), expected(name)

    product = found.products[0]
    assert {p.values["source"] for p in found.products} == {(wanted["source"],)}
    assert {p.values["use"] for p in found.products} == {(use,) for use in wanted["use"]}
    assert product.values["donor"] == (wanted["donor"],)
    assert product.values["form"] == (wanted["form"],)
    assert product.values["setting"] == (wanted["setting"],), "the first reading is what the words say"


@pytest.mark.parametrize("name", NAMES)
def test_the_claims_of_a_sample(compiled: CompiledBase, name: str) -> None:
    """The set of claims is that of the file, each named span is read with its label, and no other text counts."""
    found, wanted = vetting(compiled, name), expected(name)
    counting = found.wording.counting

    claims = set(wanted["claims"])
    assert folded({claim.label for claim in counting}, claims) == claims
    for span in wanted["spans"]:
        touching = {c.label for c in counting if overlaps(c.quote, where(found, span["text"]))}
        assert span["label"] in folded(touching, {span["label"]}), span["text"]
    for words in wanted["not_claims"]:
        assert [c.quote.text for c in counting if overlaps(c.quote, where(found, words))] == [], words


@pytest.mark.parametrize("name", NAMES)
def test_the_arguments_of_a_sample(compiled: CompiledBase, name: str) -> None:
    """The seller's arguments are those of the file, no fewer and no more."""
    assert set(vetting(compiled, name).wording.arguments) == set(expected(name)["argument_ids"])


@pytest.mark.parametrize("name", NAMES)
def test_several_ways_of_use_are_a_conflict(compiled: CompiledBase, name: str) -> None:
    """More than one way of use is never taken for one."""
    state = vetting(compiled, name).facts["use"].state
    assert (state is State.CONFLICTING) == (len(expected(name)["use"]) > 1)
