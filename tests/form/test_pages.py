"""The contact form through a whole gateway: a ticket that only the desk can open."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest

from bot.conversation.model import Draft, Outcome, Role
from bot.conversation.ports import EngineReply
from bot.desk.accounts import OperatorRole, new_account
from tests.fakes import NIGHT
from tests.gateway import Citizen, Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

KEY = "a key of at least thirty-two characters"
HANDOFF = EngineReply(Draft(Role.BOT, "", outcome=Outcome.HANDOFF), effect="handoff")
FILLED = {"name": "川崎 太郎", "reach": "090-1234-5678", "message": "家族のことで相談したいです。"}


@pytest.fixture(params=[KEY, ""], ids=["with a key", "without"])
async def gateway(request: pytest.FixtureRequest, redis_url: str) -> AsyncIterator[Gateway]:
    key = {"PRIVACY_KEY": request.param} if request.param else {}
    async with running(redis_url, BOT_NOW=NIGHT.isoformat(), **key) as built:
        yield built


async def offered(gateway: Gateway) -> tuple[Citizen, str]:
    """A citizen who asked for a person after hours, and the form's path."""
    citizen = await gateway.citizen()
    change = await hand_off(gateway, citizen)
    path: str = change["form"]
    assert re.fullmatch(r"/form/[A-Za-z0-9_-]{32}", path)
    return citizen, path


async def hand_off(gateway: Gateway, citizen: Citizen) -> dict[str, Any]:
    gateway.engine.prepared["人と話したい"] = [HANDOFF]
    return (await citizen.ask("人と話したい"))[-1]


async def test_the_form_becomes_a_ticket_once(gateway: Gateway) -> None:
    citizen, path = await offered(gateway)
    page = await gateway.http.get(path)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    answers = await asyncio.gather(*(gateway.http.post(path, data=FILLED) for _ in range(4)))
    receipts = {re.search(r"\d{4}-\d{4}", answer.text) for answer in answers}
    [receipt] = {found[0] for found in receipts if found}
    assert receipt in (await gateway.http.get(path)).text

    detail = await desk_ticket(gateway, receipt)
    assert detail["contact"] == FILLED
    assert detail["ticket"]["text"] == "専用フォームで受け付けました。"
    said = str(await citizen.read())
    assert said.count(receipt) == 1
    for secret in FILLED.values():
        assert secret not in said
        assert secret not in str(detail["messages"])
        assert secret not in str(gateway.engine.asked)
    stored = await gateway.services.redis.hvals(f"bot:{{{citizen.id}}}:private")
    assert ("090-1234-5678" in str(stored)) is (gateway.services.settings.privacy_key is None)
    rest = await gateway.services.redis.hvals(f"bot:{{{citizen.id}}}:tickets")
    assert "090-1234-5678" not in str(rest)


async def test_what_is_missing_is_said_and_what_was_written_stays(gateway: Gateway) -> None:
    _, path = await offered(gateway)
    answer = await gateway.http.post(path, data={**FILLED, "reach": "<b>電話</b>"})
    assert answer.status_code == 422
    assert "電話番号かメールアドレスを、正しく書いてください。" in answer.text
    assert 'href="#reach"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert FILLED["message"] in answer.text
    assert "<b>" not in answer.text


async def test_every_field_has_its_label(gateway: Gateway) -> None:
    _, path = await offered(gateway)
    page = (await gateway.http.get(path)).text
    fields = set(re.findall(r'<(?:input|textarea) id="(\w+)"', page))
    assert fields == {"name", "reach", "message"}
    assert fields == set(re.findall(r'<label for="(\w+)"', page))
    assert not re.search(r"<script|<style|\bstyle=|\bon\w+=", page)


async def test_an_address_that_leads_nowhere_is_a_page_of_its_own(gateway: Gateway) -> None:
    for answer in (
        await gateway.http.get("/form/x"),
        await gateway.http.post("/form/x", data=FILLED),
    ):
        assert answer.status_code == 404
        assert "このフォームは使えません" in answer.text


async def desk_ticket(gateway: Gateway, receipt: str) -> dict[str, Any]:
    account = new_account("sato", OperatorRole.OPERATOR, "a long password")
    await gateway.services.operators.add(account)
    browser = await gateway.browser()
    login = {"name": "sato", "password": "a long password"}
    await browser.post("/api/desk/login", json=login)
    listed = (await browser.get("/api/desk/tickets?status=open")).json()["tickets"]
    assert FILLED["reach"] not in str(listed)
    detail: dict[str, Any] = (await browser.get(f"/api/desk/tickets/{receipt}")).json()
    return detail
