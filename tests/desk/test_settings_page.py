"""The settings page as a supervisor's browser sees it: plain forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.desk.accounts import OperatorRole, new_account
from tests.desk.test_api import HANDOFF, NOON, PASSWORD, Operator, operator
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

SETTINGS = "/desk/settings"
OPEN = {"kind": "open", "opens": "10:00", "closes": "15:00"}


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        built.engine.prepared["人と話したい"] = [HANDOFF]
        yield built


async def supervisor(gateway: Gateway) -> Operator:
    await gateway.services.operators.add(new_account("ito", OperatorRole.SUPERVISOR, PASSWORD))
    http = await gateway.browser()
    answer = await http.post("/api/desk/login", json={"name": "ito", "password": PASSWORD})
    return Operator(http, answer.json()["csrf_token"])


async def send(ito: Operator, rest: str = "hours", **form: str) -> httpx.Response:
    data = {"csrf_token": ito.csrf, **form}
    return await ito.http.post(f"{SETTINGS}/{rest}", data=data, follow_redirects=True)


async def test_a_day_gets_hours_of_its_own_and_loses_them_again(gateway: Gateway) -> None:
    ito = await supervisor(gateway)
    assert "ありません" in (await ito.http.get(SETTINGS)).text
    page = (await send(ito, day="2021-04-03", **OPEN)).text
    assert "2021年4月3日（土）" in page
    assert "10:00〜15:00" in page
    page = (await send(ito, day="2021-04-03", kind="closed")).text
    assert re.search(r"<td>休み</td>", page)
    shown = (await gateway.http.get("/")).text
    assert "4月3日（土）は休み" in shown
    assert "年中無休" not in shown
    assert "ありません" in (await send(ito, "hours/remove", day="2021-04-03")).text
    assert "年中無休" in (await gateway.http.get("/")).text
    done = [deed.action async for deed in gateway.services.audit.deeds(["2021-04-01"])]
    assert done[:3] == ["changed_hours"] * 3


async def test_closing_today_tells_who_waits_at_once(gateway: Gateway) -> None:
    ito, citizen = await supervisor(gateway), await gateway.citizen()
    await citizen.ask("人と話したい")
    assert (await ito.get("me"))["hours"] == "8:00〜21:00"
    await send(ito, day="2021-04-01", kind="closed")
    async for kind, data in citizen.events():
        if kind == "message" and "明日8:00" in data["text"]:
            break
    me = await ito.get("me")
    assert (me["open"], me["hours"]) == (False, "休み")
    assert (await citizen.read())["state"] == "bot"


@pytest.mark.parametrize(
    "form",
    [
        {"day": "", "kind": "closed"},
        {"day": "2021-03-31", "kind": "closed"},
        {"day": "2023-01-01", "kind": "closed"},
        {"day": "2021-04-03", "kind": "open", "opens": "15:00", "closes": "10:00"},
        {"day": "2021-04-03", "kind": "open"},
    ],
)
async def test_what_makes_no_sense_is_said_and_the_rest_kept(
    gateway: Gateway, form: dict[str, str]
) -> None:
    ito = await supervisor(gateway)
    answer = await send(ito, **form)
    assert answer.status_code == 422
    assert re.search(r'id="hours-problem"[^>]*>\S', answer.text)
    assert f'value="{form["day"]}"' in answer.text
    assert gateway.services.calendar.exceptions == {}


async def test_the_page_is_a_supervisors(gateway: Gateway) -> None:
    sato = await operator(gateway)
    assert (await gateway.http.get(SETTINGS)).headers["location"] == "/desk/login"
    assert (await sato.http.get(SETTINGS)).status_code == 403
    assert (await send(sato, day="2021-04-03", kind="closed")).status_code == 403
    nobody = await gateway.http.post(f"{SETTINGS}/hours", data={"day": "2021-04-03"})
    assert nobody.status_code == 401
    ito = await supervisor(gateway)
    ito.csrf = "wrong"
    assert (await send(ito, day="2021-04-03", kind="closed")).status_code == 403
    assert gateway.services.calendar.exceptions == {}
