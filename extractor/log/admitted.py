"""Who is shut out, across a backup that is brought back: nobody gets in again whom the log has shut out since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import inspect, select

from extractor.log.tables import accounts, sessions, tokens

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.transaction import Transaction

_ROLES: Final = ("reader", "reviewer", "admin")
"""Each may do all that those before it may."""


@dataclass(frozen=True)
class ShutOut:
    """Digests of tokens that were revoked, and accounts by their logins: who is disabled, may do what, by which
    password.
    """

    tokens: frozenset[str] = frozenset()
    accounts: Mapping[str, Any] = field(default_factory=dict)


def shut_out_so_far(connection: Connection) -> ShutOut:
    """Who and what is let in no more, as the log stands; also of a log that knows no accounts yet."""
    if not inspect(connection).has_table(accounts.name):
        return ShutOut()
    digests = connection.execute(select(tokens.c.digest).where(tokens.c.revoked_at.is_not(None))).scalars()
    rows = connection.execute(select(accounts.c.login, accounts.c.role, accounts.c.password, accounts.c.disabled_at))
    return ShutOut(frozenset(digests), {row.login: row for row in rows})


def shut_out_again(tx: Transaction, known: ShutOut) -> None:
    """Ends every sign-in of a log that was brought back, and what was shut out since the copy was made.

    Of two roles an account has the lesser one, and a password that was changed stays changed.
    """
    tx.connection.execute(sessions.delete())
    revoked = tokens.c.revoked_at.is_(None) & tokens.c.digest.in_(known.tokens)
    tx.connection.execute(tokens.update().where(revoked).values(revoked_at=tx.at))
    for row in tx.connection.execute(select(accounts)).all():
        late = known.accounts.get(row.login)
        if late is None:
            continue
        values = {"role": min(row.role, late.role, key=_ROLES.index), "password": late.password}
        if late.disabled_at is not None and row.disabled_at is None:
            values["disabled_at"] = tx.at
        tx.connection.execute(accounts.update().where(accounts.c.id == row.id).values(values))
