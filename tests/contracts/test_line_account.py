"""The official account: the fake of the tests, and the SDK against the simulator, do the same."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from bot.channels.line.account import Account, Quota, Webhook
from bot.channels.line.check import check
from bot.channels.line.richmenu import PICTURE, menu
from bot.channels.line.sdk_account import LineAccount
from bot.channels.line.setup import set_up
from bot.errors import LineRefused, LineUnreachable
from tests.channels.line.fake_account import FakeAccount
from tests.channels.line.said import WORDING
from tests.channels.line.simulated import TOKEN, simulating
from tests.channels.line.webhook_sink import listening
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    Opened = Callable[[], AbstractAsyncContextManager[Account]]

MENU = menu(WORDING)
PNG = PICTURE.read_bytes()
HOOK = "https://chat.example/channels/line/webhook"


@asynccontextmanager
async def fake() -> AsyncIterator[Account]:
    yield FakeAccount()


@asynccontextmanager
async def simulated() -> AsyncIterator[Account]:
    async with simulating() as simulator, LineAccount(simulator.base, TOKEN) as account:
        yield account


@pytest.fixture(params=[fake, simulated])
async def account(request: Any) -> AsyncIterator[Account]:
    async with request.param() as opened:
        yield opened


async def test_the_account_has_a_name(account: Account) -> None:
    assert await account.name()


async def test_menus_come_are_shown_and_go(account: Account) -> None:
    assert await account.menus() == {}
    assert await account.default_menu() is None
    first = await account.add_menu(MENU, PNG)
    second = await account.add_menu(MENU, PNG)
    assert await account.menus() == {first: MENU.name, second: MENU.name}
    await account.link_menu(second)
    assert await account.default_menu() == second
    await account.remove_menu(first)
    await account.remove_menu(first)
    assert await account.menus() == {second: MENU.name}
    await account.remove_menu(second)
    assert await account.default_menu() is None


async def test_the_webhook_address_is_kept(account: Account) -> None:
    assert await account.webhook() is None
    await account.set_webhook(HOOK)
    assert await account.webhook() == Webhook(HOOK, active=True)


async def test_the_quota_is_told(account: Account) -> None:
    quota = await account.quota()
    assert quota.used >= 0
    assert quota.limit is None or isinstance(quota.limit, int)


async def test_setting_up_twice_is_setting_up_once(account: Account) -> None:
    await set_up(account, WORDING, "https://chat.example")
    linked = await account.default_menu()
    await set_up(account, WORDING, "https://chat.example")
    assert await account.default_menu() == linked
    assert await account.menus() == {linked: MENU.name}
    assert await account.webhook() == Webhook(HOOK, active=True)


async def test_an_account_set_up_at_the_simulator_is_fine() -> None:
    async with (
        listening() as sink,
        simulating() as simulator,
        LineAccount(simulator.base, TOKEN) as account,
    ):
        await set_up(account, WORDING, None)
        await account.set_webhook(sink.address)
        findings = await check(account, WORDING, sink.address.removesuffix("/webhook"))
        assert [one.text for one in findings if not one.fine] == [
            one.text for one in findings if sink.address in one.text and not one.fine
        ]
        assert any("シークレットも正しい" in one.text for one in findings)
        sink.answers = [400]
        assert "署名が合いません" in "".join(
            one.text for one in await check(account, WORDING, None) if not one.fine
        )


async def test_a_wrong_token_is_a_refusal() -> None:
    async with simulating() as simulator, LineAccount(simulator.base, "another") as account:
        with pytest.raises(LineRefused, match="401"):
            await account.name()


@pytest.mark.parametrize("status", [403, 429, 500])
async def test_lines_no_carries_its_status(status: int) -> None:
    async with simulating() as simulator, LineAccount(simulator.base, TOKEN) as account:
        await simulator.fail("list_menus", status=status)
        with pytest.raises(LineRefused) as caught:
            await account.menus()
        assert caught.value.status == status


async def test_silence_is_not_a_refusal() -> None:
    async with LineAccount(f"http://127.0.0.1:{free_port()}", TOKEN) as account:
        with pytest.raises(LineUnreachable):
            await account.name()


async def test_the_quota_of_an_account_without_limit() -> None:
    async with simulating() as simulator, LineAccount(simulator.base, TOKEN) as account:
        await simulator.post("control/quota", limit=None)
        assert await account.quota() == Quota(limit=None, used=0)
