"""The citizen's API as a client sees it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.conversation.model import Draft, Offer, Outcome, Role
from bot.conversation.ports import EngineReply
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOON = "2021-04-01T12:00:00+09:00"


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        yield built


async def test_a_question_is_accepted_and_answered(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    [reply] = await citizen.ask("こんにちは")
    assert reply["role"] == "bot"
    assert reply["outcome"] == "smalltalk"
    assert reply["at"].startswith("2021-04-01T12:00")
    read = await citizen.read()
    assert read["state"] == "bot"
    assert [m["text"] for m in read["messages"]] == ["こんにちは", "「こんにちは」ですね。"]


async def test_the_same_client_message_id_is_one_message_even_raced(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    body = {"client_message_id": "same", "text": "一度だけ"}
    answers = await asyncio.gather(*(citizen.post(**body) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["message_id"] for answer in answers}) == 1
    await citizen.ask("次")
    texts = [m["text"] for m in (await citizen.read())["messages"]]
    assert texts == ["一度だけ", "「一度だけ」ですね。", "次", "「次」ですね。"]


async def test_a_choice_is_opaque_and_its_label_is_said(gateway: Gateway) -> None:
    offer = Offer("時期", {"intent": "ask", "initiative": "sdgs", "facet": "schedule"})
    draft = Draft(Role.BOT, "どれですか。", outcome=Outcome.CLARIFY, offers=(offer,))
    gateway.engine.prepared["SDGs"] = [EngineReply(draft)]
    citizen = await gateway.citizen()
    [question] = await citizen.ask("SDGs")
    [choice] = question["choices"]
    assert choice["label"] == "時期"
    assert "sdgs" not in choice["choice"]
    assert (await citizen.post(choice=choice["choice"])).status_code == 202
    said = (await citizen.read())["messages"]
    assert "時期" in [message["text"] for message in said]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": ""}, "empty_text"),
        ({"text": " \u200b\u3000"}, "empty_text"),
        ({"text": "あ" * 2001}, "text_too_long"),
        ({"text": 5}, "missing_field"),
        ({}, "missing_field"),
        ({"text": "\ud800"}, "invalid_characters"),
        ({"text": "はい", "client_message_id": ""}, "missing_field"),
        ({"text": "はい", "client_message_id": 7}, "missing_field"),
        ({"choice": "made-up"}, "unknown_choice"),
        ({"choice": {"intent": "ask"}}, "unknown_choice"),
    ],
)
async def test_bad_messages_get_a_japanese_error_and_store_nothing(
    gateway: Gateway, body: dict[str, Any], code: str
) -> None:
    citizen = await gateway.citizen()
    answer = await citizen.post(**body)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == code
    assert any("ぁ" <= letter <= "ん" for letter in error["message"])
    assert (await citizen.read())["messages"] == []


@pytest.mark.parametrize("content", [b"{", b"[]", b'"text"', b"\xff\xfe", b""])
async def test_malformed_json_is_400(gateway: Gateway, content: bytes) -> None:
    citizen = await gateway.citizen()
    answer = await gateway.http.post(
        citizen.url("messages"), content=content, headers=citizen.headers
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_json")


async def test_a_choice_of_another_conversation_was_never_offered_here(gateway: Gateway) -> None:
    one, other = await gateway.citizen(), await gateway.citizen()
    draft = Draft(Role.BOT, "?", outcome=Outcome.MENU, offers=(Offer("x", {"intent": "menu"}),))
    gateway.engine.prepared["menu"] = [EngineReply(draft)]
    [reply] = await one.ask("menu")
    assert (await other.post(choice=reply["choices"][0]["choice"])).status_code == 400


@pytest.mark.parametrize(
    "text", ["/restart", '/ask{"initiative": "sdgs"}', "<script>alert(1)</script>", "😀😀"]
)
async def test_text_is_plain_text_whatever_it_looks_like(gateway: Gateway, text: str) -> None:
    citizen = await gateway.citizen()
    await citizen.ask(text)
    assert gateway.engine.asked[-1][1] == text
    assert (await citizen.read())["messages"][0]["text"] == text


async def test_personal_data_is_neither_stored_nor_handed_on(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    await citizen.ask("電話は090-0123-4567です。044-200-3939にかけました")
    expected = "電話は［電話番号］です。044-200-3939にかけました"
    assert gateway.engine.asked[-1][1] == expected
    assert (await citizen.read())["messages"][0]["text"] == expected
    redis = gateway.services.redis
    dumps = [str(await redis.dump(key)) async for key in redis.scan_iter()]
    assert dumps
    assert not any("0123-4567" in dump for dump in dumps)


async def test_without_the_right_token_nobody_gets_in(gateway: Gateway) -> None:
    one, other = await gateway.citizen(), await gateway.citizen()
    gateway.http.cookies.clear()  # a stream is opened by its cookie too
    for headers in ({}, {"authorization": "Bearer nonsense"}, other.headers):
        for method, rest in (("GET", "messages"), ("POST", "messages"), ("GET", "events")):
            answer = await gateway.http.request(method, one.url(rest), headers=headers)
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorized")


async def test_an_unknown_conversation_is_404(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    citizen.id = "0" * 32
    answer = await citizen.post(text="はい")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "conversation_not_found")


async def test_the_stream_resumes_with_neither_gap_nor_repeat(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    for text in ("一", "二", "三"):
        await citizen.ask(text)
    everything = (await citizen.read())["messages"]
    seen = []
    async for kind, data in citizen.events(everything[1]["id"]):
        if kind == "message":
            seen.append(data)
        if len(seen) == len(everything) - 2:
            break
    assert seen == everything[2:]


async def test_the_stream_opens_with_the_cookie_alone(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    await citizen.ask("はい")
    async with gateway.http.stream("GET", citizen.url("events")) as response:
        assert response.status_code == 200


async def test_the_queue_place_is_told_and_moves_up(gateway: Gateway) -> None:
    handoff = EngineReply(Draft(Role.BOT, "", outcome=Outcome.HANDOFF), effect="handoff")
    gateway.engine.prepared["人"] = [handoff]
    first, second = await gateway.citizen(), await gateway.citizen()
    await first.ask("人")
    [reply] = await second.ask("人")
    assert "2番目" in reply["text"]
    assert (await second.read())["queue_position"] == 2

    places = []
    async for kind, data in second.events():
        if kind == "state":
            places.append(data["queue_position"])
            if places == [2]:
                await gateway.services.desk.claim(first.id, "sato")
            else:
                break
    assert places == [2, 1]


async def test_feedback_is_kept_for_a_message_that_exists(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    [reply] = await citizen.ask("こんにちは")
    where = citizen.url(f"messages/{reply['id']}/feedback")
    good = await gateway.http.post(where, json={"helpful": True}, headers=citizen.headers)
    assert good.status_code == 204
    bad = await gateway.http.post(where, json={"helpful": "yes"}, headers=citizen.headers)
    assert bad.status_code == 400
    where = citizen.url("messages/1-1/feedback")
    unknown = await gateway.http.post(where, json={"helpful": True}, headers=citizen.headers)
    assert unknown.status_code == 404


async def test_other_paths_and_methods_get_japanese_errors(gateway: Gateway) -> None:
    for method, path, status in (("GET", "/nothing", 404), ("PUT", "/api/conversations", 405)):
        answer = await gateway.http.request(method, path)
        assert answer.status_code == status
        assert answer.json()["error"]["message"]


async def test_a_body_that_is_too_large_is_refused(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    answer = await citizen.post(text="あ" * 70_000)
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "payload_too_large"


async def test_every_answer_carries_the_security_headers(gateway: Gateway) -> None:
    for path in ("/", "/desk/login", "/api/conversations/x/messages", "/nothing"):
        headers = (await gateway.http.get(path)).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


async def test_health_readiness_and_metrics(gateway: Gateway) -> None:
    await (await gateway.citizen()).ask("こんにちは")
    assert (await gateway.http.get("/healthz")).status_code == 200
    ready = await gateway.http.get("/readyz")
    assert ready.status_code == 503  # no actions run here
    assert ready.json() == {
        "ready": False, "redis": True, "engine": True, "actions": False, "line": "off",
    }  # fmt: skip
    metrics = (await gateway.http.get("/metrics")).text
    assert 'bot_turns_total{channel="web",outcome="smalltalk"} 1.0' in metrics


async def test_who_writes_is_not_told_so_themself(gateway: Gateway) -> None:
    handoff = EngineReply(Draft(Role.BOT, "", outcome=Outcome.HANDOFF), effect="handoff")
    gateway.engine.prepared["人"] = [handoff]
    citizen = await gateway.citizen()
    await citizen.ask("人")
    heard = []
    async for kind, data in citizen.events():
        heard.append((kind, data))
        if kind == "state":
            await gateway.http.post(citizen.url("typing"), headers=citizen.headers)
            await gateway.services.hub.typing(citizen.id, "operator", typing=True)
        if kind == "typing":
            break
    assert heard[-1][1]["role"] == "operator"


async def test_typing_needs_the_token(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    assert (await gateway.http.post(citizen.url("typing"))).status_code == 401
    answer = await gateway.http.post(citizen.url("typing"), headers=citizen.headers)
    assert answer.status_code == 204  # with the bot nobody is told, and that is no error


async def test_a_person_can_be_asked_for_at_any_time_even_without_the_engine(
    gateway: Gateway,
) -> None:
    gateway.engine.down = True
    citizen = await gateway.citizen()
    assert (await citizen.post(choice="person")).status_code == 202
    async for kind, data in citizen.events():
        if kind == "state" and data["state"] == "waiting":
            break
    assert (await citizen.read())["messages"][0]["text"] == "職員と話す"
    assert gateway.engine.asked == []
