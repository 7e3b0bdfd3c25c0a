"""The real SDK against the stand-in for LINE: every call that the channel uses."""

from __future__ import annotations

import uuid
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from linebot.v3 import messaging
from linebot.v3.messaging import (
    ApiException,
    AsyncApiClient,
    AsyncMessagingApi,
    AsyncMessagingApiBlob,
    Configuration,
    FlexMessage,
    MarkMessagesAsReadByTokenRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    RichMenuRequest,
    SetWebhookEndpointRequest,
    ShowLoadingAnimationRequest,
    TextMessage,
)
from linebot.v3.webhook import WebhookParser

from bot.channels.line.simulator.webhooks import sign
from tests.channels.line.simulated import SECRET, TOKEN, Simulator, simulating
from tests.channels.line.webhook_sink import Sink, listening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
MENU = {
    "size": {"width": 2500, "height": 843},
    "selected": True,
    "name": "menu",
    "chatBarText": "メニュー",
    "areas": [
        {
            "bounds": {"x": 0, "y": 0, "width": 2500, "height": 843},
            "action": {"type": "postback", "data": "ask", "label": "聞く"},
        }
    ],
}


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    async with listening() as built:
        yield built


@pytest.fixture
async def line(sink: Sink) -> AsyncIterator[Simulator]:
    async with simulating(sink.address) as built:
        yield built


@asynccontextmanager
async def sdk(line: Simulator, token: str = TOKEN) -> AsyncIterator[AsyncMessagingApi]:
    async with AsyncApiClient(Configuration(host=line.base, access_token=token)) as client:
        yield AsyncMessagingApi(client)


@pytest.fixture
async def api(line: Simulator) -> AsyncIterator[AsyncMessagingApi]:
    async with sdk(line) as built:
        yield built


def hello(token: str, *texts: str) -> ReplyMessageRequest:
    messages = [TextMessage(text=text) for text in texts or ("こんにちは",)]
    return ReplyMessageRequest(replyToken=token, messages=messages)


def push(phone: str, *texts: str) -> PushMessageRequest:
    messages = [TextMessage(text=text) for text in texts or ("こんにちは",)]
    return PushMessageRequest(to=phone, messages=messages)


async def refused(call: Any) -> ApiException:
    with pytest.raises(ApiException) as caught:
        await call
    return caught.value


async def test_a_webhook_is_signed_and_of_the_sdks_form(line: Simulator, sink: Sink) -> None:
    phone = await line.citizen()
    kinds = ["sticker", "image", "video", "audio", "file", "location"]
    for kind in kinds:
        await line.act(phone, kind)
    await line.act(phone, "text", text="カーボンゼロとは")
    received = await sink.events(8)
    assert {event.source.user_id for event in received} == {phone}
    assert {event.mode for event in received} == {"active"}
    assert all(len(event.webhook_event_id) == 26 and event.reply_token for event in received)
    assert {e.message.type for e in received if e.type == "message"} == {*kinds, "text"}


async def test_a_reply_token_is_good_once(
    line: Simulator, sink: Sink, api: AsyncMessagingApi
) -> None:
    phone = await line.citizen()
    [event] = await sink.events(1)
    sent = await api.reply_message_with_http_info(hello(event.reply_token, "一", "二"))
    assert sent.status_code == 200
    assert len(sent.data.sent_messages) == 2
    assert uuid.UUID(sent.headers["X-Line-Request-Id"])
    error = await refused(api.reply_message(hello(event.reply_token)))
    assert (error.status, error.body) == (400, '{"message":"Invalid reply token"}')
    assert [message["text"] for message in await line.shown(phone)] == ["一", "二"]


async def test_a_reply_token_lives_a_minute(
    line: Simulator, sink: Sink, api: AsyncMessagingApi
) -> None:
    await line.citizen()
    [event] = await sink.events(1)
    await line.post("control/clock", jump=61)
    assert (await refused(api.reply_message(hello(event.reply_token)))).status == 400


