"""`python -m bot operators …`: accounts without the desk, for whoever runs the machine."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from bot.adapters.redis.audit import RedisAudit
from bot.adapters.redis.operators import RedisOperators
from bot.conversation.hours import Clock
from bot.core import connect
from bot.desk.accounts import OperatorRole, new_account
from bot.desk.staff import Staff
from bot.errors import RequestError, SettingsError
from bot.wording import load_wording

if TYPE_CHECKING:
    import argparse

    from bot.desk.accounts import Account
    from bot.settings import Settings

SHELL = "@shell"
"""Stands in the audit log for the command line; no account can be called so."""
_ROLES = {OperatorRole.OPERATOR: "職員", OperatorRole.SUPERVISOR: "管理者"}


def add_verbs(parser: argparse.ArgumentParser) -> None:
    """Adds what can be done with accounts to the command line."""
    verbs = parser.add_subparsers(dest="action", required=True)
    add = verbs.add_parser(
        "add", help="add an operator, or give one a new password (read from stdin)"
    )
    add.add_argument("name")
    add.add_argument("--role", choices=list(OperatorRole), default=OperatorRole.OPERATOR)
    verbs.add_parser("list", help="all accounts")
    role = verbs.add_parser("role", help="give an operator another role")
    role.add_argument("name")
    role.add_argument("role", choices=list(OperatorRole))
    for verb, meaning in (
        ("disable", "end an operator's sessions and let nobody log in by that name"),
        ("enable", "let a disabled operator log in again"),
        ("reset", "print a one-time password for an operator"),
    ):
        verbs.add_parser(verb, help=meaning).add_argument("name")


async def run(settings: Settings, options: argparse.Namespace) -> int:
    """Carries out one verb.

    Raises:
        SettingsError: if name, password or the change will not do.
    """
    redis = connect(settings)
    try:
        operators = RedisOperators(redis)
        if options.action == "list":
            for account in await operators.all():
                sys.stdout.write(_line(account))
            return 0
        action, said = await _change(operators, options)
        audit = RedisAudit(redis, Clock(settings.bot_now), settings.audit_days)
        await audit.record(action, SHELL, {"name": options.name})
    except RequestError as error:
        raise SettingsError(load_wording().render(f"error_{error.code}", **error.values)) from error
    finally:
        await redis.aclose()
    sys.stdout.write(said)
    return 0


async def _change(operators: RedisOperators, options: argparse.Namespace) -> tuple[str, str]:
    """Does it; returns its name in the audit log, and what to say."""
    staff, name = Staff(operators), options.name
    if options.action == "add":
        account = new_account(name, OperatorRole(options.role), _password())
        await operators.add(account, replace=True)
        return "added_operator", f"登録しました: {name}（{account.role}）\n"
    if options.action == "reset":
        _, password = await staff.reset_password(name)
        return "reset_password", f"{name} の仮パスワード: {password}\n"
    if options.action == "role":
        return "changed_role", _line(await staff.change(name, role=options.role))
    enabled = options.action == "enable"
    changed = await staff.change(name, enabled=enabled)
    return "enabled_operator" if enabled else "disabled_operator", _line(changed)


def _password() -> str:
    given = getpass.getpass("パスワード: ") if sys.stdin.isatty() else sys.stdin.readline()
    return given.rstrip("\r\n")


def _line(account: Account) -> str:
    notes = [_ROLES[OperatorRole(account.role)]]
    notes += [] if account.enabled else ["停止中"]
    notes += ["仮パスワード"] if account.must_change else []
    return f"{account.name}\t{'・'.join(notes)}\n"
