"""What one has to know of a PNG file: its size, and a mark telling what it was drawn from."""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"Drawn-From\0"
_HEADER_END = len(_SIGNATURE) + 25
"""The first chunk, IHDR, is always 25 bytes long."""


def size(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        ValueError: if it is no PNG.
    """
    if not picture.startswith(_SIGNATURE + b"\0\0\0\rIHDR"):
        raise ValueError("no PNG")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def digest(source: str) -> str:
    """The mark for a source."""
    return hashlib.sha256(source.encode()).hexdigest()


def marked(picture: bytes, mark: str) -> bytes:
    """The picture with a text chunk that carries the mark."""
    body = b"tEXt" + _KEYWORD + mark.encode("ascii")
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return picture[:_HEADER_END] + chunk + picture[_HEADER_END:]


def mark(picture: bytes) -> str | None:
    """The mark that a picture carries; None if it carries none."""
    for kind, body in _chunks(picture):
        if kind == b"tEXt" and body.startswith(_KEYWORD):
            return body.removeprefix(_KEYWORD).decode("ascii")
    return None


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12
