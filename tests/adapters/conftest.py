"""The adapters' own tests run on each shape of Redis too."""

from tests.contracts.conftest import redis, redis_cluster

__all__ = ["redis", "redis_cluster"]
