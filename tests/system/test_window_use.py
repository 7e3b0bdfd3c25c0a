"""Using the citizen's window: keyboard, input method, live region, zoom, touch, the tree."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.desk.test_api import NIGHT
from tests.system.browser import fits, keep
from tests.system.test_browser import tab_to
from tests.system.window import (
    DESKTOP,
    FACT,
    LINKS,
    PHONE,
    QUESTION,
    Chat,
    base_of,
)

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.gateway import Gateway
    from tests.system.browser import Windows

pytestmark = pytest.mark.slow

LIVE = "[aria-live], [role=status], [role=alert], [role=log]"
CONTROLS = "button, select, input:not([type=hidden]), textarea, summary, [role=region][tabindex]"
SIZES = f"""() => [...document.querySelector("citizen-chat").shadowRoot
  .querySelectorAll("{CONTROLS}")]
  .filter((control) => control.checkVisibility())
  .map((control) => [control.outerHTML.slice(0, 80), control.getBoundingClientRect()])
  .map(([html, box]) => [html, Math.min(box.width, box.height)])"""


async def test_enter_during_conversion_never_sends(gateway: Gateway, windows: Windows) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    await chat.input.focus()
    session = await chat.page.context.new_cdp_session(chat.page)
    await session.send(
        "Input.imeSetComposition", {"text": "かわさき", "selectionStart": 4, "selectionEnd": 4}
    )
    # Enter takes the candidate; while it converts, the browser tells of it with the code 229.
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    await session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    await session.send("Input.insertText", {"text": "川崎"})
    # Safari ends the conversion before it tells of the key, which then has the code 229 alone.
    for init in ({"isComposing": True}, {"keyCode": 229}):
        await chat.input.evaluate(
            "(field, init) => field.dispatchEvent(new KeyboardEvent('keydown',"
            " {key: 'Enter', bubbles: true, cancelable: true, ...init}))",
            init,
        )
    await expect(chat.input).to_have_value("川崎")
    assert await chat.own.count() == await chat.pending.count() == 0
    await chat.page.keyboard.press("Shift+Enter")
    await expect(chat.input).to_have_value("川崎\n")
    await chat.page.keyboard.press("Enter")
    await expect(chat.own).to_have_text(["川崎"])


async def test_escape_during_conversion_does_not_close(gateway: Gateway, windows: Windows) -> None:
    page = await (await windows.open(DESKTOP)).new_page()
    await page.goto(f"{base_of(gateway)}/policy")
    chat = Chat(page)
    await chat.launcher.click()
    await chat.input.evaluate(
        "field => field.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Escape', bubbles: true, composed: true, isComposing: true}))"
    )
    await expect(chat.panel).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
async def test_the_panel_takes_the_focus_and_gives_it_back(
    gateway: Gateway, windows: Windows, size: tuple[int, int]
) -> None:
    page = await (await windows.open(size)).new_page()
    await page.goto(f"{base_of(gateway)}/policy")
    chat = Chat(page)
    await expect(chat.launcher).to_be_visible()
    await tab_to(page, ".launcher")
    await page.keyboard.press("Enter")
    await expect(chat.panel).to_be_visible()
    assert await chat.focused() == "input"
    if size == PHONE:  # it has the whole screen; what is behind is out of reach
        for _ in range(40):
            await page.keyboard.press("Tab")
            assert not await page.evaluate("document.activeElement.matches('header *, main *')")
    await chat.button("メニュー").click()
    await page.get_by_label("文字の大きさ").focus()
    await page.keyboard.press("Escape")
    await expect(page.locator(".chat__menu")).to_be_hidden()
    assert await chat.focused() == "menuButton"
    await expect(chat.panel).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(chat.panel).to_be_hidden()
    assert await chat.focused() == "launcher"


async def test_the_whole_journey_by_keyboard_alone(gateway: Gateway, windows: Windows) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    page = chat.page
    await tab_to(page, '[data-act="suggest"]')
    await page.keyboard.press("Enter")
    await expect(chat.replies).to_have_count(1)
    assert await chat.focused() == "area"
    await tab_to(page, "summary")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message__sources li")).to_be_visible()
    await tab_to(page, '[data-act="choose"]')
    await page.keyboard.press("Space")
    await expect(chat.replies).to_have_count(2)
    await expect(page.locator('[data-act="choose"]:focus')).to_have_text("時期")
    await page.keyboard.press("Space")  # used up, it does nothing more
    await tab_to(page, '[data-act="judge"][value="false"]')
    await page.keyboard.press("Enter")
    await tab_to(page, '[name="word"]')
    await page.keyboard.type("time")
    await page.keyboard.press("Enter")
    await expect(page.locator(".judgement__note")).to_have_text("ありがとうございます。")
    await expect(page.locator('[data-act="judge"]:focus')).to_have_attribute("value", "false")
    await tab_to(page, '[data-act="menu"]', key="Shift+Tab")
    await page.keyboard.press("Enter")
    await tab_to(page, '[data-act="fresh"]')
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    assert await chat.focused() == "fresh"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(chat.messages).to_have_count(0)
    assert await chat.focused() == "input"
    assert len(gateway.engine.asked) == 2


async def test_the_live_region_tells_each_new_thing_once_and_never_the_history(
    gateway: Gateway, windows: Windows
) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    assert await chat.page.locator(LIVE).count() == 1
    await chat.ask("はじめの質問")
    await expect(chat.announcer).to_contain_text("自動応答: 「はじめの質問」ですね。")
    await chat.ask("次の質問")
    told = await chat.announcer.inner_text()
    assert told.count("はじめの質問") == told.count("次の質問") == 1
    await chat.page.reload()
    await expect(chat.messages).to_have_count(4)
    assert await chat.announcer.text_content() == ""
    await chat.ask("三つめ")
    assert await chat.announcer.inner_text() == "自動応答: 「三つめ」ですね。"
    assert await chat.page.locator(LIVE).count() == 1


async def test_new_messages_never_take_the_focus_or_the_readers_place(
    gateway: Gateway, windows: Windows
) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    for number in range(8):
        await chat.ask(f"質問{number}")
    await chat.button("メニュー").focus()
    area = chat.page.locator(".chat__area")
    await area.evaluate(
        """area => new Promise(scrolled => {
            area.addEventListener("scroll", scrolled, { once: true });
            area.scrollTop = 40;
        })"""
    )
    citizen = json.loads(
        await chat.page.evaluate("localStorage.getItem('thankyou-chat.conversation')")
    )
    headers = {"authorization": f"Bearer {citizen['token']}"}
    path = f"/api/conversations/{citizen['conversation_id']}/messages"
    body = {"client_message_id": "elsewhere", "text": "別の画面から"}
    await gateway.http.post(path, json=body, headers=headers)
    await expect(chat.replies).to_have_count(9)
    assert await chat.focused() == "menuButton"
    assert await area.evaluate("area => area.scrollTop") == 40
    await chat.button("続きを見る").click()
    await expect(chat.replies.last).to_be_in_viewport()


async def test_the_tree_of_a_whole_conversation(gateway: Gateway, windows: Windows) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    reply = await chat.ask(QUESTION)
    await reply.get_by_role("button", name="時期").click()
    await expect(chat.replies).to_have_count(2)
    await chat.button("職員と話す").click()
    await expect(chat.state).to_have_text("職員を待っています（1番目）")
    await expect(chat.page.locator("citizen-chat")).to_match_aria_snapshot(TREE)


TREE = f"""
- group "サンキューコールかわさき チャット":
  - /children: equal
  - heading "サンキューコールかわさき チャット" [level=2]
  - button "メニュー"
  - paragraph:
    - button "職員と話す" [disabled]
    - text: 8:00〜21:00（受付中）
  - group "読みやすさ":
    - button "ふりがな"
    - button "やさしい日本語"
  - paragraph: 職員を待っています（1番目）
  - region "会話":
    - paragraph: 個人情報について
    - paragraph: 会話は、最後の発言から90日間保存し、そのあと消します。職員が読むことがあります。
    - paragraph: お名前・住所・電話番号・マイナンバーは書かないでください。
    - paragraph:
      - link "くわしい説明（新しいタブ）"
    - paragraph: /こんにちは。川崎市の施策や取組について/
    - list "発言":
      - /children: deep-equal
      - listitem:
        - paragraph: 2021年4月1日(木)
        - paragraph:
          - text: あなた
          - time: 12:00
        - paragraph: {QUESTION}
      - listitem:
        - paragraph:
          - text: 自動応答
          - time: 12:00
        - paragraph: /かわさきカーボンゼロチャレンジ2050：目標/
        - group: 出典
        - group "選択肢":
          - list:
            - listitem:
              - button "時期" [disabled] [pressed]
            - listitem:
              - button "目的" [disabled]
            - listitem:
              - button "連携先" [disabled]
        - group "この回答は役に立ちましたか。":
          - button "役に立った"
          - button "役に立たなかった"
      - listitem:
        - paragraph:
          - text: あなた
          - time: 12:00
        - paragraph: 時期
      - listitem:
        - paragraph:
          - text: 自動応答
          - time: 12:00
        - paragraph: 「時期」ですね。
      - listitem:
        - paragraph:
          - text: あなた
          - time: 12:00
        - paragraph: 職員と話す
      - listitem:
        - paragraph:
          - text: 自動応答
          - time: 12:00
        - paragraph: /あなたの順番は1番目です/
        - group "選択肢":
          - list:
            - listitem:
              - button "伝言を残す"
            - listitem:
              - button "順番待ちをやめる"
  - paragraph
  - paragraph
  - text: 質問やご意見を入力してください
  - paragraph
  - textbox "質問やご意見を入力してください"
  - button "送信"
  - paragraph
  - paragraph: Enterで送信、Shift+Enterで改行します。個人情報は書かないでください。
  - status
