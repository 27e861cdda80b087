"""What the inbox reads: which records were asked for, and the chosen one with all that a reviewer needs beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, get_args
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import false, or_, select

from extractor.errors import NoSuchRecordError, UsageError
from extractor.log import tables, views
from extractor.log.searching import by_words, telling_words
from extractor.log.transaction import person_of
from extractor.records import RecordType
from extractor.review import queue
from extractor.review.web.transcript import Line, Quote, labels_of, lines_of, names_in, quotes_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Select

    from extractor.log.views import Link, LogRecord, Revision

TYPES: Final[tuple[RecordType, ...]] = get_args(RecordType)
REASONS: Final[tuple[queue.Reason, ...]] = get_args(queue.Reason)
PER_PAGE: Final = 30
"""Records on one page of the list."""
WHOLE: Final = 80
"""A transcript of so many turns is shown from its first turn to its last."""
AROUND: Final = 12
"""Of a longer one, turns before and after each quote."""
FEW: Final = 99
"""Suggestions are counted no further beside the list of what waits."""
NEAR: Final = 6
"""Records to merge into that are named without being asked for."""
LOOKED_AT: Final = 60
"""Records found by their words of which those of the same series are kept."""
TELLING: Final = 6
"""Words of a claim, the longest of it, by which records that say the same are looked for: each is a question asked."""
LATELY: Final = 500
"""Acts among which a reviewer's last one is looked for."""


_SHOWN: Final = {
    "decision": "decisions",
    "action_item": "action items",
    "open_question": "open questions",
    "conflict": "conflict",
    "significance": "high significance",
    "confidence": "low confidence",
    "flags": "flags",
}


@dataclass(frozen=True)
class Asked:
    """What the address of the page asks for; ``url`` writes the address of another page of the same kind."""

    who: str = ""
    meeting: int | None = None
    types: tuple[RecordType, ...] = ()
    reasons: tuple[queue.Reason, ...] = ()
    by: str = ""
    after: str = ""
    record: str = ""
    find: str = ""

    def url(self, **other: Any) -> str:
        """The address with some parts changed; a page of the list is kept only where it is the same list."""
        asked = replace(self, **{"record": "", "find": "", **other})
        parts = [
            ("who", asked.who),
            ("meeting", asked.meeting or ""),
            *(("type", one) for one in asked.types),
            *(("reason", one) for one in asked.reasons),
            ("by", asked.by),
            ("after", asked.after),
            ("record", asked.record),
            ("find", asked.find),
        ]
        written = urlencode([(name, value) for name, value in parts if value != ""])
        return f"/?{written}" if written else "/"

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """What a form must send along to stay with the same list."""
        return tuple(parse_qsl(self.url(after=self.after).partition("?")[2]))

    @property
    def place(self) -> tuple[float, int] | None:
        """Where the list goes on; raises UsageError for what is no place in it."""
        if not self.after:
            return None
        weight, _, seq = self.after.partition(",")
        try:
            place = float(weight), int(seq)
        except ValueError:
            place = math.nan, 0
        if not (math.isfinite(place[0]) and abs(place[1]) < 2**31):
            raise UsageError(f"{self.after[:40]} is no place in the list.", "Begin at its first page.")
        return place

    @property
    def words(self) -> str:
        """What the list is narrowed to, but for the meeting, which stands above it."""
        who = {"": "", "me": "for me", "nobody": "for nobody yet"}.get(self.who, f"for {self.who}")
        types = [_SHOWN[one] for one in self.types]
        reasons = [_SHOWN[one] for one in self.reasons]
        return ", ".join([one for one in (" and ".join(types), who, " or ".join(reasons)) if one])

    @property
    def filtered(self) -> bool:
        return bool(self.who or self.meeting or self.types or self.reasons)


@dataclass(frozen=True)
class Waiting:
    """One page of the list. ``count`` is at most one above ``queue.COUNTED``; ``more`` is where it goes on;
    ``suggested`` is how many suggestions there are, as it is shown.
    """

    items: tuple[queue.Item, ...]
    count: int
    more: str | None
    meetings: tuple[queue.MeetingWaiting, ...]
    title: str | None
    suggested: str

    @property
    def counted(self) -> str:
        return _counted(self.count, queue.COUNTED) or "0"

    def beside(self, record: str) -> tuple[str | None, str | None]:
        """The records before and after one in the list."""
        ids = [item.record.id for item in self.items]
        if record not in ids:
            return None, ids[0] if ids else None
        at = ids.index(record)
        return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


@dataclass(frozen=True)
class Related:
    """A link of the chosen record and the record at its other end; ``later`` is whether the chosen one is the later."""

    link: Link
    other: LogRecord
    later: bool


@dataclass(frozen=True)
class Remark:
    """What somebody said with an act."""

    who: str
    at: str
    verdict: str
    words: str


