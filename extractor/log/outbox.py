"""The outbox: which rows the index, or linking, has yet to follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from extractor.log.tables import outbox

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.transaction import Mirrored, Transaction


@dataclass(frozen=True)
class Due:
    """A row to follow. ``seq`` is the event that asked for it: a later change has a later one."""

    kind: Mirrored
    subject: str
    seq: int


def waiting(connection: Connection, kind: Mirrored, limit: int | None = None) -> list[Due]:
    """What is to be done, in the order it came to be."""
    wanted = select(outbox).where(outbox.c.kind == kind).order_by(outbox.c.seq, outbox.c.subject).limit(limit)
    return [Due(row.kind, row.subject, row.seq) for row in connection.execute(wanted)]


def pending(connection: Connection, *kinds: Mirrored) -> int:
    """How much is to be done."""
    wanted = select(func.count()).select_from(outbox)
    return int(connection.execute(wanted.where(outbox.c.kind.in_(kinds)) if kinds else wanted).scalar_one())


def done(tx: Transaction, dues: list[Due]) -> None:
    """Takes out what was done, unless it changed meanwhile."""
    for due in dues:
        tx.connection.execute(
            outbox.delete().where(outbox.c.kind == due.kind, outbox.c.subject == due.subject, outbox.c.seq == due.seq)
        )
