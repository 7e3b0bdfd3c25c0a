"""`data/desk.yml` has every word that the desk needs."""

from __future__ import annotations

from bot.app import create_app
from bot.conversation.model import Disposition, HandoffReason, Happening, Outcome, Role
from bot.desk.accounts import OperatorRole
from bot.desk.guard import AUDITED
from bot.desk.words import Place, load_desk_words
from bot.statistics.counting import Dealt


def test_every_word_is_there() -> None:
    words = load_desk_words()
    for section, kinds in (
        (words.dispositions, Disposition),
        (words.handoff_reasons, HandoffReason),
        (words.placeholders, Place),
        (words.roles, OperatorRole),
        (words.outcomes, Outcome),
        (words.speakers, Role),
        (words.happenings, Happening),
        (words.dealt, Dealt),
    ):
        assert set(section) == set(kinds)


def test_whatever_is_put_down_in_the_audit_log_has_a_word() -> None:
    assert create_app  # importing the app defines all routes
    assert set(load_desk_words().actions) == AUDITED
