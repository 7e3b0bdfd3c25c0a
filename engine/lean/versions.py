"""The one Rasa whose insides the modules beside this one know."""

from __future__ import annotations

from importlib.metadata import version

RASA = "3.6.21"


class OtherVersionError(Exception):
    """Rasa is another one than these replacements were written for."""


def check() -> None:
    """Refuses any other version.

    Raises:
        OtherVersionError: naming both.
    """
    found = version("rasa")
    if found != RASA:
        raise OtherVersionError(
            f"Rasa is {found}, and what engine/lean replaces is known of {RASA} alone; "
            "compare each of its modules with the new Rasa first"
        )
