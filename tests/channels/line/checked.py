"""A stand-in for LINE that takes only what LINE takes: by the SDK's models and LINE's own file."""

from __future__ import annotations

import json
from typing import Any

from linebot.v3.messaging import (
    MarkMessagesAsReadByTokenRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
)

from tests.channels.line import laws, openapi
from tests.fakes import FakeLine


class CheckedLine(FakeLine):
    async def reply(self, token: str, messages: list[Any]) -> Any:
        laws.check(messages)
        lawful(ReplyMessageRequest(reply_token=token, messages=messages))
        return await super().reply(token, messages)

    async def push(self, to: str, messages: list[Any], retry_key: str) -> Any:
        laws.check(messages)
        lawful(PushMessageRequest(to=to, messages=messages))
        return await super().push(to, messages, retry_key)

    async def show_loading(self, user_id: str, seconds: int) -> Any:
        lawful(ShowLoadingAnimationRequest(chat_id=user_id, loading_seconds=seconds))
        return await super().show_loading(user_id, seconds)

    async def mark_as_read(self, token: str) -> Any:
        lawful(MarkMessagesAsReadByTokenRequest(mark_as_read_token=token))
        return await super().mark_as_read(token)


def lawful(request: Any) -> None:
    """Whether LINE's file, where it is present, has nothing against a request."""
    if openapi.FOLDER.exists():
        assert openapi.problems(type(request).__name__, json.loads(request.to_json())) == []
