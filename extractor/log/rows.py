"""Records as rows: writing one with its evidence, its people, its wording, its words for search and its vector."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from extractor.conversation import Conversation
from extractor.embedding import Embedder
from extractor.index.model import storable
from extractor.log import tables
from extractor.log.canonical import day_of, to_json
from extractor.log.views import number_of
from extractor.log.weighing import conflicting, weight_of
from extractor.matching.identity import type_of
from extractor.matching.items import claim_of
from extractor.records import ActionItem, Decision, Evidence, OpenQuestion

if TYPE_CHECKING:
    from extractor.log.transaction import Transaction
    from extractor.log.views import LogRecord, Record


SEARCHED: Final = 100_000
"""Characters of a claim, and of a record's other words, that are searched: a ``tsvector`` holds 1 MiB."""


def content_of(record: Record) -> str:
    """All of a record as canonical JSON."""
    return to_json(record.model_dump(mode="json"))


def said_on(conversation: Conversation, record: Record) -> str | None:
    """The day something was said: of its latest message where messages have times, else of the conversation."""
    moments = [quote.time for quote in record.evidence if isinstance(quote.time, dt.datetime)]
    return day_of(max(moments) if moments else conversation.started_at)


@dataclass(frozen=True)
class Wording:
    """A record as somebody or something words it.

    ``said_on`` is the day it was said (``2026-03-04``), ``names`` are people's names by their ids in the conversation,
    ``engine`` is the fingerprint of what found it.
    """

    record: Record
    said_on: str | None
    names: Mapping[str, str]
    engine: str


def insert_record(
    tx: Transaction,
    conversation: str,
    wording: Wording,
    embedder: Embedder,
    *,
    state: str = "proposed",
    lost: Collection[int] = (),
) -> None:
    """Enters a record, in a review state; ``lost`` as with ``update_record``."""
    record, engine = wording.record, wording.engine
    kind = type_of(record)
    seq = tx.next_number(tables.records, "seq")
    row = {
        "id": record.id,
        "seq": seq,
        "conversation": conversation,
        "type": kind,
        "state": state,
        "version": 1,
        "found": True,
        "touched": tx.by_person,
        "engine": engine,
        "created_at": tx.at,
        "reviewed_at": tx.at if tx.by_person else None,
    }
    tx.connection.execute(tables.records.insert(), {**row, **_columns(tx, wording)})
    _put_version(tx, record, 1, engine)
    _put_parts(tx, wording, seq, embedder, lost)
    number = number_of(tx.connection, conversation)
    tx.event("record.added", record.id, type=kind, state=state, conversation=number, content=digest_of(tx, record))
    tx.mark("record", record.id)
    tx.mark("linking", record.id)


def update_record(
    tx: Transaction,
    known: LogRecord,
    wording: Wording,
    embedder: Embedder,
    *,
    kind: str = "record.updated",
    lost: Collection[int] = (),
    **payload: Any,
) -> int:
    """Words a record anew; returns the number of the event, which is of this ``kind`` and has this ``payload``.

    ``lost`` are numbers of evidence whose words no longer stand in the conversation.
    """
    record, version = wording.record, known.version + 1
    values = {**_columns(tx, wording), "version": version, "engine": wording.engine}
    values["weight"] = weight_of(record, conflicts=known.id in conflicting(tx, [known.id]))
    if tx.by_person:
        values.update(touched=True, reviewed_at=tx.at)
    tx.connection.execute(tables.records.update().where(tables.records.c.id == known.id).values(values))
    _put_version(tx, record, version, wording.engine)
    for table in (tables.evidence, tables.record_people):
        tx.connection.execute(table.delete().where(table.c.record == known.id))
    _put_parts(tx, wording, known.seq, embedder, lost)
    number = tx.event(kind, known.id, version=version, content=digest_of(tx, record), **payload)
    tx.mark("record", known.id)
    if (known.text, known.status) != (values["text"], values["status"]):
        tx.mark("linking", known.id)
    return number


def date_record(tx: Transaction, known: LogRecord, said: str | None) -> None:
    """Enters the day a record was said, once its conversation's day is known; its words stay."""
    table = tables.records
    tx.connection.execute(table.update().where(table.c.id == known.id).values(said_on=said or ""))
    tx.event("record.dated", known.id, said_on=said)


