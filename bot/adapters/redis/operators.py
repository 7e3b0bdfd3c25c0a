"""Operators' accounts, sessions and failed logins in Redis."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, cast

from bot.adapters.redis import keys
from bot.adapters.redis.scripts import script
from bot.desk.accounts import Account, Session, account_subject
from bot.errors import conflict, not_found

if TYPE_CHECKING:
    from redis.asyncio import Redis

SESSION_SECONDS = 12 * 60 * 60
_ACCOUNTS = keys.desk("operators")


class RedisOperators:
    """Accounts by name; sessions by the hash of their token, so that a leak of Redis opens none."""

    def __init__(self, redis: Redis) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis
        self._change = script(redis, "account")
        self._session = script(redis, "session")
        self._count = script(redis, "failure")

    async def add(self, account: Account, *, replace: bool = False) -> bool:
        """Stores an account; False if the name is taken and may not be replaced."""
        changes: dict[str, str | bool] = {
            "role": account.role,
            "password_hash": account.password_hash,
            "enabled": account.enabled,
            "must_change": account.must_change,
        }
        status, _ = await self._write(account.name, changes, "put" if replace else "add")
        return status != "taken"

    async def change(self, name: str, **changes: str | bool) -> Account:
        """Changes fields of an account and ends its sessions; the same again changes nothing.

        Raises:
            RequestError: 404 for an unknown name; 409 if no supervisor would be left.
        """
        status, body = await self._write(name, changes, "change")
        if status == "missing":
            raise not_found("operator_not_found")
        return _account(name, body)

    async def find(self, name: str) -> Account | None:
        """The account of that name."""
        stored = cast("str | None", await self._redis.hget(_ACCOUNTS, name))
        return _account(name, stored) if stored else None

    async def all(self) -> list[Account]:
        """All accounts, by name."""
        stored = cast("dict[str, str]", await self._redis.hgetall(_ACCOUNTS))
        return [_account(name, stored[name]) for name in sorted(stored)]

    async def any(self) -> bool:
        """Whether there is any account yet."""
        return bool(await self._redis.exists(_ACCOUNTS))

    async def names(self) -> list[str]:
        """The names of all who may log in, sorted."""
        return sorted(account.name for account in await self.all() if account.enabled)

    async def open_session(self, token: str, session: Session) -> None:
        """Keeps a session for one working day, unless its account changes before."""
        body = json.dumps({"name": session.name, "csrf": session.csrf, "epoch": session.epoch})
        await self._redis.set(_session(token), body, ex=SESSION_SECONDS)

    async def session(self, token: str) -> Session | None:
        """The session of a token, if it has not ended; what it may do is the account's now."""
        found = await self._session(keys=[_session(token), _ACCOUNTS], args=[])
        if not found:
            return None
        kept: dict[str, Any] = json.loads(found[0])
        account = _account(kept["name"], found[1])
        epoch = kept.get("epoch", 0)
        if not account.enabled or account.epoch != epoch:
            return None
        return Session(account.name, account.role, kept["csrf"], epoch, account.must_change)

    async def close_session(self, token: str) -> None:
        """Ends a session."""
        session = await self.session(token)
        await self._redis.delete(_session(token))
        if session:
            await self._redis.publish(keys.EVENTS, _event(session.name))

    async def failures(self, subject: str) -> tuple[int, int]:
        """Failed logins of a subject (a name or an address), and seconds until forgotten."""
        count = await self._redis.get(_failures(subject))
        seconds = await self._redis.ttl(_failures(subject))
        return int(count or 0), max(int(seconds), 1)

    async def count_failure(self, subject: str, forget_after: int) -> None:
        """Counts a failed login; all are forgotten so many seconds after the first."""
        await self._count(keys=[_failures(subject)], args=[forget_after])

    async def forget_failures(self, subject: str) -> None:
        """A right password makes good for wrong ones."""
        await self._redis.delete(_failures(subject))

    async def _write(self, name: str, changes: dict[str, str | bool], how: str) -> tuple[str, str]:
        status, body = await self._change(
            keys=[_ACCOUNTS], args=[name, json.dumps(changes), how, keys.EVENTS, _event(name)]
        )
        if status == "last_supervisor":
            raise conflict("last_supervisor")
        return status, body


def _account(name: str, stored: str) -> Account:
    return Account(name=name, **json.loads(stored))


def _event(name: str) -> str:
    return json.dumps({"kind": account_subject(name)})


def _session(token: str) -> str:
    return keys.desk(f"session:{_digest(token)}")


def _failures(subject: str) -> str:
    return keys.desk(f"login:{_digest(subject)}")


def _digest(text: str) -> str:
    # A cookie's bytes that are no UTF-8 arrive escaped; they make a wrong token, not an error.
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()
