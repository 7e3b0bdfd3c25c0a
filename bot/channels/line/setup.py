"""`python -m bot line setup`: the rich menu and the webhook address, as they should be.

Run again it changes nothing; run after an interruption it takes up where that was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.line import richmenu

if TYPE_CHECKING:
    from bot.channels.line.account import Account
    from bot.wording import Wording

WEBHOOK_PATH = "/channels/line/webhook"


async def set_up(account: Account, wording: Wording, public_url: str | None) -> list[str]:
    """Brings the account in line with the product; returns what was done, in words.

    Raises:
        LineError: where LINE did not do it; what was done before stays.
    """
    done = await _set_up_menu(account, wording)
    if public_url is None:
        return [*done, "Webhook URLは変えていません（PUBLIC_URL が設定されていません）。"]
    return [*done, await _set_up_webhook(account, public_url + WEBHOOK_PATH)]


async def _set_up_menu(account: Account, wording: Wording) -> list[str]:
    """The menu of today linked, and no other of ours left."""
    wanted = richmenu.menu(wording)
    menus = await account.menus()
    linked = await account.default_menu()
    done = []
    # A menu of ours that is not linked may have lost its picture to an interruption: it goes too.
    if linked is None or menus.get(linked) != wanted.name:
        linked = await account.add_menu(wanted, richmenu.PICTURE.read_bytes())
        await account.link_menu(linked)
        done.append("リッチメニューを作り、全員に表示するようにしました。")
    old = [one for one, name in menus.items() if richmenu.is_ours(name) and one != linked]
    for menu_id in old:
        await account.remove_menu(menu_id)
    if old:
        done.append(f"古いリッチメニューを{len(old)}件、消しました。")
    return done or ["リッチメニューは、もう新しいものです。"]


async def _set_up_webhook(account: Account, url: str) -> str:
    there = await account.webhook()
    if there and there.url == url:
        return f"Webhook URLは、もう {url} です。"
    await account.set_webhook(url)
    return f"Webhook URLを {url} にしました。"
