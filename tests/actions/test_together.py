from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from actions import decide
from actions.together import meant_of_several
from tests.actions.city import SAY, heard, outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from actions.compose import Composer
    from actions.reply import Turn
    from actions.understanding import Understanding

    Action = Callable[[Understanding, Composer], Turn]

NOTHING = {None: 0.9}
PAIR = {"initiative": "giga", "facet": "schedule", "together": ["carbon", "giga"]}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("両方とも誰とやるの", ("carbon", "giga")),
        ("それぞれの目的は", ("carbon", "giga")),
        ("成果もくらべたい", ("carbon", "giga")),
        ("前者の予算は", ("carbon",)),
        ("先のほうは誰と", ("carbon",)),
        ("後のほうの費用", ("giga",)),
        ("後ろのやつは誰と", ("giga",)),
        ("後に言ったほうは誰と", ("giga",)),
        ("前者と後者の違いは", ("carbon", "giga")),
        ("早く始まったのはどっち", ("carbon", "giga")),
        ("ねらいも同じ？", ("carbon", "giga")),
        ("前のほうも同じ？", ("carbon",)),
        ("理由も似てますか", ("carbon", "giga")),
        ("先に始まるのは？", ("carbon", "giga")),
        ("先に始まるのは秋ですか", ()),
        ("予算は", ()),
    ],
)
def test_tells_which_of_a_pair_is_meant(text: str, meant: tuple[str, ...]) -> None:
    assert meant_of_several(heard(text, slots=PAIR)) == meant


def test_without_a_pair_nothing_is_meant() -> None:
    assert meant_of_several(heard("両方の予算は", slots={"initiative": "giga"})) == ()


@pytest.mark.parametrize("action", [decide.ask, decide.choose, decide.out_of_scope])
def test_both_are_answered_whatever_the_words_sound_like(action: Action) -> None:
    u = heard(
        "両方の時期は", "ordinal_choice", topics=NOTHING, facets={"schedule": 0.9}, slots=PAIR
    )
    turn = action(u, SAY)
    assert [reply.initiative for reply in turn.replies] == ["carbon", "giga"]
    assert turn.together == ("carbon", "giga")


def test_a_pair_stays_one_while_it_is_spoken_of() -> None:
    former = heard("前者の時期は", topics=NOTHING, facets={"schedule": 0.9}, slots=PAIR)
    turn = decide.ask(former, SAY)
    assert (turn.initiative, turn.together) == ("carbon", ("carbon", "giga"))
    other = heard("町内会は", named="town=町内会", facets={"schedule": 0.9}, slots=turn.slots())
    assert decide.ask(other, SAY).together == ()


@pytest.mark.parametrize("action", [decide.ask, decide.choose, decide.affirm])
def test_the_facet_of_before_is_told_of_the_other(action: Action) -> None:
    former = {**PAIR, "initiative": "carbon"}
    u = heard("後者もお願いします", "affirm", topics=NOTHING, slots=former)
    assert outcome_of(action(u, SAY)) == ("answer", "giga", "schedule")


def test_a_name_and_a_description_are_compared() -> None:
    u = heard(
        "学校のと町内会、どっちが先",
        named="town=町内会",
        topics={"giga": 0.7},
        facets={"overview": 0.9},
        specific=("学校",),
    )
    told = [(reply.initiative, reply.facet) for reply in decide.ask(u, SAY).replies]
    assert told == [("town", "schedule"), ("giga", "schedule")]


def test_one_sentence_may_ask_of_two() -> None:
    said: dict[str, Any] = {
        "named": "giga=GIGA town=町内会",
        "topics": {"giga": 0.9},
        "facets": {"schedule": 0.9},
    }
    turn = decide.ask(heard("GIGAはいつからで、町内会のことはいつ出ますか", **said), SAY)
    assert [reply.initiative for reply in turn.replies] == ["giga", "town"]
    turn = decide.ask(heard("GIGAは町内会で聞いた。いつから", **said), SAY)
    assert [reply.initiative for reply in turn.replies] == ["giga"]
