"""The stand-in keeps to LINE's own description: paths, webhooks, answers, errors."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from bot.channels.line.simulator.app import create_simulator
from bot.channels.line.simulator.line import Keys
from tests.channels.line.openapi import FOLDER, needs_file, validator
from tests.channels.line.simulated import SECRET, TOKEN, Simulator, simulating
from tests.channels.line.test_simulator import MENU, PNG
from tests.channels.line.webhook_sink import Sink, listening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = needs_file

HEADERS = {"authorization": f"Bearer {TOKEN}"}
TEXT = [{"type": "text", "text": "こんにちは"}]
NOBODY = "U" + "0" * 32


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    async with listening() as built:
        yield built


@pytest.fixture
async def line(sink: Sink) -> AsyncIterator[Simulator]:
    async with simulating(sink.address) as built:
        yield built


def problems(schema: str, given: Any, file: str = "messaging-api.yml") -> list[str]:
    return [str(error) for error in validator(schema, file).iter_errors(given)]


def test_every_path_is_one_of_lines() -> None:
    text = (FOLDER / "messaging-api.yml").read_text(encoding="utf-8")
    paths = YAML(typ="safe", pure=True).load(text)["paths"]
    known = {(re.sub(r"{.*?}", "{}", path), method) for path, of in paths.items() for method in of}
    app = create_simulator(Keys(SECRET, TOKEN, ""), f"paths_{uuid.uuid4().hex}")
    ours = {
        (re.sub(r"<.*?>", "{}", f"/{route.path.strip('/')}"), method.lower())
        for route in app.router.routes
        for method in route.methods
        if route.path.startswith("v2/bot")
    }
    assert len(ours) > 20
    assert ours <= known


async def test_webhooks(line: Simulator, sink: Sink) -> None:
    phone = await line.citizen()
    said = [
        await line.act(phone, kind, text="春")
        for kind in ("text", "sticker", "image", "video", "audio", "file", "location")
    ]
    tap = {"type": "postback", "data": "x", "displayText": "目的", "label": "目的"}
    await line.act(phone, "tap", action=tap)
    await line.act(phone, "unsend", message_id=said[0]["message"]["id"])
    await line.act(phone, "unfollow")
    group = (await line.post("phones", kind="group"))["id"]
    await line.act(group, "raw", event={"type": "join"})
    await sink.events(12)
    for body in sink.bodies:
        assert problems("CallbackRequest", body, "webhook.yml") == []


async def test_answers(line: Simulator, sink: Sink) -> None:
    phone = await line.citizen()
    [event] = await sink.events(1)
    menu = await ask(line, "POST", "richmenu", MENU)
    menu_id = menu["richMenuId"]
    await line.http.post(
        f"/v2/bot/richmenu/{menu_id}/content",
        content=PNG,
        headers={**HEADERS, "content-type": "image/png"},
    )
    await ask(line, "POST", f"user/all/richmenu/{menu_id}")
    loading = {"chatId": phone, "loadingSeconds": 5}
    replied = {"replyToken": event.reply_token, "messages": TEXT}
    expected = {
        "RichMenuIdResponse": [menu, await ask(line, "GET", "user/all/richmenu")],
        "RichMenuListResponse": [await ask(line, "GET", "richmenu/list")],
        "RichMenuResponse": [await ask(line, "GET", f"richmenu/{menu_id}")],
        "ReplyMessageResponse": [await ask(line, "POST", "message/reply", replied)],
        "PushMessageResponse": [await push(line, phone)],
        "MessageQuotaResponse": [await ask(line, "GET", "message/quota")],
        "QuotaConsumptionResponse": [await ask(line, "GET", "message/quota/consumption")],
        "BotInfoResponse": [await ask(line, "GET", "info")],
        "GetWebhookEndpointResponse": [await ask(line, "GET", "channel/webhook/endpoint")],
        "TestWebhookEndpointResponse": [await ask(line, "POST", "channel/webhook/test", {})],
        "ShowLoadingAnimationResponse": [await ask(line, "POST", "chat/loading/start", loading)],
    }
    for schema, answers in expected.items():
        for answer in answers:
            assert problems(schema, answer) == [], schema


async def test_errors(line: Simulator) -> None:
    phone, key = await line.citizen(), str(uuid.uuid4())
    await push(line, phone, key=key)
    errors = [
        await push(line, phone, key=key, status=409),
        await push(line, NOBODY, status=400),
        await ask(line, "POST", "message/push", {"to": phone, "messages": []}, status=400),
        await ask(line, "POST", "message/push", {"to": phone, "messages": [{}]}, status=400),
        await ask(line, "POST", "message/reply", {"replyToken": "x", "messages": TEXT}, status=400),
        await ask(line, "POST", "chat/loading/start", {"chatId": "x"}, status=400),
        await ask(line, "POST", "richmenu", {"name": 1}, status=400),
        await ask(line, "GET", "richmenu/none", status=404),
        await push(line, phone, key="no-uuid", status=400),
    ]
    await line.post("control/quota", limit=0)
    errors.append(await push(line, phone, status=429))
    for error in errors:
        assert problems("ErrorResponse", error) == []


async def push(line: Simulator, to: str, key: str | None = None, status: int | None = None) -> Any:
    body = {"to": to, "messages": TEXT}
    more = {"x-line-retry-key": key} if key else {}
    return await ask(line, "POST", "message/push", body, status=status, **more)


async def ask(
    line: Simulator,
    method: str,
    path: str,
    body: dict[str, Any] | None = None,
    *,
    status: int | None = None,
    **headers: str,
) -> Any:
    answer = await line.http.request(
        method, f"/v2/bot/{path}", json=body, headers={**HEADERS, **headers}
    )
    assert answer.is_success if status is None else answer.status_code == status, answer.text
    assert uuid.UUID(answer.headers["x-line-request-id"])
    return answer.json()
