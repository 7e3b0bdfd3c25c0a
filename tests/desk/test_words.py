"""`data/desk.yml` has every word that the desk needs."""

from __future__ import annotations

from bot.conversation.model import Disposition, HandoffReason
from bot.desk.words import load_desk_words


def test_every_word_is_there() -> None:
    words = load_desk_words()
    assert set(words.dispositions) == set(Disposition)
    assert set(words.handoff_reasons) == set(HandoffReason)
