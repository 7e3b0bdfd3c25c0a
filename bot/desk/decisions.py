"""What an operator's wish makes of a conversation: pure, from the conversation to the change.

Whoever owns a conversation owns it under a claim ID, which is another after each claim, transfer or
reopening. A page that shows an older one is out of date, and what it asks for is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.conversation.model import Change, Draft, Entry, Happening, Role, State
from bot.errors import conflict

if TYPE_CHECKING:
    from bot.conversation.model import Conversation, Disposition
    from bot.wording import Wording

_NOBODY: dict[str, Any] = {"owner": None, "claim_id": None}


@dataclass(frozen=True)
class Owner:
    """Who writes as the owner, and the ownership that their page shows."""

    name: str
    claim_id: str | None

    def check(self, conversation: Conversation) -> None:
        """409 `not_owner` or `stale`, unless they are, under that very claim."""
        if conversation.state is not State.OPERATOR or conversation.owner != self.name:
            raise conflict("not_owner")
        if conversation.claim_id != self.claim_id:
            raise conflict("stale")


class Decisions:
    """One method a wish; each raises RequestError 409 where the conversation does not allow it."""

    def __init__(self, wording: Wording, topics: dict[str, str]) -> None:
        """Takes the texts that citizens read, and the initiatives' names by ID."""
        self._wording = wording
        self._topics = topics

    def claim(self, conversation: Conversation, operator: str) -> Change | None:
        """To take a waiting conversation; None if they have it already."""
        if conversation.state is State.OPERATOR and conversation.owner == operator:
            return None
        if conversation.state is State.OPERATOR:
            raise conflict("already_claimed", operator=conversation.owner or "")
        if conversation.state is not State.WAITING:
            raise conflict("wrong_state")
        text = self._wording.render("operator_joined", operator=operator)
        fields = {**_owned(conversation, operator), "waiting_since": None}
        return _told(text, fields, Entry(Happening.CLAIMED, operator))

    def reopen(self, conversation: Conversation, operator: str) -> Change | None:
        """To take a closed conversation up again; None if they have it already."""
        if conversation.state is State.OPERATOR and conversation.owner == operator:
            return None
        if conversation.state is not State.CLOSED:
            raise conflict("wrong_state")
        text = self._wording.render("operator_reopened", operator=operator)
        return _told(text, _owned(conversation, operator), Entry(Happening.REOPENED, operator))

    def transfer(self, conversation: Conversation, owner: Owner, to: str, note: str) -> Change:
        """To give it to a colleague."""
        owner.check(conversation)
        text = self._wording.render("operator_changed", operator=to)
        entry = Entry(Happening.TRANSFERRED, owner.name, note, {"to": to})
        return _told(text, _owned(conversation, to), entry)

    def take_over(self, conversation: Conversation, supervisor: str) -> Change | None:
        """To take it from a colleague who is gone; None if they have it already."""
        if conversation.state is not State.OPERATOR:
            raise conflict("wrong_state")
        if conversation.owner == supervisor:
            return None
        text = self._wording.render("operator_changed", operator=supervisor)
        detail = {"to": supervisor, "from": conversation.owner or ""}
        entry = Entry(Happening.TRANSFERRED, supervisor, detail=detail)
        return _told(text, _owned(conversation, supervisor), entry)

    def requeue(self, conversation: Conversation, owner: Owner, note: str, now: str) -> Change:
        """To put it back into the queue, at its end; `now` in ISO 8601."""
        owner.check(conversation)
        fields = {"state": State.WAITING, "waiting_since": now, **_NOBODY}
        text = self._wording.render("operator_requeued")
        return _told(text, fields, Entry(Happening.REQUEUED, owner.name, note))

    def return_to_bot(self, conversation: Conversation, owner: Owner) -> Change:
        """To hand it back to the bot, which goes on with the topic that it had."""
        owner.check(conversation)
        fields = {"state": State.BOT, **_NOBODY}
        entry = Entry(Happening.RETURNED, owner.name)
        return _ended(self._returned(conversation), fields, entry)

    def close(
        self, conversation: Conversation, owner: Owner, disposition: Disposition, note: str
    ) -> Change:
        """To end it, saying how it ended."""
        owner.check(conversation)
        fields = {"state": State.CLOSED, **_NOBODY}
        entry = Entry(Happening.CLOSED, owner.name, note, {"disposition": str(disposition)})
        return _ended(self._wording.render("conversation_closed"), fields, entry)

    def _returned(self, conversation: Conversation) -> str:
        topic = self._topics.get(conversation.topic or "")
        if topic is None:
            return self._wording.render("operator_returned")
        return self._wording.render("operator_returned_topic", topic=topic)


def _told(text: str, fields: dict[str, Any], entry: Entry) -> Change:
    """The change, with a word of the system to the citizen."""
    return Change((Draft(Role.SYSTEM, text),), fields, history=(entry,))


def _ended(text: str, fields: dict[str, Any], entry: Entry) -> Change:
    """The change that ends the talk, with a word that also asks whether it helped."""
    return Change((Draft(Role.SYSTEM, text, survey=True),), fields, history=(entry,))


def _owned(conversation: Conversation, operator: str) -> dict[str, Any]:
    """Fields of a new ownership, named after the version of the conversation that begins it."""
    claim_id = str(conversation.version + 1)
    return {"state": State.OPERATOR, "owner": operator, "claim_id": claim_id}
