"""Supervisors' pages before real browser windows, and every page of the desk before axe."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.async_api import expect

from bot.conversation.ports import EngineReply
from bot.desk.accounts import OperatorRole, new_account
from tests.desk.test_api import HANDOFF, NOON, OPINION, PASSWORD
from tests.desk.test_reports import FACT, UNKNOWN, settled, told
from tests.gateway import Citizen, Gateway, running
from tests.system.axe import complaints
from tests.system.browser import NARROW, WIDE, DeskPage, chromium, fits, keep

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import BrowserContext, Download, Page

    from tests.system.browser import Windows

    Scheme = Literal["light", "dark"]

pytestmark = pytest.mark.slow

QUESTION = "市民プールの料金は？"
NEW = "staple battery horse"


@pytest.fixture
async def windows() -> AsyncIterator[Windows]:
    """Browsers; none of their pages may have logged an error, nor broken the security policy."""
    async with chromium() as opened:
        yield opened
    assert opened.problems == []


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        prepared = {"人と話したい": HANDOFF, "公園を増やして": OPINION}
        prepared |= {"目標は": EngineReply(FACT), QUESTION: EngineReply(UNKNOWN)}
        for text, reply in prepared.items():
            built.engine.prepared[text] = [reply]
        lead = new_account("lead", OperatorRole.SUPERVISOR, PASSWORD)
        await built.services.operators.add(lead)
        yield built


def base(gateway: Gateway) -> str:
    return str(gateway.http.base_url).rstrip("/")


async def weeks_past(gateway: Gateway) -> None:
    """Figures of days before, as the worker keeps them."""
    for day in range(26, 32):
        busy = {f"conversations:web:{hour:02}": 30 - 3 * abs(hour - 13) for hour in range(6, 21)}
        busy |= {f"conversations:line:{hour:02}": 4 + (hour * day) % 9 for hour in range(24)}
        whole = sum(busy.values())
        busy |= {"dealt:alone": whole * 6 // 10, "dealt:handed": whole // 5, "dealt:other": 9}
        busy |= {"dealt:unanswered": whole // 10, "messages:web:12": whole * 2, "closed": 40}
        busy |= {f"handoff:{hour:02}": 5 for hour in range(8, 21)}
        busy |= {f"{name}:{20 + 7 * n}": 9 - n for name in ("wait", "first") for n in range(9)}
        busy |= {"handling:400": 30, "handling:900": 10, "reason:asked": 40, "reason:offered": 25}
        busy |= {"disposition:solved": 25, "disposition:referred": 15, "after:out_of_scope": 50}
        busy |= {
            f"initiative:{one}": 40 - n for n, one in enumerate(gateway.services.knowledge.ids)
        }
        busy |= {"facet:overview": 90, "facet:schedule": 70, "facet:budget": 40}
        busy |= {"outcome:answer": 300, "outcome:not_stated": 40, "outcome:clarify": 60}
        await gateway.services.redis.hset(f"bot:{{desk}}:day:2021-03-{day}:numbers", mapping=busy)


async def scene(gateway: Gateway) -> Citizen:
    """Somebody who waits, with something of everything behind them."""
    await weeks_past(gateway)
    citizen = await gateway.citizen()
    await told(gateway, citizen)
    for text in (QUESTION, "公園を増やして", "人と話したい"):
        await citizen.ask(text)
    await settled(gateway, citizen)
    return citizen


async def check(page: Page, name: str, found: list[str]) -> None:
    """Notes what axe finds, and whether the page scrolls sideways."""
    found += [f"{name}: {one}" for one in await complaints(page)]
    if not await fits(page):
        found.append(f"{name}: scrolls sideways")


async def look_at_the_desk(
    context: BrowserContext, gateway: Gateway, citizen: Citizen, scheme: Scheme
) -> Page:
    """The login and the desk, whose pages have several states; returns the page."""
    found: list[str] = []
    page = await context.new_page()
    await page.emulate_media(color_scheme=scheme)
    await page.goto(f"{base(gateway)}/desk/login")
    await check(page, "login", found)
    desk = await DeskPage.open(context, base(gateway), PASSWORD, "lead")
    await page.close()
    await desk.page.emulate_media(color_scheme=scheme)
    await expect(desk.item(f"c={citizen.id}")).to_be_visible()
    await check(desk.page, "waiting list", found)
    await desk.look_into(citizen.id)
    await check(desk.page, "conversation", found)
    await desk.page.evaluate("document.getElementById('help-dialog').showModal()")
    await check(desk.page, "help", found)
    await desk.page.keyboard.press("Escape")
    [ticket, *_] = await gateway.services.store.tickets(citizen.id)
    await desk.page.goto(f"{base(gateway)}/desk#t={ticket.receipt}")
    await expect(desk.page.locator("#ticket-title")).to_be_visible()
    await check(desk.page, "ticket", found)
    assert found == []
    return desk.page


PAGES = {
    "statistics": "/desk/statistics?from=2021-03-26&to=2021-04-01",
    "feedback": "/desk/feedback",
    "audit": "/desk/audit",
    "operators": "/desk/operators",
    "export": "/desk/export?conversation={conversation_id}",
    "password": "/desk/password",
    "settings": "/desk/settings",
}
PICTURES = {"statistics", "audit", "operators", "export"}
"""Pages that the manual shows."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "360"])
async def test_axe_finds_nothing_on_any_page_of_the_desk(
    gateway: Gateway, windows: Windows, scheme: Scheme, size: tuple[int, int]
) -> None:
    citizen = await scene(gateway)
    context = await windows.open(size)
    page = await look_at_the_desk(context, gateway, citizen, scheme)
    found: list[str] = []
    for name, path in PAGES.items():
        await page.goto(base(gateway) + path.format(conversation_id=citizen.id))
        if name in PICTURES and (size, scheme) == (WIDE, "light"):
            await keep(page, f"desk-{name}-1280")
        for details in await page.locator("details").all():
            await details.evaluate("one => { one.open = true; }")
        await check(page, name, found)
    assert found == []


