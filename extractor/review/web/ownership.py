"""What people do with their own account; pages and API stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.errors import NoSuchRecordError, UsageError
from extractor.review import access, credentials
from extractor.review.web.attempts import TooOftenError, limits_of
from extractor.review.web.door import TeamDoor
from extractor.review.web.site import NotAllowedError

if TYPE_CHECKING:
    from fastapi import Request

    from extractor.review.credentials import Scope, Token
    from extractor.review.web.site import Site, Visitor


def own(visitor: Visitor) -> int:
    """The number of the visitor's account; raises NoSuchRecordError for the one person at this machine."""
    if visitor.account is None:
        raise NoSuchRecordError("You have no account: this site is yours alone.", "Set `accounts` under [serve].")
    return visitor.account


def change_password(request: Request, site: Site, visitor: Visitor, password: str, new: str) -> None:
    """Gives the visitor another password, who must know the one they have; their other sessions end.

    Raises UsageError, TooOftenError; NotAllowedError for a token.
    """
    number, door = own(visitor), site.door
    if visitor.by_token or not isinstance(door, TeamDoor):
        raise NotAllowedError("admin")
    with site.desk.log.read() as connection:
        known = access.numbered(connection, number)
    if not known.has_password:
        raise UsageError("You sign in without a password.", "Ask an administrator to give you one.")
    limits = limits_of(known.login, request.client.host if request.client else None)
    wait_s = door.attempts.take(limits)
    if wait_s:
        raise TooOftenError(wait_s)
    if access.checked(site.desk.log, known.login, password) is None:
        raise UsageError("That is not your present password.", "Type the one that you signed in with.")
    door.attempts.give_back(limits)
    made, secret = access.hashed(new, known.login), door.secret(request)
    with site.desk.log.write(visitor.name) as tx:
        access.set_password(tx, number, made, but_session=credentials.digest_of(secret) if secret else None)


def make_token(site: Site, visitor: Visitor, name: str, scope: Scope, days: int | None) -> tuple[Token, str]:
    """A new token of the visitor's, and its secret. A token makes none, but one for administration: it would outlive
    its own end. Raises UsageError, NotAllowedError.
    """
    number = own(visitor)
    if visitor.by_token and not visitor.may("admin"):
        raise NotAllowedError("admin")
    with site.desk.log.write(visitor.name) as tx:
        return credentials.make_token(tx, number, name, scope, days)


def revoke_token(site: Site, visitor: Visitor, number: int) -> None:
    """Makes a token worthless, one's own, or as an administrator anybody's. Raises NoSuchRecordError."""
    only = None if visitor.may("admin") else own(visitor)
    if visitor.by_token and not visitor.may("admin"):
        raise NotAllowedError("admin")
    with site.desk.log.write(visitor.name) as tx:
        credentials.revoke_token(tx, number, account=only)
