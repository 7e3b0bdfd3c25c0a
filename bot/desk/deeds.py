"""The audit log as supervisors ask for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from bot.errors import bad_request
from bot.statistics.period import Period, read_period

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import date

    from bot.adapters.redis.audit import Deed, RedisAudit

PAGE = 50
USUAL_DAYS = 7
_CURSOR = re.compile(r"\d{4}-\d{2}-\d{2}/\d{1,15}-\d{1,15}")


@dataclass(frozen=True)
class Wanted:
    """Which entries; None is any."""

    period: Period
    operator: str | None = None
    action: str | None = None
    before: str | None = None
    """The entry after which the page begins."""

    def takes(self, deed: Deed) -> bool:
        """Whether an entry is among them."""
        return self.operator in {None, deed.operator} and self.action in {None, deed.action}


def read_wanted(given: Mapping[str, str], today: date) -> Wanted:
    """What a request asks for; by itself the last seven days.

    Raises:
        RequestError: 400 for what is no period or no cursor.
    """
    before = given.get("before") or None
    if before and not _CURSOR.fullmatch(before):
        raise bad_request("missing_field", field="before")
    return Wanted(
        read_period(given, today, USUAL_DAYS),
        given.get("operator") or None,
        given.get("action") or None,
        before,
    )


async def deeds(audit: RedisAudit, wanted: Wanted) -> AsyncIterator[Deed]:
    """The entries, newest first."""
    async for deed in audit.deeds(wanted.period.newest_first, wanted.before):
        if wanted.takes(deed):
            yield deed


async def page_of(audit: RedisAudit, wanted: Wanted) -> tuple[list[Deed], str | None]:
    """One page, and the cursor of the next; None if it is the last."""
    found = []
    async for deed in deeds(audit, wanted):
        found.append(deed)
        if len(found) > PAGE:
            break
    shown = list(islice(found, PAGE))
    return shown, shown[-1].id if len(found) > PAGE else None
