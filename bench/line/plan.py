"""What citizens will do, and which webhooks LINE will make of it: pure, and the same each time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from bench.line.marks import BUBBLE, TWICE, mark
from bot.channels.line import postback
from bot.channels.line.postback import MenuKind

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
TAPS = {
    MenuKind.HOURS: postback.write(postback.Menu(MenuKind.HOURS)),
    MenuKind.ASK: postback.write(postback.Menu(MenuKind.ASK)),
}
"""Areas of the rich menu, and what a tap on each hands back."""
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
    unsent: frozenset[str] = frozenset()
    """Marks of texts that were taken back: answered once or not at all."""

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
        if self._dice.random() < 0.02:  # noqa: PLR2004 - the shares of the mischief
            return self._taken_back(phone)
        size = self._dice.choice((1, 1, 1, 2, 2, 3))
        made = [self._deed(place, size) for place in range(size)]
        deeds, marks = tuple(one[0] for one in made), tuple(one[1] for one in made)
        return Group(phone, deeds, tuple(self._sends(size)), marks)

    def _taken_back(self, phone: int) -> Group:
        """A text, and that it was unsent; sometimes the second is heard of first."""
        text, marked = self._text(-GROUP_MS)
        back = {"kind": "unsend", "of_deed": 0}
        late = self._dice.uniform(0, 2)
        sends = ({"events": [0], "after": self._dice.uniform(0, 1)}, {"events": [1], "after": late})
        return Group(phone, (text, back), sends, (marked, None), frozenset({marked}))

    def _deed(self, place: int, size: int) -> tuple[dict[str, Any], str | None]:
        offset = (place - size + 1) * GROUP_MS
        roll = self._dice.random()
        if roll < 0.75:  # noqa: PLR2004 - the shares of the kinds
            return self._text(offset)
        if roll < 0.85:  # noqa: PLR2004
            return {"kind": self._dice.choice(UNREADABLE), "offset_ms": offset}, None
        if roll < 0.93:  # noqa: PLR2004
            action = {"type": "postback", "data": self._dice.choice(list(TAPS.values()))}
            return {"kind": "tap", "action": action, "offset_ms": offset}, None
        event = dict(self._dice.choice(IGNORED))
        return {"kind": "raw", "event": event, "offset_ms": offset}, None

    def _text(self, offset: int) -> tuple[dict[str, Any], str]:
        self._next += 1
        words = self._dice.choice(("", "", "", TWICE, BUBBLE))
        text = f"{mark(self._next)}を{words}教えてください"
        return {"kind": "text", "text": text, "offset_ms": offset}, mark(self._next)

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
