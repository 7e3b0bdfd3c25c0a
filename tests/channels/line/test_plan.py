"""How one thing is said exactly once: every outcome, every age of the token, every crash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.line import plan
from bot.channels.line.client import Done, Gone, Refused, Result, Unknown, Wait
from bot.channels.line.plan import Way
from bot.conversation.delivery import Delivery, DeliveryState
from bot.conversation.model import ReplyToken

T0 = 1_700_000_000_000
SECOND = 1000
FRESH = Delivery("1-0", ("1-0",), "key", ReplyToken("token", T0))


def after(before: Delivery, result: Result, now: int) -> Delivery | DeliveryState:
    way = plan.next_way(before, now)
    begun = plan.begun(before, way, now)
    follow = plan.after_reply if way is Way.REPLY else plan.after_push
    return follow(before, begun, result, now)


def going_on(before: Delivery, result: Result, now: int) -> Delivery:
    found = after(before, result, now)
    assert isinstance(found, Delivery)
    return found


def test_a_fresh_token_is_used_and_an_old_one_is_not() -> None:
    assert plan.next_way(FRESH, T0 + 19 * SECOND) is Way.REPLY
    assert plan.next_way(FRESH, T0 + 20 * SECOND) is Way.PUSH
    assert plan.next_way(replace(FRESH, token=None), T0) is Way.PUSH


def test_a_reply_that_is_taken_is_the_end() -> None:
    assert after(FRESH, Done(), T0) is DeliveryState.SENT


def test_a_token_gone_at_the_first_try_showed_nothing() -> None:
    pushed = going_on(FRESH, Gone(), T0)
    assert plan.next_way(pushed, T0) is Way.PUSH
    assert not plan.begun(pushed, Way.PUSH, T0).again


def test_doubt_is_removed_by_the_same_token() -> None:
    doubted = going_on(FRESH, Unknown(), T0)
    assert plan.next_way(doubted, T0 + 45 * SECOND) is Way.REPLY
    assert after(doubted, Done(), T0 + SECOND) is DeliveryState.SENT
    assert after(doubted, Gone(), T0 + SECOND) is DeliveryState.SENT, "it had been shown"


def test_a_reply_begun_before_a_crash_is_in_doubt() -> None:
    found = plan.begun(FRESH, Way.REPLY, T0)
    assert plan.next_way(found, T0 + 12 * SECOND) is Way.REPLY
    assert after(found, Gone(), T0 + 12 * SECOND) is DeliveryState.SENT


def test_doubt_that_outlives_the_token_is_owned_up_to() -> None:
    doubted = going_on(FRESH, Unknown(), T0)
    assert plan.next_way(doubted, T0 + 51 * SECOND) is Way.PUSH
    assert plan.begun(doubted, Way.PUSH, T0 + 51 * SECOND).again
    late = plan.after_reply(doubted, doubted, Gone(), T0 + 51 * SECOND)
    assert isinstance(late, Delivery)
    assert plan.begun(late, Way.PUSH, T0 + 51 * SECOND).again


def test_what_line_did_not_take_leaves_no_doubt() -> None:
    waiting = going_on(FRESH, Wait(), T0)
    assert not waiting.reply_doubt
    assert not plan.begun(waiting, Way.PUSH, T0 + 40 * SECOND).again


def test_an_earlier_doubt_stays_when_line_is_busy() -> None:
    doubted = going_on(FRESH, Unknown(), T0)
    assert going_on(doubted, Wait(), T0 + SECOND).reply_doubt


@pytest.mark.parametrize("result", [Unknown(), Wait()])
def test_a_push_is_tried_again_under_the_same_key_ever_later(result: Result) -> None:
    delivery, now, pauses = replace(FRESH, token=None), T0, []
    for _ in range(12):
        delivery = going_on(delivery, result, now)
        pauses.append(delivery.not_before - now)
        now = delivery.not_before
    assert delivery.retry_key == "key"
    assert pauses == sorted(pauses)
    assert pauses[-1] == 300 * SECOND


def test_line_may_say_how_long_to_wait() -> None:
    assert going_on(replace(FRESH, token=None), Wait(77), T0).not_before == T0 + 77 * SECOND


def test_pauses_between_replies_are_short_enough_for_the_token() -> None:
    delivery, now, tries = FRESH, T0, 0
    while plan.next_way(delivery, now) is Way.REPLY:
        delivery = going_on(delivery, Unknown(), now)
        now, tries = delivery.not_before, tries + 1
    assert tries > 10
    assert now < T0 + 60 * SECOND


def test_a_key_is_never_used_beyond_its_day() -> None:
    begun = plan.begun(replace(FRESH, token=None), Way.PUSH, T0)
    day = 24 * 60 * 60 * SECOND
    assert plan.next_way(begun, T0 + day) is Way.GIVE_UP
    assert plan.given_up(begun) is DeliveryState.UNCLEAR
    refused = going_on(replace(FRESH, token=None), Wait(), T0)
    assert plan.given_up(refused) is DeliveryState.FAILED


def test_a_push_after_a_crash_keeps_the_first_use_of_its_key() -> None:
    begun = plan.begun(replace(FRESH, token=None), Way.PUSH, T0)
    assert plan.begun(begun, Way.PUSH, T0 + 5).pushed_at == T0


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (Done(), DeliveryState.SENT),
        (Refused("quota"), DeliveryState.QUOTA),
        (Refused("sealed"), DeliveryState.FAILED),
        (Gone(), DeliveryState.FAILED),
    ],
)
def test_a_push_has_its_ends(result: Result, state: DeliveryState) -> None:
    assert after(replace(FRESH, token=None), result, T0) is state


def test_what_line_refuses_goes_once_more_as_plain_text() -> None:
    for delivery in (FRESH, replace(FRESH, token=None)):
        plain = going_on(delivery, Refused("invalid"), T0)
        assert plain.plain
        assert not plain.reply_doubt
        assert after(plain, Refused("invalid"), T0) is DeliveryState.FAILED
        assert after(plain, Done(), T0) is DeliveryState.SENT
