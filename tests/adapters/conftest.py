"""The adapters' own tests run on each shape of Redis too."""

from tests.contracts.conftest import redis

__all__ = ["redis"]
