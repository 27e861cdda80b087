"""What the log gives back: records with all that belongs to them, links, revisions, versions."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import select

from extractor.conversation import Conversation, Model, Participant
from extractor.log import tables
from extractor.records import ActionItem, Decision, Evidence, LinkKind, OpenQuestion, RecordType, ReviewState

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

LinkState = Literal["suggested", "confirmed", "rejected"]
PersonRole = Literal["owner", "decider", "raiser"]
Record = Decision | ActionItem | OpenQuestion

MODELS: Final[dict[str, type[Record]]] = {
    "decision": Decision,
    "action_item": ActionItem,
    "open_question": OpenQuestion,
}
CLAIM_FIELD: Final = {"decision": "statement", "action_item": "task", "open_question": "question"}
AT_ONCE: Final = 500
"""Ids in one query, below SQLite's limit on variables."""
T = TypeVar("T")
_TIME: Final[TypeAdapter[float | dt.datetime | None]] = TypeAdapter(float | dt.datetime | None)


class LogRecord(Model):
    """A record as it stands in the log.

    ``record`` is the record of the contract, with the ids of people in its conversation; ``people`` are their names.
    ``lost_quotes`` are numbers of evidence whose words no longer stand in the conversation.
    """

    id: str
    seq: int
    type: RecordType
    state: ReviewState
    record: Decision | ActionItem | OpenQuestion
    conversation: str
    title: str
    source: str
    started_at: str | None
    said_on: dt.date | None
    series: int | None
    people: dict[str, str]
    found: bool
    touched: bool
    version: int
    merged_into: str | None
    engine: str
    created_at: str
    updated_at: str
    reviewed_at: str | None
    erased_at: str | None
    closed_at: str | None
    assignee: int | None
    weight: float
    lost_quotes: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """What the record says, in one sentence."""
        return str(getattr(self.record, CLAIM_FIELD[self.type]))

    @property
    def status(self) -> str | None:
        return self.record.status if isinstance(self.record, Decision) else None

    @property
    def due(self) -> dt.date | None:
        due = None if isinstance(self.record, OpenQuestion) else self.record.due
        return due.date if due else None

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Names of people of the record's conversation."""
        return tuple(self.people.get(one, one) for one in ids)

    @property
    def owners(self) -> tuple[str, ...]:
        return self.names(self.record.owners)

    @property
    def deciders(self) -> tuple[str, ...]:
        return self.names(self.record.decided_by) if isinstance(self.record, Decision) else ()


class Link(Model):
    """A link from a later record to an earlier one: the later one ``kind`` the earlier one."""

    id: str
    from_record: str
    to_record: str
    kind: LinkKind
    state: LinkState
    confidence: float | None
    judge: str
    from_quote: int | None
    to_quote: int | None
    created_at: str
    decided_at: str | None


class Revision(Model):
    """What a later reading says of a record that a person has touched."""

    id: str
    record: str
    proposed: Decision | ActionItem | OpenQuestion
    fields: tuple[str, ...]
    state: Literal["suggested", "accepted", "dismissed", "withdrawn"]
    engine: str
    created_at: str


class Version(Model):
    """A wording that a record has or had."""

    version: int
    record: Decision | ActionItem | OpenQuestion
    at: str
    actor: str
    engine: str


def batches(items: Iterable[T], size: int = AT_ONCE) -> Iterable[list[T]]:
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


