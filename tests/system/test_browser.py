"""The main job before real browser windows: asking, a person, a message after hours."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest
from playwright.async_api import expect

from bot.settings import ROOT
from tests.conftest import free_port
from tests.system.browser import NARROW, CitizenPage, DeskPage, chromium, fits, keep
from tests.system.product import Product

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Page, Route

    from tests.system.browser import Windows

pytestmark = pytest.mark.slow

AS_OF = "令和3年度の市政方針の時点の内容です"
ELLIPSIS = "それはいつから？"
FACTS = {  # question → fact, paragraph of section 2 of the address
    "カーボンゼロを応援してくれている団体は、いまどれくらいありますか": ("300を超える", 2),
    "GIGAスクールの端末で授業を受けられるのは何月からでしょう": ("令和3年4月（2021年4月）", 5),
    "自治会への支援の中身が示されるのは、いつごろになりますか": ("令和3年6月（2021年6月）", 9),
    "SDGsプラットフォームを市といっしょに作る相手を知りたい": ("地域の金融機関", 12),
    "オリンピックは結局どの年に開くことになったのですか": ("令和3年（2021年）", 13),
}
BUDGET = "GIGAスクールには全部でどのくらいの予算がつくのですか"
FOREIGN = "市民プールのロッカーに忘れ物をしたのですが、どこに聞けばよいですか"


@pytest.fixture
async def windows() -> AsyncIterator[Windows]:
    """Browsers; none of their pages may have logged an error, nor broken the security policy."""
    async with chromium() as opened:
        yield opened
    assert opened.problems == []


def test_the_bot_was_not_trained_on_these_questions() -> None:
    trained = "".join(path.read_text() for path in (ROOT / "data" / "nlu").glob("*.yml"))
    assert not [question for question in (*FACTS, BUDGET, FOREIGN) if question in trained]


async def test_a_citizen_gets_facts_with_source_and_date(
    product: Product, windows: Windows
) -> None:
    citizen = await CitizenPage.open(await windows.open(), product.base)
    for question, (fact, paragraph) in FACTS.items():
        reply = await citizen.ask(question)
        await expect(reply).to_have_attribute("data-outcome", "answer")
        await expect(reply.locator(".message__text")).to_contain_text(fact)
        await expect(reply.locator(".message__text")).to_contain_text(AS_OF)
        source = reply.locator(".message__sources li").filter(has_text=f"第{paragraph}段落")
        await expect(source).to_be_hidden()
        await reply.get_by_text("出典").click()
        await expect(source.first).to_be_visible()
        await expect(source.first).to_contain_text("令和3年度 市政執行の基本的な考え方")
    await citizen.page.mouse.move(0, 0)
    await keep(citizen.page, "citizen-1280")


async def test_what_the_address_does_not_say_is_not_answered(
    product: Product, windows: Windows
) -> None:
    citizen = await CitizenPage.open(await windows.open(), product.base)
    reply = await citizen.ask(BUDGET)
    await expect(reply).to_have_attribute("data-outcome", "not_stated")
    await expect(reply).to_contain_text("予算は、令和3年度の市政方針には書かれていません")
    await expect(reply.locator(".message__sources")).to_have_count(0)
    reply = await citizen.ask(FOREIGN)
    await expect(reply).to_have_attribute("data-outcome", "out_of_scope")
    await expect(reply.locator(".message__text")).not_to_contain_text("【")
    await expect(reply.locator(".message__text")).not_to_contain_text("段落")
    await expect(reply.locator(".message__sources")).to_have_count(0)


async def test_a_question_goes_on_from_the_one_before(product: Product, windows: Windows) -> None:
    citizen = await CitizenPage.open(await windows.open(NARROW), product.base)
    await expect(await citizen.ask("カーボンゼロチャレンジのあらましを聞かせて")).to_contain_text(
        "【かわさきカーボンゼロチャレンジ2050："
    )
    reply = await citizen.ask(ELLIPSIS)
    await expect(reply).to_contain_text("【かわさきカーボンゼロチャレンジ2050：時期】")
    await expect(reply).to_contain_text("令和2年（2020年）")
    assert await fits(citizen.page)
    await citizen.page.locator(".chat").evaluate("chat => chat.scrollIntoView()")
    await keep(citizen.page, "citizen-360")


async def test_a_choice_can_be_clicked_once_and_a_reload_keeps_the_conversation(
    product: Product, windows: Windows
) -> None:
    citizen = await CitizenPage.open(await windows.open(), product.base)
    menu = await citizen.ask("何を聞けますか")
    await expect(menu).to_have_attribute("data-outcome", "menu")
    reply = await citizen.choose(menu, "かわさきGIGAスクール構想")
    await expect(reply).to_contain_text("かわさきGIGAスクール構想")
    choices = menu.locator(".message__choices button")
    assert {await each.get_attribute("aria-disabled") for each in await choices.all()} == {"true"}
    before = await citizen.said()
    await citizen.page.reload()
    await expect(citizen.messages).to_have_count(len(before))
    assert await citizen.said() == before
    await expect(await citizen.ask(ELLIPSIS)).to_contain_text("【かわさきGIGAスクール構想：時期】")


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=\"document.title='broken'\"><b>太字</b>", "/restart", "/handoff"]
)
async def test_markup_and_commands_are_plain_text(
    product: Product, windows: Windows, text: str
) -> None:
    citizen = await CitizenPage.open(await windows.open(), product.base)
    title = await citizen.page.title()
    await citizen.ask("カーボンゼロの狙いは何でしょうか")
    reply = await citizen.ask(text)
    await expect(reply).to_be_visible()
    await expect(citizen.own.last.locator(".message__text")).to_have_text(text)
    await expect(citizen.page.locator(".chat__list img, .chat__list b")).to_have_count(0)
    assert await citizen.page.title() == title
    await expect(citizen.state).to_have_text("自動応答中")
    assert len([role for role, _ in await citizen.said() if role == "citizen"]) == 2


async def test_a_person_takes_over_hands_back_and_closes(
    product: Product, windows: Windows
) -> None:
    desk = await DeskPage.open(await windows.open(), product.base, product.password)
    await desk.page.evaluate("window.notReloaded = true")
    citizen = await CitizenPage.open(await windows.open(), product.base)
    await expect(await citizen.ask("町内会の支援はだれを助けるもの？")).to_be_visible()
    called = await citizen.ask("人と話したい")
    await expect(called).to_contain_text("あなたの順番は1番目です")
    await expect(citizen.state).to_have_text("職員を待っています（1番目）")
    conversation = await citizen.conversation_id()

    await expect(desk.item(f"c={conversation}")).to_be_visible()
    await expect(desk.page.locator("#count-waiting")).to_contain_text("1")
    await desk.look_into(conversation)
    assert await desk.said() == await citizen.said()
    await desk.claim()
    await expect(citizen.state).to_have_text("職員が対応中")
    await desk.answer("お待たせしました。どのようなことでお困りですか。")
    await expect(citizen.messages.get_by_text("どのようなことでお困りですか。")).to_be_visible()
    await citizen.say("カーボンゼロはいつ始まったのですか")
    await expect(desk.saying("citizen", "カーボンゼロはいつ始まったのですか")).to_be_visible()
    await desk.answer("令和2年に始まりました。自動応答に戻しますね。")
    await expect(citizen.messages.get_by_text("自動応答に戻しますね。")).to_be_visible()
    await keep(desk.page, "desk-1280")
    await desk.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert await fits(desk.page)
    await keep(desk.page, "desk-360")

    await desk.page.locator("#return").click()
    await expect(citizen.state).to_have_text("自動応答中")
    await expect(await citizen.ask("町内会の支援の内容はいつ決まるの")).to_contain_text(
        "【町内会・自治会支援："
    )
    roles = [role for role, _ in await citizen.said()]
    returned = len(roles) - 1 - roles[::-1].index("system")
    with_person = roles[roles.index("operator") : returned]
    assert with_person == ["operator", "citizen", "operator"], "the bot was not silent"

    await citizen.ask("人と話したい")
    await desk.page.set_viewport_size({"width": 1280, "height": 860})
    await desk.page.locator("#tab-waiting").click()
    await desk.look_into(conversation)
    await desk.claim()
    await desk.close("解決した")
    await expect(citizen.state).to_have_text("この会話は終わりました")
    await expect(await citizen.ask("財政はどうなっているのでしょう")).to_contain_text("財政")
    assert await desk.page.evaluate("window.notReloaded")


async def test_of_two_operators_one_gets_the_conversation(
    product: Product, windows: Windows
) -> None:
    await add_operator(product, "hanako", "another-long-password")
    first = await DeskPage.open(await windows.open(), product.base, product.password)
    second = await DeskPage.open(
        await windows.open(), product.base, "another-long-password", "hanako"
    )
    citizen = await CitizenPage.open(await windows.open(), product.base)
    await citizen.ask("人と話したい")
    conversation = await citizen.conversation_id()
    await first.look_into(conversation)
    await second.look_into(conversation)

    pressed, taken = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        pressed.set()
        await taken.wait()
        await route.continue_()

    await second.page.route("**/claim", hold)
    await second.page.locator("#claim").click()
    await pressed.wait()
    await first.claim()
    taken.set()
    await expect(second.page.locator("#action-error")).to_have_text(
        "この会話は、adminさんが担当しています。"
    )
    await expect(second.page.locator("#composer-text")).to_be_disabled()
    await first.page.locator("#return").click()
    await expect(citizen.state).to_have_text("自動応答中")
    windows.forgive("409")


async def test_a_wrong_password_is_refused_in_japanese(product: Product, windows: Windows) -> None:
    page = await (await windows.open(NARROW)).new_page()
    await page.goto(f"{product.base}/desk")
    await DeskPage(page).log_in("nobody", "not-the-password")
    await expect(page.locator("#login-error")).to_have_text("名前かパスワードが違います。")
    assert await fits(page)
    windows.forgive("401")


async def test_keyboard_alone_is_enough_to_ask_and_to_call_a_person(
    product: Product, windows: Windows
) -> None:
    citizen = await CitizenPage.open(await windows.open(), product.base)
    page = citizen.page
    await tab_to(page, ".skip")
    await page.keyboard.press("Enter")
    await tab_to(page, "textarea")
    await page.keyboard.type("パラムーブメントは何を目指していますか")
    await page.keyboard.press("Enter")
    reply = citizen.reply_to(await citizen.message_id(0))
    await expect(reply).to_contain_text("【かわさきパラムーブメント：")

    await tab_to(page, ".message__sources summary", key="Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(reply.locator(".message__sources li").first).to_be_visible()

    await tab_to(page, '[data-act="handoff"]', key="Shift+Tab")
    await expect(page.locator("button:focus")).to_have_text("職員と話す")
    await page.keyboard.press("Enter")
    await expect(citizen.state).to_contain_text("職員を待っています")

    leave = page.get_by_role("button", name="順番待ちをやめる")
    await expect(leave).to_be_visible()
    await tab_to(page, '[data-act="choose"]:text-is("順番待ちをやめる")')
    await page.keyboard.press("Enter")
    await expect(citizen.state).to_have_text("自動応答中")


async def test_a_message_left_at_night_is_answered_in_the_morning(
    tmp_path: Path, windows: Windows
) -> None:
    port = free_port()
    base = f"http://localhost:{port}"
    place = {"folder": tmp_path, "BOT_PORT": str(port)}
    home = await windows.open()

    night = await start(**place, BOT_NOW="2021-04-01T22:30:00+09:00")
    try:
        citizen = await CitizenPage.open(home, base)
        await expect(citizen.page.get_by_text("ただいま受付時間外です。")).to_be_visible()
        told = await citizen.ask("人と話したい")
        await expect(told).to_contain_text("今は受付時間外です")
        await expect(told).to_contain_text("明日8:00から")
        taken = await citizen.ask("保健所の窓口の混み具合を教えてほしいです")
        await expect(taken).to_contain_text("受付番号は")
        receipt = receipt_in(await taken.inner_text())
        await citizen.page.close()
    finally:
        await asyncio.to_thread(night.stop)

    morning = await start(**place, BOT_NOW="2021-04-02T08:05:00+09:00")
    try:
        desk = await DeskPage.open(await windows.open(), base, night.password)
        await expect(desk.page.locator("#count-tickets")).to_contain_text("1")
        await desk.page.locator("#tab-tickets").click()
        await desk.item(f"t={receipt}").click()
        await expect(desk.page.locator("#ticket-text")).to_have_text(
            "保健所の窓口の混み具合を教えてほしいです"
        )
        await desk.page.locator("#ticket-answer-text").fill("午前中は空いています。")
        await desk.page.locator("#ticket-answer-send").click()
        await expect(desk.page.locator("#ticket-done")).to_contain_text("admin")
        await expect(desk.item(f"t={receipt}")).to_have_count(0)

        citizen = await CitizenPage.open(home, base)
        await expect(citizen.page.get_by_text("ただいま受付時間内です。")).to_be_visible()
        answer = citizen.page.locator('li.message[data-role="operator"]')
        await expect(answer).to_contain_text("午前中は空いています。")
        await expect(citizen.messages.filter(has_text=receipt).first).to_be_visible()
        await citizen.page.close()
        await desk.page.close()
    finally:
        await asyncio.to_thread(morning.stop)


async def start(folder: Path, **environ: str) -> Product:
    """Another product; the browser lives on meanwhile."""
    return await asyncio.to_thread(Product, folder, **environ)


def receipt_in(text: str) -> str:
    found = re.search(r"受付番号は (\d{4}-\d{4}) です", text)
    assert found, text
    return found[1]


async def add_operator(product: Product, name: str, password: str) -> None:
    """As `python -m bot operators add` does it beside a running product."""
    gateway = psutil.Process(product.pid("gateway"))
    await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "bot", "operators", "add", name],
        cwd=ROOT,
        env={**os.environ, "REDIS_URL": gateway.environ()["REDIS_URL"]},
        input=password,
        text=True,
        check=True,
        capture_output=True,
    )


async def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Presses a key until what fits the selector has the focus."""
    for _ in range(60):
        await page.keyboard.press(key)
        if await page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is out of the keyboard's reach")
