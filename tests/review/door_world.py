"""A team with accounts, and browsers and programs of theirs, over the real application."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache

from fastapi import FastAPI
from fastapi.testclient import TestClient
from kept import EMBEDDER

from extractor.log import events
from extractor.log.store import Log
from extractor.plan import ServePlan
from extractor.review import access, credentials
from extractor.review.access import Account, Role
from extractor.review.credentials import Scope
from extractor.review.service import Desk
from extractor.review.web.app import create_app
from extractor.review.web.door import TeamDoor
from extractor.review.web.openid import OpenId
from extractor.review.web.site import Site

PASSWORD = "a long enough phrase"
HERE = "http://127.0.0.1:8765"


@cache
def password_hash(password: str = PASSWORD) -> str:
    return access.hashed(password)


@dataclass
class Clock:
    """A clock that stands still until it is put forward."""

    now: dt.datetime = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def on(self, **much: float) -> None:
        self.now += dt.timedelta(**much)


@dataclass
class Team:
    """A log with accounts and the application over it, as ``plan`` says."""

    log: Log
    plan: ServePlan = field(default_factory=lambda: ServePlan(accounts=True))
    openid: OpenId | None = None
    address: str = HERE

    def __post_init__(self) -> None:
        self.clock = Clock()
        self.log.clock = self.clock
        self.door = TeamDoor(self.log, self.plan, self.openid)
        self.app: FastAPI = create_app(Site(Desk(self.log, lambda: EMBEDDER), self.plan, self.door))

    def account(self, login: str, role: Role = "reader", name: str | None = None, password: bool = True) -> Account:
        with self.log.write() as tx:
            return access.add(tx, login, name or f"{login.title()} Li", role, password_hash() if password else None)

    def token(self, account: Account, scope: Scope = "read", days: int | None = None) -> tuple[int, str]:
        with self.log.write() as tx:
            token, secret = credentials.make_token(tx, account.number, "a test", scope, days)
        return token.number, secret

    def browser(self) -> TestClient:
        """A browser, as far as its headers go; it follows nothing by itself."""
        headers = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
        return TestClient(self.app, base_url=self.address, headers=headers, follow_redirects=False)

    def program(self, secret: str) -> TestClient:
        headers = {"Authorization": f"Bearer {secret}"}
        return TestClient(self.app, base_url=self.address, headers=headers, follow_redirects=False)

    def signed_in(self, login: str, password: str = PASSWORD) -> TestClient:
        browser = self.browser()
        answer = browser.post("/sign-in", data={"login": login, "password": password})
        assert answer.status_code == 303, answer.text
        return browser

    def happened(self) -> list[tuple[str, str, str]]:
        """Actor, kind and subject of every event."""
        with self.log.read() as connection:
            return [(one.actor, one.kind, one.subject) for one in events.walk(connection)]
