"""Records by what is true of them: state, people, days, what is overdue or has no owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, and_, exists, false, func, or_, select, tuple_

from extractor.errors import NoSuchRecordError
from extractor.index.model import storable
from extractor.log import tables
from extractor.log.naming import has_words
from extractor.log.transaction import name_key
from extractor.log.views import LogRecord, records_by_id
from extractor.records import RecordType, ReviewState, Status

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row

_STANDING: Final[tuple[ReviewState, ...]] = ("proposed", "approved")


@dataclass(frozen=True)
class Filter:
    """What records must be like; nothing given, nothing asked. Rejected and merged ones come where ``states`` says.

    ``owner`` and ``decider`` are names or parts of names. ``since`` and ``until`` are days of the conversation, both
    included. ``overdue_on`` asks for a due date before that day and no confirmed link that says it is done or replaced;
    ``unowned`` for decisions that settle something and action items without an owner. ``superseded`` is whether records
    that a confirmed link replaces are wanted only (True), or left out (False). ``open`` is whether nobody has said that
    the action is done or the question answered (True), or somebody has (False). ``person`` is the number of an owner;
    ``without_owner`` asks for none, whatever the record is. ``among`` are the ids to choose from.
    """

    types: tuple[RecordType, ...] = ()
    states: tuple[ReviewState, ...] = ()
    statuses: tuple[Status, ...] = ()
    owner: str | None = None
    decider: str | None = None
    topic: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    overdue_on: dt.date | None = None
    unowned: bool = False
    superseded: bool | None = None
    conversation: str | None = None
    series: int | None = None
    open: bool | None = None
    person: int | None = None
    without_owner: bool = False
    among: tuple[str, ...] | None = None


def listed(
    connection: Connection,
    wanted: Filter,
    limit: int | None = None,
    *,
    oldest: bool = False,
    after: tuple[str, int] | None = None,
) -> list[LogRecord]:
    """Records that fit, newest first by the day they were said, or those longest in the log first.

    ``after`` is the ``place_of`` the last record of the page before, of those that come newest first.
    """
    return list(records_by_id(connection, listed_ids(connection, wanted, limit, oldest=oldest, after=after)).values())


def listed_ids(
    connection: Connection,
    wanted: Filter,
    limit: int | None = None,
    *,
    oldest: bool = False,
    after: tuple[str, int] | None = None,
) -> list[str]:
    """The ids of the records that ``listed`` gives."""
    columns = tables.records.c
    order = (columns.seq,) if oldest else (columns.said_on.desc(), columns.seq.desc())
    found: list[Row[Any]] = []
    every = tuple(dict.fromkeys(wanted.states or _STANDING))
    # One state at a time, an index has them in order; of a few records all are looked up at once.
    for states in [every] if wanted.among is not None else [(state,) for state in every]:
        of_state = _chosen(connection, replace(wanted, states=states), columns.id, columns.said_on, columns.seq)
        if after is not None:
            of_state = of_state.where(tuple_(columns.said_on, columns.seq) < tuple_(*after))
        found += connection.execute(of_state.order_by(*order).limit(limit)).all()
    if oldest:
        found.sort(key=lambda row: row.seq)
    else:
        found.sort(key=lambda row: (row.said_on, row.seq), reverse=True)
    return [str(row.id) for row in found[:limit]]


def place_of(record: LogRecord) -> tuple[str, int]:
    """Where a record stands among those that come newest first."""
    return (record.said_on.isoformat() if record.said_on else ""), record.seq


def count(connection: Connection, wanted: Filter, most: int | None = None) -> int:
    """How many records fit, counted no further than ``most``."""
    chosen = _chosen(connection, wanted, tables.records.c.id).limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(chosen)).scalar_one())


def find_people(connection: Connection, name: str) -> list[int]:
    """The people whom a name means: the one who bears it whole, else all who have every word of it in theirs."""
    key = name_key(name)
    rows = connection.execute(select(tables.people.c.id, tables.people.c.key)).all()
    exact = [row.id for row in rows if row.key == key]
    words = key.split()
    return exact or [row.id for row in rows if words and has_words(row.key, words)]


def resolve_id(connection: Connection, written: str) -> str:
    """The id of the one record that begins with what was written; raises NoSuchRecordError for none or several."""
    table = tables.records
    name = storable(written.strip())
    if connection.execute(select(table.c.id).where(table.c.id == name)).scalar() is not None:
        return name
    begins = select(table.c.id).where(table.c.id.startswith(name, autoescape=True)).order_by(table.c.id).limit(5)
    found = connection.execute(begins).scalars().all() if len(name) >= 4 else []
    if len(found) == 1:
        return str(found[0])
    if found:
        what = f"{name} may be any of {', '.join(found)}."
        raise NoSuchRecordError(what, "Write more of it.")
    raise NoSuchRecordError(f"There is no record {name} in the log.", "List them with `decisions list`.")


def _chosen(connection: Connection, wanted: Filter, *columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).where(and_(*_of_itself(wanted), *_of_others(connection, wanted)))


def _of_itself(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """Conditions on a record's own columns."""
    columns = tables.records.c
    # Few ids are looked up one by one: SQLite would walk all of a state instead, as it keeps no statistics.
    state = columns.state if wanted.among is None else func.coalesce(columns.state, "")
    yield state.in_(wanted.states or _STANDING)
    yield columns.erased_at.is_(None)
    if wanted.types:
        yield columns.type.in_(wanted.types)
    if wanted.statuses:
        yield columns.status.in_(wanted.statuses)
    if wanted.topic:
        yield columns.topic.icontains(storable(wanted.topic), autoescape=True)
    if wanted.since:
        yield columns.said_on >= wanted.since.isoformat()
    if wanted.until:
        yield columns.said_on.between("0", wanted.until.isoformat())
    if wanted.conversation:
        yield columns.conversation == wanted.conversation
    if wanted.among is not None:
        yield columns.id.in_(wanted.among)
    if wanted.unowned or wanted.overdue_on:
        yield columns.closed_at.is_(None)
    if wanted.overdue_on:
        yield columns.due_on < wanted.overdue_on.isoformat()


