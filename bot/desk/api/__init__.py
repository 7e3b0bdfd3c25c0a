"""The desk's API (docs/architecture.md), one module a subject."""

from __future__ import annotations

from sanic import Blueprint

from bot.desk.api import canned, conversations, lists, notes, session, suggestions, tickets

PARTS = (session, lists, conversations, notes, canned, suggestions, tickets)

blueprint = Blueprint.group(*(part.routes for part in PARTS), url_prefix="/api/desk")
