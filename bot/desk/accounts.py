"""Who may use the desk: accounts, passwords, sessions, and the brake on guessing."""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from bot.errors import RequestError, SettingsError, unauthorized

MIN_PASSWORD = 12
FAILURES_PER_NAME = 5
FAILURES_PER_ADDRESS = 30
FORGET_FAILURES_SECONDS = 15 * 60
_NAME = re.compile(r"[\w.\-]{1,40}")
_hasher = PasswordHasher()
_NOBODY = _hasher.hash(secrets.token_urlsafe())
"""Checked when the name is unknown, so that the time taken does not tell which names exist."""


class OperatorRole(StrEnum):
    """What an operator may do."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class Account:
    """An operator's account; the password is kept as an argon2id hash alone."""

    name: str
    role: str
    password_hash: str


@dataclass(frozen=True)
class Session:
    """A logged-in operator; each writing request must repeat `csrf`."""

    name: str
    role: str
    csrf: str


class Operators(Protocol):
    """Where accounts, sessions and failed logins are kept."""

    async def add(self, account: Account, *, replace: bool = False) -> bool:
        """Stores an account; False if the name is taken and may not be replaced."""

    async def find(self, name: str) -> Account | None:
        """The account of that name."""

    async def any(self) -> bool:
        """Whether there is any account yet."""

    async def open_session(self, token: str, session: Session) -> None:
        """Keeps a session for one working day."""

    async def session(self, token: str) -> Session | None:
        """The session of a token, if it has not ended."""

    async def close_session(self, token: str) -> None:
        """Ends a session."""

    async def failures(self, subject: str) -> tuple[int, int]:
        """Failed logins of a subject (a name or an address), and seconds until forgotten."""

    async def count_failure(self, subject: str, forget_after: int) -> None:
        """Counts a failed login; all are forgotten so many seconds after the first."""

    async def forget_failures(self, subject: str) -> None:
        """A right password makes good for wrong ones."""


class Colleagues(Protocol):
    """Who else works at the desk."""

    async def names(self) -> list[str]:
        """The names of all who may log in, in order."""


def new_account(name: str, role: OperatorRole, password: str) -> Account:
    """An account with its password hashed.

    Raises:
        SettingsError: if name or password will not do.
    """
    if not _NAME.fullmatch(name):
        raise SettingsError("名前は、文字・数字・「.」「-」「_」を使って40文字までにしてください。")
    if len(password) < MIN_PASSWORD:
        raise SettingsError(f"パスワードは{MIN_PASSWORD}文字以上にしてください。")
    return Account(name, role, _hasher.hash(password))


class Login:
    """Logs operators in and out."""

    def __init__(self, operators: Operators) -> None:
        """Takes the place where accounts are kept."""
        self._operators = operators

    async def log_in(self, name: str, password: str, address: str) -> tuple[str, Session]:
        """Opens a session and returns its token.

        Raises:
            RequestError: 401 for a wrong name or password, 429 after too many of them.
        """
        subjects = ((f"name:{name}", FAILURES_PER_NAME), (f"from:{address}", FAILURES_PER_ADDRESS))
        for subject, limit in subjects:
            await self._brake(subject, limit)
        account = await self._operators.find(name)
        if (
            not await _verify(account.password_hash if account else _NOBODY, password)
            or not account
        ):
            for subject, _ in subjects:
                await self._operators.count_failure(subject, FORGET_FAILURES_SECONDS)
            raise unauthorized("login_failed")
        await self._operators.forget_failures(f"name:{name}")
        token = secrets.token_urlsafe(32)
        session = Session(account.name, account.role, secrets.token_urlsafe(32))
        await self._operators.open_session(token, session)
        return token, session

    async def _brake(self, subject: str, limit: int) -> None:
        count, seconds = await self._operators.failures(subject)
        if count >= limit:
            raise RequestError(
                HTTPStatus.TOO_MANY_REQUESTS,
                "login_throttled",
                {"seconds": seconds},
                retry_after=seconds,
            )


async def _verify(password_hash: str, password: str) -> bool:
    """Whether the password is right; in a thread, because argon2 is slow on purpose."""
    try:
        return await asyncio.to_thread(_hasher.verify, password_hash, password)
    except VerificationError:
        return False
