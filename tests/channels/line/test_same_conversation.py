"""On LINE as on the web: handoff, operators, tickets, forms; and how each message fares."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from bot.channels.line.client import Refused, Unknown
from tests.channels.line.channel import Channel, everything_stored
from tests.channels.line.checked import CheckedLine
from tests.channels.line.webhooks import KEYS, USER, event, message, tapped, text
from tests.desk.test_api import HANDOFF, NIGHT, NOON, OPINION, Operator, operator
from tests.gateway import parse_events, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def channel(redis_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Channel]:
    now = getattr(request, "param", NOON)
    line = CheckedLine()
    async with running(redis_url, line, BOT_NOW=now, **KEYS) as gateway:
        gateway.engine.prepared["人と話したい"] = [HANDOFF]
        gateway.engine.prepared["公園を増やして"] = [OPINION]
        yield Channel(gateway, line)


at_night = pytest.mark.parametrize("channel", [NIGHT], indirect=True)


async def claimed(channel: Channel) -> Operator:
    """An operator who has the citizen's conversation."""
    sato = await operator(channel.gateway)
    await channel.send(text("人と話したい"))
    await channel.line.until(1)
    await sato.post(f"conversations/{channel.id_of()}/claim")
    await channel.line.until(2)
    return sato


async def answer(channel: Channel, sato: Operator, said: str) -> None:
    body = {"text": said, "client_message_id": said}
    assert (await sato.post(f"conversations/{channel.id_of()}/messages", **body)).status_code == 202


async def test_a_handoff_from_the_queue_to_the_end(channel: Channel) -> None:
    sato = await operator(channel.gateway)
    await channel.send(text("人と話したい"))
    assert "順番は1番目" in (await channel.line.until(1))[0]
    [waiting] = (await sato.get("conversations?view=waiting"))["conversations"]
    assert (waiting["channel"], waiting["undelivered"]) == ("line", 0)
    await sato.post(f"conversations/{channel.id_of()}/claim")
    assert "sato" in (await channel.line.until(2))[1]
    await answer(channel, sato, "お待たせしました")
    assert "お待たせしました" in (await channel.line.until(3))[2]
    await channel.send(text("保育園のことです"))
    await channel.settled()
    assert len(channel.line.shown) == 3
    await sato.post(f"conversations/{channel.id_of()}/return")
    await channel.line.until(4)
    await channel.send(text("ありがとう"))
    assert (await channel.line.until(5))[4] == "「ありがとう」ですね。"


async def test_the_desk_shows_how_a_message_fared(channel: Channel) -> None:
    sato = await claimed(channel)
    await answer(channel, sato, "届く")
    await channel.line.until(3)
    channel.line.prepared = [Refused("quota")]
    await answer(channel, sato, "届かない")
    await channel.settled()
    detail = await sato.get(f"conversations/{channel.id_of()}")
    fates = {m["text"]: m.get("delivery") for m in detail["messages"]}
    assert (fates["届く"], fates["届かない"], fates["人と話したい"]) == ("sent", "quota", None)
    assert detail["conversation"]["undelivered"] == 1


async def test_the_desk_follows_how_a_message_fares(channel: Channel) -> None:
    sato = await claimed(channel)
    await channel.settled()
    channel.line.prepared = [(Unknown(), False)]
    heard: list[str] = []
    url = f"/api/desk/events?conversation={channel.id_of()}"
    async with asyncio.timeout(20), sato.http.stream("GET", url) as stream:
        sent = None
        async for kind, data in parse_events(stream):
            if kind == "state":
                await answer(channel, sato, "少しお待ちください")
            elif kind == "message" and data["role"] == "operator":
                sent = data["id"]
            elif kind == "delivery" and data["message_id"] == sent:
                heard.append(data["state"])
                if data["state"] == "sent":
                    break
    assert heard[-1] == "sent"


async def test_the_desk_hears_that_a_message_was_taken_back(channel: Channel) -> None:
    sato = await claimed(channel)
    asked = text("秘密です")
    await channel.send(asked)
    await channel.settled()
    await channel.send(event("unsend", unsend={"messageId": asked["message"]["id"]}))
    await channel.settled()
    detail = await sato.get(f"conversations/{channel.id_of()}")
    assert detail["messages"][-1]["withdrawn"] is True
    assert "秘密です" not in str(detail)
    assert "秘密です" not in await everything_stored(channel)


