"""The chat on another site's page: hostile style, strict policy, an allow-list of origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.ports import free_port
from tests.system.browser import chromium, keep
from tests.system.window import DESKTOP, FACT, QUESTION, Chat, base_of, gateway_of, site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from tests.system.browser import Windows

pytestmark = pytest.mark.slow

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>くらしの案内</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="data:text/css,{style}">
<script type="module" src="{base}/static/web/chat.js"></script></head>
<body><main><h1>くらしの案内</h1><p id="own">このページの文</p>
<button id="mine">このページのボタン</button></main>
<citizen-chat{mode}><a href="tel:044-200-3939">電話 044-200-3939</a></citizen-chat>
</body></html>"""
HOSTILE = (
    "html{font-size:62.5%;letter-spacing:.5em;line-height:3;text-transform:uppercase}"
    "*{color:red !important;font:italic 30px serif !important;border:5px solid lime !important;"
    "margin:20px !important;text-align:right;visibility:visible;background:yellow !important}"
    "button,textarea,dialog,p,li,.chat,.message,.button{display:none !important}"
)
POLICY = (
    "default-src 'none'; script-src {base}; connect-src {base}; style-src data:; "
    "require-trusted-types-for 'script'; trusted-types citizen-chat"
)


PORTS = (free_port(), free_port())
SITES = ",".join(f"http://localhost:{port}" for port in PORTS)


@pytest.fixture
async def base(redis_url: str) -> AsyncIterator[str]:
    """A gateway that two sites may embed."""
    async with gateway_of(redis_url, EMBED_ORIGINS=SITES) as gateway:
        yield base_of(gateway)


@pytest.fixture
async def windows(base: str) -> AsyncIterator[Windows]:
    """Browsers, gone before the gateway goes; their consoles stay empty."""
    assert base
    async with chromium() as opened:
        yield opened
    assert opened.problems == []


def host_page(base: str, style: str = "", mode: str = "") -> str:
    return PAGE.format(base=base, style=style.replace("#", "%23"), mode=mode)


async def styles(page: Page) -> list[str]:
    """How the host's own elements look."""
    return [
        str(await page.locator(name).evaluate("e => JSON.stringify({...getComputedStyle(e)})"))
        for name in ("#own", "h1")
    ]


async def test_it_works_under_a_strict_policy_on_an_allowed_origin(
    base: str, windows: Windows
) -> None:
    policy = {"content-security-policy": POLICY.format(base=base)}
    with site(PORTS[0], host_page(base), policy) as origin:
        page = await (await windows.open(DESKTOP)).new_page()
        await page.goto(origin)
        before = await styles(page)
        chat = Chat(page)
        await chat.launcher.click()
        await expect(await chat.ask(QUESTION)).to_contain_text(FACT)
        await page.get_by_role("button", name="時期").click()
        await expect(chat.replies).to_have_count(2)
        assert await styles(page) == before
        await keep(page, "window/embedded-1280")
        # The pages of the policies are the gateway's, not this site's.
        link = page.get_by_role("link", name="くわしい説明")
        assert await link.get_attribute("href") == f"{base}/privacy"
        assert await page.context.cookies() == []
        await expect(page.locator(".root")).to_have_attribute("lang", "ja")

        await page.reload()
        await expect(chat.panel).to_be_visible()
        await expect(chat.messages).to_have_count(4)
        assert await chat.focused() == "BODY"


async def test_hostile_style_does_not_reach_it(base: str, windows: Windows) -> None:
    looks = []
    for port, style in zip(PORTS, ("", HOSTILE), strict=True):
        with site(port, host_page(base, style, ' mode="inline"'), {}) as origin:
            chat = await Chat.open(await windows.open(DESKTOP), origin)
            await chat.ask(QUESTION)
            looks.append(await look_of(chat.page))
    assert not await chat.page.locator("#mine").is_visible()
    await keep(chat.page, "window/hostile-1280")
    assert looks[0] == looks[1]


async def look_of(page: Page) -> list[dict[str, str]]:
    """What a hostile page would change, of elements of each kind in the chat."""
    script = """() => {
      const root = document.querySelector("citizen-chat").shadowRoot;
      const names = ["color", "font", "letterSpacing", "lineHeight", "textAlign", "display",
        "textTransform", "borderTopWidth", "marginTop", "backgroundColor", "visibility"];
      const kinds = [".chat", ".chat__title", ".message__text", ".button", "textarea", "summary"];
      return kinds.map(
        (selector) => {
          const style = getComputedStyle(root.querySelector(selector));
          return Object.fromEntries(names.map((name) => [name, style[name]]));
        });
    }"""
    found: list[dict[str, str]] = await page.evaluate(script)
    return found


async def test_an_origin_that_is_not_on_the_list_gets_nothing(base: str, windows: Windows) -> None:
    with site(free_port(), host_page(base), {}) as origin:
        page = await (await windows.open(DESKTOP)).new_page()
        await page.goto(origin)
        await page.wait_for_load_state("networkidle")
        await expect(page.get_by_role("link", name="電話 044-200-3939")).to_be_visible()
        assert not await page.evaluate("Boolean(customElements.get('citizen-chat'))")
        refused = f"""fetch("{base}/api/conversations", {{method: "POST",
          headers: {{"Content-Type": "application/json"}}, body: "{{}}"}}).then(() => 1, () => 0)"""
        assert await page.evaluate(refused) == 0
    windows.forgive("CORS policy|ERR_FAILED")


async def test_the_page_gives_colours_measures_and_its_own_scheme(
    base: str, windows: Windows
) -> None:
    style = (
        ":root{color-scheme:light}citizen-chat{--chat-brand:rgb(120, 0, 60);--chat-height:30em;"
        "--chat-font-size:20px}"
    )
    with site(PORTS[0], host_page(base, style, ' mode="inline"'), {}) as origin:
        chat = await Chat.open(await windows.open(DESKTOP), origin)
        await chat.page.emulate_media(color_scheme="dark")
        look = await chat.page.locator(".chat").evaluate(
            "e => [getComputedStyle(e).fontSize, e.getBoundingClientRect().height,"
            " getComputedStyle(e.querySelector('.chat__top')).backgroundColor,"
            " getComputedStyle(e).backgroundColor]"
        )
    # A page that knows no dark colours gets no dark chat.
    assert look == ["20px", 600, "rgb(120, 0, 60)", "rgb(243, 245, 248)"]
