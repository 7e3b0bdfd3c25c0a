"""Every state of the citizen's window, at three widths, light and dark: seen, judged, kept."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.desk.test_api import NIGHT, operator
from tests.system.axe import complaints
from tests.system.browser import chromium, fits, keep
from tests.system.window import (
    DESKTOP,
    FACT,
    PHONE,
    QUESTION,
    TABLET,
    Chat,
    answered,
    base_of,
    claimed,
    gateway_of,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Route

    from tests.gateway import Gateway
    from tests.system.browser import Windows

pytestmark = pytest.mark.slow

SIZES = [PHONE, TABLET, DESKTOP]
SCHEMES = ["light", "dark"]
everywhere = pytest.mark.parametrize(
    ("size", "scheme"), [(size, scheme) for size in SIZES for scheme in SCHEMES]
)
PAGES = ["/policy", "/privacy", "/accessibility", "/plain"]


class Album:
    """One window, looked at in state after state."""

    def __init__(self, chat: Chat, name: str) -> None:
        self.chat = chat
        self._name = name

    async def keep(self, state: str) -> None:
        page = self.chat.page
        await page.mouse.move(0, 0)
        assert await complaints(page) == [], state
        assert await fits(page), state
        await keep(page, f"window/{state}-{self._name}")


@asynccontextmanager
async def album(
    windows: Windows, url: str, size: tuple[int, int], scheme: str
) -> AsyncIterator[Album]:
    context = await windows.open(size)
    chat = Chat(await context.new_page())
    await chat.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await chat.page.goto(url)
    yield Album(chat, f"{size[0]}-{scheme}")


async def to_chat(chat: Chat) -> None:
    await chat.page.locator(".chat").evaluate("chat => chat.scrollIntoView()")


@everywhere
async def test_a_conversation_from_the_notice_to_the_judgement(
    gateway: Gateway, windows: Windows, size: tuple[int, int], scheme: str
) -> None:
    async with album(windows, base_of(gateway), size, scheme) as seen:
        chat = seen.chat
        notice = chat.page.locator(".chat__start .notice")
        await expect(notice.locator("p:visible").nth(1)).to_contain_text("90日間保存し")
        await seen.keep("start")
        await chat.page.get_by_role("button", name=QUESTION).click()
        reply = chat.replies.first
        await expect(reply).to_contain_text(FACT)
        await reply.get_by_text("出典").click()
        await to_chat(chat)
        await seen.keep("answer")
        await reply.get_by_role("button", name="時期").click()
        await expect(chat.replies).to_have_count(2)
        await expect(reply.get_by_role("button", name="目的")).to_have_attribute(
            "aria-disabled", "true"
        )
        await reply.get_by_role("button", name="役に立たなかった").click()
        await reply.get_by_label("よろしければ、ひとこと").fill("時期を知りたかった")
        await reply.scroll_into_view_if_needed()
        await seen.keep("judged")
        await chat.button("メニュー").click()
        await seen.keep("menu")
        await chat.button("最初からやり直す").click()
        await expect(chat.page.get_by_role("dialog")).to_be_visible()
        await seen.keep("fresh")


@everywhere
async def test_a_person_from_the_queue_to_the_end(
    gateway: Gateway, windows: Windows, size: tuple[int, int], scheme: str
) -> None:
    sato = await operator(gateway)
    async with album(windows, base_of(gateway), size, scheme) as seen:
        chat = seen.chat
        await chat.button("職員と話す").click()
        await expect(chat.state).to_have_text("職員を待っています（1番目）")
        await to_chat(chat)
        await seen.keep("waiting")
        conversation = await chat.conversation_id()
        await claimed(sato, conversation)
        await answered(
            sato, conversation, "お待たせしました。https://www.city.kawasaki.jp/ をご覧ください。"
        )
        await expect(chat.messages.get_by_text("お待たせしました。")).to_be_visible()
        await sato.post(f"conversations/{conversation}/typing")
        await expect(chat.page.locator(".chat__typing")).to_have_text("職員が入力しています")
        await seen.keep("operator")
        await sato.post(f"conversations/{conversation}/close")
        await expect(chat.state).to_have_text("この会話は終わりました")
        await expect(chat.page.get_by_text("職員との会話は、お役に立ちましたか。")).to_be_visible()
        await seen.keep("closed")


@everywhere
async def test_what_goes_wrong_is_said(
    gateway: Gateway, windows: Windows, size: tuple[int, int], scheme: str
) -> None:
    async with album(windows, base_of(gateway), size, scheme) as seen:
        chat = seen.chat
        await chat.ask("こんにちは")
        await to_chat(chat)
        await chat.button("送信").click()
        await expect(chat.page.locator(".chat__problem")).to_have_text("発言を入力してください。")
        await chat.input.fill("あ" * 2001)
        await expect(chat.page.locator(".chat__counter")).to_contain_text("1文字多い")
        await seen.keep("too-long")
        await chat.page.context.set_offline(offline=True)
        await chat.say("つながらないときの質問")
        await expect(chat.pending).to_contain_text("未送信です")
        await expect(chat.connection).to_contain_text("044-200-3939")
        await seen.keep("offline")
        await chat.page.context.set_offline(offline=False)
        await expect(chat.replies).to_have_count(2)
        await expect(chat.pending).to_have_count(0)

        await chat.page.route("**/messages", refused)
        await chat.say("断られる質問")
        await expect(chat.pending).to_contain_text("送信できませんでした。書き直してください。")
        await seen.keep("rejected")
        await chat.button("取り消す").click()
        await chat.page.route("**/messages", lost)
        await chat.say("だれもいない")
        await expect(chat.connection).to_contain_text("この会話は続けられません")
        await seen.keep("gone")
    windows.forgive("ERR_INTERNET_DISCONNECTED|status of 400|status of 404|INCOMPLETE_CHUNKED")


async def refused(route: Route) -> None:
    error = {"error": {"code": "empty_text", "message": "書き直してください。"}}
    await route.fulfill(status=400, json=error)


async def lost(route: Route) -> None:
    error = {"error": {"code": "conversation_not_found", "message": "会話が見つかりません。"}}
    await route.fulfill(status=404, json=error)


@everywhere
async def test_readings_plain_japanese_and_large_letters(
    gateway: Gateway, windows: Windows, size: tuple[int, int], scheme: str
) -> None:
    async with album(windows, base_of(gateway), size, scheme) as seen:
        chat = seen.chat
        await chat.page.route("**/messages?*", with_readings)
        await chat.ask(QUESTION)
        await to_chat(chat)
        await chat.button("ふりがな").click()
        await chat.button("やさしい日本語").click()
        text = chat.replies.last.locator(".message__text")
        await expect(text.locator("ruby").first).to_contain_text("し")
        await expect(text).to_contain_text("CO2を")
        await seen.keep("easy")
        await chat.button("メニュー").click()
        await chat.page.get_by_label("文字の大きさ").select_option("特大")
        await chat.button("メニュー").click()
        await seen.keep("large")
        # The switches are remembered, here and in every other tab.
        await chat.page.reload()
        await expect(chat.button("ふりがな")).to_have_attribute("aria-pressed", "true")
        await expect(chat.page.locator(".chat")).to_have_attribute("data-size", "largest")
        await expect(text.locator("ruby").first).to_contain_text("し")


async def with_readings(route: Route) -> None:
    """What the server says to `with=ruby,easy`."""
    answer = await route.fetch()
    told = await answer.json()
    for message in told["messages"]:
        if message["role"] == "bot" and "easy" in route.request.url:
            message["easy"] = "市は CO2を 出しません。"
            if "ruby" in route.request.url:
                message["easy_ruby"] = [
                    ["市", "し"],
                    ["は CO2を ", None],
                    ["出", "だ"],
                    ["しません。", None],
                ]
        if message["role"] == "bot" and "ruby" in route.request.url:
            for choice in message.get("choices", []):
                choice["label_ruby"] = [[choice["label"], "よみ"]]
    await route.fulfill(response=answer, json=told)


@everywhere
async def test_the_panel_on_a_page_and_the_pages(
    gateway: Gateway, windows: Windows, size: tuple[int, int], scheme: str
) -> None:
    async with album(windows, f"{base_of(gateway)}/policy", size, scheme) as seen:
        chat = seen.chat
        await expect(chat.launcher).to_be_visible()
        await seen.keep("launcher")
        await chat.launcher.click()
        await expect(await chat.ask(QUESTION)).to_contain_text(FACT)
        await seen.keep("panel")
        await chat.button("閉じる").click()
        for path in PAGES:
            await chat.page.goto(f"{base_of(gateway)}{path}")
            await expect(chat.page.get_by_role("heading", level=1)).to_be_visible()
            await seen.keep(path.strip("/"))


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_after_hours_it_says_so(redis_url: str, scheme: str) -> None:
    async with gateway_of(redis_url, BOT_NOW=NIGHT) as night, chromium() as windows:
        async with album(windows, base_of(night), PHONE, scheme) as seen:
            await expect(seen.chat.page.locator(".chat__hours")).to_contain_text("時間外")
            await seen.chat.button("職員と話す").click()
            await expect(seen.chat.replies.last).to_contain_text("明日8:00から")
            await to_chat(seen.chat)
            await seen.keep("night")
        assert windows.problems == []


async def test_forced_colours_keep_every_border_and_state(
    gateway: Gateway, windows: Windows
) -> None:
    async with album(windows, base_of(gateway), DESKTOP, "light") as seen:
        await seen.chat.page.emulate_media(forced_colors="active")
        await seen.chat.ask(QUESTION)
        await seen.chat.button("ふりがな").click()
        pressed = seen.chat.button("ふりがな")
        assert await pressed.evaluate("e => getComputedStyle(e).borderTopWidth") == "4px"
        await seen.keep("forced-colours")