@dataclass(frozen=True)
class Stretch:
    """Turns in a row. ``before`` are the turns left out before them, empty where none are."""

    before: range
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Pane:
    """The chosen record and what stands beside it. ``number`` is its meeting's; ``left`` the turns after the last."""

    item: queue.Item
    number: int
    turns: int
    links: tuple[Related, ...]
    revisions: tuple[Revision, ...]
    candidates: tuple[LogRecord, ...]
    remarks: tuple[Remark, ...]
    stretches: tuple[Stretch, ...]
    names: tuple[str, ...]

    @property
    def record(self) -> LogRecord:
        return self.item.record

    @property
    def left(self) -> range:
        """Turns after the last that is shown."""
        shown = [line.number for stretch in self.stretches for line in stretch.lines]
        return range(shown[-1] + 1, self.turns) if shown else range(0)


@dataclass(frozen=True)
class LastAct:
    """What a reviewer did last and may take back."""

    number: int
    verdict: str
    record: str
    text: str


def waiting(connection: Connection, asked: Asked, viewer: int) -> Waiting:
    """The page of the list that was asked for, as ``viewer`` has it: what they have approved already waits for others.

    Raises UsageError for an address that asks for what there is not.
    """
    if asked.by == "suggested":
        return _suggested(connection, asked)
    named = _conversation(connection, asked.meeting)
    by_meeting = asked.by == "meeting"
    meetings = tuple(queue.meetings(connection, 30)) if by_meeting else ()
    conversation = named[0] if named else (meetings[0].id if meetings else None)
    wanted = queue.Waiting(
        who=_who(connection, asked.who, viewer),
        conversation=conversation,
        types=asked.types,
        reasons=asked.reasons,
        unassigned=asked.who == "nobody",
        unapproved_by=viewer,
    )
    found = queue.waiting(connection, wanted, PER_PAGE + 1, asked.place)
    items = tuple(found[:PER_PAGE])
    more = "{:.17g},{}".format(*items[-1].place) if len(found) > PER_PAGE else None
    count = queue.count_waiting(connection, wanted)
    title = named[1] if named else (meetings[0].title if meetings else None)
    return Waiting(items, count, more, meetings, title, _counted(queue.count_suggestions(connection, FEW), FEW))


def _suggested(connection: Connection, asked: Asked) -> Waiting:
    """Records for which other words or links are suggested, in the place of those that wait."""
    after = asked.place
    found = queue.suggestions(connection, PER_PAGE + 1, after[1] if after else None)
    shown = found[:PER_PAGE]
    items = queue.items_of(connection, {one.record.id: one.record for one in shown})
    more = f"0,{shown[-1].place}" if len(found) > PER_PAGE else None
    count = queue.count_suggestions(connection)
    return Waiting(tuple(items), count, more, (), None, _counted(count, queue.COUNTED))


def _counted(count: int, most: int) -> str:
    """A count as it is shown, empty for nothing; ``99+`` where it went no further."""
    return f"{most}+" if count > most else str(count or "")


def _who(connection: Connection, who: str, viewer: int) -> int | None:
    if who in ("", "nobody"):
        return None
    if who == "me":
        return viewer
    table = tables.people
    found = connection.execute(select(table.c.id).where(table.c.name == who)).scalar()
    return int(found) if found is not None else -1


def _conversation(connection: Connection, number: int | None) -> tuple[str, str] | None:
    if number is None:
        return None
    table = tables.conversations
    row = connection.execute(select(table.c.id, table.c.title).where(table.c.seq == number)).first()
    if row is None:
        raise NoSuchRecordError(f"There is no meeting {number}.", "See the list of meetings.")
    return row.id, row.title


def pane_of(connection: Connection, record: str, find: str = "") -> Pane:
    """The record with this id, with what stands beside it; ``find`` are words of a record to merge into.

    Raises NoSuchRecordError where there is none that the viewer of this connection may see.
    """
    known = views.records_by_id(connection, [record])
    if not known:
        raise NoSuchRecordError(f"There is no record {record[:100]} in the log.", "See the list of what waits.")
    item = queue.items_of(connection, known)[0]
    chosen = item.record
    table = tables.conversations
    where = select(table.c.seq, table.c.turns).where(table.c.id == chosen.conversation)
    number, turns = connection.execute(where).one()
    links = _related(connection, chosen)
    return Pane(
        item=item,
        number=number,
        turns=turns,
        links=links,
        revisions=tuple(views.revisions_of(connection, [chosen.id])),
        candidates=candidates(connection, chosen, links, find),
        remarks=_remarks(connection, chosen.id),
        stretches=_stretches(connection, chosen, turns),
        names=tuple(dict.fromkeys(chosen.people.values())),
    )


def _related(connection: Connection, chosen: LogRecord) -> tuple[Related, ...]:
    links = views.links_of(connection, [chosen.id])
    ends = {link.id: link.to_record if link.from_record == chosen.id else link.from_record for link in links}
    known = views.records_by_id(connection, ends.values())
    return tuple(
        Related(link, known[ends[link.id]], link.from_record == chosen.id) for link in links if ends[link.id] in known
    )


