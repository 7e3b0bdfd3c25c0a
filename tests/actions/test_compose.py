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
    assert SAY.out_of_scope().custom().keys() == {"easy", "outcome", "choices"}
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


@pytest.mark.parametrize(("initiative", "facet"), EVERYTHING)
def test_every_reply_has_its_plain_form_with_every_fact_and_the_date(
    initiative: str, facet: Facet
) -> None:
    easy = REAL.about(initiative, facet).custom()["easy"]
    assert all(fact.easy and fact.easy in easy for fact in REAL.knowledge.facts(initiative, facet))
    assert REAL.knowledge[initiative].name in easy
    assert "2021年度（令和3年度）の　市政方針（" in easy
    assert not set("{}") & set(easy)


def test_what_else_is_said_has_its_plain_form() -> None:
    replies = [
        REAL.menu(),
        REAL.menu_of("sdgs"),
        REAL.out_of_scope(),
        REAL.line_info(),
        REAL.suggest(("sdgs",), None),
        REAL.suggest(("sdgs", "finance"), None),
        REAL.which("repair_which"),
        REAL.plain(Outcome.EMERGENCY, "emergency"),
        REAL.again("clarify_offer", ()),
        REAL.with_correction(REAL.about("sdgs", Facet.SCHEDULE), ("1999年",)),
    ]
    for reply in replies:
        assert "　" in reply.custom()["easy"]
    assert "044-200-3939" in replies[2].custom()["easy"]
    assert replies[-1].custom()["easy"].endswith("ちがいます。")
    assert "「1999年」" in replies[-1].custom()["easy"]


def test_a_fact_without_a_plain_form_leaves_the_answer_without() -> None:
    assert "easy" not in SAY.about("town", Facet.SCHEDULE).custom()


def test_the_hours_are_a_setting() -> None:
    assert (
        "9:30〜17:00" in Composer(load_content({"OPENING_HOURS": "09:30-17:00"})).line_info().text
    )
