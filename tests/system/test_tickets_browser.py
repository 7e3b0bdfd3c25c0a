"""Closing time, a ticket's round trip and the settings before real browser windows."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.conversation.model import Disposition
from bot.desk.accounts import OperatorRole, new_account
from bot.desk.decisions import Owner
from tests.desk.test_api import HANDOFF, PASSWORD
from tests.gateway import Gateway, running
from tests.system.axe import complaints
from tests.system.browser import NARROW, CitizenPage, DeskPage, chromium, fits, keep

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Locator, Page

    from tests.system.browser import Windows

pytestmark = pytest.mark.slow

EVENING, LAST_SECONDS = "2021-04-01T20:30:00+09:00", "2021-04-01T20:59:50+09:00"
NIGHT = "2021-04-01T22:30:00+09:00"
OPERATORS = {"sato": OperatorRole.OPERATOR, "ito": OperatorRole.SUPERVISOR}


@asynccontextmanager
async def gateway_at(redis_url: str, now: str) -> AsyncIterator[tuple[Gateway, str, Windows]]:
    async with running(redis_url, BOT_NOW=now) as gateway, chromium() as windows:
        gateway.engine.prepared["人と話したい"] = [HANDOFF]
        for name, role in OPERATORS.items():
            await gateway.services.operators.add(new_account(name, role, PASSWORD))
        yield gateway, str(gateway.http.base_url).rstrip("/"), windows
        assert windows.problems == []


def set_clock(gateway: Gateway, time_of_day: str) -> None:
    """The one clock goes on from here, after all windows are open, however long that took."""
    clock = gateway.services.clock
    clock._start, clock._started = datetime.fromisoformat(time_of_day), time.monotonic()


async def desk_of(windows: Windows, base: str, name: str) -> DeskPage:
    return await DeskPage.open(await windows.open(), base, PASSWORD, name)


async def leave_message(windows: Windows, base: str, text: str) -> tuple[CitizenPage, str]:
    citizen = await CitizenPage.open(await windows.open(), base)
    await (await citizen.ask("人と話したい")).wait_for()
    reply = await citizen.ask(text)
    words = await reply.locator(".message__text").inner_text()
    return citizen, words.partition("受付番号は ")[2][:9]


def said(page: Page, text: str) -> Locator:
    return page.locator("li.message[data-id]").filter(has_text=text)


async def test_from_twenty_to_nine_until_the_line_is_closed(redis_url: str) -> None:
    async with gateway_at(redis_url, EVENING) as (gateway, base, windows):
        late = await CitizenPage.open(await windows.open(), base)
        waits = await CitizenPage.open(await windows.open(NARROW), base)
        served = await CitizenPage.open(await windows.open(), base)
        await (await served.ask("人と話したい")).wait_for()
        sato = await desk_of(windows, base, "sato")
        await expect(sato.page.locator("#open-now")).to_have_text("（受付中）")
        await sato.look_into(await served.conversation_id())
        await sato.claim()
        set_clock(gateway, LAST_SECONDS)
        await (await waits.ask("人と話したい")).wait_for()
        await waits.say("保育園の書類のことです")

        notice = said(waits.page, "受付時間が終わりました")
        await expect(notice).to_have_count(1)
        await expect(notice).to_contain_text("明日8:00")
        await expect(waits.state).to_have_text("自動応答中")
        assert await complaints(waits.page) == []
        assert await fits(waits.page)
        kept = await waits.choose(notice, "書いたことを伝言にする")
        await expect(kept.locator(".message__text")).to_contain_text("受付番号は")

        await sato.answer("受付時間は過ぎましたが、続けてお答えします。")
        await expect(said(served.page, "続けてお答えします")).to_be_visible()
        await expect(said(served.page, "受付時間が終わりました")).to_have_count(0)
        await sato.page.locator("#tab-tickets").click()
        await expect(sato.page.locator("#list .item-text")).to_contain_text("保育園の書類")
        refused = await late.ask("人と話したい")
        await expect(refused.locator(".message__text")).to_contain_text("受付時間外")


async def test_a_ticket_goes_round(redis_url: str) -> None:
    async with gateway_at(redis_url, NIGHT) as (_, base, windows):
        citizen, receipt = await leave_message(windows, base, "道路の穴のことです")
        sato, ito = await desk_of(windows, base, "sato"), await desk_of(windows, base, "ito")
        for desk in (sato, ito):
            await desk.page.locator("#tab-tickets").click()
            await desk.page.locator("#ticket-search").fill(receipt.replace("-", "　"))
            await desk.page.keyboard.press("Enter")
            await expect(desk.page.locator("#ticket-text")).to_have_text("道路の穴のことです")
        assert await complaints(sato.page) == []
        await keep(sato.page, "desk-ticket-open-1280")

        await sato.page.locator("#ticket-take").click()
        await expect(sato.page.locator("#ticket-state")).to_contain_text("担当 自分")
        await expect(ito.page.locator("#ticket-done")).to_contain_text("satoさんが担当しています")
        await expect(ito.page.locator("#ticket-answer")).to_be_hidden()
        await sato.page.locator("#ticket-due").fill("2021-04-05T12:00")
        await sato.page.locator("#ticket-due-set").click()
        await expect(sato.page.locator("#ticket-state")).to_contain_text("期限 4/5 12:00")
        await ask_state(citizen, receipt, "職員が対応しています")

        await sato.page.locator("#ticket-answer-text").fill("修理します。")
        await sato.page.locator("#ticket-answer-send").click()
        await expect(sato.page.locator("#ticket-done")).to_contain_text("satoが回答しました")
        await expect(said(citizen.page, "修理します。")).to_be_visible()
        await ask_state(citizen, receipt, "お答えしました")
        await expect(sato.item(f"t={receipt}")).to_have_count(0)
        await sato.page.locator("#ticket-status").select_option(label="回答済み")
        await expect(sato.item(f"t={receipt}")).to_be_visible()


async def ask_state(citizen: CitizenPage, receipt: str, words: str) -> None:
    """The citizen looks the number up on the page."""
    await citizen.page.get_by_role("button", name="メニュー").click()
    await citizen.page.get_by_label("受付番号で確かめる").fill(receipt.replace("-", ""))
    await citizen.page.keyboard.press("Enter")
    await expect(citizen.page.locator(".chat__answer")).to_contain_text(words)
    assert await complaints(citizen.page) == []
    await citizen.page.keyboard.press("Escape")


async def test_a_ticket_ends_without_an_answer_by_keyboard_alone(redis_url: str) -> None:
    async with gateway_at(redis_url, NIGHT) as (_, base, windows):
        _, receipt = await leave_message(windows, base, "二重に送りました")
        page = (await desk_of(windows, base, "sato")).page
        await page.locator("#tab-tickets").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(f'[data-key="t={receipt}"]')).to_be_visible()
        await page.keyboard.press("j")
        await page.keyboard.press("Enter")
        await expect(page.locator("#ticket-close")).to_be_enabled()
        await expect(page.locator("#ticket-close")).to_be_visible()
        await page.locator("#ticket-close").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#ticket-close-dialog")).to_be_visible()
        assert await complaints(page) == []
        await page.locator("#ticket-close-reason").press_sequentially("二重の受付")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.locator("#ticket-done")).to_contain_text("回答せずに終了しました")
        await page.locator("#ticket-reopen").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#ticket-state")).to_contain_text("担当 自分")


async def test_a_supervisor_closes_a_day(redis_url: str) -> None:
    async with gateway_at(redis_url, NIGHT) as (_, base, windows):
        page = (await desk_of(windows, base, "ito")).page
        await page.goto(f"{base}/desk/settings")
        await page.locator("#hours-day").fill("2021-04-02")
        await page.get_by_role("button", name="決める").click()
        await expect(page.locator("#hours-days")).to_contain_text("4月2日（金）")
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert await complaints(page) == []
        await page.emulate_media(color_scheme="light")
        await keep(page, "desk-settings-1280")
        await page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        assert await fits(page)
        citizen = await CitizenPage.open(await windows.open(), base)
        await expect(citizen.page.locator(".about")).to_contain_text("4月2日（金）は休み")
        reply = await citizen.ask("人と話したい")
        await expect(reply.locator(".message__text")).to_contain_text("4月3日（土）8:00")


async def test_feedback_is_asked_for_after_a_talk_and_takes_a_word(redis_url: str) -> None:
    async with gateway_at(redis_url, "2021-04-01T12:00:00+09:00") as (gateway, base, windows):
        citizen = await CitizenPage.open(await windows.open(NARROW), base)
        await (await citizen.ask("人と話したい")).wait_for()
        conversation_id = await citizen.conversation_id()
        desk = gateway.services.desk
        claimed = await desk.claim(conversation_id, "sato")
        owner = Owner("sato", claimed.claim_id)
        await desk.close(conversation_id, owner, Disposition.SOLVED, "")
        await said(citizen.page, "この会話は終わりました").wait_for()
        asked = citizen.page.get_by_role("group", name="職員との会話は、お役に立ちましたか。")
        await asked.get_by_role("button", name="役に立った", exact=True).click()
        await asked.locator('[name="word"]').fill("すぐに分かりました")
        await citizen.page.keyboard.press("Enter")
        await expect(asked.locator('[name="word"]')).to_be_hidden()
        assert await complaints(citizen.page) == []
        [word] = await gateway.services.feedback.given(["2021-04-01"])
        assert (word.message_id, word.helpful) == (None, True)
        assert word.comment == "すぐに分かりました"
