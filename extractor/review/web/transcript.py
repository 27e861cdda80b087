"""A conversation as a page shows it: each turn in pieces, where its quotes begin and end, and what each proves."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from extractor.log import tables, views
from extractor.records import RecordType

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.views import LogRecord

LETTERS: Final[Mapping[RecordType, str]] = {"decision": "D", "action_item": "A", "open_question": "Q"}
"""What the records of a conversation are numbered by: D1, A1, Q1."""


@dataclass(frozen=True)
class Quote:
    """A quote of a record that stands in a turn. ``mark`` is the HTML id of its place, ``label`` says which record."""

    record: str
    number: int
    label: str
    type: RecordType
    state: str
    role: str
    turn: int
    start: int
    end: int

    @property
    def mark(self) -> str:
        return mark_of(self.record, self.number)


@dataclass(frozen=True)
class Piece:
    """Words of a turn between two places where a quote begins or ends, the quotes they are in, those they end."""

    text: str
    within: tuple[Quote, ...] = ()
    begins: tuple[Quote, ...] = ()
    ends: tuple[Quote, ...] = ()

    @property
    def types(self) -> tuple[RecordType, ...]:
        """Types of record that these words prove."""
        return tuple(dict.fromkeys(quote.type for quote in self.within))

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(quote.state for quote in self.within))


@dataclass(frozen=True)
class Line:
    """A turn as it is shown. ``when`` is what a clock or the recording's time says, empty where that is not known."""

    number: int
    speaker: str
    when: str
    kind: str
    topic: str | None
    text: str
    pieces: tuple[Piece, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Quotes that begin in the turn, in order."""
        return tuple(quote for piece in self.pieces for quote in piece.begins)


def mark_of(record: str, number: int) -> str:
    """The HTML id of the place of a record's quote."""
    return f"quote-{record}-{number}"


def labels_of(records: Iterable[LogRecord]) -> dict[str, str]:
    """A short name for each record of one conversation, in the order in which they are proved: D1, D2, A1."""
    counts = Counter[str]()
    labels: dict[str, str] = {}
    for record in sorted(records, key=_first_place):
        letter = LETTERS[record.type]
        counts[letter] += 1
        labels[record.id] = f"{letter}{counts[letter]}"
    return labels


def _first_place(record: LogRecord) -> tuple[int, int, int]:
    places = [(quote.turn, quote.start_char) for quote in record.record.evidence]
    return (*min(places, default=(0, 0)), record.seq)


def quotes_of(records: Iterable[LogRecord], labels: Mapping[str, str]) -> list[Quote]:
    """The quotes of records that still stand in the conversation."""
    return [
        Quote(
            record=record.id,
            number=number,
            label=labels[record.id],
            type=record.type,
            state=record.state,
            role=quote.role,
            turn=quote.turn,
            start=quote.start_char,
            end=quote.end_char,
        )
        for record in records
        for number, quote in enumerate(record.record.evidence)
        if number not in record.lost_quotes
    ]


def lines_of(
    connection: Connection, conversation: str, names: Mapping[str, str], quotes: Iterable[Quote], turns: range
) -> list[Line]:
    """The turns of a conversation from ``turns.start`` up to ``turns.stop``, exclusive, that are there."""
    table = tables.turns
    wanted = select(table.c.number, table.c.speaker, table.c.text, table.c.rest).where(
        table.c.conversation == conversation, table.c.number >= turns.start, table.c.number < turns.stop
    )
    of_turn = defaultdict[int, list[Quote]](list)
    for quote in quotes:
        of_turn[quote.turn].append(quote)
    lines = []
    for number, speaker, text, rest in connection.execute(wanted.order_by(table.c.number)):
        more = json.loads(rest)
        lines.append(
            Line(
                number=number,
                speaker=names.get(speaker, speaker) if speaker else "",
                when=_when(more),
                kind=more.get("kind", "speech"),
                topic=more.get("topic"),
                text=text,
                pieces=pieces_of(text, of_turn.get(number, ())),
            )
        )
    return lines


def pieces_of(text: str, quotes: Sequence[Quote]) -> tuple[Piece, ...]:
    """A turn's text cut wherever a quote begins or ends; together the pieces are the text."""
    if not quotes:
        return (Piece(text),) if text else ()
    cuts = sorted({0, len(text), *(min(at, len(text)) for quote in quotes for at in (quote.start, quote.end))})
    ordered = sorted(quotes, key=lambda quote: (quote.start, quote.end, quote.label))
    return tuple(
        Piece(
            text[start:end],
            within=tuple(one for one in ordered if one.start <= start and one.end >= end),
            begins=tuple(one for one in ordered if one.start == start),
            ends=tuple(one for one in ordered if min(one.end, len(text)) == end),
        )
        for start, end in pairwise(cuts)
    )


def names_in(connection: Connection, conversation: str) -> dict[str, str]:
    """The names of those who take part in a conversation, by their ids in it."""
    table = tables.conversations
    row = connection.execute(select(table.c.participants).where(table.c.id == conversation)).first()
    return {person.id: person.name for person in views.participants_of(row)} if row is not None else {}


def _when(more: Mapping[str, Any]) -> str:
    sent = more.get("sent_at")
    if sent:
        return f"{dt.datetime.fromisoformat(sent):%Y-%m-%d %H:%M}"
    return clock(more.get("start"))


def clock(seconds: float | None) -> str:
    """Seconds of a recording as its player shows them: ``1:02:03``, ``2:03``."""
    if seconds is None:
        return ""
    minutes, left = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
