"""Redis in the shapes it has in production, of real processes on loopback.

Each server is a process of its own that can be killed, and started again on what it holds.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import redis as sync_redis
from redis.exceptions import RedisError

from tests.ports import free_port
from tests.redis_program import redis_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SERVICE = "city"
DOWN_AFTER_MS = 1500
_PATIENCE_SECONDS = 60
_NODES = 6
_LEAVES_WITHIN = 20.0
"""Seconds; what does not end by then was told so once and has forgotten it."""


class Several:
    """Servers that are stopped together, also if they do not get as far as to be ready."""

    def __init__(self) -> None:
        self.all: list[Server] = []

    def add(self, server: Server) -> Server:
        self.all.append(server)
        return server

    @contextmanager
    def or_none(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        for one in reversed(self.all):
            one.stop()


class Server:
    """One Redis process."""

    def __init__(self, folder: Path, port: int, *options: str, sentinel: bool = False) -> None:
        self.port = port
        self._folder = folder
        self._options = options
        self._sentinel = sentinel
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self.start()

    def start(self, *options: str) -> None:
        safe = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""]
        where = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self._folder)]
        command = [
            redis_program(),
            *where,
            *safe,
            "--repl-diskless-sync-delay",
            "0",
            *(options or self._options),
        ]
        if self._sentinel:
            command = [redis_program(), self._options[0], "--sentinel"]
        with (self._folder / "redis.log").open("a") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603
        eventually(lambda: bool(self.info("server")), f"Redis on {self.port}")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def info(self, section: str) -> dict[str, object]:
        with sync_redis.Redis(port=self.port) as client:
            found: dict[str, object] = client.info(section)
            return found

    def send(self, *command: str) -> object:
        with sync_redis.Redis(port=self.port, decode_responses=True) as client:
            answer: object = client.execute_command(*command)
            return answer

    @property
    def is_primary(self) -> bool:
        return bool(self.info("replication")["role"] == "master")

    @property
    def in_sync(self) -> bool:
        return self.info("replication").get("master_link_status") == "up"

    @property
    def has_all(self) -> bool:
        """Whether all replicas of this server have what it has; a replica has none."""
        told = self.info("replication")
        replicas = [told[name] for name in told if name.startswith("slave") and "_" not in name]
        behind = [one for one in replicas if one["offset"] != told["master_repl_offset"]]  # type: ignore[index]
        return not behind

    def kill(self) -> None:
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_LEAVES_WITHIN)
        except subprocess.TimeoutExpired:  # a replica that just writes its first file stays
            self.kill()


class Sentinels(Several):
    """A primary, replicas, and three sentinels that watch them."""

    def __init__(self, folder: Path, replicas: int = 1) -> None:
        super().__init__()
        with self.or_none():
            self._build(folder, replicas)

    def _build(self, folder: Path, replicas: int) -> None:
        primary = self.add(Server(folder / "primary", free_port()))
        self.servers = [primary]
        for number in range(replicas):
            follows = ("--replicaof", "127.0.0.1", str(primary.port))
            place = folder / f"replica-{number}"
            self.servers.append(self.add(Server(place, free_port(), *follows)))

        eventually(lambda: all(one.in_sync for one in self.servers[1:]), "replicas in sync")
        self.sentinels = [
            self.add(_sentinel(folder / f"sentinel-{n}", primary.port)) for n in range(3)
        ]
        eventually(lambda: all(map(_knows_the_others, self.sentinels)), "sentinels know each other")
        places = ",".join(f"127.0.0.1:{one.port}" for one in self.sentinels)
        self.url = f"redis+sentinel://{places}/{SERVICE}/0"

    def kill_primary(self) -> Server:
        """Kills it, and returns it, to be started again."""
        killed = next(one for one in self.servers if one.is_primary)
        killed.kill()
        return killed

    def wait_for_another(self, killed: Server) -> None:
        """Until the fail-over is over: a primary that comes back earlier may still be believed.

        Sentinels name it for a moment, a replica that was not told yet follows it, and what is
        written there is lost when it is told too (docs/adr/0006).
        """
        others = [one for one in self.servers if one is not killed]
        eventually(lambda: any(one.is_primary for one in others), "another primary")
        [new] = [one for one in others if one.is_primary]
        eventually(lambda: all(_names(s, new) for s in self.sentinels), "sentinels that agree")
        eventually(lambda: all(one is new or one.in_sync for one in others), "replicas of it")

    def bring_back(self, killed: Server) -> None:
        """Starts it again as deploy/redis/start.sh does: it follows whoever is primary by now."""
        [new] = [one for one in self.servers if one is not killed and one.is_primary]
        killed.start("--replicaof", "127.0.0.1", str(new.port))


class Cluster(Several):
    """Three primaries with a replica each."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        with self.or_none():
            self._build(folder)

    def _build(self, folder: Path) -> None:
        ports = _cluster_ports()
        enabled = ("--cluster-enabled", "yes", "--cluster-node-timeout", str(DOWN_AFTER_MS))
        self.servers = [self.add(Server(folder / str(port), port, *enabled)) for port in ports]
        places = [f"127.0.0.1:{port}" for port in ports]
        client = str(Path(redis_program()).with_name("redis-cli"))
        subprocess.run(  # noqa: S603 - our own command
            [client, "--cluster", "create", *places, "--cluster-replicas", "1", "--cluster-yes"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        eventually(lambda: all(map(_is_well, self.servers)), "a cluster")
        eventually(lambda: all(one.in_sync or one.is_primary for one in self.servers), "replicas")
        self.url = f"redis+cluster://{places[0]},{places[1]},{places[2]}"

    def kill_primary(self, of: str = "bot:{work}:due") -> Server:
        """Kills the primary that has a key, and returns it."""
        slot = self.servers[0].send("CLUSTER", "KEYSLOT", of)
        assert isinstance(slot, int)
        killed = next(one for one in self.servers if one.is_primary and _has(one, slot))
        killed.kill()
        return killed

    def wait_for_another(self, killed: Server) -> None:
        others = [one for one in self.servers if one is not killed]
        eventually(lambda: sum(one.is_primary for one in others) == 3, "another primary")
        eventually(lambda: all(map(_is_well, others)), "a whole cluster")

    def bring_back(self, killed: Server) -> None:
        """Starts it again; it learns from the others that its place is taken."""
        killed.start()

    def empty(self) -> None:
        for one in self.servers:
            if one.is_primary:
                one.send("FLUSHALL")


def eventually(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            if is_so():
                return
        except RedisError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"not in time: {what}")


def _sentinel(folder: Path, primary: int) -> Server:
    port = free_port()
    folder.mkdir(parents=True)
    configuration = folder / "sentinel.conf"
    lines = [
        f"port {port}",
        "bind 127.0.0.1",
        f"dir {folder}",
        f"sentinel monitor {SERVICE} 127.0.0.1 {primary} 2",
        f"sentinel down-after-milliseconds {SERVICE} {DOWN_AFTER_MS}",
        f"sentinel failover-timeout {SERVICE} 10000",
    ]
    configuration.write_text("\n".join(lines) + "\n")
    return Server(folder, port, str(configuration), sentinel=True)


def _names(sentinel: Server, server: Server) -> bool:
    answer = sentinel.send("SENTINEL", "get-master-addr-by-name", SERVICE)
    return [str(part) for part in _listed(answer)] == ["127.0.0.1", str(server.port)]


def _knows_the_others(sentinel: Server) -> bool:
    return len(_listed(sentinel.send("SENTINEL", "sentinels", SERVICE))) == 2 and bool(
        _listed(sentinel.send("SENTINEL", "replicas", SERVICE))
    )


def _listed(answer: object) -> list[object]:
    assert isinstance(answer, list)
    return answer


def _is_well(server: Server) -> bool:
    told = str(server.send("CLUSTER", "INFO"))
    return "cluster_state:ok" in told and f"cluster_known_nodes:{_NODES}" in told


def _has(server: Server, slot: int) -> bool:
    for first, last, (_, port, *_), *_ in _listed(server.send("CLUSTER", "SLOTS")):
        if first <= slot <= last:
            return bool(port == server.port)
    return False


def _cluster_ports() -> list[int]:
    """Free ports whose other ones, 10,000 above, are free too, and below those of connections."""
    found = []
    for port in random.sample(range(12_000, 22_000), 1000):
        if all(_is_free(one) for one in (port, port + 10_000)):
            found.append(port)
        if len(found) == _NODES:
            return found
    raise AssertionError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return bool(probe.connect_ex(("127.0.0.1", port)))
