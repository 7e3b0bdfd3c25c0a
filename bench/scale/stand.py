"""Redis, engines that take turns one by one, and gateways: real processes on loopback."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import redis

from tests.ports import free_port
from tests.redis_servers import Cluster, Sentinels, Server
from tests.system.city import City

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class OneServer:
    """A single Redis."""

    def __init__(self, folder: Path) -> None:
        """Starts it."""
        self.servers = [Server(folder / "redis", free_port())]
        self.url = f"redis://127.0.0.1:{self.servers[0].port}/0"

    def stop(self) -> None:
        """Ends it."""
        self.servers[0].stop()


@dataclass
class Stand:
    """What runs."""

    redis: OneServer | Sentinels | Cluster
    city: City

    def commands(self) -> int:
        """What the first Redis server has been asked so far."""
        return int(str(self.redis.servers[0].info("stats")["total_commands_processed"]))

    def subscriptions(self) -> int:
        """Connections that listen for signals, on all servers."""
        found = 0
        for server in self.redis.servers:
            with redis.Redis(port=server.port) as client:
                listed: Any = client.client_list(_type="pubsub")
                found += len(listed)
        return found


@contextmanager
def standing(
    folder: Path,
    shape: type[OneServer | Sentinels | Cluster] = OneServer,
    replicas: int | None = None,
    **city: Any,  # noqa: ANN401 - City's own arguments
) -> Iterator[Stand]:
    """The processes for as long as the block lasts; their logs stay in the folder."""
    servers = Sentinels(folder, replicas) if shape is Sentinels and replicas else shape(folder)
    try:
        built = City(folder, servers.url, **city)
        try:
            yield Stand(servers, built)
        finally:
            built.stop()
    finally:
        servers.stop()
