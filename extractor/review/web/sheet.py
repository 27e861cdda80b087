"""What the page of one record shows: the words that prove it, links, suggestions, and all that happened to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from extractor.errors import NoSuchRecordError
from extractor.index.model import storable
from extractor.log import acting, events, history, tables, views
from extractor.log.canonical import parsed_moment
from extractor.log.searching import by_words
from extractor.log.transaction import person_of
from extractor.matching.identity import differs
from extractor.reports.log.entries import Entry, entries_of
from extractor.reports.log.gathering import Change, field_words
from extractor.review import queue
from extractor.review.web.inbox import telling_of
from extractor.review.web.transcript import Line, labels_of, lines_of, names_in, quotes_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.views import Link, LogRecord
    from extractor.records import Evidence
    from extractor.review.queue import Item

AROUND: Final = 2
"""Turns shown before and after each that proves something."""
ALIKE: Final = 6
"""Records that are offered to merge into or to link to."""
STEPS: Final = 500
"""Events of a record that are shown, the latest."""
_DONE: Final = {
    "record.added": "entered the log",
    "record.updated": "was found again, with other words",
    "record.erased": "erased its words",
    "record.edited": "edited it",
    "record.redacted": "took words out of it",
    "record.split": "split it",
    "record.split_off": "split it off another record",
    "record.missed": "added it",
    "record.endorsed": "approved it; it takes another reviewer",
    "record.approved": "approved it",
    "record.rejected": "rejected it",
    "record.merged": "merged it",
    "record.reopened": "reopened it",
    "record.closed": "closed it",
    "record.commented": "commented",
    "record.assigned": "changed who is to review it",
    "record.undone": "undid what they did",
    "record.reverted": "brought an earlier wording back",
    "revision.suggested": "a later reading suggests another wording",
    "revision.accepted": "took the suggested wording",
    "revision.dismissed": "kept the words against a suggestion",
    "revision.withdrawn": "a suggested wording was withdrawn",
    "link.suggested": "suggested a link",
    "link.confirmed": "confirmed a link",
    "link.rejected": "refused a link",
    "link.removed": "a suggested link was withdrawn",
}
_BY_MACHINE: Final = {
    "link.suggested": "a link was suggested",
    "record.added": "it entered the log",
    "record.updated": "it was found again, in other words",
    "record.not_found": "the latest reading did not find it",
    "record.erased": "its words were erased",
}


_REWORDING: Final = ("record.edited", "record.reverted", "record.updated", "record.split", "revision.accepted")


@dataclass(frozen=True)
class Step:
    """One thing that happened. ``number`` is its event's; ``who`` is None for the machine; ``words`` are a comment or
    a quote; ``said`` is whether it happened in the conversation; ``undone`` whether it was taken back.
    """

    at: dt.datetime | dt.date
    what: str
    who: str | None = None
    words: str = ""
    other: LogRecord | None = None
    said: bool = False
    undone: bool = False
    number: int = 0
    kind: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Related:
    """A link of the record; ``forward`` is whether it goes from this record to the other one."""

    link: Link
    other: LogRecord
    forward: bool


@dataclass(frozen=True)
class Suggestion:
    """Another wording that waits for a person."""

    id: str
    engine: str
    at: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Sheet:
    """A record with all that its page shows. ``number`` and ``title`` are its meeting's; ``chain`` are the records
    that replaced or repeated one another, this one among them; ``mine`` is the act that the visitor may take back.
    """

    item: Item
    entry: Entry
    number: int
    stretches: tuple[tuple[Line, ...], ...]
    links: tuple[Related, ...]
    suggestions: tuple[Suggestion, ...]
    steps: tuple[Step, ...]
    chain: tuple[LogRecord, ...]
    merged: tuple[LogRecord, ...]
    into: LogRecord | None
    mine: tuple[int, str] | None

    @property
    def record(self) -> LogRecord:
        return self.item.record

    @property
    def lost(self) -> tuple[Evidence, ...]:
        """Evidence that stands in no turn that is shown: its words are not there any more, or no turns are kept."""
        shown = {line.number for lines in self.stretches for line in lines}
        return tuple(
            quote
            for number, quote in enumerate(self.record.record.evidence)
            if number in self.record.lost_quotes or quote.turn not in shown
        )

    @property
    def comments(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.words and not step.said and not step.undone)

    @property
    def replaced_by(self) -> tuple[LogRecord, ...]:
        return tuple(
            one.other
            for one in self.links
            if one.link.kind == "supersedes" and one.link.state == "confirmed" and not one.forward
        )

    @property
    def closing(self) -> Step | None:
        """How an action was done or a question answered."""
        done = [step for step in self.steps if step.what in ("closed it", "answered it", "marked it done")]
        return done[-1] if done and self.record.closed_at is not None and not done[-1].undone else None


def record_in(connection: Connection, written: str) -> LogRecord:
    """The record with this id; raises NoSuchRecordError, also where the viewer may not see it."""
    name = storable(written)[:100]
    known = views.records_by_id(connection, [name]).get(name)
    if known is None:
        raise NoSuchRecordError(f"There is no record {name} in the log.", "Look for it by its words.")
    return known


def sheet_of(connection: Connection, written: str, viewer: int) -> Sheet:
    """All that the page of a record shows to the person with this number."""
    known = record_in(connection, written)
    item = queue.items_of(connection, {known.id: known})[0]
    links = _related(connection, known)
    chain = history.chain_of(connection, known.id)
    column = tables.records.c
    merged = (
        select(column.id).where(column.state == "merged", column.merged_into == known.id).order_by(column.seq).limit(50)
    )
    other_ids = [*connection.execute(merged).scalars(), *([known.merged_into] if known.merged_into else [])]
    others = views.records_by_id(connection, other_ids)
    into = others.pop(known.merged_into, None) if known.merged_into else None
    return Sheet(
        item=item,
        entry=entries_of(connection, [known])[0],
        number=views.number_of(connection, known.conversation),
        stretches=_stretches(connection, known),
        links=links,
        suggestions=_suggestions(connection, known),
        steps=tuple(_steps(connection, known, links, chain)),
        chain=chain.records,
        merged=tuple(others.values()),
        into=into,
        mine=_mine(connection, known.id, viewer),
    )


def as_seen(connection: Connection, known: LogRecord, seen: int | None) -> LogRecord:
    """The record as it was worded when its stamp was ``seen``; as it is now where that is not known."""
    if seen is None:
        return known
    version = 1
    for event in events.walk(connection, subject=known.id):
        if event.seq > seen:
            break
        version = event.payload.get("version", version)
    then = next((one for one in views.versions_of(connection, known.id) if one.version == version), None)
    return known.model_copy(update={"record": then.record}) if then is not None else known


def since(connection: Connection, known: LogRecord, seen: int) -> tuple[Step, ...]:
    """What others did to a record after ``seen``: each judgement, and what each edit changed."""
    steps = _events(connection, known, after=seen, kinds=acting.JUDGING)
    before = as_seen(connection, known, seen)
    changes = changes_between(before, known)
    worded = [step for step in steps if step.kind in _REWORDING]
    if not changes or not worded:
        return tuple(steps)
    last = worded[-1]
    return tuple(replace(one, changes=changes) if one is last else one for one in steps)


def changes_between(before: LogRecord, after: LogRecord) -> tuple[Change, ...]:
    """The fields that say something else in the later of two wordings of one record, in words."""
    old, new = before.record.model_dump(), after.record.model_dump()
    names = [name for name in old if name not in ("id", "evidence", "statement_source") and old[name] != new[name]]
    return tuple(
        Change(name, _words(before, getattr(before.record, name)), _words(after, getattr(after.record, name)))
        for name in names
    )


def _words(known: LogRecord, value: Any) -> str | None:
    from extractor.records import Agreement, Information, Roles

    if isinstance(value, Roles):
        told = [f"{role}: {', '.join(known.names(people))}" for role, people in value if people]
        return "; ".join(told) or None
    if isinstance(value, tuple) and value and isinstance(value[0], Agreement | Information):
        told = [
            f"{known.people.get(one.person, one.person)}: {one.stance.replace('_', ' ')}"
            if isinstance(one, Agreement)
            else f"{one.what} ({one.state})"
            for one in value
        ]
        return "; ".join(told)
    return field_words(known, value)


def _stretches(connection: Connection, known: LogRecord) -> tuple[tuple[Line, ...], ...]:
    quotes = quotes_of([known], labels_of([known]))
    names = names_in(connection, known.conversation)
    wanted: list[range] = []
    for turn in sorted({quote.turn for quote in quotes}):
        part = range(max(turn - AROUND, 0), turn + AROUND + 1)
        if wanted and part.start <= wanted[-1].stop:
            wanted[-1] = range(wanted[-1].start, part.stop)
        else:
            wanted.append(part)
    stretches = (tuple(lines_of(connection, known.conversation, names, quotes, part)) for part in wanted)
    return tuple(lines for lines in stretches if lines)


def _related(connection: Connection, known: LogRecord) -> tuple[Related, ...]:
    links = views.links_of(connection, [known.id])
    ends = {link.id: link.to_record if link.from_record == known.id else link.from_record for link in links}
    others = views.records_by_id(connection, ends.values())
    return tuple(
        Related(link, others[ends[link.id]], link.from_record == known.id) for link in links if ends[link.id] in others
    )


def _suggestions(connection: Connection, known: LogRecord) -> tuple[Suggestion, ...]:
    found = []
    for one in views.revisions_of(connection, [known.id]):
        proposed = known.model_copy(update={"record": one.proposed})
        changes = [
            Change(name, _words(known, now), _words(proposed, then))
            for name, (now, then) in differs(known.record, one.proposed).items()
        ]
        found.append(Suggestion(one.id, one.engine, one.created_at, tuple(changes)))
    return tuple(found)


def _mine(connection: Connection, record: str, viewer: int) -> tuple[int, str] | None:
    """The number and verdict of what a person did last with a record and may take back."""
    table = tables.reviews
    wanted = select(table.c.seq, table.c.verdict).where(
        table.c.record == record,
        table.c.reviewer == f"person:{viewer}",
        table.c.undone_by.is_(None),
        table.c.undo.is_not(None),
        table.c.verdict.not_in(("undo", "split off")),
    )
    row = connection.execute(wanted.order_by(table.c.seq.desc()).limit(1)).first()
    return (row.seq, row.verdict) if row is not None else None


def _steps(connection: Connection, known: LogRecord, links: Iterable[Related], chain: history.Chain) -> list[Step]:
    steps = [
        Step(one.at, f"{one.what} in the conversation", one.who, one.detail, said=True)
        for one in chain.steps
        if one.said and one.record == known.id
    ]
    steps += _events(connection, known)
    for one in links:
        steps += _events(connection, known, link=one)
    return sorted(steps, key=lambda step: (_moment(step.at), not step.said, step.number))


def _events(
    connection: Connection, known: LogRecord, after: int = 0, link: Related | None = None, kinds: Sequence[str] = ()
) -> list[Step]:
    """Events of a record, or of one of its links, as steps."""
    subject = known.id if link is None else link.link.id
    walked = events.walk(connection, subject=subject, after=after)
    found = [one for one in walked if not kinds or one.kind in kinds][-STEPS:]
    acts = _acts(connection, known.id)
    names = _names(connection, {number for one in found if (number := person_of(one.actor)) is not None})
    others = views.records_by_id(connection, _others(found))
    return [
        Step(
            at=parsed_moment(one.at),
            what=_what(one, acts.get(one.seq)),
            who=names.get(person_of(one.actor) or 0, "somebody") if person_of(one.actor) is not None else None,
            words=(acts[one.seq].comment or "") if one.seq in acts else "",
            other=link.other if link is not None else others.get(str(one.payload.get("into", ""))),
            undone=one.seq in acts and acts[one.seq].undone_by is not None,
            number=one.seq,
            kind=one.kind,
        )
        for one in found
    ]


def _others(found: Iterable[events.Event]) -> list[str]:
    return [one.payload["into"] for one in found if isinstance(one.payload.get("into"), str)]


def _what(event: events.Event, act: Any) -> str:
    if act is not None and act.verdict in ("done", "answer"):
        return "marked it done" if act.verdict == "done" else "answered it"
    if person_of(event.actor) is None and event.kind in _BY_MACHINE:
        return _BY_MACHINE[event.kind]
    told = _DONE.get(event.kind, event.kind.replace(".", " ").replace("_", " "))
    fields = event.payload.get("fields")
    if isinstance(fields, list) and fields and event.kind == "record.edited":
        return f"{told}: {', '.join(str(name).replace('_', ' ') for name in fields)}"
    return told


def _acts(connection: Connection, record: str) -> Mapping[int, Any]:
    table = tables.reviews
    wanted = select(table.c.seq, table.c.verdict, table.c.comment, table.c.undone_by).where(table.c.record == record)
    return {row.seq: row for row in connection.execute(wanted)}


def _names(connection: Connection, numbers: set[int]) -> dict[int, str]:
    table = tables.people
    rows = connection.execute(select(table.c.id, table.c.name).where(table.c.id.in_(numbers)))
    return {row.id: row.name for row in rows}


def _moment(at: dt.datetime | dt.date) -> dt.datetime:
    if not isinstance(at, dt.datetime):
        return dt.datetime(at.year, at.month, at.day, tzinfo=dt.UTC)
    return at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)


def alike(connection: Connection, known: LogRecord, find: str = "") -> tuple[LogRecord, ...]:
    """Standing records that have the words of a record, or those in ``find``: to merge into, to link to."""
    ids = by_words(connection, find or telling_of(known), 5 * ALIKE, any_rank=bool(find))
    others = views.records_by_id(connection, [name for name in ids if name != known.id][: 3 * ALIKE])
    standing = (one for one in others.values() if one.state in queue.STANDING and one.erased_at is None)
    return tuple(islice(standing, ALIKE))


def names_of(records: Sequence[LogRecord]) -> tuple[str, ...]:
    """Names that a form may offer: of everybody in the records' conversations."""
    return tuple(dict.fromkeys(name for record in records for name in record.people.values()))
