"""Settings, read once from the environment; a bad value names its key and stops the start."""

from __future__ import annotations

import re
from datetime import datetime  # noqa: TC003 - pydantic needs the type at run time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from bot.adapters.redis.address import parse
from bot.conversation.hours import OpeningHours
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping


PRIVACY_KEY_LENGTH = 32
_SECRET = re.compile("[0-9a-f]{32}")
_TOKEN = re.compile(r"[!#-&(-~]+")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ROOT = Path(__file__).parent.parent
"""The project's folder."""


class Environment(StrEnum):
    """Where the product runs; production is the strict one."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{value!r} is no http(s) address")
    return value.rstrip("/")


def _origin(value: str) -> str:
    """An origin as browsers name it: scheme and host, a port where it is not the usual one."""
    parts = urlsplit(value)
    secure = parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1"}
    if not secure or value != f"{parts.scheme}://{parts.netloc}" or "@" in value:
        raise ValueError(f"{value!r} is no origin such as https://www.city.example.lg.jp")
    return value.lower()


class Settings(BaseModel):
    """All settings of gateway and actions, one field an environment variable in lower case."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    redis_url: SecretStr = SecretStr("redis://127.0.0.1:6390/0")
    redis_wait_replicas: Annotated[int, Field(ge=0, le=5)] = 0
    """What is accepted counts once so many replicas of Redis have it."""
    bot_host: str = "127.0.0.1"
    bot_port: Annotated[int, Field(ge=1, le=65535)] = 8000
    bot_env: Environment = Environment.DEVELOPMENT
    bot_now: datetime | None = None
    engine_url: str = "http://127.0.0.1:5005"
    actions_url: str = "http://127.0.0.1:5055/webhook"
    waiting_target_seconds: Annotated[int, Field(ge=10, le=3600)] = 120
    """Within so long a waiting citizen should have an operator; the desk shows it."""
    opening_hours: OpeningHours = OpeningHours.parse("08:00-21:00")
    ticket_due_days: Annotated[int, Field(ge=1, le=30)] = 1
    """A message or opinion is due at closing time of the so-many-th day to open after it."""
    bot_var: Path = ROOT / "var"
    """The folder for logs and the embedded Redis."""
    trusted_proxies: Annotated[int, Field(ge=0, le=10)] = 0
    """Proxies before the gateway that each add the address they see to `X-Forwarded-For`."""
    messages_per_minute: Annotated[int, Field(ge=0, le=100_000)] = 60
    """What one citizen may say, or 0 for any number; so much may also come at once."""
    address_per_minute: Annotated[int, Field(ge=0, le=10_000_000)] = 1200
    """Messages and new conversations from one address, as above."""
    max_waiting: Annotated[int, Field(ge=1, le=10_000_000)] = 5000
    """Conversations that may wait for an answer; further messages are refused meanwhile."""
    max_streams: Annotated[int, Field(ge=1, le=100_000)] = 10_000
    """Event streams that one gateway keeps open."""
    retention_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """Days for which a conversation is kept after its last message."""
    audit_days: Annotated[int, Field(ge=1, le=3650)] = 365
    """Days for which it is kept who did what at the desk."""
    public_url: str | None = None
    """Where citizens reach this gateway from outside: the links in messages begin with it."""
    embed_origins: str = ""
    """Other sites whose pages may embed the chat: origins, separated by commas."""
    privacy_key: SecretStr | None = None
    """Hides who wrote on LINE, and what the contact form was told (see `bot/privacy.py`)."""
    line_channel_secret: SecretStr | None = None
    line_channel_access_token: SecretStr | None = None
    line_api_base: str = "https://api.line.me"
    simulator_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """Where the stand-in for LINE runs, if it does."""

    @field_validator("opening_hours", mode="before")
    @classmethod
    def _parse_hours(cls, value: object) -> object:
        return OpeningHours.parse(value) if isinstance(value, str) else value

    @field_validator("bot_var")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.resolve()

    @field_validator("engine_url")
    @classmethod
    def _check_engines(cls, value: str) -> str:
        return ",".join(_http_url(url.strip()) for url in value.split(","))

    @field_validator("embed_origins")
    @classmethod
    def _check_origins(cls, value: str) -> str:
        return ",".join(_origin(one.strip()) for one in value.split(","))

    @field_validator("actions_url", "line_api_base", "public_url")
    @classmethod
    def _check_url(cls, value: str | None) -> str | None:
        return None if value is None else _http_url(value)

    @field_validator("line_channel_secret")
    @classmethod
    def _check_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("a channel secret has 32 digits 0-9 a-f; see the channel's settings")
        return value

    @field_validator("line_channel_access_token")
    @classmethod
    def _check_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("an access token has no spaces, and no quotation marks around it")
        return value

    @field_validator("privacy_key")
    @classmethod
    def _check_privacy(cls, value: SecretStr | None) -> SecretStr | None:
        if value and len(value.get_secret_value()) < PRIVACY_KEY_LENGTH:
            raise ValueError(f"the key needs {PRIVACY_KEY_LENGTH} characters or more")
        return value

    @field_validator("redis_url")
    @classmethod
    def _check_redis(cls, value: SecretStr) -> SecretStr:
        parse(value.get_secret_value())
        return value

    @field_validator("bot_now")
    @classmethod
    def _check_now(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("the time needs its offset, as in 2021-04-01T20:59:00+09:00")
        return value

    @property
    def engine_urls(self) -> list[str]:
        """The engine replicas' addresses, without a slash at the end."""
        return self.engine_url.split(",")

    @property
    def engines_here(self) -> bool:
        """Whether engines, and with them their actions, run on this machine."""
        return any(urlsplit(url).hostname in _LOOPBACK for url in self.engine_urls)

    @property
    def embedding_sites(self) -> frozenset[str]:
        """The origins that may embed the chat."""
        return frozenset(self.embed_origins.split(",")) - {""}

    @property
    def line_on(self) -> bool:
        """Whether the channel LINE runs: its keys are there."""
        return self.line_channel_secret is not None

    @property
    def production(self) -> bool:
        """Whether this is the real service."""
        return self.bot_env is Environment.PRODUCTION


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Reads the settings from environment variables; empty ones count as not set.

    Raises:
        SettingsError: naming each bad key and what is wrong with it.
    """
    given = {
        name: environ[name.upper()] for name in Settings.model_fields if environ.get(name.upper())
    }
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        wrong = [f"{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()]
        raise SettingsError("\n".join(wrong)) from error
    if settings.production and settings.bot_now is not None:
        raise SettingsError("BOT_NOW: the clock cannot be set in production")
    _check_line(settings)
    return settings


def _check_line(settings: Settings) -> None:
    """LINE needs all of its keys or none; with none the channel is off."""
    keys = {
        "LINE_CHANNEL_SECRET": settings.line_channel_secret,
        "LINE_CHANNEL_ACCESS_TOKEN": settings.line_channel_access_token,
    }
    missing = [name for name, value in keys.items() if value is None]
    if len(missing) == len(keys):
        return
    if settings.privacy_key is None:
        missing.append("PRIVACY_KEY")
    if missing:
        raise SettingsError("\n".join(f"{name}: LINE needs it too" for name in missing))