def put_words(tx: Transaction, seq: int, claim: str, words: str) -> None:
    """Makes a record findable by its words, as far as both databases take them; an empty claim takes it out."""
    claim, words = (unicodedata.normalize("NFC", one[:SEARCHED]) for one in (claim, words))
    if tx.connection.dialect.name == "sqlite":
        tx.connection.execute(text("DELETE FROM records_fts WHERE rowid = :seq"), {"seq": seq})
        statement = "INSERT INTO records_fts (rowid, statement, words) VALUES (:seq, :claim, :words)"
    else:
        tx.connection.execute(text("DELETE FROM records_fts WHERE seq = :seq"), {"seq": seq})
        statement = (
            "INSERT INTO records_fts (seq, words) VALUES (:seq, setweight(to_tsvector('english', :claim), 'A') || "
            "setweight(to_tsvector('english', :words), 'B'))"
        )
    if claim:
        tx.connection.execute(text(statement), {"seq": seq, "claim": claim, "words": words})


def put_vector(tx: Transaction, record: str, claim: str, embedder: Embedder) -> None:
    """Keeps the vector of a record's words."""
    vector = embedder.embed([claim])[0].astype("<f4").tobytes()
    tx.upsert(tables.vectors, {"record": record}, {"embedder": embedder.name, "vector": vector})


def searched_words(record: Record) -> str:
    """What of a record is searched besides its claim: topic, reasons, conditions and the quotes."""
    return "\n".join(word for word in _other_words(record) if word)


def _other_words(record: Record) -> Iterator[str]:
    if isinstance(record, Decision):
        yield from (record.topic or "", record.rationale or "", *record.conditions)
        yield from (f"{one.option} {one.why_not or ''}" for one in record.alternatives)
    if isinstance(record, OpenQuestion):
        yield from (record.blocks or "", record.missing_information or "")
    yield from (quote.quote for quote in record.evidence)


def _columns(tx: Transaction, wording: Wording) -> dict[str, Any]:
    record = wording.record
    body = record.model_dump(mode="json", exclude={"id", "evidence"})
    due = record.due if isinstance(record, Decision | ActionItem) else None
    return {
        "status": record.status if isinstance(record, Decision) else None,
        "text": storable(claim_of(record)),
        "topic": storable(record.topic) if isinstance(record, Decision) and record.topic else None,
        "said_on": wording.said_on or "",
        "due_on": due.date.isoformat() if due is not None and due.date is not None else None,
        "confidence": record.confidence,
        "body": to_json(body),
        "weight": weight_of(record),
        "updated_at": tx.at,
    }


def _put_version(tx: Transaction, record: Record, version: int, engine: str) -> None:
    row = {"record": record.id, "version": version, "content": content_of(record), "engine": engine}
    tx.connection.execute(tables.versions.insert(), {**row, "at": tx.at, "actor": tx.actor})


def _put_parts(tx: Transaction, wording: Wording, seq: int, embedder: Embedder, lost: Collection[int] = ()) -> None:
    record, names = wording.record, wording.names
    quotes = [_quote(record.id, number, quote, number not in lost) for number, quote in enumerate(record.evidence)]
    if quotes:
        tx.connection.execute(tables.evidence.insert(), quotes)
    people = {(role, tx.person(names.get(one) or one)) for role, ids in _roles(record) for one in ids}
    if people:
        rows = [{"record": record.id, "role": role, "person": person} for role, person in sorted(people)]
        tx.connection.execute(tables.record_people.insert(), rows)
    put_words(tx, seq, storable(claim_of(record)), storable(searched_words(record)))
    put_vector(tx, record.id, claim_of(record), embedder)


def _quote(record: str, number: int, quote: Evidence, located: bool) -> dict[str, Any]:
    stored = quote.model_dump(mode="json")
    return {
        "record": record,
        "number": number,
        "role": quote.role,
        "turn": quote.turn,
        "start_char": quote.start_char,
        "end_char": quote.end_char,
        "quote": storable(quote.quote),
        "speaker": storable(quote.speaker) if quote.speaker is not None else None,
        "time": to_json(stored["time"]) if stored["time"] is not None else None,
        "located": located,
    }


def _roles(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "owner", record.owners
    if isinstance(record, Decision):
        yield "decider", record.decided_by
    if isinstance(record, OpenQuestion):
        yield "raiser", record.raised_by


def digest_of(tx: Transaction, record: Record) -> str:
    """The salted digest of all of a record, as events hold it."""
    return tx.digest(record.id, content_of(record))
