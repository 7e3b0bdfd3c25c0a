"""What was said, as LINE's messages: pure, and never more than LINE takes in one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linebot.v3.messaging import Message as LineMessage
from linebot.v3.messaging import QuickReply, QuickReplyItem, TextMessage

from bot.channels.line import counting, flex
from bot.channels.line.bubbles import bubble, spoken
from bot.channels.line.offers import MAX_QUICK_REPLIES, offered
from bot.conversation.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.channels.line.offers import Choices
    from bot.conversation.model import Message
    from bot.wording import Wording

MAX_TEXT = 5000
"""UTF-16 units in a text message."""
MAX_MESSAGES = 5
"""Messages in one reply or push."""


def render(messages: Sequence[Message], wording: Wording) -> list[LineMessage]:
    """A turn of the bot, or a message of an operator or of the system, as at most five messages.

    Choices that stand in no bubble are quick replies of the last message, where alone LINE shows
    them. Messages without text give nothing.
    """
    said = [message for message in messages if message.text.strip()]
    shown = [_shown(message, wording) for message in said]
    sent = [one for part in shown for one in part.messages]
    choices = [choice for part in reversed(shown) for choice in part.choices]
    if len(sent) > MAX_MESSAGES:
        sent = _texts("\n\n".join(spoken(message, wording) for message in said))[:MAX_MESSAGES]
        choices = [choice for message in reversed(said) for choice in message.choices]
    if sent and choices:
        sent[-1].quick_reply = _quick_reply(choices)
    return sent


@dataclass(frozen=True)
class _Shown:
    """One message as LINE's messages, and its choices that stand in none of them."""

    messages: list[LineMessage]
    choices: Choices


def _shown(message: Message, wording: Wording) -> _Shown:
    found = bubble(message, wording) if message.role == Role.BOT else None
    if found:
        return _Shown([found], offered(message, wording).quick)
    return _Shown(_texts(spoken(message, wording)), message.choices)


def _texts(text: str) -> list[LineMessage]:
    pieces = (piece.strip() for piece in counting.split(text, MAX_TEXT))
    return [TextMessage(text=piece) for piece in pieces if piece]


def _quick_reply(choices: Iterable[dict[str, str]]) -> QuickReply:
    """The choices, the newest message's first, each label once."""
    found: dict[str, dict[str, str]] = {}
    for choice in choices:
        found.setdefault(choice["label"], choice)
    actions = [flex.choose(choice) for choice in found.values()][:MAX_QUICK_REPLIES]
    return QuickReply(items=[QuickReplyItem(action=action) for action in actions])
