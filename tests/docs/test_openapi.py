"""The description against the app itself: its routes, its codes, its page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
import schemathesis
import tomllib

from bot.app import create_app
from bot.docs.description import read_description
from bot.knowledge.schema import Facet
from bot.wording import load_wording
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sanic import Sanic

ROOT = Path(__file__).parents[2]
API = ("api/", "channels/", "healthz", "readyz", "metrics")
DESCRIPTION = read_description()
SCHEMAS = DESCRIPTION.document["components"]["schemas"]


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url) as built:
        yield built


def parts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from parts(child)
    elif isinstance(node, list):
        for child in node:
            yield from parts(child)


def served(app: Sanic[Any, Any]) -> set[tuple[str, str]]:
    found = set()
    for route in app.router.routes:
        if route.path.startswith(API):
            path = "/" + re.sub(r"<(\w+)(:\w+)?>", r"{\1}", route.path).rstrip("/")
            found |= {(str(method), path) for method in route.methods}
    return found


async def test_exactly_what_is_served_is_described(gateway: Gateway) -> None:
    app = create_app(gateway.services, "described")
    app.router.finalize()
    described = {(one.method, one.path) for one in DESCRIPTION.operations()}
    assert described == served(app)


def test_the_document_is_valid_openapi() -> None:
    schemathesis.openapi.from_dict(DESCRIPTION.document).validate()
    for schema in SCHEMAS.values():  # OpenAPI's own schema does not look into these
        jsonschema_rs.meta.validate(schema)


def test_every_reference_leads_somewhere_and_every_component_is_used() -> None:
    document = DESCRIPTION.document
    used = {part["$ref"] for part in parts(document) if isinstance(part.get("$ref"), str)}
    kinds = {kind: found for kind, found in document["components"].items() if "sec" not in kind}
    assert used == {f"#/components/{kind}/{name}" for kind in kinds for name in kinds[kind]}


def test_operations_are_named_once_and_their_paths_name_their_parameters() -> None:
    operations = DESCRIPTION.operations()
    assert len({one.id for one in operations}) == len(operations)
    for one in operations:
        in_path = {given["name"] for given in one.parameters if given["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", one.path))


def test_every_example_is_of_its_form() -> None:
    registry = jsonschema_rs.Registry([("urn:api", DESCRIPTION.document)])
    for part in parts(DESCRIPTION.document):
        for example in part.get("examples", {}).values():
            schema = {"$ref": "urn:api" + part["schema"]["$ref"]}
            jsonschema_rs.Draft202012Validator(schema, registry=registry).validate(example["value"])


def test_it_knows_the_codes_and_words_that_the_code_knows() -> None:
    codes = {key.removeprefix("error_") for key in load_wording().places if "error_" in key}
    assert set(SCHEMAS["Error"]["properties"]["error"]["properties"]["code"]["enum"]) == codes
    assert SCHEMAS["Facet"]["enum"] == list(Facet)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert DESCRIPTION.document["info"]["version"] == version


async def test_the_document_is_served_as_json(gateway: Gateway) -> None:
    answer = await gateway.http.get("/docs/openapi.json")
    assert answer.json() == DESCRIPTION.document


async def test_the_page_shows_all_of_it_and_nothing_inline(gateway: Gateway) -> None:
    page = (await gateway.http.get("/docs")).text
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert ids >= {one.id for one in DESCRIPTION.operations()}
    assert ids >= {f"schema-{name}" for name in SCHEMAS}
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    assert not re.search(r"<script|<style|\bstyle=|\bon\w+=|https?://", page)
    assert '<html lang="en">' in page
    for path in re.findall(r'(?:href|src)="(/[^"]*)"', page):
        assert (await gateway.http.get(path)).status_code == 200
