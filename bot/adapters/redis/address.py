"""Where Redis is: the forms that `REDIS_URL` may have.

redis://[[user]:password@]host:port/db, rediss://…, unix://…      one server
redis+sentinel://[[user]:password@]host:port,…/<service>/<db>     sentinels that know the primary
redis+cluster://[[user]:password@]host:port,…                     some nodes of a cluster
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_ONE_SERVER = ("redis", "rediss", "unix")
_PORTS = {"redis+sentinel": 26379, "redis+cluster": 6379}


@dataclass(frozen=True)
class Address:
    """A checked address; of one server only `url` matters.

    User and password are those of the servers; sentinels are asked without any.
    """

    url: str
    kind: str
    """`single`, `sentinel` or `cluster`."""
    nodes: tuple[tuple[str, int], ...] = ()
    service: str = ""
    database: int = 0
    username: str | None = None
    password: str | None = None


def parse(url: str) -> Address:
    """Reads an address.

    Raises:
        ValueError: saying what is wrong with it.
    """
    parts = urlsplit(url)
    if parts.scheme in _ONE_SERVER:
        return Address(url, "single")
    if parts.scheme not in _PORTS:
        schemes = ", ".join((*_ONE_SERVER, *_PORTS))
        raise ValueError(f"the address must begin with one of {schemes}")
    kind = parts.scheme.partition("+")[2]
    service, database = _service(parts) if kind == "sentinel" else ("", 0)
    if kind == "cluster" and parts.path.strip("/"):
        raise ValueError("a cluster has neither service nor database")
    return Address(
        url=url,
        kind=kind,
        nodes=_nodes(parts),
        service=service,
        database=database,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def _nodes(parts: SplitResult) -> tuple[tuple[str, int], ...]:
    found = []
    for place in parts.netloc.rpartition("@")[2].split(","):
        one = urlsplit(f"//{place}")
        if not one.hostname:
            raise ValueError("a host is missing")
        found.append((one.hostname, one.port or _PORTS[parts.scheme]))
    return tuple(found)


def _service(parts: SplitResult) -> tuple[str, int]:
    service, _, database = parts.path.strip("/").partition("/")
    if not service or not (database or "0").isdecimal():
        raise ValueError("after the sentinels comes /<service>/<database>")
    return unquote(service), int(database or 0)
