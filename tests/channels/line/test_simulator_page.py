"""The simulator's phones in a real browser."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from linebot.v3.messaging import (
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    PushMessageRequest,
    ShowLoadingAnimationRequest,
)
from playwright.async_api import expect

from tests.channels.line.simulated import TOKEN, Simulator, simulating
from tests.channels.line.test_simulator import MENU, PNG, bubble
from tests.channels.line.webhook_sink import Sink, listening
from tests.system.browser import Windows, chromium, fits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

pytestmark = pytest.mark.slow

NARROW = (390, 844)
HEADERS = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    async with listening() as built:
        yield built


@pytest.fixture
async def line(sink: Sink) -> AsyncIterator[Simulator]:
    async with simulating(sink.address) as built:
        yield built


@pytest.fixture
async def windows() -> AsyncIterator[Windows]:
    async with chromium() as opened:
        yield opened
        assert opened.problems == []


@asynccontextmanager
async def api(line: Simulator) -> AsyncIterator[AsyncMessagingApi]:
    async with AsyncApiClient(Configuration(host=line.base, access_token=TOKEN)) as client:
        yield AsyncMessagingApi(client)


async def say(line: Simulator, *messages: dict[str, Any]) -> None:
    """The account says something to the first citizen."""
    [phone] = (await line.get("phones"))["phones"]
    async with api(line) as account:
        request = PushMessageRequest.from_dict({"to": phone["id"], "messages": list(messages)})
        await account.push_message(request)


async def befriended(line: Simulator, windows: Windows, size: tuple[int, int] = NARROW) -> Page:
    page = await (await windows.open(size)).new_page()
    await page.goto(f"{line.base}/simulator/")
    await page.get_by_role("button", name="友だち追加").click()
    await expect(page.get_by_label("メッセージ")).to_be_visible()
    return page


def postback(label: str, data: str) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": data, "displayText": label}


async def test_a_talk(line: Simulator, sink: Sink, windows: Windows) -> None:
    page = await befriended(line, windows)
    await page.get_by_label("メッセージ").fill("カーボンゼロとは")
    await page.keyboard.press("Enter")
    await expect(page.locator(".entry--citizen .entry__text")).to_have_text("カーボンゼロとは")
    items = [{"type": "action", "action": postback("目的", "1:c:x")}]
    await say(line, {"type": "text", "text": "どれですか。", "quickReply": {"items": items}})
    await page.get_by_role("button", name="目的").click()
    await expect(page.locator(".entry--citizen .entry__text").last).to_have_text("目的")
    await expect(page.locator(".phone__quick li")).to_have_count(0)
    follow, said, tapped = await sink.events(3)
    assert (follow.type, said.message.text) == ("follow", "カーボンゼロとは")
    assert tapped.postback.data == "1:c:x"
    assert await fits(page)


async def test_a_bubble_and_what_nobody_knows(
    line: Simulator, sink: Sink, windows: Windows
) -> None:
    page = await befriended(line, windows)
    await say(line, bubble().to_dict())
    await expect(page.locator(".flex__text")).to_have_text("始まりました。")
    await page.locator(".flex__button", has_text="目的").click()
    assert (await sink.events(2))[1].postback.data == "x"
    unknown = {"type": "video", "url": "https://example.jp/v", "previewUrl": "https://example.jp/p"}
    odd = bubble().to_dict()
    odd["contents"]["hero"] = {**unknown, "altContent": odd["contents"]["body"]}
    await say(line, {**odd, "altText": "動画のある吹き出しです。"})
    await expect(page.locator(".entry__text").last).to_have_text("動画のある吹き出しです。")


async def test_the_rich_menu(line: Simulator, sink: Sink, windows: Windows) -> None:
    made = (await line.http.post("/v2/bot/richmenu", json=MENU, headers=HEADERS)).json()
    menu = f"/v2/bot/richmenu/{made['richMenuId']}/content"
    headers = {**HEADERS, "content-type": "image/png"}
    await line.http.post(menu, content=PNG, headers=headers)
    await line.http.post(f"/v2/bot/user/all/richmenu/{made['richMenuId']}", headers=HEADERS)
    page = await befriended(line, windows)
    await page.get_by_role("button", name="聞く").click()
    assert (await sink.events(2))[1].postback.data == "ask"
    await page.get_by_role("button", name="メニュー", exact=True).click()
    await expect(page.get_by_role("button", name="聞く")).to_be_hidden()


async def test_read_typing_unsent_blocked(line: Simulator, sink: Sink, windows: Windows) -> None:
    page = await befriended(line, windows)
    await page.get_by_role("button", name="スタンプや写真を送る").click()
    await page.get_by_role("button", name="スタンプ", exact=True).click()
    sticker = (await sink.events(2))[1]
    read = {"markAsReadToken": sticker.message.mark_as_read_token}
    await line.http.post("/v2/bot/chat/markAsRead", json=read, headers=HEADERS)
    await expect(page.locator(".entry__read")).to_have_text("既読")
    async with api(line) as account:
        loading = ShowLoadingAnimationRequest(chatId=sticker.source.user_id, loadingSeconds=20)
        await account.show_loading_animation(loading)
    await expect(page.get_by_text("入力中")).to_be_visible()
    await page.locator(".entry--citizen").hover()
    await page.get_by_role("button", name="送信取消").click()
    await expect(page.get_by_text("メッセージの送信を取り消しました")).to_be_visible()
    await page.get_by_role("button", name="ブロック").click()
    await expect(page.get_by_text("ブロックしています。")).to_be_visible()
    assert [event.type for event in await sink.events(4)][2:] == ["unsend", "unfollow"]


async def test_lines_of_a_list_without_a_mouse(
    line: Simulator, sink: Sink, windows: Windows
) -> None:
    page = await befriended(line, windows)
    listed = bubble().to_dict()
    row = {"type": "box", "layout": "horizontal", "action": postback("財政状況", "1:c:y")}
    row["contents"] = [{"type": "text", "text": "財政状況", "flex": 1}]
    listed["contents"]["body"]["contents"].append(row)
    await say(line, listed)
    await expect(page.get_by_role("button", name="財政状況")).to_be_visible()
    await page.get_by_label("メッセージ").focus()
    for _ in range(20):
        await page.keyboard.press("Shift+Tab")
        if await page.locator("[aria-label=財政状況]:focus").count():
            break
    await page.keyboard.press("Enter")
    assert (await sink.events(2))[1].postback.data == "1:c:y"


async def test_several_citizens_side_by_side(line: Simulator, windows: Windows) -> None:
    page = await befriended(line, windows, (1280, 860))
    await page.get_by_role("button", name="市民を追加").click()
    await expect(page.locator(".phone")).to_have_count(2)
    first, second = await page.locator(".phone").all()
    left, right = await first.bounding_box(), await second.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    await page.get_by_role("button", name="すべて最初から").click()
    await expect(page.locator(".phone")).to_have_count(1)
    await expect(page.get_by_text("まだ友だちではありません。")).to_be_visible()
