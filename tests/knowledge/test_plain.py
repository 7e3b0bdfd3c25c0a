"""What the check of plain Japanese finds, rule by rule."""

from __future__ import annotations

import pytest

from bot.knowledge.loader import load_knowledge
from bot.knowledge.plain import PlainJapanese, differing_figures, figures
from bot.knowledge.plain_rules import load_rules
from bot.wording import load_wording

KNOWLEDGE = load_knowledge()
RULES = load_rules()
PLAIN = PlainJapanese(RULES, KNOWLEDGE.names.values())
FACTS = [
    (f"{one.id}.{facet}", fact)
    for one in KNOWLEDGE.initiatives.values()
    for facet, facts in one.facets.items()
    for fact in facts
]


def test_plain_sentences_pass() -> None:
    text = "川崎市は、新しい　学校を　つくります。2021年（令和3年）に　始まります。"
    assert PLAIN.faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "川崎市は　学校を　整備します。",
            "「整備」は使いません。代わりの言い方: つくる、そろえる",
        ),
        ("川崎市は　しない　ことは　ありません。", "否定を二つ重ねません"),
        ("毎日　行かなければ　なりません。", "「〜が必要です」"),
        ("学校が　つくられます。", "受け身は使いません"),
        ("法律で　決められています。", "受け身は使いません"),
        ("会が　開かれます。", "受け身は使いません"),
        ("賞が　選ばれました。", "受け身は使いません"),
        ("書いていただきます。", "敬語は使いません"),
        ("お待ちください。", "「お〜ください」は使いません"),
        ("すぐに　お知らせします。", "「お〜する」"),
        ("会に　ついて　話します。", "かたい言い方です"),
        ("安いですけれど、行きません。", "文を切ります"),
        ("市が　つくる　ものだ。", "です・ますで終わっていません"),
        ("川崎市は、レガシーを　つくります。", "「レガシー」には、初めに（　）で説明をつけます"),
        ("市は 学校を　つくります。", "全角にします"),
        ("ＣＯ２（ガス）を　へらします。", "半角で書きます"),
        ("みんなが毎日たくさん使っています。", "空白のない続き"),
        ("あ、い、う、え、お　です。", "一文の読点"),
        ("これは　" * 14 + "です。", "一文の文字数"),
        ("山川　" * 7 + "です。", "一文の漢字"),
        ("学校公園図書館病院です。そして市役所も会社もあります。", "漢字の割合"),
    ],
)
def test_each_rule_finds_its_fault(text: str, fault: str) -> None:
    assert any(fault in found for found in PLAIN.faults(text)), PLAIN.faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "新しい　活動が　生まれます。",
        "名前を　忘れました。",
        "人が　とても　増えました。",
        "みんなで　分かれて　行きます。",
        "川が　流れています。",
        "ありがとうございます。",
        "番号を　書いておいてください。",
        "「最幸のまち かわさき」を　つくります。",
        "SDGs（世界の　目標）を　かなえます。SDGsは　大切です。",
        "「環境」（自然や　空気など）を　守ります。",
    ],
)
def test_what_only_looks_like_a_fault_is_none(text: str) -> None:
    assert PLAIN.faults(text) == []


def test_an_explanation_is_measured_apart() -> None:
    long = "これは　" * 14
    assert any("一文の文字数" in found for found in PLAIN.faults(f"会（{long}）です。"))
    assert not any("一文の文字数" in found for found in PLAIN.faults("会（小さい　会）です。"))


@pytest.mark.parametrize(
    ("fact", "easy"),
    [
        ("令和3年4月（2021年4月）に始まります。", "2021年4月（令和3年4月）に　始まります。"),
        ("令和元年の台風", "2019年の　台風"),
        ("300を超える団体", "300を　こえる　グループ"),
        ("一人に一台の端末", "一人に　一台　使います。"),
        ("CO2を減らします。", "ガスを　へらします。"),
        ("電話０４４－２００", "電話　044-200"),
    ],
)
def test_the_same_figures_are_the_same(fact: str, easy: str) -> None:
    assert differing_figures(fact, easy) is None


@pytest.mark.parametrize(
    ("fact", "easy", "said"),
    [
        ("令和3年（2021年）です。", "2020年です。", "足りない: 2021年、多い: 2020年"),
        ("6月までです。", "もうすぐです。", "足りない: 6月、多い: なし"),
        ("団体です。", "300の　会です。", "足りない: なし、多い: 300"),
        ("一人に一台です。", "二人に　一台です。", "足りない: 一人、多い: 二人"),
        ("4回です。", "4人です。", "足りない: 4回、多い: 4人"),
        ("2021年4月です。", "2021年です。", "足りない: 4月、多い: なし"),
    ],
)
def test_a_lost_or_added_figure_is_named(fact: str, easy: str, said: str) -> None:
    assert differing_figures(fact, easy) == f"数字が違います。{said}"


def test_figures_are_read_with_what_they_count() -> None:
    assert figures("令和2年（2020年）に300社、第4回") == {"2020年", "300", "4回"}


def test_the_rules_would_refuse_nearly_all_facts_as_they_are() -> None:
    refused = [fact for _, fact in FACTS if PLAIN.faults(fact.fact)]
    assert len(refused) > 0.9 * len(FACTS)


@pytest.mark.parametrize(("where", "fact"), FACTS)
def test_every_fact_has_a_plain_form_that_is_plain_and_true(where: str, fact: object) -> None:
    easy = getattr(fact, "easy", None)
    assert easy, where
    assert PLAIN.faults(easy) == [], where
    assert differing_figures(getattr(fact, "fact", ""), easy) is None, where


@pytest.mark.parametrize(("where", "fact"), FACTS)
def test_a_plain_form_names_the_initiatives_that_the_fact_names(where: str, fact: object) -> None:
    said, easy = getattr(fact, "fact", ""), getattr(fact, "easy", "")
    missing = [name for name in KNOWLEDGE.names.values() if f"「{name}」" in said]
    assert all(name in easy for name in missing), where


@pytest.mark.parametrize("key", sorted(load_wording().easy))
def test_every_plain_reply_is_plain_and_true(key: str) -> None:
    wording = load_wording()
    assert PLAIN.faults(wording.easy[key]) == []
    assert differing_figures(wording[key], wording.easy[key]) is None


def test_every_limit_has_its_reason() -> None:
    assert all(limit["why"] for limit in RULES.limits.model_dump().values())
