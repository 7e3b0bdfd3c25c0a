"""Operators' accounts: what changes, and how at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.desk.accounts import OperatorRole
from tests.desk.test_api import NOON, PASSWORD, Operator, operator
from tests.gateway import Gateway, parse_events, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import httpx

NEW = "staple battery horse"


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        yield built


@pytest.fixture
async def lead(gateway: Gateway) -> Operator:
    return await operator(gateway, "lead", OperatorRole.SUPERVISOR)


async def log_in(gateway: Gateway, name: str, password: str) -> httpx.Response:
    http = await gateway.browser()
    return await http.post("/api/desk/login", json={"name": name, "password": password})


async def accounts(lead: Operator) -> dict[str, dict[str, Any]]:
    found = (await lead.get("accounts"))["accounts"]
    return {account.pop("name"): account for account in found}


async def test_a_new_operator_chooses_a_password_and_works(
    gateway: Gateway, lead: Operator
) -> None:
    added = await lead.post("accounts", name="鈴木", role="operator")
    assert added.status_code == 201
    password = added.json()["password"]
    assert password not in str(await lead.get("accounts"))
    http = await gateway.browser()
    opened = await http.post("/api/desk/login", json={"name": "鈴木", "password": password})
    suzuki = Operator(http, opened.json()["csrf_token"])
    chosen = await suzuki.post("password", current=password, new=NEW)
    assert chosen.status_code == 200
    assert "must_change" not in chosen.json()
    assert (await http.get("/api/desk/conversations")).status_code == 200
    assert (await log_in(gateway, "鈴木", password)).status_code == 401
    assert (await log_in(gateway, "鈴木", NEW)).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"name": "lead", "role": "operator"}, 409, "operator_exists"),
        ({"name": "a b", "role": "operator"}, 400, "bad_operator_name"),
        ({"name": "@shell", "role": "operator"}, 400, "bad_operator_name"),
        ({"name": "sato", "role": "boss"}, 400, "missing_field"),
        ({"name": "sato", "role": ["operator"]}, 400, "missing_field"),
        ({"name": "sato"}, 400, "missing_field"),
    ],
)
async def test_accounts_that_cannot_be_added(
    lead: Operator, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await lead.post("accounts", **body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


CHANGES: dict[str, Callable[[Operator], Awaitable[httpx.Response]]] = {
    "disabled": lambda lead: lead.post("accounts/sato", enabled=False),
    "another role": lambda lead: lead.post("accounts/sato", role="supervisor"),
    "password reset": lambda lead: lead.post("accounts/sato/password"),
}


@pytest.mark.parametrize("what", CHANGES)
async def test_a_changed_account_has_no_session_left_and_no_stream(
    gateway: Gateway, lead: Operator, what: str
) -> None:
    sato = await operator(gateway)
    citizen = await gateway.citizen()
    opened = [asyncio.Event() for _ in range(2)]

    async def listen(path: str, heard: asyncio.Event) -> None:
        async with sato.http.stream("GET", f"/api/desk/{path}") as stream:
            async for _ in parse_events(stream):
                heard.set()

    paths = ("events", f"events?conversation={citizen.id}")
    async with asyncio.timeout(10), asyncio.TaskGroup() as listening:
        for path, heard in zip(paths, opened, strict=True):
            listening.create_task(listen(path, heard))
        for heard in opened:
            await heard.wait()
        assert (await CHANGES[what](lead)).status_code == 200
        # Both streams end by themselves; the group waits for that.
    assert (await sato.http.get("/api/desk/me")).status_code == 401
    assert (await lead.http.get("/api/desk/me")).status_code == 200


async def test_a_disabled_operator_stays_out_until_enabled(
    gateway: Gateway, lead: Operator
) -> None:
    await operator(gateway)
    await lead.post("accounts/sato", enabled=False)
    assert (await log_in(gateway, "sato", PASSWORD)).status_code == 401
    assert (await accounts(lead))["sato"]["enabled"] is False
    await lead.post("accounts/sato", enabled=True)
    assert (await log_in(gateway, "sato", PASSWORD)).status_code == 200


async def test_the_same_again_ends_no_session(gateway: Gateway, lead: Operator) -> None:
    sato = await operator(gateway)
    assert (await lead.post("accounts/sato", role="operator", enabled=True)).status_code == 200
    assert (await sato.http.get("/api/desk/me")).status_code == 200


@pytest.mark.parametrize("change", [{"enabled": False}, {"role": "operator"}])
async def test_the_last_supervisor_stays(
    gateway: Gateway, lead: Operator, change: dict[str, Any]
) -> None:
    await operator(gateway, "other", OperatorRole.SUPERVISOR)
    await lead.post("accounts/other", enabled=False)
    answer = await lead.post("accounts/lead", **change)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "last_supervisor")
    assert (await lead.http.get("/api/desk/me")).status_code == 200


async def test_of_two_supervisors_who_demote_each_other_one_stays(
    gateway: Gateway, lead: Operator
) -> None:
    other = await operator(gateway, "other", OperatorRole.SUPERVISOR)
    await asyncio.gather(
        lead.post("accounts/other", role="operator"), other.post("accounts/lead", role="operator")
    )
    found = await gateway.services.operators.all()
    assert [account.role for account in found].count("supervisor") == 1


@pytest.mark.parametrize("path", ["accounts/nobody", "accounts/nobody/password", "accounts/%FF"])
async def test_nobody_cannot_be_changed(lead: Operator, path: str) -> None:
    answer = await lead.post(path, enabled=True)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "operator_not_found")


@pytest.mark.parametrize(
    ("current", "new", "status", "code"),
    [
        ("wrong", NEW, 403, "wrong_password"),
        (PASSWORD, "short", 400, "weak_password"),
        (PASSWORD, PASSWORD, 400, "weak_password"),
        (PASSWORD, "Sato likes horses", 400, "weak_password"),
    ],
)
async def test_passwords_that_will_not_do(
    gateway: Gateway, current: str, new: str, status: int, code: str
) -> None:
    sato = await operator(gateway)
    answer = await sato.post("password", current=current, new=new)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert (await log_in(gateway, "sato", PASSWORD)).status_code == 200


async def test_another_password_ends_the_sessions_elsewhere(gateway: Gateway) -> None:
    here, there = await operator(gateway), await operator(gateway)
    changed = await here.post("password", current=PASSWORD, new=NEW)
    assert changed.status_code == 200
    assert (await there.http.get("/api/desk/me")).status_code == 401
    assert (await here.http.get("/api/desk/me")).json()["csrf_token"] == changed.json()[
        "csrf_token"
    ]


async def test_a_session_from_before_accounts_had_epochs_still_counts(gateway: Gateway) -> None:
    sato = await operator(gateway)
    redis = gateway.services.redis
    stored = await gateway.services.operators.find("sato")
    assert stored is not None
    old = f'{{"role": "operator", "password_hash": "{stored.password_hash}"}}'
    await redis.hset("bot:{desk}:operators", "sato", old)
    [key] = [key async for key in redis.scan_iter("bot:{desk}:session:*")]
    await redis.set(key, f'{{"name": "sato", "role": "operator", "csrf": "{sato.csrf}"}}')
    assert (await sato.get("me"))["operator"] == {"name": "sato", "role": "operator"}
