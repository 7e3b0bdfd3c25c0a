"""Figures in Redis: each thing counts once, whoever dies and whoever else is at it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.redis.erasure import RedisErasure
from bot.adapters.redis.feedback import RedisFeedback
from bot.adapters.redis.statistics import RedisStatistics
from bot.adapters.redis.store import RedisConversationStore
from bot.conversation.model import Change, Draft, Entry, Happening, Incoming, Outcome, Role
from bot.statistics.counting import Carry, count
from bot.statistics.settler import CountingSettler
from tests.fakes import NOON, StoppedClock, conversation

if TYPE_CHECKING:
    from redis.asyncio import Redis

DAY = "2021-04-01"
FEEDBACK = "bot:{desk}:feedback"


class Settled:
    """There is nothing else to do."""

    async def settle(self, conversation_id: str) -> float | None:
        del conversation_id
        return None


@pytest.fixture
def store(redis: Redis) -> RedisConversationStore:
    return RedisConversationStore(redis, StoppedClock(), 90)


@pytest.fixture
def statistics(redis: Redis) -> RedisStatistics:
    return RedisStatistics(redis, 90)


@pytest.fixture
def settler(redis: Redis, statistics: RedisStatistics) -> CountingSettler:
    return CountingSettler(
        Settled(),
        statistics,
        RedisFeedback(redis, RedisConversationStore(redis, StoppedClock(), 90), StoppedClock(), 90),
    )


async def ask(store: RedisConversationStore, conversation_id: str, text: str) -> str:
    """A question that the bot cannot answer, whereupon the citizen is queued."""
    said = Incoming(f"client-{text}", text, NOON.isoformat())
    message_id = await store.accept(conversation_id, said)
    reply = Draft(Role.BOT, "ありません", message_id, Outcome.OUT_OF_SCOPE, final=True)
    queued = Entry(Happening.QUEUED, detail={"reason": "asked", "after": "out_of_scope"})
    loaded = await store.load(conversation_id)
    await store.commit(loaded, Change((reply,), handles=message_id, history=(queued,)))
    return message_id


async def numbers(statistics: RedisStatistics) -> dict[str, int]:
    return dict((await statistics.numbers([DAY]))[DAY])


async def test_twice_is_once_and_side_by_side_too(
    store: RedisConversationStore, statistics: RedisStatistics, settler: CountingSettler
) -> None:
    await store.create(conversation())
    await ask(store, "c1", "プールは")
    await asyncio.gather(*(settler.settle("c1") for _ in range(8)))
    once = await numbers(statistics)
    assert (once["messages:web:12"], once["handoff:12"], once["dealt:handed"]) == (1, 1, 1)
    await settler.settle("c1")
    assert await numbers(statistics) == once
    await ask(store, "c1", "駐車場は")
    await settler.settle("c1")
    twice = await numbers(statistics)
    assert (twice["messages:web:12"], twice["conversations:web:12"]) == (2, 1)


async def test_who_is_slower_adds_nothing(
    store: RedisConversationStore, statistics: RedisStatistics, settler: CountingSettler
) -> None:
    await store.create(conversation())
    await ask(store, "c1", "プールは")
    seen = await statistics.uncounted("c1")
    assert seen is not None
    await settler.settle("c1")
    before = await numbers(statistics)
    carry, counts = count(seen.channel, Carry(), seen.messages, seen.entries)
    assert not await statistics.keep("c1", seen.carry, carry.to_json(), counts)
    assert await numbers(statistics) == before


async def test_of_a_conversation_that_is_gone_nothing_counts(settler: CountingSettler) -> None:
    await settler.settle("nobody")


async def test_questions_are_read_where_they_stand(
    store: RedisConversationStore, statistics: RedisStatistics, settler: CountingSettler
) -> None:
    await store.create(conversation())
    await ask(store, "c1", "プールは")
    kept = await ask(store, "c1", "駐車場は")
    await settler.settle("c1")
    found = await statistics.questions([DAY], 10)
    assert [question.text for question in found] == ["駐車場は", "プールは"]
    assert await statistics.questions([DAY], 1) == found[:1]
    await store.withdraw("c1", "client-プールは", "取り消されました")
    [question] = await statistics.questions([DAY], 10)
    assert (question.message_id, question.outcome) == (kept, "out_of_scope")
    assert (question.initiative, question.facet) == (None, None)


async def test_figures_are_forgotten_in_time(
    redis: Redis, store: RedisConversationStore, settler: CountingSettler
) -> None:
    await store.create(conversation())
    await ask(store, "c1", "プールは")
    await tell(redis, helpful=True)
    await settler.settle("c1")
    kept = [key async for key in redis.scan_iter("bot:{desk}:*") if key != FEEDBACK]
    lives = {key: await redis.ttl(key) for key in kept}
    assert len(lives) == 4
    assert all(0 < seconds <= 91 * 24 * 60 * 60 for seconds in lives.values()), lives


async def tell(redis: Redis, **word: Any) -> None:
    told = {"at": NOON.isoformat(), "conversation_id": "c1", "message_id": "1-1", **word}
    await redis.xadd(FEEDBACK, {"e": json.dumps(told)})


async def test_of_several_words_on_one_answer_the_last_counts(redis: Redis) -> None:
    feedback = RedisFeedback(
        redis, RedisConversationStore(redis, StoppedClock(), 90), StoppedClock(), 90
    )
    await tell(redis, helpful=True)
    await tell(redis, helpful=False, comment="時期が知りたかった")
    await tell(redis, helpful=True, message_id="1-2")
    await tell(redis, helpful=True, conversation_id="c2", new_field="ignored")
    await asyncio.gather(*(feedback.file() for _ in range(4)))
    found = await feedback.given([DAY])
    assert [(one.conversation_id, one.message_id, one.helpful) for one in found] == [
        ("c2", "1-1", True),
        ("c1", "1-2", True),
        ("c1", "1-1", False),
    ]
    assert found[2].comment == "時期が知りたかった"
    assert await redis.xlen(FEEDBACK) == 0


async def test_nothing_of_a_citizens_words_stays(
    redis: Redis, store: RedisConversationStore, settler: CountingSettler
) -> None:
    await store.create(conversation())
    await ask(store, "c1", "プールは")
    await tell(redis, helpful=True)
    await settler.settle("c1")
    await tell(redis, helpful=False)
    await RedisErasure(redis).erase("c1")
    left = [key async for key in redis.scan_iter() if "c1" in key]
    left += [k async for k in redis.scan_iter(_type="hash") if "c1" in str(await redis.hgetall(k))]
    left += [k async for k in redis.scan_iter(_type="stream") if "c1" in str(await redis.xrange(k))]
    assert left == []
