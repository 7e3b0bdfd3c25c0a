"""`line check` against a whole gateway, through the simulator: what it says of the secret holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channels.line.check import check
from bot.channels.line.sdk_account import LineAccount
from bot.channels.line.setup import set_up
from tests.channels.line.said import WORDING
from tests.channels.line.simulated import SECRET, TOKEN, simulating
from tests.channels.line.webhooks import KEYS
from tests.fakes import FakeLine
from tests.gateway import running

if TYPE_CHECKING:
    from collections.abc import Mapping

ANOTHER = "f" * 32


async def problems(redis_url: str, keys: Mapping[str, str]) -> list[str]:
    """What is wrong with a gateway that runs with these keys, after `line setup`."""
    line = FakeLine() if keys else None
    async with (
        running(redis_url, line, **keys) as gateway,
        simulating() as simulator,
        LineAccount(simulator.base, TOKEN) as account,
    ):
        base = str(gateway.http.base_url).rstrip("/")
        await set_up(account, WORDING, base)
        return [one.text for one in await check(account, WORDING, base) if not one.fine]


async def test_with_the_right_secret_nothing_is_wrong(redis_url: str) -> None:
    assert await problems(redis_url, {**KEYS, "LINE_CHANNEL_SECRET": SECRET}) == []


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({**KEYS, "LINE_CHANNEL_SECRET": ANOTHER}, "署名が合いません"),
        ({}, "LINE の窓口がありません"),
    ],
)
async def test_another_secret_or_no_keys_at_the_gateway_are_told_apart(
    redis_url: str, keys: dict[str, str], expected: str
) -> None:
    (text,) = await problems(redis_url, keys)
    assert expected in text
