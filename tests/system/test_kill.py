"""Accepted means answered once: each process is killed while citizens talk."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.gateway import Citizen

if TYPE_CHECKING:
    from tests.system.product import Product

pytestmark = pytest.mark.slow

CITIZENS = 6
MESSAGES = 8
PATIENCE_SECONDS = 120
TEXTS = (
    "カーボンゼロはいつ始まったの",
    "誰とやるの",
    "こんにちは",
    "SDGsの賞のこと",
    "今日の天気は",
)


async def begin(http: httpx.AsyncClient) -> Citizen:
    created = (await http.post("/api/conversations")).json()
    return Citizen(http, created["conversation_id"], created["token"])


async def say(citizen: Citizen, number: int) -> str:
    """Sends a message as the page does: the same one again until it is accepted."""
    body = {"client_message_id": f"m{number}", "text": TEXTS[number % len(TEXTS)]}
    while True:
        try:
            answer = await citizen.http.post(
                citizen.url("messages"), json=body, headers=citizen.headers
            )
        except httpx.TransportError:
            await asyncio.sleep(0.3)
            continue
        if answer.status_code == 202:
            return str(answer.json()["message_id"])
        assert answer.status_code == 503, answer.text
        await asyncio.sleep(0.3)


async def answered(citizen: Citizen, accepted: list[str]) -> list[dict[str, Any]]:
    """The transcript once every accepted message has its final answer."""
    while True:
        try:
            messages = (await citizen.read())["messages"]
        except (httpx.TransportError, KeyError):
            messages = []
        done = {m["in_reply_to"] for m in messages if m.get("final")}
        if done >= set(accepted):
            return messages
        await asyncio.sleep(0.3)


@pytest.mark.parametrize("program", ["engine", "gateway", "actions", "redis"])
async def test_every_accepted_message_is_answered_exactly_once(
    product: Product, program: str
) -> None:
    async with httpx.AsyncClient(base_url=product.base, timeout=20) as http:
        citizens = [await begin(http) for _ in range(CITIZENS)]
        talks = [
            asyncio.create_task(talk(citizen, product, program if n == 0 else None))
            for n, citizen in enumerate(citizens)
        ]
        accepted = await asyncio.gather(*talks)
        async with asyncio.timeout(PATIENCE_SECONDS):
            for citizen, ids in zip(citizens, accepted, strict=True):
                check(await answered(citizen, ids), ids)


async def talk(citizen: Citizen, product: Product, kills: str | None) -> list[str]:
    accepted = []
    for number in range(MESSAGES):
        accepted.append(await say(citizen, number))
        if kills and number == MESSAGES // 2:
            await asyncio.to_thread(product.kill, kills)
    return accepted


def check(messages: list[dict[str, Any]], accepted: list[str]) -> None:
    said = [m["id"] for m in messages if m["role"] == "citizen"]
    assert said == accepted
    finals = Counter(m["in_reply_to"] for m in messages if m.get("final"))
    assert finals == Counter(accepted)
    order = [m["in_reply_to"] for m in messages if m.get("final")]
    assert order == accepted
