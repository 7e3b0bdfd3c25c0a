"""The running API against its description, with requests made up from the description."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import hypothesis.strategies as st
import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from bot.adapters.redis.erasure import RedisErasure
from bot.conversation.model import Draft, Offer, Outcome, Role
from bot.conversation.ports import EngineReply
from bot.docs.description import read_description
from bot.desk.accounts import OperatorRole
from tests.desk.test_api import HANDOFF, NOON, OPINION, Operator, operator
from tests.desk.test_canned import supervisor
from tests.gateway import Citizen, Gateway, parse_events, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


EXAMPLES = 25
NO_CREDENTIALS, MADE_UP_PATH, OTHER_PATH = range(3)
"""What one request in eight each is sent with; all others meet what there is."""
IN_BODIES = {"claim_id", "to"}
"""What a body names that has to be there."""
CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
MET = {
    "GET /api/conversations/{conversation_id}/events": {401},
    "GET /api/desk/events": {401},
    "GET /readyz": {503},
    "POST /channels/line/webhook": {404},
    "POST /api/desk/login": {401},
    "POST /api/desk/tickets/{receipt}/reopen": {409},
    "POST /api/desk/password": {403},
}
"""What an operation must have answered at least once, where it is no success."""
KNOWN_FIELDS = {
    **{"version": 0, "due_at": "2021-04-02T21:00:00+09:00", "assignee": "sato"},
    "name": "ito",
}
"""What the body of a request has to name as it is."""
SOURCE = {"title": "令和3年度 市政執行の基本的な考え方", "section": "2", "paragraph": 3}
ANSWER = Draft(
    Role.BOT,
    "目標は実質ゼロです。",
    outcome=Outcome.ANSWER,
    initiative="carbon_zero",
    facet="target",
    sources=(SOURCE,),
    offers=(Offer("時期", {"intent": "ask", "facet": "schedule"}),),
    easy="目標は　ゼロです。",
)


def strict_document() -> dict[str, Any]:
    """The description with every field that it does not name forbidden."""
    document: dict[str, Any] = deepcopy(read_description().document)
    for schema in document["components"]["schemas"].values():
        if schema.get("type") == "object":
            schema.setdefault("additionalProperties", False)
    return document


DOCUMENT = strict_document()
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.fixture(params=["one server", pytest.param("cluster", marks=pytest.mark.slow)])
async def gateway(request: pytest.FixtureRequest) -> AsyncIterator[Gateway]:
    """Over each shape of Redis: on a cluster, what touches two hash tags at once fails."""
    if request.param == "cluster":
        cluster = request.getfixturevalue("redis_cluster")
        cluster.empty()
        url = cluster.url
    else:
        url = request.getfixturevalue("redis_url")
    async with running(url, BOT_NOW=NOON) as built:
        built.engine.prepared["目標は？"] = [EngineReply(ANSWER)]
        built.engine.prepared["人と話したい"] = [HANDOFF]
        built.engine.prepared["公園を増やして"] = [OPINION]
        yield built


async def scene(gateway: Gateway) -> tuple[Citizen, Operator, dict[str, list[str]]]:
    """A claimed conversation with some of everything in it, another that waits, and a ticket."""
    citizen, other = await gateway.citizen(), await gateway.citizen()
    sato = await operator(gateway, role=OperatorRole.SUPERVISOR)
    await operator(gateway, "suzuki")
    for text in ("目標は？", "公園を増やして", "人と話したい"):
        await citizen.ask(text)
    await sato.post(f"conversations/{citizen.id}/claim")
    await other.ask("人と話したい")
    messages = (await citizen.read())["messages"]
    [ticket] = (await sato.get("tickets"))["tickets"]
    known = {
        "conversation_id": [citizen.id, other.id],
        "message_id": [message["id"] for message in messages],
        "receipt": [ticket["receipt"]],
        "canned_id": ["greeting"],
        "claim_id": [sato.claims[citizen.id] or ""],
        "to": ["suzuki"],
        "name": ["suzuki"],
    }
    return citizen, sato, known


def credentials(path: str, citizen: Citizen, sato: Operator) -> dict[str, str]:
    """What opens an operation; streams stay shut, because they would not end."""
    if path.endswith("/events"):
        return {}
    if "/desk/" not in path:
        return citizen.headers
    session = sato.http.cookies["desk_session"]
    return {"cookie": f"desk_session={session}", "x-csrf-token": sato.csrf}


def fuzz(
    operation: Any,
    base: str,
    headers: dict[str, str],
    known: dict[str, list[str]],
    seen: set[int],
) -> Callable[[], None]:
    """Sends an operation requests that fit its description, and some that do not."""
    modes = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(modes), data=st.data())
    def test(case: Any, data: st.DataObject) -> None:
        chance = data.draw(st.integers(0, 7))
        sent = {} if chance == NO_CREDENTIALS else headers
        for name in case.path_parameters or {}:
            if chance != MADE_UP_PATH:
                case.path_parameters[name] = known[name][-1 if chance == OTHER_PATH else 0]
        for name in IN_BODIES & (case.body.keys() if isinstance(case.body, dict) else set()):
            if chance != MADE_UP_PATH:
                case.body[name] = known[name][0]
        if chance not in {MADE_UP_PATH, OTHER_PATH} and isinstance(case.body, dict):
            case.body |= {name: KNOWN_FIELDS[name] for name in case.body if name in KNOWN_FIELDS}
        answer = case.call_and_validate(base, headers=sent, checks=CHECKS)
        # Only this one may say 503 here: no actions run, and elsewhere Redis would have failed.
        assert answer.status_code < 500 or operation.path == "/readyz"
        seen.add(answer.status_code)

    return test


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS, ids=[found.label for found in OPERATIONS])
async def test_the_api_does_what_its_description_says(gateway: Gateway, operation: Any) -> None:
    citizen, sato, known = await scene(gateway)
    headers = credentials(operation.path, citizen, sato)
    base = str(gateway.http.base_url)
    seen: set[int] = set()
    await asyncio.to_thread(fuzz(operation, base, headers, known, seen))
    assert seen & MET.get(operation.label, {200, 201, 202, 204}), seen


STREAMS = {
    "/api/conversations/{conversation_id}/events": {"message", "state", "typing"},
    "/api/desk/events": {
        *("changed", "lines", "activity", "gone"),
        *("message", "state", "typing", "delivery"),
    },
}


@pytest.mark.parametrize("path", STREAMS)
async def test_streams_send_the_described_events(gateway: Gateway, path: str) -> None:
    citizen, sato, known = await scene(gateway)
    delivery = f"bot:{{{citizen.id}}}:delivery"
    await gateway.services.redis.hset(delivery, known["message_id"][0], "sent")
    described = DOCUMENT["paths"][path]["get"]["responses"]["200"]
    answer = read_description().resolve(described)
    schemas = answer["content"]["text/event-stream"]["x-events"]
    assert set(schemas) == STREAMS[path]
    headers = citizen.headers if "/desk/" not in path else {}
    url = f"{path.format(conversation_id=citizen.id)}?conversation={citizen.id}"
    missing = set(schemas)
    async with sato.http.stream("GET", url + asked_with(path), headers=headers) as stream:
        async for kind, data in parse_events(stream):
            conforms(data, schemas[kind])
            if kind == "state":
                await sato.post(f"conversations/{citizen.id}/typing")
            missing.discard(kind)
            if not missing:
                return
            if missing == {"gone"}:
                await RedisErasure(gateway.services.redis).erase(citizen.id)


def asked_with(path: str) -> str:
    """What can be asked for beside the messages' texts, so that it is checked too."""
    return "" if "/desk/" in path else "?with=ruby,easy"


def conforms(data: Any, schema: dict[str, Any]) -> None:
    registry = jsonschema_rs.Registry([("urn:api", DOCUMENT)])
    here = {"$ref": "urn:api" + schema["$ref"]}
    jsonschema_rs.Draft202012Validator(here, registry=registry).validate(data)
