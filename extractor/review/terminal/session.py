"""One reviewer at one sitting: the queue, where they are in it, what they did, what they typed. No screen yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from extractor.errors import ConflictError, UsageError
from extractor.log import acting, events, tables, views
from extractor.log.history import in_words
from extractor.log.searching import by_words
from extractor.log.transaction import person_of
from extractor.log.visibility import person_numbered
from extractor.review import acts, queue
from extractor.review.terminal import state
from extractor.review.terminal.form import differences

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.conversation import Conversation
    from extractor.log.store import Log
    from extractor.log.views import Link, LogRecord, Revision
    from extractor.review.queue import Item
    from extractor.review.service import Desk, Done

PAGE = 50
NEAR = 12
"""Records offered for a merge or a link."""
SUGGESTED = 200
"""Approved records for which something is suggested that are looked at in one sitting."""
STANDING = ("proposed", "approved")


@dataclass(frozen=True)
class Suggested:
    """What is suggested for a record: links to earlier records, with these, and other wordings."""

    links: tuple[tuple[Link, LogRecord], ...] = ()
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class Doing:
    """Something that was done, so that it can be taken back: to which record, and in which words it is counted."""

    record: str
    verbs: tuple[str, ...]


@dataclass
class Session:
    """What a reviewer works through. ``log`` is the log as this person sees it; acts are done at the ``desk``."""

    desk: Desk
    by: str
    log: Log
    wanted: queue.Waiting
    state_file: Path
    ids: list[str] = field(default_factory=list)
    index: int = 0
    total: int = 0
    more: bool = False
    resumed: bool = False
    said: dict[str, str] = field(default_factory=dict)
    drafts: dict[tuple[str, str], str] = field(default_factory=dict)
    tally: Counter[str] = field(default_factory=Counter)
    _items: dict[str, Item] = field(default_factory=dict)
    _after: tuple[float, int] | None = None
    _all: bool = False
    _approved: list[str] = field(default_factory=list)
    _undoable: list[Doing] = field(default_factory=list)
    _conversation: Conversation | None = None

    def begin(self) -> None:
        """Reads the queue up to where this person stopped last time."""
        with self.log.read() as connection:
            self.total = queue.count_waiting(connection, self.wanted)
            self._approved = [] if self.wanted.who is not None else self._with_suggestions(connection)
        self.more = self.total > queue.COUNTED
        self.total += len(self._approved)
        self._page()
        place = state.place_of(self.state_file, self.by)
        if place is None:
            return
        reached = (place.weight, place.seq)
        while place.record not in self.ids and not self._all and self._after is not None and self._after > reached:
            self._page()
        behind = [number for number, name in enumerate(self.ids) if self._items[name].place <= reached]
        found = self.ids.index(place.record) if place.record in self.ids else next(iter(behind), 0)
        self.index, self.resumed = found, found > 0

    @property
    def empty(self) -> bool:
        return not self.ids

    @property
    def item(self) -> Item:
        """The record in view, as it was when it was last read."""
        return self._items[self.ids[self.index]]

    @property
    def progress(self) -> str:
        """``7 of 31``."""
        return f"{self.index + 1} of {f'{queue.COUNTED:,}+' if self.more else max(self.total, len(self.ids))}"

    @property
    def waiting(self) -> int:
        """How many wait now, counted up to one above ``queue.COUNTED``."""
        with self.log.read() as connection:
            return queue.count_waiting(connection, self.wanted)

    def refresh(self) -> Item:
        """The record in view as it is now; one that was taken out of this person's sight stays as it was."""
        name = self.ids[self.index]
        with self.log.read() as connection:
            self._items |= {
                one.record.id: one for one in queue.items_of(connection, views.records_by_id(connection, [name]))
            }
        return self.item

    def move(self, step: int) -> bool:
        """Goes on or back; says whether there was anything to go to."""
        if not 0 <= self.index + step < len(self.ids):
            self._page()
        if not 0 <= self.index + step < len(self.ids):
            return False
        self.index += step
        self.refresh()
        self.keep()
        return True

    def advance(self) -> bool:
        """Goes to the next record that still waits, from here on and then from the beginning."""
        for number in self._ahead():
            if self.ids[number] in self.said:
                continue
            before, self.index = self.index, number
            state_now = self.refresh().record.state
            if state_now == "proposed" or (state_now == "approved" and self._open()):
                self.keep()
                return True
            self.index = before
        return False

    def _open(self) -> bool:
        return self.item.record.id in self._approved and self.suggested() != Suggested()

    def _ahead(self) -> Sequence[int]:
        start = self.index + 1
        while start >= len(self.ids) and not self._all:
            self._page()
        return [*range(start, len(self.ids)), *range(start - 1)]

    def go_to(self, record: str) -> None:
        """Brings a record of the queue into view."""
        self.index = self.ids.index(record)
        self.refresh()
        self.keep()

    def keep(self) -> None:
        """Notes where this person is."""
        weight, seq = self.item.place
        state.keep(self.state_file, self.by, state.Place(self.item.record.id, weight, seq))

    def do(self, act: acts.OnRecord | acts.Add, *verbs: str) -> Done:
        """Does an act and counts it as these words; raises what ``Desk.do`` raises."""
        done = self.desk.do(self.by, act)
        about = done.records[0]
        if done.event is not None:
            self.tally.update(verbs)
            self._undoable.append(Doing(about, verbs))
        if not isinstance(act, acts.Comment | acts.Assign | acts.LinkTo | acts.Unlink | acts.DismissRevision):
            self.said[about] = " and ".join(verbs) + (", waits for another reviewer" if done.waits else "")
        return done

    def undo(self) -> Doing:
        """Takes back what was done last in this sitting, and brings its record into view."""
        if not self._undoable:
            raise UsageError("There is nothing to undo in this sitting.", "Earlier acts are in `decisions history`.")
        last = self._undoable[-1]
        self.desk.do(self.by, acts.Undo(record=last.record))
        self._undoable.pop()
        self.tally.subtract(last.verbs)
        self.tally += Counter()
        self.said.pop(last.record, None)
        if last.record in self.ids:
            self.go_to(last.record)
        return last

    def what_changed(self, error: ConflictError) -> list[str]:
        """What others did with the record in view since it was shown, in sentences; from now on it counts as seen."""
        before = self.item
        after = self.refresh()
        with self.log.read() as connection:
            told = [f"Since you saw it: {_since(connection, error.record, before.stamp, self.by)}."]
        people = {**before.record.people, **after.record.people}
        for label, old, new in differences(before.record.record, after.record.record, people):
            told.append(f"{label} was “{old}”, is now “{new}”." if old else f"{label} is now “{new}”.")
        return told

    def conversation(self) -> Conversation | None:
        """The conversation of the record in view; None where its words are not kept any more."""
        name = self.item.record.conversation
        if self._conversation is None or self._conversation.id != name:
            with self.log.read() as connection:
                self._conversation = views.conversation_by_id(connection, name)
        found = self._conversation
        return found if found is not None and found.turns else None

    def records(self, ids: Sequence[str]) -> list[LogRecord]:
        """Records by their ids, as far as this person sees them."""
        with self.log.read() as connection:
            return list(views.records_by_id(connection, ids).values())

    def suggested(self) -> Suggested:
        """What is suggested for the record in view."""
        name = self.item.record.id
        with self.log.read() as connection:
            links = [
                one
                for one in views.links_of(connection, [name])
                if one.state == "suggested" and one.from_record == name
            ]
            known = views.records_by_id(connection, [one.to_record for one in links])
            revisions = views.revisions_of(connection, [name])
        there = [(one, known[one.to_record]) for one in links if one.to_record in known]
        standing = tuple((one, other) for one, other in there if other.state in STANDING)
        return Suggested(standing, tuple(revisions))

    def near(self, words: str = "", *, same_type: bool) -> list[LogRecord]:
        """Standing records that may be the same as the one in view: what a search for ``words`` finds, else those whose
        link is suggested, those with like words, and those of the same conversation.
        """
        known = self.item.record
        with self.log.read() as connection:
            found = by_words(connection, words or known.text, 3 * NEAR, any_rank=bool(words))
            linked = [] if words else [other.id for _, other in self.suggested().links]
            here = [] if words else _of_conversation(connection, known.conversation)
            ids = dict.fromkeys([*linked, *found, *here, *([words.strip()] if words else [])])
            records = views.records_by_id(connection, list(ids))
        fit = (records[name] for name in ids if name in records and name != known.id)
        kept = [one for one in fit if one.state in STANDING and (one.type == known.type or not same_type)]
        return kept[:NEAR]

    def people(self) -> list[str]:
        """Names of those who have an account or reviewed before, for assigning."""
        people, accounts, reviews = tables.people, tables.accounts, tables.reviews
        with self.log.read() as connection:
            of_accounts = select(people.c.name).where(people.c.id.in_(select(accounts.c.person)))
            names = list(connection.execute(of_accounts.order_by(people.c.name).limit(200)).scalars())
            latest = select(reviews.c.reviewer).order_by(reviews.c.seq.desc()).limit(500)
            numbers = {person_of(one) for one in connection.execute(latest).scalars()}
            known = select(people.c.name).where(people.c.id.in_([one for one in numbers if one is not None]))
            names += connection.execute(known.order_by(people.c.name)).scalars()
        return list(dict.fromkeys([self.by, *names]))

    def _with_suggestions(self, connection: Connection) -> list[str]:
        """Approved records for which another wording or a link is suggested: they come last."""
        only = self.wanted.conversation
        found = queue.suggestions(connection, SUGGESTED)
        return [
            one.record.id for one in found if one.record.state == "approved" and only in (None, one.record.conversation)
        ]

    def _page(self) -> None:
        if self._all:
            return
        with self.log.read() as connection:
            items = queue.waiting(connection, self.wanted, PAGE, self._after)
            self._all = len(items) < PAGE
            if items:
                self._after = items[-1].place
            if self._all:
                records = views.records_by_id(connection, self._approved)
                items += queue.items_of(connection, {name: records[name] for name in self._approved if name in records})
        self._items |= {one.record.id: one for one in items}
        self.ids += [one.record.id for one in items if one.record.id not in set(self.ids)]


def _of_conversation(connection: Connection, conversation: str) -> list[str]:
    table = tables.records
    wanted = select(table.c.id).where(table.c.conversation == conversation, table.c.state.in_(STANDING))
    return list(connection.execute(wanted.order_by(table.c.seq.desc()).limit(50)).scalars())


def _since(connection: Connection, record: str, after: int, by: str) -> str:
    """What others did with a record after an event, in a line."""
    me = person_numbered(connection, by)
    happened = events.walk(connection, subject=record, after=after)
    return in_words(connection, [one for one in happened if one.kind in acting.JUDGING and person_of(one.actor) != me])
