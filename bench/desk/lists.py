"""How quickly a list is answered, near its beginning and far from it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx

from bench.desk.figures import in_ms
from bench.desk.operating import Operator

if TYPE_CHECKING:
    from bench.line.stand import Stand

VIEWS = ("waiting", "mine", "all", "closed")


async def lists(stand: Stand, times: int) -> dict[str, Any]:
    """Reads each list so many times, all of one page by page, and the desk's page itself."""
    http = httpx.AsyncClient(base_url=stand.gateway, timeout=60, trust_env=False)
    async with http:
        operator = await Operator.log_in(http, stand.redis_url, "reader")
        found: dict[str, Any] = {"ms_page_of_desk": in_ms(await _pages(http, times))}
        for view in VIEWS:
            operator.lists_took.clear()
            for _ in range(times):
                await operator.read_list(view)
            found[f"ms_{view}"] = in_ms(operator.lists_took)
        operator.lists_took.clear()
        told = await _to_the_end(operator)
        found["ms_all_page_by_page"] = in_ms(operator.lists_took)
        found["told_page_by_page"] = told
    return found


async def _pages(http: httpx.AsyncClient, times: int) -> list[float]:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        (await http.get("/desk")).raise_for_status()
        took.append(time.perf_counter() - began)
    return took


async def _to_the_end(operator: Operator) -> int:
    """How many different conversations the pages of the longest list tell."""
    told: set[str] = set()
    cursor = ""
    while True:
        page = await operator.read_list("all", cursor)
        told.update(line["conversation_id"] for line in page["conversations"])
        cursor = page["next"] or ""
        if not cursor:
            return len(told)
