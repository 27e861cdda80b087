"""Who may do what: every route by everybody who may ask, and what they must be answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from api_world import BASE, planted
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from kept import EMBEDDER

from extractor.log.store import Log
from extractor.plan import ServePlan
from extractor.review import access, credentials
from extractor.review.service import Desk
from extractor.review.web.app import create_app
from extractor.review.web.cookies import SESSION
from extractor.review.web.door import TeamDoor
from extractor.review.web.site import ROLES, Role, Site

PUBLIC: Final = re.compile(r"/static|/theme|/sign-in(/.*)?|/sign-out|/api/openapi\.json")
"""Where nobody need be known: signing in and out, one-time links, OpenID, static files, the theme, the document."""
OWN_MATTERS: Final = ("/account", "/api/v1/account", "/api/v1/tokens", "/api/v1/password")
"""What a reader changes: their own password, sessions and tokens."""
LEAVING: Final = ("/account/sign-out-everywhere",)
"""Who has done that is to sign in again."""
BY_HAND: Final = (("GET", "/account"), ("POST", "/account/password"), ("POST", "/account/tokens"))
"""For somebody with a browser; no token does that."""
WHOLE: Final = (("POST", "/account/tokens/{number}/revoke"), ("DELETE", "/api/v1/tokens/{number}"))
"""A token that may do less than all does not do that, whoever's it is."""
SAFE: Final = ("GET", "HEAD")
OWN: Final = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
UNKNOWN: Final = ("no session", "expired session", "session of a disabled account", "revoked token", "made-up token")
FOREIGN: Final = ("foreign origin", "cross-site")
ASKERS: Final = (
    *UNKNOWN,
    *ROLES,
    *(f"{scope} token" for scope in credentials.SCOPES),
    "admin token of one who is a reader now",
    *FOREIGN,
)
_ROLE_OF: Final[dict[str, Role]] = {
    "read token": "reader",
    "review token": "reviewer",
    "admin token": "admin",
    "admin token of one who is a reader now": "reader",
}


@dataclass(frozen=True)
class Route:
    """A route of the app; ``role`` is None where none is declared."""

    method: str
    path: str
    role: Role | None

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def is_public(self) -> bool:
        return PUBLIC.fullmatch(self.path) is not None


def routes_of(app: FastAPI) -> list[Route]:
    found = []
    for context in iter_route_contexts(app.routes):
        dependant = getattr(context, "dependant", None)
        roles = list(_roles(dependant)) if dependant is not None else []
        for method in sorted(context.methods or {"GET"}):
            found.append(Route(method, context.path or "", max(roles, key=ROLES.index, default=None)))
    return found


def _roles(dependant: Any) -> Iterator[Role]:
    if role := getattr(dependant.call, "role", None):
        yield role
    for one in dependant.dependencies:
        yield from _roles(one)


