"""Content words of a text, and which of them no known question uses."""

from __future__ import annotations

import pytest

from engine.nlu.reading import tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("待機児童はいつ解消されますか", ["待機児童", "解消"]),
        ("それはいつからですか", []),
        ("2021年に始まるの", ["年", "始まる"]),
    ],
)
def test_nouns_and_verbs_that_say_something_are_content(text: str, words: list[str]) -> None:
    assert [token.content for token in tokenise(text) if token.content] == words
