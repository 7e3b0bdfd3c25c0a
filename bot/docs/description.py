"""The OpenAPI description as read from its file, and as the page needs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from ruamel.yaml import YAML

FILE = Path(__file__).parent / "openapi.yml"
_METHODS = ("get", "post", "put", "patch", "delete")
_CODE = re.compile(r"`([^`]+)`")

Part = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One method of one path, with all that holds for the whole path."""

    method: str
    path: str
    described: Part
    parameters: tuple[Part, ...]

    @property
    def id(self) -> str:
        """The operation's name, unique in the description."""
        return str(self.described["operationId"])


class Description:
    """The whole description."""

    def __init__(self, document: Part) -> None:
        """Takes the OpenAPI document."""
        self.document = document

    def resolve(self, part: Part) -> Part:
        """The part itself, or what its reference leads to, with what stands beside the latter."""
        if "$ref" not in part:
            return part
        found: Any = self.document
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return {**found, **{key: value for key, value in part.items() if key != "$ref"}}

    def operations(self, tag: str | None = None) -> list[Operation]:
        """The operations of a tag, or all of them, in the order of the file."""
        return [
            Operation(
                method.upper(),
                path,
                item[method],
                tuple(
                    self.resolve(parameter)
                    for parameter in (
                        *item.get("parameters", ()),
                        *item[method].get("parameters", ()),
                    )
                ),
            )
            for path, item in self.document["paths"].items()
            for method in item
            if method in _METHODS and (tag is None or tag in item[method]["tags"])
        ]


def read_description(file: Path = FILE) -> Description:
    """Reads the file; like any fault in it, a missing one stops the start."""
    return Description(YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")))


def prose(text: str) -> Markup:
    """Text for the page: a line is a paragraph, and what stands in backquotes is code."""
    lines = (_CODE.sub(r"<code>\1</code>", str(escape(line))) for line in text.splitlines() if line)
    return Markup("".join(f"<p>{line}</p>" for line in lines))  # noqa: S704 - escaped above


def schema_name(part: Part) -> str:
    """The name of the schema that a part refers to; empty if it stands there itself."""
    return str(part.get("$ref", "")).rpartition("/")[2]
