"""What is said when something is wrong: a page to a person, two sentences as JSON to a program."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from extractor.errors import (
    ConflictError,
    DecisionsError,
    LogBusyError,
    LogError,
    LogFullError,
    NoSuchRecordError,
    UsageError,
)
from extractor.index.model import storable
from extractor.review.web.attempts import TooOftenError
from extractor.review.web.site import NotAllowedError, NotSignedInError, Visitor, site_of

NOTES: Final = logging.getLogger("decisions.serve")
STATUS: Final[tuple[tuple[type[DecisionsError], int], ...]] = (
    (NotSignedInError, 401),
    (NotAllowedError, 403),
    (NoSuchRecordError, 404),
    (ConflictError, 409),
    (UsageError, 422),
    (TooOftenError, 429),
    (LogBusyError, 503),
    (LogFullError, 503),
    (LogError, 503),
)
TITLES: Final = {
    400: "That cannot be read",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible",
    409: "Changed in the meantime",
    413: "Too large",
    422: "That does not fit",
    429: "Too many attempts",
    503: "Not now",
}
SAID: Final = {
    400: ("What was sent cannot be read.", "Send it again."),
    404: ("There is no such page.", "Check its address."),
    405: ("That cannot be done with this address.", "Check the address and the method."),
    413: ("What was sent is too large.", "Send less at once."),
}
CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="decisions"'}
LONGEST: Final = 500


def install(app: FastAPI) -> None:
    """Has every error answered with its status: as JSON under ``/api/``, else as a page. The rest is the guard's."""
    app.add_exception_handler(DecisionsError, _ours)
    app.add_exception_handler(RequestValidationError, _misfit)
    app.add_exception_handler(HTTPException, _of_http)


def for_program(request: Request) -> bool:
    """Whether a program asks."""
    return str(request.scope["path"]).startswith("/api/")


def answer(
    request: Request,
    status: int,
    what: str,
    remedy: str,
    headers: Mapping[str, str] | None = None,
    visitor: Visitor | None = None,
) -> Response:
    """The two sentences: ``Problem`` of the API's models, or a page."""
    what, remedy = storable(what)[:LONGEST], storable(remedy)[:LONGEST]
    if for_program(request):
        return JSONResponse({"error": what, "remedy": remedy}, status, headers=dict(headers or {}))
    from extractor.review.web.rendering import page

    title = TITLES.get(status, "Something went wrong")
    context = {"title": title, "what": what, "remedy": remedy}
    return page(request, visitor, "error.html", context, status, headers)


def unexpected(request: Request) -> Response:
    """The answer to what nobody foresaw: it tells nothing of what went on inside."""
    return answer(request, 500, "Something went wrong here, and nothing was done.", "Try again, or tell who runs this.")


def note_unexpected(request: Request) -> None:
    """Notes the fault being handled by its kind alone: what it says, and what led to it, may hold words of the log.

    ``DECISIONS_DEBUG`` asks for all of it.
    """
    kind = type(sys.exc_info()[1]).__name__
    NOTES.error("%s failed: %s", _asked(request), kind, exc_info="DECISIONS_DEBUG" in os.environ)


def _asked(request: Request) -> str:
    """The method and path of a request in one line; never its query, which may hold what lets one in."""
    return f"{quote(request.method)} {quote(str(request.scope['path']))[:LONGEST]}"


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, DecisionsError)
    status = next((number for kind, number in STATUS if isinstance(error, kind)), 500)
    if status >= 500:
        NOTES.error("%s: %s", _asked(request), error)
    if status == 401:
        if for_program(request):
            return answer(request, status, error.what, error.remedy, CHALLENGE)
        return RedirectResponse(f"/sign-in{_next(request)}", 303)
    if isinstance(error, LogError):
        return answer(request, status, *_of_log(error), {"Retry-After": "5"})
    headers = None
    if isinstance(error, TooOftenError):
        headers = {"Retry-After": str(error.wait_s)}
    return answer(request, status, error.what, error.remedy, headers, _visitor(request) if status < 500 else None)


def _of_log(error: LogError) -> tuple[str, str]:
    """What is wrong with the log, without where it lies and what its database said."""
    if isinstance(error, LogBusyError):
        return "The log is in use by others.", "Try again in a moment."
    if isinstance(error, LogFullError):
        return "There is no room left for the log; nothing was done.", "Tell who runs this."
    return "The log cannot be used just now; nothing was done.", "Try again, or tell who runs this."


def _misfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = (error.errors() or [{"loc": (), "msg": "it does not fit"}])[0]
    place = ".".join(str(part) for part in first["loc"])
    what = f"{place}: {first['msg']}." if place else f"{first['msg']}."
    remedy = "See /api/openapi.json." if for_program(request) else "Go back and change it."
    return answer(request, 422, what[: LONGEST - 1], remedy, visitor=_visitor(request))


def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    what, remedy = SAID.get(error.status_code, ("That does not work.", "Check what was sent."))
    visitor = _visitor(request) if error.status_code < 500 else None
    return answer(request, error.status_code, what, remedy, error.headers, visitor)


def _visitor(request: Request) -> Visitor | None:
    """Who sees the page; nobody where that cannot be told."""
    if for_program(request):
        return None
    try:
        return site_of(request).door.visitor(request)
    except DecisionsError:
        return None


def _next(request: Request) -> str:
    """Where a sign-in leads back to: to pages that were looked at."""
    if request.method not in ("GET", "HEAD"):
        return ""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return "" if path == "/" else f"?next={quote(path)}"
