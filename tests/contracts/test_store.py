"""What every conversation store must do; the fake and the real one both pass."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.redis.store import RedisConversationStore
from bot.conversation.model import (
    START,
    Change,
    Draft,
    Entry,
    Happening,
    Incoming,
    Offer,
    Outcome,
    Role,
    State,
    Ticket,
)
from bot.errors import Conflict, RequestError
from bot.worded import Worded
from tests.fakes import FakeStore, StoppedClock, conversation

if TYPE_CHECKING:
    from redis.asyncio import Redis

NOW = "2021-04-01T12:00:00.000+09:00"
HELLO = Incoming("client-1", "こんにちは", NOW)


@pytest.fixture(params=["fake", "redis"])
async def store(request: pytest.FixtureRequest, redis: Redis) -> Any:
    real = RedisConversationStore(redis, StoppedClock(), 90)
    built = real if request.param == "redis" else FakeStore()
    await built.create(conversation())
    return built


async def test_a_new_conversation_is_the_bots_and_empty(store: Any) -> None:
    assert await store.load("c1") == conversation()
    assert await store.messages("c1", START) == []


async def test_an_unknown_conversation_is_404(store: Any) -> None:
    for attempt in (store.load("nobody"), store.accept("nobody", HELLO)):
        with pytest.raises(RequestError) as caught:
            await attempt
        assert caught.value.status == HTTPStatus.NOT_FOUND


async def test_a_message_keeps_its_plain_form_and_shows_it_to_nobody(store: Any) -> None:
    said = Draft(Role.BOT, "時期は示されていません。", easy="いつかは　書いてありません。")
    worded = Draft(Role.SYSTEM, Worded("お待ちください。", "待ってください。"))
    await store.commit(await store.load("c1"), Change((said, worded, Draft(Role.BOT, "はい。"))))
    found = await store.messages("c1", START)
    assert [message.easy for message in found] == [said.easy, "待ってください。", None]
    assert all("easy" not in message.public() for message in found)


async def test_a_message_is_accepted_once(store: Any) -> None:
    first = await store.accept("c1", HELLO)
    again = await store.accept("c1", replace(HELLO, text="anything"))
    assert first == again
    [message] = await store.messages("c1", START)
    assert (message.id, message.role, message.text) == (first, Role.CITIZEN, "こんにちは")
    assert (await store.load("c1")).last_text == "こんにちは"


async def test_the_same_client_id_raced_is_one_message(store: Any) -> None:
    ids = await asyncio.gather(*(store.accept("c1", HELLO) for _ in range(10)))
    assert len(set(ids)) == 1
    assert len(await store.messages("c1", START)) == 1


async def test_more_messages_than_the_limit_are_refused_and_repeats_do_not_count(
    store: Any,
) -> None:
    first = await store.accept("c1", HELLO, per_minute=2)
    for _ in range(3):
        assert await store.accept("c1", HELLO, per_minute=2) == first
    await store.accept("c1", replace(HELLO, client_message_id="client-2"), per_minute=2)
    third = replace(HELLO, client_message_id="client-3")
    with pytest.raises(RequestError) as caught:
        await store.accept("c1", third, per_minute=2)
    assert caught.value.status == HTTPStatus.TOO_MANY_REQUESTS
    assert 1 <= (caught.value.retry_after or 0) <= 30
    assert len(await store.messages("c1", START)) == 2
    assert await store.accept("c1", third)


async def test_a_change_is_written_as_a_whole(store: Any) -> None:
    asked = await store.accept("c1", HELLO)
    draft = Draft(
        Role.BOT,
        "はい。",
        in_reply_to=asked,
        outcome=Outcome.ANSWER,
        initiative="sdgs",
        facet="overview",
        sources=({"title": "t", "section": "s", "paragraph": 11},),
        offers=(Offer("時期", {"intent": "ask", "facet": "schedule"}),),
        final=True,
    )
    fields = {"state": State.WAITING, "topic": "sdgs", "waiting_since": NOW}
    changed = await store.commit(await store.load("c1"), Change((draft,), fields, handles=asked))
    assert await store.load("c1") == changed
    assert (changed.state, changed.topic, changed.handled) == (State.WAITING, "sdgs", asked)

    [_, reply] = await store.messages("c1", START)
    assert reply.public().keys() == {
        "id", "at", "role", "text", "in_reply_to", "outcome", "initiative", "facet", "sources",
        "choices", "final",
    }  # fmt: skip
    [choice] = reply.choices
    assert await store.offer("c1", choice["choice"]) == draft.offers[0]


async def test_of_two_changes_on_one_version_one_wins(store: Any) -> None:
    loaded = await store.load("c1")
    drafts = [Change((Draft(Role.BOT, text),)) for text in ("一", "二")]
    outcomes = await asyncio.gather(
        *(store.commit(loaded, change) for change in drafts), return_exceptions=True
    )
    assert sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]
    assert len(await store.messages("c1", START)) == 1


async def test_accepting_does_not_disturb_a_change_under_way(store: Any) -> None:
    loaded = await store.load("c1")
    await store.accept("c1", HELLO)
    changed = await store.commit(loaded, Change(fields={"topic": "finance"}))
    assert changed.topic == "finance"
    assert (await store.load("c1")).last_text == "こんにちは"


async def test_an_operators_repeated_request_is_one_message(store: Any) -> None:
    change = Change((Draft(Role.OPERATOR, "お待たせしました"),), client_message_id="op-1")
    for _ in range(2):
        await store.commit(await store.load("c1"), change)
    [message] = await store.messages("c1", START)
    assert await store.seen("c1", "op-1") == message.id


async def test_a_message_handled_ahead_stays_handled(store: Any) -> None:
    ids = [await store.accept("c1", Incoming(f"c{n}", f"{n}", NOW)) for n in range(3)]
    await store.commit(await store.load("c1"), Change(handles=ids[2], ahead=True))
    assert (await store.load("c1")).ahead == {ids[2]}
    await store.commit(await store.load("c1"), Change(handles=ids[0]))
    loaded = await store.load("c1")
    assert (loaded.handled, loaded.ahead) == (ids[0], {ids[2]})
    await store.commit(loaded, Change(handles=ids[2]))
    assert (await store.load("c1")).ahead == frozenset()


async def test_reading_goes_on_after_a_cursor(store: Any) -> None:
    ids = [await store.accept("c1", Incoming(f"c{n}", f"{n}", NOW)) for n in range(5)]
    assert [m.id for m in await store.messages("c1", ids[1])] == ids[2:]
    assert [m.id for m in await store.messages("c1", START, limit=2)] == ids[:2]


async def test_a_conversation_is_read_with_what_was_said_after_a_message(store: Any) -> None:
    ids = [await store.accept("c1", Incoming(f"c{n}", f"{n}", NOW)) for n in range(3)]
    handled = await store.commit(await store.load("c1"), Change(handles=ids[0]))
    await store.withdraw("c1", "c2", "取り消されました")
    conversation, said = await store.read("c1")
    assert conversation.version > handled.version
    assert conversation == await store.load("c1")
    assert [(m.id, m.text, m.withdrawn) for m in said] == [
        (ids[1], "1", False),
        (ids[2], "取り消されました", True),
    ]
    assert (await store.read("c1", ids[1]))[1] == said[1:]
    assert [m.id for m in (await store.read("c1", START))[1]] == ids


async def test_more_than_fits_into_one_read_is_read_whole(store: Any) -> None:
    """It is read in pages of 500."""
    drafts = tuple(Draft(Role.BOT, f"{n}") for n in range(600))
    await store.commit(await store.load("c1"), Change(drafts))
    _, said = await store.read("c1")
    assert [m.text for m in said] == [f"{n}" for n in range(600)]


async def test_what_is_not_there_cannot_be_read(store: Any) -> None:
    with pytest.raises(RequestError, match="not_found"):
        await store.read("nobody")


async def test_a_choice_that_was_never_offered_is_unknown(store: Any) -> None:
    assert await store.offer("c1", "made-up") is None


async def test_tickets_are_kept_with_their_conversation(store: Any) -> None:
    asked = await store.accept("c1", HELLO)
    ticket = Ticket("1234-5678", "message", "相談です", "c1", "web", asked, NOW)
    await store.commit(await store.load("c1"), Change(tickets=(ticket,)))
    assert await store.tickets("c1") == [ticket]
    answered = replace(ticket, status="answered", answered_by="sato", answered_at=NOW)
    await store.commit(await store.load("c1"), Change(tickets=(answered,)))
    assert await store.tickets("c1") == [answered]


async def test_what_happened_is_kept_beside_what_was_said(store: Any) -> None:
    queued = Entry(Happening.QUEUED, detail={"reason": "asked"})
    claimed = Entry(Happening.CLAIMED, operator="sato")
    note = Entry(Happening.NOTE, operator="sato", text="電話を希望")
    changed = await store.commit(await store.load("c1"), Change(history=(queued,)))
    await store.commit(changed, Change(history=(claimed, note)))
    assert await store.messages("c1", START) == []
    history = await store.history("c1")
    assert await store.last_entry("c1") == history[-1].id
    assert [replace(entry, id="", at="") for entry in history] == [queued, claimed, note]
    assert {entry.at for entry in history} == {NOW}
    assert len({entry.id for entry in history}) == len(history)
