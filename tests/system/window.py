"""The citizen's window before a real browser, over a gateway with the fake engine."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from bot.conversation.model import Draft, Offer, Outcome, Role
from bot.conversation.ports import EngineReply
from tests.desk.test_api import HANDOFF, NOON, OPINION
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from playwright.async_api import BrowserContext, Locator, Page

    from tests.desk.test_api import Operator

PHONE, TABLET, DESKTOP = (360, 740), (768, 1024), (1280, 860)
QUESTION = "カーボンゼロの取組を教えて"
FACT = "2050年までに、二酸化炭素の排出を実質ゼロにすることをめざします。"
SOURCE = {
    "title": "令和3年度 市政執行の基本的な考え方",
    "section": "2「ともにつくる 最幸のまち かわさき」をめざして",
    "paragraph": 2,
}
ANSWER = Draft(
    Role.BOT,
    f"【かわさきカーボンゼロチャレンジ2050：目標】\n{FACT}\n（令和3年度の市政方針の時点の内容です）",
    outcome=Outcome.ANSWER,
    initiative="carbon_zero",
    facet="target",
    sources=(SOURCE,),
    offers=tuple(Offer(label, {"intent": "ask"}) for label in ("時期", "目的", "連携先")),
)
LINKS = "https://www.city.kawasaki.jp/a と https://evil.example/ と 044-200-3939"
LINKED = Draft(Role.BOT, LINKS, outcome=Outcome.SMALLTALK)


@asynccontextmanager
async def gateway_of(redis_url: str, **environ: str) -> AsyncIterator[Gateway]:
    """A gateway whose bot knows a few questions."""
    async with running(redis_url, **{"BOT_NOW": NOON, **environ}) as built:
        built.engine.prepared[QUESTION] = [EngineReply(ANSWER)]
        built.engine.prepared["リンク"] = [EngineReply(LINKED)]
        built.engine.prepared["人と話したい"] = [HANDOFF]
        built.engine.prepared["公園を増やして"] = [OPINION]
        yield built


def base_of(gateway: Gateway) -> str:
    return str(gateway.http.base_url).rstrip("/")


class Chat:
    """The chat on some page; locators see into its shadow root."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("citizen-chat .root")
        self.input = page.get_by_label("質問やご意見を入力してください")
        self.state = page.locator(".chat__state")
        self.messages = page.locator("li.message[data-id]")
        self.own = page.locator("li.message--citizen[data-id] .message__text")
        self.replies = page.locator('li.message[data-id][data-role="bot"]')
        self.pending = page.locator(".message--pending")
        self.connection = page.locator(".chat__connection")
        self.announcer = page.locator('[data-part="announcer"]')
        self.launcher = page.get_by_role("button", name="チャットで質問")
        self.panel = page.locator(".panel")

    @classmethod
    async def open(cls, context: BrowserContext, url: str) -> Chat:
        """A page with the chat inline, as soon as it is there."""
        page = await context.new_page()
        await page.goto(url)
        chat = cls(page)
        await expect(chat.input).to_be_visible()
        return chat

    async def say(self, text: str) -> None:
        """Writes and sends; whether it arrives is another matter."""
        await self.input.fill(text)
        await self.button("送信").click()

    async def ask(self, text: str) -> Locator:
        """Says something and waits for the bot's reply."""
        count = await self.replies.count()
        await self.say(text)
        await expect(self.replies).to_have_count(count + 1)
        return self.replies.last

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def conversation_id(self) -> str:
        stored = "JSON.parse(localStorage.getItem('thankyou-chat.conversation')).conversation_id"
        return str(await self.page.evaluate(stored))

    async def focused(self) -> str:
        """What has the focus, within the chat, as its part or class."""
        return str(
            await self.page.evaluate(
                """() => {
                  let on = document.activeElement;
                  while (on?.shadowRoot?.activeElement) on = on.shadowRoot.activeElement;
                  return on?.dataset?.part ?? on?.dataset?.act ?? on?.tagName ?? "";
                }"""
            )
        )


async def claimed(operator: Operator, conversation_id: str) -> None:
    answer = await operator.post(f"conversations/{conversation_id}/claim")
    assert answer.status_code == 200


async def answered(operator: Operator, conversation_id: str, text: str) -> None:
    path = f"conversations/{conversation_id}/messages"
    answer = await operator.post(path, client_message_id=text, text=text)
    assert answer.status_code == 202


@contextmanager
def site(port: int, page: str, headers: dict[str, str]) -> Iterator[str]:
    """Another site: one page for every path, with headers of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in {"content-type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{port}"
    server.shutdown()
    thread.join()
    server.server_close()
