"""The desk's API (docs/architecture.md), one module a subject."""

from __future__ import annotations

from sanic import Blueprint

from bot.desk.api import accounts, conversations, lists, session, tickets

blueprint = Blueprint.group(
    *(part.routes for part in (session, lists, conversations, tickets, accounts)),
    url_prefix="/api/desk",
)
