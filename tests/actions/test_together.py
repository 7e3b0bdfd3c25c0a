from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from actions import decide
from actions.together import meant_of_several
from tests.actions.city import SAY, heard

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
