"""Failures on command: which call fails, how, how often."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, fields
from typing import Any

MAX_FAULTS = 100
ANY = "*"


@dataclass
class Fault:
    """One way for a call to go wrong; several may wait, the first that fits is used.

    `call`: reply, push, loading, read … or * for any. `times`: how many calls it still meets.
    `chance`: the share of calls that it meets. `before`, `after`: seconds that pass before and
    after acting. `act`: whether the call is carried out all the same. `status`: the answer in
    place of the true one. `drop`: the connection is cut instead of answering. `message` and
    `retry_after` go with a status.
    """

    call: str = ANY
    times: int = 1
    chance: float = 1.0
    before: float = 0.0
    after: float = 0.0
    act: bool = False
    status: int | None = None
    drop: bool = False
    message: str = ""
    retry_after: int | None = None


class Faults:
    """The failures that are still to come."""

    def __init__(self) -> None:
        """Starts with none; the dice are always the same, so that a run can be repeated."""
        self._waiting: list[Fault] = []
        self._dice = random.Random(1)  # noqa: S311 - chance for tests, no secret
        self.met = 0

    def add(self, given: dict[str, Any]) -> Fault:
        """Adds one from its JSON.

        Raises:
            ValueError: naming what is unknown or too much.
        """
        unknown = given.keys() - {field.name for field in fields(Fault)}
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        if len(self._waiting) >= MAX_FAULTS:
            raise ValueError("too many faults")
        fault = Fault(**given)
        self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """All goes well from now on."""
        self._waiting.clear()

    def waiting(self) -> list[dict[str, Any]]:
        """What is still to come."""
        return [asdict(fault) for fault in self._waiting]

    def strike(self, call: str) -> Fault | None:
        """What goes wrong with this call, if anything does."""
        for fault in self._waiting:
            if fault.call in {ANY, call} and self._dice.random() < fault.chance:
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                self.met += 1
                return fault
        return None
