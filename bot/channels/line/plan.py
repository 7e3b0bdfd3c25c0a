"""How one thing is said exactly once on LINE: which try comes next, and what an outcome means.

No clock, no network: a delivery and an outcome in, a delivery or its end out. The reasons are in
docs/adr/0005-said-once-on-line.md.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from bot.channels.line.client import Done, Gone, Refused, Result, Unknown, Wait
from bot.conversation.delivery import DeliveryState

if TYPE_CHECKING:
    from bot.conversation.delivery import Delivery

FRESH_MS = 20_000
"""A reply is begun only with a token younger than this, so that doubt about it can be removed..."""
TOKEN_MS = 50_000
"""...before it is so old. LINE takes a token for a minute; until then "gone" means "was used"."""
KEY_MS = 23 * 60 * 60 * 1000
"""LINE remembers a retry key for a day; we stop in good time."""
REPLY_PAUSE_SECONDS = 4.0
"""The longest pause between two replies, as their token does not live long."""
BACK_OFF_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0)


class Way(Enum):
    """How to try next."""

    REPLY = auto()
    PUSH = auto()
    GIVE_UP = auto()


def next_way(delivery: Delivery, now: int) -> Way:
    """The way of the next try."""
    if delivery.pushed_at is not None:
        return Way.PUSH if now - delivery.pushed_at < KEY_MS else Way.GIVE_UP
    if delivery.token is None:
        return Way.PUSH
    limit = TOKEN_MS if delivery.reply_doubt else FRESH_MS
    return Way.REPLY if now - delivery.token.at < limit else Way.PUSH


def begun(delivery: Delivery, way: Way, now: int) -> Delivery:
    """The delivery as it must be stored before a try; after a crash it tells what may have been."""
    begun = replace(delivery, attempts=delivery.attempts + 1)
    if way is Way.REPLY:
        return replace(begun, reply_doubt=True)
    pushed_at = delivery.pushed_at if delivery.pushed_at is not None else now
    again = delivery.again or (delivery.pushed_at is None and delivery.reply_doubt)
    return replace(begun, pushed_at=pushed_at, push_doubt=True, again=again)


def after_reply(
    before: Delivery, delivery: Delivery, result: Result, now: int
) -> Delivery | DeliveryState:
    """What follows from a reply; `before` is the delivery before the try was begun."""
    if isinstance(result, Done):
        return DeliveryState.SENT
    if isinstance(result, Refused):
        return _refused(replace(delivery, reply_doubt=before.reply_doubt), result)
    if isinstance(result, Gone):
        young = delivery.token is not None and now - delivery.token.at < TOKEN_MS
        if before.reply_doubt and young:
            return DeliveryState.SENT  # the token is young, so it was used: by the try in doubt
        return replace(delivery, token=None, reply_doubt=before.reply_doubt, not_before=now)
    if isinstance(result, Wait):
        return _later(replace(delivery, reply_doubt=before.reply_doubt), result, now)
    return _later(delivery, result, now)


def after_push(
    before: Delivery, delivery: Delivery, result: Result, now: int
) -> Delivery | DeliveryState:
    """What follows from a push."""
    if isinstance(result, Done):
        return DeliveryState.SENT
    if isinstance(result, Gone):
        return DeliveryState.FAILED
    if isinstance(result, Refused):
        return _refused(replace(delivery, push_doubt=before.push_doubt), result)
    if isinstance(result, Wait):
        return _later(replace(delivery, push_doubt=before.push_doubt), result, now)
    return _later(delivery, result, now)


def given_up(delivery: Delivery) -> DeliveryState:
    """How a delivery ends whose retry key is too old."""
    return DeliveryState.UNCLEAR if delivery.push_doubt else DeliveryState.FAILED


def _refused(delivery: Delivery, result: Refused) -> Delivery | DeliveryState:
    """What LINE will not take as it is goes once more, as plain text."""
    if result.reason == "quota":
        return DeliveryState.QUOTA
    if result.reason == "invalid" and not delivery.plain:
        return replace(delivery, plain=True)
    return DeliveryState.FAILED


def _later(delivery: Delivery, result: Wait | Unknown, now: int) -> Delivery:
    """The delivery to be tried again, after what LINE asks for or ever longer."""
    step = min(delivery.attempts, len(BACK_OFF_SECONDS)) - 1
    seconds = BACK_OFF_SECONDS[step]
    if delivery.pushed_at is None:
        seconds = min(seconds, REPLY_PAUSE_SECONDS)
    if isinstance(result, Wait) and result.seconds is not None:
        seconds = max(result.seconds, seconds)
    return replace(delivery, not_before=now + round(seconds * 1000))
