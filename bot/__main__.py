"""The command line: `python -m bot run | serve | line … | citizen forget | operators …`."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys

from bot import launch, operators
from bot.app import create_app
from bot.bootstrap import build
from bot.channels.line.command import run_check, run_setup
from bot.channels.line.simulator import command as simulator
from bot.citizen import forget
from bot.errors import SettingsError
from bot.settings import Settings, read_settings


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; 2 means that a setting or argument is wrong."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ)
        if options.command == "run":
            return launch.run(settings)
        if options.command == "serve":
            return _serve(settings)
        if options.command == "line":
            return _line(settings, options.action)
        if options.command == "citizen":
            # From stdin, so that it stands in no shell history and no list of processes.
            return asyncio.run(forget(settings, sys.stdin.readline().strip()))
        return asyncio.run(operators.run(settings, options))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="start Redis, engine, actions and gateway, and keep them going")
    commands.add_parser("serve", help="start the gateway alone")
    line = commands.add_parser("line", help="the channel LINE")
    on_line = line.add_subparsers(dest="action", required=True)
    on_line.add_parser("setup", help="make the rich menu and set the webhook address")
    on_line.add_parser("check", help="say what is wrong with keys, webhook, rich menu or quota")
    on_line.add_parser("simulator", help="a stand-in for LINE, with phones in the browser")
    citizen = commands.add_parser("citizen", help="what is kept of one citizen")
    citizen.add_subparsers(dest="action", required=True).add_parser(
        "forget",
        help="erase all of it; conversation ID, receipt number or LINE user ID from stdin",
    )
    operators.add_verbs(commands.add_parser("operators", help="operators' accounts"))
    return parser


def _serve(settings: Settings) -> int:
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)  # a line for each turn says nothing
    app = create_app(build(settings))
    app.run(settings.bot_host, settings.bot_port, single_process=True)
    return 0


def _line(settings: Settings, action: str) -> int:
    if action == "simulator":
        return simulator.serve(settings)
    return asyncio.run(run_setup(settings) if action == "setup" else run_check(settings))


if __name__ == "__main__":
    sys.exit(main())