async def test_an_operator_from_the_first_login_to_being_stopped(
    gateway: Gateway, windows: Windows
) -> None:
    lead = (await DeskPage.open(await windows.open(), base(gateway), PASSWORD, "lead")).page
    await lead.get_by_role("link", name="職員", exact=True).click()
    await lead.get_by_label("名前").fill("suzuki")
    await lead.get_by_role("button", name="追加する").click()
    await expect(lead.locator("#password-value")).not_to_be_empty()
    password = await lead.locator("#password-value").inner_text()
    await lead.get_by_role("button", name="伝えました").click()
    row = lead.locator('tr[data-name="suzuki"]')
    await expect(row).to_contain_text("仮パスワード")
    assert password not in await lead.content()

    page = await (await windows.open()).new_page()
    await page.goto(f"{base(gateway)}/desk")
    suzuki = DeskPage(page)
    await suzuki.log_in("suzuki", password)
    await page.wait_for_url("**/desk/password")
    await keep(page, "desk-first-password-1280")
    await page.get_by_label("今のパスワード").fill(password)
    await page.get_by_label("新しいパスワード", exact=True).fill(NEW)
    await page.get_by_label("新しいパスワード（もう一度）").fill(NEW)
    await page.get_by_role("button", name="変更する").click()
    await page.wait_for_url("**/desk")
    await expect(page.locator("#open-now")).not_to_be_empty()

    left = []
    page.on(
        "request", lambda request: left.append(request.url) if "expired" in request.url else None
    )
    await row.get_by_role("button", name="停止する").click()
    await lead.get_by_role("button", name="はい").click()
    await expect(row).to_contain_text("停止中")
    await page.wait_for_url("**/desk/login?expired=1**")
    assert len(left) == 1, "left once, however many requests were refused"
    windows.forgive("401")
    await suzuki.log_in("suzuki", NEW)
    await expect(page.locator("#login-error")).not_to_be_empty()
    windows.forgive("401")


async def content(saved: Download) -> str:
    """What was saved, without the mark at its beginning."""
    path = await saved.path()
    return await asyncio.to_thread(path.read_text, "utf-8-sig")


async def test_a_record_is_saved_with_and_without_what_is_personal(
    gateway: Gateway, windows: Windows
) -> None:
    citizen = await scene(gateway)
    desk = await DeskPage.open(await windows.open(), base(gateway), PASSWORD, "lead")
    await desk.look_into(citizen.id)
    await desk.page.get_by_role("link", name="書き出し").click()
    await expect(desk.page.locator("#conversation")).to_have_value(citizen.id)

    async def saved(button: str, role: str) -> str:
        async with desk.page.expect_download() as started:
            await desk.page.get_by_role("link" if role == "link" else "button", name=button).click()
        return await content(await started.value)

    masked = await saved("テキストで保存", "link")
    assert "伏せてあります" in masked
    assert "山田花子" not in masked
    await desk.page.get_by_label("理由").fill("照会への回答")
    assert "山田花子" in await saved("個人情報を含めて保存", "button")
    await desk.page.get_by_role("link", name="操作の記録").click()
    await expect(desk.page.locator("tbody")).to_contain_text("照会への回答")


async def test_figures_are_read_and_saved(gateway: Gateway, windows: Windows) -> None:
    await scene(gateway)
    page = (await DeskPage.open(await windows.open(), base(gateway), PASSWORD, "lead")).page
    await page.get_by_role("link", name="統計").click()
    question = page.get_by_role("link", name=f"「{QUESTION}」")
    await expect(question).to_be_visible()
    async with page.expect_download() as started:
        await page.get_by_role("link", name="すべての表をCSVで保存").click()
    assert QUESTION in await content(await started.value)
    await question.click()
    await expect(page.locator("#conversation")).to_be_visible()
