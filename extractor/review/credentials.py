"""What a signed-in browser and a program show instead of a password: sessions and tokens.

Each is a random secret of 256 bits, of which the log keeps the SHA-256 alone: a secret like that cannot be guessed from
its digest, so nothing slower is needed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import select

from extractor.errors import LogError, NoSuchRecordError, UsageError
from extractor.index.model import storable
from extractor.log import tables
from extractor.log.canonical import moment, parsed_moment
from extractor.review import access
from extractor.review.access import ROLES, Role

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.store import Log
    from extractor.log.transaction import Transaction

Scope = Literal["read", "review", "admin"]
SCOPES: Final[tuple[Scope, ...]] = ("read", "review", "admin")
MARK: Final = "dec_"
"""What every token begins with, so that it is known where it should not be."""
NOTED_S: Final = 60
"""Seconds after which the use of a session or a token is noted again: not every request is a write."""
LONGEST_NAME: Final = 100
MOST_DAYS: Final = 3650
MOST_TOKENS: Final = 100
"""Tokens of one account that may be in use at a time."""
_ROLE_OF: Final[dict[Scope, Role]] = {"read": "reader", "review": "reviewer", "admin": "admin"}


@dataclass(frozen=True)
class Known:
    """Who showed a secret: what they may do with it is the account's role, or less with a token."""

    account: int
    person: int
    name: str
    role: Role


@dataclass(frozen=True)
class Token:
    """A token as it is listed; its secret is shown once, when it is made."""

    number: int
    account: int
    name: str
    scope: Scope
    created_at: str
    expires_at: str | None
    used_at: str | None
    revoked_at: str | None


def may_have(role: Role, scope: Scope) -> bool:
    """Whether an account with this role may have a token for this scope."""
    return ROLES.index(_ROLE_OF[scope]) <= ROLES.index(role)


