"""The real files: complete, within the address, and in words of our own."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from bot.knowledge.loader import load_knowledge
from bot.knowledge.schema import Facet

KNOWLEDGE = load_knowledge()
IDS = {
    "carbon_zero",
    "green_recovery",
    "giga_school",
    "neighborhood_associations",
    "sdgs",
    "sdgs_certification",
    "sdgs_platform",
    "para_movement",
    "tokyo_2020",
    "implementation_plan",
    "fiscal_reform",
    "finance",
    "community_care",
    "city_vision",
}
FACTS = [
    (f"{one.id}.{facet}", fact.fact)
    for one in KNOWLEDGE.initiatives.values()
    for facet, facts in one.facets.items()
    for fact in facts
]
RELATIVE = ("昨年", "今年", "今年度", "来年", "去年", "本市", "まいります", "いたします")


def test_all_initiatives_of_the_address_are_there() -> None:
    assert set(KNOWLEDGE.ids) >= IDS


@pytest.mark.parametrize("name", sorted(IDS))
def test_each_has_an_overview_and_names_to_be_known_by(name: str) -> None:
    one = KNOWLEDGE[name]
    assert Facet.OVERVIEW in one.facets
    assert one.aliases
    assert one.descriptions
    assert name not in one.related


@pytest.mark.parametrize(("where", "fact"), FACTS)
def test_facts_are_sentences_of_our_own(where: str, fact: str) -> None:
    assert fact.endswith("。"), where
    assert not [word for word in RELATIVE if word in fact], where


@pytest.mark.parametrize(("where", "fact"), FACTS)
def test_a_year_of_the_era_stands_beside_its_western_year(where: str, fact: str) -> None:
    for year in re.findall(r"令和([0-9]+|元)年(?!度)", fact):
        western = 2018 + (1 if year == "元" else int(year))
        assert f"{western}年" in fact, where


@pytest.mark.parametrize(("where", "fact"), FACTS)
def test_a_fact_does_not_say_a_thing_twice(where: str, fact: str) -> None:
    sentences = [sentence for sentence in fact.split("。") if sentence]
    assert all(first != second for first, second in pairwise(sentences)), where
