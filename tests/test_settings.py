from __future__ import annotations

import pytest

from bot.errors import SettingsError
from bot.settings import Environment, read_settings


def test_without_any_variable_the_defaults_hold() -> None:
    settings = read_settings({})
    assert (settings.bot_port, settings.bot_env) == (8000, Environment.DEVELOPMENT)
    assert settings.engine_urls == ["http://127.0.0.1:5005"]
    assert str(settings.opening_hours) == "8:00〜21:00"


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read_settings({"BOT_PORT": "", "BOT_NOW": ""}).bot_port == 8000


def test_several_engines() -> None:
    settings = read_settings({"ENGINE_URL": "http://127.0.0.1:5005/, http://127.0.0.1:5006"})
    assert settings.engine_urls == ["http://127.0.0.1:5005", "http://127.0.0.1:5006"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("BOT_PORT", "eighty"),
        ("BOT_PORT", "0"),
        ("BOT_ENV", "staging"),
        ("BOT_NOW", "yesterday"),
        ("BOT_NOW", "2021-04-01T20:59:00"),
        ("OPENING_HOURS", "8 to 9"),
        ("REDIS_URL", "http://127.0.0.1"),
        ("ENGINE_URL", "127.0.0.1:5005"),
        ("ACTIONS_URL", "ftp://127.0.0.1"),
        ("RETENTION_DAYS", "0"),
        ("REDIS_WAIT_REPLICAS", "-1"),
        ("TRUSTED_PROXIES", "all"),
        ("MESSAGES_PER_MINUTE", "-1"),
        ("ADDRESS_PER_MINUTE", "many"),
        ("MAX_WAITING", "0"),
        ("MAX_STREAMS", "0"),
    ],
)
def test_a_bad_value_names_its_key(key: str, value: str) -> None:
    with pytest.raises(SettingsError, match=key):
        read_settings({key: value})


def test_engines_are_here_or_on_other_machines() -> None:
    assert read_settings({}).engines_here
    assert read_settings({"ENGINE_URL": "http://engine-1:5005, http://[::1]:5005"}).engines_here
    assert not read_settings({"ENGINE_URL": "http://engine-1:5005"}).engines_here


def test_the_clock_cannot_be_set_in_production() -> None:
    given = {"BOT_ENV": "production", "BOT_NOW": "2021-04-01T20:59:00+09:00"}
    with pytest.raises(SettingsError, match="BOT_NOW"):
        read_settings(given)


def test_a_password_in_the_redis_address_is_not_printed() -> None:
    settings = read_settings({"REDIS_URL": "redis://:swordfish@127.0.0.1:6379/0"})
    assert "swordfish" not in repr(settings)


LINE = {
    "LINE_CHANNEL_SECRET": "0123456789abcdef0123456789abcdef",
    "LINE_CHANNEL_ACCESS_TOKEN": "token",
    "PRIVACY_KEY": "x" * 32,
}


def test_line_is_off_without_keys_and_on_with_all_of_them() -> None:
    assert not read_settings({}).line_on
    assert not read_settings({"PRIVACY_KEY": "x" * 32}).line_on
    assert read_settings(LINE).line_on


@pytest.mark.parametrize("missing", LINE)
def test_a_missing_key_of_line_is_named(missing: str) -> None:
    with pytest.raises(SettingsError, match=missing):
        read_settings({name: value for name, value in LINE.items() if name != missing})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LINE_CHANNEL_SECRET", "too short"),
        ("LINE_CHANNEL_SECRET", "0123456789ABCDEF0123456789ABCDEF"),
        ("LINE_CHANNEL_ACCESS_TOKEN", "with space"),
        ("LINE_CHANNEL_ACCESS_TOKEN", '"quoted"'),
        ("PRIVACY_KEY", "short"),
        ("LINE_API_BASE", "api.line.me"),
        ("PUBLIC_URL", "chat.example.jp"),
    ],
)
def test_a_wrong_key_of_line_is_named_and_not_printed(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        read_settings({**LINE, name: value})
    if "URL" not in name and "BASE" not in name:
        assert value not in str(caught.value)


def test_no_key_of_line_is_printed() -> None:
    shown = repr(read_settings(LINE))
    assert not [value for value in LINE.values() if f"'{value}'" in shown]
