"""Hashes and seals: the same secret finds and opens, another does neither."""

from __future__ import annotations

import pytest

from bot.privacy import SealBroken, Vault

OURS = Vault("a key of at least thirty-two characters")
OTHERS = Vault("another key of thirty-two characters")


def test_a_name_has_one_pseudonym_for_each_kind_and_secret() -> None:
    found = OURS.pseudonym("user", "U1")
    assert found == Vault("a key of at least thirty-two characters").pseudonym("user", "U1")
    assert len({found, OURS.pseudonym("group", "U1"), OTHERS.pseudonym("user", "U1")}) == 3
    assert len(found) == 32
    assert int(found, 16)


def test_what_is_sealed_is_opened_again() -> None:
    sealed = OURS.seal("川崎")
    assert sealed.isascii()
    assert OURS.open(sealed) == "川崎"
    assert OURS.seal("川崎") != sealed


def test_another_secret_or_an_altered_seal_opens_nothing() -> None:
    sealed = OURS.seal("川崎")
    for vault, text in ((OTHERS, sealed), (OURS, sealed[:-4] + "AAAA")):
        with pytest.raises(SealBroken):
            vault.open(text)
