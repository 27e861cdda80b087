"""What was erased stays erased, however often its source is read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from extractor.conversation import Conversation, Participant
from extractor.log import tables
from extractor.log.erased import ErasedNames, in_order
from extractor.log.redacting import Person, Redaction, person_in
from extractor.log.views import CLAIM_FIELD, MODELS, batches, participants_of
from extractor.matching.items import making
from extractor.records import ConversationRecords, Evidence, RecordType

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.views import LogRecord, Record

TEXT_ID: Final = "c-"
"""What the id of a conversation begins with that is only a hash of its text."""
OVERLAP: Final = 0.5
"""Share of the shorter of two spans from which a record that is found stands where an erased one stood."""


def is_erased(connection: Connection, conversation: str | None) -> bool:
    """Whether the words of a conversation were erased from the log."""
    if conversation is None:
        return False
    wanted = select(tables.conversations.c.erased_at).where(tables.conversations.c.id == conversation)
    return connection.execute(wanted).scalar() is not None


def succeeds_erased(connection: Connection, conversation: str, origin: str) -> bool:
    """Whether a conversation that is known by its text only stands where all there ever was has been erased.

    A text that was changed after its erasure has another hash, and nothing is left to compare it with.
    """
    if not conversation.startswith(TEXT_ID):
        return False
    of_source, table = tables.source_conversations, tables.conversations
    wanted = (
        select(table.c.erased_at)
        .join(of_source, of_source.c.conversation == table.c.id)
        .where(of_source.c.origin == origin)
    )
    erased = connection.execute(wanted).scalars().all()
    return bool(erased) and None not in erased


def without_erased_people(
    connection: Connection, names: ErasedNames, conversation: Conversation, found: ConversationRecords, key: str | None
) -> tuple[Conversation, ConversationRecords]:
    """A conversation and its records without the words and the names of people who were erased.

    ``key`` is what the log keeps the conversation under, None where it is new.
    """
    for redaction in _redactions(connection, names, conversation, key, found.conversation.participants):
        conversation = redaction.conversation(conversation)
        found = _without(redaction, found)
    return conversation, found


def as_kept(connection: Connection, conversation: Conversation, key: str | None) -> Conversation:
    """A conversation without the words and the names of people who were erased."""
    for redaction in _redactions(connection, ErasedNames(connection), conversation, key, ()):
        conversation = redaction.conversation(conversation)
    return conversation


def _redactions(
    connection: Connection,
    names: ErasedNames,
    conversation: Conversation,
    key: str | None,
    mentioned: Sequence[Participant],
) -> Iterator[Redaction]:
    """One for each person who has to leave, in the order in which they were erased: so the same is left as then.

    The caller does each before it asks for the next.
    """
    if not names:
        return
    named = names.named_in(texts_of(conversation))
    everybody = [*_before(connection, key), *mentioned, *conversation.participants]
    for person in in_order(connection):
        one = erased_in(names, person, everybody, named.get(person, ()))
        if one.pattern is not None:
            redaction = Redaction.of(one, conversation)
            everybody = list(redaction.participants(everybody))
            yield redaction


def erased_in(names: ErasedNames, person: int, everybody: Sequence[Participant], named: Iterable[str]) -> Person:
    """An erased person as a conversation knows them; ``named`` are full names of theirs that stand in the text."""

    def is_them(one: Participant) -> bool:
        return any(names.bearer(name) == person for name in (one.name or one.id, *one.aliases))

    found = person_in(person, everybody, is_them)
    return Person(person, found.ids, found.names | frozenset(named), found.parts)


def recalled(connection: Connection, known: Sequence[LogRecord]) -> list[LogRecord]:
    """Records of one conversation; the erased ones with their quotes, as far as the transcript still holds them.

    So they are found again, and not taken for new.
    """
    numbers = {quote.turn for one in known if one.erased_at for quote in one.record.evidence}
    if not numbers:
        return list(known)
    table = tables.turns
    texts: dict[int, str] = {}
    for batch in batches(numbers):
        wanted = select(table.c.number, table.c.text).where(
            table.c.conversation == known[0].conversation, table.c.number.in_(batch)
        )
        texts.update((row.number, row.text) for row in connection.execute(wanted))

    def quoted(quote: Evidence) -> Evidence:
        words = texts.get(quote.turn, "")[quote.start_char : quote.end_char]
        return quote.model_copy(update={"quote": words})

    return [
        one.model_copy(update={"record": _with_evidence(one.record, map(quoted, one.record.evidence))})
        if one.erased_at
        else one
        for one in known
    ]


def stands_for_erased(record: Record, kind: RecordType, erased: Iterable[LogRecord]) -> bool:
    """Whether a record that was found stands where an erased one of the same type stood."""
    return any(
        one.type == kind and _overlap(quote, other) >= OVERLAP
        for one in erased
        for other in making(one.record.evidence)
        for quote in making(record.evidence)
    )


def _overlap(one: Evidence, other: Evidence) -> float:
    common = min(one.end_char, other.end_char) - max(one.start_char, other.start_char)
    shorter = min(one.end_char - one.start_char, other.end_char - other.start_char)
    return common / shorter if one.turn == other.turn and shorter > 0 else 0.0


def _with_evidence(record: Record, quotes: Iterable[Evidence]) -> Record:
    return record.model_copy(update={"evidence": tuple(quotes)})


def _before(connection: Connection, key: str | None) -> tuple[Participant, ...]:
    """Who takes part as far as the log knows."""
    if key is None:
        return ()
    table = tables.conversations
    row = connection.execute(select(table.c.participants).where(table.c.id == key)).first()
    return participants_of(row) if row is not None else ()


def texts_of(conversation: Conversation) -> Iterable[str]:
    """All in a conversation that may name somebody."""
    yield conversation.title
    for turn in conversation.turns:
        yield turn.text
        yield from (quote.text for quote in turn.quotes)


def _without(redaction: Redaction, found: ConversationRecords) -> ConversationRecords:
    def kept(records: Iterable[Record], kind: RecordType) -> tuple[Any, ...]:
        bodies = (redaction.record(record.model_dump(mode="json"), CLAIM_FIELD[kind]) for record in records)
        return tuple(MODELS[kind].model_validate(body) for body in bodies if body is not None)

    header = found.conversation
    return found.model_copy(
        update={
            "conversation": header.model_copy(
                update={
                    "title": redaction.text(header.title),
                    "source": redaction.text(header.source),
                    "participants": redaction.participants(header.participants),
                }
            ),
            "decisions": kept(found.decisions, "decision"),
            "action_items": kept(found.action_items, "action_item"),
            "open_questions": kept(found.open_questions, "open_question"),
            "ungrounded": (),
            "warnings": tuple(map(redaction.text, found.warnings)),
        }
    )
