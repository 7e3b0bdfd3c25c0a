"""Messages and opinions at the desk, and what the citizen who left them is told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.desk.test_api import HANDOFF, NIGHT, NOON, OPINION, Operator, operator
from tests.gateway import Citizen, Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from bot.adapters.redis.feedback import Feedback


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NIGHT) as built:
        built.engine.prepared["人と話したい"] = [HANDOFF]
        built.engine.prepared["公園を増やして"] = [OPINION]
        yield built


async def left(gateway: Gateway, text: str = "電話がほしいです") -> tuple[Citizen, str]:
    citizen = await gateway.citizen()
    await citizen.ask("人と話したい")
    await citizen.ask(text)
    [ticket] = await gateway.services.store.tickets(citizen.id)
    return citizen, ticket.receipt


async def own(citizen: Citizen, receipt: str, token: str = "") -> httpx.Response:
    headers = {"authorization": f"Bearer {token or citizen.token}"}
    return await citizen.http.get(citizen.url(f"tickets/{receipt}"), headers=headers)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_a_ticket_goes_round(gateway: Gateway) -> None:
    citizen, receipt = await left(gateway)
    sato, suzuki = await operator(gateway), await operator(gateway, "suzuki")
    [listed] = (await sato.get("tickets?kind=message"))["tickets"]
    assert (listed["status"], listed["assignee"]) == ("open", None)
    assert listed["due_at"] == "2021-04-02T21:00:00+09:00"
    assert (await own(citizen, receipt)).json()["ticket"]["status"] == "open"

    assigned = await sato.post(f"tickets/{receipt}/assign", assignee="suzuki", version=0)
    assert assigned.json()["ticket"]["status"] == "in_progress"
    assert (await suzuki.get("tickets?assignee=suzuki"))["tickets"] == [assigned.json()["ticket"]]
    refused = await sato.post(
        f"tickets/{receipt}/answer", text="横から", client_message_id="1", version=1
    )
    assert code(refused) == (409, "ticket_assigned")
    assert "suzuki" in refused.json()["error"]["message"]

    due = {"due_at": "2021-04-05T12:00:00+09:00", "version": 1}
    moved = (await suzuki.post(f"tickets/{receipt}/due", **due)).json()["ticket"]
    assert (moved["due_at"], moved["version"]) == ("2021-04-05T12:00:00+09:00", 2)
    answer = {"text": "お電話します", "client_message_id": "1", "version": 2}
    for _ in range(2):
        said = await suzuki.post(f"tickets/{receipt}/answer", **answer)
        assert said.json()["ticket"]["answered_by"] == "suzuki"
    texts = [message["text"] for message in (await citizen.read())["messages"]]
    assert texts.count("お電話します") == 1
    known = (await own(citizen, receipt)).json()["ticket"]
    assert known["status"] == "answered"
    assert "お答えしました" in known["words"]


async def test_two_equal_answers_at_once_are_one(gateway: Gateway) -> None:
    citizen, receipt = await left(gateway)
    sato = await operator(gateway)
    answer = {"text": "はい", "client_message_id": "same", "version": 0}
    answers = await asyncio.gather(
        *(sato.post(f"tickets/{receipt}/answer", **answer) for _ in range(5))
    )
    assert {one.status_code for one in answers} == {200}
    texts = [message["text"] for message in (await citizen.read())["messages"]]
    assert texts.count("はい") == 1


async def test_of_two_who_answer_at_once_one_does(gateway: Gateway) -> None:
    citizen, receipt = await left(gateway)
    both = await operator(gateway), await operator(gateway, "suzuki")
    answers = await asyncio.gather(
        *(
            one.post(f"tickets/{receipt}/answer", text=f"{n}番", client_message_id="1", version=0)
            for n, one in enumerate(both)
        )
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    messages = (await citizen.read())["messages"]
    assert [message["role"] for message in messages].count("operator") == 1


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("assign", {"assignee": "sato"}),
        ("due", {"due_at": "2021-04-05T12:00:00+09:00"}),
        ("close", {"reason": "二重の受付"}),
        ("answer", {"text": "はい", "client_message_id": "1"}),
    ],
)
async def test_a_stale_page_changes_nothing(
    gateway: Gateway, what: str, body: dict[str, Any]
) -> None:
    _, receipt = await left(gateway)
    sato = await operator(gateway)
    await sato.post(f"tickets/{receipt}/assign", assignee="sato", version=0)
    before = await gateway.services.tickets.find(receipt)
    assert code(await sato.post(f"tickets/{receipt}/{what}", **body, version=0)) == (
        409,
        "ticket_stale",
    )
    assert await gateway.services.tickets.find(receipt) == before
    assert (await sato.post(f"tickets/{receipt}/{what}", **body, version=1)).status_code == 200


async def test_a_ticket_ends_without_an_answer_and_is_taken_up_again(gateway: Gateway) -> None:
    citizen, receipt = await left(gateway)
    sato = await operator(gateway)
    closed = await sato.post(f"tickets/{receipt}/close", reason="電話で回答ずみ", version=0)
    assert closed.json()["ticket"]["status"] == "closed"
    assert [one["receipt"] for one in (await sato.get("tickets?status=closed"))["tickets"]] == [
        receipt
    ]
    assert "個別" in (await own(citizen, receipt)).json()["ticket"]["words"]
    late = await sato.post(f"tickets/{receipt}/answer", text="はい", client_message_id="1")
    assert code(late) == (409, "ticket_finished")
    reopened = (await sato.post(f"tickets/{receipt}/reopen", version=1)).json()["ticket"]
    assert (reopened["status"], reopened["assignee"]) == ("in_progress", "sato")
    assert code(await sato.post(f"tickets/{receipt}/reopen", version=2)) == (409, "ticket_stale")
    history = await gateway.services.store.history(citizen.id)
    assert [entry.detail.get("what") for entry in history] == [None, "closed", "reopened"]
    assert history[1].text == "電話で回答ずみ"


async def test_nobody_is_given_a_ticket_who_is_not_there(gateway: Gateway) -> None:
    _, receipt = await left(gateway)
    sato = await operator(gateway)
    answer = await sato.post(f"tickets/{receipt}/assign", assignee="nobody", version=0)
    assert code(answer) == (400, "unknown_operator")
    assert (await sato.get(f"tickets/{receipt}"))["operators"] == ["sato"]


async def test_a_number_is_found_however_it_is_typed(gateway: Gateway) -> None:
    citizen, receipt = await left(gateway)
    sato = await operator(gateway)
    bare = receipt.replace("-", "")
    wide = bare.translate({ord("0") + n: "０１２３４５６７８９"[n] for n in range(10)})
    for typed in (bare, f"{bare[:4]} {bare[4:]}", wide, receipt.replace("-", "ー")):
        assert (await sato.get(f"tickets/{typed}"))["ticket"]["receipt"] == receipt
        assert (await own(citizen, typed)).json()["ticket"]["receipt"] == receipt
    mistyped = bare[:-1] + str((int(bare[-1]) + 1) % 10)
    assert code(await sato.http.get(f"/api/desk/tickets/{mistyped}")) == (404, "receipt_mistyped")
    assert code(await own(citizen, mistyped)) == (404, "receipt_mistyped")


async def test_a_number_alone_opens_nothing(gateway: Gateway) -> None:
    citizen, receipt = await left(gateway)
    other, _ = await left(gateway)
    assert code(await own(other, receipt)) == (404, "ticket_not_found")
    assert code(await own(citizen, receipt, token=other.token)) == (401, "unauthorized")
    shown = (await own(citizen, receipt)).json()["ticket"]
    assert not {"assignee", "due_at", "answered_by", "version"} & set(shown)


async def test_lists_are_read_page_by_page(gateway: Gateway) -> None:
    for number in range(5):
        await left(gateway, f"{number}件目")
    sato = await operator(gateway)
    seen, query = [], "tickets?limit=2"
    while True:
        page = await sato.get(query)
        seen += [one["text"] for one in page["tickets"]]
        if page["next"] is None:
            break
        query = f"tickets?limit=2&cursor={page['next']}"
    assert seen == [f"{number}件目" for number in range(5)]


@pytest.mark.parametrize(
    "query", ["status=no", "kind=no", "limit=0", "limit=201", "limit=x", "cursor=%00", "overdue=1"]
)
async def test_lists_that_are_not_there_are_refused(gateway: Gateway, query: str) -> None:
    sato = await operator(gateway)
    answer = await sato.http.get(f"/api/desk/tickets?{query}")
    assert code(answer) == (400, "missing_field")


async def test_opinions_have_a_list_of_their_own(gateway: Gateway) -> None:
    citizen, _ = await left(gateway)
    await citizen.ask("公園を増やして")
    sato = await operator(gateway)
    assert [one["kind"] for one in (await sato.get("tickets?kind=opinion"))["tickets"]] == [
        "opinion"
    ]
    overdue = await sato.get("tickets?overdue=true")
    assert overdue["tickets"] == []


async def test_what_operators_do_with_tickets_is_on_record(gateway: Gateway) -> None:
    _, receipt = await left(gateway)
    sato = await operator(gateway)
    await sato.get(f"tickets/{receipt}")
    await sato.post(f"tickets/{receipt}/assign", assignee="sato", version=0)
    done = [deed async for deed in gateway.services.audit.deeds(["2021-04-01"])]
    assert [deed.action for deed in done] == ["assigned_ticket", "saw_ticket", "logged_in"]
    assert done[0].subject == {"receipt": receipt}


async def said_words(gateway: Gateway) -> list[Feedback]:
    return await gateway.services.feedback.given(["2021-04-01"])


async def test_the_end_of_a_talk_asks_whether_it_helped(redis_url: str) -> None:
    async with running(redis_url, BOT_NOW=NOON) as gateway:
        gateway.engine.prepared["人と話したい"] = [HANDOFF]
        sato: Operator = await operator(gateway)
        citizen = await gateway.citizen()
        await citizen.ask("人と話したい")
        await sato.post(f"conversations/{citizen.id}/claim")
        await sato.post(f"conversations/{citizen.id}/close")
        notice = (await citizen.read())["messages"][-1]
        assert notice["survey"] is True
        body = {"helpful": True, "comment": "電話は090-1234-5678です"}
        url = citizen.url("feedback")
        assert (await citizen.http.post(url, json=body, headers=citizen.headers)).status_code == 204
        assert (await citizen.http.post(url, json=body)).status_code == 401
        wrong = await citizen.http.post(url, json={"helpful": "yes"}, headers=citizen.headers)
        assert code(wrong) == (400, "missing_field")
        [word] = await said_words(gateway)
        assert word.at.startswith("2021-04-01T12:00")
        assert (word.conversation_id, word.message_id) == (citizen.id, None)
        assert (word.helpful, word.comment) == (True, "電話は［電話番号］です")
        assert await gateway.services.waits.expected() is not None


async def test_feedback_on_an_answer_reaches_the_desk(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    [reply] = await citizen.ask("こんにちは")
    url = citizen.url(f"messages/{reply['id']}/feedback")
    await citizen.http.post(url, json={"helpful": False}, headers=citizen.headers)
    [word] = await said_words(gateway)
    assert (word.message_id, word.helpful) == (reply["id"], False)
