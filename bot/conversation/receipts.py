"""Receipt numbers (受付番号): 1234-5678, eight digits of which the last proves the others.

Why so: docs/adr/0006-receipt-numbers.md.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

_DRAWN = 7
_DASHES = re.compile(r"[\s‐‑‒–—―−ーｰ_.・-]+")
_DIGITS = re.compile(r"[0-9]{8}")
_ASKED = re.compile(
    r"(受付番号\D{0,4})?(?P<receipt>[0-9]{4}[\s‐‑‒–—―−ーｰ-]*[0-9]{4})"
    r"(\D{0,4}|\D{0,20}(状況|状態|返事|回答|結果|どう)\D{0,20})"
)
# A quasigroup of order ten without a fixed point: it tells each single wrong digit and each swap of
# two neighbours (H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004).
_DAMM = (
    *("0317598642", "7092154863", "4206871359", "1750983426", "6123045978"),
    *("3674209581", "5869720134", "8945362017", "9438617205", "2581436790"),
)


def draw() -> str:
    """A number that nobody can guess; whoever hands it out sees to it that it is not taken."""
    digits = f"{secrets.randbelow(10**_DRAWN):0{_DRAWN}}"
    digits += _check(digits)
    return f"{digits[:4]}-{digits[4:]}"


def normal(typed: str) -> str:
    """A number as it is stored, whatever width, spaces and dashes it was typed with.

    What has other than eight digits comes back without them changed.
    """
    plain = unicodedata.normalize("NFKC", typed).strip()
    digits = _DASHES.sub("", plain)
    return f"{digits[:4]}-{digits[4:]}" if _DIGITS.fullmatch(digits) else plain


def asked_for(text: str) -> str | None:
    """The number of a text that is nothing but a receipt number, asking what became of it."""
    found = _ASKED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return normal(found["receipt"]) if found else None


def is_plausible(receipt: str) -> bool:
    """Whether a number, as `normal` returns it, may have been given out at all."""
    digits = receipt.replace("-", "")
    return bool(_DIGITS.fullmatch(digits)) and _check(digits) == "0"


def _check(digits: str) -> str:
    """The digit that makes the whole come out as 0."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)
