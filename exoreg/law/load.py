"""From folders of rule files to a ``RuleBase``: find, read, check the shape, overlay, check the references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from exoreg.facts.vocabulary import Vocabulary
from exoreg.law.folders import digest, resolve_folders, rule_files
from exoreg.law.messages import explain
from exoreg.law.models import (
    Answer,
    Argument,
    Case,
    Condition,
    Effect,
    Instrument,
    Meta,
    Register,
    Rule,
    Statement,
    VocabularyFile,
)
from exoreg.law.places import Place, Problem, RuleBaseError
from exoreg.law.reading import Document, read_yaml
from exoreg.law.references import check_references
from exoreg.law.rulebase import RuleBase

LISTS: dict[str, tuple[str, type[BaseModel]]] = {
    "instruments": ("instrument", Instrument),
    "conditions": ("condition", Condition),
    "arguments": ("argument", Argument),
    "answers": ("answer", Answer),
    "statements": ("statement", Statement),
    "authorised": ("register", Register),
    "effects": ("effect", Effect),
    "cases": ("case", Case),
}
"""Folder (or file at the top) to what its files list; every other folder lists rules."""

RULES: tuple[str, type[BaseModel]] = ("rule", Rule)
MAPPINGS: dict[str, type[BaseModel]] = {"rulebase.yaml": Meta, "vocabulary.yaml": VocabularyFile}


def load(folders: Sequence[Path] = ()) -> RuleBase:
    """Reads a rule base: the shipped one, or with folders laid over it or in its place.

    Raises:
        RuleBaseError: anything is wrong; all problems of all files are listed.
    """
    base, problems = try_load(folders)
    if problems or base is None:
        raise RuleBaseError(problems)
    return base


def try_load(folders: Sequence[Path] = ()) -> tuple[RuleBase | None, list[Problem]]:
    """Like ``load``, but returns what could be read together with the problems, for a report of everything."""
    chosen = resolve_folders(folders)
    loader = _Loader()
    for layer, folder in enumerate(chosen):
        loader.read_folder(folder, layer)
    return loader.finish(digest(chosen), chosen)


class _Loader:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.items: dict[str, dict[Any, Any]] = {kind: {} for kind, _ in (*LISTS.values(), RULES)}
        self.where: dict[tuple[str, Any], tuple[Document, int]] = {}
        self.layer: dict[tuple[str, Any], int] = {}
        self.mappings: dict[str, Any] = {}
        self.documents: list[Document] = []

    def read_folder(self, folder: Path, layer: int) -> None:
        for path in rule_files(folder):
            document, problems = read_yaml(path)
            self.problems += problems
            if document is None:
                continue
            self.documents.append(document)
            name = path.relative_to(folder)
            if name.as_posix() in MAPPINGS:
                self._read_mapping(document, name.as_posix())
            else:
                head = name.parts[0] if len(name.parts) > 1 else name.stem
                self._read_list(document, *LISTS.get(head, RULES), layer=layer)

    def _read_mapping(self, document: Document, name: str) -> None:
        value = self._validate(document, document.data, MAPPINGS[name], ())
        if value is not None:
            self.mappings[name] = (value, document)

    def _read_list(self, document: Document, kind: str, model: type[BaseModel], layer: int) -> None:
        if document.data is None:
            return
        if not isinstance(document.data, list):
            self.problems.append(
                Problem(document.place(), f"expected a list of {kind}s, found a mapping or text")
            )
            return
        for index, data in enumerate(document.data):
            value = self._validate(document, data, model, (index,))
            if value is None:
                continue
            id = _identity(value)
            if id is None:
                self.problems.append(Problem(document.place((index,)), f"{kind} without an `id`"))
                continue
            key = (kind, id)
            if key in self.where and self.layer[key] == layer:
                first = self.where[key][0].place((self.where[key][1], "id"))
                shown = " for ".join(id) if isinstance(id, tuple) else id
                self.problems.append(
                    Problem(
                        document.place((index, "id")),
                        f"{kind} `{shown}` is defined twice",
                        f"first at {first}",
                        "duplicate-id",
                    )
                )
                continue
            self.items[kind][id], self.where[key], self.layer[key] = value, (document, index), layer

    def _validate(self, document: Document, data: Any, model: type[BaseModel], path: tuple[int, ...]) -> Any:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for detail in error.errors():
                message, help, at_key = explain(detail, model)
                place = document.place((*path, *detail["loc"]), key=at_key)
                self.problems.append(Problem(place, message, help))
            return None

    def finish(self, sha256: str, folders: Iterable[Path]) -> tuple[RuleBase | None, list[Problem]]:
        for name in MAPPINGS:
            if name not in self.mappings:
                if not self.problems:
                    self.problems.append(Problem(Place(name), f"the rule base has no `{name}`"))
                return None, self.problems
        meta, _ = self.mappings["rulebase.yaml"]
        _, document = self.mappings["vocabulary.yaml"]
        items = self.items
        base = RuleBase(
            meta=meta,
            vocabulary=Vocabulary(document.data),
            instruments=items["instrument"],
            rules=items["rule"],
            conditions=items["condition"],
            arguments=items["argument"],
            answers=items["answer"],
            statements=items["statement"],
            registers=items["register"],
            effects=items["effect"],
            cases=items["case"],
            sha256=sha256,
            folders=tuple(str(folder) for folder in folders),
            documents=tuple(self.documents),
            where=self.where,
        )
        # A dangling reference to an item that failed its own check would be noise: mend the shape first.
        problems = self.problems or list(check_references(base))
        return base, problems


def _identity(value: Any) -> Any:
    if isinstance(value, Answer):
        return (value.argument, value.region)
    if isinstance(value, Register):
        return value.region
    return value.id
