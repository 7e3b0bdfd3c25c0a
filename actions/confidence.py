"""How sure the engine was of what a reply takes for understood; operators see it at each turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actions.reply import Reply
    from actions.understanding import Guess, Understanding


def confidence(u: Understanding, reply: Reply) -> float:
    """The least sure of what the reply rests on (0–1, two digits).

    That is its initiative and its facet, as far as the message itself told them; for what came
    from the conversation so far, and for a reply about no initiative, it is the intent.
    """
    parts = [_in_initiative(u, reply.initiative), _of(u.facets, reply.facet)]
    known = [part for part in parts if part is not None]
    return round(min(known, default=u.confidence), 2)


def _in_initiative(u: Understanding, initiative: str | None) -> float | None:
    if initiative is None:
        return None
    if initiative in u.named:
        return 1.0
    guessed = _of(u.topics, initiative)
    return u.confidence if guessed is None or initiative == u.initiative else guessed


def _of(guesses: tuple[Guess, ...], value: str | None) -> float | None:
    found = [guess.confidence for guess in guesses if value is not None and guess.value == value]
    return found[0] if found else None
