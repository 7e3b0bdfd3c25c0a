"""Operators' accounts, for supervisors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanic import Blueprint, Request, json

from bot.desk.guard import AUDITED, supervisors
from bot.desk.staff import read_role
from bot.errors import bad_request
from bot.http import body, services, text_field

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.bootstrap import Services
    from bot.desk.accounts import Account, Session

routes = Blueprint("desk_accounts")
AUDITED.update({"added_operator", "changed_role", "disabled_operator", "enabled_operator"})


@routes.get("/accounts")
@supervisors()
async def accounts(request: Request, _: Session) -> HTTPResponse:
    """All accounts."""
    return json({"accounts": await shown_accounts(services(request))})


@routes.post("/accounts")
@supervisors()
async def add(request: Request, session: Session) -> HTTPResponse:
    """Adds an operator; the one-time password is in this answer and nowhere else."""
    here = services(request)
    given = body(request)
    name, role = text_field(given, "name"), read_role(given.get("role"))
    account, password = await here.staff.add(name, role)
    await here.audit.record("added_operator", session.name, {"name": name, "role": role})
    return json({"account": _shown(account), "password": password}, status=201)


@routes.post("/accounts/<name:str>", unquote=True)
@supervisors()
async def change(request: Request, session: Session, name: str) -> HTTPResponse:
    """Gives another role, disables or enables; the operator's sessions end at once."""
    here = services(request)
    given = body(request)
    role, enabled = given.get("role"), given.get("enabled")
    if role is None and enabled is None:
        raise bad_request("missing_field", field="role")
    if enabled is not None and not isinstance(enabled, bool):
        raise bad_request("missing_field", field="enabled")
    role = None if role is None else read_role(role)
    account = await here.staff.change(name, role=role, enabled=enabled)
    if role is not None:
        await here.audit.record("changed_role", session.name, {"name": name, "role": role})
    if enabled is not None:
        action = "enabled_operator" if enabled else "disabled_operator"
        await here.audit.record(action, session.name, {"name": name})
    return json({"account": _shown(account)})


@routes.post("/accounts/<name:str>/password", unquote=True)
@supervisors(audit="reset_password")
async def reset(request: Request, _: Session, name: str) -> HTTPResponse:
    """A new one-time password; the operator's sessions end at once."""
    account, password = await services(request).staff.reset_password(name)
    return json({"account": _shown(account), "password": password})


async def shown_accounts(here: Services) -> list[dict[str, Any]]:
    """All accounts as supervisors see them, and who has the desk open."""
    present = set(await here.presence.present())
    return [
        {**_shown(account), "present": account.name in present}
        for account in await here.operators.all()
    ]


def _shown(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "role": account.role,
        "enabled": account.enabled,
        "must_change": account.must_change,
    }
