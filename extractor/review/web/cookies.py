"""The cookies of a signed-in browser, and the token of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fastapi import Request
    from fastapi.responses import Response

    from extractor.plan import ServePlan

SESSION: Final = "decisions_session"
OPENID: Final = "decisions_openid"
HOST_ONLY: Final = "__Host-"
"""A cookie so called is taken by browsers over TLS alone, for one host and the whole of it."""


def is_secure(request: Request, plan: ServePlan) -> bool:
    """Whether the visitor's browser talks TLS, to us or to the proxy before us."""
    return request.url.scheme == "https" or (plan.url or "").startswith("https://")


def called(request: Request, plan: ServePlan, name: str) -> str:
    """What a cookie of ours is called, over TLS with the prefix that ties it to this host."""
    return (HOST_ONLY if is_secure(request, plan) else "") + name


def put(request: Request, response: Response, plan: ServePlan, name: str, secret: str, seconds: int) -> None:
    """Gives the browser a cookie that no script reads and that other sites do not send, for so many seconds."""
    full, secure = called(request, plan, name), is_secure(request, plan)
    response.set_cookie(full, secret, max_age=seconds, path="/", httponly=True, samesite="lax", secure=secure)


def take_away(request: Request, response: Response, plan: ServePlan, name: str) -> None:
    """Takes a cookie away."""
    full, secure = called(request, plan, name), is_secure(request, plan)
    response.delete_cookie(full, path="/", httponly=True, samesite="lax", secure=secure)


def secret_in(request: Request, plan: ServePlan, name: str) -> str | None:
    """The secret in a cookie; None without one."""
    return request.cookies.get(called(request, plan, name)) or None


def bearer(request: Request) -> str | None:
    """What follows ``Bearer`` in the header; an empty string for another scheme, None without the header."""
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, secret = header.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""
