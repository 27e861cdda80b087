"""From what the log holds to what the API answers. ``connection`` is always a viewer's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from extractor.log import acting, events, tables, views
from extractor.log.transaction import person_of
from extractor.matching.identity import differs
from extractor.reports.log.gathering import field_words
from extractor.review import queue
from extractor.review.web.api import models
from extractor.review.web.transcript import labels_of, lines_of, names_in, quotes_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.history import Step
    from extractor.log.views import Link, LogRecord, Revision
    from extractor.review.web.meeting import Meeting
    from extractor.review.web.transcript import Line


def records_of(connection: Connection, records: Mapping[str, LogRecord]) -> dict[str, models.RecordView]:
    """Records as the API shows them, by their ids, in their order."""
    return shown(connection, queue.items_of(connection, records))


def shown(connection: Connection, items: Sequence[queue.Item]) -> dict[str, models.RecordView]:
    """What waits, as the API shows it, by ids."""
    meetings = _meetings(connection, [item.record.conversation for item in items])
    there = _there(connection, [item.record.merged_into for item in items if item.record.merged_into])
    return {
        item.record.id: models.RecordView(**_record(item, meetings[item.record.conversation], there)) for item in items
    }


def _record(item: queue.Item, meeting: models.MeetingRef, there: set[str]) -> dict[str, Any]:
    known = item.record
    said = known.record
    same = ("id", "type", "state", "text", "status", "said_on", "owners", "version", "weight", "found", "touched")
    more = ("engine", "created_at", "updated_at", "reviewed_at", "closed_at", "erased_at", "lost_quotes", "people")
    return {
        **{name: getattr(known, name) for name in (*same, *more)},
        "topic": getattr(said, "topic", None),
        "decided_by": known.deciders,
        "raised_by": known.names(getattr(said, "raised_by", ())),
        "due": getattr(said, "due", None),
        "meeting": meeting,
        "stamp": item.stamp,
        "assignee": item.assignee,
        "approvals": item.approvals,
        "reasons": item.reasons,
        "conflicts": item.conflicts,
        "merged_into": known.merged_into if known.merged_into in there else None,
        "record": said,
    }


def _meetings(connection: Connection, ids: Iterable[str]) -> dict[str, models.MeetingRef]:
    columns = tables.conversations.c
    return {
        row.id: models.MeetingRef(number=row.seq, id=row.id, title=row.title, said_on=row.said_on or None)
        for batch in views.batches(dict.fromkeys(ids))
        for row in connection.execute(
            select(columns.id, columns.seq, columns.title, columns.said_on).where(columns.id.in_(batch))
        )
    }


def _there(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these records the viewer may see."""
    column = tables.records.c.id
    return {
        name
        for batch in views.batches(dict.fromkeys(ids))
        for name in connection.execute(select(column).where(column.in_(batch))).scalars()
    }


def detail_of(connection: Connection, known: LogRecord, around: int) -> models.RecordDetail:
    """A record with all that belongs to it, and ``around`` turns before and after each that proves it."""
    links = views.links_of(connection, [known.id])
    ends = [_other(link, known.id) for link in links]
    of_record = records_of(connection, {known.id: known} | views.records_by_id(connection, ends))
    context, kept = _context(connection, known, around)
    return models.RecordDetail(
        **dict(of_record[known.id]),
        context=context,
        turns_kept=kept,
        links=tuple(_links(connection, links, known.id, of_record)),
        revisions=tuple(revision_of(known, one) for one in views.revisions_of(connection, [known.id])),
        reviews=tuple(_reviews(connection, known.id)),
        merged=tuple(_merged(connection, known.id)),
    )


def _other(link: Link, record: str) -> str:
    return link.to_record if link.from_record == record else link.from_record


def _links(
    connection: Connection, links: Sequence[Link], record: str, of_record: Mapping[str, models.RecordView]
) -> Iterator[models.LinkView]:
    names = names_of(connection, [link.judge for link in links])
    for link in links:
        other = of_record.get(_other(link, record))
        if other is not None:
            same = link.model_dump(include={"id", "kind", "state", "confidence", "created_at"})
            judge = names.get(link.judge, link.judge)
            yield models.LinkView(**same, judge=judge, forward=link.from_record == record, other=other)


def _context(
    connection: Connection, known: LogRecord, around: int
) -> tuple[tuple[tuple[models.TurnView, ...], ...], bool]:
    """Stretches of the conversation around a record's quotes, and whether its words are kept."""
    table = tables.conversations
    where = select(table.c.turns, table.c.forgotten_at, table.c.erased_at).where(table.c.id == known.conversation)
    turns, forgotten, erased = connection.execute(where).one()
    if forgotten or erased:
        return (), False
    quotes = quotes_of([known], labels_of([known]))
    names = names_in(connection, known.conversation)
    parts = _stretches(sorted({quote.turn for quote in quotes}), turns, around)
    return tuple(turns_of(lines_of(connection, known.conversation, names, quotes, part)) for part in parts), True


