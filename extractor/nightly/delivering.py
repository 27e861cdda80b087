"""Digests on their way: each is entered with its targets in one transaction, and sent until it is taken.

A process that is killed between a target's taking a digest and our noting it sends it once more, under the same id: a
webhook that honours its Idempotency-Key has it once, a mailbox sees the same Message-Id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, select

from extractor.delivery import FileTarget, Target, send
from extractor.errors import DecisionsError, DeliveryError
from extractor.log import tables
from extractor.log.canonical import moment, parsed_moment
from extractor.log.events import head
from extractor.log.sources import quarantined
from extractor.log.visibility import NOBODY
from extractor.nightly.digesting import Span, day_here, digest_of, has_news, last_span_end, newly_overdue
from extractor.nightly.listing import Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from extractor.log.store import Log
    from extractor.log.transaction import Transaction

ATTEMPTS: Final = 7
"""Nights on which a target is tried before a digest is given up for it."""


@dataclass(frozen=True)
class Undelivered:
    """A target that did not take a digest, and why."""

    label: str
    reason: str


def begin_digest(log: Log, targets: Sequence[Target], *, empty: bool, today: dt.date) -> str | None:
    """Enters a digest of all that happened since the last one, for these targets; its id, None where none is due."""
    if not targets:
        return None
    with log.read() as connection, log.seen_by(NOBODY).read() as seen:
        last = last_span_end(connection)
        if not (_is_due(seen, last, today) or (empty and not _made_on(last, today))):
            return None
    with log.write() as tx:
        return _enter(tx, targets) if last_span_end(tx.connection) == last else None


def deliver(
    log: Log,
    targets: Sequence[Target],
    log_name: str,
    problems: Sequence[Problem],
    insist: Callable[[str], None] = lambda _: None,
) -> list[Undelivered]:
    """Sends every digest that waits, oldest first; returns what was not taken. ``problems`` are those of this run;
    ``insist`` is told where a digest goes that leaves this machine, before it does.

    A target that does not take one is left alone until the next run: a later digest must not come before it.
    """
    by_key = {target.key: target for target in targets}
    failed: list[Undelivered] = []
    left: set[str] = set()
    _redirect(log, by_key)
    with log.read() as connection:
        waiting = connection.execute(_waiting()).all()
        newest = max((row.seq for row in waiting), default=0)
    for row in waiting:
        target = by_key[row.target]
        if target.key in left:
            continue
        try:
            with log.read() as connection, log.seen_by(NOBODY).read() as seen:
                span = _span(connection, row)
                told = problems if row.seq == newest else ()
                digest = digest_of(seen, span, log_name, day_here(span.to_time), told, quarantined(connection))
            if not isinstance(target.settings, FileTarget):
                insist(f"The digest is sent: {target.label}.")
            send(digest, target)
        except DecisionsError as error:
            final = row.attempts + 1 >= ATTEMPTS or (isinstance(error, DeliveryError) and not error.transient)
            failed.append(Undelivered(target.label, str(error)))
            if not final:
                left.add(target.key)
            _note(log, row, "given_up" if final else "pending", error.what)
        else:
            _note(log, row, "sent", None)
    return failed


def _redirect(log: Log, targets: Mapping[str, Target]) -> None:
    """What waits for a target that the plan names no more goes to those that it names since: nobody misses a digest
    because an address was wrong.
    """
    with log.read() as connection:
        gone = [row for row in connection.execute(_waiting()) if row.target not in targets]
        known = set(connection.execute(select(tables.deliveries.c.target).distinct()).scalars())
    for row in gone:
        _note(log, row, "given_up", "decisions.toml names this target no more")
    new = sorted(targets.keys() - known)
    if not gone or not new:
        return
    with log.write() as tx:
        for name in dict.fromkeys(row.digest for row in gone):
            for key in new:
                values = {"state": "pending", "attempts": 0, "created_at": tx.at}
                tx.upsert(tables.deliveries, {"digest": name, "target": key}, values)


def _is_due(seen: Connection, last: tuple[int, dt.datetime | None], today: dt.date) -> bool:
    """Whether there is anything to tell to those who may see no more than everybody."""
    after, made_at = last
    if has_news(seen, after):
        return True
    return made_at is not None and newly_overdue(seen, day_here(made_at), today) > 0


def _made_on(last: tuple[int, dt.datetime | None], today: dt.date) -> bool:
    _, made_at = last
    return made_at is not None and day_here(made_at) >= today


def _enter(tx: Transaction, targets: Sequence[Target]) -> str:
    after, _ = last_span_end(tx.connection)
    seq = tx.next_number(tables.digests, "seq")
    log_id = tx.connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "log_id")).scalar_one()
    name = f"digest-{log_id}-{seq}"
    last = head(tx.connection).seq
    tx.connection.execute(
        tables.digests.insert().values(id=name, seq=seq, after_event=after, last_event=last, made_at=tx.at)
    )
    for target in targets:
        values = {"state": "pending", "attempts": 0, "created_at": tx.at}
        tx.connection.execute(tables.deliveries.insert().values(digest=name, target=target.key, **values))
    return name


def _waiting() -> Select[Any]:
    deliveries, digests = tables.deliveries, tables.digests
    return (
        select(deliveries, digests.c.seq, digests.c.after_event, digests.c.last_event, digests.c.made_at)
        .join(digests, digests.c.id == deliveries.c.digest)
        .where(deliveries.c.state == "pending")
        .order_by(digests.c.seq, deliveries.c.target)
    )


def _span(connection: Connection, row: Row[Any]) -> Span:
    digests, meta = tables.digests, tables.meta
    before = connection.execute(select(digests.c.made_at).where(digests.c.seq == row.seq - 1)).scalar()
    began = before or connection.execute(select(meta.c.value).where(meta.c.key == "created_at")).scalar_one()
    return Span(
        id=row.digest,
        after_event=row.after_event,
        last_event=row.last_event,
        from_time=parsed_moment(began),
        to_time=parsed_moment(row.made_at),
    )


def _note(log: Log, row: Row[Any], state: str, problem: str | None) -> None:
    table = tables.deliveries
    values = {"state": state, "attempts": row.attempts + 1, "problem": problem}
    if state == "sent":
        values["sent_at"] = moment(log.clock())
    with log.write() as tx:
        tx.connection.execute(
            table.update().where(table.c.digest == row.digest, table.c.target == row.target).values(values)
        )
