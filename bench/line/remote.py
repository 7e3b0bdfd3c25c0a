"""The simulator, commanded from outside."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_LOOK_SECONDS = 1.0


@asynccontextmanager
async def reaching(base: str) -> AsyncIterator[Remote]:
    """The simulator at an address, for as long as the block lasts."""
    address = f"{base}/simulator"
    async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as http:
        yield Remote(http)


class Remote:
    """The simulator's pages and control over HTTP."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        """Takes a client that knows the address."""
        self._http = http

    async def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """What stands at a path."""
        answer = await self._http.get(path)
        answer.raise_for_status()
        return answer.json()

    async def post(self, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Commands something."""
        answer = await self._http.post(path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    async def clear_faults(self) -> None:
        """All goes well from now on."""
        (await self._http.delete("/control/faults")).raise_for_status()

    async def citizens(self, count: int) -> list[str]:
        """New citizens, friends of the account already; returns their IDs."""
        made = [await self.post("/phones", {"name": f"市民{n}"}) for n in range(count)]
        ids = [str(one["id"]) for one in made]
        for one in ids:
            await self.post(f"/phones/{one}/deeds", {"kind": "follow"})
        return ids

    async def phones(self, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
        """What the account said on each phone, oldest first."""
        shown = {}
        for one in ids:
            entries = (await self.get(f"/phones/{one}"))["entries"]
            shown[one] = [entry for entry in entries if entry["side"] == "account"]
        return shown

    async def until_quiet(self, seconds: float, patience: float) -> None:
        """Waits until no webhook is under way and nothing was asked of LINE for so long."""
        quiet, calls = 0.0, -1
        async with asyncio.timeout(patience):
            while quiet < seconds:
                await asyncio.sleep(_LOOK_SECONDS)
                state = await self.get("/control/state")
                still = state["calls"] == calls and not state["webhooks_under_way"]
                quiet = quiet + _LOOK_SECONDS if still else 0.0
                calls = state["calls"]