def _of_others(connection: Connection, wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """Conditions on people, links and series."""
    if wanted.series is not None:
        conversations = tables.conversations
        of_series = select(conversations.c.id).where(conversations.c.series == wanted.series)
        yield tables.records.c.conversation.in_(of_series)
    for role, name in (("owner", wanted.owner), ("decider", wanted.decider)):
        if name:
            yield _has_person(role, find_people(connection, name))
    if wanted.unowned:
        yield _needs_owner()
        yield ~_has_person("owner", None)
    if wanted.without_owner:
        yield ~_has_person("owner", None)
    if wanted.person is not None:
        yield _has_person("owner", [wanted.person])
    if wanted.unowned or wanted.overdue_on:
        yield ~_linked_by("implements", "supersedes")
    if wanted.open is not None:
        done = or_(tables.records.c.closed_at.is_not(None), _linked_by("implements", "answers", "supersedes"))
        yield ~done if wanted.open else done
    if wanted.superseded is not None:
        replaced = _linked_by("supersedes")
        yield replaced if wanted.superseded else ~replaced


def _needs_owner() -> ColumnElement[bool]:
    table = tables.records
    settled = and_(table.c.type == "decision", table.c.status.in_(("decided", "reversed")))
    return or_(table.c.type == "action_item", settled)


def _has_person(role: str, people: list[int] | None) -> ColumnElement[bool]:
    if people == []:
        return false()
    table = tables.record_people
    condition = and_(table.c.record == tables.records.c.id, table.c.role == role)
    return exists().where(condition if people is None else and_(condition, table.c.person.in_(people)))


def _linked_by(*kinds: str) -> ColumnElement[bool]:
    """Whether a person confirmed a link of such a kind to the record."""
    table = tables.links
    return exists().where(
        and_(table.c.to_record == tables.records.c.id, table.c.kind.in_(kinds), table.c.state == "confirmed")
    )
