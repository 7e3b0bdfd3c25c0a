"""One conversation at the desk before real browser windows: claim, hand on, write, keyboard."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.conversation.model import Draft, Outcome, Role
from bot.conversation.ports import EngineReply, Guess, Understood
from bot.desk.accounts import OperatorRole, new_account
from tests.desk.test_api import HANDOFF, NOON, PASSWORD
from tests.gateway import Citizen, Gateway, running
from tests.system.axe import complaints
from tests.system.browser import CitizenPage, DeskPage, chromium, fits, keep

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page, Route

    from tests.system.browser import Windows
    from tests.system.product import Product

pytestmark = pytest.mark.slow

SUGGESTED = re.compile("かわさきカーボンゼロチャレンジ2050.*第2段落より", re.DOTALL)
PERSON, ASKED = "人と話したい", "いつから始まったのですか"
SOURCE = {"title": "令和3年度 市政執行の基本的な考え方", "section": "2", "paragraph": 2}
TOLD = Draft(
    Role.BOT,
    "2050年の実質ゼロです。",
    outcome=Outcome.ANSWER,
    initiative="carbon_zero",
    facet="target",
    sources=(SOURCE,),
    confidence=0.94,
)
ELSEWHERE = Draft(Role.BOT, "書かれていません。", outcome=Outcome.OUT_OF_SCOPE, confidence=0.6)


@dataclass
class Room:
    """A gateway over the fake engine, and browsers before it."""

    gateway: Gateway
    windows: Windows

    @property
    def base(self) -> str:
        return str(self.gateway.http.base_url).rstrip("/")

    async def desk(self, name: str) -> DeskPage:
        return await DeskPage.open(await self.windows.open(), self.base, PASSWORD, name)

    async def waiting(self, *before: str) -> Citizen:
        citizen = await self.gateway.citizen()
        for text in (*before, PERSON):
            await citizen.ask(text)
        return citizen


@pytest.fixture
async def room(redis_url: str) -> AsyncIterator[Room]:
    """Two operators; none of their pages may have logged an error."""
    async with running(redis_url, BOT_NOW=NOON) as gateway, chromium() as windows:
        engine = gateway.engine
        engine.prepared |= {PERSON: [HANDOFF], "目標は？": [EngineReply(TOLD)]}
        engine.prepared["プールの忘れ物は？"] = [EngineReply(ELSEWHERE)]
        engine.meant[ASKED] = Understood((Guess("carbon_zero", 0.9),), (Guess("schedule", 0.9),))
        for name, role in (("sato", OperatorRole.SUPERVISOR), ("suzuki", OperatorRole.OPERATOR)):
            await gateway.services.operators.add(new_account(name, role, PASSWORD))
        yield Room(gateway, windows)
        assert windows.problems == []


async def focus(page: Page) -> str:
    """The ID of what has the focus; empty where it is lost."""
    return str(await page.evaluate("document.activeElement.id || document.activeElement.tagName"))


async def test_of_two_operators_who_claim_at_once_one_wins_and_the_other_reads_who(
    room: Room,
) -> None:
    sato, suzuki = await room.desk("sato"), await room.desk("suzuki")
    citizen = await room.waiting()
    desks = {"sato": sato, "suzuki": suzuki}
    for desk in desks.values():
        await desk.look_into(citizen.id)
    claims = (desk.page.keyboard.press("c") for desk in desks.values())
    await asyncio.gather(*claims)
    await expect(sato.page.locator("#claim")).to_be_hidden()
    await expect(suzuki.page.locator("#claim")).to_be_hidden()
    owner = (await room.gateway.services.store.load(citizen.id)).owner or ""
    winner, loser = desks.pop(owner), next(iter(desks.values()))
    await expect(winner.page.locator("#composer-text")).to_be_focused()
    await expect(loser.page.locator("#composer-text")).to_be_disabled()
    await expect(loser.page.locator("#conversation-state")).to_contain_text(f"担当 {owner}")
    said = [m["text"] for m in (await citizen.read())["messages"] if m["role"] == "system"]
    assert said == [f"職員の{owner}がお答えします。"]
    if any("409" in problem for problem in room.windows.problems):
        await expect(loser.page.locator("#action-error")).to_contain_text(f"{owner}さん")
        room.windows.forgive("409")


async def test_a_transfer_takes_the_note_along_and_leaves_the_first_without_a_pen(
    room: Room,
) -> None:
    sato, suzuki = await room.desk("sato"), await room.desk("suzuki")
    citizen = await room.waiting()
    await sato.look_into(citizen.id)
    await sato.claim()
    await sato.page.locator("#composer-text").fill("書きかけ")
    await sato.hand_over("suzuki", "税のことです")
    await expect(sato.page.locator("#composer-text")).to_be_disabled()
    assert await focus(sato.page) == "conversation-title"

    await suzuki.page.locator("#tab-mine").click()
    await suzuki.look_into(citizen.id)
    handed = suzuki.page.locator('#messages li[data-kind="transferred"]')
    await expect(handed).to_contain_text("税のことです")
    await suzuki.answer("代わりました。")
    await expect(sato.saying("operator", "代わりました。")).to_be_visible()
    assert "税のことです" not in str((await citizen.read())["messages"])
    await suzuki.hand_over("*queue")
    await expect(sato.page.locator("#claim")).to_be_visible()
    await suzuki.page.locator("#claim").click()
    await expect(suzuki.page.locator("#take-over")).to_be_hidden()
    await sato.page.locator("#take-over").click()
    await sato.page.locator("#take-over-confirm").click()
    await expect(sato.page.locator("#composer-text")).to_be_editable()
    await expect(sato.page.locator("#composer-text")).to_have_value("書きかけ")
    await expect(suzuki.page.locator("#composer-text")).to_be_disabled()
    await expect(suzuki.page.locator("#take-over")).to_be_hidden()


async def test_an_answer_is_stored_until_the_citizens_page_is_sent_it(room: Room) -> None:
    sato = await room.desk("sato")
    citizen = await CitizenPage.open(await room.windows.open(), room.base)
    await citizen.ask(PERSON)
    await sato.look_into(await citizen.conversation_id())
    await sato.claim()
    await sato.answer("一つ目")
    shown = sato.page.locator('[data-delivery="shown"]')
    await expect(shown).to_have_count(1)
    await citizen.page.goto("about:blank")
    await sato.answer("二つ目")
    await expect(sato.page.locator('[data-delivery="stored"]')).to_have_count(1)
    await citizen.page.go_back()
    await expect(shown).to_have_count(2)


async def test_what_an_older_page_still_sends_is_not_said(room: Room) -> None:
    first = await room.desk("sato")
    citizen = await room.waiting()
    await first.look_into(citizen.id)
    await first.claim()
    second = DeskPage(await first.page.context.new_page())
    await second.page.goto(f"{room.base}/desk#c={citizen.id}")
    await expect(second.pane).to_be_visible()
    pressed, changed = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        pressed.set()
        await changed.wait()
        await route.continue_()

    await second.page.route("**/messages", hold)
    await second.page.locator("#composer-text").fill("古い画面から")
    await second.page.locator("#send").click()
    await pressed.wait()
    await first.hand_over("*queue")
    await first.claim()
    changed.set()
    unsent = second.page.locator("#outbox .outbox-entry")
    await expect(unsent).to_contain_text("この画面からは書けません")
    await unsent.get_by_role("button", name="返信欄に戻す").click()
    await expect(second.page.locator("#composer-text")).to_have_value("古い画面から")
    assert "古い画面から" not in str((await citizen.read())["messages"])
    room.windows.forgive("409")


async def test_the_summary_states_what_was_asked_told_and_left_open(room: Room) -> None:
    sato = await room.desk("sato")
    citizen = await room.waiting("目標は？", "プールの忘れ物は？")
    await sato.look_into(citizen.id)
    rows = sato.page.locator("#summary-body .facts > div")
    stated = {
        (await row.locator("dt").inner_text()): await row.locator("dd").inner_text()
        for row in await rows.all()
    }
    assert stated["聞かれたこと"] == "かわさきカーボンゼロチャレンジ2050"
    assert stated["答えたこと"].startswith("かわさきカーボンゼロチャレンジ2050 ・ ")
    assert stated["答えていないこと"] == "「プールの忘れ物は？」（対象外）"
    assert "市民が職員を希望した" in stated["引き継ぎの理由"]
    assert "対象外" in stated["引き継ぎの理由"]
    turn = sato.page.locator('li.message[data-role="bot"]').first
    await expect(turn).to_contain_text("確信度 94%")


async def test_the_keyboard_alone_is_enough_to_answer(room: Room) -> None:
    sato, citizen = await room.desk("sato"), await room.waiting("目標は？")
    page, keys = sato.page, sato.page.keyboard
    await expect(sato.item(f"c={citizen.id}")).to_be_visible()

    await keys.press("j")
    await keys.press("Enter")
    await expect(sato.pane).to_be_visible()
    await keys.press("c")
    await expect(page.locator("#composer-text")).to_be_focused()

    await keys.press("/")
    await expect(page.locator("#canned-search")).to_be_focused()
    await expect(page.locator("#canned-list [role=option]").first).to_be_visible()
    await keys.type("はじめ")
    await keys.press("Enter")
    await expect(page.locator("#composer-text")).to_have_value(
        "お待たせいたしました。職員のsatoです。これまでのやり取りを拝見しました。"
    )
    await keys.press("Enter")
    await expect(sato.saying("operator", "職員のsatoです")).to_be_visible()

    await citizen.post(text=ASKED)
    await expect(page.locator("#suggestions-list li").first).to_contain_text("時期")
    await keys.press("Alt+1")
    await expect(page.locator("#composer-text")).to_have_value(SUGGESTED)
    assert not [m for m in (await citizen.read())["messages"] if "第2段落" in m["text"]]
    await keys.press("Enter")
    await expect(sato.saying("operator", "第2段落より")).to_be_visible()
    await keys.press("Escape")
    assert await focus(page) == "conversation-title"
    await keys.press("g")
    assert await focus(page) == "transcript"


async def test_the_keyboard_alone_is_enough_for_all_else_and_the_focus_is_never_lost(
    room: Room,
) -> None:
    sato, _, citizen = await room.desk("sato"), await room.desk("suzuki"), await room.waiting()
    page, keys = sato.page, sato.page.keyboard
    await sato.look_into(citizen.id)
    await keys.press("c")
    await expect(page.locator("#composer-text")).to_be_focused()
    await keys.press("Escape")
    await keys.press("n")
    await keys.type("お礼を言われた")
    await keys.press("Control+Enter")
    await expect(page.locator(".entry-note")).to_contain_text("お礼を言われた")
    assert await focus(page) == "conversation-title"

    await keys.press("?")
    await expect(page.locator("#help-dialog")).to_be_visible()
    await keys.press("Escape")
    assert await focus(page) == "conversation-title"

    await keys.press("h")
    await expect(page.locator("#hand-over-to")).to_be_focused()
    await expect(page.locator("#hand-over-to option")).to_contain_text(
        ["選んでください", "suzuki（デスクを開いています）", "待ち列に戻す"]
    )
    await keys.press("Escape")

    await keys.press("e")
    await keys.press("Space")
    await keys.press("Tab")
    await keys.type("よくわかったとのこと")
    await keys.press("Control+Enter")
    await expect(page.locator("#conversation-state")).to_contain_text("終了")
    assert await focus(page) == "conversation-title"
    await keys.press("o")
    await keys.press("Enter")
    await expect(page.locator("#composer-text")).to_be_focused()
    await keys.press("Escape")
    await keys.press("b")
    await expect(page.locator("#return")).to_be_focused()
    await keys.press("Enter")
    await expect(page.locator("#conversation-state")).to_contain_text("自動応答中")
    assert await focus(page) == "conversation-title"
    history = await room.gateway.services.store.history(citizen.id)
    assert [entry.kind for entry in history] == [
        *("queued", "claimed", "note", "closed", "reopened", "returned")
    ]
    assert history[3].detail == {"disposition": "solved"}
    assert history[3].text == "よくわかったとのこと"


async def test_an_open_placeholder_is_not_sent(room: Room) -> None:
    sato = await room.desk("sato")
    citizen = await room.waiting()
    await sato.look_into(citizen.id)
    await sato.claim()
    await sato.page.locator("#canned-open").click()
    await sato.page.locator("#canned-search").fill("受付番号の案内")
    await sato.page.keyboard.press("Enter")
    await expect(sato.page.locator("#composer-reason")).to_contain_text("{受付番号}")
    await expect(sato.page.locator("#send")).to_be_disabled()
    await sato.page.keyboard.press("Enter")
    assert not [m for m in (await citizen.read())["messages"] if m["role"] == "operator"]
    await sato.page.locator("#composer-text").fill("受付番号はありません。")
    await expect(sato.page.locator("#send")).to_be_enabled()


async def test_a_canned_reply_is_made_changed_and_removed_in_the_desk(room: Room) -> None:
    suzuki = await room.desk("suzuki")
    citizen = await room.waiting()
    await suzuki.look_into(citizen.id)
    page = suzuki.page
    await page.keyboard.press("t")
    await page.locator("#canned-new").click()
    await page.locator("#canned-name").fill("うけたまわり")
    await page.locator("#canned-text").fill("承りました。担当は")
    await page.get_by_role("button", name="{職員名}").click()
    await page.get_by_role("button", name="保存する").last.click()
    chosen = page.locator('#canned-list [aria-selected="true"]')
    await expect(chosen).to_contain_text("承りました。担当はsuzuki")
    await page.keyboard.press("F2")
    await page.locator("#canned-text").fill("{住所}へ")
    await page.get_by_role("button", name="保存する").last.click()
    await expect(page.locator("#canned-form-error")).to_contain_text("住所")
    await page.locator("#canned-delete").click()
    await page.locator("#canned-delete").click()
    await expect(page.locator("#canned-search")).to_be_focused()
    await expect(page.locator("#canned-list")).not_to_contain_text("うけたまわり")
    room.windows.forgive("400")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_state_of_a_case_is_accessible(room: Room, scheme: str) -> None:
    sato = await room.desk("sato")
    citizen = await room.waiting("目標は？", "プールの忘れ物は？")
    await sato.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal
    await sato.look_into(citizen.id)
    assert await complaints(sato.page) == []
    await sato.claim()
    await sato.answer("お待たせしました。")
    await citizen.post(text=ASKED)
    await expect(sato.page.locator("#suggestions-list li").first).to_be_visible()
    await sato.note("前にもお電話のあった方です。")
    await expect(sato.page.locator(".entry-note")).to_be_visible()
    assert await complaints(sato.page) == []
    if scheme == "light":
        await keep(sato.page, "desk-case-1280")
    for opener in ("hand-over", "close", "note", "canned-open", "help-open"):
        await sato.page.locator(f"#{opener}").click()
        await expect(sato.page.locator("dialog[open]")).to_be_visible()
        assert await complaints(sato.page) == []
        if scheme == "light" and opener in {"close", "canned-open", "help-open"}:
            await keep(sato.page, f"desk-{opener}-1280")
        await sato.page.keyboard.press("Escape")
        await sato.page.evaluate("document.querySelector('dialog[open]')?.close()")
    await sato.page.set_viewport_size({"width": 360, "height": 740})
    assert await fits(sato.page)
    assert await complaints(sato.page) == []


async def test_the_bot_goes_on_with_the_topic_that_it_had(product: Product) -> None:
    async with chromium() as windows:
        desk = await DeskPage.open(await windows.open(), product.base, product.password)
        citizen = await CitizenPage.open(await windows.open(), product.base)
        await citizen.ask("カーボンゼロチャレンジのあらましを聞かせて")
        await citizen.ask(PERSON)
        conversation = await citizen.conversation_id()
        await desk.look_into(conversation)
        await desk.claim()
        await desk.answer("ほかにご用件はありますか。")
        await citizen.say("いいえ、だいじょうぶです")
        await expect(desk.saying("citizen", "いいえ、だいじょうぶです")).to_be_visible()
        await desk.page.locator("#return").click()
        await expect(citizen.state).to_have_text("自動応答中")
        await expect(citizen.messages.last).to_contain_text(
            "「かわさきカーボンゼロチャレンジ2050」"
        )
        reply = await citizen.ask("それはいつから？")
        await expect(reply).to_contain_text("【かわさきカーボンゼロチャレンジ2050：時期】")
        assert windows.problems == []