async def test_a_retry_key_is_carried_out_once_a_day(
    line: Simulator, api: AsyncMessagingApi
) -> None:
    phone, key = await line.citizen(), str(uuid.uuid4())
    first = await api.push_message_with_http_info(push(phone), x_line_retry_key=key)
    error = await refused(api.push_message(push(phone), x_line_retry_key=key))
    assert error.status == 409
    accepted = error.headers["X-Line-Accepted-Request-Id"]
    assert accepted == first.headers["X-Line-Request-Id"] != error.headers["X-Line-Request-Id"]
    assert len(await line.shown(phone)) == 1
    await line.post("control/clock", jump=24 * 60 * 60 + 1)
    await api.push_message(push(phone), x_line_retry_key=key)
    assert len(await line.shown(phone)) == 2


async def test_who_blocked_the_account_sees_nothing(
    line: Simulator, api: AsyncMessagingApi
) -> None:
    phone = await line.citizen()
    await line.act(phone, "unfollow")
    await api.push_message(push(phone))
    assert await line.shown(phone) == []
    await line.act(phone, "follow")
    await api.push_message(push(phone, "お帰りなさい"))
    assert len(await line.shown(phone)) == 1


async def test_nothing_is_sent_to_nobody(line: Simulator, api: AsyncMessagingApi) -> None:
    assert (await refused(api.push_message(push("U" + "0" * 32)))).status == 400
    error = await refused(api.push_message(push("me")))
    assert "The property, 'to'" in error.body
    assert (await line.get("control/state"))["quota"]["used"] == 0


async def test_a_wrong_token_is_refused(line: Simulator) -> None:
    async with sdk(line, "wrong") as other:
        assert (await refused(other.get_bot_info())).status == 401


async def test_the_month_has_an_end(line: Simulator, api: AsyncMessagingApi) -> None:
    phone = await line.citizen()
    await line.post("control/quota", limit=1)
    await api.push_message(push(phone))
    error = await refused(api.push_message(push(phone)))
    assert (error.status, error.body) == (429, '{"message":"You have reached your monthly limit."}')
    assert (await api.get_message_quota()).value == 1
    assert (await api.get_message_quota_consumption()).total_usage == 1
    await line.post("control/quota", limit=None)
    assert (await api.get_message_quota()).type == "none"


def quick(**action: str) -> dict[str, Any]:
    items = [{"type": "action", "action": {"type": "message", **action}}]
    return {"type": "text", "text": "春", "quickReply": {"items": items}}


