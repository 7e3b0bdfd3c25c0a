"""What may not be readable in the database: keyed hashes to look people up, sealed texts to keep.

Both come from one secret, PRIVACY_KEY. Whoever has Redis alone can neither read a sealed text nor
find out by trying whose conversation one is.
"""

from __future__ import annotations

import base64
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import BotError

_NONCE_BYTES = 12
_HASH_DIGITS = 32


class SealBroken(BotError):  # noqa: N818 - a state of affairs, not a fault
    """The text was sealed with another key, or altered."""


class Vault:
    """Hashes and seals with keys derived from one secret."""

    def __init__(self, secret: str) -> None:
        """Takes the secret; another secret neither finds nor opens what this one hid."""
        self._hash_key = _derive(secret, b"hash")
        self._aead = AESGCM(_derive(secret, b"seal"))

    def pseudonym(self, kind: str, name: str) -> str:
        """32 hexadecimal digits that stand for a name of some kind, always the same ones."""
        found = hmac.new(self._hash_key, f"{kind}:{name}".encode(), "sha256").hexdigest()
        return found[:_HASH_DIGITS]

    @property
    def fingerprint(self) -> str:
        """Tells whether two secrets are the same one, and nothing else about them."""
        return self.pseudonym("fingerprint", "")

    def seal(self, text: str) -> str:
        """The text encrypted (AES-GCM), as ASCII; no two seals look alike."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._aead.encrypt(nonce, text.encode(), None)
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, sealed: str) -> str:
        """The text of a seal.

        Raises:
            SealBroken: if it was sealed with another key.
        """
        raw = base64.urlsafe_b64decode(sealed)
        try:
            return self._aead.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None).decode()
        except InvalidTag as error:
            raise SealBroken("sealed with another PRIVACY_KEY") from error


def _derive(secret: str, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=use).derive(secret.encode())
