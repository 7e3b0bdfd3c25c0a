"""The loading indicator: for turns that take a while, and not after them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.channels.line import indicator
from bot.channels.line.indicator import Indicator
from bot.conversation.model import Change, Incoming, Role
from bot.privacy import Vault
from tests.channels.line.webhooks import USER
from tests.fakes import FakeLine, FakeLive, FakeStore, conversation

VAULT = Vault("a key of at least thirty-two characters")
NOW = "2021-04-01T12:00:00.000+09:00"


async def world(channel: str = "line") -> tuple[FakeStore, FakeLine, Indicator]:
    store, line = FakeStore(), FakeLine()
    await store.create(replace(conversation(), channel=channel, address=VAULT.seal(USER)))
    return store, line, Indicator(FakeLive(), store, line, VAULT)


async def patience() -> None:
    await asyncio.sleep(indicator.PATIENCE_SECONDS + 0.1)


async def test_a_turn_that_takes_a_while_shows_the_indicator_once() -> None:
    store, line, shown = await world()
    await store.accept("c1", Incoming("x", "問い", NOW))
    for _ in range(3):
        await shown.typing("c1", Role.BOT, typing=True)
    await patience()
    await shown.stop()
    assert line.loading == [(USER, 20)]


async def test_a_quick_turn_shows_none() -> None:
    store, line, shown = await world()
    asked = await store.accept("c1", Incoming("x", "問い", NOW))
    await shown.typing("c1", Role.BOT, typing=True)
    await store.commit(await store.load("c1"), Change(handles=asked))
    await patience()
    await shown.stop()
    assert line.loading == []


async def test_the_web_has_its_own() -> None:
    _, line, shown = await world("web")
    await shown.typing("c1", Role.OPERATOR, typing=True)
    await asyncio.sleep(0)
    await shown.stop()
    assert line.loading == []


async def test_an_address_that_cannot_be_opened_does_no_harm() -> None:
    store, line, _ = await world()
    other = Indicator(FakeLive(), store, line, Vault("another key of thirty-two characters"))
    await other.typing("c1", Role.OPERATOR, typing=True)
    await asyncio.sleep(0.01)
    await other.stop()
    assert line.loading == []
