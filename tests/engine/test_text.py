import pytest

from engine.text import katakana, normalise


@pytest.mark.parametrize(
    ("written", "one_form"),
    [
        ("ＳＤＧｓ　認証", "sdgs 認証"),
        ("ｶｰﾎﾞﾝｾﾞﾛ", "カーボンゼロ"),
        ("いつですかーーー？！！！！", "いつですかー?!!"),
        ("教えて〜〜", "教えてー"),
        ("8時〜21時", "8時〜21時"),
        ("グリ-ン・リカバリー", "グリーン・リカバリー"),
        ("いすゞ すゝめ", "いすず すすめ"),
        ("人々", "人々"),
        ("すごおおおい", "すごおおい"),
        ("1000円", "1000円"),
        ("あ\u200bい\u0000う\ufeff", "あいう"),
        (" 二行\r\n目 ", "二行 目"),
        ("\u200b\u200d", ""),
        ("👍", "👍"),
        ("<script>alert(1)</script> カーボンゼロ", "カーボンゼロ"),
        ("<b onclick=x>町内会</B>の<ＢＲ>予算", "町内会 の 予算"),
        ("<GIGA>と<町内会>", "<giga>と<町内会>"),
        ("3 < 5", "3 < 5"),
        ("町 内 会 の こと", "町内会の こと"),
        ("い・つ・か・ら?", "いつから?"),
        ("2・0・2・0・大会", "2・0・2・0・大会"),
        ("a b c d", "a b c d"),
        ("私 は 田中", "私 は 田中"),
    ],
)
def test_one_form_for_many_ways_of_writing(written: str, one_form: str) -> None:
    assert normalise(written) == one_form


def test_normalising_twice_changes_nothing_more() -> None:
    once = normalise("ＣＯ２ゼロ〜〜っていつ？？？　教えてーーー")
    assert normalise(once) == once


def test_katakana_folds_hiragana_alone() -> None:
    assert katakana("ちょうない会ゝ") == "チョウナイ会ヽ"
