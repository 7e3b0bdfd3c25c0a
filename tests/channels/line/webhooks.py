"""Webhooks as LINE would send them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

SECRET = "0123456789abcdef0123456789abcdef"
KEYS = {
    "LINE_CHANNEL_SECRET": SECRET,
    "LINE_CHANNEL_ACCESS_TOKEN": "access-token",
    "PRIVACY_KEY": "a key of at least thirty-two characters",
    "PUBLIC_URL": "https://chat.example.jp",
}
USER = "U" + "4af4980629" * 3 + "0f"
OTHER_USER = "U" + "0f" * 16
_numbers = count(1)


def user(user_id: str = USER) -> dict[str, Any]:
    return {"type": "user", "userId": user_id}


def event(kind: str, **fields: Any) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "type": kind,
        "mode": "active",
        "timestamp": time.time_ns() // 1_000_000,
        "webhookEventId": f"01EVENT{number:019}",
        "deliveryContext": {"isRedelivery": False},
        "source": user(),
        "replyToken": f"reply-token-{number}",
        **fields,
    }


def text(said: str, **fields: Any) -> dict[str, Any]:
    return message({"type": "text", "text": said, "quoteToken": "q"}, **fields)


def message(content: dict[str, Any], **fields: Any) -> dict[str, Any]:
    number = next(_numbers)
    content = {"id": f"{number}", "markAsReadToken": f"read-{number}", **content}
    return event("message", message=content, **fields)


def tapped(data: str, **fields: Any) -> dict[str, Any]:
    return event("postback", postback={"data": data}, **fields)


def signature(body: bytes, secret: str = SECRET) -> str:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


async def send(http: httpx.AsyncClient, *events: dict[str, Any]) -> httpx.Response:
    content = {"destination": "U" + "d" * 32, "events": list(events)}
    return await send_bytes(http, json.dumps(content, ensure_ascii=False).encode())


async def send_bytes(
    http: httpx.AsyncClient, body: bytes, signed: str | None = None
) -> httpx.Response:
    headers = {"x-line-signature": signed if signed is not None else signature(body)}
    return await http.post("/channels/line/webhook", content=body, headers=headers)
