"""What citizens will do, and which webhooks LINE will make of it: pure, and the same each time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from bench.line.marks import BUBBLE, TWICE, mark

ANSWERED = {"text"}
"""Kinds whose answers carry the question's mark."""
UNREADABLE = ("sticker", "image", "video", "audio", "file", "location")
IGNORED: tuple[dict[str, Any], ...] = (
    {"type": "videoPlayComplete", "videoPlayComplete": {"trackingId": "t"}},
    {"type": "beacon", "beacon": {"hwid": "d41d8cd98f", "type": "enter"}},
    {"type": "accountLink", "link": {"result": "ok", "nonce": "n"}},
    {"type": "somethingNew", "somethingNew": {"a": 1}},
    {
        "type": "message",
        "mode": "standby",
        "message": {"type": "text", "id": "1", "quoteToken": "q", "text": "他の窓口あて"},
    },
)
"""Events that nobody must answer."""
GROUP_MS = 40
"""Between the timestamps of the deeds of one citizen that lie close together."""


@dataclass(frozen=True)
class Group:
    """Deeds of one citizen at nearly the same time, and the webhooks that carry them."""

    phone: int
    deeds: tuple[dict[str, Any], ...]
    sends: tuple[dict[str, Any], ...]
    marks: tuple[str | None, ...]
    """Of each deed, if its answer carries one."""

    @property
    def webhooks(self) -> int:
        """How many webhooks the group makes."""
        return len(self.sends)


@dataclass
class Planner:
    """Makes groups; the same seed makes the same ones."""

    citizens: int
    seed: int = 1
    _next: int = 0
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Begins the row of chances."""
        self._dice = random.Random(self.seed)  # noqa: S311 - chance for a bench, no secret

    def groups(self, webhooks: int) -> list[Group]:
        """Groups, citizens in turn, with so many webhooks or a few more."""
        made: list[Group] = []
        count = 0
        while count < webhooks:
            made.append(self._group(len(made) % self.citizens))
            count += made[-1].webhooks
        return made

    def _group(self, phone: int) -> Group:
        size = self._dice.choice((1, 1, 1, 2, 2, 3))
        made = [self._deed(place, size) for place in range(size)]
        deeds, marks = tuple(one[0] for one in made), tuple(one[1] for one in made)
        return Group(phone, deeds, tuple(self._sends(size)), marks)

    def _deed(self, place: int, size: int) -> tuple[dict[str, Any], str | None]:
        offset = (place - size + 1) * GROUP_MS
        roll = self._dice.random()
        if roll < 0.80:  # noqa: PLR2004 - the shares of the kinds
            self._next += 1
            words = self._dice.choice(("", "", "", TWICE, BUBBLE))
            text = f"{mark(self._next)}を{words}教えてください"
            return {"kind": "text", "text": text, "offset_ms": offset}, mark(self._next)
        if roll < 0.92:  # noqa: PLR2004
            return {"kind": self._dice.choice(UNREADABLE), "offset_ms": offset}, None
        event = dict(self._dice.choice(IGNORED))
        return {"kind": "raw", "event": event, "offset_ms": offset}, None

    def _sends(self, size: int) -> list[dict[str, Any]]:
        """One webhook an event or one for all; shuffled, doubled, sent again later."""
        order = list(range(size))
        if self._dice.random() < 0.3:  # noqa: PLR2004 - the shares of the mischief
            self._dice.shuffle(order)
        together = self._dice.random() < 0.3  # noqa: PLR2004
        carried = [order] if together else [[one] for one in order]
        sends: list[dict[str, Any]] = [
            {"events": events, "after": 0.02 * place} for place, events in enumerate(carried)
        ]
        again = self._dice.choice(sends)
        if self._dice.random() < 0.1:  # noqa: PLR2004
            sends.append(dict(again))  # raced: the same webhook twice at the same moment
        if self._dice.random() < 0.1:  # noqa: PLR2004
            sends.append({**again, "after": self._dice.uniform(0.5, 20), "again": True})
        return sends
