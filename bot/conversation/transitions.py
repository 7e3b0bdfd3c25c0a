"""How a change alters a conversation: the one rule that every store follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.model import position

if TYPE_CHECKING:
    from bot.conversation.model import Change, Conversation


def apply(conversation: Conversation, change: Change) -> Conversation:
    """The conversation with the change's fields, and its message marked as handled.

    A message handled ahead of older ones is remembered by itself until they are handled too.
    """
    changed = replace(conversation, **change.fields)
    if change.handles is None:
        return changed
    if change.ahead:
        return replace(changed, ahead=changed.ahead | {change.handles})
    passed = position(change.handles)
    ahead = frozenset(message for message in changed.ahead if position(message) > passed)
    return replace(changed, handled=change.handles, ahead=ahead)
