"""`python -m bot citizen forget`: erases one citizen, and says what was erased."""

from __future__ import annotations

import asyncio
import re
import sys
from typing import TYPE_CHECKING

from bot.adapters.redis.erasure import RedisErasure
from bot.conversation.receipts import normal
from bot.core import connect
from bot.errors import SettingsError
from bot.privacy import Vault

if TYPE_CHECKING:
    from bot.settings import Settings

SETTLE_SECONDS = 1.0
"""What a worker had under way when it lost the conversation is erased after so long."""
_LINE_USER = re.compile("U[0-9a-f]{32}")
_RECEIPT = re.compile("[0-9]{4}-[0-9]{4}")
_CONVERSATION = re.compile("[0-9a-f]{32}")
_WORDS = {
    "state": "会話の状態",
    "messages": "発言",
    "seen": "受け取った番号",
    "choices": "選択肢",
    "tickets": "受付",
    "private": "専用フォームの内容",
    "feedback": "評価",
    "forms": "専用フォームのアドレス",
    "withdrawn": "取り消された発言の跡",
    "outbox": "これから送るもの",
    "delivery": "送信の記録",
    "tokens": "返信用の番号",
    "events": "LINEの通知の番号",
    "inbox": "処理前のLINEの通知",
    "tracker": "対話エンジンの記憶",
    "slots": "対話エンジンの状態",
    "history": "対応履歴",
    "shown": "画面に届いた印",
    "viewers": "閲覧中の職員",
    "rate": "発言の頻度",
}


async def forget(settings: Settings, name: str) -> int:
    """Erases a citizen; 1 if nothing is kept of any such citizen.

    The name is a conversation's ID, a receipt number, or a LINE user ID.
    """
    redis = connect(settings)
    try:
        erasure = RedisErasure(redis)
        conversation_id = await _found(erasure, settings, name)
        if conversation_id is None or not await erasure.exists(conversation_id):
            sys.stderr.write("該当する会話はありません。何も消していません。\n")
            return 1
        erased = await erasure.erase(conversation_id)
        await asyncio.sleep(SETTLE_SECONDS)
        await erasure.erase(conversation_id)
    finally:
        await redis.aclose()
    for part, count in erased.items():
        sys.stdout.write(f"消しました: {_WORDS[part]} {count}件\n")
    return 0


async def _found(erasure: RedisErasure, settings: Settings, name: str) -> str | None:
    """The conversation of whatever was given.

    Raises:
        SettingsError: if it is nothing that can be looked up.
    """
    if _LINE_USER.fullmatch(name):
        if settings.privacy_key is None:
            raise SettingsError("PRIVACY_KEY: without it a LINE user ID cannot be looked up")
        return Vault(settings.privacy_key.get_secret_value()).pseudonym("user", name)
    if _RECEIPT.fullmatch(normal(name)):
        return await erasure.by_receipt(normal(name))
    if _CONVERSATION.fullmatch(name):
        return name
    raise SettingsError(
        "会話の番号、受付番号（1234-5678）、LINEのユーザーIDのどれかを、標準入力に1行で渡してください。"
    )
