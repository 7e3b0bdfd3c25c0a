"""The rich menu: four areas below the chat, their picture, and a name that tells their content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined
from linebot.v3.messaging import (
    PostbackAction,
    RichMenuArea,
    RichMenuBounds,
    RichMenuRequest,
    RichMenuSize,
)

from bot.channels.line import postback
from bot.channels.line.postback import MenuKind

if TYPE_CHECKING:
    from bot.wording import Wording

WIDTH, HEIGHT = 2500, 843
"""Pixels; one of the sizes that LINE takes. The low one leaves room for the chat above it."""
PREFIX = "kawasaki-chat/"
"""Names of our menus begin with it; menus of other names are not ours to touch."""
PICTURE = Path(__file__).parent / "picture" / "menu.png"
_DRAWING = Path(__file__).parent / "picture" / "menu.svg"

_PLACES = {
    MenuKind.ASK: (0, 0),
    MenuKind.INITIATIVES: (1, 0),
    MenuKind.PERSON: (0, 1),
    MenuKind.HOURS: (1, 1),
}


def menu(wording: Wording) -> RichMenuRequest:
    """The menu as LINE wants it, named after all that is in it and in its picture."""
    request = RichMenuRequest(
        size=RichMenuSize(width=WIDTH, height=HEIGHT),
        selected=True,
        name=PREFIX,
        chatBarText=wording.render("on_line_menu_bar"),
        areas=[_area(kind, wording) for kind in MenuKind],
    )
    content = json.dumps(request.to_dict(), sort_keys=True).encode() + PICTURE.read_bytes()
    request.name = PREFIX + hashlib.sha256(content).hexdigest()[:16]
    return request


def is_ours(name: str) -> bool:
    """Whether a menu on the account was made by us, today or once."""
    return name.startswith(PREFIX)


def drawing(wording: Wording) -> str:
    """The picture as SVG, with the areas' words in it."""
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(
        _DRAWING.read_text(encoding="utf-8")
    )
    return template.render({_key(kind): _label(kind, wording) for kind in MenuKind})


def _area(kind: MenuKind, wording: Wording) -> RichMenuArea:
    column, row = _PLACES[kind]
    width, height = WIDTH // 2, HEIGHT // 2
    bounds = RichMenuBounds(x=column * width, y=row * height, width=width, height=height)
    label = _label(kind, wording)
    data = postback.write(postback.Menu(kind))
    keyboard = "openKeyboard" if kind is MenuKind.ASK else None
    action = PostbackAction(label=label, data=data, displayText=label, inputOption=keyboard)
    return RichMenuArea(bounds=bounds, action=action)


def _label(kind: MenuKind, wording: Wording) -> str:
    return wording.render(_key(kind))


def _key(kind: MenuKind) -> str:
    return f"label_on_line_menu_{kind}"
