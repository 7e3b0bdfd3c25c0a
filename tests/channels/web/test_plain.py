"""The chat without scripts: forms, one page a step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.conversation.model import Draft, Offer, Outcome, Role
from bot.conversation.ports import EngineReply
from tests.desk.test_api import NOON, operator
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

OFFER = Offer("時期", {"intent": "ask", "initiative": "sdgs", "facet": "schedule"})
QUESTION = EngineReply(Draft(Role.BOT, "どれですか。", outcome=Outcome.CLARIFY, offers=(OFFER,)))


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        built.engine.prepared["SDGs"] = [QUESTION]
        yield built


async def send(http: httpx.AsyncClient, **fields: str) -> httpx.Response:
    return await http.post("/plain/messages", data=fields, follow_redirects=True)


async def test_a_question_is_answered_on_the_next_page(gateway: Gateway) -> None:
    page = await send(gateway.http, text="こんにちは <b>太字</b>")
    assert page.status_code == 200
    assert "「こんにちは &lt;b&gt;太字&lt;/b&gt;」ですね。" in page.text
    cookie = page.history[0].headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/plain" in cookie


async def test_a_choice_is_a_button(gateway: Gateway) -> None:
    page = await send(gateway.http, text="SDGs")
    found = re.search(r'name="choice" value="([^"]+)">時期', page.text)
    assert found
    page = await send(gateway.http, choice=found[1])
    assert "「時期」ですね。" in page.text


async def test_a_form_sent_twice_is_one_message(gateway: Gateway) -> None:
    await send(gateway.http, text="はじめ")
    fields = {"client_message_id": "form-1", "text": "一度だけ"}
    for _ in range(2):
        page = await send(gateway.http, **fields)
    assert page.text.count("「一度だけ」ですね。") == 1


async def test_a_person_is_one_press_away_and_their_answer_is_seen(gateway: Gateway) -> None:
    page = await send(gateway.http, choice="person")
    assert "職員を待っています（1番目）" in page.text
    assert 'value="person"' not in page.text
    sato = await operator(gateway)
    [waiting] = (await sato.get("conversations"))["conversations"]
    where = f"conversations/{waiting['conversation_id']}"
    await sato.post(f"{where}/claim")
    await sato.post(f"{where}/messages", client_message_id="1", text="お待たせしました。")
    page = await gateway.http.get("/plain")
    assert "お待たせしました。" in page.text
    assert "職員が対応中です。" in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": " "}, "文が空です"),
        ({"text": "あ" * 2001}, "長すぎます"),
        ({"choice": "made-up"}, "もう使えません"),
        ({}, "文が空です"),
    ],
)
async def test_what_cannot_be_taken_is_said_on_the_page(
    gateway: Gateway, fields: dict[str, str], words: str
) -> None:
    page = await send(gateway.http, **fields)
    assert page.status_code == 422
    assert words in page.text
    assert 'role="alert"' in page.text


async def test_starting_afresh_leaves_the_conversation(gateway: Gateway) -> None:
    await send(gateway.http, text="こんにちは")
    page = await gateway.http.post("/plain/fresh", follow_redirects=True)
    assert "「こんにちは」ですね。" not in page.text


async def test_a_cookie_of_no_conversation_begins_another(gateway: Gateway) -> None:
    for value in ("junk", f"{'0' * 32}.token", ""):
        gateway.http.cookies.set("plain_conversation", value, path="/plain")
        assert (await gateway.http.get("/plain")).status_code == 200
        gateway.http.cookies.clear()


async def test_an_engine_that_is_slow_leaves_a_page_that_can_be_looked_at_again(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.web.plain.PATIENCE_SECONDS", 0.05)
    gateway.engine.down = True
    page = await send(gateway.http, text="だれかいますか")
    assert "だれかいますか" in page.text
    assert "新しい発言を確かめる" in page.text
