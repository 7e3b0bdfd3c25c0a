"""Fixtures of the engine's tests, which run in its own environment (Python 3.10)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.engine.serving import Actions, Engine, RedisServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The other environment, in which there is no Rasa, passes these tests by.
if sys.version_info >= (3, 11):
    collect_ignore_glob = ["*"]


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def actions() -> Iterator[Actions]:
    server = Actions()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def engine(
    redis: RedisServer, actions: Actions, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """The real engine with a model of the current data, trained now if there is none yet."""
    served = Engine(redis.url, actions, tmp_path_factory.mktemp("engine") / "log")
    yield served
    served.stop()


@pytest.fixture
def conversation() -> str:
    return uuid4().hex


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A small knowledge: three initiatives, one of them with no training line but its own."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "carbon_zero.yml").write_text(
        "id: carbon_zero\nname: かわさきカーボンゼロチャレンジ2050\n"
        "aliases: [カーボンゼロチャレンジ, 脱炭素戦略]\n"
        "descriptions: [市のCO2を減らす計画, 温暖化を止める取組]\n",
        encoding="utf-8",
    )
    (folder / "sdgs.yml").write_text(
        "id: sdgs\nname: SDGs未来都市かわさき\naliases: [SDGs]\n", encoding="utf-8"
    )
    (folder / "sdgs_certification.yml").write_text(
        "id: sdgs_certification\nname: SDGs登録・認証制度\naliases: [SDGs認証, 町会]\n",
        encoding="utf-8",
    )
    return folder
