"""One's own account, and for administrators everybody's."""

from __future__ import annotations

from typing import Annotated, Any, Final, get_args

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from extractor.errors import UsageError
from extractor.log.canonical import moment
from extractor.review import access, credentials
from extractor.review.access import ROLES, Role
from extractor.review.credentials import SCOPES, Scope
from extractor.review.web import ownership
from extractor.review.web.api.asking import Number
from extractor.review.web.attempts import TooOftenError
from extractor.review.web.door import LocalDoor, TeamDoor
from extractor.review.web.rendering import page
from extractor.review.web.site import Admin, NotAllowedError, Reader, Site, TheSite, Visitor

router = APIRouter(include_in_schema=False)
Words = Annotated[str, Form()]
LASTS: Final = {"30": "30 days", "90": "90 days", "365": "a year", "": "until it is revoked"}


@router.get("/account")
def account(request: Request, site: TheSite, visitor: Reader) -> Response:
    """Your role, your password, your tokens."""
    return _account(request, site, visitor)


@router.post("/account/password")
def change_password(
    request: Request, site: TheSite, visitor: Reader, password: Words = "", new: Words = ""
) -> Response:
    """Another password for who knows the present one; other browsers are signed out."""
    try:
        ownership.change_password(request, site, visitor, password, new)
    except (UsageError, TooOftenError) as error:
        return _account(request, site, visitor, str(error), 429 if isinstance(error, TooOftenError) else 422)
    return _account(request, site, visitor, done="Your password is changed. Other browsers are signed out.")


@router.post("/account/tokens")
def make_token(
    request: Request, site: TheSite, visitor: Reader, name: Words = "", scope: Words = "read", days: Words = ""
) -> Response:
    """A new token, shown this once."""
    try:
        if scope not in SCOPES or days not in LASTS:
            raise UsageError("That is no token that one can have.", "Choose what it may do, and how long it lasts.")
        asked: Scope = scope
        _, secret = ownership.make_token(site, visitor, name, asked, int(days) if days else None)
    except UsageError as error:
        return _account(request, site, visitor, str(error), 422)
    return _account(request, site, visitor, secret=secret)


@router.post("/account/tokens/{number}/revoke")
def revoke_token(site: TheSite, visitor: Reader, number: Number) -> Response:
    """Makes one of your tokens worthless."""
    ownership.revoke_token(site, visitor, number)
    return RedirectResponse("/account", 303)


@router.post("/account/sign-out-everywhere")
def sign_out_everywhere(request: Request, site: TheSite, visitor: Reader) -> Response:
    """Ends the sessions of all your browsers, this one too."""
    credentials.end_sessions(site.desk.log, ownership.own(visitor))
    response = RedirectResponse("/sign-in", 303)
    if isinstance(site.door, LocalDoor | TeamDoor):
        site.door.forget(request, response)
    return response


@router.get("/admin")
def admin(request: Request, site: TheSite, visitor: Admin) -> Response:
    """Everybody's accounts."""
    return _admin(request, site, visitor)


@router.post("/admin/accounts")
def add_account(
    request: Request,
    site: TheSite,
    visitor: Admin,
    login: Words = "",
    name: Words = "",
    role: Words = "reader",
    password: Words = "",
) -> Response:
    """A new account; without a password it is for who signs in elsewhere."""
    typed = {"login": login, "name": name, "role": role}
    try:
        made = access.hashed(password, login) if password else None
        with site.desk.log.write(visitor.name) as tx:
            access.add(tx, login, name, _role(role), made)
    except UsageError as error:
        return _admin(request, site, visitor, str(error), 422, typed)
    return RedirectResponse("/admin", 303)


@router.post("/admin/accounts/{number}")
def change_account(
    request: Request,
    site: TheSite,
    visitor: Admin,
    number: Number,
    do: Words = "",
    role: Words = "",
    password: Words = "",
) -> Response:
    """What an administrator does with an account: ``do`` is role, disable, enable or password."""
    try:
        made = access.hashed(password) if do == "password" else ""
        with site.desk.log.write(visitor.name) as tx:
            match do:
                case "role":
                    access.set_role(tx, number, _role(role))
                case "disable":
                    access.disable(tx, number)
                case "enable":
                    access.enable(tx, number)
                case "password":
                    access.set_password(tx, number, made)
                case _:
                    raise UsageError("That is nothing to do with an account.", "Use the buttons of the page.")
    except UsageError as error:
        return _admin(request, site, visitor, str(error), 422)
    return RedirectResponse("/admin", 303)


def _account(
    request: Request,
    site: Site,
    visitor: Visitor,
    problem: str = "",
    status: int = 200,
    done: str = "",
    secret: str = "",
) -> Response:
    number = ownership.own(visitor)
    if visitor.by_token:
        raise NotAllowedError("admin")
    with site.desk.log.read() as connection:
        known = access.numbered(connection, number)
        tokens = credentials.tokens_of(connection, number)
    context: dict[str, Any] = {
        "account": known,
        "tokens": tokens,
        "scopes": [scope for scope in SCOPES if credentials.may_have(known.role, scope)],
        "lasts": LASTS,
        "now": moment(site.desk.log.clock()),
        "problem": problem,
        "done": done,
        "secret": secret,
        "shortest": access.SHORTEST,
    }
    return page(request, visitor, "signing/account.html", context, status)


def _admin(
    request: Request,
    site: Site,
    visitor: Visitor,
    problem: str = "",
    status: int = 200,
    typed: dict[str, str] | None = None,
) -> Response:
    with site.desk.log.read() as connection:
        accounts = access.listed(connection)
    context: dict[str, Any] = {
        "accounts": accounts,
        "roles": ROLES,
        "problem": problem,
        "typed": typed or {"login": "", "name": "", "role": "reader"},
        "shortest": access.SHORTEST,
        "team": isinstance(site.door, TeamDoor),
    }
    return page(request, visitor, "signing/admin.html", context, status)


def _role(written: str) -> Role:
    if written not in get_args(Role):
        raise UsageError("That is no role.", f"Choose one of {', '.join(ROLES)}.")
    return written  # type: ignore[return-value]
