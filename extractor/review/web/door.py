"""Who is asking: the one person at this machine, or people with accounts; by a cookie or by a token.

Whoever sends an ``Authorization`` header is known by it alone: what a browser adds by itself never helps it.
"""

from __future__ import annotations

import datetime as dt
import hmac
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractor.log.visibility import NOBODY, person_numbered
from extractor.plan import ServePlan
from extractor.review import access, credentials
from extractor.review.web import cookies
from extractor.review.web.attempts import Attempts
from extractor.review.web.site import Visitor

if TYPE_CHECKING:
    from fastapi import Request
    from fastapi.responses import Response

    from extractor.log.store import Log
    from extractor.review.web.openid import OpenId

LINK: Final = "/sign-in/link"
_ASKED: Final = "decisions.visitor"


class _Door:
    """What both doors share: tokens, and the cookie with a session's secret."""

    def __init__(self, log: Log, plan: ServePlan) -> None:
        self.log = log
        self.plan = plan

    def visitor(self, request: Request) -> Visitor | None:
        """Who sends this request, by cookie or token; None for somebody not known. Looked up once a request."""
        if _ASKED not in request.scope:
            request.scope[_ASKED] = self._visitor(request)
        found: Visitor | None = request.scope[_ASKED]
        return found

    def _visitor(self, request: Request) -> Visitor | None:
        token = cookies.bearer(request)
        if token is not None:
            known = credentials.of_token(self.log, token)
            return Visitor(known.name, known.person, known.role, known.account, by_token=True) if known else None
        secret = self.secret(request)
        return self._of_session(secret) if secret else None

    def _of_session(self, secret: str) -> Visitor | None:
        raise NotImplementedError

    def secret(self, request: Request) -> str | None:
        """The secret in the visitor's cookie."""
        return cookies.secret_in(request, self.plan, cookies.SESSION)

    def remember(self, request: Request, response: Response, secret: str) -> None:
        """Gives the browser its cookie; how long it holds is known here, whatever the browser does with it."""
        seconds = int(self.plan.session_hours * 3600)
        cookies.put(request, response, self.plan, cookies.SESSION, secret, seconds)

    def forget(self, request: Request, response: Response) -> None:
        """Takes the cookie away."""
        cookies.take_away(request, response, self.plan, cookies.SESSION)


@dataclass
class _Open:
    """A session of this process."""

    begun: dt.datetime
    seen: dt.datetime


class LocalDoor(_Door):
    """Lets in the one person at this machine: who has the link that stands in their terminal.

    A link is good once, and when it is used there is another one, told to ``on_link``. Sessions end with the process.
    """

    def __init__(
        self, log: Log, name: str, plan: ServePlan | None = None, on_link: Callable[[str], None] | None = None
    ) -> None:
        super().__init__(log, plan or ServePlan())
        self._on_link = on_link
        self._lock = threading.Lock()
        self._sessions: dict[str, _Open] = {}
        with log.read() as connection:
            person = person_numbered(connection, name)
        if person == NOBODY:
            with log.write() as tx:
                person = tx.person(name)
        self.person = Visitor(name, person, "admin")
        self.key = credentials.new_secret()

    @property
    def link(self) -> str:
        """The path of the link that is good now; who has it is let in."""
        return f"{LINK}?key={self.key}"

    def fits(self, key: str) -> bool:
        """Whether a link is the one that is good now; looking uses nothing up."""
        return hmac.compare_digest(credentials.digest_of(key), credentials.digest_of(self.key))

    def enter(self, key: str) -> str | None:
        """Uses a link up; returns the secret for the cookie, None for a link that is not good."""
        with self._lock:
            if not self.fits(key):
                return None
            self.key = credentials.new_secret()
            secret, now = credentials.new_secret(), self.log.clock()
            self._sessions = {name: one for name, one in self._sessions.items() if self._lasts(one, now)}
            self._sessions[credentials.digest_of(secret)] = _Open(now, now)
        if self._on_link is not None:
            self._on_link(self.link)
        return secret

    def leave(self, secret: str) -> None:
        """Ends a session."""
        with self._lock:
            self._sessions.pop(credentials.digest_of(secret), None)

    def _of_session(self, secret: str) -> Visitor | None:
        now = self.log.clock()
        with self._lock:
            found = self._sessions.get(credentials.digest_of(secret))
            if found is None or not self._lasts(found, now):
                return None
            found.seen = now
        return self.person

    def _lasts(self, session: _Open, now: dt.datetime) -> bool:
        begun, seen = dt.timedelta(hours=self.plan.session_hours), dt.timedelta(hours=self.plan.idle_hours)
        return now - session.begun < begun and now - session.seen <= seen


class TeamDoor(_Door):
    """Lets in who has an account. ``openid`` is None where no provider is set."""

    def __init__(self, log: Log, plan: ServePlan, openid: OpenId | None = None) -> None:
        super().__init__(log, plan)
        self.openid = openid
        self.attempts = Attempts()

    def enter(self, account: access.Account) -> str:
        """Begins a session; returns the secret for the cookie."""
        return credentials.begin_session(self.log, account.number, self.plan.session_hours)

    def leave(self, secret: str) -> None:
        """Ends a session."""
        credentials.end_session(self.log, secret)

    def _of_session(self, secret: str) -> Visitor | None:
        known = credentials.of_session(self.log, secret, self.plan.idle_hours)
        return Visitor(known.name, known.person, known.role, known.account) if known else None
