"""Suggested answers: what the knowledge states of what the citizen seems to ask.

They are offered to the operator and never sent by themselves.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bot.conversation.ports import Understood
from bot.errors import EngineError
from bot.knowledge.schema import Facet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.conversation.model import Conversation
    from bot.conversation.ports import Engine
    from bot.knowledge.loader import Knowledge
    from bot.knowledge.schema import Source
    from bot.wording import Wording

logger = logging.getLogger(__name__)

MOST = 4
LIKELY = 0.25
"""From here on an initiative is worth a look: an operator judges, so less will do than for bots."""
FACET_LIKELY = 0.3


@dataclass(frozen=True)
class Suggestion:
    """An answer that could be sent as it is, and where its facts stand."""

    initiative: str
    facet: Facet
    text: str
    sources: tuple[Source, ...]

    def public(self) -> dict[str, Any]:
        """The suggestion as the desk's API shows it."""
        return {**asdict(self), "sources": [source.model_dump() for source in self.sources]}


class Suggestions:
    """Finds suggested answers."""

    def __init__(self, engine: Engine, knowledge: Knowledge, wording: Wording) -> None:
        """Takes who understands, what is stated, and the texts."""
        self._engine = engine
        self._knowledge = knowledge
        self._wording = wording

    async def for_last_words(self, conversation: Conversation) -> list[Suggestion]:
        """A few for what the citizen wrote last, the likeliest first.

        What the words leave open is taken from the conversation's topic; so is all, while the
        engine is down.
        """
        understood = await self._understood(conversation.last_text)
        likely = [g.value for g in understood.initiatives if g.confidence >= LIKELY]
        ours = [one for one in (*likely, conversation.topic) if one and one in self._knowledge]
        sure = [g.value for g in understood.facets if g.confidence >= FACET_LIKELY]
        facets = [Facet(one) for one in sure if one in set(Facet)]
        wanted = dict.fromkeys(self._ranked(list(dict.fromkeys(ours)), facets))
        return [self._suggestion(*one) for one in list(wanted)[:MOST]]

    async def _understood(self, text: str) -> Understood:
        try:
            return await self._engine.understand(text) if text else Understood()
        except EngineError as error:
            logger.warning("suggestions without understanding: %s", error)
            return Understood()

    def _ranked(self, initiatives: list[str], facets: list[Facet]) -> Iterator[tuple[str, Facet]]:
        """What was asked of each, then what else is stated of the likeliest."""
        for initiative in initiatives:
            for facet in facets:
                if self._knowledge.facts(initiative, facet):
                    yield initiative, facet
        for initiative in initiatives[:1]:
            for facet in self._knowledge[initiative].stated:
                yield initiative, facet

    def _suggestion(self, initiative: str, facet: Facet) -> Suggestion:
        facts = self._knowledge.facts(initiative, facet)
        stated = "\n".join(fact.fact for fact in facts)
        sources = tuple(dict.fromkeys(source for fact in facts for source in fact.sources))
        paragraphs = "・".join(str(source.paragraph) for source in sources)
        text = self._wording.render(
            "suggested_answer", facts=stated, title=sources[0].title, paragraphs=paragraphs
        )
        return Suggestion(initiative, facet, text, sources)
