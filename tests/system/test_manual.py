"""What the operators' manual (docs/ja/desk*.md) shows, as a new operator meets it on the screen."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.conversation.model import Draft, Outcome, Role
from bot.conversation.ports import EngineReply
from bot.desk.accounts import OperatorRole, new_account
from tests.desk.test_api import HANDOFF, OPINION, PASSWORD
from tests.desk.test_reports import say_feedback
from tests.gateway import Gateway, running
from tests.system.browser import NARROW, DeskPage, chromium, fits, keep
from tests.system.proxy import network

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from tests.gateway import Citizen
    from tests.system.browser import Windows

pytestmark = pytest.mark.slow

MANUAL = (1280, 720)
ANSWERS = {
    "カーボンゼロの目標は？": ("2050年のCO2排出実質ゼロを目指します。", "carbon_zero", "target"),
    "GIGAスクールはいつから？": ("令和3年4月に始まります。", "giga_school", "schedule"),
    "町会の支援を知りたいです": (
        "町会・自治会への支援の内容を検討します。",
        "neighborhood_associations",
        "overview",
    ),
}
LEFT = ("図書館の自習室は予約できますか", "引っ越しの手続きに必要なものを教えてください")
LINES = """
cells => cells.map((cell) => {
  const words = document.createRange();
  words.selectNodeContents(cell);
  return words.getClientRects().length;
})
"""
"""Into how many lines the words of each cell are broken."""
OPINIONS = ("公園のベンチを増やしてほしいです", "駅前の花壇がきれいでした")


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW="2021-03-31T22:10:00+09:00") as built:
        prepared = built.engine.prepared
        prepared["人と話したい"] = [HANDOFF]
        prepared |= {words: [OPINION] for words in OPINIONS}
        for asked, (text, initiative, facet) in ANSWERS.items():
            draft = Draft(
                Role.BOT, text, outcome=Outcome.ANSWER, initiative=initiative, facet=facet
            )
            prepared[asked] = [EngineReply(draft)]
        roles = {"sato": OperatorRole.OPERATOR, "suzuki": OperatorRole.OPERATOR}
        for name, role in {**roles, "lead": OperatorRole.SUPERVISOR}.items():
            await built.services.operators.add(new_account(name, role, PASSWORD))
        yield built


@pytest.fixture
async def windows() -> AsyncIterator[Windows]:
    """Browsers; none of their pages may have logged an error, nor broken the security policy."""
    async with chromium() as opened:
        yield opened
    assert opened.problems == []


def base(gateway: Gateway) -> str:
    return str(gateway.http.base_url).rstrip("/")


def set_clock(gateway: Gateway, now: str) -> None:
    """The one clock goes on from here."""
    clock = gateway.services.clock
    clock._start, clock._started = datetime.fromisoformat(now), time.monotonic()


async def calling(gateway: Gateway, now: str, *said: str) -> Citizen:
    """Somebody who has waited for a person since then."""
    set_clock(gateway, now)
    citizen = await gateway.citizen()
    for text in (*said, "人と話したい"):
        await citizen.ask(text)
    return citizen


async def queue(gateway: Gateway) -> list[str]:
    """A noon with everything in the list; the conversations as they are to be served."""
    first, second, third = list(ANSWERS)
    late = await calling(gateway, "2021-04-01T12:00:00+09:00", first)
    await late.post(text="まだ続きがあります")
    soon = await calling(gateway, "2021-04-01T12:04:00+09:00", second)
    urgent = await calling(gateway, "2021-04-01T12:06:30+09:00", "家が燃えています！")
    ontime = await calling(gateway, "2021-04-01T12:07:00+09:00", third)
    return [one.id for one in (urgent, late, soon, ontime)]


async def night(gateway: Gateway) -> None:
    """What was left after hours, and opinions."""
    for text in LEFT:
        citizen = await gateway.citizen()
        await citizen.ask("人と話したい")
        await citizen.ask(text)
    for text in OPINIONS:
        await (await gateway.citizen()).ask(text)


async def narrow(page: Page) -> None:
    await page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert await fits(page)


async def test_the_waiting_list_as_a_new_operator_sees_it(
    gateway: Gateway, windows: Windows
) -> None:
    await night(gateway)
    served = await queue(gateway)
    context = await windows.open(MANUAL)
    page = await context.new_page()
    await page.goto(f"{base(gateway)}/desk")
    await expect(page.locator("#login-name")).to_be_focused()
    await keep(page, "desk-login-1280")
    await page.close()
    sato = await DeskPage.open(context, base(gateway), PASSWORD, "sato")
    page = sato.page
    tags = page.locator("#list .item-tags")
    for place, words in enumerate(("緊急", "至急", "目安超え", "目安内")):
        await expect(tags.nth(place)).to_contain_text(words)
        key = await page.locator("#list .item").nth(place).get_attribute("data-key")
        assert key == f"c={served[place]}"
    suzuki = await DeskPage.open(await windows.open(), base(gateway), PASSWORD, "suzuki")
    await suzuki.look_into(served[2])
    await expect(sato.item(f"c={served[2]}")).to_contain_text("suzukiさんが閲覧中")
    await keep(page, "desk-waiting-1280")
    await narrow(page)
    await keep(page, "desk-waiting-360")


async def test_trying_the_alerts_needs_one_that_is_on(gateway: Gateway, windows: Windows) -> None:
    sato = await DeskPage.open(await windows.open(MANUAL), base(gateway), PASSWORD, "sato")
    page = sato.page
    await page.locator("#alerts-open").click()
    await expect(page.locator("#alerts-try")).to_be_disabled()
    await page.get_by_label("音を鳴らす").check()
    await expect(page.locator("#alerts-try")).to_be_enabled()
    await keep(page, "desk-alerts-1280")
    await page.get_by_label("音を鳴らす").uncheck()
    await expect(page.locator("#alerts-try")).to_be_disabled()


async def test_a_lost_connection_is_said_and_what_is_written_stays(
    gateway: Gateway, windows: Windows
) -> None:
    served = await queue(gateway)
    port = gateway.http.base_url.port
    assert port is not None
    async with network(port) as between:
        sato = await DeskPage.open(await windows.open(MANUAL), between.base, PASSWORD, "sato")
        await sato.look_into(served[1])
        await sato.claim()
        await sato.page.locator("#composer-text").fill("お待たせいたしました。")
        between.fall_silent()
        banner = sato.page.locator("#connection")
        await expect(banner).to_contain_text("接続が切れています。表示は最新ではありません。")
        await keep(sato.page, "desk-lost-1280")
        between.come_back()
        await expect(banner).to_be_empty()
        await expect(sato.page.locator("#composer-text")).to_have_value("お待たせいたしました。")
        await sato.page.close()
    windows.problems.clear()  # each request that found no network was logged


async def test_the_lists_of_what_was_left(gateway: Gateway, windows: Windows) -> None:
    await night(gateway)
    set_clock(gateway, "2021-04-01T09:00:00+09:00")
    sato = await DeskPage.open(await windows.open(MANUAL), base(gateway), PASSWORD, "sato")
    page = sato.page
    await page.locator("#tab-opinions").click()
    await expect(page.locator("#list .item")).to_have_count(len(OPINIONS))
    await page.locator("#list .item").first.click()
    await expect(page.locator("#ticket-text")).to_have_text(OPINIONS[0])
    await keep(page, "desk-opinions-1280")
    await page.locator("#tab-tickets").click()
    await expect(page.locator("#list .item")).to_have_count(len(LEFT))
    await page.locator("#list .item").first.click()
    await expect(page.locator("#ticket-text")).to_have_text(LEFT[0])
    await page.locator("#ticket-take").click()
    await expect(page.locator("#ticket-state")).to_contain_text("担当 自分")
    await expect(page.locator("#list .item").first).to_contain_text("担当 自分")
    await keep(page, "desk-tickets-1280")
    await page.locator("#ticket-close").click()
    await page.locator("#ticket-close-reason").fill("同じ内容の受付に、まとめて回答しました。")
    await keep(page, "desk-ticket-close-1280")
    await page.keyboard.press("Escape")
    await narrow(page)
    await keep(page, "desk-ticket-360")
    await page.set_viewport_size({"width": MANUAL[0], "height": MANUAL[1]})
    await page.locator("#ticket-answer-text").fill("はい、予約できます。")
    await page.locator("#ticket-answer-send").click()
    await expect(page.locator("#ticket-done")).to_contain_text("satoが回答しました")
    await expect(page.locator("#list .item")).to_have_count(len(LEFT) - 1)
    await keep(page, "desk-ticket-1280")


async def test_every_page_can_be_gone_to_and_read_on_a_phone(
    gateway: Gateway, windows: Windows
) -> None:
    words = {"comment": "連携先まで分かって、助かりました。", "initiative": "sdgs"}
    await say_feedback(gateway, message_id="1-1", facet="partners", **words)
    words = {"comment": "予算が知りたかったです。", "initiative": "giga_school"}
    await say_feedback(gateway, message_id="2-1", facet="budget", helpful=False, **words)
    waiting = await calling(gateway, "2021-04-01T12:00:00+09:00")
    lead = await DeskPage.open(await windows.open(MANUAL), base(gateway), PASSWORD, "lead")
    page = lead.page
    for width in (NARROW[0], 768, MANUAL[0]):
        await page.set_viewport_size({"width": width, "height": 740})
        name = await page.locator("#operator-name").bounding_box()
        way_out = await page.locator("#logout").bounding_box()
        assert name
        assert way_out
        assert abs(name["y"] - way_out["y"]) < way_out["height"], "the bar breaks into lines"
        for link in await page.locator("nav.pages a").all():
            await expect(link).to_be_in_viewport(ratio=1)
    await page.set_viewport_size({"width": MANUAL[0], "height": MANUAL[1]})
    await lead.look_into(waiting.id)
    await page.get_by_role("link", name="評価").click()
    await expect(page.locator(".saying")).to_have_count(2)
    await keep(page, "desk-feedback-1280")
    await narrow(page)
    links = page.locator("nav.pages a")
    for number in range(await links.count()):
        await expect(links.nth(number)).to_be_in_viewport(ratio=1)
    await page.get_by_role("link", name="操作の記録").click()
    actions = page.locator("tbody td:nth-child(3)")
    assert "会話を見た" in await actions.all_inner_texts()
    assert await actions.evaluate_all(LINES) == [1] * await actions.count()
