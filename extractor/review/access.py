"""Who may sign in: accounts, their roles and passwords, and what OpenID providers call them.

What changes an account is an event, of the subject ``account:N``: who did it, when and what, never a login or a secret.
Passwords are kept as Argon2id hashes with the library's parameters, RFC 9106's second recommendation.
"""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func, select

from extractor.errors import NoSuchRecordError, UsageError
from extractor.index.model import storable
from extractor.log import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from extractor.log.store import Log
    from extractor.log.transaction import Transaction

Role = Literal["reader", "reviewer", "admin"]
ROLES: Final[tuple[Role, ...]] = ("reader", "reviewer", "admin")
"""What people may do, each all that those before it may: look; judge records; manage accounts and restrictions."""
SHORTEST: Final = 12
"""Characters of a password; NIST SP 800-63B-4 asks for 8 at the least, and more where nothing else is asked."""
LONGEST: Final = 1000
LONGEST_LOGIN: Final = 200
_HASHER: Final = PasswordHasher()
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""A hash takes 64 MiB: no more than so many are made at once."""
_FIRST: Final = threading.Lock()


@dataclass(frozen=True)
class Account:
    """An account. ``name`` and ``person`` are who it belongs to, as the log knows them."""

    number: int
    login: str
    name: str
    person: int
    role: Role
    disabled: bool
    has_password: bool
    created_at: str


def folded(login: str) -> str:
    """A login as it is kept: however its letters are written; of one that is far too long, its beginning.

    To compose a text takes as long as the square of its length, and anybody may send one.
    """
    composed = unicodedata.normalize("NFKC", storable(login[:LONGEST]))
    return unicodedata.normalize("NFKC", composed.casefold()).strip()


def subject(number: int) -> str:
    """What events call an account."""
    return f"account:{number}"


def listed(connection: Connection) -> list[Account]:
    """All accounts, by their logins."""
    return [_account(row) for row in connection.execute(_accounts().order_by(tables.accounts.c.login))]


def named(connection: Connection, login: str) -> Account:
    """The account with this login; raises NoSuchRecordError."""
    row = connection.execute(_accounts().where(tables.accounts.c.login == folded(login))).first()
    if row is None:
        raise _no_account(f"There is no account {login[:LONGEST_LOGIN]}.")
    return _account(row)


def numbered(connection: Connection, number: int) -> Account:
    """The account with this number; raises NoSuchRecordError."""
    row = connection.execute(_accounts().where(tables.accounts.c.id == number)).first()
    if row is None:
        raise _no_account(f"There is no account {number}.")
    return _account(row)


def has_admin(connection: Connection) -> bool:
    """Whether anybody may sign in who manages accounts."""
    table = tables.accounts
    wanted = select(table.c.id).where(table.c.role == "admin", table.c.disabled_at.is_(None)).limit(1)
    return connection.execute(wanted).first() is not None


def add(tx: Transaction, login: str, name: str, role: Role, password_hash: str | None = None) -> Account:
    """Makes an account for the person with this name. ``password_hash`` is what ``hashed`` gave, None for no password.

    Raises UsageError where the login is taken or none, the person has an account, or was erased.
    """
    table, kept, name = tables.accounts, folded(login), " ".join(storable(name).split())
    too_long = max(len(kept), len(login)) > LONGEST_LOGIN
    if not kept or too_long or not kept.isprintable() or any(char.isspace() for char in kept):
        raise UsageError("That is no login.", f"Take at most {LONGEST_LOGIN} characters without blanks.")
    if not name or len(name) > LONGEST_LOGIN or not name.isprintable():
        raise UsageError("An account needs the name of a person.", "Give it as the log shall know them.")
    if tx.connection.execute(select(table.c.id).where(table.c.login == kept)).first():
        raise UsageError(f"The login {kept} is taken.", "Choose another one.")
    person = tx.person(name)
    if tx.connection.execute(select(tables.people.c.erased_at).where(tables.people.c.id == person)).scalar():
        raise UsageError("That person was erased from the log.", "Give the account another name.")
    if tx.connection.execute(select(table.c.id).where(table.c.person == person)).first():
        raise UsageError(f"{name} has an account already.", "Change that one, or give a name that tells them apart.")
    number = tx.next_number(table, "id")
    row = {"id": number, "login": kept, "person": person, "role": role}
    tx.connection.execute(table.insert(), {**row, "password": password_hash, "created_at": tx.at})
    tx.event("account.added", subject(number), person=person, role=role)
    return numbered(tx.connection, number)


def set_role(tx: Transaction, number: int, role: Role) -> None:
    """Gives an account another role; it holds from the next request on. Raises UsageError for the last admin."""
    known = numbered(tx.connection, number)
    if known.role == role:
        return
    if known.role == "admin":
        _refuse_last_admin(tx.connection, known)
    _set(tx, number, role=role)
    tx.event("account.role_changed", subject(number), role=role)


def disable(tx: Transaction, number: int) -> None:
    """Lets an account in no more: its sessions end and its tokens are revoked. Raises UsageError for the last admin."""
    known = numbered(tx.connection, number)
    if known.disabled:
        return
    if known.role == "admin":
        _refuse_last_admin(tx.connection, known)
    _set(tx, number, disabled_at=tx.at)
    sessions, tokens = tables.sessions, tables.tokens
    tx.connection.execute(sessions.delete().where(sessions.c.account == number))
    live = (tokens.c.account == number) & tokens.c.revoked_at.is_(None)
    tx.connection.execute(tokens.update().where(live).values(revoked_at=tx.at))
    tx.event("account.disabled", subject(number))


def enable(tx: Transaction, number: int) -> None:
    """Lets an account in again; its tokens stay revoked. Raises UsageError where its person was erased."""
    known = numbered(tx.connection, number)
    if not known.disabled:
        return
    erased = select(tables.people.c.erased_at).where(tables.people.c.id == known.person)
    if tx.connection.execute(erased).scalar():
        raise UsageError("The person of that account was erased from the log.", "Make a new account.")
    _set(tx, number, disabled_at=None)
    tx.event("account.enabled", subject(number))


def set_password(tx: Transaction, number: int, password_hash: str, *, but_session: str | None = None) -> None:
    """Gives an account another password and ends its sessions, all but the one with the digest ``but_session``."""
    known = numbered(tx.connection, number)
    _set(tx, number, password=password_hash)
    table = tables.sessions
    others = (table.c.account == known.number) & (table.c.digest != (but_session or ""))
    tx.connection.execute(table.delete().where(others))
    tx.event("account.password_changed", subject(number))


def hashed(password: str, login: str = "") -> str:
    """The hash to keep of a new password; raises UsageError for one that is too short, too long or the login."""
    if len(password) > LONGEST:
        raise UsageError("The password is too long.", f"Take at most {LONGEST} characters.")
    password = _normal(password)
    if len(password) < SHORTEST:
        raise UsageError("The password is too short.", f"Take at least {SHORTEST} characters; words will do.")
    if folded(password) == folded(login):
        raise UsageError("The password is the login.", "Choose another one.")
    with _AT_ONCE:
        return _HASHER.hash(password)


def checked(log: Log, login: str, password: str) -> Account | None:
    """The account that may sign in with this password; None otherwise, after as much work whatever the reason is.

    A hash that was made with other parameters than today's is made anew.
    """
    decoy, table = _decoy(), tables.accounts
    with log.read() as connection:
        row = connection.execute(_accounts().where(table.c.login == folded(login))).first()
    stored = row.password if row is not None else None
    right = _verified(stored or decoy, password)
    if row is None or stored is None or not right or row.disabled_at is not None:
        return None
    if _HASHER.check_needs_rehash(stored):
        with _AT_ONCE:
            anew = _HASHER.hash(_normal(password))
        with log.write() as tx:
            same = (table.c.id == row.id) & (table.c.password == stored)
            tx.connection.execute(table.update().where(same).values(password=anew))
    return _account(row)


def _verified(stored: str, password: str) -> bool:
    with _AT_ONCE:
        try:
            return _HASHER.verify(stored, _normal(password[: LONGEST + 1]))
        except (VerificationError, InvalidHashError):
            return False


def _decoy() -> str:
    """A hash to check against where there is no account, or none with a password; made once, whoever asks first."""
    with _FIRST:
        return _made_decoy()


@cache
def _made_decoy() -> str:
    with _AT_ONCE:
        return _HASHER.hash("nobody's password")


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", storable(password))


def of_identity(connection: Connection, issuer: str, subject_there: str) -> Account | None:
    """The account that an OpenID provider knows by this subject."""
    table = tables.identities
    wanted = _accounts().join(table, table.c.account == tables.accounts.c.id)
    row = connection.execute(wanted.where(table.c.issuer == issuer, table.c.subject == subject_there)).first()
    return _account(row) if row is not None else None


def link_identity(tx: Transaction, number: int, issuer: str, subject_there: str) -> None:
    """Notes what a provider calls an account; raises UsageError where that provider calls it otherwise already."""
    table = tables.identities
    known = select(table.c.subject).where(table.c.account == number, table.c.issuer == issuer)
    before = tx.connection.execute(known).scalar()
    if before == subject_there:
        return
    if before is not None:
        raise UsageError("That account belongs to somebody else there.", "Ask an administrator.")
    tx.connection.execute(table.insert(), {"issuer": issuer, "subject": subject_there, "account": number})
    tx.event("account.linked", subject(number))


def is_spoken_for(connection: Connection, name: str) -> bool:
    """Whether a name is that of somebody with an account, or of one who may see what others may not.

    Who only says that this is their name must not become that person.
    """
    from extractor.log.visibility import NOBODY, person_numbered

    person = person_numbered(connection, name)
    if person == NOBODY:
        return False
    taken = select(tables.accounts.c.id).where(tables.accounts.c.person == person).limit(1)
    rights = select(tables.restrictions.c.person).where(tables.restrictions.c.person == person).limit(1)
    return any(connection.execute(wanted).first() is not None for wanted in (taken, rights))


def _accounts() -> Select[Any]:
    table, people = tables.accounts, tables.people
    return select(table, people.c.name).join_from(table, people, people.c.id == table.c.person)


def _account(row: Any) -> Account:
    return Account(
        number=row.id,
        login=row.login,
        name=row.name,
        person=row.person,
        role=row.role,
        disabled=row.disabled_at is not None,
        has_password=row.password is not None,
        created_at=row.created_at,
    )


def _set(tx: Transaction, number: int, **values: Any) -> None:
    table = tables.accounts
    tx.connection.execute(table.update().where(table.c.id == number).values(values))


def _refuse_last_admin(connection: Connection, known: Account) -> None:
    table = tables.accounts
    others = (table.c.role == "admin") & table.c.disabled_at.is_(None) & (table.c.id != known.number)
    if not known.disabled and not connection.execute(select(func.count()).where(others)).scalar_one():
        raise UsageError(f"{known.login} is the last administrator.", "Make somebody else one first.")


def _no_account(what: str) -> NoSuchRecordError:
    return NoSuchRecordError(what, "List them with `decisions account list`.")
