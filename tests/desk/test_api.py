"""The desk's API as an operator's browser sees it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from bot.conversation.model import Draft, Outcome, Role
from bot.conversation.ports import EngineReply
from bot.desk.accounts import FAILURES_PER_NAME, OperatorRole, new_account
from tests.gateway import Citizen, Gateway, parse_events, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

NOON = "2021-04-01T12:00:00+09:00"
NIGHT = "2021-04-01T22:30:00+09:00"
PASSWORD = "correct horse battery"
HANDOFF = EngineReply(Draft(Role.BOT, "", outcome=Outcome.HANDOFF), effect="handoff")
OPINION = EngineReply(Draft(Role.BOT, "", outcome=Outcome.OPINION), effect="opinion")


@dataclass
class Operator:
    """Asks as the desk's page does, which writes under the claim that it was last told of."""

    http: httpx.AsyncClient
    csrf: str
    claims: dict[str, str | None] = field(default_factory=dict)

    async def get(self, path: str) -> Any:
        answer = await self.http.get(f"/api/desk/{path}")
        assert answer.status_code == 200, answer.text
        self._learn(answer.json())
        return answer.json()

    async def post(self, path: str, **body: Any) -> httpx.Response:
        headers = {"x-csrf-token": self.csrf}
        _, _, rest = path.partition("conversations/")
        if (conversation_id := rest.partition("/")[0]) in self.claims:
            body = {"claim_id": self.claims[conversation_id], **body}
        answer = await self.http.post(f"/api/desk/{path}", json=body, headers=headers)
        if answer.status_code == 200 and "json" in answer.headers["content-type"]:
            self._learn(answer.json())
        return answer

    def _learn(self, told: dict[str, Any]) -> None:
        if summary := told.get("conversation"):
            self.claims[summary["conversation_id"]] = summary["claim_id"]


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        built.engine.prepared["人と話したい"] = [HANDOFF]
        built.engine.prepared["公園を増やして"] = [OPINION]
        yield built


async def operator(
    gateway: Gateway, name: str = "sato", role: OperatorRole = OperatorRole.OPERATOR
) -> Operator:
    account = new_account(name, role, PASSWORD)
    await gateway.services.operators.add(account)
    http = await gateway.browser()
    answer = await http.post("/api/desk/login", json={"name": name, "password": PASSWORD})
    assert answer.status_code == 200
    return Operator(http, answer.json()["csrf_token"])


async def waiting_citizen(gateway: Gateway) -> Citizen:
    citizen = await gateway.citizen()
    await citizen.ask("人と話したい")
    return citizen


async def test_a_handoff_from_the_queue_to_the_end(gateway: Gateway) -> None:
    sato, citizen = await operator(gateway), await waiting_citizen(gateway)
    [waiting] = (await sato.get("conversations?view=waiting"))["conversations"]
    assert waiting["conversation_id"] == citizen.id
    assert (waiting["queue_position"], waiting["last_text"]) == (1, "人と話したい")

    claimed = await sato.post(f"conversations/{citizen.id}/claim")
    assert claimed.json()["conversation"]["owner"] == "sato"
    seen = await sato.get(f"conversations/{citizen.id}")
    assert [m["role"] for m in seen["messages"]] == ["citizen", "bot", "system"]

    said = await sato.post(
        f"conversations/{citizen.id}/messages", text="お待たせしました", client_message_id="1"
    )
    assert said.status_code == 202
    await citizen.post(text="保育園のことです")
    assert (await citizen.read())["state"] == "operator"

    assert (await sato.post(f"conversations/{citizen.id}/return")).status_code == 200
    [answer] = await citizen.ask("ありがとう")
    assert answer["role"] == "bot"
    texts = [m["text"] for m in (await citizen.read())["messages"]]
    assert "「保育園のことです」ですね。" not in texts
    assert "お待たせしました" in texts


async def test_of_two_operators_at_once_one_gets_the_conversation(gateway: Gateway) -> None:
    sato, suzuki = await operator(gateway), await operator(gateway, "suzuki")
    citizen = await waiting_citizen(gateway)
    path = f"conversations/{citizen.id}/claim"
    answers = await asyncio.gather(sato.post(path), suzuki.post(path))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [lost] = [answer for answer in answers if answer.status_code == 409]
    assert lost.json()["error"]["code"] == "already_claimed"
    assert any(name in lost.json()["error"]["message"] for name in ("sato", "suzuki"))


async def test_claiming_twice_is_claiming_once(gateway: Gateway) -> None:
    sato, citizen = await operator(gateway), await waiting_citizen(gateway)
    for _ in range(2):
        answer = await sato.post(f"conversations/{citizen.id}/claim")
        assert answer.status_code == 200
    roles = [m["role"] for m in (await citizen.read())["messages"]]
    assert roles.count("system") == 1


async def test_only_the_owner_writes_returns_and_closes(gateway: Gateway) -> None:
    sato, suzuki = await operator(gateway), await operator(gateway, "suzuki")
    citizen = await waiting_citizen(gateway)
    await sato.post(f"conversations/{citizen.id}/claim")
    for what in ("return", "close", "typing"):
        answer = await suzuki.post(f"conversations/{citizen.id}/{what}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_owner")
    answer = await suzuki.post(
        f"conversations/{citizen.id}/messages", text="横から", client_message_id="1"
    )
    assert answer.status_code == 409


