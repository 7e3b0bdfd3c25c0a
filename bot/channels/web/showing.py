"""Messages as a citizen asked to see them: with readings (ふりがな), in plain Japanese, or both."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.conversation.model import Role
from bot.errors import bad_request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from bot.conversation.model import Message
    from bot.reading.readings import Readings
    from bot.wording import Wording

    Show = Callable[[Sequence[Message]], Awaitable[list[dict[str, Any]]]]

_LABELS = ("facet_", "label_")
"""Keys of texts that stand on buttons; names of initiatives stay as they are."""
_READ = {"text": "", "easy": "easy_", "label": "label_", "label_easy": "label_easy_"}
"""Fields that get readings, and what the name of the readings' field begins with."""


class With(StrEnum):
    """What can be asked for beside a message's text."""

    RUBY = "ruby"
    EASY = "easy"


def asked_for(text: str | None) -> frozenset[With]:
    """The words of a `with` parameter; none at all means the text alone.

    Raises:
        RequestError: 400, if there is another word.
    """
    try:
        return frozenset(With(word) for word in (text.split(",") if text else ()))
    except ValueError as error:
        raise bad_request("missing_field", field="with") from error


class Showing:
    """Puts together what is sent of messages; nothing of it is stored."""

    def __init__(self, readings: Readings, wording: Wording) -> None:
        """Takes who knows readings, and the texts."""
        self._readings = readings
        easy = wording.easy.items()
        self._labels = {wording[key]: text for key, text in easy if key.startswith(_LABELS)}

    def asked(self, wanted: frozenset[With]) -> Show:
        """A function that shows messages with what was asked for."""

        async def show(messages: Sequence[Message]) -> list[dict[str, Any]]:
            shown = [self._shown(message, wanted) for message in messages]
            if With.RUBY in wanted:
                await self._add_readings(one for one in shown if one["role"] != Role.CITIZEN)
            return shown

        return show

    def _shown(self, message: Message, wanted: frozenset[With]) -> dict[str, Any]:
        shown = message.public()
        if "choices" in shown:  # more is written into them
            shown["choices"] = [dict(choice) for choice in shown["choices"]]
        if With.EASY in wanted:
            if message.easy:
                shown["easy"] = message.easy
            for choice in shown.get("choices", ()):
                if choice["label"] in self._labels:
                    choice["label_easy"] = self._labels[choice["label"]]
        return shown

    async def _add_readings(self, shown: Iterable[dict[str, Any]]) -> None:
        places = [place for one in shown for place in _places(one)]
        found = await self._readings.of([text for _, _, text in places])
        for (where, key, _), ruby in zip(places, found, strict=True):
            where[key] = ruby


def _places(shown: dict[str, Any]) -> list[tuple[dict[str, Any], str, str]]:
    """Where which readings go: the object, the name of the field, and the text to be read."""
    return [
        (part, f"{field}ruby", part[text])
        for part in (shown, *shown.get("choices", ()))
        for text, field in _READ.items()
        if text in part
    ]
