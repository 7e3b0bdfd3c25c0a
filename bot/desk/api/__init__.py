"""The desk's API (docs/architecture.md), one module a subject."""

from __future__ import annotations

from sanic import Blueprint

from bot.desk.api import (
    accounts,
    audit,
    canned,
    conversations,
    export,
    feedback,
    lists,
    notes,
    session,
    statistics,
    suggestions,
    tickets,
)

PARTS = (
    *(session, lists, conversations, notes, canned, suggestions, tickets),
    *(accounts, statistics, feedback, audit, export),
)
blueprint = Blueprint.group(*(part.routes for part in PARTS), url_prefix="/api/desk")
