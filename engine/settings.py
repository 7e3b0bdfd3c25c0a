"""The engine's settings, read once; names and defaults are those of bot/settings.py."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.redis_client import check

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingsError(Exception):
    """A setting is wrong; the message names it."""


@dataclass(frozen=True)
class Settings:
    """What the engine is told from outside."""

    host: str
    port: int
    redis_url: str
    actions_url: str
    retention_days: int


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Reads the settings; empty ones count as not set.

    Raises:
        SettingsError: naming the key.
    """
    given = {key: value for key, value in environ.items() if value}
    engine = given.get("ENGINE_URL", "http://127.0.0.1:5005").split(",")[0].strip()
    return Settings(
        host=_host(given.get("ENGINE_HOST", "127.0.0.1")),
        port=_port(engine),
        redis_url=_redis_url(given.get("REDIS_URL", "redis://127.0.0.1:6390/0")),
        actions_url=_url(
            given, "ACTIONS_URL", "http://127.0.0.1:5055/webhook", "http", "https"
        ).rstrip("/"),
        retention_days=_days(given.get("RETENTION_DAYS", "90")),
    )


def _host(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        raise SettingsError(f"ENGINE_HOST: {value!r} is no address") from None


def _port(url: str) -> int:
    try:
        port = urlsplit(url).port
    except ValueError:
        port = None
    if urlsplit(url).scheme != "http" or not port:
        raise SettingsError(f"ENGINE_URL: {url!r} is not http://HOST:PORT")
    return port


def _url(given: Mapping[str, str], key: str, default: str, *schemes: str) -> str:
    url = given.get(key, default)
    if urlsplit(url).scheme not in schemes:
        raise SettingsError(f"{key}: the address must begin with one of {', '.join(schemes)}")
    return url


def _redis_url(url: str) -> str:
    try:
        check(url)
    except ValueError as error:
        raise SettingsError(f"REDIS_URL: {error}") from error
    return url


def _days(value: str) -> int:
    if not value.isdecimal() or not int(value):
        raise SettingsError(f"RETENTION_DAYS: {value!r} is not a whole number above 0")
    return int(value)
