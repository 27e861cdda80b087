"""Forgetting with time: transcripts, the words of rejected records, notes on runs. Doing it again changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import Select, false, func, select

from extractor.log import tables
from extractor.log.blanking import Blanking
from extractor.log.canonical import moment
from extractor.log.cleaning import sweep
from extractor.log.redacting import ERASED
from extractor.log.views import batches, number_of, subject_of

if TYPE_CHECKING:
    from extractor.log.store import Log
    from extractor.log.transaction import Transaction
    from extractor.plan import Retention

REASON: Final = "retention"


@dataclass(frozen=True)
class Forgotten:
    """How much was forgotten: turns of how many conversations, words of how many records, how many notes."""

    conversations: int = 0
    records: int = 0
    notes: int = 0

    def __bool__(self) -> bool:
        return bool(self.conversations or self.records or self.notes)


def retain(log: Log, retention: Retention) -> Forgotten:
    """Forgets what is older than the plan says; where nothing is due, nothing is written.

    A transcript's age counts from the day of the conversation, or from when it entered the log where that day is not
    known. Its records keep their quotes; a source that did not change does not bring the turns back. A rejected record
    that lost its words still keeps the same from being proposed again. The index follows through the outbox.
    """
    now = log.clock()
    if not _due(log, retention, now):
        return Forgotten()
    with log.write() as tx:
        done = Forgotten(
            _transcripts(tx, _before(now, retention.transcripts_days)),
            _rejected(tx, _before(now, retention.rejected_days)),
            _notes(tx, _before(now, retention.runs_days)),
        )
    sweep(log)
    return done


def _due(log: Log, retention: Retention, now: dt.datetime) -> bool:
    """Whether there is anything to forget: on most nights there is not, and none need wait for the write lock."""
    with log.read() as connection:
        wanted = (
            _old_transcripts(_before(now, retention.transcripts_days)),
            _old_rejected(_before(now, retention.rejected_days)),
            _old_runs(_before(now, retention.runs_days)),
            _old_quarantine(_before(now, retention.runs_days)),
        )
        return any(connection.execute(one.limit(1)).first() is not None for one in wanted)


def _before(now: dt.datetime, days: int | None) -> dt.datetime | None:
    return now - dt.timedelta(days=days) if days is not None else None


def _old_transcripts(before: dt.datetime | None) -> Select[str]:
    table = tables.conversations
    day = func.coalesce(table.c.said_on, func.substr(table.c.created_at, 1, 10))
    wanted = select(table.c.id).where(table.c.forgotten_at.is_(None), table.c.erased_at.is_(None))
    return wanted.where(day < before.date().isoformat() if before else false()).order_by(table.c.seq)


def _old_rejected(before: dt.datetime | None) -> Select[str]:
    table = tables.records
    wanted = select(table.c.id).where(table.c.state == "rejected", table.c.erased_at.is_(None))
    return wanted.where(table.c.reviewed_at < moment(before) if before else false()).order_by(table.c.seq)


def _old_runs(before: dt.datetime | None) -> Select[str]:
    table = tables.runs
    return select(table.c.id).where(table.c.started_at < moment(before) if before else false()).order_by(table.c.id)


def _old_quarantine(before: dt.datetime | None) -> Select[str]:
    table = tables.quarantine
    wanted = select(table.c.origin).where(table.c.reason != ERASED)
    return wanted.where(table.c.last_at < moment(before) if before else false()).order_by(table.c.origin)


def _transcripts(tx: Transaction, before: dt.datetime | None) -> int:
    table = tables.conversations
    names = tx.connection.execute(_old_transcripts(before)).scalars().all()
    for name in names:
        Blanking(tx, REASON).turns(name)
        tx.connection.execute(table.update().where(table.c.id == name).values(forgotten_at=tx.at))
        tx.event("conversation.forgotten", subject_of(number_of(tx.connection, name)))
        tx.mark("conversation", name)
    return len(names)


def _rejected(tx: Transaction, before: dt.datetime | None) -> int:
    names = tx.connection.execute(_old_rejected(before)).scalars().all()
    work = Blanking(tx, REASON)
    return sum(work.record(name) for name in names)


def _notes(tx: Transaction, before: dt.datetime | None) -> int:
    """Notes on runs go; a source in quarantine stays there, without a reason."""
    runs, bad = tables.runs, tables.quarantine
    old, reasons = (tx.connection.execute(one(before)).scalars().all() for one in (_old_runs, _old_quarantine))
    for batch in batches(old):
        tx.connection.execute(runs.delete().where(runs.c.id.in_(batch)))
    for batch in batches(reasons):
        tx.connection.execute(bad.update().where(bad.c.origin.in_(batch)).values(reason=ERASED))
    count = len(old) + len(reasons)
    if count:
        tx.event("notes.forgotten", "log", notes=count)
    return count
