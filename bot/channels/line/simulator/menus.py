"""Rich menus: made, given a picture, shown to everybody or to one user."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from sanic import Blueprint, Request

from bot.channels.line.simulator.answers import Answer, Refused, wrong_body
from bot.channels.line.simulator.calls import call, given, line
from bot.channels.line.simulator.validation import menu_problems

blueprint = Blueprint("line_menus", url_prefix="/v2/bot")


@blueprint.post("/richmenu")
@call("create_menu")
def create_menu(request: Request) -> Answer:
    """A new rich menu."""
    return Answer({"richMenuId": line(request).menus.create(_menu(request)).id})


@blueprint.post("/richmenu/validate")
@call("validate_menu")
def validate_menu(request: Request) -> Answer:
    """Whether a rich menu would be taken."""
    _menu(request)
    return Answer()


@blueprint.get("/richmenu/list")
@call("list_menus")
def list_menus(request: Request) -> Answer:
    """All rich menus."""
    return Answer({"richmenus": [menu.shown() for menu in line(request).menus.all()]})


@blueprint.get("/richmenu/<menu_id:str>")
@call("get_menu")
def get_menu(request: Request, menu_id: str) -> Answer:
    """One rich menu."""
    return Answer(line(request).menus.get(menu_id).shown())


@blueprint.delete("/richmenu/<menu_id:str>")
@call("delete_menu")
def delete_menu(request: Request, menu_id: str) -> Answer:
    """Deletes a rich menu."""
    here = line(request)
    here.menus.delete(menu_id)
    _ring(request)
    return Answer()


@blueprint.post("/richmenu/<menu_id:str>/content")
@call("upload_menu")
def upload_menu(request: Request, menu_id: str) -> Answer:
    """A rich menu's picture."""
    kind = (request.content_type or "").partition(";")[0]
    line(request).menus.set_image(menu_id, request.body, kind)
    return Answer()


@blueprint.get("/richmenu/<menu_id:str>/content")
@call("download_menu")
def download_menu(request: Request, menu_id: str) -> Answer:
    """The picture again."""
    menu = line(request).menus.get(menu_id)
    if not menu.image:
        raise Refused(HTTPStatus.NOT_FOUND, "Not found")
    return Answer(menu.image, headers={"content-type": menu.image_type})


@blueprint.post("/user/all/richmenu/<menu_id:str>")
@call("set_default_menu")
def set_default_menu(request: Request, menu_id: str) -> Answer:
    """Shows a rich menu to everybody."""
    here = line(request)
    here.menus.default = here.menus.showable(menu_id).id
    _ring(request)
    return Answer()


@blueprint.get("/user/all/richmenu")
@call("default_menu")
def default_menu(request: Request) -> Answer:
    """Which rich menu everybody sees."""
    menus = line(request).menus
    return Answer({"richMenuId": menus.get(menus.default).id})


@blueprint.delete("/user/all/richmenu")
@call("cancel_default_menu")
def cancel_default_menu(request: Request) -> Answer:
    """Shows no rich menu to everybody any more."""
    line(request).menus.default = None
    _ring(request)
    return Answer()


@blueprint.post("/user/<user_id:str>/richmenu/<menu_id:str>")
@call("link_menu")
def link_menu(request: Request, user_id: str, menu_id: str) -> Answer:
    """Shows a rich menu to one user."""
    here = line(request)
    _set_menu(request, user_id, here.menus.showable(menu_id).id)
    return Answer()


@blueprint.delete("/user/<user_id:str>/richmenu")
@call("unlink_menu")
def unlink_menu(request: Request, user_id: str) -> Answer:
    """Shows that user what everybody sees."""
    _set_menu(request, user_id, None)
    return Answer()


@blueprint.get("/user/<user_id:str>/richmenu")
@call("menu_of_user")
def menu_of_user(request: Request, user_id: str) -> Answer:
    """Which rich menu is linked to a user."""
    here = line(request)
    phone = here.phones.get(user_id)
    return Answer({"richMenuId": here.menus.get(phone.menu if phone else None).id})


def _menu(request: Request) -> dict[str, Any]:
    body = given(request)
    problems = menu_problems(body)
    if problems:
        raise wrong_body(problems)
    return body


def _set_menu(request: Request, user_id: str, menu_id: str | None) -> None:
    here = line(request)
    phone = here.phones.get(user_id)
    if phone is None:
        raise Refused(HTTPStatus.NOT_FOUND, "Not found")
    phone.menu = menu_id
    here.bell.ring(phone.id)


def _ring(request: Request) -> None:
    here = line(request)
    for phone in here.phones.all():
        here.bell.ring(phone.id)
