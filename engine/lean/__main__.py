"""`python -m engine.lean …`: Rasa's command line, without what we leave out (`run`, `train`)."""

from __future__ import annotations

import sys

from engine.lean import imports, versions


def main() -> None:
    """Leaves out first, because Rasa's imports are part of what is left out."""
    try:
        versions.check()
    except versions.OtherVersionError as error:
        sys.exit(f"engine: {error}")
    imports.leave_out()
    from rasa.__main__ import main as rasa  # noqa: PLC0415 - see above

    from engine.lean import action_call, archive, graph_run, lookups, training_data  # noqa: PLC0415 - "

    for module in (action_call, archive, graph_run, lookups, training_data):
        module.replace()
    sys.argv[0] = "rasa"
    rasa()


if __name__ == "__main__":
    main()
