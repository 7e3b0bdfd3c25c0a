"""Addresses that gateway and engine must read alike; each of them is tried with both clients."""

from __future__ import annotations

SENTINELS = "redis+sentinel://user:p%40ss@10.0.0.1:26380,10.0.0.2,10.0.0.3:26381/city/3"
SENTINEL_PLACES = [("10.0.0.1", 26380), ("10.0.0.2", 26379), ("10.0.0.3", 26381)]
CLUSTER = "redis+cluster://:secret@10.0.0.1:7000,10.0.0.2"
CLUSTER_PLACES = [("10.0.0.1", 7000), ("10.0.0.2", 6379)]
BAD = [
    "http://10.0.0.1",
    "redis+sentinel://10.0.0.1:26379",
    "redis+sentinel://10.0.0.1:26379/",
    "redis+sentinel://10.0.0.1:26379/city/first",
    "redis+sentinel://10.0.0.1:26379,/city",
    "redis+sentinel://10.0.0.1:many/city",
    "redis+cluster://",
    "redis+cluster://10.0.0.1:7000,10.0.0.2:99999",
    "redis+cluster://10.0.0.1:7000/1",
]
