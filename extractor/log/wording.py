"""Records that a person makes: what the engine missed, and what one record had mixed up."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, exists, or_, select

from extractor.conversation import Conversation, Turn
from extractor.embedding import Embedder
from extractor.errors import NoSuchRecordError, UsageError
from extractor.log import acting, rows, tables, views, visibility, weighing
from extractor.log.canonical import storable_model
from extractor.log.reviewing import changed_record, fitted, reword, unapproved, withdraw
from extractor.log.transaction import person_of
from extractor.records import Evidence, EvidenceRole, RecordType, record_id

if TYPE_CHECKING:
    from extractor.log.transaction import Transaction
    from extractor.log.views import LogRecord, Record

BY_HAND: Final = "person"
"""What stands for the engine of a record that a person made."""


@dataclass(frozen=True)
class Passage:
    """Words of a turn: code points, end exclusive; the whole turn where no end is given."""

    turn: int
    start_char: int = 0
    end_char: int | None = None
    role: EvidenceRole = "proposed"


@dataclass(frozen=True)
class Part:
    """What becomes of a record's part: fields that change, and the numbers of the evidence that goes with it."""

    changes: dict[str, Any]
    evidence: tuple[int, ...]


def add_missed(
    tx: Transaction,
    conversation: str,
    kind: RecordType,
    passages: Sequence[Passage],
    fields: dict[str, Any],
    embedder: Embedder,
    comment: str | None = None,
    *,
    needed: int = 1,
) -> str:
    """A person adds what the engine missed, from words of the conversation; returns the record's id.

    It is approved, where that takes no more than one person. The same words added as the same once more are the record
    that is there.

    Raises:
        NoSuchRecordError: there is no such conversation, or this person may not see it.
        UsageError: the passages are no words of it, or a field does not fit.
    """
    acting.person_only(tx)
    said = _conversation(tx, conversation)
    quotes = tuple(_quote(said, passage) for passage in passages)
    if not quotes:
        raise UsageError("A record needs the words that prove it.", "Select them in the conversation.")
    record = _made(kind, quotes, fields)
    state = "approved" if needed <= 1 else "proposed"
    known = _added_before(tx, conversation, record)
    if known is not None:
        return _added_again(tx, known, state, comment)
    record = storable_model(record.model_copy(update={"id": _free_id(tx, conversation, kind, quotes)}))
    names = {person.id: person.name for person in said.participants}
    wording = rows.Wording(record, rows.said_on(said, record), names, BY_HAND)
    rows.insert_record(tx, conversation, wording, embedder, state=state)
    added = acting.record_in(tx, record.id)
    acting.acted(tx, added, "record.missed", "add", comment, undo={"state": "rejected"})
    return record.id


def split(
    tx: Transaction,
    record: str,
    parts: Sequence[Part],
    embedder: Embedder,
    comment: str | None = None,
    *,
    needed: int = 1,
) -> tuple[str, ...]:
    """A person says that the record is several; returns their ids, the first of which is the record itself.

    Each is in the state that the record is in, or waits where it takes ``needed`` people to approve one.

    Raises UsageError for fewer than two parts, a part without evidence, or a record that was rejected or merged.
    """
    known = acting.for_act(tx, record)
    if len(parts) < 2:
        raise UsageError("To split a record takes two parts or more.", "Edit it where it is one.")
    if known.state in ("rejected", "merged"):
        raise UsageError(f"{known.id} is {known.state}.", f"Reopen it first: `decisions review reopen {known.id}`.")
    before = _split_before(tx, known, parts)
    if before:
        return before
    made = [_part(known, part) for part in parts]
    lost = [_lost(known, part) for part in parts]
    back, ids = unapproved(known, needed), [known.id]
    for one, gone in zip(made[1:], lost[1:], strict=True):
        name = _free_id(tx, known.conversation, known.type, one.evidence)
        wording = rows.Wording(one.model_copy(update={"id": name}), _day(known.said_on), known.people, known.engine)
        rows.insert_record(tx, known.conversation, wording, embedder, state=back.get("state", known.state), lost=gone)
        created = acting.record_in(tx, name)
        acting.acted(tx, created, "record.split_off", "split off", None, undo=None, **{"from": known.id})
        ids.append(name)
    payload: dict[str, Any] = {"parts": ids[1:], **back, **acting.said(tx, known.id, comment)}
    number = reword(tx, known, made[0], known.engine, embedder, kind="record.split", lost=lost[0], **payload)
    undo = {"version": known.version, "created": ids[1:], **withdraw(tx, known, back)}
    acting.note(tx, known.id, number, "split", comment, version=known.version + 1, undo=undo)
    return tuple(ids)


