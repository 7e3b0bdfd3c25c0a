"""LINE's answers: bodies, headers, and refusals with their details."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

REQUEST_ID = "X-Line-Request-Id"
ACCEPTED_REQUEST_ID = "X-Line-Accepted-Request-Id"
RETRY_KEY = "X-Line-Retry-Key"


@dataclass(frozen=True)
class Answer:
    """What a call gets back."""

    body: Any = field(default_factory=dict)
    status: int = HTTPStatus.OK
    headers: dict[str, str] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 - an answer of LINE, not a fault of ours
    """The call is not carried out; carries LINE's answer."""

    def __init__(
        self, status: int, message: str, details: list[dict[str, str]] | None = None
    ) -> None:
        """Takes status, message and, for a wrong body, what is wrong where."""
        super().__init__(message)
        self.status = status
        self.message = message
        self.details = details or []

    def answer(self) -> Answer:
        """The refusal as an answer."""
        body: dict[str, Any] = {"message": self.message}
        if self.details:
            body["details"] = self.details
        return Answer(body, self.status)


def wrong_body(details: list[dict[str, str]]) -> Refused:
    """The request's body does not do; `details` say what is wrong where."""
    count = len(details)
    return Refused(HTTPStatus.BAD_REQUEST, f"The request body has {count} error(s)", details)
