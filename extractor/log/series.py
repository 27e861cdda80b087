"""Series: meetings of one kind, known by title, attendees and rhythm, and channels whose threads belong together."""

from __future__ import annotations

import datetime as dt
import re
import statistics
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from extractor.conversation import Conversation
from extractor.log.erased import as_key
from extractor.log.tables import conversations, participants, series

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.transaction import Transaction

COMMON_ATTENDEES: Final = 0.2
"""Share of attendees, of the smaller meeting, from which meetings of one title are one series."""
RECENT: Final = 6
"""Meetings of a series whose attendees are compared: people come and go."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NOISE: Final = frozenset(
    "the a an of and for with on at in to re fwd fw aw wg monday tuesday wednesday thursday friday saturday sunday "
    "mon tue wed thu fri sat sun january february march april may june july august september october november "
    "december jan feb mar apr jun jul aug sep sept oct nov dec am pm utc gmt cet est pst meeting minutes notes "
    "transcript recording summary call week wk w no nr number part session st nd rd th vtt srt txt docx md json".split()
)


@dataclass(frozen=True)
class Series:
    """A series. ``every_days`` is the median number of days between its meetings, None where they are too few."""

    id: int
    title: str
    meetings: int
    first: dt.date | None
    last: dt.date | None
    every_days: float | None


def title_key(title: str) -> str:
    """A title without what changes from one meeting to the next: dates, numbers, weekdays, words like "minutes".

    ``Steering 2026-03-04 (12)`` and ``Steering, March 18th`` are both ``steering``. Empty where nothing is left.
    """
    words = (word.casefold() for word in _WORD.findall(title.replace("_", " ").replace("-", " ")))
    return as_key(" ".join(word for word in words if word not in _NOISE and not any(sign.isdigit() for sign in word)))


def series_for(tx: Transaction, conversation: Conversation, people: frozenset[int]) -> int | None:
    """The series that a new conversation belongs to, entered if need be; None where its title says nothing.

    A series is joined where the title's key is equal and enough of the people are those of its recent meetings, or
    where one side names nobody.
    """
    key = title_key(conversation.title)
    if not key:
        return None
    known = tx.connection.execute(select(series.c.id).where(series.c.key == key).order_by(series.c.id)).scalars().all()
    for one in known:
        others = _recent_people(tx.connection, one)
        smaller = min(len(people), len(others))
        if not smaller or len(people & others) / smaller >= COMMON_ATTENDEES:
            return int(one)
    number = tx.next_number(series, "id")
    tx.connection.execute(series.insert().values(id=number, key=key, title=conversation.title, created_at=tx.at))
    return number


def series_by_id(connection: Connection, number: int) -> Series | None:
    """A series with its rhythm."""
    row = connection.execute(select(series).where(series.c.id == number)).first()
    if row is None:
        return None
    wanted = select(conversations.c.said_on).where(
        conversations.c.series == number, conversations.c.said_on.is_not(None)
    )
    days = sorted({dt.date.fromisoformat(day) for day in connection.execute(wanted).scalars() if day})
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    count = select(conversations.c.id).where(conversations.c.series == number)
    return Series(
        id=number,
        title=row.title,
        meetings=len(connection.execute(count).all()),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        every_days=statistics.median(gaps) if len(gaps) > 1 else None,
    )


def _recent_people(connection: Connection, number: int) -> frozenset[int]:
    recent = (
        select(conversations.c.id)
        .where(conversations.c.series == number)
        .order_by(conversations.c.seq.desc())
        .limit(RECENT)
    )
    wanted = select(participants.c.person).where(participants.c.conversation.in_(recent))
    return frozenset(connection.execute(wanted).scalars())