"""
"""What a screen reader finds; nothing else stands in it."""


async def test_controls_are_large_enough_to_point_and_to_touch(
    gateway: Gateway, windows: Windows
) -> None:
    for context, least in (
        (await windows.open(DESKTOP), 24),
        (await windows.open(PHONE, touch=True), 44),
    ):
        chat = await Chat.open(context, base_of(gateway))
        reply = await chat.ask(QUESTION)
        await reply.get_by_role("button", name="役に立った", exact=True).click()
        await chat.button("メニュー").click()
        small = [(html, size) for html, size in await sizes(chat.page) if size < least]
        assert small == []


async def sizes(page: Page) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = [tuple(one) for one in await page.evaluate(SIZES)]
    assert len(found) > 10
    return found


@pytest.mark.parametrize("size", [(320, 256), (320, 640), (640, 512)])
async def test_at_400_percent_nothing_is_out_of_reach(
    gateway: Gateway, windows: Windows, size: tuple[int, int]
) -> None:
    """1280 by 1024 pixels at 400 % leave 320 by 256."""
    context = await windows.open(size)
    chat = await Chat.open(context, base_of(gateway))
    await chat.ask(QUESTION)
    assert await fits(chat.page)
    inside = "chat => chat.scrollWidth <= chat.clientWidth"
    assert await chat.page.locator(".chat").evaluate(inside)
    assert await chat.page.locator(".chat__area").evaluate(inside)
    for name in ("送信", "職員と話す", "メニュー"):
        await chat.button(name).scroll_into_view_if_needed()
        await expect(chat.button(name)).to_be_in_viewport(ratio=0.9)
    await keep(chat.page, f"window/zoom-{size[0]}x{size[1]}")
    for path in ("/policy", "/privacy", "/accessibility", "/plain"):
        await chat.page.goto(f"{base_of(gateway)}{path}")
        assert await fits(chat.page)
    await chat.page.goto(f"{base_of(gateway)}/policy")
    await chat.launcher.click()
    assert await chat.page.locator(".panel").evaluate(inside)
    await chat.input.scroll_into_view_if_needed()
    await expect(chat.input).to_be_in_viewport(ratio=0.9)


async def test_text_spacing_of_the_readers_own_cuts_nothing_off(
    gateway: Gateway, windows: Windows
) -> None:
    chat = await Chat.open(await windows.open(PHONE), base_of(gateway))
    await chat.ask(QUESTION)
    await chat.page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("* {line-height: 1.5 !important; letter-spacing: .12em !important;"
            + "word-spacing: .16em !important} p {margin-block-end: 2em !important}");
          document.querySelector("citizen-chat").shadowRoot.adoptedStyleSheets.push(sheet);
        }"""
    )
    assert await fits(chat.page)
    for button in await chat.page.locator(".chat .button").all():
        if await button.is_visible():
            assert await button.evaluate("b => b.scrollWidth <= b.clientWidth")


