"""The one stream of an open desk: lists, the open conversation, who is there."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.redis.erasure import RedisErasure
from bot.adapters.redis.hub import GAP, Watcher
from bot.desk.feed import BACKLOG, Inbox
from tests.desk.test_api import HANDOFF, NOON, OPINION, Operator, operator, waiting_citizen
from tests.gateway import Gateway, parse_events, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

PATIENCE = 20
Event = tuple[str, Any]


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        built.engine.prepared["人と話したい"] = [HANDOFF]
        built.engine.prepared["公園を増やして"] = [OPINION]
        yield built


class Desk:
    """An open desk and all that it was told."""

    def __init__(self, events: AsyncIterator[Event]) -> None:
        self._events = events
        self.heard: list[Event] = []

    async def until(self, fits: Callable[[str, Any], bool]) -> Any:
        """Listens until something that fits; returns its data."""
        async with asyncio.timeout(PATIENCE):
            async for kind, data in self._events:
                self.heard.append((kind, data))
                if fits(kind, data):
                    return data
        raise AssertionError("the stream ended")

    async def line(self, conversation_id: str, **wanted: Any) -> dict[str, Any]:
        """Listens until the line of a conversation says so."""
        found: dict[str, Any] = {}

        def fits(kind: str, data: Any) -> bool:
            for line in data["conversations"] if kind == "lines" else ():
                if line["conversation_id"] == conversation_id and wanted.items() <= line.items():
                    found.update(line)
            return bool(found)

        await self.until(fits)
        return found


@asynccontextmanager
async def desk(who: Operator, query: str = "", after: str = "") -> AsyncIterator[Desk]:
    headers = {"last-event-id": after} if after else {}
    async with who.http.stream("GET", f"/api/desk/events{query}", headers=headers) as stream:
        assert stream.status_code == 200
        opened = Desk(parse_events(stream))
        await opened.until(lambda kind, _: kind == "changed")
        yield opened


async def test_what_a_citizen_writes_is_on_every_desk(gateway: Gateway) -> None:
    sato, suzuki = await operator(gateway), await operator(gateway, "suzuki")
    citizen = await waiting_citizen(gateway)
    async with desk(sato) as one, desk(suzuki) as other:
        await citizen.post(text="まだですか")
        for each in (one, other):
            line = await each.line(citizen.id, last_text="まだですか")
            assert (line["state"], line["queue_position"]) == ("waiting", 1)


async def test_a_claim_is_seen_by_the_others(gateway: Gateway) -> None:
    sato, suzuki = await operator(gateway), await operator(gateway, "suzuki")
    citizen = await waiting_citizen(gateway)
    async with desk(suzuki) as other:
        await sato.post(f"conversations/{citizen.id}/claim")
        line = await other.line(citizen.id, state="operator", queue_position=None)
        assert line["owner"] == "sato"
        assert other.heard[-1][1]["counts"]["waiting"] == 0


async def test_a_new_ticket_makes_the_desks_read_anew(gateway: Gateway) -> None:
    sato, citizen = await operator(gateway), await gateway.citizen()
    async with desk(sato) as one:
        await citizen.ask("公園を増やして")
        await one.until(lambda kind, data: kind == "changed" and data["opinions"] == 1)


async def test_after_a_gap_in_listening_the_desks_read_anew(gateway: Gateway) -> None:
    sato = await operator(gateway)
    async with desk(sato) as one:
        gateway.services.hub._wake_all()
        await one.until(lambda kind, _: kind == "changed")


async def test_an_erased_conversation_leaves_the_desks(gateway: Gateway) -> None:
    sato, citizen = await operator(gateway), await waiting_citizen(gateway)
    async with desk(sato) as one:
        await RedisErasure(gateway.services.redis).erase(citizen.id)
        await one.until(lambda kind, data: kind == "lines" and citizen.id in data["gone"])


async def test_the_open_conversation_comes_in_the_same_stream_without_gap_or_repeat(
    gateway: Gateway,
) -> None:
    sato, citizen = await operator(gateway), await waiting_citizen(gateway)
    query = f"?conversation={citizen.id}"
    async with desk(sato, query) as one:
        await citizen.post(text="一")
        await one.until(lambda kind, data: kind == "message" and data["text"] == "一")
        told = [data["id"] for kind, data in one.heard if kind == "message"]
    for text in ("二", "三"):  # while nobody listens
        await citizen.post(text=text)
    async with desk(sato, query, after=told[-1]) as one:
        await citizen.post(text="四")
        await one.until(lambda kind, data: kind == "message" and data["text"] == "四")
        told += [data["id"] for kind, data in one.heard if kind == "message"]
    assert told == [message["id"] for message in (await citizen.read())["messages"]]


async def test_who_looks_at_a_conversation_is_seen_until_they_leave(gateway: Gateway) -> None:
    sato, suzuki = await operator(gateway), await operator(gateway, "suzuki")
    citizen = await waiting_citizen(gateway)
    async with desk(sato) as one:
        async with desk(suzuki, f"?conversation={citizen.id}"):
            await one.line(citizen.id, viewers=["suzuki"])
            shown = await sato.get(f"conversations/{citizen.id}")
            assert shown["conversation"]["viewers"] == ["suzuki"]
        await one.line(citizen.id, viewers=[])


async def test_a_citizen_who_types_is_seen_in_list_and_conversation(gateway: Gateway) -> None:
    sato, suzuki = await operator(gateway), await operator(gateway, "suzuki")
    citizen = await waiting_citizen(gateway)
    async with desk(sato, f"?conversation={citizen.id}") as one, desk(suzuki) as other:
        answer = await gateway.http.post(citizen.url("typing"), headers=citizen.headers)
        assert answer.status_code == 204
        await one.until(lambda kind, data: (kind, data) == TYPING)
        activity = await other.until(lambda kind, _: kind == "activity")
        assert activity == {"conversation_id": citizen.id, **TYPING[1]}
    assert not [kind for kind, _ in other.heard if kind == "typing"]


TYPING = ("typing", {"role": "citizen", "typing": True})


async def test_an_operator_who_types_is_seen_by_the_others(gateway: Gateway) -> None:
    sato, suzuki = await operator(gateway), await operator(gateway, "suzuki")
    citizen = await waiting_citizen(gateway)
    await sato.post(f"conversations/{citizen.id}/claim")
    async with desk(suzuki) as other:
        await sato.post(f"conversations/{citizen.id}/typing")
        activity = await other.until(lambda kind, _: kind == "activity")
    assert (activity["role"], activity["conversation_id"]) == ("operator", citizen.id)


async def test_a_conversation_that_is_gone_does_not_end_the_stream(gateway: Gateway) -> None:
    sato = await operator(gateway)
    async with desk(sato, "?conversation=nowhere") as one:
        await one.until(lambda kind, data: kind == "gone" and data["conversation_id"] == "nowhere")
        citizen = await waiting_citizen(gateway)
        await one.line(citizen.id, state="waiting")
    assert await gateway.services.redis.exists("bot:{nowhere}:viewers") == 0


async def test_an_open_desk_is_present(gateway: Gateway) -> None:
    sato = await operator(gateway)
    citizen = await waiting_citizen(gateway)
    async with desk(sato, f"?conversation={citizen.id}") as one:
        await one.line(citizen.id, viewers=["sato"])
        assert await gateway.services.presence.present() == ["sato"]


def test_a_desk_too_far_behind_reads_anew() -> None:
    watcher = Watcher()
    inbox = Inbox(watcher)
    for number in range(BACKLOG):
        inbox.put(str(number), "anew")
    inbox.put("too much", "anew")
    inbox.put("next", "anew")
    assert inbox.take() == ["anew", "next"]
    assert inbox.take() == []
    assert GAP not in watcher.take_woken()


async def test_lists_are_read_page_by_page(gateway: Gateway) -> None:
    sato = await operator(gateway)
    citizens = [(await waiting_citizen(gateway)).id for _ in range(3)]
    told, query = [], "conversations?view=waiting&limit=2"
    page = await sato.get(query)
    told += page["conversations"]
    page = await sato.get(f"{query}&cursor={page['next']}")
    told += page["conversations"]
    assert page["next"] is None
    assert [line["conversation_id"] for line in told] == citizens
    assert [line["queue_position"] for line in told] == [1, 2, 3]


async def test_each_view_shows_what_belongs_there(gateway: Gateway) -> None:
    sato, suzuki = await operator(gateway), await operator(gateway, "suzuki")
    waits, has, closed = [await waiting_citizen(gateway) for _ in range(3)]
    for citizen in (has, closed):
        await sato.post(f"conversations/{citizen.id}/claim")
    await sato.post(f"conversations/{closed.id}/close", disposition="solved")
    shown = {}
    for view in ("waiting", "mine", "active", "all", "closed"):
        page = await sato.get(f"conversations?view={view}")
        shown[view] = {line["conversation_id"] for line in page["conversations"]}
    assert shown == {
        "waiting": {waits.id},
        "mine": {has.id},
        "active": {has.id},
        "all": {waits.id, has.id, closed.id},
        "closed": {closed.id},
    }
    assert (await suzuki.get("conversations?view=mine"))["conversations"] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("view", "recent"), ("limit", "0"), ("limit", "101"), ("limit", "x"), ("cursor", "x")],
)
async def test_what_no_list_knows_is_refused(gateway: Gateway, name: str, value: str) -> None:
    sato = await operator(gateway)
    answer = await sato.http.get("/api/desk/conversations", params={name: value})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "missing_field")
    assert name in answer.json()["error"]["message"]
