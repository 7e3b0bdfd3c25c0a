"""`python -m bot line check`: what is wrong with the LINE side, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.channels.line import richmenu
from bot.channels.line.setup import WEBHOOK_PATH
from bot.errors import LineError, LineRefused, LineUnreachable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.channels.line.account import Account, WebhookTest
    from bot.wording import Wording

_NEARLY = 0.8
"""From this share of the month's pushes on, somebody should know."""
_SETUP = "`python -m bot line setup` を実行してください。"
_CONSOLE = "LINE Developersコンソールの「Messaging API設定」"
_UNAUTHORIZED = 401
_WRONG_SIGNATURE = 400
_NO_SUCH_PAGE = 404
_REASONS = {
    "COULD_NOT_CONNECT": "LINE から、このサーバーにつながりません。"
    "PUBLIC_URL が外から見えるアドレスか、証明書が正しいかを確かめてください。",
    "REQUEST_TIMEOUT": "時間内に返事がありませんでした。"
    "ゲートウェイと Redis が動いているかを確かめてください。",
}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; a problem's text says what to do."""

    fine: bool
    text: str


async def check(account: Account, wording: Wording, public_url: str | None) -> list[Finding]:
    """Looks at token, webhook address, secret, rich menu and quota.

    Where LINE cannot be reached or does not know the token, nothing else is looked at.
    """
    try:
        name = await account.name()
    except LineError as error:
        return [Finding(fine=False, text=_no_account(error))]
    findings = [_good(f"アクセストークン: 正しいです（アカウント「{name}」）。")]
    for look in (_webhook(account, public_url), _menu(account, wording), _quota(account)):
        try:
            findings += [finding async for finding in look]
        except LineError as error:
            findings.append(_bad(f"LINE が答えませんでした: {error}"))
    return findings


def _no_account(error: LineError) -> str:
    if isinstance(error, LineRefused) and error.status == _UNAUTHORIZED:
        return (
            "アクセストークン: LINE が受け付けません。LINE_CHANNEL_ACCESS_TOKEN に、"
            f"{_CONSOLE}で発行した「チャネルアクセストークン（長期）」を入れてください。"
        )
    if isinstance(error, LineUnreachable):
        return f"LINE につながりません。通信と LINE_API_BASE を確かめてください（{error}）。"
    return f"LINE が答えませんでした: {error}"


async def _webhook(account: Account, public_url: str | None) -> AsyncIterator[Finding]:
    there = await account.webhook()
    if public_url and not _is_reachable(public_url):
        yield _bad(
            "PUBLIC_URL: https:// で始まるアドレスにしてください。LINE はほかへは送りません。"
        )
    if there is None:
        yield _bad(f"Webhook URL: LINE に登録されていません。PUBLIC_URL を設定して、{_SETUP}")
        return
    if public_url is None:
        yield _bad(
            f"Webhook URL: LINE には {there.url} とあります。"
            "正しいか確かめるために、PUBLIC_URL を設定してください。"
        )
    elif there.url != public_url + WEBHOOK_PATH:
        yield _bad(
            f"Webhook URL: LINE には {there.url} とありますが、PUBLIC_URL からは "
            f"{public_url + WEBHOOK_PATH} になります。{_SETUP}"
        )
    else:
        yield _good(f"Webhook URL: {there.url}")
    if not there.active:
        yield _bad(
            f"Webhookの利用: 止められています。{_CONSOLE}で「Webhookの利用」をオンにしてください。"
        )
    yield _tested(await account.test_webhook(there.url))


def _is_reachable(public_url: str) -> bool:
    """Whether LINE would send there; the simulator sends to this machine without HTTPS too."""
    parts = urlsplit(public_url)
    return parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1", "::1"}


def _tested(met: WebhookTest) -> Finding:
    """What the test says; it is signed, so that it also tells about the secret."""
    if met.success:
        return _good("Webhookの試し送り: 届きました。チャネルシークレットも正しいです。")
    if met.status == _WRONG_SIGNATURE:
        return _bad(
            "チャネルシークレット: 署名が合いません。動いているゲートウェイの LINE_CHANNEL_SECRET "
            "に、「チャネル基本設定」の「チャネルシークレット」を入れて、起動し直してください。"
        )
    if met.status == _NO_SUCH_PAGE:
        return _bad(
            "Webhookの試し送り: そのアドレスには、LINE の窓口がありません。"
            "アドレスと、ゲートウェイが LINE の鍵を持って動いているかを確かめてください。"
        )
    why = _REASONS.get(
        met.reason.upper(), f"返事は {met.status} でした（{met.reason} {met.detail}）。"
    )
    return _bad(f"Webhookの試し送り: {why}")


async def _menu(account: Account, wording: Wording) -> AsyncIterator[Finding]:
    names, linked = await account.menus(), await account.default_menu()
    if linked is None:
        yield _bad(f"リッチメニュー: 表示されていません。{_SETUP}")
    elif names.get(linked) != richmenu.menu(wording).name:
        yield _bad(f"リッチメニュー: 古いもの、または別のものが表示されています。{_SETUP}")
    else:
        yield _good("リッチメニュー: 新しいものが表示されています。")


async def _quota(account: Account) -> AsyncIterator[Finding]:
    quota = await account.quota()
    if quota.limit is None:
        yield _good(f"送信数: 今月は{quota.used:,}通です（上限はありません）。")
        return
    used = f"今月は{quota.limit:,}通のうち{quota.used:,}通を使いました。"
    if quota.used >= quota.limit:
        yield _bad(
            f"送信数: {used}職員のメッセージは、もう送れません。"
            "LINE公式アカウントの料金プランを確かめてください。"
        )
    elif quota.used >= quota.limit * _NEARLY:
        yield _bad(f"送信数: {used}残りが少なくなっています。料金プランを確かめてください。")
    else:
        yield _good(f"送信数: {used}")


def _good(text: str) -> Finding:
    return Finding(fine=True, text=text)


def _bad(text: str) -> Finding:
    return Finding(fine=False, text=text)
