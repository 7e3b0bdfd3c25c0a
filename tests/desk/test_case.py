"""One conversation at the desk: who owns it, what happens to it, what its operator sees."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.conversation.model import Draft, Outcome, Role
from bot.conversation.ports import EngineReply
from tests.desk.test_api import HANDOFF, NOON, OPINION, Operator, operator, waiting_citizen
from tests.desk.test_canned import supervisor
from tests.gateway import Citizen, Gateway, parse_events, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ANSWER = Draft(
    Role.BOT, "2050年です。", outcome=Outcome.ANSWER, initiative="carbon_zero", confidence=0.91
)


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        built.engine.prepared["人と話したい"] = [HANDOFF]
        built.engine.prepared["公園を増やして"] = [OPINION]
        built.engine.prepared["いつまで"] = [EngineReply(ANSWER)]
        yield built


async def claimed(gateway: Gateway) -> tuple[Operator, Citizen, str]:
    sato, citizen = await operator(gateway), await waiting_citizen(gateway)
    path = f"conversations/{citizen.id}"
    assert (await sato.post(f"{path}/claim")).status_code == 200
    return sato, citizen, path


async def last(who: Operator, path: str) -> dict[str, Any]:
    told: dict[str, Any] = (await who.get(path))["messages"][-1]
    return told


async def kinds(who: Operator, path: str) -> list[str]:
    return [entry["kind"] for entry in (await who.get(path))["history"]]


@pytest.mark.parametrize("what", ["messages", "return", "close", "transfer", "requeue"])
async def test_a_page_with_an_old_claim_changes_nothing(gateway: Gateway, what: str) -> None:
    sato, citizen, path = await claimed(gateway)
    old = sato.claims[citizen.id]
    await operator(gateway, "suzuki")
    assert (await sato.post(f"{path}/requeue")).status_code == 200
    assert (await sato.post(f"{path}/claim")).status_code == 200
    assert sato.claims[citizen.id] != old
    before = await sato.get(path)
    body = {"text": "古い画面から", "client_message_id": "1", "to": "suzuki"}
    for claim_id in (old, None, 7, ""):
        answer = await sato.post(f"{path}/{what}", claim_id=claim_id, **body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "stale")
    assert await sato.get(path) == before


async def test_a_colleague_gets_the_conversation_with_a_note(gateway: Gateway) -> None:
    sato, citizen, path = await claimed(gateway)
    suzuki = await operator(gateway, "suzuki")
    answer = await sato.post(f"{path}/transfer", to="suzuki", note="税のことです")
    assert answer.json()["conversation"]["owner"] == "suzuki"
    refused = await sato.post(f"{path}/messages", text="まだ私", client_message_id="1")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_owner")
    case = await suzuki.get(path)
    assert case["history"][-1]["text"] == "税のことです"
    assert case["history"][-1]["detail"] == {"to": "suzuki"}
    said = await suzuki.post(f"{path}/messages", text="代わりました", client_message_id="1")
    assert said.status_code == 202
    texts = "".join(m["text"] for m in (await citizen.read())["messages"])
    assert "suzuki" in texts
    assert "税のことです" not in texts


@pytest.mark.parametrize("to", ["nobody", "sato"])
async def test_only_a_colleague_can_be_given_a_conversation(gateway: Gateway, to: str) -> None:
    sato, _, path = await claimed(gateway)
    answer = await sato.post(f"{path}/transfer", to=to)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_such_colleague")


async def test_a_supervisor_takes_over_from_who_is_gone(gateway: Gateway) -> None:
    sato, _, path = await claimed(gateway)
    boss = await supervisor(gateway)
    refused = await sato.post(f"{path}/take-over")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "supervisors_only")
    for _ in range(2):
        taken = await boss.post(f"{path}/take-over")
        assert taken.json()["conversation"]["owner"] == "boss"
    said = await boss.post(f"{path}/messages", text="代わりました", client_message_id="1")
    assert said.status_code == 202
    late = await sato.post(f"{path}/messages", text="戻りました", client_message_id="1")
    assert late.status_code == 409
    entry = (await boss.get(path))["history"][-1]
    assert (entry["kind"], entry["detail"]) == ("transferred", {"to": "boss", "from": "sato"})
    waiting = await waiting_citizen(gateway)
    answer = await boss.post(f"conversations/{waiting.id}/take-over")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "wrong_state")


async def test_back_in_the_queue_anybody_may_claim(gateway: Gateway) -> None:
    sato, citizen, path = await claimed(gateway)
    suzuki = await operator(gateway, "suzuki")
    answer = await sato.post(f"{path}/requeue", note="昼休みのため")
    assert answer.json()["conversation"]["state"] == "waiting"
    assert (await citizen.read())["queue_position"] == 1
    assert (await suzuki.post(f"{path}/claim")).json()["conversation"]["owner"] == "suzuki"
    assert await kinds(suzuki, path) == ["queued", "claimed", "requeued", "claimed"]


async def test_outside_the_hours_nobody_is_put_back_to_wait(redis_url: str) -> None:
    async with running(redis_url, BOT_NOW="2021-04-01T20:59:00+09:00") as evening:
        evening.engine.prepared["人と話したい"] = [HANDOFF]
        sato, _, path = await claimed(evening)
    async with running(redis_url, BOT_NOW="2021-04-01T21:00:00+09:00") as night:
        sato.http = await night.browser()
        login = {"name": "sato", "password": "correct horse battery"}
        sato.csrf = (await sato.http.post("/api/desk/login", json=login)).json()["csrf_token"]
        answer = await sato.post(f"{path}/requeue")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "queue_shut")


async def test_closing_keeps_how_it_ended_and_reopening_takes_it_up(gateway: Gateway) -> None:
    sato, citizen, path = await claimed(gateway)
    suzuki = await operator(gateway, "suzuki")
    refused = await sato.post(f"{path}/close", disposition="unheard-of")
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "missing_field")
    closed = await sato.post(f"{path}/close", disposition="referred", note="保険課へ")
    assert closed.json()["conversation"]["claim_id"] is None
    answers = await asyncio.gather(sato.post(f"{path}/reopen"), suzuki.post(f"{path}/reopen"))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    case = await sato.get(path)
    assert case["history"][2]["detail"] == {"disposition": "referred"}
    assert [entry["kind"] for entry in case["history"]][2:] == ["closed", "reopened"]
    assert case["conversation"]["owner"] in {"sato", "suzuki"}
    assert (await citizen.read())["state"] == "operator"


async def test_who_writes_after_the_end_talks_to_the_bot_and_nobody_reopens_that(
    gateway: Gateway,
) -> None:
    sato, citizen, path = await claimed(gateway)
    await sato.post(f"{path}/close")
    assert (await citizen.ask("ありがとう"))[0]["role"] == "bot"
    answer = await sato.post(f"{path}/reopen")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "wrong_state")


async def test_the_bot_is_given_back_its_topic(gateway: Gateway) -> None:
    sato, citizen = await operator(gateway), await gateway.citizen()
    for text in ("いつまで", "人と話したい"):
        await citizen.ask(text)
    path = f"conversations/{citizen.id}"
    await sato.post(f"{path}/claim")
    returned = await sato.post(f"{path}/return")
    assert returned.json()["conversation"]["topic"] == "carbon_zero"
    assert "カーボンゼロ" in (await citizen.read())["messages"][-1]["text"]
    assert await kinds(sato, path) == ["queued", "claimed", "returned"]


async def test_notes_are_for_operators_alone_and_kept_once(gateway: Gateway) -> None:
    sato, citizen, path = await claimed(gateway)
    suzuki = await operator(gateway, "suzuki")
    before = (await citizen.read())["messages"]
    body = {"text": "前にも電話があった方", "client_message_id": "n1"}
    answers = await asyncio.gather(*(suzuki.post(f"{path}/notes", **body) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {204}
    notes = [e for e in (await sato.get(path))["history"] if e["kind"] == "note"]
    assert [(note["operator"], note["text"]) for note in notes] == [("suzuki", body["text"])]
    assert (await citizen.read())["messages"] == before
    empty = await sato.post(f"{path}/notes", text=" ", client_message_id="n2")
    assert (empty.status_code, empty.json()["error"]["code"]) == (400, "empty_text")


async def test_whoever_looks_on_hears_of_a_note_and_the_citizen_does_not(
    gateway: Gateway,
) -> None:
    sato, citizen, path = await claimed(gateway)
    told = []
    async with sato.http.stream("GET", f"/api/desk/events?conversation={citizen.id}") as stream:
        async for kind, data in parse_events(stream):
            told += [data["history"]] if kind == "state" else []
            if kind == "state" and len(told) == 1:
                await sato.post(f"{path}/notes", text="メモ", client_message_id="1")
            if len(told) > 1:
                break
    assert told[-1] == (await sato.get(path))["history"][-1]["id"]
    async for kind, data in citizen.events():
        if kind == "state":
            assert data == {"state": "operator"}
            break


async def test_the_desk_sees_how_sure_the_bot_was_and_the_citizen_does_not(
    gateway: Gateway,
) -> None:
    sato, citizen = await operator(gateway), await gateway.citizen()
    await citizen.ask("いつまで")
    told = (await sato.get(f"conversations/{citizen.id}"))["messages"][-1]
    assert (told["outcome"], told["confidence"]) == ("answer", 0.91)
    assert "confidence" not in (await citizen.read())["messages"][-1]


async def test_the_desk_sees_whether_the_citizen_was_sent_an_answer(gateway: Gateway) -> None:
    sato, citizen, path = await claimed(gateway)
    await citizen.read()

    async def fates() -> list[str]:
        messages = (await sato.get(path))["messages"]
        return [m["delivery"] for m in messages if m["role"] == "operator"]

    await sato.post(f"{path}/messages", text="一つ目", client_message_id="1")
    assert await fates() == ["stored"]
    await citizen.read()
    await sato.post(f"{path}/messages", text="二つ目", client_message_id="2")
    assert await fates() == ["shown", "stored"]
    async for kind, data in citizen.events():
        if kind == "message" and data["text"] == "二つ目":
            break
    async with sato.http.stream("GET", f"/api/desk/{path}/events") as stream:
        async for kind, data in parse_events(stream):
            if kind == "delivery" and data["message_id"] == (await last(sato, path))["id"]:
                break
    assert await fates() == ["shown", "shown"]


async def test_the_case_has_tickets_feedback_and_what_fills_canned_replies(
    gateway: Gateway,
) -> None:
    sato, citizen = await operator(gateway), await gateway.citizen()
    [answer] = await citizen.ask("いつまで")
    await citizen.ask("公園を増やして")
    url = citizen.url(f"messages/{answer['id']}/feedback")
    given = {"helpful": False, "comment": "短い"}
    assert (await citizen.http.post(url, json=given, headers=citizen.headers)).is_success
    case = await sato.get(f"conversations/{citizen.id}")
    [ticket] = case["tickets"]
    [feedback] = case["feedback"]
    assert (feedback["message_id"], feedback["helpful"], feedback["comment"]) == (
        answer["id"],
        False,
        "短い",
    )
    assert case["places"]["受付番号"] == ticket["receipt"]
    assert case["places"]["職員名"] == "sato"
    assert case["places"]["話題"] == "かわさきカーボンゼロチャレンジ2050"
    assert case["places"]["電話番号"] == "044-200-3939"


async def test_colleagues_are_listed_with_who_is_there(gateway: Gateway) -> None:
    sato = await operator(gateway)
    await operator(gateway, "suzuki")
    await operator(gateway, "tanaka")
    await gateway.services.presence.seen("tanaka")
    assert (await sato.get("colleagues"))["colleagues"] == [
        {"name": "suzuki", "present": False},
        {"name": "tanaka", "present": True},
    ]
