from __future__ import annotations

from contextlib import ExitStack

from bot.adapters.replicas import Replicas

URLS = ["http://one", "http://two"]


def test_a_conversation_goes_home_as_long_as_home_is_no_busier_than_others() -> None:
    replicas = Replicas(URLS)
    home, other = replicas.order("c1")
    with replicas.asked(home):
        assert replicas.order("c1") == [home, other]


def test_it_goes_elsewhere_while_home_has_a_queue_and_then_home_again() -> None:
    replicas = Replicas(URLS)
    home, other = replicas.order("c1")
    with ExitStack() as under_way:
        for _ in range(2):
            under_way.enter_context(replicas.asked(home))
        assert replicas.order("c1") == [other, home]
    assert replicas.order("c1") == [home, other]


def test_work_is_shared_out_however_conversations_fall() -> None:
    replicas, asked = Replicas(URLS), dict.fromkeys(URLS, 0)
    with ExitStack() as under_way:
        for number in range(16):
            url = replicas.order(f"c{number}")[0]
            under_way.enter_context(replicas.asked(url))
            asked[url] += 1
    assert abs(asked[URLS[0]] - asked[URLS[1]]) <= 2


def test_who_did_not_answer_is_asked_last_however_idle() -> None:
    replicas = Replicas(URLS)
    home, other = replicas.order("c1")
    replicas.avoid(home)
    with replicas.asked(other), replicas.asked(other):
        assert replicas.order("c1") == [other, home]
