"""The contract of a tracker store, for Rasa's in memory and ours in a real Redis."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from rasa.core import tracker_store as rasas
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from redis.asyncio import Redis
from redis.exceptions import RedisError

from engine.tracker_store import ConflictError, RedisTrackerStore, UnansweredTurnError
from tests.engine.serving import ROOT, free_port
from tests.redis_servers import Cluster, Sentinels, eventually

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from rasa.shared.core.trackers import DialogueStateTracker

    from tests.engine.serving import RedisServer

DOMAIN = Domain.load(ROOT / "domain.yml")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    yield started
    started.stop()


@pytest.fixture(scope="module")
def sentinels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sentinels]:
    started = Sentinels(tmp_path_factory.mktemp("sentinels"))
    yield started
    started.stop()


@pytest.fixture(params=["memory", "stock", "redis", "sentinels", "cluster"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[TrackerStore]:
    if request.param == "memory":
        yield InMemoryTrackerStore(DOMAIN)
    elif request.param == "stock":
        yield _stock(request.getfixturevalue("redis"))
    else:
        ours = RedisTrackerStore(DOMAIN, request.getfixturevalue(request.param).url)
        yield ours
        await ours.close()


@pytest.fixture
async def ours(redis: RedisServer) -> AsyncIterator[RedisTrackerStore]:
    store = RedisTrackerStore(DOMAIN, redis.url, retention_days="7", window=20)
    yield store
    await store.close()


def _stock(redis: RedisServer) -> TrackerStore:
    return rasas.RedisTrackerStore(DOMAIN, host="127.0.0.1", port=redis.port)


def _session() -> list[Event]:
    return [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
    ]


def _turn(number: int, **slots: Any) -> list[Event]:
    intent = {"name": "ask", "confidence": 0.9}
    understood = {"intent": intent, "topics": [{"initiative": None, "confidence": 0.5}]}
    said = {"custom": {"outcome": "answer", "sources": [{"paragraph": 2}]}}
    return [
        UserUttered(f"問い{number}", intent, [], understood, message_id=f"{number}-0"),
        ActionExecuted("action_answer", "RulePolicy", 1.0),
        BotUttered(f"答え{number}", said),
        *(SlotSet(key, value) for key, value in slots.items()),
        ActionExecuted("action_listen", "RulePolicy", 1.0),
    ]


async def _say(store: TrackerStore, conversation: str, events: list[Event]) -> None:
    tracker = await store.get_or_create_tracker(conversation, append_action_listen=False)
    tracker.update_with_events(events, DOMAIN)
    await store.save(tracker)


def _seen(tracker: DialogueStateTracker) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    return [event.as_dict() for event in tracker.events], tracker.current_slot_values()


async def test_an_unknown_conversation_has_no_tracker(
    store: TrackerStore, conversation: str
) -> None:
    assert await store.retrieve(conversation) is None
    assert await store.retrieve_full_tracker(conversation) is None


async def test_what_was_saved_comes_back_whole(store: TrackerStore, conversation: str) -> None:
    offer = [{"label": "はい", "payload": {"intent": "ask"}}]
    await _say(store, conversation, [*_session(), *_turn(1, initiative="sdgs", offer=offer)])
    await _say(store, conversation, _turn(2, facet="target"))
    tracker = await store.retrieve(conversation)
    assert [type(event).__name__ for event in tracker.events][3:9] == [
        "UserUttered",
        "ActionExecuted",
        "BotUttered",
        "SlotSet",
        "SlotSet",
        "ActionExecuted",
    ]
    assert tracker.current_slot_values() == {
        "initiative": "sdgs",
        "facet": "target",
        "offer": offer,
        "together": None,
        "session_started_metadata": None,
    }
    assert tracker.latest_message.message_id == "2-0"
    assert tracker.latest_message.parse_data["topics"][0]["confidence"] == 0.5
    assert tracker.latest_action_name == "action_listen"


async def test_a_new_session_forgets_slots_and_earlier_turns(
    store: TrackerStore, conversation: str
) -> None:
    await _say(store, conversation, [*_session(), *_turn(1, initiative="sdgs")])
    await _say(store, conversation, [*_session(), *_turn(2)])
    recent = await store.retrieve(conversation)
    assert [e.text for e in recent.events if isinstance(e, UserUttered)] == ["問い2"]
    assert recent.get_slot("initiative") is None
    full = await store.retrieve_full_tracker(conversation)
    assert len([e for e in full.events if isinstance(e, UserUttered)]) == 2


@pytest.mark.parametrize("other", ["memory", "stock"])
async def test_both_stores_tell_the_same(redis: RedisServer, conversation: str, other: str) -> None:
    memory = InMemoryTrackerStore(DOMAIN) if other == "memory" else _stock(redis)
    ours = RedisTrackerStore(DOMAIN, redis.url)
    for events in ([*_session(), *_turn(1, initiative="sdgs")], _turn(2), [*_session(), *_turn(3)]):
        for store in (memory, ours):
            await _say(store, conversation, events)
        ones, others = await memory.retrieve(conversation), await ours.retrieve(conversation)
        assert _without_times(_seen(ones)) == _without_times(_seen(others))
        ones = await memory.retrieve_full_tracker(conversation)
        others = await ours.retrieve_full_tracker(conversation)
        assert _without_times(_seen(ones)) == _without_times(_seen(others))
    await ours.close()


def _without_times(seen: tuple[list[dict[str, Any]], dict[str, Any]]) -> Any:
    events, slots = seen
    return [{k: v for k, v in event.items() if k != "timestamp"} for event in events], slots


async def test_of_a_long_conversation_whole_turns_and_all_slots_are_read(
    ours: RedisTrackerStore, conversation: str
) -> None:
    await _say(ours, conversation, [*_session(), *_turn(0, initiative="sdgs", facet="target")])
    for number in range(1, 30):
        await _say(ours, conversation, _turn(number, facet=None if number == 3 else "budget"))
    tracker = await ours.retrieve(conversation)
    assert len(tracker.events) <= 22
    assert tracker.get_slot("initiative") == "sdgs"
    assert tracker.get_slot("facet") == "budget"
    assert tracker.copy().current_slot_values() == tracker.current_slot_values()
    replayed = [event for event in tracker.events if not isinstance(event, SlotSet)]
    assert replayed[0].as_dict()["name"] == "action_listen"
    assert isinstance(replayed[1], UserUttered)
    full = await ours.retrieve_full_tracker(conversation)
    assert [e.text for e in full.events if isinstance(e, UserUttered)] == [
        f"問い{number}" for number in range(30)
    ]


async def test_only_new_events_are_written_and_both_keys_expire(
    ours: RedisTrackerStore, conversation: str, redis: RedisServer
) -> None:
    await _say(ours, conversation, [*_session(), *_turn(1, initiative="sdgs")])
    await _say(ours, conversation, _turn(2))
    async with Redis.from_url(redis.url, decode_responses=True) as client:
        keys = [f"bot:{{{conversation}}}:tracker", f"bot:{{{conversation}}}:slots"]
        assert await client.llen(keys[0]) == 3 + 5 + 4
        assert '"initiative":"sdgs"' in await client.get(keys[1])
        for key in keys:
            assert 7 * 86400 - 10 < await client.ttl(key) <= 7 * 86400


async def test_a_turn_reads_once_and_writes_once(
    ours: RedisTrackerStore, conversation: str, redis: RedisServer
) -> None:
    await _say(ours, conversation, [*_session(), *_turn(1)])
    before = await _commands(redis)
    assert not await ours.knows(conversation, "2-0")
    await _say(ours, conversation, _turn(2))
    after = await _commands(redis)
    used = {name: calls - before.get(name, 0) for name, calls in after.items()}
    assert used["lrange"] == used["rpush"] == 1
    assert used["eval"] == 2
    assert used["get"] == 1


async def test_what_was_read_ahead_and_is_old_is_not_built_upon(
    ours: RedisTrackerStore, conversation: str
) -> None:
    await _say(ours, conversation, [*_session(), *_turn(1)])
    await ours.knows(conversation, "2-0")
    other = await ours.retrieve_full_tracker(conversation)
    other.update_with_events(_turn(2), DOMAIN)
    await ours.save(other)
    with pytest.raises(ConflictError):
        await _say(ours, conversation, _turn(2))


async def test_what_was_read_ahead_is_forgotten_with_the_turn(
    ours: RedisTrackerStore, conversation: str
) -> None:
    await _say(ours, conversation, [*_session(), *_turn(1)])
    await ours.knows(conversation, "1-0")
    ours.forget_read(conversation)
    await _say(ours, conversation, _turn(2))
    await ours.knows(conversation, "2-0")
    await ours.retrieve(conversation)
    assert not ours._read_ahead


async def _commands(redis: RedisServer) -> dict[str, int]:
    """How often each command was called since Redis has started."""
    async with Redis.from_url(redis.url, decode_responses=True) as client:
        told = await client.info("commandstats")
    return {name.removeprefix("cmdstat_"): one["calls"] for name, one in told.items()}


async def test_it_knows_which_messages_it_has(ours: RedisTrackerStore, conversation: str) -> None:
    assert not await ours.knows(conversation, "1-0")
    await _say(ours, conversation, [*_session(), *_turn(1)])
    assert await ours.knows(conversation, "1-0")
    assert not await ours.knows(conversation, "11-0")


async def test_a_turn_without_a_reply_is_not_stored(
    ours: RedisTrackerStore, conversation: str
) -> None:
    await _say(ours, conversation, [*_session(), *_turn(1)])
    with pytest.raises(UnansweredTurnError):
        await _say(ours, conversation, _turn(2)[:2])
    assert (await ours.retrieve(conversation)).latest_message.message_id == "1-0"


async def test_whoever_stores_second_is_refused(ours: RedisTrackerStore, conversation: str) -> None:
    await _say(ours, conversation, [*_session(), *_turn(1)])
    first, second = await ours.retrieve(conversation), await ours.retrieve(conversation)
    first.update_with_events(_turn(2), DOMAIN)
    second.update_with_events(_turn(2), DOMAIN)
    await ours.save(first)
    with pytest.raises(ConflictError):
        await ours.save(second)
    full = await ours.retrieve_full_tracker(conversation)
    assert len([e for e in full.events if isinstance(e, UserUttered)]) == 2


@pytest.mark.parametrize("shape", ["sentinels", "cluster"])
async def test_a_conversation_goes_on_where_another_primary_took_over(
    request: pytest.FixtureRequest, shape: str, conversation: str
) -> None:
    servers = request.getfixturevalue(shape)
    store = RedisTrackerStore(DOMAIN, servers.url)
    await _say(store, conversation, [*_session(), *_turn(1, initiative="sdgs")])
    eventually(lambda: all(one.has_all for one in servers.servers), "replicas have it")
    if shape == "cluster":
        killed = servers.kill_primary(f"bot:{{{conversation}}}:tracker")
    else:
        killed = servers.kill_primary()
    servers.wait_for_another(killed)
    await _through(lambda: _say(store, conversation, _turn(2)))
    tracker = await store.retrieve(conversation)
    assert [e.text for e in tracker.events if isinstance(e, UserUttered)] == ["問い1", "問い2"]
    assert tracker.get_slot("initiative") == "sdgs"
    await store.close()
    servers.bring_back(killed)
    eventually(lambda: killed.in_sync, "the killed one as a replica")


async def _through(act: Callable[[], Awaitable[None]]) -> None:
    """Does it again while it fails, as the gateway does; at most a minute."""
    for _ in range(300):
        try:
            return await act()
        except (RedisError, ConflictError):
            await asyncio.sleep(0.2)
    raise AssertionError("it does not come back")


async def test_without_redis_it_starts_and_then_says_so(conversation: str) -> None:
    store = RedisTrackerStore(DOMAIN, f"redis://127.0.0.1:{free_port()}/0")
    with pytest.raises(RedisError):
        await store.retrieve(conversation)
