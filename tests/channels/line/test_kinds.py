"""Every kind of event in LINE's own description is handled, or calmly ignored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.channels.line.events import Kind, parse, restored
from tests.channels.line import openapi
from tests.channels.line.checked import CheckedLine
from tests.channels.line.webhooks import KEYS, OTHER_USER, USER, event, message, send, user
from tests.gateway import running

if TYPE_CHECKING:
    from pathlib import Path

FILE: Path = openapi.FOLDER / "webhook.yml"
HEARD = {"message", "postback", "follow", "unfollow", "unsend", "join", "leave"}
SOURCES = [
    {"type": "user", "userId": USER},
    {"type": "group", "groupId": "C" + "1" * 32, "userId": USER},
    {"type": "room", "roomId": "R" + "1" * 32},
]


def kinds(schema: str) -> list[str]:
    """What LINE's file names as the kinds of something."""
    if not FILE.exists():
        return []
    schemas = YAML(typ="safe", pure=True).load(FILE.read_text())["components"]["schemas"]
    return list(schemas[schema]["discriminator"]["mapping"])


def example(kind: str, source: dict[str, Any]) -> dict[str, Any]:
    """An event with all that any kind may carry."""
    return event(
        kind,
        source=source,
        message={"type": "text", "id": "1", "text": "はい", "quoteToken": "q"},
        postback={"data": "1:m:hours"},
        follow={"isUnblocked": False},
        unsend={"messageId": "1"},
        joined={"members": [{"type": "user", "userId": USER}]},
        left={"members": []},
        videoPlayComplete={"trackingId": "t"},
        beacon={"hwid": "h", "type": "enter"},
        link={"result": "ok", "nonce": "n"},
        membership={"type": "joined", "membershipId": 1},
        module={"type": "attached"},
        chatControl={"expireAt": 1},
        delivery={"data": "d"},
    )


@openapi.needs_file
async def test_every_kind_of_event_gets_its_200(redis_url: str) -> None:
    line = CheckedLine()
    async with running(redis_url, line, **KEYS) as gateway:
        for kind in [*kinds("Event"), "neverHeardOf"]:
            for source in SOURCES:
                assert (await send(gateway.http, example(kind, source))).status_code == 200
        for kind in [*kinds("MessageContent"), "neverHeardOf"]:
            sent = message({"type": kind, "text": "はい"}, source=user(OTHER_USER))
            assert (await send(gateway.http, sent)).status_code == 200
        await line.until(len(kinds("MessageContent")))
        counted = (await gateway.http.get("/metrics")).text
    assert 'bot_line_events_total{kind="other"}' in counted
    assert "neverHeardOf" not in counted
    assert "bot_work_failures_total 0.0" in counted or "bot_work_failures_total" not in counted


@openapi.needs_file
@pytest.mark.parametrize("kind", kinds("Event"))
def test_a_kind_is_heard_or_ignored(kind: str) -> None:
    body = json.dumps({"events": [example(kind, SOURCES[0])]}).encode()
    [inbound] = parse(body, frozenset())
    assert (inbound.event.kind is Kind.OTHER) is (kind not in HEARD - {"join", "leave"})


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(data=st.data())
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
def test_whatever_a_field_holds_it_is_read_or_ignored(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(HEARD)))
    sent = example(kind, data.draw(st.sampled_from(SOURCES)))
    for name in data.draw(st.sets(st.sampled_from(sorted(sent)), min_size=1, max_size=4)):
        sent[name] = data.draw(ANY)
    body = json.dumps({"events": [sent, data.draw(ANY)]}).encode()
    for inbound in parse(body, frozenset()):
        stored = json.loads(json.dumps(inbound.event.stored()))
        assert restored(stored) == inbound.event


def test_nothing_of_the_sender_gets_into_an_event() -> None:
    sent = (
        message({"type": "file", "fileName": "秘密.pdf"}),
        message({"type": "location", "address": "川崎区宮本町1", "latitude": 35.5}),
    )
    for inbound in parse(json.dumps({"events": sent}).encode(), frozenset()):
        assert not {USER, "秘密", "宮本町"} & set(str(inbound.event.stored()).split("'"))
        assert USER not in str(inbound.event.stored())
