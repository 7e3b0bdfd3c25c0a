"""What only the real store can show: retention, hash tags, long transcripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.adapters.redis.store import RedisConversationStore
from bot.conversation.model import START, Change, Draft, Incoming, Offer, Role
from tests.fakes import StoppedClock, conversation

if TYPE_CHECKING:
    from redis.asyncio import Redis

DAY = 24 * 60 * 60


async def test_every_key_of_a_conversation_has_its_hash_tag_and_an_end(redis: Redis) -> None:
    store = RedisConversationStore(redis, StoppedClock(), 90)
    await store.create(conversation())
    message_id = await store.accept("c1", Incoming("client-1", "はい", "2021-04-01T12:00:00+09:00"))
    draft = Draft(Role.BOT, "はい", offers=(Offer("いいえ", {"intent": "deny"}),))
    await store.commit(await store.load("c1"), Change((draft,), client_message_id="x"))
    await store.give_feedback("c1", message_id, {"helpful": True})
    keys = [key async for key in redis.scan_iter()]
    assert len(keys) == 5
    for key in keys:
        assert key.startswith("bot:{c1}:")
        assert 89 * DAY < await redis.ttl(key) <= 90 * DAY


async def test_a_transcript_longer_than_a_page_is_read_whole(redis: Redis) -> None:
    store = RedisConversationStore(redis, StoppedClock(), 90)
    await store.create(conversation())
    drafts = tuple(Draft(Role.BOT, str(n)) for n in range(1201))
    await store.commit(await store.load("c1"), Change(drafts))
    said = await store.messages("c1", START)
    assert [message.text for message in said] == [str(n) for n in range(1201)]
