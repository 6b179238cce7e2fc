"""JSON Schemas of the rule files, made from the models and the vocabulary, for editors.

They are a help while writing: the loader remains the judge. Each value of a fact carries its title, which editors
show on hover.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from exoreg.facts.vocabulary import Tree, Vocabulary
from exoreg.law import models
from exoreg.law.load import LISTS, MAPPINGS, RULES

KINDS = (RULES[0], *(kind for kind, _ in LISTS.values()), "rulebase", "vocabulary")
"""Every kind of rule file, by the name of its schema."""

Shorthand = Callable[[JsonSchemaValue], list[JsonSchemaValue]]

SHORTHANDS: Mapping[Any, Shorthand] = {
    models._listed: lambda full: [full["items"], full],
    models._choice: lambda full: [{"type": "string"}, {"type": "array", "items": {"type": "string"}}, full],
    models._citation: lambda full: [{"type": "string"}, full],
    models._year: lambda full: [full, {"type": "integer"}],
}
"""What a file may say beside the full form of a value, by the function that reads it."""


class _Generator(GenerateJsonSchema):
    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        full = self.generate_inner(schema["schema"])
        shorthand = SHORTHANDS.get(schema["function"]["function"])
        return {"anyOf": shorthand(full)} if shorthand else full


def kind_of(head: str) -> str:
    """The name of the schema of the files under a folder, or of a file, at the top of a rule base."""
    return head if head in ("rulebase", "vocabulary") else LISTS.get(head, RULES)[0]


def schema(kind: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema of one kind of rule file.

    Raises:
        KeyError: there is no such kind.
    """
    models_of: dict[str, Any] = dict((*LISTS.values(), RULES))
    models_of |= {name.removesuffix(".yaml"): model for name, model in MAPPINGS.items()}
    model = models_of[kind]
    whole: Any = model if f"{kind}.yaml" in MAPPINGS else list[model]  # type: ignore[valid-type]
    made = TypeAdapter(whole).json_schema(by_alias=True, schema_generator=_Generator)
    made = _plain(made)
    named: dict[str, Any] = {}
    for name, part in {model.__name__: made.get("items", made), **made.get("$defs", {})}.items():
        _name_words(name, part, vocabulary, named)
    if named:
        made["$defs"] = {**made.get("$defs", {}), **named}
    about = f"A file of {kind}s." if f"{kind}.yaml" not in MAPPINGS else made.pop("description", "")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"exoreg {kind}",
        "description": about,
        "$comment": "Made by `exoreg rules schema`; change the models or the vocabulary, not this file.",
    }
    return {**head, **{key: value for key, value in made.items() if key not in head}}


def written(kind: str, vocabulary: Vocabulary) -> str:
    """The schema of one kind as the text of its file."""
    return json.dumps(schema(kind, vocabulary), indent=2, ensure_ascii=False) + "\n"


def _plain(node: Any) -> Any:
    """A schema without invented titles, null alternatives and null defaults, which only clutter what editors show."""
    if isinstance(node, list):
        return [_plain(part) for part in node]
    if not isinstance(node, dict):
        return node
    node = {
        key: {name: _plain(part) for name, part in value.items()}
        if key in ("properties", "$defs")
        else _plain(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str))
        and not (key == "default" and value in (None, [], ()))
    }
    choices = node.get("anyOf")
    if choices and {"type": "null"} in choices:
        left = [choice for choice in choices if choice != {"type": "null"}]
        rest = {key: value for key, value in node.items() if key != "anyOf"}
        node = {**rest, **left[0]} if len(left) == 1 else {**rest, "anyOf": left}
    return node


def _name_words(model: str, part: Any, vocabulary: Vocabulary, named: dict[str, Any]) -> None:
    """Names the words of the vocabulary wherever a model speaks of facts or regions; ``named`` collects them."""
    properties = part.get("properties", {})
    if "region" in properties:
        about = properties["region"]["description"]
        properties["region"] = {"description": about, **_words(vocabulary.regions, named)}
    if model not in ("When", "Case"):
        return
    for name, tree in vocabulary.facts.items():
        one = _words(tree, named)
        if model == "Case":
            one = {"anyOf": [one, {"enum": ["unknown", "?"], "enumDescriptions": ["not known", "not known"]}]}
        several: dict[str, Any] = {"type": "array", "items": one}
        choices = [one, several]
        if model == "When":
            either = {"anyOf": [one, several]}
            parts = {
                "is": {"description": "Any of these.", **either},
                "not": {"description": "None of these.", **either},
            }
            choices.append(
                {"type": "object", "additionalProperties": False, "minProperties": 1, "properties": parts}
            )
        properties[name] = {"description": properties[name].get("description", tree.says), "anyOf": choices}


def _words(tree: Tree, named: dict[str, Any]) -> dict[str, Any]:
    """A reference to the words of a tree, each with its title and explanation."""
    words = {node.id: node.title + (f": {node.says}" if node.says else "") for node in tree.nodes.values()}
    named[f"words-{tree.id}"] = {"enum": list(words), "enumDescriptions": list(words.values())}
    return {"$ref": f"#/$defs/words-{tree.id}"}
