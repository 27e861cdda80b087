"""Counts that stop at a thousand, and names to complete what somebody types. ``connection`` is always a viewer's."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from extractor.log import listing, tables
from extractor.log.erased import name_key
from extractor.log.naming import has_words
from extractor.review import queue
from extractor.review.web.api import models

if TYPE_CHECKING:
    from sqlalchemy import Connection


def capped(number: int) -> models.Count:
    """A count that was made no further than one above ``queue.COUNTED``."""
    return models.Count(number=min(number, queue.COUNTED), more=number > queue.COUNTED)


def counts(connection: Connection, viewer: int, today: dt.date) -> models.Counts:
    """What there is to do, for this viewer."""

    def fitting(wanted: listing.Filter) -> models.Count:
        return capped(listing.count(connection, wanted, queue.COUNTED + 1))

    return models.Counts(
        waiting=capped(queue.count_waiting(connection, queue.Waiting(unapproved_by=viewer))),
        waiting_for_me=capped(queue.count_waiting(connection, queue.Waiting(who=viewer))),
        suggestions=capped(queue.count_suggestions(connection)),
        open_questions=fitting(listing.Filter(types=("open_question",), open=True)),
        open_actions=fitting(listing.Filter(types=("action_item",), open=True)),
        overdue=fitting(listing.Filter(overdue_on=today)),
        unowned=fitting(listing.Filter(unowned=True)),
        mine=fitting(listing.Filter(person=viewer, open=True)),
    )


def people(connection: Connection, written: str, limit: int) -> list[models.PersonView]:
    """People each word of whose names may begin with a word of what was written, by name."""
    table, words = tables.people, name_key(written).split()
    wanted = select(table.c.id, table.c.key, table.c.name).where(table.c.erased_at.is_(None)).order_by(table.c.key)
    if words:
        wanted = wanted.where(*(table.c.key.contains(word, autoescape=True) for word in words))
    found: list[models.PersonView] = []
    for row in connection.execute(wanted):
        if len(found) == limit:
            break
        if has_words(row.key, words):
            found.append(models.PersonView(number=row.id, name=row.name))
    return found


def series(connection: Connection, written: str, limit: int) -> list[models.SeriesView]:
    """Series whose titles have what was written, by title."""
    table = tables.series
    wanted = select(table.c.id, table.c.title).order_by(table.c.title, table.c.id).limit(limit)
    if written.strip():
        wanted = wanted.where(table.c.title.icontains(written.strip(), autoescape=True))
    return [models.SeriesView(number=row.id, title=row.title) for row in connection.execute(wanted)]
