"""Rasa's bot messages as the gateway's replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.events import BotUttered, UserUttered

if TYPE_CHECKING:
    from rasa.shared.core.trackers import DialogueStateTracker

Reply = dict[str, Any]
"""{"text", "outcome", …} as docs/architecture.md has it."""


class Replies(OutputChannel):
    """Collects a turn's replies."""

    def __init__(self) -> None:
        """Nothing is said yet."""
        self.said: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name."""
        return "gateway"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:  # noqa: ARG002 - Rasa's interface
        """Takes a bot message whole, where Rasa would send its parts one by one."""
        self.said.append(_reply(message))


def replies_to(message_id: str, tracker: DialogueStateTracker | None) -> list[Reply] | None:
    """What was replied to a message; None if the tracker does not know the message."""
    replies: list[Reply] | None = None
    for event in tracker.events if tracker else ():
        if isinstance(event, UserUttered):
            if replies is not None:
                break
            replies = [] if event.message_id == message_id else None
        elif isinstance(event, BotUttered) and replies is not None:
            replies.append(_reply(event.message()))
    return replies


def _reply(message: dict[str, Any]) -> Reply:
    return {"text": message.get("text") or "", **(message.get("custom") or {})}
