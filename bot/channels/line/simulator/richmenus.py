"""Rich menus: made, given a picture, shown to all or to one."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bot.channels.line.simulator import ids
from bot.channels.line.simulator.answers import Refused

MAX_MENUS = 50
MAX_IMAGE_BYTES = 1024 * 1024
IMAGE_TYPES = ("image/png", "image/jpeg")


@dataclass
class RichMenu:
    """A menu and its picture; without one it can be shown to nobody."""

    id: str
    given: dict[str, Any]
    image: bytes = b""
    image_type: str = ""

    def shown(self) -> dict[str, Any]:
        """The menu as the API lists it."""
        return {"richMenuId": self.id, **self.given}


class RichMenus:
    """The account's menus."""

    def __init__(self) -> None:
        """Starts with none."""
        self._menus: dict[str, RichMenu] = {}
        self.default: str | None = None

    def all(self) -> list[RichMenu]:
        """All menus, oldest first."""
        return list(self._menus.values())

    def create(self, given: dict[str, Any]) -> RichMenu:
        """A new menu, still without a picture."""
        if len(self._menus) >= MAX_MENUS:
            raise Refused(HTTPStatus.BAD_REQUEST, "The limit of rich menus has been reached")
        menu = RichMenu(ids.menu_id(), given)
        self._menus[menu.id] = menu
        return menu

    def get(self, menu_id: str | None) -> RichMenu:
        """The menu of an ID.

        Raises:
            Refused: 404, if there is none.
        """
        if menu_id not in self._menus:
            raise Refused(HTTPStatus.NOT_FOUND, "Not found")
        return self._menus[menu_id]

    def delete(self, menu_id: str) -> None:
        """Deletes a menu; who saw it sees none."""
        self.get(menu_id)
        del self._menus[menu_id]
        if self.default == menu_id:
            self.default = None

    def set_image(self, menu_id: str, image: bytes, image_type: str) -> None:
        """Gives a menu its picture, once."""
        menu = self.get(menu_id)
        if menu.image:
            raise Refused(HTTPStatus.BAD_REQUEST, "An image has already been uploaded")
        if image_type not in IMAGE_TYPES or not _looks_like(image, image_type):
            raise Refused(HTTPStatus.BAD_REQUEST, "The image format is not supported")
        if len(image) > MAX_IMAGE_BYTES:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The image is too large")
        menu.image, menu.image_type = image, image_type

    def showable(self, menu_id: str) -> RichMenu:
        """A menu that can be shown.

        Raises:
            Refused: 404 if there is none, 400 if it has no picture yet.
        """
        menu = self.get(menu_id)
        if not menu.image:
            raise Refused(HTTPStatus.BAD_REQUEST, "must upload richmenu image before applying it")
        return menu

    def seen_by(self, own: str | None) -> RichMenu | None:
        """The menu that a user sees: the one linked to them, or everybody's."""
        return self._menus.get(own or "") or self._menus.get(self.default or "")


def _looks_like(image: bytes, image_type: str) -> bool:
    begins = b"\x89PNG\r\n\x1a\n" if image_type == "image/png" else b"\xff\xd8\xff"
    return image.startswith(begins)
