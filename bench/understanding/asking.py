"""Asks a served engine all cases, in the way in which the gateway would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.understanding.sets import Reply
from bot.adapters.rasa import RasaEngine
from bot.conversation.danger import help_needed
from bot.conversation.personal import mask
from bot.errors import RequestError
from bot.text import clean
from bot.wording import load_call_line

if TYPE_CHECKING:
    from bench.understanding.sets import Case
    from bot.conversation.ports import EngineReply

Said = list[list[Reply]]
"""What a bot said in a case: for each turn, its replies."""


async def ask_all(url: str, cases: list[Case]) -> list[Said]:
    """Asks one case after the other, each in a conversation of its own."""
    engine = RasaEngine([url])
    try:
        return [await _ask(engine, f"case-{at}", case) for at, case in enumerate(cases)]
    finally:
        await engine.close()


async def _ask(engine: RasaEngine, conversation: str, case: Case) -> Said:
    return [
        await _reply(engine, conversation, f"{at}-0", turn.text)
        for at, turn in enumerate(case.turns, 1)
    ]


async def _reply(
    engine: RasaEngine, conversation: str, message_id: str, written: str
) -> list[Reply]:
    """The gateway's own steps first: bad input, personal data, danger (bot/conversation/flow)."""
    try:
        text = mask(clean(written), load_call_line().numbers)
    except RequestError as error:
        return [Reply("refused", text=error.code)]
    if help_needed(text):
        return [Reply("emergency")]
    replies = await engine.reply(conversation, message_id, text, None)
    return [_judged(reply) for reply in replies]


def _judged(reply: EngineReply) -> Reply:
    draft = reply.draft
    return Reply(str(draft.outcome), draft.initiative, draft.facet, draft.text)
