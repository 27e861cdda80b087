"""Signing in and out: with a password, with a one-time link, with an OpenID provider."""

from __future__ import annotations

from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from extractor.errors import NoSuchRecordError
from extractor.review import access
from extractor.review.web import cookies, faults, openid
from extractor.review.web.attempts import TooOftenError, limits_from, limits_of
from extractor.review.web.door import LINK, LocalDoor, TeamDoor
from extractor.review.web.openid import OpenId, SignInRefusedError
from extractor.review.web.pages.acting import local_path
from extractor.review.web.rendering import page
from extractor.review.web.site import Site, TheSite

router = APIRouter(include_in_schema=False)
SIGN_IN: Final = "/sign-in"
OPENID: Final = "/sign-in/openid"
BACK: Final = "/sign-in/openid/back"
Words = Annotated[str, Form()]


@router.get(SIGN_IN)
def sign_in_page(request: Request, site: TheSite, next: str = "/") -> Response:
    """Where one signs in; who is signed in already is led on."""
    if site.door.visitor(request) is not None:
        return RedirectResponse(local_path(next), 303)
    return _form(request, site, next)


@router.post(SIGN_IN)
def sign_in(request: Request, site: TheSite, login: Words = "", password: Words = "", next: Words = "/") -> Response:
    """Lets in who knows a login's password; what is wrong is not told apart, and only so many may try."""
    door = _team(site)
    limits = limits_of(access.folded(login)[: access.LONGEST_LOGIN], request.client.host if request.client else None)
    wait_s = door.attempts.take(limits)
    if wait_s:
        return _too_often(request, site, next, TooOftenError(wait_s), login)
    account = access.checked(door.log, login, password)
    if account is None:
        return _form(request, site, next, "That login and password do not fit together.", 401, login)
    door.attempts.give_back(limits)
    return _let_in(request, door, account, next)


@router.get(LINK)
def link_page(request: Request, site: TheSite, key: str = "") -> Response:
    """The page behind the link in the terminal. What only looks at addresses does not use it up: a button does."""
    door = _local(site)
    if site.door.visitor(request) is not None:
        return RedirectResponse("/", 303)
    fits = door.fits(key)
    return page(request, None, "signing/link.html", {"key": key, "fits": fits}, 200 if fits else 403)


@router.post(LINK)
def use_link(request: Request, site: TheSite, key: Words = "") -> Response:
    """Lets in who has the link, once."""
    door = _local(site)
    secret = door.enter(key)
    if secret is None:
        return page(request, None, "signing/link.html", {"key": "", "fits": False}, 403)
    response = RedirectResponse("/", 303)
    door.remember(request, response, secret)
    return response


@router.post("/sign-out")
def sign_out(request: Request, site: TheSite) -> Response:
    """Ends the session of this browser."""
    response = RedirectResponse(SIGN_IN, 303)
    door = site.door
    if isinstance(door, LocalDoor | TeamDoor):
        secret = door.secret(request)
        if secret is not None:
            door.leave(secret)
        door.forget(request, response)
    return response


@router.get(OPENID)
def to_provider(request: Request, site: TheSite, next: str = "/") -> Response:
    """Leads to the provider."""
    door, provider = _openid(site)
    wait_s = door.attempts.take(limits_from(request.client.host if request.client else None))
    if wait_s:
        return _too_often(request, site, next, TooOftenError(wait_s))
    try:
        address, browser = provider.begin(_own_address(request, site) + BACK, local_path(next))
    except SignInRefusedError as error:
        return _form(request, site, next, str(error), 503)
    response = RedirectResponse(address, 303)
    cookies.put(request, response, site.plan, cookies.OPENID, browser, openid.VALID_S)
    return response


@router.get(BACK)
def from_provider(request: Request, site: TheSite) -> Response:
    """Lets in whom the provider vouches for."""
    door, provider = _openid(site)
    browser = cookies.secret_in(request, site.plan, cookies.OPENID)
    try:
        claims, after = provider.finish(request.query_params, browser)
        account = openid.account_of(door.log, provider.plan, claims)
    except SignInRefusedError as error:
        response: Response = _form(request, site, "/", str(error), 403)
    else:
        response = _let_in(request, door, account, after)
    cookies.take_away(request, response, site.plan, cookies.OPENID)
    return response


def _let_in(request: Request, door: TeamDoor, account: access.Account, after: str) -> Response:
    """A new session; one that this browser had ends."""
    before = door.secret(request)
    if before is not None:
        door.leave(before)
    response = RedirectResponse(local_path(after), 303)
    door.remember(request, response, door.enter(account))
    return response


def _form(
    request: Request,
    site: Site,
    after: str,
    problem: str = "",
    status: int = 200,
    login: str = "",
    headers: dict[str, str] | None = None,
) -> Response:
    """Where one signs in; ``problem`` is why that has not worked."""
    door = site.door
    provider = door.openid if isinstance(door, TeamDoor) else None
    context: dict[str, Any] = {
        "team": isinstance(door, TeamDoor),
        "next": local_path(after),
        "problem": problem,
        "login": login[: access.LONGEST_LOGIN],
        "provider": provider.plan.name if provider is not None else "",
        "to_provider": f"{OPENID}?{urlencode({'next': local_path(after)})}",
    }
    return page(request, None, "signing/sign_in.html", context, status, headers)


def _too_often(request: Request, site: Site, after: str, error: TooOftenError, login: str = "") -> Response:
    return _form(request, site, after, str(error), 429, login, {"Retry-After": str(error.wait_s)})


def _own_address(request: Request, site: Site) -> str:
    """How the visitor's browser calls this site."""
    if site.plan.url:
        return site.plan.url.rstrip("/")
    return f"{request.url.scheme}://{request.url.netloc}"


def _team(site: Site) -> TeamDoor:
    if not isinstance(site.door, TeamDoor):
        raise NoSuchRecordError("Nobody signs in with a password here.", "Use the link in the terminal.")
    return site.door


def _local(site: Site) -> LocalDoor:
    if not isinstance(site.door, LocalDoor):
        raise NoSuchRecordError("Nobody signs in with a link here.", "Sign in with your account.")
    return site.door


def _openid(site: Site) -> tuple[TeamDoor, OpenId]:
    door = site.door
    if not isinstance(door, TeamDoor) or door.openid is None:
        raise NoSuchRecordError(*faults.SAID[404])
    return door, door.openid
