"""The official account as its owner sees it: menus, webhook address, quota.

Only `line setup` and `line check` use it; messages go their own way (`client.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from linebot.v3.messaging import RichMenuRequest


@dataclass(frozen=True)
class Webhook:
    """Where LINE sends events, and whether that is switched on."""

    url: str
    active: bool


@dataclass(frozen=True)
class WebhookTest:
    """What LINE met when it sent a test to the webhook address."""

    success: bool
    status: int
    reason: str
    detail: str


@dataclass(frozen=True)
class Quota:
    """Pushes of this month; `limit` is None for an account without one."""

    limit: int | None
    used: int


class Account(Protocol):
    """What `line setup` and `line check` ask of LINE.

    Each method raises LineUnreachable or LineRefused.
    """

    async def name(self) -> str:
        """The account's name as citizens see it."""

    async def menus(self) -> dict[str, str]:
        """The names of all rich menus, by their IDs."""

    async def default_menu(self) -> str | None:
        """The ID of the menu that everybody gets, if there is one."""

    async def add_menu(self, menu: RichMenuRequest, picture: bytes) -> str:
        """Adds a menu with its picture (PNG), and returns its ID."""

    async def link_menu(self, menu_id: str) -> None:
        """Makes a menu the one that everybody gets."""

    async def remove_menu(self, menu_id: str) -> None:
        """Removes a menu."""

    async def webhook(self) -> Webhook | None:
        """Where events go; None if nothing is set."""

    async def set_webhook(self, url: str) -> None:
        """Has events sent to another address."""

    async def test_webhook(self, url: str) -> WebhookTest:
        """Has LINE send a signed test to an address."""

    async def quota(self) -> Quota:
        """How many pushes the account may send this month, and has sent."""
