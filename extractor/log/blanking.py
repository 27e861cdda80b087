"""Rows that lose their words and stay: what happened remains, and the chain of events with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from extractor.conversation import Coverage
from extractor.log import rows, tables, views
from extractor.log.canonical import to_json
from extractor.log.redacting import ERASED, Said
from extractor.log.series import title_key
from extractor.log.sources import subject_of

if TYPE_CHECKING:
    from sqlalchemy import Row

    from extractor.log.transaction import Transaction


@dataclass
class Blanking:
    """Words leaving the log, in one transaction. ``counts`` is what was erased; ``reason`` stands in every event."""

    tx: Transaction
    reason: str
    counts: Counter[str] = field(default_factory=Counter)
    erased: list[str] = field(default_factory=list)
    """The ids of records that lost all their words."""

    def record(self, name: str) -> bool:
        """A record keeps its id, type, states, day and the places of its quotes; says whether it had words yet."""
        table = tables.records
        row = self.tx.connection.execute(select(table).where(table.c.id == name)).first()
        if row is None or row.erased_at is not None:
            return False
        body = blank(row.type, json.loads(row.body))
        self._update(
            table, table.c.id == name, text="", topic=None, due_on=None, body=to_json(body), erased_at=self.tx.at
        )
        self._versions(row)
        self._revisions(row)
        self._parts(row)
        rows.put_words(self.tx, row.seq, "", "")
        self.tx.forget_salt(name)
        self.tx.event("record.erased", name, reason=self.reason)
        self.tx.mark("record", name)
        self._delete(tables.outbox, (tables.outbox.c.kind == "linking") & (tables.outbox.c.subject == name))
        self.counts["records"] += 1
        self.erased.append(name)
        return True

    def conversation(self, name: str) -> None:
        """A conversation keeps its ids, kind, days and numbers; its records are erased as well."""
        of_it = select(tables.records.c.id).where(tables.records.c.conversation == name)
        for record in self.tx.connection.execute(of_it).scalars().all():
            self.record(record)
        self.turns(name)
        table = tables.conversations
        gone: dict[str, Any] = dict.fromkeys(("title", "source", "content"), "")
        gone |= dict.fromkeys(("participants", "warnings", "unprocessed"), "[]")
        coverage = to_json(Coverage.of(0, {}).model_dump(mode="json"))
        self._update(table, table.c.id == name, **gone, coverage=coverage, erased_at=self.tx.at, updated_at=self.tx.at)
        self.restrictions(name)
        self.strangers(name)
        self.sources(name)
        subject = views.subject_of(views.number_of(self.tx.connection, name))
        self.tx.forget_salt(subject)
        self.tx.event("conversation.erased", subject, reason=self.reason)
        self.tx.mark("conversation", name)
        self.counts["conversations"] += 1

    def turns(self, conversation: str) -> None:
        """A conversation loses its turns."""
        table = tables.turns
        self.counts["turns"] += self._delete(table, table.c.conversation == conversation)

    def strangers(self, conversation: str) -> None:
        """A conversation loses its participants, and the log those whom it knows from nowhere else."""
        table = tables.participants
        took_part = select(table.c.person).where(table.c.conversation == conversation)
        people = set(self.tx.connection.execute(took_part).scalars())
        self._delete(table, table.c.conversation == conversation)
        for person in sorted(people - self._known_people()):
            self.counts["names"] += self._delete(tables.people, tables.people.c.id == person)

    def restrictions(self, conversation: str) -> None:
        """Of those who may see a conversation one number stays: what is left of it is not for everybody then either."""
        table = tables.restrictions
        wanted = select(table.c.person).where(table.c.conversation == conversation).order_by(table.c.person)
        people = self.tx.connection.execute(wanted).scalars().all()
        if len(people) > 1:
            self._delete(table, (table.c.conversation == conversation) & (table.c.person != people[0]))
            subject = views.subject_of(views.number_of(self.tx.connection, conversation))
            self.tx.event("conversation.restricted", subject, people=[people[0]])

    def sources(self, conversation: str) -> None:
        """What is noted of a conversation's sources loses its words, where nothing else came from them."""
        for origin in self.origins(conversation):
            self._update(tables.quarantine, tables.quarantine.c.origin == origin, label="", reason=ERASED)
            table = tables.sources
            noted = (table.c.origin == origin) & table.c.problem.is_not(None)
            self._update(table, noted, problem=ERASED)
            if not self._holds_others(origin):
                self._update(table, table.c.origin == origin, label="")
                self.tx.forget_salt(subject_of(self.tx, origin))

    def origins(self, conversation: str) -> list[str]:
        """The sources that a conversation was read from."""
        table = tables.source_conversations
        wanted = select(table.c.origin).where(table.c.conversation == conversation).order_by(table.c.origin)
        return [str(origin) for origin in self.tx.connection.execute(wanted).scalars()]

    def repetitions(self, said: Said) -> None:
        """Comments and notes anywhere in the log lose what repeats what was said."""
        self.notes(lambda note: ERASED if said.is_in(note) else note)

    def notes(self, change: Callable[[str], str]) -> None:
        """Changes comments and notes anywhere in the log."""
        for table, key, column in NOTES:
            wanted = select(table.c[key], table.c[column]).where(table.c[column].is_not(None))
            for name, note in self.tx.connection.execute(wanted).all():
                changed = changed_note(note, change)
                if changed != note:
                    self._update(table, table.c[key] == name, **{column: changed})
                    self.counts["notes"] += 1
                    if table is tables.reviews:
                        self._told_again(int(name), changed)

    def _told_again(self, act: int, comment: str) -> None:
        """What an act's comment is from now on."""
        table = tables.reviews
        record = str(self.tx.connection.execute(select(table.c.record).where(table.c.seq == act)).scalar_one())
        self.tx.event("record.comment_redacted", record, act=act, comment=self.tx.digest(record, comment))

    def series(self, numbers: Iterable[int | None]) -> None:
        """Series whose title was that of a conversation without words now bear that of another one, or none."""
        table = tables.conversations
        for number in sorted({number for number in numbers if number is not None}):
            wanted = select(table.c.title).where(table.c.series == number, table.c.erased_at.is_(None))
            title = self.tx.connection.execute(wanted.order_by(table.c.seq).limit(1)).scalar() or ""
            self._update(tables.series, tables.series.c.id == number, title=title, key=title_key(title))

    def _versions(self, row: Row[Any]) -> None:
        table = tables.versions
        wanted = select(table.c.version, table.c.content).where(table.c.record == row.id)
        for version, content in self.tx.connection.execute(wanted).all():
            gone = to_json(blank(row.type, json.loads(content)))
            self._update(table, (table.c.record == row.id) & (table.c.version == version), content=gone)
            self.counts["wordings"] += 1

    def _revisions(self, row: Row[Any]) -> None:
        table = tables.revisions
        wanted = select(table.c.id, table.c.content, table.c.state).where(table.c.record == row.id)
        for name, content, state in self.tx.connection.execute(wanted).all():
            values = {"content": to_json(blank(row.type, json.loads(content)))}
            if state == "suggested":
                values |= {"state": "withdrawn", "decided_at": self.tx.at}
            self._update(table, table.c.id == name, **values)
            self.counts["revisions"] += 1

    def _parts(self, row: Row[Any]) -> None:
        table = tables.evidence
        gone = {"quote": "", "speaker": None, "time": None}
        self.counts["quotes"] += self._update(table, table.c.record == row.id, **gone)
        commented = (tables.reviews.c.record == row.id) & tables.reviews.c.comment.is_not(None)
        self.counts["comments"] += self._update(tables.reviews, commented, comment=None)
        for other in (tables.record_people, tables.vectors):
            self._delete(other, other.c.record == row.id)

    def _known_people(self) -> set[int]:
        """People whom conversations and records know, and those who ever did something."""
        found: set[int] = set()
        for table in (tables.participants, tables.record_people, tables.restrictions, tables.accounts):
            found.update(self.tx.connection.execute(select(table.c.person).distinct()).scalars())
        assigned = select(tables.records.c.assignee).where(tables.records.c.assignee.is_not(None)).distinct()
        found.update(self.tx.connection.execute(assigned).scalars())
        for table, column in ((tables.events, "actor"), (tables.reviews, "reviewer")):
            actors = self.tx.connection.execute(select(table.c[column]).distinct()).scalars()
            found.update(int(actor.partition(":")[2]) for actor in actors if actor.startswith("person:"))
        found.update(self.tx.connection.execute(select(tables.erased_names.c.person).distinct()).scalars())
        if self.tx.by_person:
            found.add(int(self.tx.actor.partition(":")[2]))
        return found

    def _holds_others(self, origin: str) -> bool:
        """Whether a source holds a conversation whose words are still there."""
        table, of_source = tables.conversations, tables.source_conversations
        wanted = (
            select(table.c.id)
            .join(of_source, of_source.c.conversation == table.c.id)
            .where(of_source.c.origin == origin, table.c.erased_at.is_(None))
        )
        return self.tx.connection.execute(wanted.limit(1)).scalar() is not None

    def _update(self, table: Any, which: Any, **values: Any) -> int:
        return int(self.tx.connection.execute(table.update().where(which).values(values)).rowcount)

    def _delete(self, table: Any, which: Any) -> int:
        return int(self.tx.connection.execute(table.delete().where(which)).rowcount)


NOTES = (
    (tables.reviews, "seq", "comment"),
    (tables.quarantine, "origin", "reason"),
    (tables.quarantine, "origin", "label"),
    (tables.sources, "origin", "problem"),
    (tables.sources, "origin", "label"),
    (tables.runs, "id", "facts"),
)
"""Free text about the log's contents: table, the column that tells its rows apart, column."""


def blank(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """A record's JSON without a word: its type's fields that must be there, empty, and how it stood."""
    kept: dict[str, Any] = {
        name: body[name] for name in ("id", "statement_source", "status", "confidence", "flags") if name in body
    }
    if "evidence" in body:
        kept["evidence"] = []
    return {**kept, views.CLAIM_FIELD[kind]: ""}


def changed_note(note: str, change: Callable[[str], str]) -> str:
    """A note, or each text in JSON of notes, changed."""
    try:
        value = json.loads(note)
    except ValueError:
        return change(note)
    changed = _each(value, change)
    return note if changed == value else to_json(changed)


def _each(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each(one, change) for key, one in value.items()}
    return [_each(one, change) for one in value] if isinstance(value, list) else value
