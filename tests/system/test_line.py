"""LINE as `make run` offers it without keys: real engine, stand-in for LINE, desk, browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.conftest import NOON
from tests.ports import free_port
from tests.system.browser import DeskPage, Windows, chromium, fits, keep
from tests.system.product import Product

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from playwright.async_api import Locator, Page

pytestmark = pytest.mark.slow

PHONE = (390, 844)
QUESTION = "カーボンゼロの取組に力を貸してくれているのは誰"
FACT = "300を超える"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product as a newcomer starts it: in development, without any keys of LINE."""
    folder = tmp_path_factory.mktemp("line")
    environ = {"BOT_ENV": "development", "SIMULATOR_PORT": str(free_port())}
    keys = dict.fromkeys(("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "PRIVACY_KEY"), "")
    started = Product(folder, BOT_NOW=NOON, **environ, **keys)
    yield started
    started.stop()


@pytest.fixture
async def windows() -> AsyncIterator[Windows]:
    async with chromium() as opened:
        yield opened
    assert opened.problems == []


class CitizenPhone:
    """The first phone on the simulator's page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said = page.locator(".entry--account")
        self.input = page.get_by_label("メッセージ").first

    @classmethod
    async def open(cls, windows: Windows, base: str, size: tuple[int, int] = PHONE) -> CitizenPhone:
        """Opens the page through the gateway's address, and befriends the account."""
        page = await (await windows.open(size)).new_page()
        await page.goto(f"{base}/simulator")
        phone = cls(page)
        await page.get_by_role("button", name="すべて最初から").click()
        await page.get_by_role("button", name="友だち追加").click()
        await expect(phone.said.last).to_contain_text("書かないでください")
        return phone

    async def ask(self, text: str) -> Locator:
        """Writes something and returns the next thing that the account says."""
        before = await self.said.count()
        await self.input.fill(text)
        await self.page.keyboard.press("Enter")
        return await self.next(before)

    async def tap(self, button: Locator) -> Locator:
        """Taps something and returns the next thing that the account says."""
        before = await self.said.count()
        await button.click()
        return await self.next(before)

    async def next(self, before: int) -> Locator:
        answer = self.said.nth(before)
        await expect(answer).to_be_visible()
        return answer


async def test_facts_as_a_bubble_and_other_facets_by_its_buttons(
    product: Product, windows: Windows
) -> None:
    phone = await CitizenPhone.open(windows, product.base)
    answer = await phone.ask(QUESTION)
    await expect(answer.locator(".flex__header")).to_contain_text("カーボンゼロチャレンジ")
    await expect(answer).to_contain_text(FACT)
    await expect(answer).to_contain_text("令和3年度 市政執行の基本的な考え方")
    await phone.page.get_by_role("button", name="メニュー", exact=True).click()
    await phone.page.mouse.move(0, 0)
    await keep(phone.page, "line-390")
    other = await phone.tap(answer.get_by_role("button", name="目的"))
    await expect(other.locator(".flex__header")).to_contain_text("目的")
    thanks = await phone.tap(other.get_by_role("button", name="はい"))
    await expect(thanks).to_contain_text("ありがとうございます")
    assert await fits(phone.page)


async def test_the_rich_menu_and_what_cannot_be_read(product: Product, windows: Windows) -> None:
    phone = await CitizenPhone.open(windows, product.base)
    menu = phone.page.get_by_role("group", name="リッチメニュー")
    hours = await phone.tap(menu.get_by_role("button", name="受付時間"))
    await expect(hours).to_contain_text("044-200-3939")
    await phone.page.get_by_role("button", name="スタンプや写真を送る").click()
    photo = await phone.tap(phone.page.get_by_role("button", name="写真", exact=True))
    await expect(photo).to_contain_text("読めるのは文字だけです")


async def test_a_person_answers_on_line(product: Product, windows: Windows) -> None:
    phone = await CitizenPhone.open(windows, product.base, (1280, 860))
    desk = await DeskPage.open(await windows.open(), product.base, product.password)
    menu = phone.page.get_by_role("group", name="リッチメニュー")
    told = await phone.tap(menu.get_by_role("button", name="職員と話す"))
    await expect(told).to_contain_text("職員")
    item = desk.page.locator("#list button.item").first
    await expect(item).to_contain_text("LINE")
    await item.click()
    await expect(desk.pane).to_be_visible()
    await desk.claim()
    await expect(phone.said.last).to_contain_text("お答えします")
    before = await phone.said.count()
    await desk.answer("担当の佐藤です。どうなさいましたか。")
    await expect(await phone.next(before)).to_contain_text("担当の佐藤です。")
    await phone.input.fill("駐輪場のことを聞きたいです")
    await phone.page.keyboard.press("Enter")
    await expect(desk.saying("citizen", "駐輪場のことを聞きたいです")).to_be_visible()
    await phone.page.mouse.move(0, 0)
    await keep(phone.page, "line-1280")


async def test_a_message_taken_back_is_gone_from_the_desk(
    product: Product, windows: Windows
) -> None:
    phone = await CitizenPhone.open(windows, product.base)
    await phone.ask("ないしょのことを書いてしまいました")
    await phone.page.locator(".entry--citizen").first.hover()
    await phone.page.get_by_role("button", name="送信取消").first.click()
    await expect(phone.page.get_by_text("メッセージの送信を取り消しました")).to_be_visible()
    desk = await DeskPage.open(await windows.open(), product.base, product.password)
    await desk.page.locator("#tab-all").click()
    await desk.page.locator("#list button.item").first.click()
    await expect(desk.pane).to_be_visible()
    await expect(desk.messages.filter(has_text="送信が取り消されました")).to_be_visible()
    await expect(desk.messages.filter(has_text="ないしょ")).to_have_count(0)