async def test_who_wants_no_motion_gets_none(gateway: Gateway, windows: Windows) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    typing = chat.page.locator(".chat__typing")
    await typing.evaluate("node => node.textContent = '入力しています'")
    name = "e => getComputedStyle(e, '::after').animationName"
    assert await typing.evaluate(name) == "breathe"
    await chat.page.emulate_media(reduced_motion="reduce")
    assert await typing.evaluate(name) == "none"


async def test_hours_are_told_anew_when_the_reader_comes_back(
    gateway: Gateway, windows: Windows
) -> None:
    context = await windows.open(DESKTOP)
    await context.route("**/chat/window", lambda route: route.continue_())  # past the cache
    chat = await Chat.open(context, base_of(gateway))
    hours = chat.page.locator(".chat__hours")
    await expect(hours).to_have_text("8:00〜21:00（受付中）")
    gateway.services.clock._start = datetime.fromisoformat(NIGHT)
    await chat.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(hours).to_contain_text("時間外")


async def test_links_lead_to_allowed_hosts_alone(gateway: Gateway, windows: Windows) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    reply = await chat.ask("リンク")
    text = reply.locator(".message__text")
    await expect(text).to_have_text(LINKS)
    found = await text.locator("a").evaluate_all(
        "links => links.map((link) => [link.getAttribute('href'), link.rel])"
    )
    assert found == [
        ["https://www.city.kawasaki.jp/a", "noopener noreferrer"],
        ["tel:044-200-3939", ""],
    ]
    await chat.say("https://www.city.kawasaki.jp/ <b>太字</b>")
    await expect(chat.own.last).to_have_text("https://www.city.kawasaki.jp/ <b>太字</b>")
    assert await chat.own.last.locator("a, b").count() == 0


