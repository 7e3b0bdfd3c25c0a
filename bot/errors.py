"""Every error that the gateway raises on purpose.

BotError
├── SettingsError            a setting is wrong; the start stops
├── EngineError
│   ├── EngineUnavailable    nobody answers, or not now: try again later
│   └── EngineFailed         it answered that it cannot handle this message
├── LineError
│   ├── LineUnreachable      LINE gave no answer in time
│   └── LineRefused          LINE said no; carries the status
├── NotReplicated            it is stored, but on too few machines: ask again
├── Conflict                 the conversation changed meanwhile: reload and decide anew
└── RequestError             somebody asked for what cannot be; carries status, code, wording
"""

from __future__ import annotations

from http import HTTPStatus


class BotError(Exception):
    """The root of all errors that are raised on purpose."""


class SettingsError(BotError):
    """A setting has a bad value; the text names its key."""


class EngineError(BotError):
    """The engine gave no usable answer."""


class EngineUnavailable(EngineError):  # noqa: N818 - a state of affairs, not a fault
    """The engine is down, starting or overloaded; the same request will do later."""


class EngineFailed(EngineError):  # noqa: N818 - as above
    """The engine is up and failed on this very message."""


class LineError(BotError):
    """LINE did not do what was asked."""


class LineUnreachable(LineError):  # noqa: N818 - as above
    """No answer, or not in time; whether it was done is not known."""


class LineRefused(LineError):  # noqa: N818 - as above
    """LINE answered that it will not; the text is LINE's own."""

    def __init__(self, status: int, text: str) -> None:
        """Takes the HTTP status and LINE's words."""
        super().__init__(f"{status} {text}")
        self.status = status


class Conflict(BotError):  # noqa: N818 - the standard word for a lost optimistic write
    """The conversation has another version by now; reload it and decide again."""


class NotReplicated(BotError):  # noqa: N818 - a state of affairs, not a fault
    """Something was written, but not to as many replicas as it must be before it counts."""


Value = str | int


class RequestError(BotError):
    """A request that cannot be met.

    `code` is for programs; the text for people is `error_<code>` in data/replies.yml, filled with
    `values`. `retry_after` is in seconds.
    """

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        values: dict[str, Value] | None = None,
        retry_after: int | None = None,
    ) -> None:
        """Takes the HTTP status, the code and the values of its wording."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.values = values or {}
        self.retry_after = retry_after


def bad_request(code: str, **values: Value) -> RequestError:
    """The request itself is wrong (400)."""
    return RequestError(HTTPStatus.BAD_REQUEST, code, values)


def unauthorized(code: str = "unauthorized") -> RequestError:
    """Who asks has not shown who they are (401)."""
    return RequestError(HTTPStatus.UNAUTHORIZED, code)


def forbidden(code: str = "forbidden") -> RequestError:
    """Who asks may not do this (403)."""
    return RequestError(HTTPStatus.FORBIDDEN, code)


def not_found(code: str) -> RequestError:
    """There is no such thing (404)."""
    return RequestError(HTTPStatus.NOT_FOUND, code)


def too_many(code: str, seconds: int) -> RequestError:
    """More than the limit; one more will do in so many seconds (429)."""
    status = HTTPStatus.TOO_MANY_REQUESTS
    return RequestError(status, code, {"seconds": seconds}, retry_after=seconds)


def busy(seconds: int) -> RequestError:
    """As much is going on as there may be; about then there will be room (503)."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return RequestError(status, "busy", {"seconds": seconds}, retry_after=seconds)


def conflict(code: str, **values: Value) -> RequestError:
    """Things have moved on since the page was drawn (409)."""
    return RequestError(HTTPStatus.CONFLICT, code, values)
