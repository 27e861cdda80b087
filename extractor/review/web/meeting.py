"""What the pages of meetings read: the list of them, and one with all that was found in it and all that was not."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, or_, select

from extractor.errors import NoSuchRecordError
from extractor.log import tables, views
from extractor.log.wording import BY_HAND
from extractor.review.web.transcript import LETTERS, Line, labels_of, lines_of, quotes_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Select

    from extractor.log.views import LogRecord

PER_PAGE: Final = 50
"""Meetings on one page of the list."""
TURNS_AT_ONCE: Final = 400
"""Turns on one page of a transcript."""


@dataclass(frozen=True)
class Listed:
    """A meeting in the list. ``said_on`` is its day where that is known; the counts are of its records by state."""

    number: int
    title: str
    kind: str
    said_on: dt.date | None
    turns: int
    waiting: int
    approved: int
    restricted: bool

    @property
    def place(self) -> str:
        """Where it stands in the list: what ``before`` of the next page is."""
        return f"{self.said_on.isoformat() if self.said_on else ''}.{self.number}"


def listed(connection: Connection, before: str | None = None, limit: int = PER_PAGE) -> list[Listed]:
    """Meetings by their day, newest first, those without a day last; ``before`` is the ``place`` of one of them."""
    day, number = _place(before)
    table = tables.conversations
    rows: list[Row[Any]] = []
    if day is not None or before is None:
        dated = _columns().where(table.c.said_on.is_not(None))
        if day is not None:
            dated = dated.where(or_(table.c.said_on < day, and_(table.c.said_on == day, table.c.seq < number)))
        rows += connection.execute(dated.order_by(table.c.said_on.desc(), table.c.seq.desc()).limit(limit)).all()
    if len(rows) < limit:
        undated = _columns().where(table.c.said_on.is_(None))
        if day is None and before is not None:
            undated = undated.where(table.c.seq < number)
        rows += connection.execute(undated.order_by(table.c.seq.desc()).limit(limit - len(rows))).all()
    return _listed(connection, rows)


def _place(before: str | None) -> tuple[str | None, int]:
    day, _, number = (before or "").rpartition(".")
    return day or None, int(number) if number.isdecimal() and len(number) < 16 else 0


def _columns() -> Select[Any]:
    columns = tables.conversations.c
    return select(columns.id, columns.seq, columns.title, columns.kind, columns.said_on, columns.turns)


def _listed(connection: Connection, rows: list[Row[Any]]) -> list[Listed]:
    records, ids = tables.records, [row.id for row in rows]
    wanted = (
        select(records.c.conversation, records.c.state, func.count())
        .where(records.c.conversation.in_(ids))
        .group_by(records.c.conversation, records.c.state)
    )
    counts = {(conversation, state): int(count) for conversation, state, count in connection.execute(wanted)}
    limits = tables.restrictions
    hidden = set(connection.execute(select(limits.c.conversation).where(limits.c.conversation.in_(ids))).scalars())
    return [
        Listed(
            number=row.seq,
            title=row.title,
            kind=row.kind,
            said_on=dt.date.fromisoformat(row.said_on) if row.said_on else None,
            turns=row.turns,
            waiting=counts.get((row.id, "proposed"), 0),
            approved=counts.get((row.id, "approved"), 0),
            restricted=row.id in hidden,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Meeting:
    """One meeting as its page shows it: the turns ``shown`` of all, and everything of the whole meeting else.

    ``people`` are those who may see it where not everybody may. ``labels`` name records, D1 or A2.
    """

    id: str
    number: int
    title: str
    kind: str
    source: str
    engine: str
    said_on: dt.date | None
    turns: int
    gone: str | None
    names: dict[str, str]
    coverage: dict[str, Any]
    warnings: tuple[str, ...]
    unprocessed: tuple[dict[str, Any], ...]
    people: tuple[str, ...]
    records: tuple[LogRecord, ...]
    labels: dict[str, str]
    shown: range
    lines: tuple[Line, ...]

    @cached_property
    def beside(self) -> dict[int, list[LogRecord]]:
        """Records by the turn in whose margin they stand: the first that proves them."""
        found = defaultdict[int, list["LogRecord"]](list)
        for line in self.lines:
            for quote in line.quotes:
                record = self.by_id[quote.record]
                if self.first_turn[record.id] == line.number and record not in found[line.number]:
                    found[line.number].append(record)
        return found

    @cached_property
    def by_id(self) -> dict[str, LogRecord]:
        return {record.id: record for record in self.records}

    @cached_property
    def first_turn(self) -> dict[str, int]:
        """For each record the first turn in which a quote of it stands."""
        first: dict[str, int] = {}
        for quote in quotes_of(self.records, self.labels):
            first[quote.record] = min(quote.turn, first.get(quote.record, quote.turn))
        return first

    @property
    def in_order(self) -> list[LogRecord]:
        """Records by type, and of each type in the order of their labels."""
        labels = self.labels
        return sorted(self.records, key=lambda one: (list(LETTERS).index(one.type), int(labels[one.id][1:])))

    @property
    def unplaced(self) -> tuple[LogRecord, ...]:
        """Records no quote of which stands in the conversation as it is now."""
        return tuple(record for record in self.records if record.id not in self.first_turn)

    @cached_property
    def not_found_again(self) -> tuple[LogRecord, ...]:
        """Records that the latest reading of the conversation did not find."""
        return tuple(record for record in self.records if not record.found and record.engine != BY_HAND)

    @cached_property
    def ranges(self) -> tuple[range, ...]:
        """The pages of the transcript."""
        starts = range(0, max(self.turns, 1), TURNS_AT_ONCE)
        return tuple(range(start, min(start + TURNS_AT_ONCE, self.turns)) for start in starts)

    @cached_property
    def unread(self) -> frozenset[int]:
        """Turns that no engine saw through to an answer."""
        gaps = (range(gap["from_turn"], gap["to_turn"] + 1) for gap in self.unprocessed)
        return frozenset(turn for gap in gaps for turn in gap if turn in self.shown)


def meeting_at(connection: Connection, number: int, turn: int = 0) -> Meeting:
    """The meeting with this number in the log, with the page of its transcript that has this turn.

    Raises NoSuchRecordError where there is none, or the viewer of this connection may not see it.
    """
    table = tables.conversations
    row = connection.execute(select(table).where(table.c.seq == number)).first()
    if row is None:
        raise NoSuchRecordError(f"There is no meeting {number}.", "See the list of meetings.")
    records = records_in(connection, row.id)
    labels = labels_of(records)
    names = {person.id: person.name for person in views.participants_of(row)}
    start = min(max(turn, 0), max(row.turns - 1, 0)) // TURNS_AT_ONCE * TURNS_AT_ONCE
    shown = range(start, min(start + TURNS_AT_ONCE, row.turns))
    return Meeting(
        id=row.id,
        number=row.seq,
        title=row.title,
        kind=row.kind,
        source=row.source,
        engine=row.engine,
        said_on=dt.date.fromisoformat(row.said_on) if row.said_on else None,
        turns=row.turns,
        gone="erased" if row.erased_at else "forgotten" if row.forgotten_at else None,
        names=names,
        coverage=json.loads(row.coverage) or {},
        warnings=tuple(json.loads(row.warnings)),
        unprocessed=tuple(json.loads(row.unprocessed)),
        people=people_of(connection, row.id),
        records=records,
        labels=labels,
        shown=shown,
        lines=tuple(lines_of(connection, row.id, names, quotes_of(records, labels), shown)),
    )


def records_in(connection: Connection, conversation: str) -> tuple[LogRecord, ...]:
    """All records of a conversation, in whatever state, in the order in which they were entered."""
    table = tables.records
    ids = connection.execute(select(table.c.id).where(table.c.conversation == conversation).order_by(table.c.seq))
    return tuple(views.records_by_id(connection, ids.scalars().all()).values())


def people_of(connection: Connection, conversation: str) -> tuple[str, ...]:
    """The names of those who alone may see a conversation; nobody, where everybody may."""
    people, limits = tables.people, tables.restrictions
    wanted = (
        select(people.c.name).join(limits, limits.c.person == people.c.id).where(limits.c.conversation == conversation)
    )
    return tuple(sorted(connection.execute(wanted).scalars()))


def id_of(connection: Connection, number: int) -> str:
    """The id of the conversation with this number; raises NoSuchRecordError."""
    table = tables.conversations
    found = connection.execute(select(table.c.id).where(table.c.seq == number)).scalar()
    if found is None:
        raise NoSuchRecordError(f"There is no meeting {number}.", "See the list of meetings.")
    return str(found)
