"""What stands before every page and every call: whose name is asked for, who sends it from where, how much, how secret.

A request must name this site (a name that was bent to this machine's address does not), and what changes something
must come from its own pages, as browsers say by Fetch metadata. Who shows a token need not say so: no browser adds one
by itself, as it does a password that a proxy asked for.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException

from extractor.plan import ServePlan
from extractor.review.web import cookies, faults

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
KEPT: Final = "public, max-age=31536000, immutable"
"""How long a browser keeps a static file whose address holds its content's version."""
HSTS: Final = "max-age=31536000"
LARGEST: Final = 2**20
"""Bytes of a request: a batch of a hundred acts with a page of words each."""
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_LENGTH: Final = re.compile(r"\d{1,12}", re.ASCII)
_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?", re.ASCII)
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OWN: Final = frozenset({"same-origin", "none"})
"""What ``Sec-Fetch-Site`` says of a request from our own pages, and of one that a person made by hand."""


class Guard:
    """The outermost middleware; ``plan`` says under which names the site is known."""

    def __init__(self, app: ASGIApp, plan: ServePlan) -> None:
        self.app = app
        self.hosts = LOOPBACK | _names_of(plan)
        self.origin = _origin(plan.url) if plan.url else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or answers it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        request = Request(scope)
        begun = False

        async def told(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._harden(request, message["status"], MutableHeaders(scope=message))
            await send(message)

        refused = self._refused(request)
        if refused is not None:
            await refused(scope, receive, told)
            return
        try:
            await self.app(scope, limited(receive), told)
        except Exception:
            faults.note_unexpected(request)
            if begun:
                raise
            await faults.unexpected(request)(scope, receive, told)

    def _refused(self, request: Request) -> Response | None:
        """The answer to a request that is not let through."""
        if host_of(request.headers) not in self.hosts:
            what = "This site is not called that."
            return faults.answer(request, 400, what, "Use the address that `decisions serve` printed.")
        length = request.headers.get("content-length", "0")
        if not _LENGTH.fullmatch(length) or int(length) > LARGEST:
            return faults.answer(request, 413, *faults.SAID[413])
        if not self._is_own(request):
            return faults.answer(request, 403, "That came from another site.", "Do it on a page of this one.")
        return None

    def _is_own(self, request: Request) -> bool:
        """Whether a request may come from where it comes from.

        Pages may be linked to, but not be built in. Over plain http, but at this machine, browsers say nothing of where
        a request comes from but its Origin, and of one that only reads its Referer.
        """
        headers = request.headers
        if cookies.bearer(request):
            return True
        said = headers.get("sec-fetch-site")
        if request.method in SAFE and not (faults.for_program(request) and "cookie" in headers):
            goes_there = headers.get("sec-fetch-mode", "navigate") == "navigate"
            return said is None or said in OWN or (goes_there and not faults.for_program(request))
        if said is not None:
            return said in OWN
        return (headers.get("origin") or _origin(headers.get("referer", ""))) in self._origins(request)

    def _origins(self, request: Request) -> tuple[str, ...]:
        """What this site's own pages call where they come from."""
        here = f"{request.scope['scheme']}://{request.headers['host'].lower()}"
        if self.origin is None:
            return (here,)
        return (here, self.origin) if host_of(request.headers) in LOOPBACK else (self.origin,)

    def _harden(self, request: Request, status: int, headers: MutableHeaders) -> None:
        """What every answer says."""
        for name, value in ALWAYS.items():
            headers[name] = value
        versioned = request.scope["path"].startswith("/static/") and "v" in request.query_params
        headers["Cache-Control"] = KEPT if versioned and status in (200, 304) else "no-store"
        if request.scope["scheme"] == "https" or (self.origin or "").startswith("https://"):
            headers["Strict-Transport-Security"] = HSTS


def limited(receive: Receive) -> Receive:
    """What a request sends, as long as it is not too much; raises HTTPException 413."""
    size = 0

    async def received() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST:
            raise HTTPException(413)
        return message

    return received


def host_of(headers: Headers) -> str:
    """The name in the one ``Host`` of a request, without its port; empty where there is none, or there are several."""
    given = headers.getlist("host")
    found = _HOST.fullmatch(given[0].lower()) if len(given) == 1 else None
    return found[1] if found is not None and int(found[2] or 0) < 2**16 else ""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_everywhere(host: str) -> bool:
    """Whether what listens there is reached by any of the machine's addresses."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return host == ""


def _names_of(plan: ServePlan) -> frozenset[str]:
    """The names that the settings give the site."""
    names = {(urlsplit(plan.url).hostname or "") if plan.url else ""}
    if not is_everywhere(plan.host):
        names.add(plan.host.lower())
    return frozenset(_bracketed(name) for name in names if name)


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def _origin(url: str) -> str:
    """The scheme, host and port of a URL; empty for what is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""