@pytest.mark.parametrize(
    ("message", "where"),
    [
        ({"type": "text", "text": ""}, "messages[0].text"),
        ({"type": "text", "text": "あ" * 5001}, "messages[0].text"),
        ({"type": "text", "text": "😀" * 2501}, "messages[0].text"),
        ({"type": "text"}, "messages[0].text"),
        ({"type": "poem", "text": "春"}, "messages[0]"),
        ({"type": "text", "text": "春", "colour": "red"}, "messages[0].colour"),
        (
            quick(label="あ" * 21, text="a"),
            "messages[0].quickReply.items[0].action.label",
        ),
        (
            quick(label="a", text="x" * 301),
            "messages[0].quickReply.items[0].action.text",
        ),
    ],
)
async def test_a_message_that_line_would_refuse_is_refused(
    line: Simulator, message: dict[str, Any], where: str
) -> None:
    phone = await line.citizen()
    headers = {"authorization": f"Bearer {TOKEN}"}
    body = {"to": phone, "messages": [message]}
    answer = await line.http.post("/v2/bot/message/push", json=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["message"] == "The request body has 1 error(s)"
    assert answer.json()["details"][0]["property"] == where


@pytest.mark.parametrize("count", [0, 6])
async def test_one_to_five_messages(line: Simulator, count: int) -> None:
    body = {"to": await line.citizen(), "messages": [{"type": "text", "text": "a"}] * count}
    headers = {"authorization": f"Bearer {TOKEN}"}
    answer = await line.http.post("/v2/bot/message/push", json=body, headers=headers)
    assert answer.status_code == 400


def bubble(**button: Any) -> FlexMessage:
    action = {"type": "postback", "label": "目的", "data": "x", **button}
    body = [{"type": "text", "text": "始まりました。", "wrap": True, "color": "#111111"}]
    footer = [{"type": "button", "action": action, "style": "secondary"}]
    contents = {
        "type": "bubble",
        "body": {"type": "box", "layout": "vertical", "contents": body},
        "footer": {"type": "box", "layout": "vertical", "contents": footer},
    }
    given = {"type": "flex", "altText": "始まりました。", "contents": contents}
    return FlexMessage.from_dict(given)


async def test_a_bubble_arrives_whole(line: Simulator, api: AsyncMessagingApi) -> None:
    phone = await line.citizen()
    await api.push_message(PushMessageRequest(to=phone, messages=[bubble()]))
    assert await line.shown(phone) == [bubble().to_dict()]
    wrong = PushMessageRequest(to=phone, messages=[bubble(label="")])
    assert (
        "contents.footer.contents[0].action.label" in (await refused(api.push_message(wrong))).body
    )


async def test_the_loading_indicator_shows_until_something_comes(
    line: Simulator, api: AsyncMessagingApi
) -> None:
    phone = await line.citizen()
    asked = ShowLoadingAnimationRequest(chatId=phone, loadingSeconds=20)
    assert (await api.show_loading_animation_with_http_info(asked)).status_code == 202
    assert (await line.get(f"phones/{phone}"))["loading_seconds"] > 0
    await api.push_message(push(phone))
    assert (await line.get(f"phones/{phone}"))["loading_seconds"] == 0
    body = {"chatId": phone, "loadingSeconds": 7}
    headers = {"authorization": f"Bearer {TOKEN}"}
    answer = await line.http.post("/v2/bot/chat/loading/start", json=body, headers=headers)
    assert answer.status_code == 400


async def test_messages_are_marked_as_read_by_their_token(
    line: Simulator, sink: Sink, api: AsyncMessagingApi
) -> None:
    phone = await line.citizen()
    await line.act(phone, "text", text="一")
    await line.act(phone, "text", text="二")
    tokens = {e.message.text: e.message.mark_as_read_token for e in (await sink.events(3))[1:]}
    await api.mark_messages_as_read_by_token(
        MarkMessagesAsReadByTokenRequest(markAsReadToken=tokens["一"])
    )
    entries = (await line.get(f"phones/{phone}"))["entries"]
    assert [entry["read"] for entry in entries] == [True, False]
    wrong = MarkMessagesAsReadByTokenRequest(markAsReadToken="wrong")
    assert (await refused(api.mark_messages_as_read_by_token(wrong))).status == 400


async def test_the_webhooks_address_is_set_and_tried(sink: Sink, api: AsyncMessagingApi) -> None:
    assert (await api.get_webhook_endpoint()).endpoint == sink.address
    tried = await api.test_webhook_endpoint(
        messaging.TestWebhookEndpointRequest(endpoint=sink.address)
    )
    assert (tried.success, tried.status_code) == (True, 200)
    sink.answers = [500]
    tried = await api.test_webhook_endpoint(messaging.TestWebhookEndpointRequest())
    assert (tried.success, tried.status_code) == (False, 500)
    other = "https://chat.example.jp/channels/line/webhook"
    await api.set_webhook_endpoint(SetWebhookEndpointRequest(endpoint=other))
    assert (await api.get_webhook_endpoint()).endpoint == other
    plain = SetWebhookEndpointRequest(endpoint="http://chat.example.jp/")
    assert (await refused(api.set_webhook_endpoint(plain))).status == 400


async def test_rich_menus(line: Simulator, api: AsyncMessagingApi) -> None:
    phone = await line.citizen()
    blob = AsyncMessagingApiBlob(api.api_client)
    menu = RichMenuRequest.from_dict(MENU)
    await api.validate_rich_menu_object(menu)
    made = (await api.create_rich_menu(menu)).rich_menu_id
    assert (await refused(api.set_default_rich_menu(made))).status == 400  # no picture yet
    await blob.set_rich_menu_image(
        rich_menu_id=made, body=PNG, _headers={"Content-Type": "image/png"}
    )
    assert await blob.get_rich_menu_image(made) == PNG
    await api.set_default_rich_menu(made)
    assert (await api.get_default_rich_menu_id()).rich_menu_id == made
    assert [one.rich_menu_id for one in (await api.get_rich_menu_list()).richmenus] == [made]
    assert (await line.get(f"phones/{phone}"))["menu"]["chatBarText"] == "メニュー"
    await api.link_rich_menu_id_to_user(phone, made)
    assert (await api.get_rich_menu_id_of_user(phone)).rich_menu_id == made
    await api.unlink_rich_menu_id_from_user(phone)
    await api.cancel_default_rich_menu()
    assert (await refused(api.get_default_rich_menu_id())).status == 404
    await api.delete_rich_menu(made)
    assert (await refused(api.get_rich_menu(made))).status == 404


async def test_failures_on_command(line: Simulator, api: AsyncMessagingApi) -> None:
    phone = await line.citizen()
    await line.fail("push", status=500)
    assert (await refused(api.push_message(push(phone)))).status == 500
    await line.fail("push", status=503, act=True)
    assert (await refused(api.push_message(push(phone)))).status == 503
    await line.fail("push", status=429, retry_after=7)
    assert (await refused(api.push_message(push(phone)))).headers["Retry-After"] == "7"
    assert len(await line.shown(phone)) == 1
    await api.push_message(push(phone))
    assert len(await line.shown(phone)) == 2
    assert [one["status"] for one in (await line.get("control/calls"))["calls"]] == [
        500,
        503,
        429,
        200,
    ]


async def test_an_answer_is_dropped_after_acting(line: Simulator, api: AsyncMessagingApi) -> None:
    phone = await line.citizen()
    await line.fail("push", drop=True, act=True)
    with pytest.raises(aiohttp.ClientError):
        await api.push_message(push(phone))
    assert len(await line.shown(phone)) == 1


async def test_a_slow_call_is_carried_out_although_nobody_waits(
    line: Simulator, api: AsyncMessagingApi
) -> None:
    phone = await line.citizen()
    await line.fail("push", before=0.3)
    with pytest.raises(TimeoutError):
        await api.push_message(push(phone), _request_timeout=0.05)
    await line.until(phone, 1)


async def test_an_undelivered_webhook_comes_again(line: Simulator, sink: Sink) -> None:
    sink.answers = [500]
    await line.citizen()
    first, second = await sink.events(2)
    assert first.webhook_event_id == second.webhook_event_id
    assert first.reply_token == second.reply_token
    assert [e.delivery_context.is_redelivery for e in (first, second)] == [False, True]


async def test_webhooks_go_out_as_a_test_says(line: Simulator, sink: Sink) -> None:
    phone = await line.citizen()
    await sink.events(1)
    deeds = [{"phone": phone, "kind": "text", "text": text} for text in "abc"]
    sends = [
        {"events": [1, 0]},
        {"events": [2], "after": 0.1},
        {"events": [2], "after": 0.2, "again": True},
    ]
    await line.post("control/batch", deeds=deeds, sends=sends)
    received = (await sink.events(5))[1:]
    assert [event.message.text for event in received] == ["b", "a", "c", "c"]
    assert [len(body["events"]) for body in sink.bodies[1:]] == [2, 1, 1]


async def test_unsent_is_gone(line: Simulator, sink: Sink) -> None:
    phone = await line.citizen()
    said = await line.act(phone, "text", text="やっぱりやめます")
    await line.act(phone, "unsend", message_id=said["message"]["id"])
    [unsend] = [event for event in await sink.events(3) if event.type == "unsend"]
    assert unsend.unsend.message_id == said["message"]["id"]
    [entry] = (await line.get(f"phones/{phone}"))["entries"]
    assert (entry["unsent"], entry["message"]) == (True, {})


async def test_groups_and_other_kinds_of_events(line: Simulator, sink: Sink) -> None:
    group = (await line.post("phones", name="町内会", kind="group"))["id"]
    await line.act(group, "raw", event={"type": "join"})
    await line.act(group, "raw", event={"type": "leave"})
    join, leave = sorted(await sink.events(2), key=lambda event: event.type)
    assert (join.source.group_id, bool(join.reply_token)) == (group, True)
    assert leave.type == "leave"
    await line.act(group, "raw", event={"type": "message", "mode": "standby"})


async def test_other_sites_are_kept_out(line: Simulator) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    answer = await line.http.post("/simulator/phones", json={}, headers=headers)
    assert answer.status_code == 403


def test_the_signature_is_the_sdks() -> None:
    body = '{"events":[]}'
    assert WebhookParser(SECRET).parse(body, sign(SECRET, body.encode())) == []
