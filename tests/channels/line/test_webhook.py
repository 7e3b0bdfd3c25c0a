"""LINE's webhook through a whole gateway, over a real Redis, with a stand-in for LINE's answers."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from bot.conversation.model import Draft, Role
from bot.conversation.ports import EngineReply
from tests.channels.line.channel import Channel, everything_stored
from tests.channels.line.checked import CheckedLine
from tests.channels.line.webhooks import (
    KEYS,
    OTHER_USER,
    USER,
    event,
    message,
    send_bytes,
    signature,
    tapped,
    text,
    user,
)
from tests.fakes import NOON
from tests.gateway import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def channel(redis_url: str) -> AsyncIterator[Channel]:
    line = CheckedLine()
    async with running(redis_url, line, BOT_NOW=NOON.isoformat(), **KEYS) as gateway:
        yield Channel(gateway, line)


async def test_a_question_is_answered_with_the_reply_token(channel: Channel) -> None:
    asked = text("こんにちは")
    assert await channel.send(asked) == 200
    assert await channel.line.until(1) == ["「こんにちは」ですね。"]
    assert channel.line.used == {asked["replyToken"]}
    assert channel.line.pushes == 0
    await channel.settled()
    assert channel.line.read == [asked["message"]["markAsReadToken"]]


async def test_an_empty_webhook_is_the_consoles_check(channel: Channel) -> None:
    assert await channel.send() == 200


@pytest.mark.parametrize(
    "signed", ["", "x", "署名", signature(b"other"), signature(b"{}", "0" * 32)]
)
async def test_what_line_did_not_sign_leaves_a_count_and_nothing_else(
    channel: Channel, signed: str
) -> None:
    http = channel.gateway.http
    answer = await http.post(
        "/channels/line/webhook", content=b"{}", headers={b"x-line-signature": signed.encode()}
    )
    assert answer.status_code == 400
    stored = {key async for key in channel.gateway.services.redis.scan_iter()}
    assert stored <= {"bot:{privacy}:key"}
    assert "bot_line_bad_signatures_total 1.0" in (await http.get("/metrics")).text


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"events": 3}', b"\xff", b'"x"'])
async def test_a_signed_body_that_is_no_webhook_is_400(channel: Channel, body: bytes) -> None:
    assert (await send_bytes(channel.gateway.http, body)).status_code == 400


async def test_an_event_acts_once_redelivered_or_raced(channel: Channel) -> None:
    asked = text("一度だけ")
    again = {**asked, "deliveryContext": {"isRedelivery": True}}
    statuses = await asyncio.gather(*(channel.send(asked, again) for _ in range(5)))
    await channel.line.until(1)
    await channel.settled()
    statuses.append(await channel.send(again))
    await channel.settled()
    assert set(statuses) == {200}
    assert channel.line.texts == ["「一度だけ」ですね。"]
    assert len(await channel.transcript()) == 2


async def test_events_are_handled_in_the_order_in_which_they_happened(channel: Channel) -> None:
    first, second, third, fourth = (text(f"{n}番") for n in range(1, 5))
    for n, one in enumerate((first, second, third, fourth)):
        one["timestamp"] += n
    await channel.send(fourth, second)
    await channel.send(third, first)
    assert await channel.line.until(4) == [f"「{n}番」ですね。" for n in range(1, 5)]


async def test_a_straggler_is_still_answered(channel: Channel) -> None:
    late = text("遅れて")
    await channel.send(text("先に"))
    await channel.line.until(1)
    late["timestamp"] -= 5_000
    await channel.send(late)
    assert await channel.line.until(2) == ["「先に」ですね。", "「遅れて」ですね。"]


async def test_an_event_redelivered_after_minutes_is_answered_with_a_push(
    channel: Channel,
) -> None:
    old = text("おそく", deliveryContext={"isRedelivery": True})
    old["timestamp"] -= 5 * 60_000
    await channel.send(old)
    await channel.line.until(1)
    assert channel.line.pushes == 1


async def test_standby_events_are_not_answered(channel: Channel) -> None:
    await channel.send(text("待機", mode="standby"), text("動作"))
    assert await channel.line.until(1) == ["「動作」ですね。"]


async def test_two_citizens_have_two_conversations(channel: Channel) -> None:
    await channel.send(text("甲"), text("乙", source=user(OTHER_USER)))
    assert sorted(await channel.line.until(2)) == ["「乙」ですね。", "「甲」ですね。"]
    assert [one.text for one in await channel.transcript(OTHER_USER)] == ["乙", "「乙」ですね。"]


async def test_a_new_friend_is_greeted_and_offered_what_to_ask(channel: Channel) -> None:
    await channel.send(event("follow", follow={"isUnblocked": False}))
    [greeting] = await channel.line.until(1)
    assert "個人情報" in greeting or "書かないでください" in greeting
    items = channel.line.shown[-1]["quickReply"]["items"]
    assert [item["action"]["label"] for item in items] == ["聞けることを見る", "職員と話す"]


async def test_who_blocks_us_hears_nothing_more_until_coming_back(channel: Channel) -> None:
    await channel.send(text("はい"))
    await channel.line.until(1)
    await channel.send(event("unfollow"))
    await channel.settled()
    assert (await channel.conversation()).blocked_since
    await channel.send(text("まだいますか"))
    await channel.settled()
    assert len(channel.line.shown) == 1
    states = await channel.gateway.services.outbox.states(channel.id_of())
    assert list(states.values())[-1] == "blocked"
    await channel.send(event("follow", follow={"isUnblocked": True}))
    assert (await channel.line.until(2))[-1].startswith("おかえりなさい")
    assert (await channel.conversation()).blocked_since is None


@pytest.mark.parametrize("kind", ["sticker", "image", "video", "audio", "file", "location"])
async def test_what_is_no_text_is_declined_politely(channel: Channel, kind: str) -> None:
    await channel.send(message({"type": kind, "fileName": "秘密.pdf", "address": "川崎区1-1"}))
    [said] = await channel.line.until(1)
    assert "読めるのは文字だけ" in said
    items = channel.line.shown[-1]["quickReply"]["items"]
    assert [item["action"]["label"] for item in items] == ["職員と話す"]
    [sent, _] = await channel.transcript()
    assert sent.text.startswith("［")


async def test_a_message_taken_back_is_gone(channel: Channel) -> None:
    channel.gateway.engine.prepared["間違えました"] = [EngineReply(Draft(Role.BOT, "はい。"))]
    asked = text("間違えました")
    await channel.send(asked)
    await channel.line.until(1)
    await channel.send(event("unsend", unsend={"messageId": asked["message"]["id"]}))
    await channel.settled()
    [tombstone, _] = await channel.transcript()
    assert (tombstone.text, tombstone.withdrawn) == ("（送信が取り消されました）", True)
    assert "間違えました" not in await everything_stored(channel)
    assert (await channel.conversation()).last_text == "（送信が取り消されました）"


async def test_a_message_taken_back_before_it_came_never_comes(channel: Channel) -> None:
    asked = text("言わなかったことに")
    await channel.send(event("unsend", unsend={"messageId": asked["message"]["id"]}))
    await channel.settled()
    await channel.send(asked)
    await channel.settled()
    assert await channel.transcript() == []
    assert channel.line.shown == []


async def test_a_group_hears_once_that_we_serve_one_to_one(channel: Channel) -> None:
    source = {"type": "group", "groupId": "C" + "0" * 32, "userId": USER}
    await channel.send(event("join", source=source))
    [said] = await channel.line.until(1)
    assert "一対一" in said
    await channel.send(text("みんなで", source=source), text("もう一度", source=source))
    await channel.settled()
    assert len(channel.line.shown) == 1
    assert "みんなで" not in await everything_stored(channel)


async def test_a_button_that_was_offered_is_taken_and_another_is_not(channel: Channel) -> None:
    await channel.send(event("follow", follow={"isUnblocked": False}))
    await channel.line.until(1)
    data = channel.line.shown[0]["quickReply"]["items"][1]["action"]["data"]
    await channel.send(tapped(data))
    assert "順番は1番目" in (await channel.line.until(2))[-1]
    await channel.send(tapped("1:c:never-offered", source=user(OTHER_USER)))
    assert "もう使えません" in (await channel.line.until(3))[-1]
    await channel.send(tapped("何か", source=user(OTHER_USER)))
    assert "もう使えません" in (await channel.line.until(4))[-1]


async def test_feedback_is_kept_and_thanked_for(channel: Channel) -> None:
    await channel.send(text("役立つこと"))
    await channel.line.until(1)
    [_, answer] = await channel.transcript()
    await channel.send(tapped(f"1:f:{answer.id}:1"))
    assert (await channel.line.until(2))[-1].startswith("ありがとうございます")
    key = f"bot:{{{channel.id_of()}}}:feedback"
    stored = await channel.gateway.services.redis.hget(key, answer.id)
    assert '"helpful":true' in str(stored)


async def test_feedback_on_the_talk_is_kept_and_thanked_for(channel: Channel) -> None:
    await channel.send(text("役立つこと"))
    await channel.line.until(1)
    await channel.send(tapped("1:s:0"))
    assert (await channel.line.until(2))[-1].startswith("ありがとうございます")
    key = f"bot:{{{channel.id_of()}}}:feedback"
    stored = await channel.gateway.services.redis.hget(key, "conversation")
    assert '"helpful":false' in str(stored)


@pytest.mark.parametrize(
    ("said", "heard"),
    [("あ" * 2001, "長すぎます"), ("\u200b", "空です"), ("\ud800", "読み取れない")],
)
async def test_a_text_that_will_not_do_is_answered(channel: Channel, said: str, heard: str) -> None:
    body = json.dumps({"events": [text(said)]}).encode()  # ASCII, so that it can be sent at all
    assert (await send_bytes(channel.gateway.http, body)).status_code == 200
    assert heard in (await channel.line.until(1))[0]


async def test_what_was_masked_may_go_into_a_form_instead(channel: Channel) -> None:
    await channel.send(text("私の番号は090-1234-5678です"))
    notice, answer = await channel.line.until(2)
    assert "https://chat.example.jp/form/" in notice
    assert answer == "「私の番号は［電話番号］です」ですね。"
    assert channel.line.pushes == 0


async def test_without_keys_the_channel_is_off(redis_url: str) -> None:
    async with running(redis_url) as gateway:
        answer = await gateway.http.post("/channels/line/webhook", content=b"{}")
        assert answer.status_code == 404
        assert (await gateway.http.get("/readyz")).json()["line"] == "off"


async def test_every_key_of_a_conversation_has_an_end(channel: Channel) -> None:
    asked = text("はい")
    await channel.send(event("follow", follow={"isUnblocked": False}), asked)
    await channel.line.until(2)
    await channel.send(event("unsend", unsend={"messageId": asked["message"]["id"]}), text("次"))
    await channel.line.until(3)
    redis = channel.gateway.services.redis
    own = [key async for key in redis.scan_iter(f"bot:{{{channel.id_of()}}}:*")]
    assert len(own) >= 6
    assert all([await redis.ttl(key) > 0 for key in own])


async def test_nothing_stored_tells_who_wrote(channel: Channel) -> None:
    await channel.send(
        event("follow", follow={"isUnblocked": False}), text("私の番号は090-1234-5678です")
    )
    await channel.line.until(2)
    await channel.settled()
    stored = await everything_stored(channel)
    assert USER not in stored
    assert USER[1:] not in stored
    assert "1234-5678" not in stored
    assert USER not in (await channel.gateway.http.get("/metrics")).text
