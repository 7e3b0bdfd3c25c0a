"""The city's page and the chat in a browser whose scripts are off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.system.browser import fits, keep
from tests.system.window import FACT, PHONE, QUESTION, base_of

if TYPE_CHECKING:
    from tests.gateway import Gateway
    from tests.system.browser import Windows

pytestmark = pytest.mark.slow


async def test_from_the_first_question_to_a_person_without_scripts(
    gateway: Gateway, windows: Windows
) -> None:
    page = await (await windows.open(PHONE, scripts=False)).new_page()
    await page.goto(base_of(gateway))
    form = page.locator("noscript form")  # Playwright's roles know nothing within noscript
    await expect(form.locator("p")).to_contain_text("90日間保存します")
    assert await fits(page)
    await form.locator("button").scroll_into_view_if_needed()
    await keep(page, "window/scripts-off-start-360")
    await form.locator("textarea").fill(QUESTION)
    await form.locator("button").click()
    await expect(page.get_by_text(FACT)).to_be_visible()
    await expect(page.get_by_text("出典：令和3年度 市政執行の基本的な考え方")).to_be_visible()
    assert await fits(page)
    await keep(page, "window/scripts-off-answer-360")
    await page.get_by_role("button", name="時期").click()
    await expect(page.get_by_text("「時期」ですね。")).to_be_visible()
    await page.get_by_role("button", name="送信").click()
    await expect(page.get_by_role("alert")).to_contain_text("文が空です")
    windows.forgive("422")
    await page.get_by_role("button", name="職員と話す").click()
    await expect(page.get_by_text("職員を待っています（1番目）。")).to_be_visible()
    await page.get_by_role("link", name="新しい発言を確かめる").click()
    await expect(page.get_by_text("職員を待っています（1番目）。")).to_be_visible()
    await page.get_by_role("button", name="最初からやり直す").click()
    await expect(page.get_by_text(FACT)).to_have_count(0)


async def test_the_corner_of_other_pages_is_a_link(gateway: Gateway, windows: Windows) -> None:
    page = await (await windows.open(PHONE, scripts=False)).new_page()
    await page.goto(f"{base_of(gateway)}/policy")
    await page.get_by_role("link", name="チャットで質問").click()
    await expect(page.locator("noscript textarea")).to_be_visible()
