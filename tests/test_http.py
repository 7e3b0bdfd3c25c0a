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


@pytest.mark.parametrize("after", ["junk", "5", "5--3", "1_0-1", "１-1", "9" * 23 + "-1"])
async def test_a_cursor_that_is_no_message_id_is_refused(gateway: Gateway, after: str) -> None:
    citizen, sato = await gateway.citizen(), await operator(gateway)
    for http, path in (
        (gateway.http, citizen.url("messages")),
        (gateway.http, citizen.url("events")),
        (sato.http, "/api/desk/events"),
    ):
        answer = await http.get(path, params={"after": after}, headers=citizen.headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unknown_message")


@pytest.mark.parametrize("message_id", ["junk", "5", "5--3", "+1-1", "9" * 23 + "-1"])
async def test_feedback_on_no_message_at_all_is_404(gateway: Gateway, message_id: str) -> None:
    citizen = await gateway.citizen()
    path = citizen.url(f"messages/{message_id}/feedback")
    answer = await gateway.http.post(path, json={"helpful": True}, headers=citizen.headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_message")


async def test_a_wrong_method_is_told_the_right_ones(gateway: Gateway) -> None:
    answer = await gateway.http.put("/api/conversations/x/messages")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "POST"}
