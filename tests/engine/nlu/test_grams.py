"""A writing as numbers tells what it told as stretches of text."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from engine.nlu.grams import Writing, count

WRITINGS = [
    ("いつから始まりますか", "イツカラハジマリマスカ", ("いつ", "から", "始まる", "ます", "か")),
    ("SDGsとは", "エスディージーズトハ", ("SDGs", "と", "は")),
    ("👍👍👍", "", ("👍👍👍",)),
    ("あ", "ア", ("あ",)),
    ("", "", ()),
    ("川崎市の計画" * 20, "カワサキシノケイカク" * 20, ("川崎市", "の", "計画") * 20),
]


def _writing(text: str, reading: str, words: tuple[str, ...]) -> Writing:
    return {"text": text, "reading": reading, "words": words, "senses": words[:1]}


def _stretches(text: str, lengths: tuple[int, ...]) -> list[str]:
    return [text[at : at + n] for n in lengths for at in range(len(text) - n + 1)]


def _as_text(writing: Writing) -> Counter[str]:
    words = writing["words"]
    grams = [
        *("t" + gram for gram in _stretches(writing["text"], (1, 2, 3))),
        *("e" + gram for gram in _stretches(writing["text"][-20:], (1, 2, 3))),
        *("r" + gram for gram in _stretches(writing["reading"], (2, 3))),
        *("w" + word for word in words),
        *("p" + " ".join(pair) for pair in pairwise(words)),
        *("g" + " … ".join(pair) for pair in zip(words, words[2:], strict=False)),
        *("s" + sense for sense in writing["senses"]),
    ]
    return Counter(grams)


@pytest.mark.parametrize("told", WRITINGS)
def test_as_many_grams_as_often_as_in_the_text(told: tuple[str, str, tuple[str, ...]]) -> None:
    writing = _writing(*told)
    found = count(writing)
    assert sorted(found.counts) == sorted(_as_text(writing).values())
    assert (np.diff(found.ids.astype(object)) > 0).all()


def test_the_same_stretch_is_told_apart_by_where_it_stands() -> None:
    text, reading = count(_writing("アア", "", ())), count(_writing("", "アア", ()))
    assert not set(text.ids) & set(reading.ids)


def test_grams_of_different_texts_meet_only_where_the_texts_do() -> None:
    one, other = count(_writing("時期は", "", ())), count(_writing("費用は", "", ()))
    assert len(np.intersect1d(one.ids, other.ids)) == 2  # は in the text, and at its end
