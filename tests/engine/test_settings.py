import pytest

from engine.__main__ import environment
from engine.settings import SettingsError, read_settings


def test_defaults_are_those_of_make_run() -> None:
    settings = read_settings({"REDIS_URL": ""})
    assert (settings.host, settings.port) == ("127.0.0.1", 5005)
    assert settings.redis_url == "redis://127.0.0.1:6390/0"
    assert settings.actions_url == "http://127.0.0.1:5055/webhook"
    assert settings.retention_days == 90


def test_of_several_engines_it_is_the_first() -> None:
    assert read_settings({"ENGINE_URL": "http://a:1234, http://b:2345"}).port == 1234


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ENGINE_HOST", "engine"),
        ("ENGINE_URL", "http://a"),
        ("ENGINE_URL", "http://a:no"),
        ("ENGINE_URL", "https://a:1"),
        ("REDIS_URL", "http://a"),
        ("ACTIONS_URL", "localhost:5055"),
        ("RETENTION_DAYS", "soon"),
        ("RETENTION_DAYS", "0"),
    ],
)
def test_a_bad_value_names_its_key(key: str, value: str) -> None:
    with pytest.raises(SettingsError, match=key):
        read_settings({key: value})


def test_rasa_gets_every_setting_that_its_files_name() -> None:
    given = environment(read_settings({"RETENTION_DAYS": "7"}))
    assert given["RETENTION_DAYS"] == "7"
    assert given["RASA_TELEMETRY_ENABLED"] == "false"
    assert {"REDIS_URL", "ACTIONS_URL"} <= given.keys()
