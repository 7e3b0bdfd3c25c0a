"""Shows on LINE that somebody is at work: the loading indicator, and "read" marks.

Nothing here is worth waiting for or trying again; a lost call does no harm.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from bot.conversation.model import Role
from bot.errors import BotError
from bot.tasks import end

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.channels.line.client import Line
    from bot.conversation.ports import ConversationStore, Live
    from bot.privacy import Vault

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.3
"""A turn that is quicker needs no indicator, which might even arrive after the answer and stay."""
LOADING_SECONDS = {Role.BOT: 20, Role.OPERATOR: 10}
"""LINE hides the indicator by itself after so long, or when a message arrives."""
PAUSE_SECONDS = 5.0
"""An operator's page tells of every few letters; LINE need not hear of all."""
USER_CHANNEL = "line"


class Indicator:
    """Tells open pages, as `Live` does, and the citizen's LINE as well."""

    def __init__(self, live: Live, store: ConversationStore, line: Line, vault: Vault) -> None:
        """Takes who tells the pages, and what is needed to tell LINE."""
        self._live = live
        self._store = store
        self._line = line
        self._vault = vault
        self._tasks: set[asyncio.Task[None]] = set()
        self._shown: set[tuple[str, str]] = set()

    async def typing(self, conversation_id: str, role: str, *, typing: bool) -> None:
        """Shows that bot or operator is writing; on LINE as well, if it takes a while."""
        await self._live.typing(conversation_id, role, typing=typing)
        if typing and (conversation_id, role) not in self._shown:
            self._shown.add((conversation_id, role))
            self.run(self._load(conversation_id, Role(role)))

    def read(self, token: str) -> None:
        """Marks a message as read."""
        if token:
            self.run(self._mark(token))

    async def stop(self) -> None:
        """Ends what is under way."""
        await end(tuple(self._tasks))

    def run(self, work: Coroutine[None, None, None]) -> None:
        """Does something in the background, until it is done or all is stopped."""
        task = asyncio.create_task(_calmly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _mark(self, token: str) -> None:
        await self._line.mark_as_read(token)

    async def _load(self, conversation_id: str, role: Role) -> None:
        try:
            conversation = await self._store.load(conversation_id)
            if conversation.channel != USER_CHANNEL or conversation.blocked_since:
                return
            if role is Role.BOT and await self._is_over(conversation_id):
                return
            user_id = self._vault.open(conversation.address or "")
            await self._line.show_loading(user_id, LOADING_SECONDS[role])
            await asyncio.sleep(PAUSE_SECONDS)
        finally:
            self._shown.discard((conversation_id, role))

    async def _is_over(self, conversation_id: str) -> bool:
        """Whether the turn was quick: nothing that the citizen said is still unanswered."""
        await asyncio.sleep(PATIENCE_SECONDS)
        conversation = await self._store.load(conversation_id)
        said = await self._store.messages(conversation_id, conversation.handled)
        return not any(message.role == Role.CITIZEN for message in said)


async def _calmly(work: Coroutine[None, None, None]) -> None:
    """Does something whose failure matters to nobody."""
    try:
        await work
    except (BotError, RedisError, OSError) as error:
        logger.warning("not shown on LINE: %s", error)
