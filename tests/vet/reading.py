"""What the tests of vetting share: an offer from words, its vetting, and the schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from exoreg.engine.store import CompiledBase
from exoreg.offer.document import Offer, Part, Unread
from exoreg.offer.vet import Vetting, vet

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
OFFERS = ROOT / "evaluation" / "offers"
DAY = date(2026, 11, 22)


def offer(*texts: str, unread: Sequence[Unread] = (), hidden: str | None = None) -> Offer:
    """An offer with one page for each text; ``hidden`` hides the last."""
    parts = [Part(text, f"page {number}") for number, text in enumerate(texts, 1)]
    if hidden:
        parts[-1] = Part(parts[-1].text, parts[-1].where, hidden)
    return Offer("offer", "0" * 64, "text", tuple(parts), tuple(unread))


def vetted(
    base: CompiledBase,
    *texts: str,
    regions: Sequence[str] = ("UK",),
    by_hand: Mapping[str, Sequence[str]] | None = None,
    unread: Sequence[Unread] = (),
    hidden: str | None = None,
) -> Vetting:
    """The vetting of an offer with these pages."""
    return vet(base, offer(*texts, unread=unread, hidden=hidden), regions, DAY, by_hand)


def check_schema(name: str, data: Any, part: str = "") -> None:
    """Holds data against a schema of the repository.

    Raises:
        jsonschema.ValidationError: it does not fit.
    """
    files = {path.name: json.loads(path.read_text()) for path in SCHEMAS.glob("*.schema.json")}
    registry: Registry[Any] = Registry().with_resources(
        (file, Resource.from_contents(content)) for file, content in files.items()
    )
    file = f"exoreg.{name}.1.schema.json"
    Draft202012Validator.check_schema(files[file])
    Draft202012Validator({"$ref": f"{file}{part}"}, registry=registry).validate(data)
