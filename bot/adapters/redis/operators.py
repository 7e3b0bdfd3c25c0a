"""Operators' accounts, sessions and failed logins in Redis."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from bot.adapters.redis import keys
from bot.adapters.redis.scripts import script
from bot.desk.accounts import Account, Session

if TYPE_CHECKING:
    from redis.asyncio import Redis

SESSION_SECONDS = 12 * 60 * 60


class RedisOperators:
    """Accounts by name; sessions by the hash of their token, so that a leak of Redis opens none."""

    def __init__(self, redis: Redis) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis
        self._count = script(redis, "count")

    async def add(self, account: Account, *, replace: bool = False) -> bool:
        """Stores an account; False if the name is taken and may not be replaced."""
        body = json.dumps({"role": account.role, "password_hash": account.password_hash})
        if replace:
            await self._redis.hset(keys.desk("operators"), account.name, body)
            return True
        return bool(await self._redis.hsetnx(keys.desk("operators"), account.name, body))

    async def find(self, name: str) -> Account | None:
        """The account of that name."""
        stored = await self._redis.hget(keys.desk("operators"), name)
        return Account(name=name, **json.loads(stored)) if stored else None

    async def any(self) -> bool:
        """Whether there is any account yet."""
        return bool(await self._redis.exists(keys.desk("operators")))

    async def open_session(self, token: str, session: Session) -> None:
        """Keeps a session for one working day."""
        body = json.dumps({"name": session.name, "role": session.role, "csrf": session.csrf})
        await self._redis.set(_session(token), body, ex=SESSION_SECONDS)

    async def session(self, token: str) -> Session | None:
        """The session of a token, if it has not ended."""
        stored = await self._redis.get(_session(token))
        return Session(**json.loads(stored)) if stored else None

    async def close_session(self, token: str) -> None:
        """Ends a session."""
        await self._redis.delete(_session(token))

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


def _session(token: str) -> str:
    return keys.desk(f"session:{_digest(token)}")


def _failures(subject: str) -> str:
    return keys.desk(f"login:{_digest(subject)}")


def _digest(text: str) -> str:
    # A cookie's bytes that are no UTF-8 arrive escaped; they make a wrong token, not an error.
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()
