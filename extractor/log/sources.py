"""What was read from where: sources by the hash of their content, and those that could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from extractor.errors import NoSuchRecordError
from extractor.index.model import storable
from extractor.log import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from extractor.log.transaction import Transaction


@dataclass(frozen=True)
class Seen:
    """What the log knows of a source: its content's hash, what read it, and what was wrong with it if anything.

    ``complete`` is whether all of it was read and processed; ``quarantined`` whether none of it could be. ``attempts``
    is how often it was read in part by this engine, the last time at ``read_at``.
    """

    origin: str
    version: str
    engine: str
    complete: bool
    problem: str | None
    quarantined: bool = False
    attempts: int = 0
    read_at: str = ""


@dataclass(frozen=True)
class Quarantined:
    """A source that is left alone: why, since when (both moments as stored), and how often it was tried."""

    origin: str
    version: str
    label: str
    reason: str
    since: str
    last_at: str
    attempts: int


def seen_sources(connection: Connection) -> dict[str, Seen]:
    """All sources the log knows, by origin; one query each for those read and those that could not be."""
    table, bad = tables.sources, tables.quarantine
    found = {row.origin: _seen(row) for row in connection.execute(select(table))}
    for row in connection.execute(select(bad.c.origin, bad.c.version, bad.c.reason)):
        found[row.origin] = Seen(row.origin, row.version, "", False, row.reason, quarantined=True)
    return found


def seen_source(connection: Connection, origin: str) -> Seen | None:
    """What the log knows of one source."""
    table = tables.sources
    row = connection.execute(select(table).where(table.c.origin == storable(origin))).first()
    return _seen(row) if row is not None else None


def conversations_from(connection: Connection, origin: str) -> list[str]:
    """The ids of the conversations that were read from a source."""
    table = tables.source_conversations
    wanted = select(table.c.conversation).where(table.c.origin == storable(origin)).order_by(table.c.conversation)
    return list(connection.execute(wanted).scalars())


def _seen(row: Row[Any]) -> Seen:
    return Seen(
        origin=row.origin,
        version=row.version,
        engine=row.engine,
        complete=row.complete,
        problem=row.problem,
        attempts=row.attempts,
        read_at=row.read_at,
    )


def note_source(
    tx: Transaction,
    origin: str,
    version: str,
    *,
    engine: str,
    label: str,
    conversations: Iterable[str],
    complete: bool,
    problem: str | None = None,
) -> None:
    """Notes that a source was read; it leaves quarantine. To be called in the transaction of what it held."""
    origin = storable(origin)
    before = seen_source(tx.connection, origin)
    again = before is not None and (before.version, before.engine) == (version, engine)
    values = {
        "version": version,
        "engine": engine,
        "attempts": 0 if complete else 1 + (before.attempts if before is not None and again else 0),
        "label": storable(label),
        "read_at": tx.at,
        "complete": complete,
        "problem": storable(problem) if problem is not None else None,
    }
    tx.upsert(tables.sources, {"origin": origin}, values)
    for conversation in conversations:
        tx.upsert(tables.source_conversations, {"origin": origin, "conversation": conversation}, {})
    tx.connection.execute(tables.quarantine.delete().where(tables.quarantine.c.origin == origin))
    subject = subject_of(tx, origin)
    tx.event("source.read", subject, content=tx.digest(subject, version), complete=complete)


def put_in_quarantine(tx: Transaction, origin: str, version: str, label: str, reason: str) -> None:
    """Notes that nothing of a source could be read; the same reason for the same content again counts an attempt."""
    table, origin = tables.quarantine, storable(origin)
    before = tx.connection.execute(select(table).where(table.c.origin == origin)).first()
    same = before is not None and before.version == version
    values = {
        "version": version,
        "label": storable(label),
        "reason": storable(reason),
        "since": before.since if before is not None and same else tx.at,
        "last_at": tx.at,
        "attempts": before.attempts + 1 if before is not None and same else 1,
    }
    tx.upsert(table, {"origin": origin}, values)
    subject = subject_of(tx, origin)
    tx.event("source.quarantined", subject, content=tx.digest(subject, version), attempts=values["attempts"])


def release(tx: Transaction, origin: str) -> None:
    """Takes a source out of quarantine, so that it is tried again; raises NoSuchRecordError where it is not there."""
    table, name = tables.quarantine, storable(origin)
    if not tx.connection.execute(table.delete().where(table.c.origin == name)).rowcount:
        raise NoSuchRecordError(f"{origin} is not in quarantine.", "`decisions log quarantine` lists what is.")
    tx.event("source.released", subject_of(tx, name))


def quarantined(connection: Connection) -> list[Quarantined]:
    """The sources that are left alone, oldest first."""
    table = tables.quarantine
    rows = connection.execute(select(table).order_by(table.c.since, table.c.origin))
    return [Quarantined(**row._asdict()) for row in rows]


def subject_of(tx: Transaction, origin: str) -> str:
    """What events call a source: its path may hold a name, so they know it by a digest."""
    return "source:" + tx.digest("sources", origin)[:32]
