"""The desk's lists before real browser windows, over a gateway with an engine that is quick."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.desk.accounts import OperatorRole, new_account
from tests.desk.test_api import HANDOFF, PASSWORD
from tests.gateway import running
from tests.system.axe import complaints
from tests.system.browser import NARROW, WIDE, CitizenPage, DeskPage, chromium, fits
from tests.system.proxy import network

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Locator

    from tests.gateway import Citizen, Gateway
    from tests.system.browser import Windows

pytestmark = pytest.mark.slow

NOON = "2021-04-01T12:00:00+09:00"
OPERATORS = ("sato", "suzuki")
SPIED = """
const heard = (name) => {
  const seen = document.documentElement.dataset;
  seen[name] = Number(seen[name] ?? 0) + 1;
};
window.Notification = class extends EventTarget {
  static permission = 'default';
  static async requestPermission() { return (this.permission = 'granted'); }
  constructor(title, options) {
    super();
    heard('notes');
    window.note = [title, options.body, options.tag];
  }
  close() {}
};
OscillatorNode.prototype.start = () => heard('sounds');
OscillatorNode.prototype.stop = () => {};
Object.defineProperty(document, 'hasFocus', { value: () => false });
"""
"""Counts notifications and tones on the page's root; the page is as one behind others."""


@dataclass
class Place:
    gateway: Gateway
    windows: Windows

    @property
    def base(self) -> str:
        return str(self.gateway.http.base_url).rstrip("/")

    async def desk(self, name: str = "sato", base: str = "", spied: str = "") -> DeskPage:
        context = await self.windows.open()
        if spied:
            await context.add_init_script(spied)
        return await DeskPage.open(context, base or self.base, PASSWORD, name)

    async def waiting(self, *said: str) -> Citizen:
        citizen = await self.gateway.citizen()
        for text in (*said, "人と話したい"):
            await citizen.ask(text)
        return citizen


@pytest.fixture
async def place(redis_url: str) -> AsyncIterator[Place]:
    async with running(redis_url, BOT_NOW=NOON) as gateway, chromium() as windows:
        gateway.engine.prepared["人と話したい"] = [HANDOFF]
        for name in OPERATORS:
            account = new_account(name, OperatorRole.OPERATOR, PASSWORD)
            await gateway.services.operators.add(account)
        yield Place(gateway, windows)
        assert windows.problems == []


def order(desk: DeskPage) -> Locator:
    return desk.page.locator("#list .item-text")


async def test_the_queue_lives_without_reloading(place: Place) -> None:
    sato, suzuki = await place.desk(), await place.desk("suzuki")
    first = await place.waiting()
    await expect(sato.item(f"c={first.id}")).to_contain_text("目安内")
    second = await place.waiting("家が燃えています！")
    await second.post(text="はやく")
    await first.post(text="まだですか")
    await expect(order(sato)).to_have_text(["はやく", "まだですか"])
    await expect(sato.item(f"c={second.id}")).to_contain_text("緊急")

    await suzuki.look_into(first.id)
    await expect(sato.item(f"c={first.id}")).to_contain_text("suzukiさんが閲覧中")
    await suzuki.claim()
    await expect(sato.item(f"c={first.id}")).to_have_count(0)
    await expect(sato.page.locator("#count-waiting")).to_have_text("1")
    await expect(suzuki.page.locator("#count-mine")).to_have_text("1")
    await expect(sato.page).to_have_title("(1) 職員デスク")

    await sato.page.locator("#tab-all").click()
    await sato.look_into(first.id)
    await expect(sato.page.locator("#conversation-people")).to_have_text("suzukiさんが閲覧中")
    await suzuki.page.locator("#composer-text").press_sequentially("お")
    await expect(sato.item(f"c={first.id}")).to_contain_text("suzukiさんが入力しています")
    await suzuki.page.close()
    await expect(sato.page.locator("#conversation-people")).to_be_empty()


async def test_a_citizen_who_types_on_the_page_is_seen(place: Place) -> None:
    sato = await place.desk()
    citizen = await CitizenPage.open(await place.windows.open(), place.base)
    await citizen.ask("人と話したい")
    conversation = await citizen.conversation_id()
    await expect(citizen.state).to_contain_text("職員を待っています")
    await citizen.input.press_sequentially("ほ")
    await expect(sato.item(f"c={conversation}")).to_contain_text("市民が入力しています")
    await sato.look_into(conversation)
    await citizen.page.wait_for_timeout(3_100)  # a hint is given every three seconds
    await citizen.input.press_sequentially("い")
    await expect(sato.page.locator("#typing")).to_have_text("市民が入力しています…")
    await citizen.page.keyboard.press("Enter")
    await expect(sato.saying("citizen", "ほい")).to_be_visible()
    await expect(sato.page.locator("#typing")).to_be_empty()


