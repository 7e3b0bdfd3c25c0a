"""Wrong keys: the start says which, and `/readyz` that LINE does not take them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.redis.fingerprint import RedisFingerprint
from bot.channels.line.client import Done, Refused, Unknown, Wait
from bot.channels.line.standing import Standing
from bot.privacy import Vault
from tests.channels.line.webhooks import KEYS
from tests.fakes import FakeLine
from tests.gateway import running

if TYPE_CHECKING:
    from redis.asyncio import Redis

VAULT = Vault("a key of at least thirty-two characters")


class Asked(FakeLine):
    def __init__(self, outcome: Any) -> None:
        super().__init__()
        self.outcome = outcome
        self.times = 0

    async def check_token(self) -> Any:
        self.times += 1
        return self.outcome


class AnyKey:
    async def is_known(self, fingerprint: str) -> bool:
        return bool(fingerprint)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Done(), "on"),
        (Refused("token"), "refused"),
        (Unknown(), "unreachable"),
        (Wait(), "unreachable"),
    ],
)
async def test_readyz_tells_how_line_is(redis_url: str, outcome: Any, state: str) -> None:
    line = Asked(outcome)
    async with running(redis_url, line, **KEYS) as gateway:
        for _ in range(3):
            assert (await gateway.http.get("/readyz")).json()["line"] == state
        assert line.times == 1


async def test_line_is_asked_again_after_a_while() -> None:
    line, clock = Asked(Unknown()), [0.0]
    standing = Standing(line, AnyKey(), VAULT, lambda: clock[0])
    assert await standing.state() == "unreachable"
    line.outcome, clock[0] = Done(), 61.0
    assert await standing.state() == "on"


async def test_the_start_names_the_key_that_line_does_not_take(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        await Standing(Asked(Refused("token")), AnyKey(), VAULT).tell()
    assert "LINE_CHANNEL_ACCESS_TOKEN" in caplog.text


async def test_the_start_names_a_changed_privacy_key(
    redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    keys = RedisFingerprint(redis)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            await Standing(FakeLine(), keys, VAULT).tell()
        assert caplog.text == ""
        other = Vault("another key of thirty-two characters")
        await Standing(FakeLine(), keys, other).tell()
    assert "PRIVACY_KEY" in caplog.text
