"""Who may do what at the desk, asked of every route that the running app has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from bot.app import create_app
from bot.desk.accounts import OperatorRole
from tests.desk.test_api import NOON, operator
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import httpx

ANYBODY, ALL, SUPERVISORS = "anybody", "all operators", "supervisors"
FIRST = "all operators, also those who have yet to choose a password"

WHO = {
    "GET /desk": ALL,
    "GET /desk/audit": SUPERVISORS,
    "GET /desk/export": ALL,
    "GET /desk/feedback": SUPERVISORS,
    "GET /desk/login": ANYBODY,
    "GET /desk/operators": SUPERVISORS,
    "GET /desk/password": FIRST,
    "GET /desk/statistics": SUPERVISORS,
    "GET /api/desk/accounts": SUPERVISORS,
    "POST /api/desk/accounts": SUPERVISORS,
    "POST /api/desk/accounts/x": SUPERVISORS,
    "POST /api/desk/accounts/x/password": SUPERVISORS,
    "GET /api/desk/audit": SUPERVISORS,
    "GET /api/desk/audit/csv": SUPERVISORS,
    "GET /api/desk/conversations": ALL,
    "GET /api/desk/conversations/x": ALL,
    "POST /api/desk/conversations/x/claim": ALL,
    "POST /api/desk/conversations/x/close": ALL,
    "GET /api/desk/conversations/x/export": ALL,
    "POST /api/desk/conversations/x/export": SUPERVISORS,
    "POST /api/desk/conversations/x/messages": ALL,
    "POST /api/desk/conversations/x/return": ALL,
    "POST /api/desk/conversations/x/typing": ALL,
    "GET /api/desk/events": ALL,
    "GET /api/desk/feedback": SUPERVISORS,
    "GET /api/desk/feedback/csv": SUPERVISORS,
    "POST /api/desk/login": ANYBODY,
    "POST /api/desk/logout": FIRST,
    "GET /api/desk/me": FIRST,
    "POST /api/desk/password": FIRST,
    "GET /api/desk/statistics": SUPERVISORS,
    "GET /api/desk/statistics/csv": SUPERVISORS,
    "GET /api/desk/tickets": ALL,
    "GET /api/desk/tickets/x": ALL,
    "POST /api/desk/tickets/x/answer": ALL,
    "GET /api/desk/colleagues": ALL,
    "GET /api/desk/canned": ALL,
    "PUT /api/desk/canned/own/x": ALL,
    "DELETE /api/desk/canned/own/x": ALL,
    "GET /api/desk/conversations/x/suggestions": ALL,
    "POST /api/desk/conversations/x/notes": ALL,
    "POST /api/desk/conversations/x/reopen": ALL,
    "POST /api/desk/conversations/x/requeue": ALL,
    "POST /api/desk/conversations/x/transfer": ALL,
    "POST /api/desk/tickets/x/assign": ALL,
    "POST /api/desk/tickets/x/close": ALL,
    "POST /api/desk/tickets/x/due": ALL,
    "POST /api/desk/tickets/x/reopen": ALL,
    "POST /api/desk/conversations/x/take-over": SUPERVISORS,
    "PUT /api/desk/canned/shared/x": SUPERVISORS,
    "DELETE /api/desk/canned/shared/x": SUPERVISORS,
    "GET /desk/settings": SUPERVISORS,
    "POST /desk/settings/hours": SUPERVISORS,
    "POST /desk/settings/hours/remove": SUPERVISORS,
}
"""Every route of the desk, and who may use it; a route that is not here makes a test fail."""
GUARDED = sorted(
    (route for route, who in WHO.items() if who != ANYBODY),
    key=lambda route: "logout" in route,  # it comes last, because nothing is open after it
)
REFUSALS = {"login_required", "supervisors_only", "password_change_required", "csrf"}


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        yield built


async def ask(http: httpx.AsyncClient, route: str, csrf: str = "") -> tuple[int, str, str]:
    """Status, the code of an error, and where a redirect leads; streams are not waited for."""
    method, path = route.split(" ")
    headers = {"x-csrf-token": csrf} if csrf else {}
    async with http.stream(method, path, headers=headers, json={}) as answer:
        code = ""
        if "json" in answer.headers.get("content-type", ""):
            await answer.aread()
            found: Any = answer.json()
            code = found.get("error", {}).get("code", "")
        return answer.status_code, code, answer.headers.get("location", "")


def is_page(route: str) -> bool:
    return route.startswith("GET /desk")


async def test_every_route_of_the_desk_is_in_the_list(gateway: Gateway) -> None:
    app = create_app(gateway.services, "walked")
    app.router.finalize()
    served = set()
    for route in app.router.routes:
        if re.match(r"(api/)?desk(/|$)", route.path):
            path = "/" + re.sub(r"<[^>]*>", "x", route.path).rstrip("/")
            served |= {f"{method} {path}" for method in route.methods}
    assert served == set(WHO)


async def wrong(
    http: httpx.AsyncClient, csrf: str, right: Callable[[str, int, str, str], bool]
) -> list[tuple[str, int, str, str]]:
    """The guarded routes that answer otherwise than is right, with what they answered."""
    answers = [(route, *await ask(http, route, csrf)) for route in GUARDED]
    return [answer for answer in answers if not right(*answer)]


def let_in(status: int, code: str) -> bool:
    return status not in {302, 401} and code not in REFUSALS


async def test_without_a_session_nothing_is_shown(gateway: Gateway) -> None:
    def right(route: str, status: int, code: str, leads: str) -> bool:
        if is_page(route):
            return (status, leads) == (302, "/desk/login")
        return (status, code) == (401, "login_required")

    assert await wrong(gateway.http, "", right) == []


async def test_operators_get_what_is_theirs_and_no_more(gateway: Gateway) -> None:
    def right(route: str, status: int, code: str, leads: str) -> bool:
        del leads
        if WHO[route] == SUPERVISORS:
            return (status, code) == (403, "" if is_page(route) else "supervisors_only")
        return let_in(status, code)

    sato = await operator(gateway)
    assert await wrong(sato.http, sato.csrf, right) == []


async def test_supervisors_get_everything(gateway: Gateway) -> None:
    lead = await operator(gateway, role=OperatorRole.SUPERVISOR)
    assert await wrong(lead.http, lead.csrf, lambda _, status, code, __: let_in(status, code)) == []


async def test_who_has_a_one_time_password_changes_it_first(gateway: Gateway) -> None:
    def right(route: str, status: int, code: str, leads: str) -> bool:
        if WHO[route] == FIRST:
            return let_in(status, code)
        if is_page(route):
            return (status, leads) == (302, "/desk/password")
        return (status, code) == (403, "password_change_required")

    lead = await operator(gateway, role=OperatorRole.SUPERVISOR)
    given = await lead.post("accounts", name="new", role="supervisor")
    http = await gateway.browser()
    login = {"name": "new", "password": given.json()["password"]}
    opened = (await http.post("/api/desk/login", json=login)).json()
    assert opened["must_change"]
    assert await wrong(http, opened["csrf_token"], right) == []


@pytest.mark.parametrize("csrf", ["", "nonsense", "ünïcode"])
async def test_writing_needs_the_csrf_token(gateway: Gateway, csrf: str) -> None:
    lead = await operator(gateway, role=OperatorRole.SUPERVISOR)
    headers = {"x-csrf-token": csrf.encode()} if csrf else {}
    for method, path in (route.split(" ") for route in GUARDED if not route.startswith("GET")):
        answer = await lead.http.request(method, path, headers=headers, json={})
        assert (path, answer.status_code) == (path, 403)
        assert answer.json()["error"]["code"] == "csrf"
