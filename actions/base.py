"""What all actions share: read the tracker, decide, speak, set the slots."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from rasa_sdk import Action, Tracker  # type: ignore[import-untyped]
from rasa_sdk.events import SlotSet  # type: ignore[import-untyped]

from actions import fixed
from actions.compose import Composer
from actions.confidence import confidence
from actions.content import load_content
from actions.short_names import recognised
from actions.understanding import read

if TYPE_CHECKING:
    from rasa_sdk.executor import CollectingDispatcher  # type: ignore[import-untyped]

    from actions.reply import Turn
    from actions.understanding import Understanding


@cache
def composer() -> Composer:
    """The process's one composer; wrong content stops the start here, with every reason."""
    return Composer(load_content(os.environ))


class CityAction(Action, ABC):  # type: ignore[misc]  # rasa-sdk carries no types
    """What all actions share; each only decides."""

    called: ClassVar[str]
    """The action's name in Rasa's domain."""

    def __init__(self) -> None:
        """Reads the content when the action is registered, not at the first question."""
        self._say = composer()

    def name(self) -> str:
        """The action's name in Rasa's domain."""
        return self.called

    @staticmethod
    @abstractmethod
    def decide(u: Understanding, say: Composer, /) -> Turn:
        """What the message is answered with."""

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answers one message; the same message again gets the same answer."""
        known = self._say.knowledge
        understood = read(tracker.latest_message, tracker.slots, tracker.events, known)
        understood = recognised(understood, known)
        turn = fixed.payload(understood, self._say) or self.decide(understood, self._say)
        for reply in turn.replies:
            told = {**reply.custom(), "confidence": confidence(understood, reply)}
            dispatcher.utter_message(text=reply.text, json_message=told)
        return [SlotSet(name, value) for name, value in turn.slots().items()]