async def test_a_page_that_lost_its_connection_misses_and_repeats_nothing(place: Place) -> None:
    port = place.gateway.http.base_url.port
    assert port is not None
    async with network(port) as between:
        sato = await place.desk(base=between.base)
        citizen = await place.waiting()
        await sato.look_into(citizen.id)
        await sato.claim()
        await citizen.post(text="切れる前")
        await expect(sato.saying("citizen", "切れる前")).to_be_visible()

        between.fall_silent()
        for number in range(5):
            await citizen.post(text=f"切れている間{number}")
        other = await place.waiting()
        banner = sato.page.locator("#connection")
        await expect(banner).to_contain_text("接続が切れています。表示は最新ではありません。")
        await expect(sato.page.locator("#composer-reason")).to_contain_text("最新の状態を確かめて")
        between.come_back()

        await expect(banner).to_be_empty()
        await expect(sato.item(f"c={other.id}")).to_be_visible()
        await citizen.post(text="戻ったあと")
        await expect(sato.saying("citizen", "戻ったあと")).to_be_visible()
        told = [text for _, text in await sato.said()]
        assert told == [message["text"] for message in (await citizen.read())["messages"]]
        await expect(sato.page.locator("#composer-text")).to_be_editable()
    place.windows.problems.clear()  # each request that found no network was logged


async def test_long_lists_come_page_by_page(place: Place) -> None:
    citizens = await asyncio.gather(*(place.gateway.citizen() for _ in range(60)))
    for number, citizen in enumerate(citizens):
        await citizen.ask(f"質問{number}")
    sato = await place.desk()
    await sato.page.locator("#tab-all").click()
    await expect(order(sato)).to_have_count(50)
    await sato.page.locator("#list-more").click()
    await expect(order(sato)).to_have_count(60)
    await expect(sato.page.locator("#list-more")).to_be_hidden()
    await expect(sato.page.locator("#list li:nth-child(51) button")).to_be_focused()
    assert await order(sato).all_inner_texts() == [f"質問{n}" for n in reversed(range(60))]
    await citizens[0].post(text="久しぶり")
    await expect(order(sato).first).to_have_text("久しぶり")
    await expect(order(sato)).to_have_count(60)


async def test_sound_and_notifications_are_switched_on_and_remembered(place: Place) -> None:
    sato = await place.desk(spied=SPIED)
    page = sato.page
    await place.waiting()
    await expect(order(sato)).to_have_count(1)
    root = page.locator("html")
    assert await root.get_attribute("data-notes") is None
    assert await root.get_attribute("data-sounds") is None

    await page.locator("#alerts-open").click()
    await page.get_by_label("音を鳴らす").check()
    await page.get_by_label("ブラウザーの通知を出す").check()
    await page.locator("#alerts-dialog").get_by_text("閉じる").click()
    await expect(page.locator("#alerts-state")).to_have_text("音、画面")
    citizen = await place.waiting()
    await expect(root).to_have_attribute("data-notes", "1")
    await expect(root).to_have_attribute("data-sounds", "2")
    title, body, tag = await page.evaluate("note")
    assert (title, tag) == ("新しい待機中の会話があります", citizen.id)
    assert "人と話したい" not in body

    await sato.look_into(citizen.id)
    await sato.claim()
    await page.locator("#tab-waiting").click()
    await page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
    await citizen.post(text="私の番号です")
    await expect(root).to_have_attribute("data-notes", "2")
    assert (await page.evaluate("note"))[0] == "担当中の市民から発言がありました"

    await page.reload()
    await expect(page.locator("#alerts-sound")).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_lists_fit_and_axe_finds_nothing(
    place: Place, size: tuple[int, int], scheme: str
) -> None:
    await place.waiting("家が燃えています！")
    sato = await place.desk()
    page = sato.page
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for view in ("waiting", "mine", "all", "tickets", "opinions", "closed"):
        await page.locator(f"#tab-{view}").click()
        await expect(page.locator("#list-panel")).to_have_attribute(
            "aria-labelledby", f"tab-{view}"
        )
        assert await fits(page)
        assert await complaints(page) == []
    await page.locator("#alerts-open").click()
    assert await complaints(page) == []
