"""One message of the citizen and the conversation it arrives in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conversation.model import Conversation, Message


@dataclass(frozen=True)
class Turn:
    """One message of the citizen and the conversation it arrives in."""

    conversation: Conversation
    message: Message

    @property
    def intent(self) -> str | None:
        """What a clicked choice asks for; None for free text."""
        return self.message.chosen.get("intent") if self.message.chosen else None

    @property
    def is_sticker(self) -> bool:
        """Whether a sticker was sent, which wants no answer from anybody who is already there."""
        return (self.message.chosen or {}).get("kind") == "sticker"
