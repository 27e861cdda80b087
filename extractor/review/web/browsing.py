"""What the pages of the log, of questions and of actions ask for, and the records that fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, get_args
from urllib.parse import urlencode

from sqlalchemy import func, select

from extractor.index.model import storable
from extractor.log import listing, tables, views
from extractor.log.searching import MATCHES, by_words
from extractor.records import RecordType, ReviewState, Status
from extractor.reports.log.entries import Entry, entries_of
from extractor.review import queue
from extractor.review.queue import COUNTED

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from extractor.log.listing import Filter
    from extractor.review.queue import Item

PER_PAGE: Final = 50
FEW: Final = 2000
"""Ids that a query is given to choose from."""
SERIES: Final = 300
"""Series of meetings that are offered to choose from, those with the latest meeting first."""
WORDS: Final = 500
"""Characters of what is looked for."""
GREATEST: Final = 2**31 - 1
TYPES: Final[tuple[RecordType, ...]] = get_args(RecordType)
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
SHOWN: Final[Mapping[str, tuple[ReviewState, ...]]] = {
    "approved": ("approved",),
    "both": ("approved", "proposed"),
    "proposed": ("proposed",),
    "rejected": ("rejected",),
    "merged": ("merged",),
    "all": ("approved", "proposed", "rejected", "merged"),
}
SHOWN_WORDS: Final[Mapping[str, str]] = {
    "approved": "published",
    "both": "published and proposed",
    "proposed": "proposed only",
    "rejected": "rejected",
    "merged": "merged",
    "all": "everything",
}
REPLACED: Final[Mapping[str, bool | None]] = {"": None, "no": False, "only": True}
REPLACED_WORDS: Final[Mapping[str, str]] = {"": "also shown", "no": "left out", "only": "only these"}
NAMED: Final = ("owner", "decider", "topic")
_CHOICES: Final[Mapping[str, Iterable[str]]] = {
    "type": ("", *TYPES),
    "state": tuple(SHOWN),
    "status": ("", *STATUSES),
    "superseded": tuple(REPLACED),
}


@dataclass(frozen=True)
class Asked:
    """The query of an address, as far as it says something; ``problems`` are what cannot be understood of it."""

    given: Mapping[str, str]
    problems: Mapping[str, str]

    @classmethod
    def of(cls, params: Mapping[str, str]) -> Asked:
        """Reads a query; what there is not as a filter is left alone, a value that does not fit is a problem."""
        given: dict[str, str] = {}
        problems: dict[str, str] = {}
        for name in ("q", "type", "state", "status", *NAMED, "since", "until", "series", "superseded", "before"):
            value = storable(params.get(name, "")).strip()[:WORDS]
            if value:
                given[name] = value
            if value and (problem := _problem(name, value)):
                problems[name] = problem
        return cls(given, problems)

    def __getitem__(self, name: str) -> str:
        return self.given.get(name, "approved" if name == "state" else "")

    def url(self, path: str = "/log", **other: str) -> str:
        """The address with some parts changed; from the first page on, unless ``before`` says otherwise."""
        parts = {**self.given, "before": "", **other}
        written = urlencode({name: value for name, value in parts.items() if value})
        return f"{path}?{written}" if written else path

    @property
    def filtered(self) -> bool:
        """Whether anything but the words and the state narrows the list."""
        return any(name not in ("q", "state", "before") for name in self.given)

    @property
    def filter(self) -> Filter:
        """What records must be like; parts that cannot be understood are left out."""
        fit = {name: value for name, value in self.given.items() if name not in self.problems}
        return listing.Filter(
            types=(fit["type"],) if "type" in fit else (),  # type: ignore[arg-type]
            states=SHOWN[fit.get("state", "approved")],
            statuses=(fit["status"],) if "status" in fit else (),  # type: ignore[arg-type]
            owner=fit.get("owner"),
            decider=fit.get("decider"),
            topic=fit.get("topic"),
            since=dt.date.fromisoformat(fit["since"]) if "since" in fit else None,
            until=dt.date.fromisoformat(fit["until"]) if "until" in fit else None,
            superseded=REPLACED[fit.get("superseded", "")],
            series=int(fit["series"]) if "series" in fit else None,
        )

    @property
    def place(self) -> tuple[str, int] | None:
        """Where the page begins: after the record of this day and number."""
        return place_in(self.given.get("before", ""))


def _problem(name: str, value: str) -> str | None:
    if name in _CHOICES and value not in _CHOICES[name]:
        return f"There is no {name} “{value[:40]}”."
    if name in ("since", "until") and _day(value) is None:
        return f"“{value[:40]}” is no day. Write it as 2026-03-04."
    if name == "series" and not (value.isascii() and value.isdigit() and int(value) <= GREATEST):
        return f"There is no series “{value[:40]}”."
    if name == "before" and place_in(value) is None:
        return "That is no page of this list."
    return None


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if len(value) == len("2026-03-04") else None
    except ValueError:
        return None


def place_in(value: str) -> tuple[str, int] | None:
    """The place that ``before`` of an address means: ``2026-03-04.17``, or ``.17`` where the day is not known."""
    day, mark, number = value.rpartition(".")
    if not mark or not (number.isascii() and number.isdigit()) or len(number) > 12 or int(number) > GREATEST:
        return None
    return (day, int(number)) if not day or _day(day) else None


@dataclass(frozen=True)
class Row:
    """A record of a list: as the log lists it, and as it waits for review."""

    entry: Entry
    item: Item

    @property
    def replaced(self) -> bool:
        return "supersedes" in self.entry.linked_by


@dataclass(frozen=True)
class Found:
    """One page of records. ``counted`` says how many there are, empty where nobody counted; ``more`` is where the list
    goes on.
    """

    rows: tuple[Row, ...]
    counted: str
    more: str = ""


def found(connection: Connection, asked: Asked) -> Found:
    """The records that a query asks for: newest first, or the best first where it has words."""
    if asked["q"]:
        return _by_words(connection, asked)
    return newest(connection, asked.filter, asked.place)


def newest(connection: Connection, wanted: Filter, place: tuple[str, int] | None = None) -> Found:
    """A page of the records that fit, newest first."""
    records = listing.listed(connection, narrowed(connection, wanted), PER_PAGE + 1, after=place)
    shown = records[:PER_PAGE]
    more = "{}.{}".format(*listing.place_of(shown[-1])) if len(records) > PER_PAGE else ""
    if place is None and not more:
        return Found(rows_of(connection, shown), f"{len(shown):,}", more)
    return Found(rows_of(connection, shown), _counted(connection, wanted), more)


def narrowed(connection: Connection, wanted: Filter) -> Filter:
    """The same, to choose among few records where an index knows them: a walk through the log would find them late.

    Where there are many, the walk finds enough of them soon.
    """
    among: set[str] | None = None
    for parts in _indexed(connection, wanted):
        rows = [connection.execute(part.limit(FEW + 1)).scalars().all() for part in parts]
        ids = {name for names in rows for name in names}
        if all(len(names) <= FEW for names in rows):
            among = ids if among is None else among & ids
    return wanted if among is None else replace(wanted, among=tuple(sorted(among)))


def _indexed(connection: Connection, wanted: Filter) -> Iterator[list[Select[Any]]]:
    """Queries for the ids of records of which one thing that is wanted is true; several are taken together."""
    people, links, records = tables.record_people.c, tables.links.c, tables.records.c
    for role, name, number in (("owner", wanted.owner, wanted.person), ("decider", wanted.decider, None)):
        numbers = ([number] if number is not None else []) + (listing.find_people(connection, name) if name else [])
        if numbers:
            yield [select(people.record).where(people.person.in_(numbers), people.role == role)]
    confirmed = select(links.to_record).where(links.state == "confirmed")
    if wanted.superseded:
        yield [confirmed.where(links.kind == "supersedes")]
    if wanted.open is False:
        done = select(records.id).where(records.closed_at.is_not(None))
        yield [done, confirmed.where(links.kind.in_(("implements", "answers", "supersedes")))]
    if wanted.overdue_on is not None:
        yield [select(records.id).where(records.due_on < wanted.overdue_on.isoformat())]


def _counted(connection: Connection, wanted: Filter) -> str:
    """How many records fit, empty where it would take a walk through the log to know: an index knows states alone."""
    if wanted != listing.Filter(states=wanted.states):
        return ""
    count = listing.count(connection, wanted, COUNTED + 1)
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"


def _by_words(connection: Connection, asked: Asked) -> Found:
    ids = by_words(connection, asked["q"], MATCHES, any_rank=True, unfinished=True)
    fitting = set(listing.listed_ids(connection, replace(asked.filter, among=tuple(ids)))) if ids else set()
    ranked = [name for name in ids if name in fitting]
    shown = views.records_by_id(connection, ranked[:PER_PAGE])
    counted = f"{PER_PAGE} of {len(ranked):,}" if len(ranked) > PER_PAGE else f"{len(ranked):,}"
    return Found(rows_of(connection, list(shown.values())), counted)


def rows_of(connection: Connection, records: Sequence[Any]) -> tuple[Row, ...]:
    """Records as rows of a list, in their order."""
    items = {item.record.id: item for item in queue.items_of(connection, {one.id: one for one in records})}
    return tuple(Row(entry, items[entry.record.id]) for entry in entries_of(connection, records))


def series_in(connection: Connection) -> list[tuple[int, str]]:
    """Series of meetings with their titles, by title, the later ones where there are too many."""
    table = tables.series
    latest = select(table.c.id, table.c.title).order_by(table.c.id.desc()).limit(SERIES)
    return sorted((tuple(row) for row in connection.execute(latest)), key=lambda row: str(row[1]).casefold())


def proposals(connection: Connection) -> int:
    """How many proposals there are, no further than one above ``COUNTED``."""
    few = select(tables.records.c.seq).where(tables.records.c.state == "proposed").limit(COUNTED + 1)
    return int(connection.execute(select(func.count()).select_from(few.subquery())).scalar_one())
