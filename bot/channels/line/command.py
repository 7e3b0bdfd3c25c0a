"""What `python -m bot line setup | check` do: ask LINE, and say it in words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.channels.line.check import check
from bot.channels.line.sdk_account import LineAccount
from bot.channels.line.setup import set_up
from bot.errors import LineError, SettingsError
from bot.wording import load_wording

if TYPE_CHECKING:
    from bot.settings import Settings


async def run_setup(settings: Settings) -> int:
    """Sets the account up; 1 if LINE did not go along."""
    try:
        done = await set_up_account(settings)
    except LineError as error:
        sys.stderr.write(f"✗ LINE の設定ができませんでした: {error}\n")
        sys.stderr.write("  原因は `python -m bot line check` で確かめられます。\n")
        return 1
    _say(*(f"✓ {line}" for line in done))
    return 0


async def set_up_account(settings: Settings) -> list[str]:
    """Sets the account up, and returns what was done, in words.

    Raises:
        LineError: if LINE did not go along.
    """
    async with _account(settings) as account:
        return await set_up(account, load_wording(), settings.public_url)


async def run_check(settings: Settings) -> int:
    """Says what is right and what is wrong; 1 if anything is wrong."""
    async with _account(settings) as account:
        findings = await check(account, load_wording(), settings.public_url)
    _say(*(f"{'✓' if finding.fine else '✗'} {finding.text}" for finding in findings))
    wrong = sum(not finding.fine for finding in findings)
    _say(f"直すところが{wrong}件あります。" if wrong else "問題はありません。")
    return 1 if wrong else 0


def _account(settings: Settings) -> LineAccount:
    """The account that the settings open.

    Raises:
        SettingsError: if the channel has no keys.
    """
    token = settings.line_channel_access_token
    if token is None:
        raise SettingsError(
            "LINE_CHANNEL_ACCESS_TOKEN と LINE_CHANNEL_SECRET がないので、LINE は止まっています。"
        )
    return LineAccount(settings.line_api_base, token.get_secret_value())


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join((*lines, "")))