def candidates(
    connection: Connection, chosen: LogRecord, links: Iterable[Related] = (), find: str = ""
) -> tuple[LogRecord, ...]:
    """Standing records of the same type that the chosen one may be merged into, the likeliest first.

    Those that a link says it repeats, then those with the same words in its series of meetings; where ``find`` are
    words, records with them, wherever they are.
    """
    repeated = [] if find else [one.other.id for one in links if one.link.kind == "duplicates"]
    found = by_words(connection, find or telling_of(chosen), LOOKED_AT, any_rank=bool(find))
    ids = list(dict.fromkeys([*repeated, *found]))
    records, conversations = tables.records.c, tables.conversations.c
    wanted: Select[Any] = (
        select(records.id, records.type, records.state, records.conversation, records.erased_at, conversations.series)
        .join(tables.conversations, conversations.id == records.conversation)
        .where(records.id.in_(ids))
    )
    fitting = {
        row.id
        for row in connection.execute(wanted)  # by their ids alone: other conditions lead SQLite to other indexes
        if row.id != chosen.id and row.type == chosen.type and row.state in queue.STANDING and row.erased_at is None
        if find or row.id in repeated or _near(row, chosen)
    }
    return tuple(views.records_by_id(connection, [one for one in ids if one in fitting][:NEAR]).values())


def telling_of(record: LogRecord) -> str:
    """The words of a record by which others that say the same are looked for."""
    return " ".join(sorted(telling_words(record.text), key=len, reverse=True)[:TELLING])


def _near(row: Row[Any], chosen: LogRecord) -> bool:
    return row.conversation == chosen.conversation or (chosen.series is not None and row.series == chosen.series)


def _remarks(connection: Connection, record: str) -> tuple[Remark, ...]:
    table, people = tables.reviews, tables.people
    wanted = select(table.c.verdict, table.c.reviewer, table.c.at, table.c.comment).where(
        table.c.record == record, table.c.comment.is_not(None), table.c.undone_by.is_(None)
    )
    rows = connection.execute(wanted.order_by(table.c.seq)).all()
    numbers = {number for row in rows if (number := person_of(row.reviewer)) is not None}
    named = connection.execute(select(people.c.id, people.c.name).where(people.c.id.in_(numbers)))
    names = {row.id: row.name for row in named}
    return tuple(Remark(names.get(person_of(row.reviewer) or 0, ""), row.at, row.verdict, row.comment) for row in rows)


def _stretches(connection: Connection, chosen: LogRecord, turns: int) -> tuple[Stretch, ...]:
    """The transcript around the record's quotes, all of it where it is short, with other records' quotes too."""
    own = quotes_of([chosen], labels_of([chosen]))
    wanted = shown_turns([quote.turn for quote in own], turns)
    names = names_in(connection, chosen.conversation)
    quotes = [*own, *_others_quotes(connection, chosen, wanted)]
    stretches, end = [], 0
    for part in wanted:
        lines = tuple(lines_of(connection, chosen.conversation, names, quotes, part))
        stretches.append(Stretch(range(end, part.start), lines))
        end = part.stop
    return tuple(stretches)


def shown_turns(proving: Sequence[int], turns: int) -> list[range]:
    """Which turns to show of a conversation: all of a short one, else those around the turns that prove something."""
    if turns <= WHOLE:
        return [range(turns)] if turns else []
    found: list[range] = []
    for turn in sorted(set(proving)) or [0]:
        part = range(max(turn - AROUND, 0), min(turn + AROUND + 1, turns))
        if found and part.start <= found[-1].stop + 2:
            found[-1] = range(found[-1].start, part.stop)
        else:
            found.append(part)
    return found


def _others_quotes(connection: Connection, chosen: LogRecord, shown: Sequence[range]) -> list[Quote]:
    """Quotes of the conversation's other standing records in the turns that are shown."""
    records, quotes = tables.records, tables.evidence
    wanted = (
        select(quotes, records.c.type, records.c.state)
        .join(records, records.c.id == quotes.c.record)
        .where(records.c.conversation == chosen.conversation, records.c.state.in_(queue.STANDING))
        .where(records.c.id != chosen.id, quotes.c.located.is_(True))
        .where(or_(*(quotes.c.turn.between(part.start, part.stop - 1) for part in shown), false()))
    )
    return [
        Quote(row.record, row.number, "", row.type, row.state, row.role, row.turn, row.start_char, row.end_char)
        for row in connection.execute(wanted)
    ]


def last_act(connection: Connection, viewer: int) -> LastAct | None:
    """What a person did last and may take back, None where they did nothing lately."""
    table = tables.reviews
    lately = select(table).order_by(table.c.seq.desc()).limit(LATELY).subquery()
    wanted = select(lately.c.seq, lately.c.verdict, lately.c.record).where(
        lately.c.reviewer == f"person:{viewer}",
        lately.c.undone_by.is_(None),
        lately.c.undo.is_not(None),
        lately.c.verdict.not_in(("undo", "split off")),
    )
    row = connection.execute(wanted.order_by(lately.c.seq.desc()).limit(1)).first()
    known = views.records_by_id(connection, [row.record]) if row is not None else {}
    if row is None or row.record not in known:
        return None
    return LastAct(row.seq, row.verdict, row.record, known[row.record].text)
