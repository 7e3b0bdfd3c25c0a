"""What was said, as LINE's messages: pure, and never more than LINE takes in one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linebot.v3.messaging import Message as LineMessage
from linebot.v3.messaging import QuickReply, QuickReplyItem, TextMessage

from bot.channels.line import counting, flex, postback
from bot.channels.line.bubbles import bubble, spoken
from bot.channels.line.offers import MAX_QUICK_REPLIES, offered
from bot.conversation.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from linebot.v3.messaging import PostbackAction

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
    asked = _survey(wording) if any(message.survey for message in said) else []
    if sent and (choices or asked):
        sent[-1].quick_reply = _quick_reply(asked, choices)
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
    question = "\n" + wording.render("on_line_survey") if message.survey else ""
    return _Shown(_texts(spoken(message, wording) + question), message.choices)


def _survey(wording: Wording) -> list[PostbackAction]:
    """Whether the talk with an operator helped."""
    return [
        flex.tap(
            wording.render(f"label_on_line_{word}"),
            postback.Survey(helpful),
            wording.render("on_line_helpful" if helpful else "on_line_unhelpful"),
        )
        for word, helpful in (("yes", True), ("no", False))
    ]


def _texts(text: str) -> list[LineMessage]:
    pieces = (piece.strip() for piece in counting.split(text, MAX_TEXT))
    return [TextMessage(text=piece) for piece in pieces if piece]


def _quick_reply(asked: list[PostbackAction], choices: Iterable[dict[str, str]]) -> QuickReply:
    """What is asked, then the choices, the newest message's first, each label once."""
    found: dict[str, dict[str, str]] = {}
    for choice in choices:
        found.setdefault(choice["label"], choice)
    chosen = [flex.choose(choice) for choice in found.values()]
    actions = [*asked, *chosen][:MAX_QUICK_REPLIES]
    return QuickReply(items=[QuickReplyItem(action=action) for action in actions])
