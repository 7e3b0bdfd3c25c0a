from __future__ import annotations

import pytest

from actions.ordinals import places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2番目", [1]),
        ("２番", [1]),
        ("二番目のやつ", [1]),
        ("②", [1]),
        ("2", [1]),
        ("(3)", [2]),
        ("No.2", [1]),
        ("その2", [1]),
        ("2でお願いします", [1]),
        ("にばんめ", [1]),
        ("さんばんめ", [2]),
        ("ふたつめ", [1]),
        ("二つ目について聞きたいです", [1]),
        ("一個目", [0]),
        ("B", [1]),
        ("Bで", [1]),
        ("最初の", [0]),
        ("一番上", [0]),
        ("いちばん上の", [0]),
        ("前者", [0]),
        ("上のやつ", [0]),
        ("最後の", [4]),
        ("いちばん下のでお願いします", [4]),
        ("後者です", [4]),
        ("下のやつ", [4]),
        ("下から2番目の項目", [3]),
        ("上から四番目", [3]),
        ("真ん中", [2]),
        ("1番と3番、両方知りたい", [0, 2]),
        ("どっちも", [0, 1, 2, 3, 4]),
        ("全部お願いします", [0, 1, 2, 3, 4]),
        ("十番", []),
        ("9番", []),
        ("0番", []),
        ("99番目", []),
        ("環境の方で", []),
        ("東京2020のほう", []),
        ("2050年まで", []),
        ("うん", []),
        ("", []),
    ],
)
def test_finds_the_place_among_five(text: str, expected: list[int]) -> None:
    assert list(places(text, 5)) == expected


def test_counts_beyond_nine() -> None:
    assert places("十二番目", 14) == (11,)
    assert places("十番", 14) == (9,)
    assert places("14番", 14) == (13,)


def test_an_even_row_has_no_middle() -> None:
    assert places("真ん中", 4) == ()


def test_nothing_offered_has_no_places() -> None:
    assert places("2番目", 0) == ()
    assert places("最後の", 0) == ()