def _stretches(proving: Iterable[int], turns: int, around: int) -> list[range]:
    found: list[range] = []
    for turn in proving:
        part = range(max(turn - around, 0), min(turn + around + 1, turns))
        if found and part.start <= found[-1].stop:
            found[-1] = range(found[-1].start, part.stop)
        else:
            found.append(part)
    return found


def turns_of(lines: Iterable[Line]) -> tuple[models.TurnView, ...]:
    """Turns with the quotes that begin in them."""
    same = ("number", "speaker", "when", "kind", "topic", "text")
    return tuple(
        models.TurnView(
            **{name: getattr(line, name) for name in same},
            quotes=tuple(
                models.QuoteView.model_validate(
                    {
                        **{name: getattr(quote, name) for name in ("record", "number", "type", "state", "role")},
                        "start_char": quote.start,
                        "end_char": quote.end,
                    }
                )
                for quote in line.quotes
            ),
        )
        for line in lines
    )


def revision_of(known: LogRecord, revision: Revision) -> models.RevisionView:
    """What is suggested for a record."""
    changes = differs(known.record, revision.proposed)
    return models.RevisionView(
        id=revision.id,
        engine=revision.engine,
        created_at=revision.created_at,
        changes=tuple(
            models.Change(field=name, now=field_words(known, one), suggested=field_words(known, two))
            for name, (one, two) in changes.items()
        ),
        record=revision.proposed,
    )


def _reviews(connection: Connection, record: str) -> Iterator[models.ReviewView]:
    table = tables.reviews
    rows = connection.execute(select(table).where(table.c.record == record).order_by(table.c.seq)).all()
    names = names_of(connection, [row.reviewer for row in rows])
    for row in rows:
        yield models.ReviewView(
            number=row.seq,
            verdict=row.verdict,
            reviewer=names.get(row.reviewer, ""),
            at=row.at,
            comment=row.comment,
            version=row.version,
            undone=row.undone_by is not None,
        )


def names_of(connection: Connection, actors: Iterable[str]) -> dict[str, str]:
    """The names of the people behind actors; the machine and those not known are not among them."""
    table = tables.people
    numbers = sorted({number for actor in actors if (number := person_of(actor)) is not None})
    return {
        f"person:{row.id}": row.name
        for batch in views.batches(numbers)
        for row in connection.execute(select(table.c.id, table.c.name).where(table.c.id.in_(batch)))
    }


def _merged(connection: Connection, record: str) -> Sequence[str]:
    columns = tables.records.c
    wanted = select(columns.id).where(columns.merged_into == record).order_by(columns.seq)
    return connection.execute(wanted).scalars().all()


def suggestions_of(connection: Connection, found: Sequence[queue.Suggestion]) -> tuple[models.SuggestionView, ...]:
    """Records with what is suggested for them."""
    known: dict[str, LogRecord] = {}
    for one in found:
        known[one.record.id] = one.record
        for link in one.links:
            known |= {link.later.id: link.later, link.earlier.id: link.earlier}
    of_record = records_of(connection, known)
    return tuple(
        models.SuggestionView(
            record=of_record[one.record.id],
            revisions=tuple(revision_of(one.record, revision) for revision in one.revisions),
            links=tuple(_links(connection, [link.link for link in one.links], one.record.id, of_record)),
        )
        for one in found
    )


def meeting_of(connection: Connection, found: Meeting) -> models.MeetingView:
    """A meeting as the API shows it."""
    same = ("number", "id", "title", "kind", "source", "engine", "said_on", "gone", "coverage", "warnings")
    end = found.shown.stop
    return models.MeetingView(
        **{name: getattr(found, name) for name in same},
        people=found.names,
        viewers=found.people,
        unprocessed=tuple(models.GapView.model_validate(gap) for gap in found.unprocessed),
        records=tuple(records_of(connection, {one.id: one for one in found.records}).values()),
        turn_count=found.turns,
        from_turn=found.shown.start,
        turns=turns_of(found.lines),
        next_turn=end if end < found.turns else None,
    )


def step_of(step: Step) -> models.StepView:
    """One thing that happened."""
    return models.StepView(
        at=step.at.isoformat(),
        record=step.record,
        what=step.what,
        who=step.who,
        detail=step.detail,
        said=step.said,
    )


def since(connection: Connection, record: str, stamp: int) -> Iterator[models.StepView]:
    """What people and the machine did to a record after its ``stamp``, that judged or worded it."""
    happened = [one for one in events.walk(connection, subject=record, after=stamp) if one.kind in acting.JUDGING]
    names = names_of(connection, [one.actor for one in happened])
    for one in happened:
        detail = ", ".join(str(name) for name in one.payload.get("fields", ()))
        yield models.StepView(
            at=one.at, record=record, what=one.kind, who=names.get(one.actor), detail=detail, said=False
        )
