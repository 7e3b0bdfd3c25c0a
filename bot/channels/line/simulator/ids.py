"""Identifiers in the forms that LINE gives them."""

from __future__ import annotations

import secrets
import uuid

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ULID_CHARACTERS = 26
_ULID_RANDOM_BITS = 80


def event_id(at_ms: int) -> str:
    """A ULID: 48 bits of time, 80 random ones."""
    number = at_ms << _ULID_RANDOM_BITS | secrets.randbits(_ULID_RANDOM_BITS)
    digits = [number >> 5 * place & 31 for place in range(_ULID_CHARACTERS)]
    return "".join(_CROCKFORD[digit] for digit in reversed(digits))


def chat_id(letter: str) -> str:
    """The ID of a user (U), a group (C) or a room (R)."""
    return letter + secrets.token_hex(16)


def message_id() -> str:
    """A message's ID: eighteen digits."""
    return str(10**17 + secrets.randbelow(9 * 10**17))


def token() -> str:
    """A token for replying, quoting or marking as read."""
    return secrets.token_hex(16)


def request_id() -> str:
    """A request's ID."""
    return str(uuid.uuid4())


def menu_id() -> str:
    """A rich menu's ID."""
    return f"richmenu-{secrets.token_hex(16)}"
