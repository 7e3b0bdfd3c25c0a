"""`data/desk.yml` has every word that the desk needs."""

from __future__ import annotations

from bot.conversation.model import Disposition, HandoffReason, Happening
from bot.desk.words import Place, load_desk_words


def test_every_word_is_there() -> None:
    words = load_desk_words()
    assert set(words.dispositions) == set(Disposition)
    assert set(words.handoff_reasons) == set(HandoffReason)
    assert set(words.happenings) == set(Happening)
    assert set(words.placeholders) == set(Place)
