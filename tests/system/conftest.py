"""What the tests of the citizen's window share; others make a gateway of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.system.browser import chromium
from tests.system.window import gateway_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.gateway import Gateway
    from tests.system.browser import Windows


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with gateway_of(redis_url) as built:
        yield built


@pytest.fixture
async def windows(gateway: Gateway) -> AsyncIterator[Windows]:
    assert gateway
    async with chromium() as opened:
        yield opened
    assert opened.problems == []
