"""LINE at the desk, and the contact form, before real browser windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.channels.line.client import Refused
from tests.channels.line.channel import Channel
from tests.channels.line.webhooks import KEYS, event, text
from tests.desk.test_api import HANDOFF, NIGHT, NOON, PASSWORD, operator
from tests.fakes import FakeLine
from tests.gateway import running
from tests.system.browser import NARROW, CitizenPage, DeskPage, chromium, fits, keep

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from tests.system.browser import Windows

pytestmark = pytest.mark.slow


@pytest.fixture
async def windows() -> AsyncIterator[Windows]:
    async with chromium() as opened:
        yield opened
    assert opened.problems == []


@pytest.fixture
async def channel(redis_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Channel]:
    line = FakeLine()
    async with running(redis_url, line, BOT_NOW=request.param, **KEYS) as gateway:
        gateway.engine.prepared["人と話したい"] = [HANDOFF]
        yield Channel(gateway, line)


at_noon = pytest.mark.parametrize("channel", [NOON], indirect=True)
at_night = pytest.mark.parametrize("channel", [NIGHT], indirect=True)


def base(channel: Channel) -> str:
    return str(channel.gateway.http.base_url).rstrip("/")


async def desk_of(channel: Channel, windows: Windows) -> DeskPage:
    await operator(channel.gateway)
    return await DeskPage.open(await windows.open(), base(channel), PASSWORD, "sato")


@at_noon
async def test_an_operator_sees_how_messages_fare_on_line(
    channel: Channel, windows: Windows
) -> None:
    await channel.send(text("人と話したい"))
    await channel.line.until(1)
    desk = await desk_of(channel, windows)
    await desk.look_into(channel.id_of())
    await desk.claim()
    await channel.line.until(2)
    await desk.answer("お待たせしました。ご用件をどうぞ。")
    fate = desk.saying("operator", "お待たせしました").locator(".delivery")
    await expect(fate).to_have_text("送信しました")

    mistaken = text("まちがえて送った文")
    await channel.send(mistaken)
    await expect(desk.saying("citizen", "まちがえて送った文")).to_be_visible()
    await channel.send(event("unsend", unsend={"messageId": mistaken["message"]["id"]}))
    await expect(desk.saying("citizen", "送信が取り消されました")).to_be_visible()
    await expect(desk.saying("citizen", "まちがえて送った文")).to_have_count(0)

    channel.line.prepared = [Refused("quota")]
    await desk.answer("資料をお送りします。")
    lost = desk.saying("operator", "資料をお送りします").locator(".delivery")
    await expect(lost).to_have_text("届いていません（今月送れる数を使い切りました）")
    await expect(desk.page.locator("#conversation-state")).to_contain_text("未達 1件")
    await expect(desk.page.locator("#conversation-state")).to_contain_text("LINE")
    await keep(desk.page, "desk-line-1280")


async def fill(page: Page, **fields: str) -> None:
    for name, said in fields.items():
        await page.locator(f"#{name}").fill(said)
    await page.get_by_role("button", name="送る").click()


@at_night
async def test_the_form_works_without_scripts_and_reaches_the_desk(
    channel: Channel, windows: Windows
) -> None:
    citizen = await CitizenPage.open(await windows.open(NARROW), base(channel))
    reply = await citizen.ask("人と話したい")
    link = reply.get_by_role("link", name="個人情報を伝えるためのフォーム")
    address = await link.get_attribute("href")

    context = await windows.open(NARROW, scripts=False)
    page = await context.new_page()
    await page.goto(str(address))
    await keep(page, "form-360")
    await fill(page, reach="電話", message="家族のことで相談したいです。")
    await expect(page.get_by_role("alert")).to_contain_text("正しく書いてください")
    await page.get_by_role("alert").get_by_role("link").click()
    assert await fits(page)
    windows.forgive("422")
    await fill(page, name="川崎 花子", reach="044-000-0000")
    await expect(page.get_by_role("heading", name="受け付けました")).to_be_visible()
    receipt = await page.locator(".receipt strong").inner_text()
    assert await fits(page)

    desk = await desk_of(channel, windows)
    await desk.page.locator('[data-view="tickets"]').click()
    await desk.item(f"t={receipt}").click()
    contact = desk.page.locator("#ticket-contact")
    await expect(contact).to_contain_text("044-000-0000")
    await expect(contact).to_contain_text("家族のことで相談したいです。")
    await expect(desk.page.locator("#ticket-messages")).not_to_contain_text("044-000-0000")
    await keep(desk.page, "desk-form-1280")
