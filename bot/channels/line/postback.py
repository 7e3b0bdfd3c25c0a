"""What a button on LINE carries: opaque, short, and believed only as far as it can be checked.

LINE hands back whatever was sent to it, and somebody who speaks to the webhook with LINE's
signature is LINE alone; still the data is read as a stranger's. A choice is looked up in the
citizen's own conversation, a feedback's message as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.model import position

MAX_DATA = 300
"""LINE takes no more characters."""
_VERSION = "1"
"""Goes up when the form changes; buttons in old messages stay on phones for years."""
_CHOICE = re.compile(r"[A-Za-z0-9_-]{1,200}")


class MenuKind(StrEnum):
    """The four areas of the rich menu."""

    ASK = "ask"
    INITIATIVES = "initiatives"
    PERSON = "person"
    HOURS = "hours"


@dataclass(frozen=True)
class Choice:
    """An offered choice; `value` is the token that the store gave it."""

    value: str


@dataclass(frozen=True)
class Feedback:
    """Whether a message of the bot helped."""

    message_id: str
    helpful: bool


@dataclass(frozen=True)
class Survey:
    """Whether the talk with an operator helped."""

    helpful: bool


@dataclass(frozen=True)
class Menu:
    """A tap on the rich menu."""

    kind: MenuKind


Action = Choice | Feedback | Survey | Menu


def write(action: Action) -> str:
    """The data of a button."""
    match action:
        case Choice(value):
            return f"{_VERSION}:c:{value}"
        case Feedback(message_id, helpful):
            return f"{_VERSION}:f:{message_id}:{helpful:d}"
        case Survey(helpful):
            return f"{_VERSION}:s:{helpful:d}"
        case Menu(kind):
            return f"{_VERSION}:m:{kind}"


def read(data: str) -> Action | None:
    """What a button's data stands for; None for anything that is not of our making."""
    match data.split(":") if len(data) <= MAX_DATA else []:
        case [version, "c", value] if version == _VERSION and _CHOICE.fullmatch(value):
            return Choice(value)
        case [version, "f", message_id, "1" | "0" as helpful] if version == _VERSION:
            return Feedback(message_id, helpful == "1") if _is_message(message_id) else None
        case [version, "s", "1" | "0" as helpful] if version == _VERSION:
            return Survey(helpful == "1")
        case [version, "m", kind] if version == _VERSION and kind in set(MenuKind):
            return Menu(MenuKind(kind))
    return None


def _is_message(message_id: str) -> bool:
    try:
        position(message_id)
    except ValueError:
        return False
    return True
