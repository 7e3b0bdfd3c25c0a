from __future__ import annotations

import pytest

from actions import decide
from actions.elsewhere import is_elsewhere
from actions.reply import Outcome
from tests.actions.city import SAY, heard, outcome_of


@pytest.mark.parametrize(
    "text",
    [
        "横浜市のカーボンゼロはいつから",
        "じゃあ横浜市は？",
        "県のSDGsパートナー制度に申し込むには",
        "東京都だとどうなんですか",
        "国の行政改革担当大臣は誰ですか",
        "厚労省の包括ケアの定義",
        "他の市の町内会支援",
        "国立市の総合計画",
        "カーボンゼロは何年までだっけ、横浜市の",
        "昭和39年の東京大会の聖火",
        "Zero Carbon Osakaは何年から",
        "国の端末配布は何年から。川崎のじゃなくて",
    ],
)
def test_another_place_is_not_kawasaki(text: str) -> None:
    assert is_elsewhere(text)


@pytest.mark.parametrize(
    ("text", "name", "theirs"),
    [
        ("かながわカーボンゼロの冊子は", "カーボンゼロ", True),
        ("仕事先は大阪市のほうのカーボンゼロです", "カーボンゼロ", True),
        ("相模原市 カーボンゼロ 申込", "カーボンゼロ", True),
        ("フランスのカーボンゼロはいくら", "カーボンゼロ", True),
        ("ヤマダのバイク会社のカーボンゼロ", "カーボンゼロ", True),
        ("日産さんのカーボンゼロは何年", "カーボンゼロ", True),
        ("JFEがやってるカーボンゼロは何年", "カーボンゼロ", True),
        ("when does the carbon zero in osaka and", "carbon zero", False),
        ("大阪市がやってるカーボンゼロの助成", "カーボンゼロ", True),
        ("環境省が全国でやってるカーボンゼロの助成", "カーボンゼロ", True),
        ("カーボンゼロっていう大阪市の制度", "カーボンゼロ", True),
        ("カーボンゼロよこはまの締め切り", "カーボンゼロ", True),
        ("カーボンゼロ、大阪市のやつだけど川崎でも？", "カーボンゼロ", True),
        ("県の賞なんですか、SDGsの", "SDGs", False),
        ("ほかの町の人もカーボンゼロに入れるの", "カーボンゼロ", False),
        ("延びていた東京の五輪はいつ", "五輪", False),
        ("東京のオリンピックは取りやめですか", "オリンピック", False),
        ("学校がもらったのは国のSDGsの賞でしたか", "SDGs", False),
        ("うちの会社のカーボンゼロ", "カーボンゼロ", False),
    ],
)
def test_a_name_belongs_to_the_place_right_before_it(text: str, name: str, *, theirs: bool) -> None:
    assert is_elsewhere(text, [name]) is theirs


def test_who_asks_of_another_place_is_offered_the_same_of_here() -> None:
    facets = {"schedule": 0.9}
    u = heard(
        "大阪市のカーボンゼロはいつ", "out_of_scope", named="carbon=カーボンゼロ", facets=facets
    )
    turn = decide.out_of_scope(u, SAY)
    assert turn.replies[-1].outcome == Outcome.OUT_OF_SCOPE
    slots = {"initiative": None, "facet": None, "offer": turn.slots()["offer"]}
    here = decide.ask(heard("じゃあ川崎のは？", topics={None: 0.6}, slots=slots), SAY)
    assert outcome_of(here) == ("answer", "carbon", "schedule")


@pytest.mark.parametrize(
    "text",
    [
        "川崎市のカーボンゼロはいつから",
        "東京都は2050年と聞きました。川崎市も同じですか",
        "脱炭素戦略は県や横浜市と共同ですか",
        "国の賞をもらったのはどの学校ですか",
        "東京2020大会はいつ",
        "本市の財政は",
        "市の財政は",
        "未来都市の取組は",
        "カーボンゼロって国のお金でやるの",
        "",
    ],
)
def test_kawasaki_itself_is_not_elsewhere(text: str) -> None:
    assert not is_elsewhere(text)


def test_of_another_citys_initiative_no_facts_are_told_and_ours_is_offered() -> None:
    u = heard("横浜市の町内会支援はいつ", named="town=町内会支援", topics={"town": 0.9})
    for action in (decide.ask, decide.out_of_scope, decide.choose, decide.repair):
        (reply,) = action(u, SAY).replies
        assert (reply.outcome, reply.initiative) == (Outcome.OUT_OF_SCOPE, None)
        offered = [choice.payload.initiative for choice in reply.choices]
        assert [one for one in offered if one] == ["town"], action


def test_a_thing_that_bears_a_name_of_ours_is_asked_back() -> None:
    heard_of = {"named": "giga=GIGAスクール", "unknown": ("青汁",), "topics": {"giga": 0.99}}
    for text, foreign, outcome in (
        ("GIGAスクールという名前の青汁は体にいいの", 0.2, Outcome.SUGGEST),
        ("GIGAスクールという名前の青汁は体にいいの", 0.0, Outcome.ANSWER),
        ("青汁のあとでGIGAスクールという授業", 0.2, Outcome.ANSWER),
    ):
        turn = decide.ask(heard(text, foreign=foreign, **heard_of), SAY)
        assert turn.replies[0].outcome == outcome, (text, foreign)


def test_what_a_firm_does_is_not_the_citys() -> None:
    assert is_elsewhere("フロンターレがやってるSDGsの活動", ["SDGs"])
    assert not is_elsewhere("SDGsはフロンターレとやるんですか", ["SDGs"])


def test_the_games_of_now_are_asked_about_beside_older_ones() -> None:
    assert not is_elsewhere("昭和39年のオリンピックは見ました。今度のはいつ")
