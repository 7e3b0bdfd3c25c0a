"""An official account in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.line import png
from bot.channels.line.account import Quota, Webhook, WebhookTest
from bot.errors import LineRefused

if TYPE_CHECKING:
    from linebot.v3.messaging import RichMenuRequest

    from bot.errors import LineError

REACHED = WebhookTest(success=True, status=200, reason="OK", detail="200")


class FakeAccount:
    """Does as it is told; `failing` names the methods that raise and what."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self.linked: str | None = None
        self.endpoint: Webhook | None = None
        self.met = REACHED
        self.sent = Quota(limit=5000, used=12)
        self.failing: dict[str, LineError] = {}
        self.done: list[str] = []
        self._made = 0

    async def name(self) -> str:
        self._do("name")
        return "川崎市テスト"

    async def menus(self) -> dict[str, str]:
        self._do("menus")
        return dict(self.known)

    async def default_menu(self) -> str | None:
        self._do("default_menu")
        return self.linked

    async def add_menu(self, menu: RichMenuRequest, picture: bytes) -> str:
        self._made += 1
        menu_id = f"richmenu-{self._made}"
        self.known[menu_id] = menu.name
        self._do("add_menu")  # an upload that fails leaves the menu behind without its picture
        if png.size(picture) != (menu.size.width, menu.size.height):
            raise LineRefused(400, "the image has another size than the rich menu")
        return menu_id

    async def link_menu(self, menu_id: str) -> None:
        self._do("link_menu")
        assert menu_id in self.known
        self.linked = menu_id

    async def remove_menu(self, menu_id: str) -> None:
        self._do("remove_menu")
        self.known.pop(menu_id, None)
        self.linked = None if self.linked == menu_id else self.linked

    async def webhook(self) -> Webhook | None:
        self._do("webhook")
        return self.endpoint

    async def set_webhook(self, url: str) -> None:
        self._do("set_webhook")
        self.endpoint = Webhook(url, active=True)

    async def test_webhook(self, url: str) -> WebhookTest:
        assert url
        self._do("test_webhook")
        return self.met

    async def quota(self) -> Quota:
        self._do("quota")
        return self.sent

    def _do(self, what: str) -> None:
        self.done.append(what)
        if what in self.failing:
            raise self.failing[what]
