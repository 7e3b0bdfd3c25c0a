"""Which other sites may embed the chat: answers for an allow-list of origins, and no others.

A browser lets the pages of another origin load the component and speak to the citizen's API only
where an answer names that origin. Cookies are never part of it: the token in the header opens a
conversation, so that no page can act for a citizen whose token it does not have.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from sanic import empty

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request
    from sanic.response import BaseHTTPResponse

EMBEDDED = ("/api/conversations", "/static/web/", "/chat/window")
"""What the component needs, by the beginnings of paths; all else stays with its own origin."""
_PREFLIGHT = {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "authorization, content-type, last-event-id",
    "access-control-max-age": "7200",
}


def share(request: Request, response: BaseHTTPResponse, sites: frozenset[str]) -> None:
    """Names the asking origin in an answer, if it is one of the sites."""
    if not request.path.startswith(EMBEDDED):
        return
    response.headers["vary"] = "Origin"
    origin = request.headers.get("origin")
    if origin in sites:
        response.headers["access-control-allow-origin"] = origin
        response.headers["access-control-expose-headers"] = "Retry-After"


def preflight(request: Request) -> HTTPResponse | None:
    """The answer to a browser that asks first; None for any other request.

    No path takes OPTIONS, so such a request arrives here as an error.
    """
    asks = request.method == "OPTIONS" and "access-control-request-method" in request.headers
    if not asks or not request.path.startswith(EMBEDDED):
        return None
    return empty(HTTPStatus.NO_CONTENT, headers=dict(_PREFLIGHT))
