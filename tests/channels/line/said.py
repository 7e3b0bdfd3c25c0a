"""What the product itself can say, as the store would hand it to the channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.compose import Composer
from actions.content import load_content
from bot.conversation.model import Message, Role
from bot.wording import load_wording

if TYPE_CHECKING:
    from actions.reply import Reply

WORDING = load_wording()
SAY = Composer(load_content({}))
IDS = SAY.knowledge.ids


def stored(reply: Reply, *, final: bool = True) -> Message:
    """A reply of the actions as a stored message."""
    return Message(
        id="1617246000000-0",
        at="2021-04-01T12:00:00.000+09:00",
        role=Role.BOT,
        text=reply.text,
        in_reply_to="1617245999000-0",
        outcome=reply.outcome,
        initiative=reply.initiative,
        facet=reply.facet,
        sources=tuple(source.model_dump() for source in reply.sources),
        choices=tuple(
            {"label": choice.label, "choice": f"choice-{at}"}
            for at, choice in enumerate(reply.choices)
        ),
        final=final,
    )


def message(text: str, role: Role = Role.BOT, **fields: object) -> Message:
    """A message with a text and whatever else matters."""
    return Message("1617246000000-0", "2021-04-01T12:00:00.000+09:00", role, text, **fields)  # type: ignore[arg-type]


def choices(*labels: str) -> tuple[dict[str, str], ...]:
    return tuple({"label": label, "choice": f"choice-{at}"} for at, label in enumerate(labels))