async def test_a_judgement_and_a_word_are_kept_and_remembered(
    gateway: Gateway, windows: Windows
) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    reply = await chat.ask(QUESTION)
    await reply.get_by_role("button", name="役に立った", exact=True).click()
    await reply.get_by_label("よろしければ、ひとこと").fill("よく分かりました")
    await reply.get_by_role("button", name="送る").click()
    await expect(reply.locator("form")).to_be_hidden()
    redis = gateway.services.redis
    kept: dict[str, Any] = await redis.hgetall(f"bot:{{{await chat.conversation_id()}}}:feedback")
    [feedback] = [json.loads(one) for one in kept.values()]
    assert (feedback["helpful"], feedback["comment"]) == (True, "よく分かりました")
    await chat.page.reload()
    await expect(chat.page.get_by_role("button", name="役に立った", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


async def test_what_was_said_can_be_kept_as_a_file(gateway: Gateway, windows: Windows) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    await chat.ask(QUESTION)
    await chat.button("メニュー").click()
    async with chat.page.expect_download() as waiting:
        await chat.button("会話を保存する").click()
    download = await waiting.value
    assert download.suggested_filename.endswith(".txt")
    text = (await download.path()).read_text(encoding="utf-8-sig")
    assert "2021年4月1日(木) 12:00 あなた" in text
    assert QUESTION in text
    assert FACT in text
    assert "令和3年度 市政執行の基本的な考え方 2" in text


async def test_a_receipt_number_is_looked_up_in_the_conversation(
    gateway: Gateway, windows: Windows
) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    answer = chat.page.locator(".chat__answer")
    await chat.button("メニュー").click()
    await chat.button("確かめる").click()
    await expect(answer).to_have_text("受付番号を書いてください。")
    await chat.page.get_by_label("受付番号で確かめる").fill("1234-5678")
    await chat.button("確かめる").click()
    await expect(answer).to_have_text("この画面では、まだ会話がありません。")
    await chat.ask("公園を増やして")
    words = {"ticket": {"words": "職員が対応しています。"}}
    await chat.page.route("**/tickets/1234-5678", lambda route: route.fulfill(json=words))
    await chat.button("メニュー").click()
    await chat.button("確かめる").click()
    await expect(answer).to_have_text("職員が対応しています。")
