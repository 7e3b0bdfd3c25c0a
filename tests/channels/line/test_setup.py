from __future__ import annotations

import pytest

from bot.channels.line.account import Webhook
from bot.channels.line.richmenu import PREFIX, menu
from bot.channels.line.setup import set_up
from bot.errors import LineRefused, LineUnreachable
from tests.channels.line.fake_account import FakeAccount
from tests.channels.line.said import WORDING

PUBLIC = "https://chat.example"
HOOK = "https://chat.example/channels/line/webhook"
NAME = menu(WORDING).name


def changes(account: FakeAccount) -> list[str]:
    return [one for one in account.done if one.startswith(("add", "link", "remove", "set"))]


async def test_a_new_account_gets_menu_and_address() -> None:
    account = FakeAccount()
    await set_up(account, WORDING, PUBLIC)
    assert account.known == {account.linked: NAME}
    assert account.endpoint == Webhook(HOOK, active=True)


async def test_a_second_time_changes_nothing() -> None:
    account = FakeAccount()
    await set_up(account, WORDING, PUBLIC)
    account.done.clear()
    said = await set_up(account, WORDING, PUBLIC)
    assert changes(account) == []
    assert all("もう" in line for line in said)


async def test_an_older_menu_of_ours_goes_only_after_the_new_one_is_shown() -> None:
    account = FakeAccount()
    account.known = {"old": PREFIX + "0123", "theirs": "夏の催し"}
    account.linked = "old"
    await set_up(account, WORDING, PUBLIC)
    assert sorted(account.known.values()) == sorted([NAME, "夏の催し"])
    assert account.known[account.linked or ""] == NAME
    assert changes(account)[:3] == ["add_menu", "link_menu", "remove_menu"]


@pytest.mark.parametrize("at", ["menus", "add_menu", "link_menu", "remove_menu", "set_webhook"])
@pytest.mark.parametrize("error", [LineUnreachable("no answer"), LineRefused(500, "")])
async def test_an_interrupted_setup_is_finished_by_the_next(
    at: str, error: LineUnreachable | LineRefused
) -> None:
    account = FakeAccount()
    account.known = {"old": PREFIX + "0123"}
    account.linked = "old"
    account.failing = {at: error}
    with pytest.raises(type(error)):
        await set_up(account, WORDING, PUBLIC)
    assert account.linked, "citizens are never without a menu"
    account.failing = {}
    await set_up(account, WORDING, PUBLIC)
    assert account.known == {account.linked: NAME}
    assert account.endpoint == Webhook(HOOK, active=True)


async def test_without_a_public_address_the_webhook_is_left_alone() -> None:
    account = FakeAccount()
    (*_, last) = await set_up(account, WORDING, None)
    assert account.endpoint is None
    assert "PUBLIC_URL" in last
