"""Canned replies (定型文): each operator's own, and those that all share."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol

from bot.errors import bad_request, conflict, not_found

if TYPE_CHECKING:
    from bot.desk.words import DeskWords

MOST = 200
"""So many an operator may have, and so many may be shared."""
LONGEST_TITLE = 40
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Canned:
    """One canned reply; `shared` ones are everybody's, and supervisors change them."""

    id: str
    title: str
    text: str
    shared: bool

    def public(self) -> dict[str, Any]:
        """The reply as the desk's API shows it."""
        return asdict(self)


class CannedStore(Protocol):
    """Where canned replies are kept: for an operator, or shared (None)."""

    async def all(self, operator: str | None) -> dict[str, tuple[str, str]]:
        """ID → title and text; both empty for a shared one of the start that was removed."""

    async def keep(self, operator: str | None, canned_id: str, title: str, text: str) -> None:
        """Writes one, in place of what has the same ID."""

    async def remove(self, operator: str | None, canned_id: str) -> None:
        """Removes one, if it is there."""


class CannedReplies:
    """What operators do with canned replies."""

    def __init__(self, store: CannedStore, words: DeskWords) -> None:
        """Takes where they are kept, and those that are there from the start."""
        self._store = store
        self._words = words

    async def of(self, operator: str) -> list[Canned]:
        """All that an operator may use, their own first, by title."""
        return [*await self._list(operator), *await self._list(None)]

    async def keep(self, operator: str | None, canned_id: str, title: str, text: str) -> Canned:
        """Writes one of an operator's, or a shared one (None).

        Raises:
            RequestError: 400 for a title that is too long or a placeholder that is none, 404 for
                an ID that cannot be, 409 if there are too many.
        """
        _check(canned_id)
        title = " ".join(title.split())
        if not title or len(title) > LONGEST_TITLE:
            raise bad_request("missing_field", field="title")
        if unknown := self._words.unknown_places(text):
            raise bad_request("unknown_placeholder", name=unknown[0])
        known = {canned.id for canned in await self._list(operator)}
        if canned_id not in known and len(known) >= MOST:
            raise conflict("too_many_canned", limit=MOST)
        await self._store.keep(operator, canned_id, title, text)
        return Canned(canned_id, title, text, operator is None)

    async def remove(self, operator: str | None, canned_id: str) -> None:
        """Removes one; one that is there from the start stays removed."""
        _check(canned_id)
        if operator is None and canned_id in self._words.canned:
            await self._store.keep(None, canned_id, "", "")
        else:
            await self._store.remove(operator, canned_id)

    async def _list(self, operator: str | None) -> list[Canned]:
        found = {}
        if operator is None:
            found = {one: (words.title, words.text) for one, words in self._words.canned.items()}
        found |= await self._store.all(operator)
        there = [(one, *words) for one, words in found.items() if words[1]]
        listed = [Canned(one, title, text, operator is None) for one, title, text in there]
        return sorted(listed, key=lambda canned: (canned.title, canned.id))


def _check(canned_id: str) -> None:
    if not _ID.fullmatch(canned_id):
        raise not_found("canned_not_found")
