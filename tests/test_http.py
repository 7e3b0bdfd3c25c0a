"""What only a broken or a hostile client sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk.test_api import operator
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOT_UTF8 = b"\xff\xfe"


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url) as built:
        yield built


async def test_a_token_that_is_no_text_is_a_wrong_token(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    gateway.http.cookies.clear()
    headers = {b"authorization": b"Bearer " + NOT_UTF8}
    assert (await gateway.http.get(citizen.url("messages"), headers=headers)).status_code == 401


async def test_a_session_that_is_no_text_is_no_session(gateway: Gateway) -> None:
    headers = {b"cookie": b"desk_session=" + NOT_UTF8}
    assert (await gateway.http.get("/api/desk/me", headers=headers)).status_code == 401


async def test_a_csrf_token_that_is_no_text_is_a_wrong_one(gateway: Gateway) -> None:
    sato = await operator(gateway)
    headers = {b"x-csrf-token": NOT_UTF8}
    assert (await sato.http.post("/api/desk/logout", headers=headers)).status_code == 403


async def test_a_choice_that_is_no_text_was_never_offered(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    answer = await citizen.post(choice="\ud800")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unknown_choice")