async def test_an_operators_repeated_request_is_one_message(gateway: Gateway) -> None:
    sato, citizen = await operator(gateway), await waiting_citizen(gateway)
    await sato.post(f"conversations/{citizen.id}/claim")
    body = {"text": "はい、どうぞ", "client_message_id": "same"}
    path = f"conversations/{citizen.id}/messages"
    answers = await asyncio.gather(*(sato.post(path, **body) for _ in range(5)))
    assert len({answer.json()["message_id"] for answer in answers}) == 1
    texts = [m["text"] for m in (await citizen.read())["messages"]]
    assert texts.count("はい、どうぞ") == 1


async def test_a_conversation_that_does_not_wait_cannot_be_claimed(gateway: Gateway) -> None:
    sato, citizen = await operator(gateway), await gateway.citizen()
    answer = await sato.post(f"conversations/{citizen.id}/claim")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "wrong_state")


async def test_the_desk_is_told_when_somebody_waits(gateway: Gateway) -> None:
    sato = await operator(gateway)
    counts = []
    async with sato.http.stream("GET", "/api/desk/events") as stream:
        async for kind, data in parse_events(stream):
            assert kind == ("lines" if counts else "changed")
            counts.append(data.get("counts", data)["waiting"])
            if len(counts) == 1:
                await waiting_citizen(gateway)
            if counts[-1] == 1:
                break
    assert counts[0] == 0


async def test_an_opinion_is_answered_where_it_was_given(gateway: Gateway) -> None:
    sato, citizen = await operator(gateway), await gateway.citizen()
    [receipt] = await citizen.ask("公園を増やして")
    [ticket] = (await sato.get("tickets?status=open"))["tickets"]
    assert ticket["receipt"] in receipt["text"]
    assert (ticket["kind"], ticket["text"]) == ("opinion", "公園を増やして")

    for _ in range(2):  # a repeated request answers once
        answer = await sato.post(
            f"tickets/{ticket['receipt']}/answer", text="伝えます", client_message_id="1"
        )
        assert answer.json()["ticket"]["status"] == "answered"
    assert (await sato.get("tickets?status=open"))["tickets"] == []
    assert len((await sato.get("tickets?status=answered"))["tickets"]) == 1
    texts = [m["text"] for m in (await citizen.read())["messages"]]
    assert texts.count("伝えます") == 1


async def test_a_message_left_at_night_waits_at_the_desk(redis_url: str) -> None:
    async with running(redis_url, BOT_NOW=NIGHT) as night:
        night.engine.prepared["人と話したい"] = [HANDOFF]
        citizen = await night.citizen()
        await citizen.ask("人と話したい")
        [receipt] = await citizen.ask("道路の穴のことで電話がほしい")
        sato = await operator(night)
        [ticket] = (await sato.get("tickets"))["tickets"]
        assert ticket["receipt"] in receipt["text"]
        shown = await sato.get(f"tickets/{ticket['receipt']}")
        assert shown["ticket"]["text"] == "道路の穴のことで電話がほしい"
        assert len(shown["messages"]) == 4


async def test_an_unknown_receipt_number_is_404(gateway: Gateway) -> None:
    sato = await operator(gateway)
    answer = await sato.http.get("/api/desk/tickets/0000-0000")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "ticket_not_found")


@pytest.mark.parametrize("token", ["", "nonsense"])
async def test_writing_needs_the_csrf_token(gateway: Gateway, token: str) -> None:
    sato, citizen = await operator(gateway), await waiting_citizen(gateway)
    sato.csrf = token
    answer = await sato.post(f"conversations/{citizen.id}/claim")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf")


async def test_a_logout_ends_the_session(gateway: Gateway) -> None:
    sato = await operator(gateway)
    cookies = dict(sato.http.cookies)
    assert (await sato.post("logout")).status_code == 204
    sato.http.cookies.update(cookies)
    assert (await sato.http.get("/api/desk/me")).status_code == 401


async def test_guessing_passwords_is_braked(gateway: Gateway) -> None:
    await operator(gateway)
    wrong = {"name": "sato", "password": "wrong"}
    for _ in range(FAILURES_PER_NAME):
        answer = await gateway.http.post("/api/desk/login", json=wrong)
        assert answer.status_code == 401
    right = {"name": "sato", "password": PASSWORD}
    braked = await gateway.http.post("/api/desk/login", json=right)
    assert braked.status_code == 429
    assert int(braked.headers["retry-after"]) > 0


async def test_the_session_cookie_is_out_of_reach_of_scripts(gateway: Gateway) -> None:
    account = new_account("sato", OperatorRole.OPERATOR, PASSWORD)
    await gateway.services.operators.add(account)
    answer = await gateway.http.post("/api/desk/login", json={"name": "sato", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


async def test_the_pages_lead_to_the_login_and_back(gateway: Gateway) -> None:
    assert (await gateway.http.get("/desk")).headers["location"] == "/desk/login"
    sato = await operator(gateway)
    page = await sato.http.get("/desk")
    assert "sato" in page.text
    assert sato.csrf in page.text
    assert (await sato.http.get("/desk/login")).headers["location"] == "/desk"
