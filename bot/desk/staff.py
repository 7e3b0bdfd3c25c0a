"""What supervisors do with operators' accounts."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from bot.desk.accounts import Account, OperatorRole, hashed, is_name
from bot.errors import bad_request, conflict

if TYPE_CHECKING:
    from bot.desk.accounts import Operators

_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and figures that look alike."""
_GROUPS = 4


class Staff:
    """Every change of an account ends its sessions; there is always a supervisor left."""

    def __init__(self, operators: Operators) -> None:
        """Takes the place where accounts are kept."""
        self._operators = operators

    async def add(self, name: str, role: str) -> tuple[Account, str]:
        """A new account, and its one-time password.

        Raises:
            RequestError: 400 for a name that will not do, 409 if it is taken.
        """
        if not is_name(name):
            raise bad_request("bad_operator_name")
        password = one_time_password()
        account = Account(name, role, await hashed(password), must_change=True)
        if not await self._operators.add(account):
            raise conflict("operator_exists", operator=name)
        return account, password

    async def change(
        self, name: str, *, role: str | None = None, enabled: bool | None = None
    ) -> Account:
        """Gives an account another role, or disables or enables it.

        Raises:
            RequestError: 404 for an unknown name; 409 if no supervisor would be left.
        """
        given: dict[str, Any] = {"role": role, "enabled": enabled}
        changes = {field: value for field, value in given.items() if value is not None}
        return await self._operators.change(name, **changes)

    async def reset_password(self, name: str) -> tuple[Account, str]:
        """A new one-time password for an account; 404 for an unknown name."""
        password = one_time_password()
        hash_of = await hashed(password)
        return await self._operators.change(name, password_hash=hash_of, must_change=True), password


def one_time_password() -> str:
    """A password that can be read aloud; its owner has to choose another one at once."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(_GROUPS))
    return "-".join(groups)


def read_role(value: object) -> str:
    """A role that somebody named; 400 if there is none such."""
    if value not in list(OperatorRole):  # a list, because the value may be anything
        raise bad_request("missing_field", field="role")
    return str(value)