def new_secret() -> str:
    """43 characters that stand for 256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def begin_session(log: Log, account: int, hours: float) -> str:
    """Signs a browser in; returns the secret for its cookie. Sessions that have expired are cleared away."""
    secret, table = new_secret(), tables.sessions
    with log.write() as tx:
        tx.connection.execute(table.delete().where(table.c.expires_at <= tx.at))
        until = moment(tx.now + dt.timedelta(hours=hours))
        row = {"digest": digest_of(secret), "account": account, "created_at": tx.at, "seen_at": tx.at}
        tx.connection.execute(table.insert(), {**row, "expires_at": until})
    return secret


def of_session(log: Log, secret: str, idle_hours: float) -> Known | None:
    """Whose session it is; None for one that is not, has expired or was not used for ``idle_hours``."""
    table, accounts, people = tables.sessions, tables.accounts, tables.people
    wanted = (
        select(table.c.digest, table.c.seen_at, accounts.c.id, accounts.c.person, accounts.c.role, people.c.name)
        .join_from(table, accounts, accounts.c.id == table.c.account)
        .join(people, people.c.id == accounts.c.person)
    )
    now = log.clock()
    live = (table.c.expires_at > moment(now)) & accounts.c.disabled_at.is_(None)
    with log.read() as connection:
        row = connection.execute(wanted.where(table.c.digest == digest_of(secret), live)).first()
    if row is None or now - parsed_moment(row.seen_at) > dt.timedelta(hours=idle_hours):
        return None
    if (now - parsed_moment(row.seen_at)).total_seconds() >= NOTED_S:
        _note(log, table, table.c.digest == row.digest, seen_at=moment(now))
    return Known(row.id, row.person, row.name, row.role)


def end_session(log: Log, secret: str) -> None:
    """Signs a browser out."""
    table = tables.sessions
    with log.write() as tx:
        tx.connection.execute(table.delete().where(table.c.digest == digest_of(secret)))


def end_sessions(log: Log, account: int) -> None:
    """Signs every browser of an account out."""
    table = tables.sessions
    with log.write() as tx:
        tx.connection.execute(table.delete().where(table.c.account == account))


def make_token(tx: Transaction, account: int, name: str, scope: Scope, days: int | None) -> tuple[Token, str]:
    """Makes a token that lasts for ``days`` (for ever when None); returns it and its secret.

    Raises UsageError where the account may do less than the scope, or for a name or a number of days that is none.
    """
    known, table = access.numbered(tx.connection, account), tables.tokens
    name = " ".join(storable(name).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError("A token needs a name.", f"Say in at most {LONGEST_NAME} characters what it is for.")
    if known.disabled:
        raise UsageError("That account is disabled.", "Enable it first.")
    if not may_have(known.role, scope):
        raise UsageError(f"A {known.role} may not have a token for {scope}.", "Choose a smaller scope.")
    if days is not None and not 0 < days <= MOST_DAYS:
        raise UsageError("A token cannot last that long.", f"Give 1 to {MOST_DAYS} days.")
    live = sum(1 for one in tokens_of(tx.connection, account) if one.revoked_at is None)
    if live >= MOST_TOKENS:
        raise UsageError(f"There are {live} tokens already.", "Revoke those that nobody uses.")
    secret, number = MARK + new_secret(), tx.next_number(table, "id")
    until = None if days is None else moment(tx.now + dt.timedelta(days=days))
    row = {"id": number, "account": account, "name": name, "scope": scope, "digest": digest_of(secret)}
    tx.connection.execute(table.insert(), {**row, "created_at": tx.at, "expires_at": until})
    tx.event("token.made", access.subject(account), token=number, scope=scope)
    return Token(number, account, name, scope, tx.at, until, None, None), secret


def revoke_token(tx: Transaction, number: int, *, account: int | None = None) -> None:
    """Makes a token worthless. Raises NoSuchRecordError where there is none, or none of ``account`` where given."""
    table = tables.tokens
    row = tx.connection.execute(select(table.c.account, table.c.revoked_at).where(table.c.id == number)).first()
    if row is None or account not in (None, row.account):
        raise NoSuchRecordError(f"There is no token {number}.", "List your tokens.")
    if row.revoked_at is not None:
        return
    tx.connection.execute(table.update().where(table.c.id == number).values(revoked_at=tx.at))
    tx.event("token.revoked", access.subject(row.account), token=number)


def tokens_of(connection: Connection, account: int) -> list[Token]:
    """All tokens of an account, newest first, those that were revoked too."""
    table = tables.tokens
    wanted = select(table).where(table.c.account == account).order_by(table.c.id.desc())
    fields = ("account", "name", "scope", "created_at", "expires_at", "used_at", "revoked_at")
    return [Token(row.id, *(getattr(row, field) for field in fields)) for row in connection.execute(wanted)]


def of_token(log: Log, secret: str) -> Known | None:
    """Whose token it is; None for one that is not, was revoked or has expired."""
    if not secret.startswith(MARK):
        return None
    table, accounts, people = tables.tokens, tables.accounts, tables.people
    wanted = (
        select(table.c.id, table.c.scope, table.c.expires_at, table.c.used_at, table.c.account)
        .add_columns(accounts.c.person, accounts.c.role, people.c.name)
        .join_from(table, accounts, accounts.c.id == table.c.account)
        .join(people, people.c.id == accounts.c.person)
    )
    live = table.c.revoked_at.is_(None) & accounts.c.disabled_at.is_(None)
    with log.read() as connection:
        row = connection.execute(wanted.where(table.c.digest == digest_of(secret), live)).first()
    now = log.clock()
    if row is None or (row.expires_at is not None and row.expires_at <= moment(now)):
        return None
    if row.used_at is None or (now - parsed_moment(row.used_at)).total_seconds() >= NOTED_S:
        _note(log, table, table.c.id == row.id, used_at=moment(now))
    role = min(row.role, _ROLE_OF[row.scope], key=ROLES.index)
    return Known(row.account, row.person, row.name, role)


def _note(log: Log, table: Any, which: Any, **values: str) -> None:
    """Notes that something was used; a log that is busy or may not be written loses the note, not the request."""
    with contextlib.suppress(LogError), log.write() as tx:
        tx.connection.execute(table.update().where(which).values(values))
