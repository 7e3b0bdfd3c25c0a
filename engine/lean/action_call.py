"""Rasa's call to the action server, cheaper: less is sent, no schema is checked anew.

Rasa sends the whole domain and every event as it is stored, and checks the answer with a schema
that it first checks itself, each time: 19 of 26 ms of a message's computing time, and with
jsonschema 4 there is no setting against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rasa
from jsonschema.validators import validator_for
from rasa.core.actions import action
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered

if TYPE_CHECKING:
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import Event
    from rasa.shared.core.trackers import DialogueStateTracker

_SCHEMA = action.RemoteAction.action_response_format_spec()
_CHECK = validator_for(_SCHEMA)(_SCHEMA)
_UNDERSTOOD = (
    *("text", "intent", "intent_ranking", "entities"),
    *("mentions", "topics", "facets", "unknown", "specific"),
)


class LeanAction(action.RemoteAction):  # type: ignore[misc,unused-ignore]  # Rasa is not typed
    """A custom action, called with what our actions read (actions/understanding.py)."""

    def _action_call_format(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,  # noqa: ARG002 - Rasa's interface
    ) -> dict[str, Any]:
        latest = tracker.latest_message or UserUttered.empty()
        return {
            "next_action": self._name,
            "sender_id": tracker.sender_id,
            "version": rasa.__version__,
            # None at all would be asked for again (rasa-sdk's status 449).
            "domain": {},
            "tracker": {
                "sender_id": tracker.sender_id,
                "slots": tracker.current_slot_values(),
                "latest_message": {key: latest.parse_data.get(key) for key in _UNDERSTOOD},
                "events": [told for told in map(_told, tracker.events) if told],
            },
        }

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        _CHECK.validate(result)
        return True


def replace() -> None:
    """Makes Rasa's processor use it for all custom actions."""
    action.RemoteAction = LeanAction


def _told(event: Event) -> dict[str, Any] | None:
    """What actions read of an event; None if nothing."""
    if isinstance(event, UserUttered):
        return {"event": "user", "text": event.text, "message_id": event.message_id}
    if isinstance(event, SlotSet):
        return {"event": "slot", "name": event.key, "value": event.value}
    if isinstance(event, BotUttered):
        custom = (event.data or {}).get("custom") or {}
        return {"event": "bot", "data": {"custom": {"initiative": custom.get("initiative")}}}
    return None
