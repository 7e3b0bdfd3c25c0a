"""Citizens and operators before real browser windows."""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright, expect

from bot.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

PATIENCE = 60_000  # milliseconds; the machine may be busy with other things
WIDE = (1280, 860)
NARROW = (360, 740)
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SCREENSHOTS = ROOT / "docs" / "screenshots"

expect.set_options(timeout=PATIENCE)


class Windows:
    """Browser contexts, and all that their consoles complained about."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.problems: list[str] = []

    async def open(
        self, size: tuple[int, int] = WIDE, *, scripts: bool = True, touch: bool = False
    ) -> BrowserContext:
        """Another person's browser, with cookies and storage of its own; touched, a phone's."""
        width, height = size
        context = await self._browser.new_context(
            viewport={"width": width, "height": height},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            java_script_enabled=scripts,
            has_touch=touch,
            is_mobile=touch,
        )
        context.set_default_timeout(PATIENCE)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.problems.append(str(error.error)))
        return context

    def forgive(self, pattern: str) -> None:
        """Chromium logs each refused request; takes those off that a test provoked."""
        found = [problem for problem in self.problems if re.search(pattern, problem)]
        assert found, f"nothing like {pattern!r} in {self.problems}"
        self.problems = [problem for problem in self.problems if problem not in found]

    def tolerate(self, pattern: str) -> None:
        """Takes off what the browser may log or not, as when a cut meets a request or none."""
        self.problems = [one for one in self.problems if not re.search(pattern, one)]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(f"{message.type}: {message.text} ({message.location.get('url')})")


@asynccontextmanager
async def chromium() -> AsyncIterator[Windows]:
    """Debian's Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=OPTIONS
        )
        yield Windows(browser)
        await browser.close()


class CitizenPage:
    """The chat on the city's page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.input = page.get_by_label("質問やご意見を入力してください")
        self.state = page.locator(".chat__state")
        self.messages = page.locator("li.message[data-id]")
        self.own = page.locator('li.message[data-id][data-role="citizen"]')

    @classmethod
    async def open(cls, context: BrowserContext, base: str) -> CitizenPage:
        page = await context.new_page()
        await page.goto(f"{base}/")
        return cls(page)

    async def ask(self, text: str) -> Locator:
        """Says something and waits for the bot's reply."""
        return self.reply_to(await self.say(text))

    async def say(self, text: str) -> str:
        """Says something; returns the ID under which it stands in the conversation."""
        before = await self.own.count()
        await self.input.fill(text)
        await self.page.get_by_role("button", name="送信", exact=True).click()
        return await self.message_id(before)

    async def choose(self, offer: Locator, label: str) -> Locator:
        """Clicks an offered choice and waits for the bot's reply."""
        before = await self.own.count()
        await offer.get_by_role("button", name=label, exact=True).click()
        message_id = await self.message_id(before)
        await expect(self.own.nth(before).locator(".message__text")).to_have_text(label)
        return self.reply_to(message_id)

    async def message_id(self, number: int) -> str:
        """The ID of the citizen's message of that number, as soon as the server has it."""
        return str(await self.own.nth(number).get_attribute("data-id"))

    def reply_to(self, message_id: str) -> Locator:
        """The first message of the bot after one of the citizen."""
        own = f'li.message[data-id="{message_id}"]'
        return self.page.locator(f'{own} ~ li.message[data-role="bot"]').first

    async def conversation_id(self) -> str:
        stored = await self.page.evaluate("localStorage.getItem('thankyou-chat.conversation')")
        return str(json.loads(stored)["conversation_id"])

    async def said(self) -> list[tuple[str, str]]:
        """The conversation on the page, as (role, text)."""
        roles = await self.messages.evaluate_all("items => items.map((i) => i.dataset.role)")
        texts = await self.messages.locator(".message__text").all_inner_texts()
        return list(zip(roles, texts, strict=True))


class DeskPage:
    """The operators' desk."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pane = page.locator('#conversation[data-fresh="true"]')
        self.messages = page.locator("#messages > li.message")

    @classmethod
    async def open(
        cls, context: BrowserContext, base: str, password: str, name: str = "admin"
    ) -> DeskPage:
        """Logs in and waits until the desk follows what happens."""
        page = await context.new_page()
        await page.goto(f"{base}/desk")
        desk = cls(page)
        await desk.log_in(name, password)
        await page.wait_for_url(f"{base}/desk")
        await expect(page.locator("#open-now")).not_to_be_empty()
        return desk

    async def log_in(self, name: str, password: str) -> None:
        await self.page.locator("#login-name").fill(name)
        await self.page.locator("#login-password").fill(password)
        await self.page.locator("#login-submit").click()

    def item(self, key: str) -> Locator:
        """A line of the list: `c=<conversation>` or `t=<receipt>`."""
        return self.page.locator(f'#list button.item[data-key="{key}"]')

    async def look_into(self, conversation_id: str) -> None:
        """Opens a conversation and waits until the page surely knows how it stands."""
        await self.item(f"c={conversation_id}").click()
        await expect(self.pane).to_be_visible()

    async def claim(self) -> None:
        await self.page.locator("#claim").click()
        await expect(self.page.locator("#composer-text")).to_be_editable()

    async def answer(self, text: str) -> None:
        await self.page.locator("#composer-text").fill(text)
        await self.page.locator("#send").click()
        await expect(self.saying("operator", text)).to_be_visible()

    async def close(self, disposition: str) -> None:
        """Ends the open conversation, saying how it ended."""
        await self.page.locator("#close").click()
        await self.page.get_by_label(disposition, exact=True).check()
        await self.page.locator("#close-confirm").click()

    async def note(self, text: str) -> None:
        """Leaves a private note."""
        await self.page.locator("#note").click()
        await self.page.locator("#note-text").fill(text)
        await self.page.locator("#note-confirm").click()

    async def hand_over(self, to: str, note: str = "") -> None:
        """Gives the open conversation to a colleague, or to the queue (`*queue`)."""
        await self.page.locator("#hand-over").click()
        await self.page.locator("#hand-over-to").select_option(to)
        await self.page.locator("#hand-over-note").fill(note)
        await self.page.locator("#hand-over-confirm").click()

    def saying(self, role: str, text: str) -> Locator:
        """The messages of a role with that text."""
        return self.page.locator(f'#messages > li.message[data-role="{role}"]').filter(
            has_text=text
        )

    async def said(self) -> list[tuple[str, str]]:
        """The open transcript, as (role, text)."""
        roles = await self.messages.evaluate_all("items => items.map((i) => i.dataset.role)")
        texts = await self.messages.locator(".message-text").all_inner_texts()
        return list(zip(roles, texts, strict=True))


async def fits(page: Page) -> bool:
    """Whether nothing makes the page scroll sideways."""
    return bool(
        await page.evaluate("document.documentElement.scrollWidth <= document.body.clientWidth")
    )


async def keep(page: Page, name: str) -> None:
    """Renews a picture under docs/, if that is wanted (KEEP_SCREENSHOTS=1)."""
    if os.environ.get("KEEP_SCREENSHOTS") == "1":
        picture = SCREENSHOTS / f"{name}.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=picture, animations="disabled")