def _split_before(tx: Transaction, known: LogRecord, parts: Sequence[Part]) -> tuple[str, ...]:
    """The records that the same person split this one into last, where these are the same parts; else none."""
    table = tables.reviews
    acts = select(table).where(table.c.record == known.id, table.c.undone_by.is_(None), table.c.verdict != "undo")
    last = tx.connection.execute(acts.order_by(table.c.seq.desc()).limit(1)).first()
    if last is None or last.verdict != "split" or last.reviewer != tx.actor:
        return ()
    undo = json.loads(last.undo)
    ids = [known.id, *undo["created"]]
    whole = next((one for one in views.versions_of(tx.connection, known.id) if one.version == undo["version"]), None)
    there = views.records_by_id(tx.connection, ids)
    if whole is None or len(there) != len(parts):
        return ()
    try:
        made = [_part(known.model_copy(update={"record": whole.record}), part) for part in parts]
    except UsageError:
        return ()
    same = all(one.model_copy(update={"id": name}) == there[name].record for one, name in zip(made, ids, strict=True))
    return tuple(ids) if same else ()


def _lost(known: LogRecord, part: Part) -> list[int]:
    """Which quotes of a part stand nowhere any more, by their numbers in the part."""
    return [number for number, one in enumerate(sorted(set(part.evidence))) if one in known.lost_quotes]


def _part(known: LogRecord, part: Part) -> Record:
    quotes = known.record.evidence
    wrong = [number for number in part.evidence if not 0 <= number < len(quotes)]
    if wrong or not part.evidence:
        what = f"{known.id} has no quote {wrong[0]}." if wrong else "Each part needs a quote."
        raise UsageError(what, f"Its quotes are numbered 0 to {len(quotes) - 1}.")
    chosen = tuple(quotes[number] for number in sorted(set(part.evidence)))
    return storable_model(changed_record(known, part.changes).model_copy(update={"evidence": chosen}))


def _conversation(tx: Transaction, name: str) -> Conversation:
    said = views.conversation_by_id(tx.connection, name)
    person = person_of(tx.actor)
    if said is None or (person is not None and not visibility.may_see(tx.connection, name, person)):
        raise NoSuchRecordError(f"There is no conversation {name} in the log.", "See `decisions list`.")
    return said


def _quote(said: Conversation, passage: Passage) -> Evidence:
    if not 0 <= passage.turn < len(said.turns):
        raise UsageError(f"The conversation has no turn {passage.turn}.", "Its turns are numbered from 0.")
    turn = said.turns[passage.turn]
    end = len(turn.text) if passage.end_char is None else min(passage.end_char, len(turn.text))
    start = max(passage.start_char, 0)
    words = turn.text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
    if start >= end:
        raise UsageError(f"No words are selected in turn {passage.turn}.", "Select some of its words.")
    return Evidence(
        role=passage.role,
        turn=passage.turn,
        quote=turn.text[start:end],
        start_char=start,
        end_char=end,
        speaker=turn.speaker,
        time=_time(turn),
    )


def _time(turn: Turn) -> float | dt.datetime | None:
    return turn.sent_at if turn.sent_at is not None else turn.start


def _made(kind: RecordType, quotes: tuple[Evidence, ...], fields: dict[str, Any]) -> Record:
    claim = views.CLAIM_FIELD[kind]
    given = {name: value for name, value in fields.items() if value not in (None, "")}
    if not str(given.get(claim, "")).strip():
        raise UsageError(f"A record needs its {claim}.", "Say it in one sentence.")
    base: dict[str, Any] = {"id": "new", "evidence": quotes}
    if kind == "decision":
        base |= {"statement_source": "written", "status": "decided"}
    return fitted(kind, base, given)


def _added_again(tx: Transaction, known: LogRecord, state: str, comment: str | None) -> str:
    """What was added already stays as it is; where that was taken back, it is there again."""
    if known.state == "rejected":
        acting.set_values(tx, known.id, state=state)
        weighing.weigh_around(tx, known.id)
        payload = {"state": state, "before": known.state}
        acting.acted(tx, known, "record.reopened", "add", comment, undo={"state": known.state}, **payload)
        tx.mark("record", known.id)
    return known.id


def _added_before(tx: Transaction, conversation: str, record: Record) -> LogRecord | None:
    """The record with the same claim and the same quotes that stands, or whose addition was taken back."""
    table, acts = tables.records, tables.reviews
    taken_back = exists().where(acts.c.record == table.c.id, acts.c.verdict == "add", acts.c.undone_by.is_not(None))
    standing = table.c.state.in_(("proposed", "approved"))
    wanted = select(table.c.id).where(
        table.c.conversation == conversation, or_(standing, and_(table.c.state == "rejected", taken_back))
    )
    for known in views.records_by_id(tx.connection, tx.connection.execute(wanted).scalars()).values():
        same = type(known.record) is type(record) and known.text == getattr(record, views.CLAIM_FIELD[known.type])
        if same and _spans(known.record.evidence) == _spans(record.evidence):
            return known
    return None


def _spans(quotes: Iterable[Evidence]) -> set[tuple[int, int, int]]:
    return {(quote.turn, quote.start_char, quote.end_char) for quote in quotes}


def _free_id(tx: Transaction, conversation: str, kind: RecordType, quotes: Sequence[Evidence]) -> str:
    first = min(quotes, key=lambda quote: (quote.turn, quote.start_char, quote.end_char))
    ordinal = 0
    while True:
        name = record_id(conversation, kind, first, ordinal)
        if tx.connection.execute(select(tables.records.c.id).where(tables.records.c.id == name)).scalar() is None:
            return name
        ordinal += 1


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
