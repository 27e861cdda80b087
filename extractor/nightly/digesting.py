"""The digest from the log: what came in between two events, and what stands open now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from extractor.conversation import Model
from extractor.log import tables
from extractor.log.canonical import parsed_moment
from extractor.log.listing import Filter, count, listed
from extractor.log.sources import Quarantined, quarantined
from extractor.log.views import Link, LogRecord, batches, links_by_id, records_by_id, revisions_of
from extractor.matching.identity import differs
from extractor.nightly.listing import Problem
from extractor.records import Due
from extractor.reports.digest.model import (
    Digest,
    DigestChange,
    DigestCounts,
    DigestLink,
    DigestProblem,
    DigestRecord,
    FieldChange,
)
from extractor.reports.text import clock

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

SHOWN: Final = 20
"""Records of a list that a digest shows; its counts say how many there are."""


class Span(Model):
    """What a digest tells of: the events after ``after_event`` up to ``last_event``, and when each end was."""

    id: str
    after_event: int
    last_event: int
    from_time: dt.datetime
    to_time: dt.datetime


def day_here(at: dt.datetime) -> dt.date:
    """The day of a moment as this machine counts days: what `decisions list --overdue` shows, digests say too."""
    return at.astimezone().date()


def digest_of(
    connection: Connection,
    span: Span,
    log_name: str,
    today: dt.date,
    problems: Sequence[Problem] = (),
    aside: Sequence[Quarantined] | None = None,
) -> Digest:
    """The digest of a span of events; ``today`` says what is overdue, ``problems`` are those of the run itself.

    ``connection`` is that of nobody in particular where others are to read it; ``aside`` are then the sources in
    quarantine, of which a viewer finds none.
    """
    new = _standing(connection, _subjects(connection, span, "record.added"))
    shown = records_by_id(connection, [one.id for one in new[:SHOWN]])
    changed = _changes(connection, _subjects(connection, span, "revision.suggested"))
    links = _links(connection, _subjects(connection, span, "link.suggested"))
    superseding = [link for link in links if link.kind == "supersedes"]
    others = [link for link in links if link.kind != "supersedes"]
    trouble = _problems(quarantined(connection) if aside is None else aside, problems, today)
    since = day_here(span.from_time)
    overdue, unowned = Filter(overdue_on=today), Filter(unowned=True)
    return Digest(
        id=span.id,
        log_name=log_name,
        from_time=span.from_time,
        to_time=span.to_time,
        new=tuple(map(digest_record, shown.values())),
        oldest=tuple(
            digest_record(one) for one in listed(connection, Filter(states=("proposed",)), SHOWN, oldest=True)
        ),
        changed=tuple(changed[:SHOWN]),
        superseded=_told(connection, superseding[:SHOWN]),
        links=_told(connection, others[:SHOWN]),
        overdue=tuple(digest_record(one) for one in listed(connection, overdue, SHOWN)),
        unowned=tuple(digest_record(one) for one in listed(connection, unowned, SHOWN)),
        problems=tuple(trouble[:SHOWN]),
        counts=DigestCounts.of_new(
            map(_counted, new),
            waiting=count(connection, Filter(states=("proposed",))),
            changed=len(changed),
            superseded=len(superseding),
            links=len(others),
            overdue=count(connection, overdue),
            newly_overdue=newly_overdue(connection, since, today),
            unowned=count(connection, unowned),
            problems=len(trouble),
            new_problems=sum(problem.since >= since for problem in trouble),
        ),
    )


def newly_overdue(connection: Connection, since: dt.date, today: dt.date) -> int:
    """How many records became overdue after the day ``since``, up to ``today``."""
    return count(connection, Filter(overdue_on=today)) - count(connection, Filter(overdue_on=min(since, today)))


def digest_record(record: LogRecord) -> DigestRecord:
    """A record as digests show it, with the words that settle it."""
    quotes = record.record.evidence
    telling = [quote for quote in quotes if quote.role in ("accepted", "decider", "reversed", "owner")]
    quote = next(iter(telling or quotes), None)
    due = getattr(record.record, "due", None)
    return DigestRecord(
        id=record.id,
        type=record.type,
        statement=record.text,
        status=record.status,
        owners=record.owners,
        decided_by=record.deciders,
        due=record.due,
        due_text=due.text if isinstance(due, Due) else None,
        decided_on=record.said_on,
        conversation_title=record.title,
        source=record.source,
        quote=quote.quote if quote else None,
        speaker=record.people.get(quote.speaker or "") if quote else None,
        time=clock(quote.time) or None if quote else None,
        state=record.state,
    )


def _subjects(connection: Connection, span: Span, kind: str) -> list[str]:
    table = tables.events
    wanted = select(table.c.subject).where(
        table.c.kind == kind, table.c.seq > span.after_event, table.c.seq <= span.last_event
    )
    return list(dict.fromkeys(connection.execute(wanted.order_by(table.c.seq)).scalars()))


def _standing(connection: Connection, names: Iterable[str]) -> list[Row[Any, Any, Any]]:
    """Ids, types and statuses of these records, in their order; those that were erased meanwhile are gone.

    After a backfill they are as many as the log holds, so only those that are shown are read whole.
    """
    columns = tables.records.c
    found: list[Row[Any, Any, Any]] = []
    for batch in batches(names):
        wanted = select(columns.id, columns.type, columns.status).where(columns.erased_at.is_(None))
        rows = {row.id: row for row in connection.execute(wanted.where(columns.id.in_(batch)))}
        found += [rows[name] for name in batch if name in rows]
    return found


def _counted(row: Row[Any, Any, Any]) -> DigestRecord:
    return DigestRecord(id=row.id, type=row.type, status=row.status, statement="")


def _changes(connection: Connection, names: Sequence[str]) -> list[DigestChange]:
    known = records_by_id(connection, names)
    changes: list[DigestChange] = []
    for revision in (one for batch in batches(names) for one in revisions_of(connection, batch)):
        record = known[revision.record]
        fields = differs(record.record, revision.proposed)
        told = [
            FieldChange(field=name, now=_words(record, one), suggested=_words(record, other))
            for name, (one, other) in fields.items()
            if name != "evidence"
        ]
        changes.append(DigestChange(record=digest_record(record), changes=tuple(told)))
    return changes


def _words(record: LogRecord, value: Any) -> str | None:
    """A field's value for people."""
    if value is None or value == ():
        return None
    if isinstance(value, Due):
        return str(value.date or value.text)
    if isinstance(value, tuple):
        return ", ".join(record.names(value))
    return str(value)


