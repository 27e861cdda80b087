"""All that the log holds of one record: its evidence within the conversation, links, revisions, what people said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from extractor.conversation import Conversation, Turn
from extractor.log import tables
from extractor.log.transaction import person_of
from extractor.log.views import Link, LogRecord, conversation_by_id, links_of, records_by_id, revisions_of
from extractor.matching.identity import differs
from extractor.records import Alternative, Due, Evidence
from extractor.reports.log.entries import Entry
from extractor.reports.text import clock

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class TurnInContext:
    """A turn around or with evidence: ``spans`` are code points of its text that are quoted, ``roles`` what they prove.

    ``speaker`` is a name, empty where nobody is known; ``when`` is a time in words, empty where there is none.
    """

    number: int
    speaker: str
    when: str
    text: str
    spans: tuple[tuple[int, int], ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Related:
    """A link of the record; ``forward`` is whether it goes from this record to the other one."""

    link: Link
    forward: bool
    other: LogRecord


@dataclass(frozen=True)
class Change:
    """A field that a later reading sees otherwise, in words; None where there is nothing."""

    name: str
    now: str | None
    suggested: str | None


@dataclass(frozen=True)
class Suggestion:
    """A revision that waits for a person. ``created_at`` is a moment as stored."""

    id: str
    engine: str
    created_at: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Review:
    """What a person did with the record. ``at`` is a moment as stored."""

    verdict: str
    reviewer: str
    at: str
    comment: str | None


@dataclass(frozen=True)
class Dossier:
    """A record with all that belongs to it.

    ``context`` are stretches of the conversation, each with at least one quote in it; ``lost`` is the evidence that
    stands in none of them: its words are no longer in the conversation, or, where ``turns_kept`` is False, the
    conversation's turns are no longer kept. ``merged`` are records that were merged into this one.
    """

    record: LogRecord
    context: tuple[tuple[TurnInContext, ...], ...] = ()
    lost: tuple[Evidence, ...] = ()
    turns_kept: bool = True
    links: tuple[Related, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    reviews: tuple[Review, ...] = ()
    merged: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry:
        """The record as a list has it."""
        linked: dict[str, tuple[str, ...]] = {}
        for one in self.links:
            if one.link.state == "confirmed" and not one.forward:
                linked[one.link.kind] = (*linked.get(one.link.kind, ()), one.other.id)
        suggested = sum(one.link.state == "suggested" for one in self.links)
        return Entry(self.record, linked, suggested, len(self.suggestions))


def dossier(connection: Connection, record: LogRecord, around: int = 2) -> Dossier:
    """All that the log holds of a record, with ``around`` turns before and after each that is quoted."""
    conversation = conversation_by_id(connection, record.conversation)
    found = [] if conversation is None else located(record, conversation)
    lost = tuple(quote for quote in record.record.evidence if quote not in found)
    links = links_of(connection, [record.id])
    ends = {end for link in links for end in (link.from_record, link.to_record)} - {record.id}
    others = records_by_id(connection, sorted(ends))
    return Dossier(
        record,
        context=() if conversation is None else stretches(conversation, found, around),
        lost=lost,
        turns_kept=conversation is not None and bool(conversation.turns),
        links=tuple(_related(links, record.id, others)),
        suggestions=tuple(_suggestion(record, one) for one in revisions_of(connection, [record.id])),
        reviews=tuple(_reviews(connection, record.id)),
        merged=tuple(_merged(connection, record.id)),
    )


def located(record: LogRecord, conversation: Conversation) -> list[Evidence]:
    """The evidence whose words stand in the conversation where it says."""
    found: list[Evidence] = []
    for number, quote in enumerate(record.record.evidence):
        there = quote.turn < len(conversation.turns) and number not in record.lost_quotes
        if there and conversation.turns[quote.turn].text[quote.start_char : quote.end_char] == quote.quote:
            found.append(quote)
    return found


def stretches(
    conversation: Conversation, quotes: Sequence[Evidence], around: int
) -> tuple[tuple[TurnInContext, ...], ...]:
    """The turns that are quoted with those around them; stretches that touch are one."""
    by_turn: dict[int, list[Evidence]] = defaultdict(list)
    for quote in quotes:
        by_turn[quote.turn].append(quote)
    wanted = sorted({near for turn in by_turn for near in range(turn - around, turn + around + 1)})
    found: list[list[TurnInContext]] = []
    last = -2
    for number in wanted:
        if not 0 <= number < len(conversation.turns):
            continue
        if number != last + 1:
            found.append([])
        found[-1].append(_in_context(conversation, conversation.turns[number], by_turn.get(number, ())))
        last = number
    return tuple(map(tuple, found))


def _in_context(conversation: Conversation, turn: Turn, quotes: Iterable[Evidence]) -> TurnInContext:
    quotes = list(quotes)
    start = min((quote.start_char for quote in quotes), default=0)
    return TurnInContext(
        turn.index,
        conversation.name_of(turn.speaker) or "",
        clock(turn.time_at(start)),
        turn.text,
        _joined((quote.start_char, quote.end_char) for quote in quotes),
        tuple(dict.fromkeys(quote.role for quote in quotes)),
    )


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _related(links: Iterable[Link], record: str, others: dict[str, LogRecord]) -> Iterable[Related]:
    for link in links:
        forward = link.from_record == record
        other = others.get(link.to_record if forward else link.from_record)
        if other is not None:
            yield Related(link, forward, other)


def _suggestion(record: LogRecord, revision: Any) -> Suggestion:
    changes = differs(record.record, revision.proposed)
    told = tuple(
        Change(name, field_words(record, one), field_words(record, two)) for name, (one, two) in changes.items()
    )
    return Suggestion(revision.id, revision.engine, revision.created_at, told)


def field_words(record: LogRecord, value: Any) -> str | None:
    """A field's value in words, people by their names; None where there is nothing."""
    if value is None or value == ():
        return None
    if isinstance(value, Due):
        return f"{value.date} (“{value.text}”)" if value.date else f"“{value.text}”"
    if isinstance(value, Evidence):
        return f"“{value.quote}”"
    if isinstance(value, Alternative):
        return f"{value.option} ({value.why_not})" if value.why_not else value.option
    if isinstance(value, tuple):
        told = [record.people.get(one, one) if isinstance(one, str) else field_words(record, one) for one in value]
        return ", ".join(word for word in told if word)
    return str(value)


def _reviews(connection: Connection, record: str) -> Iterable[Review]:
    table, people = tables.reviews, tables.people
    names = {row.id: row.name for row in connection.execute(select(people.c.id, people.c.name))}
    standing = select(table).where(table.c.record == record, table.c.undone_by.is_(None), table.c.verdict != "undo")
    for row in connection.execute(standing.order_by(table.c.seq)):
        person = person_of(row.reviewer)
        yield Review(row.verdict, names.get(person, "") if person is not None else "", row.at, row.comment)


def _merged(connection: Connection, record: str) -> Iterable[str]:
    table = tables.records
    wanted = select(table.c.id).where(table.c.merged_into == record).order_by(table.c.seq)
    return connection.execute(wanted).scalars()
