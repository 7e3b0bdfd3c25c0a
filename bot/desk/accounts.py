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

from bot.errors import RequestError, SettingsError, bad_request, forbidden, unauthorized

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
    enabled: bool = True
    must_change: bool = False
    """The password was made by somebody else, and lets its owner choose another, nothing more."""
    epoch: int = 0
    """Counts the changes of the account; sessions of an earlier one have ended."""


@dataclass(frozen=True)
class Session:
    """A logged-in operator; each writing request must repeat `csrf`."""

    name: str
    role: str
    csrf: str
    epoch: int = 0
    must_change: bool = False


def account_subject(name: str) -> str:
    """What whoever listens is woken by (see `Hub`) when an account or its sessions change."""
    return f"account:{name}"


class Operators(Protocol):
    """Where accounts, sessions and failed logins are kept."""

    async def add(self, account: Account, *, replace: bool = False) -> bool:
        """Stores an account; False if the name is taken and may not be replaced."""

    async def find(self, name: str) -> Account | None:
        """The account of that name."""

    async def change(self, name: str, **changes: str | bool) -> Account:
        """Changes fields of an account and ends its sessions; the same again changes nothing.

        Raises:
            RequestError: 404 for an unknown name; 409 if no supervisor would be left.
        """

    async def all(self) -> list[Account]:
        """All accounts, by name."""

    async def any(self) -> bool:
        """Whether there is any account yet."""

    async def open_session(self, token: str, session: Session) -> None:
        """Keeps a session for one working day, unless its account changes before."""

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
    if not is_name(name):
        raise SettingsError("名前は、文字・数字・「.」「-」「_」を使って40文字までにしてください。")
    if len(password) < MIN_PASSWORD:
        raise SettingsError(f"パスワードは{MIN_PASSWORD}文字以上にしてください。")
    return Account(name, role, _hasher.hash(password))


def is_name(name: str) -> bool:
    """Whether an account may be called so."""
    return _NAME.fullmatch(name) is not None


async def hashed(password: str) -> str:
    """A password as accounts keep it; in a thread, because argon2 is slow on purpose."""
    return await asyncio.to_thread(_hasher.hash, password)


class Login:
    """Logs operators in, and lets them choose another password."""

    def __init__(self, operators: Operators) -> None:
        """Takes the place where accounts are kept."""
        self._operators = operators

    async def log_in(self, name: str, password: str, address: str) -> tuple[str, Session]:
        """Opens a session and returns its token.

        Raises:
            RequestError: 401 for a wrong name or password, 429 after too many of them.
        """
        account = await self._checked(name, password, address)
        if account is None:
            raise unauthorized("login_failed")
        return await self._open(account)

    async def change_password(
        self, name: str, current: str, new: str, address: str
    ) -> tuple[str, Session]:
        """Gives the operator another password; all sessions end, and a new one is opened.

        Raises:
            RequestError: 400 if the new one will not do, 403 if the current one is wrong, 429
                after too many of them.
        """
        if await self._checked(name, current, address) is None:
            raise forbidden("wrong_password")
        if len(new) < MIN_PASSWORD or new == current or name.casefold() in new.casefold():
            raise bad_request("weak_password", characters=MIN_PASSWORD)
        changed = await self._operators.change(
            name, password_hash=await hashed(new), must_change=False
        )
        return await self._open(changed)

    async def _checked(self, name: str, password: str, address: str) -> Account | None:
        """The account, if name and password are right and it is enabled; else a failure counts."""
        subjects = ((f"name:{name}", FAILURES_PER_NAME), (f"from:{address}", FAILURES_PER_ADDRESS))
        for subject, limit in subjects:
            await self._brake(subject, limit)
        account = await self._operators.find(name)
        right = await _verify(account.password_hash if account else _NOBODY, password)
        if not right or not account or not account.enabled:
            for subject, _ in subjects:
                await self._operators.count_failure(subject, FORGET_FAILURES_SECONDS)
            return None
        await self._operators.forget_failures(f"name:{name}")
        return account

    async def _open(self, account: Account) -> tuple[str, Session]:
        token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        session = Session(account.name, account.role, csrf, account.epoch, account.must_change)
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
