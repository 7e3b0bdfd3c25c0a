"""Names of keys and channels; all of one conversation share its hash tag."""

from __future__ import annotations

EVENTS = "bot:events"
"""The one channel on which gateways tell each other that something happened."""


def conversation(conversation_id: str, part: str) -> str:
    """A key of one conversation: `messages`, `state`, `seen`, `choices`, `tickets`, `feedback`."""
    return f"bot:{{{conversation_id}}}:{part}"


def work(part: str, name: str = "work") -> str:
    """A key of a work list: `work` (what to answer) or `delivery` (what to deliver)."""
    return f"bot:{{{name}}}:{part}"


def desk(part: str) -> str:
    """A key of the desk: lists, operators, sessions."""
    return f"bot:{{desk}}:{part}"


def form(digest: str) -> str:
    """A contact form, by the hash of its token."""
    return f"bot:{{form:{digest}}}"


def rate(digest: str) -> str:
    """How much came of late from one place, by the hash of its address."""
    return f"bot:{{rate:{digest}}}"


def ticket(receipt: str) -> str:
    """The key that leads from a receipt number to its conversation."""
    return f"bot:{{ticket:{receipt}}}"