async def test_an_operator_who_writes_shows_on_line(channel: Channel) -> None:
    sato = await claimed(channel)
    for _ in range(3):
        await sato.post(f"conversations/{channel.id_of()}/typing")
    async with asyncio.timeout(20):
        while not channel.line.loading:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)
    assert channel.line.loading == [(USER, 10)]


async def test_a_picture_for_an_operator_is_declined_and_a_sticker_is_let_be(
    channel: Channel,
) -> None:
    await claimed(channel)
    await channel.send(message({"type": "sticker"}))
    await channel.send(message({"type": "image"}))
    assert "職員も見ることができません" in (await channel.line.until(3))[2]
    await channel.settled()
    assert len(channel.line.shown) == 3


async def test_who_asks_again_for_a_person_hears_the_place(channel: Channel) -> None:
    await channel.send(text("人と話したい"))
    await channel.line.until(1)
    await channel.send(tapped("1:m:person"))
    assert "あなたの順番は1番目です" in (await channel.line.until(2))[1]
    assert channel.line.pushes == 0


async def test_blocking_us_leaves_the_queue(channel: Channel) -> None:
    sato = await operator(channel.gateway)
    await channel.send(text("人と話したい"))
    await channel.line.until(1)
    await channel.send(event("unfollow"))
    await channel.settled()
    assert (await sato.get("conversations?view=waiting"))["conversations"] == []
    history = (await sato.get(f"conversations/{channel.id_of()}"))["history"]
    assert [entry["kind"] for entry in history] == ["queued", "left_queue"]


@at_night
async def test_after_hours_a_ticket_is_taken_and_a_form_linked(channel: Channel) -> None:
    await channel.send(text("人と話したい"))
    [invited] = await channel.line.until(1)
    link = invited.rpartition("\n")[2]
    assert link.startswith("https://chat.example.jp/form/")
    await channel.send(text("窓口の場所について"))
    received = (await channel.line.until(2))[1]
    assert "受付番号は" in received
    filled = {"name": "川崎花子", "reach": "hanako@example.jp", "message": "内緒の相談です"}
    path = link.removeprefix("https://chat.example.jp")
    assert (await channel.gateway.http.post(path, data=filled)).status_code == 200
    notice = (await channel.line.until(3))[2]
    assert "専用フォーム" in notice
    for secret in filled.values():
        assert secret not in str(channel.line.shown)
        assert secret not in await everything_stored(channel)
    sato = await operator(channel.gateway)
    tickets = (await sato.get("tickets"))["tickets"]
    assert {ticket["channel"] for ticket in tickets} == {"line"}
    detail = await sato.get(f"tickets/{tickets[-1]['receipt']}")
    assert detail["contact"] == filled
    body = {"text": "ご連絡します", "client_message_id": "1"}
    await sato.post(f"tickets/{tickets[-1]['receipt']}/answer", **body)
    assert "ご連絡します" in "".join(await channel.line.until(4))


async def test_an_opinion_gets_its_receipt(channel: Channel) -> None:
    await channel.send(text("公園を増やして"))
    assert "受付番号" in (await channel.line.until(1))[0]


async def test_neither_logs_nor_redis_nor_pages_tell_who_wrote(
    channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        sato = await claimed(channel)
        channel.line.prepared = [Refused("invalid"), Refused("invalid")]
        await answer(channel, sato, "届かない")
        await channel.settled()
        await channel.send(event("unfollow"), event("follow", follow={"isUnblocked": True}))
        await channel.settled()
    told = "\n".join(
        [
            caplog.text,
            await everything_stored(channel),
            str(await sato.get(f"conversations/{channel.id_of()}")),
            str(await sato.get("conversations?view=all")),
            (await channel.gateway.http.get("/metrics")).text,
            (await channel.gateway.http.get("/readyz")).text,
        ]
    )
    assert USER not in told
    assert USER[1:] not in told
    assert "a delivery ended as failed" in caplog.text
