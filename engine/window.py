"""What of a conversation's events a turn needs: the newest ones, from where they make sense."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)


def is_unanswered(events: list[Event]) -> bool:
    """Whether the last message among them has no reply: Rasa swallows an action that fails."""
    last = next((e for e in reversed(events) if isinstance(e, (UserUttered, BotUttered))), None)
    return isinstance(last, UserUttered)


def last_session(events: list[Event]) -> list[Event]:
    """The last session: from `action_session_start` on, the event before `session_started`."""
    starts = [at for at, event in enumerate(events) if isinstance(event, SessionStarted)]
    return events[max(starts[-1] - 1, 0) :] if starts else events


def whole_turns(events: list[Event]) -> list[Event]:
    """Without the rest of a turn of which the window has cut the beginning.

    A turn begins with the `action_listen` before the citizen's message: Rasa's rules look at it.
    """
    for at, event in enumerate(events):
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME:
            return events[at:]
    return events


def with_slots(events: list[Event], slots: dict[str, Any]) -> list[Event]:
    """The events after such that set the slots which were set before them.

    As events, because Rasa copies a tracker by replaying them. A slot that the events set
    themselves ends at the value which they give it, and that is the snapshot's.
    """
    own = {event.key for event in events if isinstance(event, SlotSet)}
    if any(isinstance(event, SessionStarted) for event in events):
        return events
    missing = {key: value for key, value in slots.items() if key not in own and value is not None}
    at = events[0].timestamp if events else None
    return [*(SlotSet(key, value, timestamp=at) for key, value in missing.items()), *events]
