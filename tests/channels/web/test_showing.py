"""What a citizen gets who asks for readings and plain Japanese, by the API and by the stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.channels.web.showing import asked_for
from bot.conversation.model import Draft, Offer, Outcome, Role
from bot.conversation.ports import EngineReply
from bot.errors import RequestError
from tests.desk.test_api import operator
from tests.gateway import Citizen, Gateway, parse_events, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOON = "2021-04-01T12:00:00+09:00"
ANSWER = Draft(
    Role.BOT,
    "市が始めます。",
    outcome=Outcome.ANSWER,
    offers=(Offer("時期", {"intent": "ask", "initiative": "sdgs", "facet": "schedule"}),),
    easy="市が　します。",
)
RUBY = [["市", "し"], ["が", None], ["始", "はじ"], ["めます。", None]]
EASY_RUBY = [["市", "し"], ["が　します。", None]]


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        built.engine.prepared["何を？"] = [EngineReply(ANSWER)]
        built.engine.prepared["人と話したい"] = [
            EngineReply(Draft(Role.BOT, "", outcome=Outcome.HANDOFF), effect="handoff")
        ]
        yield built


async def read(citizen: Citizen, wanted: str) -> list[dict[str, Any]]:
    answer = await citizen.http.get(citizen.url(f"messages{wanted}"), headers=citizen.headers)
    assert answer.status_code == 200
    messages: list[dict[str, Any]] = answer.json()["messages"]
    return messages


async def test_without_asking_nothing_is_added(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    await citizen.ask("何を？")
    for wanted in ("", "?with="):
        _, said = await read(citizen, wanted)
        assert not {"ruby", "easy", "easy_ruby"} & said.keys()
        assert said["choices"][0].keys() == {"label", "choice"}


@pytest.mark.parametrize(
    ("wanted", "added"),
    [
        ("?with=ruby", {"ruby": RUBY}),
        ("?with=easy", {"easy": ANSWER.easy}),
        ("?with=ruby,easy", {"ruby": RUBY, "easy": ANSWER.easy, "easy_ruby": EASY_RUBY}),
        ("?with=easy,ruby,ruby", {"ruby": RUBY, "easy": ANSWER.easy, "easy_ruby": EASY_RUBY}),
    ],
)
async def test_what_is_asked_for_is_added(
    gateway: Gateway, wanted: str, added: dict[str, Any]
) -> None:
    citizen = await gateway.citizen()
    await citizen.ask("何を？")
    asked, said = await read(citizen, wanted)
    _, bare = await read(citizen, "")
    assert not {"ruby", "easy", "easy_ruby"} & asked.keys()
    [choice] = said["choices"]
    assert ("label_ruby" in choice) == ("ruby" in wanted)
    assert choice.pop("label_ruby", [["時期", "じき"]]) == [["時期", "じき"]]
    assert ("label_easy" in choice) == ("easy" in wanted)
    assert choice.pop("label_easy", "いつ") == "いつ"
    assert ("label_easy_ruby" in choice) == ("easy_ruby" in added)
    assert choice.pop("label_easy_ruby", [["いつ", None]]) == [["いつ", None]]
    assert said == {**bare, **added}


async def test_the_stream_adds_the_same(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    await citizen.ask("何を？")
    expected = await read(citizen, "?with=ruby,easy")
    url = citizen.url("events?with=ruby,easy")
    got = []
    async with citizen.http.stream("GET", url, headers=citizen.headers) as stream:
        async for kind, data in parse_events(stream):
            if kind == "message":
                got.append(data)
            if len(got) == 2:
                break
    assert got == expected


async def test_operators_and_the_system_get_readings_and_the_desk_sees_none(
    gateway: Gateway,
) -> None:
    citizen, sato = await gateway.citizen(), await operator(gateway)
    await citizen.ask("人と話したい")
    await sato.post(f"conversations/{citizen.id}/claim")
    body = {"client_message_id": "1", "text": "担当の方に伺います。"}
    await sato.post(f"conversations/{citizen.id}/messages", **body)
    said = await read(citizen, "?with=ruby,easy")
    by_role = {message["role"]: message for message in said}
    assert by_role["operator"]["ruby"][:3] == [["担当", "たんとう"], ["の", None], ["方", "かた"]]
    assert "easy" not in by_role["operator"]
    assert by_role["system"]["easy"].startswith("職員（市で　はたらく　人）の")
    assert by_role["bot"]["easy"].startswith("今、答える　職員（市で　はたらく　人）が　いません。")
    seen = await sato.get(f"conversations/{citizen.id}")
    assert all("easy" not in message for message in seen["messages"])


@pytest.mark.parametrize("wanted", ["rubi", "ruby,", "ruby,EASY", "easy ruby", "ルビ", "ruby;easy"])
async def test_an_unknown_word_is_refused(gateway: Gateway, wanted: str) -> None:
    citizen = await gateway.citizen()
    for path in ("messages", "events"):
        answer = await citizen.http.get(
            citizen.url(path), params={"with": wanted}, headers=citizen.headers
        )
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] == "missing_field"
        assert "with" in answer.json()["error"]["message"]


def test_the_words_are_read_strictly() -> None:
    assert asked_for(None) == asked_for("") == frozenset()
    with pytest.raises(RequestError):
        asked_for(",")
