"""What every page and every call of the API stands on: the site itself, and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Protocol

from fastapi import Depends, Request

from extractor.errors import DecisionsError
from extractor.log.store import Log
from extractor.plan import ServePlan
from extractor.review.access import ROLES, Role
from extractor.review.service import Desk

__all__ = [
    "ROLES",
    "Admin",
    "Door",
    "NotAllowedError",
    "NotSignedInError",
    "Reader",
    "Reviewer",
    "Role",
    "Site",
    "TheSite",
    "Visitor",
    "needs",
    "site_of",
]


@dataclass(frozen=True)
class Visitor:
    """Who is asking. ``person`` is their number in the log; ``account`` is None for the one person at this machine."""

    name: str
    person: int
    role: Role
    account: int | None = None
    by_token: bool = False

    def may(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


class Door(Protocol):
    """Knows who is asking."""

    def visitor(self, request: Request) -> Visitor | None:
        """Who sends this request, by cookie or token; None for somebody not known."""


@dataclass
class Site:
    """One running site. ``door`` knows visitors, ``desk`` does what they ask."""

    desk: Desk
    plan: ServePlan
    door: Door

    def log_of(self, visitor: Visitor) -> Log:
        """The log as this visitor may see it. Nothing that is shown is ever read from any other."""
        return self.desk.log.seen_by(visitor.person)


class NotSignedInError(DecisionsError):
    """Nobody is known to ask: a page leads to where one signs in, the API answers 401."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__("You are not signed in.", "Sign in, or send a token.")


class NotAllowedError(DecisionsError):
    """Who asks may not do that: 403."""

    exit_code = 3

    def __init__(self, role: Role) -> None:
        super().__init__(f"That takes the role {role}.", "Ask an administrator for it.")


def site_of(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def needs(role: Role) -> Callable[[Request], Visitor]:
    """A dependency that lets through who has the role; the route carries it, so that a test can ask every route."""

    def visitor(request: Request) -> Visitor:
        found = site_of(request).door.visitor(request)
        if found is None:
            raise NotSignedInError
        if not found.may(role):
            raise NotAllowedError(role)
        return found

    visitor.role = role  # type: ignore[attr-defined]
    return visitor


TheSite = Annotated[Site, Depends(site_of)]
Reader = Annotated[Visitor, Depends(needs("reader"))]
Reviewer = Annotated[Visitor, Depends(needs("reviewer"))]
Admin = Annotated[Visitor, Depends(needs("admin"))]
