"""Webhook events as LINE writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.channels.line.simulator import ids

if TYPE_CHECKING:
    from bot.channels.line.simulator.phones import Phone

WITHOUT_REPLY = {"unfollow", "unsend", "leave", "memberLeft"}
"""Kinds of events that nobody can reply to."""
_QUOTABLE = {"text", "sticker", "image", "video"}
_BY_LINE = {"contentProvider": {"type": "line"}}
_CONTENTS: dict[str, dict[str, Any]] = {
    "sticker": {
        "packageId": "11537",
        "stickerId": "52002734",
        "stickerResourceType": "STATIC",
        "keywords": ["hello"],
    },
    "image": _BY_LINE,
    "video": {**_BY_LINE, "duration": 60000},
    "audio": {**_BY_LINE, "duration": 60000},
    "file": {"fileName": "memo.txt", "fileSize": 2138},
    "location": {
        "title": "川崎市役所",
        "address": "神奈川県川崎市川崎区宮本町1",
        "latitude": 35.5308,
        "longitude": 139.7030,
    },
}


def event(kind: str, phone: Phone, at_ms: int, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """An event of a chat; a reply token is added when it is sent out."""
    return {
        "type": kind,
        "webhookEventId": ids.event_id(at_ms),
        "timestamp": at_ms,
        "mode": "active",
        "source": dict(phone.source),
        "deliveryContext": {"isRedelivery": False},
        **fields,
    }


def content(kind: str, words: str = "") -> dict[str, Any]:
    """What a message of the citizen holds; `words` only count for a text."""
    made = {"type": kind, "id": ids.message_id(), "markAsReadToken": ids.token()}
    if kind in _QUOTABLE:
        made["quoteToken"] = ids.token()
    if kind == "text":
        return {**made, "text": words}
    return {**made, **_CONTENTS[kind]}
