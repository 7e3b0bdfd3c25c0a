"""`python -m bench.understanding.actions_without PART`: the actions without one of their rules."""

from __future__ import annotations

import importlib
import sys
from typing import Any

NEVER = 2.0
"""A confidence that nothing reaches."""
ALWAYS = -1.0


def never(*_asked: object) -> bool:
    """Stands for a function that tells whether something is so."""
    return False


def nothing(_asked: object) -> tuple[str, ...]:
    """Stands for a function that finds initiatives."""
    return ()


def unchanged(understood: object, _knowledge: object) -> object:
    """Stands for a function that finds more in what was understood."""
    return understood


WITHOUT: dict[str, tuple[tuple[str, str, Any], ...]] = {
    "carry-over guard": (
        ("actions.thresholds", "FOREIGN_DOUBT", NEVER),
        ("actions.thresholds", "FOREIGN_LIKELY", NEVER),
    ),
    "carry-over": (("actions.context", "in_foreground", never),),
    "leaning": (("actions.context", "asks_barely", never),),
    "short names": (("actions.short_names", "recognised", unchanged),),
    "pairs": (("actions.together", "meant_of_several", nothing),),
    "other cities": (("actions.elsewhere", "is_elsewhere", never),),
    "names in passing": (("actions.thresholds", "DESCRIPTION_WINS", NEVER),),
    "doubt": (("actions.thresholds", "TOPIC_SURE", ALWAYS),),
    "two facets": (("actions.thresholds", "SECOND_FACET", NEVER),),
}
"""For each part what is set to what."""


def main(part: str) -> int:
    """Takes the part away before any other module has read it, then serves as ever."""
    for module, name, value in WITHOUT[part]:
        found = importlib.import_module(module)
        if not hasattr(found, name):
            raise AttributeError(f"{module} has no {name} any more")
        setattr(found, name, value)
    serve = importlib.import_module("actions.__main__")
    return int(serve.main())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
