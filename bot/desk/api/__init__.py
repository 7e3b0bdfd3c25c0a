"""The desk's API (docs/architecture.md), one module a subject."""

from __future__ import annotations

from sanic import Blueprint

from bot.desk.api import (
    accounts,
    audit,
    conversations,
    export,
    feedback,
    lists,
    session,
    statistics,
    tickets,
)

PARTS = (
    *(session, lists, conversations, tickets),
    *(accounts, statistics, feedback, audit, export),
)
blueprint = Blueprint.group(*(part.routes for part in PARTS), url_prefix="/api/desk")
