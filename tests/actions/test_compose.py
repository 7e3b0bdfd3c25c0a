from __future__ import annotations

import pytest

from actions.compose import Composer
from actions.content import load_content
from actions.reply import MAX_LABEL, Choice, Outcome, Payload
from bot.knowledge.schema import Facet
from tests.actions.city import SAY

REAL = Composer(load_content({}))
EVERYTHING = [(one, facet) for one in REAL.knowledge.ids for facet in Facet]


@pytest.mark.parametrize(("initiative", "facet"), EVERYTHING)
def test_every_facet_of_every_initiative_has_an_honest_reply(initiative: str, facet: Facet) -> None:
    reply = REAL.about(initiative, facet)
    facts = REAL.knowledge.facts(initiative, facet)
    assert reply.outcome == (Outcome.ANSWER if facts else Outcome.NOT_STATED)
    assert all(fact.fact in reply.text for fact in facts)
    assert bool(reply.sources) == bool(facts)
    assert "令和3年度の市政方針" in reply.text
    assert (reply.initiative, reply.facet) == (initiative, facet)


@pytest.mark.parametrize(("initiative", "facet"), EVERYTHING)
def test_choices_fit_and_lead_to_something_stated(initiative: str, facet: Facet) -> None:
    for choice in REAL.about(initiative, facet).choices:
        assert 0 < len(choice.label) <= MAX_LABEL
        if choice.payload.initiative and choice.payload.facet:
            assert REAL.knowledge.facts(choice.payload.initiative, Facet(choice.payload.facet))


def test_the_menu_offers_every_initiative() -> None:
    assert [c.payload.initiative for c in REAL.menu().choices] == list(REAL.knowledge.ids)


def test_a_paragraph_is_named_once() -> None:
    sources = REAL.about("carbon_zero", Facet.SCHEDULE).sources
    assert len(sources) == len(set(sources))


def test_a_long_name_is_shortened_on_a_choice() -> None:
    assert Choice.named("あ" * 21, Payload("ask")).label == "あ" * 19 + "…"
    assert Choice.named("あ" * 20, Payload("ask")).label == "あ" * 20


def test_a_custom_payload_leaves_out_what_is_not_set() -> None:
    assert SAY.out_of_scope().custom().keys() == {"outcome", "choices"}
    custom = SAY.about("town", Facet.SCHEDULE).custom()
    assert custom["sources"] == [
        {
            "title": "令和3年度 市政執行の基本的な考え方",
            "section": "2「ともにつくる 最幸のまち かわさき」をめざして",
            "paragraph": 9,
        }
    ]
    assert custom["choices"] == [
        {"label": "概要", "payload": {"intent": "ask", "initiative": "town", "facet": "overview"}}
    ]


def test_the_hours_are_a_setting() -> None:
    assert (
        "9:30〜17:00" in Composer(load_content({"OPENING_HOURS": "09:30-17:00"})).line_info().text
    )
