"""A decision's history: the records it is one of a chain with, and what happened to each, in order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from extractor.log import events, tables
from extractor.log.canonical import parsed_moment
from extractor.log.naming import people_names
from extractor.log.transaction import person_of
from extractor.log.views import Link, LogRecord, links_of, records_by_id

if TYPE_CHECKING:
    from sqlalchemy import Connection

CHAINED: Final = ("supersedes", "duplicates", "contradicts", "answers", "implements", "relates")
"""Kinds of link in the order in which they tie a chain; only the first two are followed from record to record."""
_FOLLOWED: Final = frozenset({"supersedes", "duplicates"})
HAPPENED: Final = {
    "raised": "raised",
    "proposed": "proposed",
    "decided": "decided",
    "said": "said",
    "record.added": "entered the log",
    "record.missed": "added, as it was missed",
    "record.updated": "worded anew by a later reading",
    "record.edited": "edited",
    "record.reverted": "an earlier wording brought back",
    "record.endorsed": "approved, which takes another approval",
    "record.approved": "approved",
    "record.rejected": "rejected",
    "record.proposed": "put back to proposed",
    "record.reopened": "reopened",
    "record.closed": "closed",
    "record.merged": "merged",
    "record.split": "split",
    "record.split_off": "split off from another record",
    "record.commented": "commented",
    "record.comment_redacted": "a comment on it was redacted",
    "record.assigned": "given to somebody to review",
    "record.undone": "taken back",
    "record.dated": "its day became known",
    "record.redacted": "words of an erased person taken out",
    "record.relocated": "its words moved within the conversation",
    "record.not_found": "not found when the conversation was read again",
    "record.found_again": "found again",
    "record.erased": "its words were erased",
    "revision.suggested": "a later reading suggests another wording",
    "revision.accepted": "suggested wording taken over",
    "revision.dismissed": "suggested wording dismissed",
    "link.suggested": "link suggested",
    "link.confirmed": "link confirmed",
    "link.rejected": "link refused",
    "link.restored": "link put back as it was",
}
"""What happened, in words that ``by`` and a name may follow."""
_VERDICTS: Final = {
    "approve": "approval",
    "reject": "rejection",
    "edit": "edit",
    "merge": "merge",
    "split": "split",
    "reopen": "reopening",
    "comment": "comment",
    "assign": "assignment",
    "done": "that it is done",
    "answer": "answer",
    "add": "addition",
    "link": "link",
    "unlink": "refusal of a link",
    "accept revision": "other wording",
    "dismiss revision": "refusal of another wording",
}
_KEYS: Final = ("state", "into", "fields", "before")


@dataclass(frozen=True)
class Step:
    """One thing that happened. ``at`` is a moment, or a day where only that is known; ``said`` where people said it.

    ``what`` is a kind of event, or ``raised``, ``decided`` for what happened in the conversation itself; ``detail``
    explains it; ``who`` is a name, None for the machine; ``comment`` is what they said of it.
    """

    at: dt.datetime | dt.date
    record: str
    what: str
    who: str | None
    detail: str
    said: bool = False
    comment: str | None = None


@dataclass(frozen=True)
class Chain:
    """Records from the first to the last that replaced or repeated one another, links among them and to others."""

    records: tuple[LogRecord, ...]
    links: tuple[Link, ...]
    others: tuple[LogRecord, ...]
    steps: tuple[Step, ...]


def chain_of(connection: Connection, record: str) -> Chain:
    """The chain that a record belongs to, by links confirmed or suggested."""
    found, ahead = {record}, [record]
    links: dict[str, Link] = {}
    while ahead:
        near = links_of(connection, ahead)
        links.update({link.id: link for link in near})
        followed = [link for link in near if link.kind in _FOLLOWED]
        new = {end for link in followed for end in (link.from_record, link.to_record)} - found
        found |= new
        ahead = sorted(new)
    ends = {end for link in links.values() for end in (link.from_record, link.to_record)}
    known = records_by_id(connection, sorted(found | ends))
    records = sorted((known[name] for name in found if name in known), key=_when)
    others = sorted((known[name] for name in ends - found if name in known), key=_when)
    told = tuple(sorted(links.values(), key=lambda link: (CHAINED.index(link.kind), link.created_at, link.id)))
    return Chain(tuple(records), told, tuple(others), tuple(_steps(connection, records, told)))


def _when(record: LogRecord) -> tuple[str, int]:
    return record.said_on.isoformat() if record.said_on else record.created_at[:10], record.seq


def _steps(connection: Connection, records: Iterable[LogRecord], links: Iterable[Link]) -> list[Step]:
    names = people_names(connection)
    steps: list[Step] = []
    for record in records:
        steps += _said(record)
        steps += _happened(connection, record.id, record.id, names)
    for link in links:
        steps += _happened(connection, link.id, link.from_record, names, f"{link.kind} {link.to_record}")
    return sorted(steps, key=lambda step: (_moment(step.at), not step.said, step.record))


def _said(record: LogRecord) -> list[Step]:
    """What happened in the conversation: when it was raised and when it was decided."""
    steps: list[Step] = []
    for role, what in (("raised", "raised"), ("proposed", "proposed"), ("accepted", "decided"), ("decider", "decided")):
        quote = next((quote for quote in record.record.evidence if quote.role == role), None)
        if quote is None or any(step.what == what for step in steps):
            continue
        when = quote.time if isinstance(quote.time, dt.datetime) else _within(record, quote.time)
        if when is not None:
            steps.append(Step(when, record.id, what, record.people.get(quote.speaker or ""), quote.quote, said=True))
    if not steps and record.said_on is not None:
        quotes = record.record.evidence
        steps.append(Step(record.said_on, record.id, "said", None, quotes[0].quote if quotes else "", said=True))
    return steps


def _within(record: LogRecord, seconds: float | None) -> dt.datetime | dt.date | None:
    """A moment of a recording: counted from its start where that is a moment, else its day."""
    import json

    began = json.loads(record.started_at) if record.started_at else None
    if began is None:
        return None
    if len(began) > 10 and seconds is not None:
        return dt.datetime.fromisoformat(began) + dt.timedelta(seconds=seconds)
    return record.said_on


def _happened(connection: Connection, subject: str, record: str, names: dict[int, str], about: str = "") -> list[Step]:
    steps: list[Step] = []
    table = tables.reviews
    acts = select(table.c.seq, table.c.verdict, table.c.comment).where(table.c.record == subject)
    reviews = {row.seq: row for row in connection.execute(acts)}
    verdicts = {seq: _VERDICTS.get(row.verdict, row.verdict) for seq, row in reviews.items()}
    for event in events.walk(connection, subject=subject):
        review = reviews.get(event.seq)
        steps.append(
            Step(
                parsed_moment(event.at),
                record,
                event.kind,
                _who(event, names),
                about or _detail(event, verdicts, names),
                comment=review.comment if review is not None else None,
            )
        )
    return steps


def _who(event: events.Event, names: Mapping[int, str]) -> str | None:
    person = person_of(event.actor)
    return names.get(person, f"person {person}") if person is not None else None


def _detail(event: events.Event, verdicts: Mapping[int, str], names: Mapping[int, str]) -> str:
    """What an event says of itself, as far as people can read it."""
    payload = event.payload
    if event.kind == "record.undone":
        return ", ".join(verdicts[one] for one in payload.get("undone", ()) if one in verdicts)
    if event.kind == "record.assigned":
        return names.get(payload["to"], f"person {payload['to']}") if payload.get("to") is not None else "nobody"
    if event.kind == "record.edited":
        return ", ".join(payload.get("fields", ()))
    if event.kind == "record.closed":
        return verdicts.get(event.seq, "")
    if event.kind == "record.split":
        return f"into {', '.join(payload['parts'])}"
    if event.kind == "record.split_off":
        return f"from {payload['from']}"
    if event.kind == "record.reverted":
        return f"wording {payload['to']}"
    return ", ".join(f"{key} {value}" for key, value in sorted(payload.items()) if key in _KEYS and value is not None)


def in_words(connection: Connection, happened: Iterable[events.Event]) -> str:
    """What happened and who did it, in a line."""
    names = people_names(connection)
    told: dict[str, None] = {}
    for one in happened:
        who = _who(one, names)
        told[HAPPENED.get(one.kind, one.kind) + (f" by {who}" if who else "")] = None
    return ", ".join(told)


def _moment(at: dt.datetime | dt.date) -> dt.datetime:
    if not isinstance(at, dt.datetime):
        return dt.datetime(at.year, at.month, at.day, tzinfo=dt.UTC)
    return at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)
