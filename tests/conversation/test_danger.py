from __future__ import annotations

import pytest

from bot.conversation.danger import help_needed, wishes_to_die


@pytest.mark.parametrize(
    "text",
    [
        "マンションの2階が燃えてます!",
        "となりの部屋から煙が出てる",
        "主人の意識がないんです",
        "息をしていません",
        "きゅうきゅうしゃ！",
        "うちの父が風呂場で倒れました",
        "駅前で包丁を持った人がいます",
        "知らない人に襲われそう",
        "助けて！！",
        "子どもが川で流されています",
        "商店街で刃物をふりまわしている男がいる",
        "夫に殺されそうです",
        "去年からストーカーがいて、いまも家の前に",
        "三年前に父が倒れて、いままた父が倒れました",
        "母が薬を全部飲んだみたいなんです",
        "びっくりしないで聞いて。心臓が痛い",
        "Help! Somebody is standing outside with a knife",
        "my neighbour's kitchen is burning",
        "隔壁着火了",
        "有人拿着刀",
    ],
)
def test_danger_is_recognised(text: str) -> None:
    assert help_needed(text) == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "死にたい",
        "もう生きていたくない",
        "ビルから飛び降りようかな",
        "I want to die",
        "いま屋上にいます。みなさん、さようなら",
        "橋の上に来ています。なんだか疲れました",
        "I don't want to live any more",
        "我不想活了",
    ],
)
def test_despair_is_recognised(text: str) -> None:
    assert help_needed(text) == "emergency_life"
    assert wishes_to_die(text)


@pytest.mark.parametrize(
    "text",
    [
        "暑くて死ぬ",
        "財政が火の車って本当ですか",
        "家計は火の車どころか大火事です",
        "家計が火の車だけど、市の財政も燃えてるの",
        "炎上してますね",
        "Wi-Fiが死んでる",
        "税金に殺されそう",
        "眠くて死にそう",
        "救急車の台数は何台ですか",
        "火事のときの避難場所はどこ",
        "倒れた木を片づけてほしい",
        "GIGAスクールの端末が水に濡れました",
        "町内会が消えてしまいそうで心配です",
        "台風の被害を助けてくれる制度",
        "一昨年、母が倒れて介護を始めました。支援はありますか",
        "宿題の点がひどくて先生に殺されるw",
        "発表の準備が終わらないと課長に殺されます",
        "孫がかわいくて息が止まるかと思った",
        "Where do I get a gun licence?",
        "Is there a fire drill this week?",
        "the talks about the budget collapsed",
        "老人ホームにいます。今日は少し疲れました",
        "橋の工事はいつ終わりますか。通れなくて疲れました",
    ],
)
def test_figures_of_speech_and_questions_do_not_set_it_off(text: str) -> None:
    assert help_needed(text) is None
