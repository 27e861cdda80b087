"""What waits for a reviewer, in the order of what a mistake in it would cost.

Nothing here scans all records: waiting ones stand in an index by state and weight, and pages are found by the place of
the last item of the page before. ``connection`` is a viewer's wherever a person is to see the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import and_, distinct, exists, func, or_, select, tuple_, union_all

from extractor.log import acting, tables, views, weighing
from extractor.log.transaction import person_of
from extractor.log.wording import BY_HAND
from extractor.records import Decision, RecordType

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select

    from extractor.log.views import Link, LogRecord, Revision

Reason = Literal["significance", "confidence", "conflict", "flags"]
LOW: Final = 0.5
"""A confidence below this is called low: the engine itself holds the record for wrong rather than right."""
COUNTED: Final = 1000
"""Counts stop one above this: a person is told "1000+"."""
STANDING: Final = ("proposed", "approved")
_APPROVING: Final = ("approve", "add")
_STATE: Final = func.coalesce(tables.records.c.state, "")
"""A record's state where another index finds the records: SQLite, which keeps no statistics, takes to the index by
state otherwise and goes through all records.
"""
_ONE: Final = tables.records.alias("one")
_STANDS: Final = (_STATE.in_(STANDING), tables.records.c.erased_at.is_(None))
_WALKED: Final = 500
"""Records looked at in one go for the meetings they belong to."""
_NOUN: Final = {"decision": "decision", "action_item": "action", "open_question": "question"}


@dataclass(frozen=True)
class Waiting:
    """What of all that waits is wanted; nothing given, everything.

    ``who`` is the number of the person it is assigned to, ``unassigned`` asks for what is nobody's, ``unapproved_by``
    leaves out what this person has approved already and another one must. ``conversation`` is an id. A record comes
    where any of the ``reasons`` to look at it holds.
    """

    who: int | None = None
    conversation: str | None = None
    types: tuple[RecordType, ...] = ()
    reasons: tuple[Reason, ...] = ()
    unassigned: bool = False
    unapproved_by: int | None = None


@dataclass(frozen=True)
class Item:
    """A record that waits.

    ``stamp`` is what an act on it gives as ``seen``. ``approvals`` are names of those who have approved it as it is
    worded, ``reasons`` says in words why it comes early, ``conflicts`` are ids of approved records that it contradicts
    or would replace, ``assignee`` is the name of who is to review it.
    """

    record: LogRecord
    stamp: int
    approvals: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    assignee: str | None = None

    @property
    def place(self) -> tuple[float, int]:
        """Where it stands in the queue: what ``after`` of the next page is."""
        return self.record.weight, self.record.seq


@dataclass(frozen=True)
class MeetingWaiting:
    """A conversation in which something waits. ``number`` is its number in the log, ``said_on`` its day as stored,
    ``waiting`` how many records wait, ``weight`` what mistakes in all of them would cost.
    """

    id: str
    number: int
    title: str
    said_on: str | None
    waiting: int
    weight: float


@dataclass(frozen=True)
class SuggestedLink:
    """A link that nobody has confirmed or refused, with both its ends."""

    link: Link
    later: LogRecord
    earlier: LogRecord


@dataclass(frozen=True)
class Suggestion:
    """A standing record with what is suggested for it: other wordings, links to earlier records."""

    record: LogRecord
    stamp: int
    revisions: tuple[Revision, ...] = ()
    links: tuple[SuggestedLink, ...] = ()

    @property
    def place(self) -> int:
        """Where it stands: what ``after`` of the next page is."""
        return self.record.seq


def waiting(
    connection: Connection, wanted: Waiting, limit: int = 50, after: tuple[float, int] | None = None
) -> list[Item]:
    """What waits, the costliest first and of equals the latest; ``after`` is the ``place`` of an item."""
    columns = tables.records.c
    chosen = _chosen(wanted, columns.id)
    if after is not None:
        chosen = chosen.where(tuple_(columns.weight, columns.seq) < tuple_(*after))
    ids = connection.execute(chosen.order_by(columns.weight.desc(), columns.seq.desc()).limit(limit)).scalars().all()
    return items_of(connection, views.records_by_id(connection, ids))


def count_waiting(connection: Connection, wanted: Waiting) -> int:
    """How many records wait, counted up to one above ``COUNTED``."""
    some = _chosen(wanted, tables.records.c.id).limit(COUNTED + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def items_of(connection: Connection, records: Mapping[str, LogRecord]) -> list[Item]:
    """Records, by their ids, with what a reviewer must know of each; in their order."""
    conflicts = _conflicts(connection, records)
    approvals = _approvals(connection, records)
    stamps = acting.stamps(connection, records)
    people = {number for those in approvals.values() for number in those}
    people |= {one.assignee for one in records.values() if one.assignee is not None}
    names = _names(connection, people)
    return [
        Item(
            record=one,
            stamp=stamps[one.id],
            approvals=tuple(names[number] for number in dict.fromkeys(approvals[one.id]) if number in names),
            reasons=reasons_of(one, [kind for kind, _ in conflicts[one.id]]),
            conflicts=tuple(dict.fromkeys(other for _, other in conflicts[one.id])),
            assignee=names.get(one.assignee) if one.assignee is not None else None,
        )
        for one in records.values()
    ]


def reasons_of(record: LogRecord, conflicts: Collection[str] = ()) -> tuple[str, ...]:
    """Why a record comes early, in words; ``conflicts`` are kinds of its links to approved records."""
    return tuple(_reasons(record, conflicts))


def _reasons(record: LogRecord, conflicts: Collection[str]) -> Iterator[str]:
    said = record.record
    if "supersedes" in conflicts:
        yield f"would replace an approved {_NOUN[record.type]}"
    if "contradicts" in conflicts:
        yield f"conflicts with an approved {_NOUN[record.type]}"
    if isinstance(said, Decision) and said.significance == "high":
        yield "high significance"
    if said.confidence is not None and said.confidence < LOW:
        yield "low confidence"
    yield from (flag.replace("-", " ") for flag in said.flags)
    if record.lost_quotes:
        yield "a quote no longer stands in the conversation"
    if not record.found and record.engine != BY_HAND:
        yield "not found when it was read again"


def meetings(connection: Connection, limit: int = 50, offset: int = 0) -> list[MeetingWaiting]:
    """Conversations in which something waits, in the order of the costliest record of each."""
    chosen = _heaviest(connection, offset + limit)[offset:]
    records, table = tables.records, tables.conversations
    wanted = (
        select(table.c.id, table.c.seq, table.c.title, table.c.said_on)
        .add_columns(func.count().label("waiting"), func.sum(records.c.weight).label("weight"))
        .join(records, records.c.conversation == table.c.id)
        .where(records.c.conversation.in_(chosen), _STATE == "proposed", records.c.erased_at.is_(None))
        .group_by(table.c.id, table.c.seq, table.c.title, table.c.said_on)
    )
    found = {row.id: row for row in connection.execute(wanted)}
    return [
        MeetingWaiting(row.id, row.seq, row.title, row.said_on, int(row.waiting), float(row.weight))
        for row in (found[name] for name in chosen if name in found)
    ]


def _heaviest(connection: Connection, wanted: int) -> list[str]:
    """The ids of this many conversations, by the costliest record that waits in each; found from the heavy end on."""
    columns, found = tables.records.c, dict[str, None]()
    base = _chosen(Waiting(), columns.conversation, columns.weight, columns.seq)
    base = base.order_by(columns.weight.desc(), columns.seq.desc()).limit(_WALKED)
    page = base
    while len(found) < wanted:
        rows = connection.execute(page).all()
        found.update(dict.fromkeys(row.conversation for row in rows))
        if len(rows) < _WALKED:
            break
        page = base.where(tuple_(columns.weight, columns.seq) < tuple_(rows[-1].weight, rows[-1].seq))
    return list(found)[:wanted]


def suggestions(connection: Connection, limit: int = 50, after: int | None = None) -> list[Suggestion]:
    """Standing records with an open suggested wording or link, the latest first; ``after`` is the ``place`` of one.

    A link stands with the later of its two records, and only while both hold.
    """
    found: list[Suggestion] = []
    at_once = limit + limit // 2
    while len(found) < limit:
        ids = _with_something_open(connection, at_once, after)
        known = views.records_by_id(connection, ids)
        found += _suggestions(connection, known)
        if len(ids) < at_once:
            break
        after = known[ids[-1]].seq
    return found[:limit]


def _with_something_open(connection: Connection, limit: int, after: int | None) -> list[str]:
    """Ids of standing records, latest first, with a suggestion; the other end of a link may be gone."""
    columns = tables.records.c
    chosen = select(columns.id).where(columns.id.in_(_suggested()), *_STANDS)
    if after is not None:
        chosen = chosen.where(columns.seq < after)
    return list(connection.execute(chosen.order_by(columns.seq.desc()).limit(limit)).scalars())


def _suggestions(connection: Connection, known: Mapping[str, LogRecord]) -> Iterator[Suggestion]:
    """What is suggested for these records, those left out for which nothing is."""
    links = defaultdict[str, list["Link"]](list)
    for link in _open_links(connection, known):
        links[link.from_record].append(link)
    earlier = views.records_by_id(connection, (link.to_record for those in links.values() for link in those))
    revisions = defaultdict[str, list["Revision"]](list)
    for one in views.revisions_of(connection, list(known)):
        revisions[one.record].append(one)
    stamps = acting.stamps(connection, known)
    for name, record in known.items():
        ends = tuple(SuggestedLink(link, record, earlier[link.to_record]) for link in links[name])
        if ends or revisions[name]:
            yield Suggestion(record, stamps[name], tuple(revisions[name]), ends)


def count_suggestions(connection: Connection, most: int = COUNTED) -> int:
    """How many standing records have something suggested, counted up to one above ``most``.

    Where so many suggestions are found that to tell records apart would take a walk through all, it is one above.
    """
    revisions, links = tables.revisions, tables.links
    looked_at = 2 * (most + 1)
    reworded = select(revisions.c.record).where(revisions.c.state == "suggested", _stands(revisions.c.record))
    both_stand = (_stands(links.c.from_record), _stands(links.c.to_record))
    linked = select(links.c.from_record).where(links.c.state == "suggested", *both_stand)
    # Each list ends by itself: both databases would make all of a list that only ends after it was joined.
    found = union_all(*(select(one.limit(looked_at).subquery()) for one in (reworded, linked))).subquery()
    wanted = select(func.count(), func.count(distinct(found.c[0]))).select_from(found)
    every, count = connection.execute(wanted).one()
    return most + 1 if every >= looked_at else min(int(count), most + 1)


def _suggested() -> CompoundSelect[tuple[str]]:
    """Ids of records for which something is suggested."""
    revisions, links = tables.revisions, tables.links
    linked = select(links.c.from_record).where(links.c.state == "suggested")
    return select(revisions.c.record).where(revisions.c.state == "suggested").union(linked)


def _stands(record: ColumnElement[str]) -> ColumnElement[bool]:
    return _in_state(record, STANDING)


def _in_state(record: ColumnElement[str], states: Collection[str]) -> ColumnElement[bool]:
    """Whether the record with the id in a column is in one of the states.

    A subquery that gives a value: either database joins all records of those states otherwise.
    """
    state = select(_ONE.c.state).where(_ONE.c.id == record, _ONE.c.erased_at.is_(None))
    return state.scalar_subquery().in_(states)


def _open_links(connection: Connection, ids: Iterable[str]) -> Iterator[Link]:
    links = tables.links
    for batch in views.batches(ids):
        wanted = select(links).where(
            links.c.from_record.in_(batch), links.c.state == "suggested", _stands(links.c.to_record)
        )
        for row in connection.execute(wanted.order_by(links.c.created_at, links.c.id)):
            yield views.Link.model_validate(row._asdict())


def _chosen(wanted: Waiting, *columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).where(and_(*_conditions(wanted)))


def _conditions(wanted: Waiting) -> Iterator[ColumnElement[bool]]:
    columns = tables.records.c
    # Of one conversation's few records; by the index over states SQLite would go through all that wait.
    yield (columns.state if wanted.conversation is None else columns.state.concat("")) == "proposed"
    yield columns.erased_at.is_(None)
    if wanted.who is not None:
        yield columns.assignee == wanted.who
    if wanted.unassigned:
        yield columns.assignee.is_(None)
    if wanted.conversation is not None:
        yield columns.conversation == wanted.conversation
    if wanted.types:
        yield columns.type.in_(wanted.types)
    if wanted.reasons:
        yield or_(*(_holding(reason) for reason in dict.fromkeys(wanted.reasons)))
    if wanted.unapproved_by is not None:
        yield ~_approved_by(wanted.unapproved_by)


def _holding(reason: Reason) -> ColumnElement[bool]:
    """Whether a reason holds; the body is canonical JSON, in which a name and its value stand side by side."""
    columns = tables.records.c
    if reason == "significance":
        return columns.body.contains('"significance":"high"', autoescape=True)
    if reason == "confidence":
        return columns.confidence < LOW
    if reason == "flags":
        return ~columns.body.contains('"flags":[]', autoescape=True)
    links = tables.links
    at_odds = select(links.c.id).where(links.c.from_record == columns.id, *_conflicting()).limit(1)
    return and_(columns.weight >= weighing.CONFLICT, at_odds.scalar_subquery().is_not(None))


def _conflicting() -> tuple[ColumnElement[bool], ...]:
    links = tables.links
    return (
        links.c.kind.in_(weighing.CONFLICTING),
        links.c.state != "rejected",
        _in_state(links.c.to_record, ("approved",)),
    )


def _approved_by(person: int) -> ColumnElement[bool]:
    table, columns = tables.reviews, tables.records.c
    return exists().where(
        table.c.record == columns.id,
        table.c.verdict.in_(_APPROVING),
        table.c.version == columns.version,
        table.c.undone_by.is_(None),
        table.c.reviewer == f"person:{person}",
    )


def _conflicts(connection: Connection, ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """For each record the kinds of its links to approved ones, and these."""
    links = tables.links
    found = defaultdict[str, list[tuple[str, str]]](list)
    for batch in views.batches(ids):
        wanted = select(links.c.from_record, links.c.kind, links.c.to_record).where(
            links.c.from_record.in_(batch), *_conflicting()
        )
        for row in connection.execute(wanted.order_by(links.c.created_at, links.c.id)):
            found[row.from_record].append((row.kind, row.to_record))
    return found


def _approvals(connection: Connection, records: Mapping[str, LogRecord]) -> dict[str, list[int]]:
    """Who has approved each record as it is worded now, in order: ``acting.approvers`` for many records."""
    table, found = tables.reviews, defaultdict[str, list[int]](list)
    for batch in views.batches(records):
        wanted = (
            select(table.c.record, table.c.verdict, table.c.reviewer, table.c.version)
            .where(table.c.record.in_(batch), table.c.undone_by.is_(None))
            .where(table.c.verdict.in_((*_APPROVING, "reopen")))
            .order_by(table.c.seq)
        )
        for record, verdict, reviewer, version in connection.execute(wanted):
            if verdict == "reopen":
                found[record].clear()
            elif version == records[record].version and (person := person_of(reviewer)) is not None:
                found[record].append(person)
    return found


def _names(connection: Connection, people: Iterable[int]) -> dict[int, str]:
    table = tables.people
    return {
        row.id: row.name
        for batch in views.batches(sorted(people))
        for row in connection.execute(select(table.c.id, table.c.name).where(table.c.id.in_(batch)))
    }
