"""The citizen's window while the network, the server or another tab does as it likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.desk.test_api import operator
from tests.system.window import DESKTOP, QUESTION, Chat, answered, base_of, claimed

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

    from tests.gateway import Gateway
    from tests.system.browser import Windows

pytestmark = pytest.mark.slow

REFUSED = "ERR_INTERNET_DISCONNECTED|INCOMPLETE_CHUNKED|CONNECTION_REFUSED|ERR_FAILED|status of 50"


async def test_what_is_said_offline_is_kept_shown_and_sent_once(
    gateway: Gateway, windows: Windows
) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    await chat.ask("はじめ")
    context = chat.page.context
    await context.set_offline(offline=True)
    await chat.say("一つめ")
    await chat.say("二つめ")
    await expect(chat.pending).to_have_count(2)
    await expect(chat.pending.first).to_contain_text("未送信です。つながりしだい、自動で送ります。")
    await expect(chat.connection).to_contain_text("電話 044-200-3939")
    await expect(chat.announcer).to_contain_text("未送信です")
    await context.set_offline(offline=False)
    await expect(chat.own).to_have_text(["はじめ", "一つめ", "二つめ"])
    await expect(chat.replies).to_have_count(3)
    await expect(chat.pending).to_have_count(0)
    await expect(chat.connection).to_be_empty()
    assert [text for _, text in gateway.engine.asked] == ["はじめ", "一つめ", "二つめ"]
    windows.tolerate(REFUSED)


async def test_an_answer_that_was_lost_on_its_way_makes_no_second_message(
    gateway: Gateway, windows: Windows
) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    await chat.ask("はじめ")
    swallowed: list[str] = []

    async def swallow(route: Route) -> None:
        if route.request.method == "POST" and not swallowed:
            await route.fetch()
            swallowed.append(str(route.request.post_data))
            await route.abort()
        else:
            await route.continue_()

    await chat.page.route("**/messages", swallow)
    await chat.say("届いたのに返事がない")
    await expect(chat.replies).to_have_count(2)
    await expect(chat.pending).to_have_count(0)
    await chat.ask("次")
    await expect(chat.own).to_have_text(["はじめ", "届いたのに返事がない", "次"])
    assert swallowed
    windows.tolerate(REFUSED)


async def test_a_stream_that_breaks_off_goes_on_without_gap_or_repeat(
    gateway: Gateway, windows: Windows
) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    cursors: list[str | None] = []

    async def note(route: Route) -> None:
        cursors.append(route.request.headers.get("last-event-id"))
        await route.continue_()

    await chat.page.route("**/events", note)
    sato = await operator(gateway)
    await chat.button("職員と話す").click()
    await expect(chat.state).to_contain_text("1番目")
    conversation = await chat.conversation_id()
    await claimed(sato, conversation)
    expected = []
    for number in range(4):
        await chat.page.context.set_offline(offline=True)
        await answered(sato, conversation, f"返事{number}")
        await chat.page.context.set_offline(offline=False)
        expected.append(f"返事{number}")
        operators = chat.page.locator(".message--operator .message__text")
        await expect(operators).to_have_text(expected)
    ids = await chat.messages.evaluate_all("items => items.map((item) => item.dataset.id)")
    assert len(ids) == len(set(ids))
    assert len(cursors) >= 4
    assert [cursor for cursor in cursors[1:] if cursor not in ids] == []
    windows.tolerate(REFUSED)


async def test_two_tabs_show_the_same(gateway: Gateway, windows: Windows) -> None:
    context = await windows.open(DESKTOP)
    one = await Chat.open(context, base_of(gateway))
    other = await Chat.open(context, base_of(gateway))
    await one.ask("ここから")
    await expect(other.replies).to_have_count(1)
    await other.ask("あちらから")
    await expect(one.own).to_have_text(["ここから", "あちらから"])
    await context.set_offline(offline=True)
    await one.say("つながらない")
    await expect(other.pending).to_have_count(1)
    await context.set_offline(offline=False)
    for chat in (one, other):
        await expect(chat.replies).to_have_count(3)
        await expect(chat.pending).to_have_count(0)
    assert [text for _, text in gateway.engine.asked].count("つながらない") == 1
    await one.button("ふりがな").click()
    await expect(other.button("ふりがな")).to_have_attribute("aria-pressed", "true")
    await expect(other.messages).to_have_count(6)
    await one.button("メニュー").click()
    await one.button("最初からやり直す").click()
    await one.button("新しく始める").click()
    for chat in (one, other):
        await expect(chat.messages).to_have_count(0)
    windows.tolerate(REFUSED)


async def test_both_tabs_that_begin_at_once_end_in_one_conversation(
    gateway: Gateway, windows: Windows
) -> None:
    context = await windows.open(DESKTOP)
    one = await Chat.open(context, base_of(gateway))
    other = await Chat.open(context, base_of(gateway))
    await context.set_offline(offline=True)
    await one.say("ひとつ")
    await expect(other.pending).to_have_count(1)
    await context.set_offline(offline=False)
    for chat in (one, other):
        await expect(chat.replies).to_have_count(1)
    assert len(gateway.engine.asked) == 1
    windows.tolerate(REFUSED)


async def test_leaving_and_coming_back_loses_nothing(gateway: Gateway, windows: Windows) -> None:
    context = await windows.open(DESKTOP)
    chat = await Chat.open(context, base_of(gateway))
    await chat.ask(QUESTION)
    await chat.input.fill("書きかけ")
    await chat.page.reload()
    await expect(chat.input).to_have_value("書きかけ")
    await chat.page.close()
    again = await Chat.open(context, f"{base_of(gateway)}/")
    await expect(again.own).to_have_text([QUESTION])
    await expect(again.replies).to_have_count(1)


async def test_a_service_that_is_down_is_named_with_the_way_out(
    gateway: Gateway, windows: Windows
) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    await chat.ask("はじめ")
    error = {"error": {"code": "service_unavailable", "message": "ただいま使えません。"}}

    async def down(route: Route) -> None:
        await route.fulfill(status=503, json=error, headers={"retry-after": "1"})

    await chat.page.route("**/api/**", down)
    await drop_stream(chat.page)
    await expect(chat.connection).to_contain_text("ただいまチャットのサービスに問題が起きています")
    await expect(chat.connection).to_contain_text("電話 044-200-3939")
    await chat.say("直ってから")
    await expect(chat.pending).to_contain_text("未送信です")
    await chat.page.unroute("**/api/**")
    await expect(chat.replies).to_have_count(2)
    await expect(chat.connection).to_be_empty()
    await expect(chat.announcer).to_contain_text("接続が戻りました。")
    windows.tolerate(REFUSED)


async def drop_stream(page: Page) -> None:
    """Breaks the connections that are open, and lets new ones be made."""
    await page.context.set_offline(offline=True)
    await page.context.set_offline(offline=False)


async def test_where_streams_are_held_up_messages_still_arrive(
    gateway: Gateway, windows: Windows
) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    held: list[Route] = []

    async def hold(route: Route) -> None:
        held.append(route)

    await chat.page.route("**/events", hold)
    await chat.say("流れない")
    await expect(chat.replies).to_have_count(1)
    await expect(chat.connection).to_contain_text("接続が不安定です")
    for route in held:
        await route.abort()
    await chat.page.unroute("**/events")
    await expect(chat.connection).to_be_empty()
    windows.forgive("ERR_FAILED|ERR_ABORTED")


async def test_a_server_that_is_not_there_leaves_the_pages_own_words(
    gateway: Gateway, windows: Windows
) -> None:
    page = await (await windows.open(DESKTOP)).new_page()
    await page.route("**/chat/window", lambda route: route.abort())
    await page.goto(base_of(gateway))
    await expect(page.get_by_text("チャットが表示されないときは")).to_be_visible()
    await page.unroute("**/chat/window")
    await expect(Chat(page).input).to_be_visible()
    windows.forgive("ERR_FAILED")


async def test_where_nothing_may_be_stored_it_works_until_the_page_closes(
    gateway: Gateway, windows: Windows
) -> None:
    context = await windows.open(DESKTOP)
    await context.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new DOMException('no'); }});"
    )
    chat = await Chat.open(context, base_of(gateway))
    await chat.ask("はじめ")
    await chat.ask("次")
    await expect(chat.own).to_have_text(["はじめ", "次"])


async def test_an_operator_hears_of_writing_only_while_there_is_one(
    gateway: Gateway, windows: Windows
) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    told: list[str] = []

    async def note(route: Route) -> None:
        told.append(str(await chat.state.text_content()))
        await route.fulfill(status=204)

    await chat.page.route("**/typing", note)
    await chat.input.press_sequentially("ひとり")
    await chat.input.fill("")
    await chat.button("職員と話す").click()
    await expect(chat.state).to_contain_text("1番目")
    async with chat.page.expect_request("**/typing"):
        await chat.input.press_sequentially("だれか")
    await expect(chat.input).to_have_value("だれか")
    assert told == ["職員を待っています（1番目）"]


PIECES = [
    ("event: a\ndata: 1\n\n", [("a", "1")]),
    (": beat\n\ndata: x\ndata: y\n\n", [("message", "x\ny")]),
    ("id: 7\r\nevent: b\r\ndata:z\r\n\r\n", [("b", "z")]),
    ("event: c\rdata: 1\r\revent: d\n\ndata\n\n", [("c", "1"), ("message", "")]),
    ("data: あ\n\ndata: cut", [("message", "あ")]),
]


@pytest.mark.parametrize(("text", "events"), PIECES)
async def test_events_are_read_however_the_stream_is_cut(
    gateway: Gateway, windows: Windows, text: str, events: list[tuple[str, str]]
) -> None:
    chat = await Chat.open(await windows.open(DESKTOP), base_of(gateway))
    found = await chat.page.evaluate(
        """async (text) => {
          const { makeParser } = await import("/static/web/sse.js");
          return Array.from({ length: text.length }, (_, size) => {
            const parse = makeParser();
            const pieces = text.match(new RegExp(`[^]{1,${size + 1}}`, "g"));
            return pieces.flatMap((piece) => [...parse(piece)].map((e) => [e.kind, e.data]));
          });
        }""",
        text,
    )
    for one in found:
        assert [tuple(event) for event in one] == events