@dataclass
class Team:
    """An app with an account of each role, and whatever may be shown at its door."""

    log: Log
    app: FastAPI
    accounts: dict[str, int]
    record: str
    tokens: dict[str, str] = field(default_factory=dict)

    def client(self, asker: str) -> TestClient:
        return TestClient(self.app, base_url=BASE, headers=self.headers(asker), raise_server_exceptions=False)

    def headers(self, asker: str) -> dict[str, str]:
        if asker == "no session":
            return dict(OWN)
        if asker in ROLES:
            return {**OWN, **self.cookie(asker)}
        if asker == "expired session":
            return {**OWN, **self.cookie("admin", hours=-1)}
        if asker == "session of a disabled account":
            return {**OWN, **self.cookie("gone")}
        if asker == "foreign origin":
            return {"Origin": "https://evil.example", **self.cookie("admin")}
        if asker == "cross-site":
            return {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", **self.cookie("admin")}
        return {"Authorization": f"Bearer {self.token(asker)}"}

    def cookie(self, account: str, hours: float = 1) -> dict[str, str]:
        """A new session each time: what a route does with it is nobody else's matter."""
        return {"Cookie": f"{SESSION}={credentials.begin_session(self.log, self.accounts[account], hours)}"}

    def token(self, asker: str) -> str:
        """The same token each time: an account may have so many and no more."""
        if asker not in self.tokens:
            self.tokens[asker] = self._token(asker)
        return self.tokens[asker]

    def _token(self, asker: str) -> str:
        if asker == "made-up token":
            return "dec_" + "0" * 43
        account = self.accounts["demoted" if asker.endswith("now") else "admin"]
        scope: Any = "admin" if asker.startswith("revoked") else asker.partition(" ")[0]
        with self.log.write() as tx:
            if account == self.accounts["demoted"]:
                access.set_role(tx, account, "admin")
            made, secret = credentials.make_token(tx, account, asker, scope, 7)
            if asker.startswith("revoked"):
                credentials.revoke_token(tx, made.number)
            if account == self.accounts["demoted"]:
                access.set_role(tx, account, "reader")
        return secret


@pytest.fixture
def team(log: Log) -> Team:
    ids = planted(log)
    with log.write() as tx:
        accounts: dict[str, int] = {role: access.add(tx, role, f"Person {role}", role).number for role in ROLES}
        accounts["demoted"] = access.add(tx, "demoted", "Person demoted", "reader").number
        accounts["gone"] = access.add(tx, "gone", "Person gone", "admin").number
        access.disable(tx, accounts["gone"])
    plan = ServePlan(accounts=True)
    app = create_app(Site(Desk(log, lambda: EMBEDDER), plan, TeamDoor(log, plan)))
    return Team(log, app, accounts, ids["green"])


def expected(route: Route, asker: str) -> str:
    """``in``, ``401``, ``403``, or ``sign in`` for a page that leads to where one does."""
    if asker in FOREIGN:
        navigates = asker == "foreign origin" and route.method in SAFE and not route.is_api
        if not navigates:
            return "403"
        return "in"
    if route.role is None:
        return "in"
    if asker in UNKNOWN:
        return "401" if route.is_api else "sign in"
    role: Any = _ROLE_OF.get(asker, asker)
    where = (route.method, route.path)
    if asker in _ROLE_OF and (where in BY_HAND or (where in WHOLE and asker != "admin token")):
        return "403"
    return "in" if ROLES.index(role) >= ROLES.index(route.role) else "403"


def answered(team: Team, route: Route, asker: str) -> str:
    path = re.sub(r"\{record(:\w+)?\}", team.record, route.path)
    path = re.sub(r"\{\w+(:\w+)?\}", "1", path)
    answer = team.client(asker).request(route.method, path, follow_redirects=False)
    assert answer.status_code < 500, (route, asker, answer.text[:300])
    if answer.status_code in (401, 403):
        return str(answer.status_code)
    to_sign_in = answer.status_code == 303 and answer.headers["location"].partition("?")[0] == "/sign-in"
    return "sign in" if to_sign_in else "in"


def test_every_route_declares_who_may_use_it(team: Team) -> None:
    routes = routes_of(team.app)
    assert len(routes) > 20
    assert [route for route in routes if route.role is None and not route.is_public] == []
    writing = [route for route in routes if route.method not in SAFE and not route.is_public]
    assert [route for route in writing if route.role == "reader" and not route.path.startswith(OWN_MATTERS)] == []


def test_every_route_answers_everybody_as_they_are_allowed(team: Team, tmp_path: Path) -> None:
    lines, wrong = [f"method path role | {' | '.join(ASKERS)}"], []
    for route in routes_of(team.app):
        if route.path == "/static":
            continue
        told = []
        for asker in ASKERS:
            wanted, got = expected(route, asker), answered(team, route, asker)
            if route.is_public and asker not in FOREIGN:
                wanted = got
            if wanted == "in" and route.path in LEAVING:
                wanted = "sign in"
            if got != wanted:
                wrong.append((route.method, route.path, route.role, asker, wanted, got))
            told.append(got)
        lines.append(f"{route.method} {route.path} {route.role or 'public'} | {' | '.join(told)}")
    (tmp_path / "routes.txt").write_text("\n".join(lines) + "\n")
    assert not wrong, "\n".join(map(str, wrong))
