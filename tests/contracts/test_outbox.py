"""What every outbox must do, with the store that writes into it; fake and real both pass."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.redis.outbox import RedisOutbox
from bot.adapters.redis.store import RedisConversationStore
from bot.conversation.delivery import DeliveryState
from bot.conversation.model import START, Change, Draft, Incoming, ReplyToken, Role
from tests.fakes import FakeOutbox, FakeStore, StoppedClock, conversation

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.delivery import Delivery

NOW = "2021-04-01T12:00:00.000+09:00"
TOKEN = ReplyToken("token", 1_700_000_000_123)


@dataclass
class Kept:
    store: Any
    outbox: Any

    async def say(self, *texts: str, **change: Any) -> None:
        drafts = tuple(Draft(Role.BOT, text, change.pop("answers", None)) for text in texts)
        await self.store.commit(await self.store.load("c1"), Change(drafts, **change))

    async def first(self) -> Delivery:
        delivery: Delivery = await self.outbox.first("c1")
        return delivery


@pytest.fixture(params=["fake", "redis"])
async def kept(request: pytest.FixtureRequest, redis: Redis) -> Kept:
    store: Any = RedisConversationStore(redis, StoppedClock(), 90)
    outbox: Any = RedisOutbox(redis)
    if request.param == "fake":
        store = FakeStore()
        outbox = FakeOutbox(store)
    await store.create(replace(conversation(), address="sealed"))
    return Kept(store, outbox)


async def test_what_is_said_is_to_be_delivered_in_one_piece(kept: Kept) -> None:
    await kept.say("一", "二")
    delivery = await kept.first()
    said = await kept.store.messages("c1", START)
    assert delivery.messages == tuple(message.id for message in said)
    assert len(delivery.retry_key) == 36
    assert await kept.outbox.states("c1") == dict.fromkeys(delivery.messages, "waiting")


async def test_a_channel_that_delivers_nothing_has_no_deliveries(kept: Kept) -> None:
    await kept.store.create(conversation("c2"))
    change = Change((Draft(Role.BOT, "はい"),))
    await kept.store.commit(await kept.store.load("c2"), change)
    assert await kept.outbox.first("c2") is None
    assert await kept.outbox.states("c2") == {}


async def test_a_reply_takes_the_token_of_its_message_once(kept: Kept) -> None:
    asked = await kept.store.accept("c1", Incoming("x", "問い", NOW, reply_token=TOKEN))
    await kept.say("待って", answers=asked)
    await kept.say("答え", answers=asked)
    first = await kept.first()
    assert first.token == TOKEN
    await kept.outbox.finish("c1", first, DeliveryState.SENT)
    assert (await kept.first()).token is None


async def test_a_token_may_come_with_the_change(kept: Kept) -> None:
    await kept.say("ようこそ", reply_token=TOKEN)
    assert (await kept.first()).token == TOKEN


async def test_nothing_is_put_out_for_who_blocked_us(kept: Kept) -> None:
    await kept.say("届かない", fields={"blocked_since": NOW})
    assert await kept.outbox.first("c1") is None
    assert list((await kept.outbox.states("c1")).values()) == ["blocked"]
    await kept.say("届く", fields={"blocked_since": None})
    assert await kept.outbox.first("c1") is not None


async def test_deliveries_come_in_the_order_in_which_things_were_said(kept: Kept) -> None:
    for n in range(12):
        await kept.say(str(n))
    for message in await kept.store.messages("c1", START):
        delivery = await kept.first()
        assert delivery.messages == (message.id,)
        assert await kept.outbox.finish("c1", delivery, DeliveryState.SENT)
    assert await kept.outbox.first("c1") is None


async def test_of_two_workers_on_one_delivery_one_goes_on(kept: Kept) -> None:
    await kept.say("一度だけ")
    delivery = await kept.first()
    tries = [replace(delivery, attempts=n) for n in (1, 2)]
    outcomes = await asyncio.gather(*(kept.outbox.keep("c1", one) for one in tries))
    assert [outcome is None for outcome in outcomes].count(True) == 1
    assert not await kept.outbox.finish("c1", delivery, DeliveryState.FAILED)
    stored = await kept.first()
    assert stored in outcomes
    assert await kept.outbox.finish("c1", stored, DeliveryState.SENT)
    assert not await kept.outbox.finish("c1", stored, DeliveryState.FAILED)
    assert list((await kept.outbox.states("c1")).values()) == ["sent"]


async def test_a_delivery_may_tell_how_it_stands(kept: Kept) -> None:
    await kept.say("一", "二")
    again = await kept.outbox.keep("c1", await kept.first(), DeliveryState.RETRYING)
    assert again == await kept.first()
    assert list((await kept.outbox.states("c1")).values()) == ["retrying", "retrying"]
    await kept.outbox.keep("c1", again)
    assert list((await kept.outbox.states("c1")).values()) == ["retrying", "retrying"]


async def test_a_message_is_read_back_for_its_delivery(kept: Kept) -> None:
    await kept.say("前")
    await kept.say("一", "二")
    await kept.say("後")
    await kept.outbox.finish("c1", await kept.first(), DeliveryState.SENT)
    delivery = await kept.first()
    found = await kept.store.between("c1", delivery.messages[0], delivery.messages[-1])
    assert [message.text for message in found] == ["一", "二"]


async def test_a_message_taken_back_leaves_a_tombstone(kept: Kept) -> None:
    asked = await kept.store.accept("c1", Incoming("x", "秘密", NOW))
    await kept.say("はい", answers=asked)
    assert await kept.store.withdraw("c1", "x", "取り消し") == asked
    [tombstone, answer] = await kept.store.messages("c1", START)
    assert (tombstone.text, tombstone.withdrawn, tombstone.id) == ("取り消し", True, asked)
    assert [m.id for m in await kept.store.messages("c1", asked)] == [answer.id]
    assert await kept.store.withdrawn("c1") == [tombstone]
    assert (await kept.store.load("c1")).last_text == "取り消し"
    assert await kept.store.accept("c1", Incoming("x", "秘密", NOW)) == asked


async def test_a_message_taken_back_before_it_came_is_never_stored(kept: Kept) -> None:
    assert await kept.store.withdraw("c1", "x", "取り消し") is None
    await kept.store.accept("c1", Incoming("x", "秘密", NOW))
    assert await kept.store.messages("c1", START) == []


async def test_what_we_said_cannot_be_taken_back(kept: Kept) -> None:
    await kept.say("はい", client_message_id="x")
    assert await kept.store.withdraw("c1", "x", "取り消し") is None
    assert [m.text for m in await kept.store.messages("c1", START)] == ["はい"]