def records_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, LogRecord]:
    """The records with these ids that are there, in the order of the ids."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, LogRecord] = {}
    for batch in batches(wanted):
        found.update(_records(connection, batch))
    return {one: found[one] for one in wanted if one in found}


def _records(connection: Connection, ids: Sequence[str]) -> dict[str, LogRecord]:
    records, conversations = tables.records, tables.conversations
    wanted = (
        select(records, conversations.c.title, conversations.c.source, conversations.c.started_at.label("began"))
        .add_columns(conversations.c.series, conversations.c.participants)
        .join(conversations, conversations.c.id == records.c.conversation)
        .where(records.c.id.in_(ids))
    )
    quotes = evidence_of(connection, ids)
    lost = _lost(connection, ids)
    return {row.id: _record(row, quotes.get(row.id, ()), lost.get(row.id, ())) for row in connection.execute(wanted)}


def _record(row: Row[Any], quotes: tuple[Evidence, ...], lost: tuple[int, ...]) -> LogRecord:
    return LogRecord(
        id=row.id,
        seq=row.seq,
        type=row.type,
        state=row.state,
        record=contract_record(row.type, row.id, json.loads(row.body), quotes),
        conversation=row.conversation,
        title=row.title,
        source=row.source,
        started_at=row.began,
        said_on=dt.date.fromisoformat(row.said_on) if row.said_on else None,
        series=row.series,
        people={person["id"]: person["name"] for person in json.loads(row.participants)},
        found=row.found,
        touched=row.touched,
        version=row.version,
        merged_into=row.merged_into,
        engine=row.engine,
        created_at=row.created_at,
        updated_at=row.updated_at,
        reviewed_at=row.reviewed_at,
        erased_at=row.erased_at,
        closed_at=row.closed_at,
        assignee=row.assignee,
        weight=row.weight,
        lost_quotes=lost,
    )


def contract_record(kind: str, name: str, body: dict[str, Any], quotes: Iterable[Evidence]) -> Record:
    """The record of the contract from what is stored of it."""
    return MODELS[kind].model_validate({**body, "id": name, "evidence": tuple(quotes)})


def stored_record(kind: str, content: str) -> Record:
    """The record of the contract from its whole JSON."""
    return MODELS[kind].model_validate_json(content)


def evidence_of(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Evidence, ...]]:
    """The evidence of records, by their ids, in order."""
    table = tables.evidence
    rows = connection.execute(select(table).where(table.c.record.in_(ids)).order_by(table.c.record, table.c.number))
    found: dict[str, list[Evidence]] = {}
    for row in rows:
        found.setdefault(row.record, []).append(
            Evidence(
                role=row.role,
                turn=row.turn,
                quote=row.quote,
                start_char=row.start_char,
                end_char=row.end_char,
                speaker=row.speaker,
                time=_TIME.validate_python(json.loads(row.time)) if row.time else None,
            )
        )
    return {record: tuple(quotes) for record, quotes in found.items()}


def _lost(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[int, ...]]:
    table = tables.evidence
    rows = connection.execute(
        select(table.c.record, table.c.number).where(table.c.record.in_(ids), table.c.located.is_(False))
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.record, []).append(row.number)
    return {record: tuple(sorted(numbers)) for record, numbers in found.items()}


def links_of(connection: Connection, ids: Sequence[str], *, rejected: bool = False) -> list[Link]:
    """Links from or to any of these records, oldest first; those a person rejected only when asked for."""
    table = tables.links
    rows: dict[str, Link] = {}
    for batch in batches(ids):
        wanted = select(table).where(table.c.from_record.in_(batch) | table.c.to_record.in_(batch))
        if not rejected:
            wanted = wanted.where(table.c.state != "rejected")
        rows.update({row.id: Link.model_validate(row._asdict()) for row in connection.execute(wanted)})
    return sorted(rows.values(), key=lambda link: (link.created_at, link.id))


def links_by_id(connection: Connection, ids: Sequence[str]) -> list[Link]:
    """Links with these ids, in whatever state."""
    table = tables.links
    rows = (row for batch in batches(ids) for row in connection.execute(select(table).where(table.c.id.in_(batch))))
    return [Link.model_validate(row._asdict()) for row in rows]


def revisions_of(connection: Connection, ids: Sequence[str], state: str = "suggested") -> list[Revision]:
    """Revisions of these records that are in a state, oldest first."""
    table, records = tables.revisions, tables.records
    wanted = (
        select(table, records.c.type)
        .join(records, records.c.id == table.c.record)
        .where(table.c.record.in_(ids), table.c.state == state)
        .order_by(table.c.created_at, table.c.id)
    )
    return [
        Revision(
            id=row.id,
            record=row.record,
            proposed=stored_record(row.type, row.content),
            fields=tuple(json.loads(row.fields)),
            state=row.state,
            engine=row.engine,
            created_at=row.created_at,
        )
        for row in connection.execute(wanted)
    ]


def record_of_revision(connection: Connection, revision: str) -> str:
    """The id of the record that a revision, which must be there, was suggested for."""
    table = tables.revisions
    return str(connection.execute(select(table.c.record).where(table.c.id == revision)).scalar_one())


def versions_of(connection: Connection, record: str) -> list[Version]:
    """Every wording of a record, oldest first."""
    table, records = tables.versions, tables.records
    wanted = (
        select(table, records.c.type)
        .join(records, records.c.id == table.c.record)
        .where(table.c.record == record)
        .order_by(table.c.version)
    )
    return [
        Version(
            version=row.version,
            record=stored_record(row.type, row.content),
            at=row.at,
            actor=row.actor,
            engine=row.engine,
        )
        for row in connection.execute(wanted)
    ]


def number_of(connection: Connection, conversation: str) -> int:
    """The number in the log of the conversation with this id, which must be there."""
    table = tables.conversations
    return int(connection.execute(select(table.c.seq).where(table.c.id == conversation)).scalar_one())


def subject_of(number: int) -> str:
    """What events call the conversation with this number."""
    return f"conversation:{number}"


def conversation_by_id(connection: Connection, name: str) -> Conversation | None:
    """A conversation with its turns, None where the log has none under this id."""
    table = tables.conversations
    row = connection.execute(select(table).where(table.c.id == name)).first()
    if row is None:
        return None
    turns = tables.turns
    lines = connection.execute(select(turns).where(turns.c.conversation == name).order_by(turns.c.number))
    return Conversation.model_validate(
        {
            "id": row.id,
            "kind": row.kind,
            "title": row.title,
            "source": row.source,
            "started_at": stored_start(row.started_at),
            "participants": json.loads(row.participants),
            "turns": [
                {"index": line.number, "speaker": line.speaker, "text": line.text, **json.loads(line.rest)}
                for line in lines
            ],
            "coverage": json.loads(row.coverage),
            "warnings": json.loads(row.warnings),
        }
    )


def participants_of(row: Row[Any]) -> tuple[Participant, ...]:
    """The participants of a row of ``conversations``."""
    return tuple(Participant.model_validate(person) for person in json.loads(row.participants))


def stored_start(stored: str | None) -> dt.datetime | dt.date | None:
    """What is stored of when a conversation began; a day where only the day is known: validation would make midnight
    of it.
    """
    if not stored:
        return None
    said = str(json.loads(stored))
    return dt.date.fromisoformat(said) if len(said) == len("2026-03-04") else dt.datetime.fromisoformat(said)
