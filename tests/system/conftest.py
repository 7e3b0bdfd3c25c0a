"""The whole product, started once for all tests that can share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.system.product import Product

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = "2021-04-01T12:00:00+09:00"


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product within opening hours."""
    started = Product(tmp_path_factory.mktemp("product"), BOT_NOW=NOON)
    yield started
    started.stop()
