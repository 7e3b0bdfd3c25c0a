"""LINE's own OpenAPI file as JSON schemas that a validator understands, discriminators and all.

OpenAPI says with a discriminator which kind of object it is; JSON Schema says it with if and then.
A kind may have no property that the file does not name.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[4] / "shared" / "line"
_PREFIX = "#/components/schemas/"
_PLAIN = "__plain"

# LINE's files are LINE's: they are not ours to carry, and a newcomer's clone is without them.
needs_file = pytest.mark.skipif(
    not (FOLDER / "messaging-api.yml").exists(),
    reason="LINE's OpenAPI files are not beside the repository (../shared/line)",
)


@cache
def validator(schema: str, file: str = "messaging-api.yml") -> jsonschema_rs.Validator:
    """A validator for one schema of the file."""
    document = YAML(typ="safe", pure=True).load((FOLDER / file).read_text(encoding="utf-8"))
    schemas = document["components"]["schemas"]
    kinds = {name for name, one in schemas.items() if "discriminator" in one}
    definitions = {name: _schema(one, kinds) for name, one in schemas.items()}
    for name in kinds:
        plain = definitions[name]
        definitions[name + _PLAIN] = plain
        definitions[name] = _kind(schemas[name], plain)
    return jsonschema_rs.validator_for({"$ref": f"#/$defs/{schema}", "$defs": definitions})


def problems(schema: str, instance: Any) -> list[str]:
    """What is wrong with an object under one schema of `messaging-api.yml`."""
    return [str(error) for error in validator(schema).iter_errors(instance)]


def _kind(schema: dict[str, Any], plain: dict[str, Any]) -> dict[str, Any]:
    """A schema that goes on to the schema of the kind that the object names."""
    discriminator = schema["discriminator"]
    name, mapping = discriminator["propertyName"], discriminator["mapping"]
    return {
        "allOf": [
            plain,
            {"required": [name], "properties": {name: {"enum": list(mapping)}}},
            *(_then(name, kind, ref) for kind, ref in mapping.items()),
        ]
    }


def _then(name: str, kind: str, ref: str) -> dict[str, Any]:
    there = {"$ref": ref.replace(_PREFIX, "#/$defs/"), "unevaluatedProperties": False}
    return {"if": {"properties": {name: {"const": kind}}}, "then": there}


def _schema(schema: Any, kinds: set[str], *, inherited: bool = False) -> Any:
    """References in the validator's form; a kind's base is only its plain properties."""
    if isinstance(schema, list):
        return [_schema(one, kinds, inherited=inherited) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return dict(_entries(schema, kinds, inherited=inherited))


def _entries(
    schema: dict[str, Any], kinds: set[str], *, inherited: bool
) -> Iterator[tuple[str, Any]]:
    for key, value in schema.items():
        if key == "$ref":
            name = value.removeprefix(_PREFIX)
            plain = _PLAIN if inherited and name in kinds else ""
            yield key, f"#/$defs/{name}{plain}"
        elif key not in {"discriminator", "externalDocs", "format", "description", "default"}:
            yield key, _schema(value, kinds, inherited=key == "allOf")
        elif isinstance(value, dict) and key == "description":
            yield key, _schema(value, kinds)  # a property of that name, no documentation
