"""`python -m bench.speed.stock_actions PORT DOMAIN`: an action server for the stock project.

A bot that states facts looks them up in actions, ours and any other; so stock Rasa calls an action
for each reply as well. These say their own names: the lookup itself is not what is compared.
"""

from __future__ import annotations

import logging
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

if TYPE_CHECKING:
    from collections.abc import Callable

    from rasa_sdk.executor import CollectingDispatcher


def main(port: int, domain: Path) -> None:
    """Serves all actions of a domain until it is told to stop."""
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")
    logging.basicConfig(level=logging.WARNING)
    executor = ActionExecutor()
    for name in yaml.safe_load(domain.read_text(encoding="utf-8"))["actions"]:
        executor.register_function(name, _saying(name))
    app: Sanic[Any, Any] = create_app(executor, cors_origins=[])
    app.prepare(host="127.0.0.1", port=port, single_process=True, access_log=False, motd=False)
    Sanic.serve_single(primary=app)


def _saying(name: str) -> Callable[..., list[dict[str, Any]]]:
    def run(
        dispatcher: CollectingDispatcher, _tracker: object, _domain: object
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(text=name)
        return []

    return run


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
