"""Closing time across gateways: everybody who waits is told, and told once."""

from __future__ import annotations

import asyncio
from datetime import date

from tests.desk.test_api import HANDOFF, NOON, operator
from tests.gateway import Citizen, Gateway, running

BEFORE, AFTER = "2021-04-01T20:59:45+09:00", "2021-04-01T21:00:05+09:00"
CLOSED = "受付時間が終わりました"


async def waiting(gateway: Gateway) -> Citizen:
    gateway.engine.prepared["人と話したい"] = [HANDOFF]
    citizen = await gateway.citizen()
    await citizen.ask("人と話したい")
    return citizen


async def until_told(gateway: Gateway, citizen: Citizen) -> None:
    citizen.http = gateway.http
    async with asyncio.timeout(60):
        async for kind, data in citizen.events():
            if kind == "message" and CLOSED in data["text"]:
                return


async def told(citizen: Citizen) -> int:
    messages = (await citizen.read())["messages"]
    return sum(CLOSED in message["text"] for message in messages)


async def test_of_two_gateways_one_tells(redis_url: str) -> None:
    async with running(redis_url, BOT_NOW=BEFORE) as one, running(redis_url, BOT_NOW=BEFORE) as two:
        two.engine.prepared["人と話したい"] = [HANDOFF]  # either may handle what the other took
        citizens = [await waiting(gateway) for gateway in (one, two, one, two)]
        await asyncio.gather(*(until_told(one, citizen) for citizen in citizens))
        assert [await told(citizen) for citizen in citizens] == [1, 1, 1, 1]
        sato = await operator(one)
        assert (await sato.get("conversations?view=waiting"))["conversations"] == []


async def test_whom_a_gateway_left_waiting_the_next_one_tells(redis_url: str) -> None:
    async with running(redis_url, BOT_NOW=BEFORE) as gone:
        citizen = await waiting(gone)
    async with running(redis_url, BOT_NOW=AFTER) as back:
        await until_told(back, citizen)
        [receipt] = await citizen.ask("電話がほしいです")
        assert "受付番号" in receipt["text"]


async def test_whom_an_operator_has_stays_with_the_operator(redis_url: str) -> None:
    async with running(redis_url, BOT_NOW=NOON) as gateway:
        served, other = await waiting(gateway), await waiting(gateway)
        sato = await operator(gateway)
        await sato.post(f"conversations/{served.id}/claim")
        await gateway.services.hours.set(date(2021, 4, 1), None)
        await until_told(gateway, other)
        body = {"text": "続けてお答えします", "client_message_id": "1"}
        assert (await sato.post(f"conversations/{served.id}/messages", **body)).status_code == 202
        assert await told(served) == 0
        assert (await served.read())["state"] == "operator"
