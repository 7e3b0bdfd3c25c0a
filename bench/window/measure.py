"""The measurements, each in a Chromium of its own."""

from __future__ import annotations

import gzip
import statistics
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from bot.settings import ROOT
from tests.system.browser import chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import CDPSession, Page

    from tests.gateway import Gateway

STATIC = ROOT / "bot" / "channels" / "web" / "static"
PHONE = (360, 740)
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 7.5e5 / 8,
}
"""Lighthouse's "slow 4G": 150 ms there and back, 1.6 Mbit/s down, 0.75 up."""
CPU_SLOWDOWN = 4
MANY = 500
WATCH = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    const own = list.getEntries().filter((entry) => !entry.hadRecentInput);
    window.shifts.push(...own.map((entry) => entry.value));
  }).observe({type: "layout-shift", buffered: true});
  new PerformanceObserver((list) => {
    window.largest = list.getEntries().at(-1).startTime;
  }).observe({type: "largest-contentful-paint", buffered: true});
}"""


def sizes() -> dict[str, int]:
    """Bytes of what the component loads, as they are and as gzip would send them."""
    scripts = [path.read_bytes() for path in sorted(STATIC.glob("*.js"))]
    sheet = (STATIC / "chat.css").read_bytes()
    return {
        "script_files": len(scripts),
        "script_bytes": sum(map(len, scripts)),
        "script_bytes_gzip": sum(len(gzip.compress(one)) for one in scripts),
        "style_bytes": len(sheet),
        "style_bytes_gzip": len(gzip.compress(sheet)),
    }


async def arrival(gateway: Gateway, path: str, runs: int) -> dict[str, Any]:
    """On a slow phone: until one can write, until the first reply is there; layout shift."""
    found = [await _arrive(gateway, path) for _ in range(runs)]
    keys = found[0].keys()
    return {key: round(statistics.median(one[key] for one in found), 3) for key in keys}


async def memory(gateway: Gateway) -> dict[str, Any]:
    """The page's heap and nodes with no message, and with five hundred."""
    async with _page(gateway, "/") as (page, session):
        await expect(page.get_by_label("質問やご意見")).to_be_visible()
        before = await _heap(session)
        await page.get_by_label("質問やご意見").fill("はじめ")
        await page.get_by_role("button", name="送信", exact=True).click()
        messages = page.locator("li.message[data-id]")
        await expect(messages).to_have_count(2)
        await _fill(gateway, page)
        await expect(messages).to_have_count(MANY, timeout=120_000)
        after = await _heap(session)
        shift = await page.evaluate("window.shifts.reduce((sum, one) => sum + one, 0)")
    return {"messages": MANY, "before": before, "after": after, "layout_shift": round(shift, 4)}


async def _arrive(gateway: Gateway, path: str) -> dict[str, float]:
    async with _page(gateway, path, slow=True) as (page, _):
        if path != "/":
            await page.get_by_role("button", name="チャットで質問").click()
        field = page.get_by_label("質問やご意見")
        await field.wait_for()
        writable = await page.evaluate("performance.now()")
        largest = await page.evaluate("window.largest ?? 0")
        await field.fill("カーボンゼロ")
        began = await page.evaluate("performance.now()")
        await page.get_by_role("button", name="送信", exact=True).click()
        await page.locator('li.message[data-role="bot"]').wait_for()
        replied = await page.evaluate("performance.now()")
        transfer = """performance.getEntriesByType("resource")
          .reduce((sum, one) => sum + one.transferSize, 0)"""
        return {
            "writable_ms": writable,
            "largest_paint_ms": largest,
            "question_to_reply_ms": replied - began,
            "first_reply_ms": writable + replied - began,
            "transferred_bytes": await page.evaluate(transfer),
            "requests": await page.evaluate("performance.getEntriesByType('resource').length"),
            "layout_shift": await page.evaluate("window.shifts.reduce((a, b) => a + b, 0)"),
        }


async def _fill(gateway: Gateway, page: Page) -> None:
    """Speaks for the citizen until there are so many messages; every second one is a reply."""
    key = await page.evaluate("JSON.parse(localStorage.getItem('thankyou-chat.conversation'))")
    headers = {"authorization": f"Bearer {key['token']}"}
    where = f"/api/conversations/{key['conversation_id']}/messages"
    for number in range(MANY // 2 - 1):
        body = {
            "client_message_id": str(number),
            "text": f"カーボンゼロの取組を教えてください（{number}）",
        }
        answer = await gateway.http.post(where, json=body, headers=headers)
        answer.raise_for_status()


async def _heap(session: CDPSession) -> dict[str, int]:
    await session.send("HeapProfiler.collectGarbage")
    found = await session.send("Performance.getMetrics")
    metrics = {one["name"]: one["value"] for one in found["metrics"]}
    return {"heap_bytes": int(metrics["JSHeapUsedSize"]), "nodes": int(metrics["Nodes"])}


@asynccontextmanager
async def _page(
    gateway: Gateway, path: str, *, slow: bool = False
) -> AsyncIterator[tuple[Page, CDPSession]]:
    base = str(gateway.http.base_url).rstrip("/")
    async with chromium() as windows:
        context = await windows.open(PHONE, touch=True)
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        await session.send("Performance.enable")
        await page.add_init_script(f"({WATCH})()")
        if slow:
            await session.send("Network.enable")
            await session.send("Network.emulateNetworkConditions", SLOW)
            await session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
        await page.goto(f"{base}{path}")
        yield page, session
