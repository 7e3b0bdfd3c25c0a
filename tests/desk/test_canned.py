"""Canned replies: own and shared ones, and who may change which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.desk.accounts import OperatorRole, new_account
from bot.desk.canned import LONGEST_TITLE, MOST
from bot.desk.words import load_desk_words
from tests.desk.test_api import NOON, PASSWORD, Operator, operator
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

WORDS = load_desk_words()
TEXT = {"title": "あいさつ", "text": "{職員名}です。"}


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        yield built


async def supervisor(gateway: Gateway) -> Operator:
    account = new_account("boss", OperatorRole.SUPERVISOR, PASSWORD)
    await gateway.services.operators.add(account)
    http = await gateway.browser()
    answer = await http.post("/api/desk/login", json={"name": "boss", "password": PASSWORD})
    return Operator(http, answer.json()["csrf_token"])


async def send(who: Operator, method: str, path: str, body: Any = None) -> httpx.Response:
    headers = {"x-csrf-token": who.csrf}
    url = f"/api/desk/canned/{path}"
    return await who.http.request(method, url, json=body, headers=headers)


async def ids(who: Operator, *, shared: bool) -> list[str]:
    found = (await who.get("canned"))["canned"]
    return [one["id"] for one in found if one["shared"] is shared]


async def test_those_of_the_start_use_only_placeholders_that_exist() -> None:
    assert WORDS.canned
    for canned in WORDS.canned.values():
        assert WORDS.unknown_places(canned.text) == []
        assert len(canned.title) <= LONGEST_TITLE


async def test_ones_own_are_nobody_elses(gateway: Gateway) -> None:
    sato, suzuki = await operator(gateway), await operator(gateway, "suzuki")
    for _ in range(2):  # the same request twice keeps one
        assert (await send(sato, "PUT", "own/a1", TEXT)).status_code == 200
    assert await ids(sato, shared=False) == ["a1"]
    assert await ids(suzuki, shared=False) == []
    assert (await send(suzuki, "DELETE", "own/a1")).status_code == 204
    assert await ids(sato, shared=False) == ["a1"]
    assert (await send(sato, "DELETE", "own/a1")).status_code == 204
    assert await ids(sato, shared=False) == []


async def test_shared_ones_are_changed_by_supervisors(gateway: Gateway) -> None:
    sato, boss = await operator(gateway), await supervisor(gateway)
    assert set(await ids(sato, shared=True)) == set(WORDS.canned)
    for method in ("PUT", "DELETE"):
        answer = await send(sato, method, "shared/greeting", TEXT)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "supervisors_only")
    assert (await send(boss, "PUT", "shared/greeting", TEXT)).status_code == 200
    assert (await send(boss, "PUT", "shared/new", TEXT)).status_code == 200
    shown = {one["id"]: one["text"] for one in (await sato.get("canned"))["canned"]}
    assert shown["greeting"] == shown["new"] == TEXT["text"]
    for gone in ("greeting", "new"):
        assert (await send(boss, "DELETE", f"shared/{gone}")).status_code == 204
    assert set(await ids(sato, shared=True)) == set(WORDS.canned) - {"greeting"}


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("own/a", {**TEXT, "text": "{住所}へ"}, "unknown_placeholder"),
        ("own/a", {**TEXT, "text": " "}, "empty_text"),
        ("own/a", {**TEXT, "title": "長" * (LONGEST_TITLE + 1)}, "missing_field"),
        ("own/a", {"text": "題がない"}, "missing_field"),
        ("own/a%20b", TEXT, "canned_not_found"),
    ],
)
async def test_what_cannot_be_kept_is_refused(
    gateway: Gateway, path: str, body: dict[str, str], code: str
) -> None:
    answer = await send(await operator(gateway), "PUT", path, body)
    assert (answer.is_client_error, answer.json()["error"]["code"]) == (True, code)


async def test_there_is_an_end_to_how_many_one_may_have(gateway: Gateway) -> None:
    sato = await operator(gateway)
    for number in range(MOST):
        await gateway.services.canned.keep("sato", f"a{number}", "題", "文")
    assert (await send(sato, "PUT", "own/more", TEXT)).json()["error"]["code"] == "too_many_canned"
    assert (await send(sato, "PUT", "own/a0", TEXT)).status_code == 200
