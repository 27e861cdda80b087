"""Conversations in the log: under which key one is kept, and bringing what is there up to date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, true

from extractor.conversation import Conversation, Participant, Turn
from extractor.index.model import storable
from extractor.log import tables
from extractor.log.canonical import day_of, to_json
from extractor.log.erased import as_key
from extractor.log.events import digest
from extractor.log.forgetting import TEXT_ID, as_kept
from extractor.log.series import series_for
from extractor.log.views import conversation_by_id, participants_of, stored_start, subject_of
from extractor.matching.growth import SAME, same_conversation
from extractor.records import ConversationRecords

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from extractor.log.transaction import Transaction

LOOKED_AT: Final = 20
"""Conversations of one source, title or day that are compared with a new text, the latest first of each."""
MOVED: Final = 0.9
"""The same share where the source or the day is another: two weeks of minutes of one form came to 0.83, a text in which
a name was corrected throughout to 0.9."""


@dataclass(frozen=True)
class Grown:
    """What became of a conversation: whether it is new to the log, and whether turns are other than they were."""

    is_new: bool
    moved: bool


def key_of(connection: Connection, conversation: Conversation, origin: str, beside: Collection[str] = ()) -> str | None:
    """The key under which the log keeps a conversation, None where it does not have it.

    By the id it is read under, now or ever before. A conversation without an id of its own, known by a hash of its
    text, is also found where the same source, one of the same title or of the same day held an earlier state of that
    text. One whose id is that of its first message, which may be deleted, is also found where its source held half of
    the same messages, by when they were sent. Neither is what the source still holds: ``beside`` are the ids in it.
    """
    ids = tables.conversation_ids
    name = storable(conversation.id)
    found = connection.execute(select(ids.c.conversation).where(ids.c.id == name)).scalar()
    if found is not None:
        return str(found)
    if not name.startswith(TEXT_ID):
        return _formerly(connection, conversation, origin, beside)
    now = [(conversation.name_of(turn.speaker), turn.text) for turn in conversation.turns]
    likely = [
        (share, candidate)
        for candidate, least in _candidates(connection, conversation, origin, beside).items()
        if (share := same_conversation(_said(connection, candidate), now)) >= least
    ]
    return max(likely, key=lambda pair: pair[0])[1] if likely else None


def _formerly(connection: Connection, conversation: Conversation, origin: str, beside: Collection[str]) -> str | None:
    """The conversation of this source that lost its first message, and with it its id."""
    now = _sent(conversation)
    if not now:
        return None
    known = _of_source(origin).where(tables.conversations.c.id.not_like(f"{TEXT_ID}%"))
    for candidate in _let_go(connection, known, beside):
        before = conversation_by_id(connection, candidate)
        sent = _sent(before) if before is not None else set()
        if sent and len(sent & now) >= SAME * len(sent):
            return str(candidate)
    return None


def _sent(conversation: Conversation) -> set[dt.datetime]:
    return {turn.sent_at for turn in conversation.turns if turn.sent_at is not None}


def _of_source(origin: str) -> Select[Any]:
    """Ids of what a source ever held, the latest first, without what was erased."""
    table, of_source = tables.conversations, tables.source_conversations
    return (
        select(table.c.id)
        .join(of_source, of_source.c.conversation == table.c.id)
        .where(of_source.c.origin == storable(origin), table.c.erased_at.is_(None))
        .order_by(table.c.seq.desc())
    )


def _let_go(connection: Connection, known: Select[Any], beside: Collection[str]) -> list[str]:
    """Of these conversations the first ``LOOKED_AT`` that bear none of the ids which their source holds now."""
    ids, table = tables.conversation_ids, tables.conversations
    enough = known.add_columns(table.c.seq).limit(LOOKED_AT + len(beside)).subquery()
    named = select(enough.c.id, ids.c.id).join(ids, ids.c.conversation == enough.c.id).order_by(enough.c.seq.desc())
    rows = connection.execute(named).all()
    held = {storable(one) for one in beside}
    there = {key for key, name in rows if name in held}
    return [key for key in dict.fromkeys(key for key, _ in rows) if key not in there][:LOOKED_AT]


def _candidates(
    connection: Connection, conversation: Conversation, origin: str, beside: Collection[str]
) -> dict[str, float]:
    """Conversations known by their text only, and which share of each must be said again for it to be this one.

    First those of the same source and day, then of the source, of the title but for those of another day, and of the
    day where they are about as long: a recording that is exported again may have another file name, and with it another
    title.
    """
    table, turns = tables.conversations, len(conversation.turns)
    by_text = table.c.id.startswith(TEXT_ID) & table.c.erased_at.is_(None)
    day = day_of(conversation.started_at)
    same_day = table.c.said_on == day if day is not None else true()
    known, of_source = select(table.c.id).where(by_text).order_by(table.c.seq.desc()), _of_source(origin).where(by_text)
    no_other_day = same_day | table.c.said_on.is_(None)
    ways = [of_source, known.where(table.c.title == storable(conversation.title), no_other_day)]
    if day is not None:
        ways.append(known.where(same_day, table.c.turns * 2 >= turns, table.c.turns <= turns * 2))
    found = dict.fromkeys(_let_go(connection, of_source.where(same_day), beside), SAME)
    for way in ways:
        for candidate in _let_go(connection, way, beside):
            found.setdefault(candidate, MOVED)
    return found


def _said(connection: Connection, name: str) -> list[tuple[str | None, str]]:
    conversation = conversation_by_id(connection, name)
    if conversation is None:
        return []
    return [(conversation.name_of(turn.speaker), turn.text) for turn in conversation.turns]


def as_known(connection: Connection, conversation: Conversation, key: str, origin: str) -> Conversation:
    """A conversation with what the log knows of it and a copy under another name does not say, or says otherwise.

    That is the day, where the copy has none; and, of a conversation known by its text alone, its title and source.
    """
    table, of_source = tables.conversations, tables.source_conversations
    row = connection.execute(select(table.c.started_at, table.c.title, table.c.source).where(table.c.id == key)).first()
    if row is None:
        return conversation
    kept: dict[str, Any] = {}
    if conversation.started_at is None:
        kept["started_at"] = stored_start(row.started_at)
    origins = connection.execute(select(of_source.c.origin).where(of_source.c.conversation == key)).scalars().all()
    if key.startswith(TEXT_ID) and origins and storable(origin) not in origins:
        kept.update(title=row.title, source=row.source)
    return conversation.model_copy(update=kept) if kept else conversation


def put_conversation(
    tx: Transaction, key: str, conversation: Conversation, found: ConversationRecords, engine: str
) -> Grown:
    """Enters a conversation under ``key``, or brings it up to date; nothing is written where nothing changed."""
    table = tables.conversations
    row = tx.connection.execute(select(table).where(table.c.id == key)).first()
    everybody = _everybody(conversation, found, participants_of(row) if row is not None else ())
    number = row.seq if row is not None else tx.next_number(table, "seq")
    subject = subject_of(number)
    content = tx.digest(subject, content_of(key, conversation))
    unprocessed = to_json([gap.model_dump(mode="json") for gap in found.unprocessed])
    if row is not None and row.content == content and row.participants == _participants(everybody):
        _note_id(tx, conversation.id, key)
        if row.engine != engine or row.unprocessed != unprocessed:
            tx.connection.execute(
                table.update().where(table.c.id == key).values(engine=engine, unprocessed=unprocessed)
            )
            tx.event("conversation.read_again", subject, engine=engine)
        return Grown(is_new=False, moved=False)
    people = _people(tx, everybody)
    values = _values(tx, conversation, everybody, unprocessed, engine, content)
    if row is None:
        series = series_for(tx, conversation, frozenset(people.values()))
        values.update(id=key, seq=number, created_at=tx.at, series=series)
        tx.connection.execute(table.insert().values(values))
    else:
        tx.connection.execute(table.update().where(table.c.id == key).values(values))
    _note_id(tx, conversation.id, key)
    put_turns(tx, key, conversation.turns)
    for participant, person in people.items():
        tx.upsert(tables.participants, {"conversation": key, "participant": participant}, {"person": person})
    kind = "conversation.added" if row is None else "conversation.grown"
    tx.event(kind, subject, turns=len(conversation.turns), content=content, engine=engine)
    tx.mark("conversation", key)
    return Grown(is_new=row is None, moved=row is not None)


def _note_id(tx: Transaction, name: str, key: str) -> None:
    tx.upsert(tables.conversation_ids, {"id": storable(name)}, {"conversation": key})


def _everybody(
    conversation: Conversation, found: ConversationRecords, before: Sequence[Participant]
) -> tuple[Participant, ...]:
    """Who takes part now, whom records name, and who took part before: what a person approved may name them."""
    everybody = {person.id: person for person in before}
    for person in (*found.conversation.participants, *conversation.participants):
        everybody[person.id] = person
    return tuple(everybody.values())


def _people(tx: Transaction, everybody: Sequence[Participant]) -> dict[str, int]:
    return {as_key(storable(person.id)): tx.person(person.name or person.id) for person in everybody}


def _values(
    tx: Transaction,
    conversation: Conversation,
    everybody: Sequence[Participant],
    unprocessed: str,
    engine: str,
    content: str,
) -> dict[str, Any]:
    stored = conversation.model_dump(mode="json", exclude={"turns", "participants"})
    return {
        "kind": conversation.kind,
        "title": storable(conversation.title),
        "source": storable(conversation.source),
        "started_at": to_json(stored["started_at"]) if stored["started_at"] is not None else None,
        "said_on": day_of(conversation.started_at),
        "turns": len(conversation.turns),
        "participants": _participants(everybody),
        "coverage": to_json(stored["coverage"]),
        "warnings": to_json(stored["warnings"]),
        "unprocessed": unprocessed,
        "engine": engine,
        "content": content,
        "updated_at": tx.at,
        "forgotten_at": None,
    }


def put_turns(tx: Transaction, key: str, turns: Sequence[Turn]) -> None:
    """Keeps these turns of a conversation and no others."""
    table = tables.turns
    tx.connection.execute(table.delete().where(table.c.conversation == key))
    if turns:
        tx.connection.execute(table.insert(), [{"conversation": key, **_turn(turn)} for turn in turns])


def _turn(turn: Turn) -> dict[str, Any]:
    rest = turn.model_dump(mode="json", exclude={"index", "speaker", "text"}, exclude_defaults=True)
    return {
        "number": turn.index,
        "speaker": storable(turn.speaker) if turn.speaker is not None else None,
        "text": storable(turn.text),
        "rest": to_json(rest),
    }


def is_unchanged(connection: Connection, conversation: Conversation, key: str, engine: str, origin: str) -> bool:
    """Whether the log has this very conversation, read through to its end by this engine."""
    table, salts = tables.conversations, tables.salts
    wanted = select(table.c.seq, table.c.content, table.c.engine, table.c.unprocessed)
    row = connection.execute(wanted.where(table.c.id == key, table.c.erased_at.is_(None))).first()
    if row is None or row.engine != engine or row.unprocessed != to_json([]):
        return False
    known = as_kept(connection, as_known(connection, conversation, key, origin), key)
    salt = connection.execute(select(salts.c.salt).where(salts.c.subject == subject_of(row.seq))).scalar()
    return salt is not None and bool(row.content == digest(salt, content_of(key, known)))


def is_outdated(connection: Connection, conversation: Conversation, key: str, origin: str) -> bool:
    """Whether other sources gave the log all that a conversation says, in this order, and more; this one never did.

    So an old export of a thread takes nothing away. What is missing where it was read before was deleted there.
    """
    table = tables.source_conversations
    origins = connection.execute(select(table.c.origin).where(table.c.conversation == key)).scalars().all()
    if not origins or storable(origin) in origins:
        return False
    known = [text for _, text in _said(connection, key)]
    said = [storable(turn.text) for turn in as_kept(connection, conversation, key).turns]
    left = iter(known)
    return len(said) < len(known) and all(text in left for text in said)


def _participants(everybody: Sequence[Participant]) -> str:
    return to_json([person.model_dump(mode="json") for person in everybody])


def content_of(key: str, conversation: Conversation) -> str:
    """All that is stored of a conversation under ``key``, as one text: equal texts, nothing changed."""
    return to_json(
        [
            key,
            conversation.kind,
            conversation.title,
            conversation.model_dump(mode="json", include={"started_at"}),
            [person.model_dump(mode="json") for person in _taking_part(conversation)],
            [_turn(turn) for turn in conversation.turns],
        ]
    )


def _taking_part(conversation: Conversation) -> list[Participant]:
    """Those whom a turn names; of all others whom the log knows in a conversation, it is not known who told of them."""
    named: set[str | None] = set()
    for turn in conversation.turns:
        named.add(turn.speaker)
        named.update(quote.author for quote in turn.quotes)
        named.update(person for reaction in turn.reactions for person in reaction.people)
    return sorted((one for one in conversation.participants if one.id in named), key=lambda one: one.id)