def _links(connection: Connection, names: Sequence[str]) -> list[Link]:
    """Those of these links that are still to be decided on, the surest first; of erased records there are none."""
    found = [link for link in links_by_id(connection, names) if link.state == "suggested"]
    ends = dict.fromkeys(name for link in found for name in (link.from_record, link.to_record))
    there = {row.id for row in _standing(connection, ends)}
    found = [link for link in found if {link.from_record, link.to_record} <= there]
    return sorted(found, key=lambda link: (-(link.confidence or 0.0), link.id))


def _told(connection: Connection, links: Sequence[Link]) -> tuple[DigestLink, ...]:
    """Links as a digest shows them."""
    records = records_by_id(connection, [name for link in links for name in (link.from_record, link.to_record)])
    return tuple(
        DigestLink(
            kind=link.kind,
            confidence=link.confidence,
            from_=digest_record(records[link.from_record]),
            to=digest_record(records[link.to_record]),
        )
        for link in links
    )


def _problems(aside: Sequence[Quarantined], problems: Sequence[Problem], today: dt.date) -> list[DigestProblem]:
    known = [
        DigestProblem(label=one.label, reason=one.reason, since=day_here(parsed_moment(one.since))) for one in aside
    ]
    return [*(DigestProblem(label=one.label, reason=one.reason, since=today) for one in problems), *known]


def last_span_end(connection: Connection) -> tuple[int, dt.datetime | None]:
    """The last event that a digest told of, and when that digest was made; 0 and None before the first."""
    table = tables.digests
    row = connection.execute(select(table.c.last_event, table.c.made_at).order_by(table.c.seq.desc()).limit(1)).first()
    return (row.last_event, parsed_moment(row.made_at)) if row is not None else (0, None)


def has_news(connection: Connection, after: int) -> bool:
    """Whether anything worth telling happened after an event."""
    table = tables.events
    kinds = ("record.added", "revision.suggested", "link.suggested", "source.quarantined")
    wanted = select(func.count()).select_from(table).where(table.c.seq > after, table.c.kind.in_(kinds))
    return bool(connection.execute(wanted).scalar_one())
