"""Whether the log is what its events say: the chain itself, and what stands in the tables against the last digests.

Whoever can write the database can change rows and forget to change events, or change both; the first is found here, the
second by a head that was exported earlier (``head_line``) and kept elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, text

from extractor.errors import ChainBrokenError, UsageError
from extractor.log import events, tables, views
from extractor.log.canonical import moment, to_json
from extractor.log.conversations import content_of
from extractor.log.rows import content_of as record_content
from extractor.matching.items import claim_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from extractor.log.store import Log

LINE: Final = "decisions-log"
MOST: Final = 100
"""Problems that are told; of more, how many."""
_WORDED: Final = frozenset(
    "record.added record.updated record.edited record.relocated record.redacted record.split record.reverted "
    "revision.accepted".split()
)
_STATES: Final = {"record.approved": "approved", "record.rejected": "rejected", "record.merged": "merged"}


@dataclass(frozen=True)
class Report:
    """What was found. ``problems`` are sentences, none where all is well; ``head`` is None for a broken chain."""

    head: events.Head | None
    events: int
    records: int
    conversations: int
    problems: tuple[str, ...]
    chain_broken: bool = False

    @property
    def ok(self) -> bool:
        return not self.problems


def head_line(log: Log) -> str:
    """The end of the chain in a line, to be kept elsewhere: ``decisions-log LOGID SEQ HASH MOMENT``."""
    with log.read() as connection:
        end = events.head(connection)
        return f"{LINE} {_log_id(connection)} {end.seq} {end.hash} {moment(log.clock())}"


def verify(log: Log, expected_head: str | None = None) -> Report:
    """Checks the whole log, all in one state of it.

    ``expected_head`` is a line of ``head_line``, or only its hash: it must stand in the chain.

    Raises:
        UsageError: ``expected_head`` is neither.
    """
    with log.read() as connection:
        return examined(connection, expected_head)


def examined(connection: Connection, expected_head: str | None = None) -> Report:
    """As ``verify``, of the log in the database of a connection."""
    expected = _expected(connection, expected_head)
    problems = list(_of_database(connection))
    told = _Told()
    rows = connection.execute(select(tables.events).order_by(tables.events.c.seq).execution_options(yield_per=5000))
    try:
        end = events.verify_rows(told.heard(rows), expected)
    except ChainBrokenError as error:
        return Report(None, told.count, 0, 0, (error.what, *problems), chain_broken=True)
    checked = _Checked(connection, told)
    problems += [*checked.records(), *checked.wordings(), *checked.conversations(), *checked.links()]
    problems += [*checked.reviews(), *checked.restrictions(), *checked.search()]
    return Report(end, told.count, checked.count("records"), checked.count("conversations"), _few(problems))


def _few(problems: list[str]) -> tuple[str, ...]:
    more = len(problems) - MOST
    return tuple([*problems[:MOST], f"There are {more} more problems."] if more > 0 else problems)


def _log_id(connection: Connection) -> str:
    return str(connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "log_id")).scalar_one())


def _expected(connection: Connection, given: str | None) -> str | None:
    if given is None:
        return None
    parts = given.split()
    if len(parts) >= 4 and parts[0] == LINE:
        if parts[1] != _log_id(connection):
            raise UsageError("That head is of another log.", "Give the line that this log's `log verify` printed.")
        parts = parts[3:4]
    if len(parts) != 1 or len(parts[0]) != 64 or not set(parts[0].lower()) <= set("0123456789abcdef"):
        raise UsageError("That is no head of a log.", f"Give the line that begins with {LINE}, or its hash.")
    return parts[0].lower()


def _of_database(connection: Connection) -> Iterator[str]:
    """What the database itself says."""
    if connection.dialect.name != "sqlite":
        return
    for row in connection.execute(text("PRAGMA integrity_check(20)")):
        if row[0] != "ok":
            yield f"The database is damaged: {row[0]}."
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"A row of {row[0]} names one of {row[2]} that is not there."


@dataclass
class _Told:
    """What the events say of each thing last."""

    count: int = 0
    states: dict[str, str] = field(default_factory=dict)
    merged: dict[str, str | None] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    versions: dict[str, dict[int, str]] = field(default_factory=dict)
    revisions: dict[str, tuple[str, str]] = field(default_factory=dict)
    links: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    conversations: dict[str, str] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    acts: dict[int, tuple[str, str]] = field(default_factory=dict)
    comments: dict[int, tuple[str, str | None]] = field(default_factory=dict)
    """Of each act with a comment its record and the comment's digest, None where that says nothing any more."""
    undone: dict[int, int] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    restricted: dict[str, set[int]] = field(default_factory=dict)

    def heard(self, rows: Iterable[Row[Any]]) -> Iterator[Row[Any]]:
        """Passes events on, having noted what each says."""
        for row in rows:
            yield row  # verified by whoever takes it before it is believed
            self.count += 1
            self._note(row, json.loads(row.payload))

    def _note(self, row: Row[Any], payload: dict[str, Any]) -> None:
        kind, subject = row.kind, row.subject
        if row.actor != "machine":
            self.acts[row.seq] = (subject, row.actor)
        if kind in ("record.erased", "conversation.erased", "person.erased"):
            self.erased.add(subject)
        elif kind in ("conversation.added", "conversation.grown", "conversation.redacted"):
            self.conversations[subject] = payload["content"]
        elif kind == "revision.suggested":
            self.revisions[payload["revision"]] = (subject, payload["content"])
        elif kind in ("conversation.restricted", "conversation.opened"):
            self.restricted[subject] = set(payload.get("people", ()))
        elif kind == "link.removed":
            self.links.pop(subject, None)
        elif kind.startswith("link."):
            state = payload.get("state", kind.partition(".")[2])
            told = {**self.links.get(subject, ("", {}))[1], **payload}
            self.links[subject] = (state, told)
            if row.seq in self.acts:  # what is said of a link is noted on the record that it comes from
                self.acts[row.seq] = (str(told.get("from")), row.actor)
        if kind in _WORDED:
            self._worded(kind, subject, payload)
        if kind.startswith(("record.", "revision.")):
            self._reviewed(row.seq, kind, subject, payload)

    def _reviewed(self, seq: int, kind: str, subject: str, payload: dict[str, Any]) -> None:
        state = _STATES.get(kind, payload.get("state"))
        if state is not None:
            self.states[subject] = state
            self.merged[subject] = payload.get("into")
        if kind == "record.closed" or payload.get("closed"):
            self.closed.add(subject)
        elif kind == "record.reopened" or "closed" in payload:
            self.closed.discard(subject)
        self.undone.update(dict.fromkeys(payload.get("undone", ()), seq))
        if "comment" in payload:
            self.comments[payload.get("act", seq)] = (subject, payload["comment"])
        elif kind in ("record.redacted", "record.erased"):  # comments were digested with another salt
            old = [one for one, (record, _) in self.comments.items() if record == subject]
            self.comments.update(dict.fromkeys(old, (subject, None)))

    def _worded(self, kind: str, subject: str, payload: dict[str, Any]) -> None:
        self.contents[subject] = payload["content"]
        versions = self.versions.setdefault(subject, {})
        if kind == "record.added":
            versions[1] = payload["content"]
        elif kind == "record.redacted":  # what was digested before had another salt
            versions.clear()
            self.revisions = {name: one for name, one in self.revisions.items() if one[0] != subject}
        elif "version" in payload:
            versions[payload["version"]] = payload["content"]


@dataclass
class _Checked:
    """What stands in the tables, against what was told."""

    connection: Connection
    told: _Told

    def __post_init__(self) -> None:
        rows = self.connection.execute(select(tables.salts))
        self._salts = {row.subject: row.salt for row in rows}

    def count(self, table: str) -> int:
        statement = select(func.count()).select_from(tables.metadata.tables[table])
        return int(self.connection.execute(statement).scalar_one())

    def records(self) -> Iterator[str]:
        """Each record's words, state and version; and records that events tell of and that are gone."""
        ids = list(self.connection.execute(select(tables.records.c.id).order_by(tables.records.c.seq)).scalars())
        yield from (f"Record {name} is gone." for name in sorted(self.told.contents.keys() - set(ids)))
        for batch in views.batches(ids):
            found, unreadable = self._readable(batch)
            yield from (f"Record {name} cannot be read: its row was damaged." for name in unreadable)
            for record in found:
                yield from self._record(record)

    def wordings(self) -> Iterator[str]:
        """Earlier wordings and suggested revisions."""
        table = tables.versions
        there: dict[str, set[int]] = {}
        for row in self.connection.execute(select(table.c.record, table.c.version, table.c.content)):
            there.setdefault(row.record, set()).add(row.version)
            expected = self.told.versions.get(row.record, {}).get(row.version)
            if self._differs(row.record, row.content, expected):
                yield f"Wording {row.version} of record {row.record} is not what was written."
        for record, versions in self.told.versions.items():
            if record not in self.told.erased and versions.keys() - there.get(record, set()):
                yield f"A wording of record {record} is gone."
        revisions = tables.revisions
        for row in self.connection.execute(select(revisions.c.id, revisions.c.record, revisions.c.content)):
            _, expected = self.told.revisions.get(row.id, ("", None))
            content = to_json({k: v for k, v in json.loads(row.content).items() if k != "confidence"})
            if self._differs(row.record, content, expected):
                yield f"Revision {row.id} is not what was suggested."

    def conversations(self) -> Iterator[str]:
        """Each conversation's words, as far as they are kept."""
        table = tables.conversations
        columns = (table.c.id, table.c.seq, table.c.content, table.c.forgotten_at, table.c.erased_at)
        found = self.connection.execute(select(*columns).order_by(table.c.seq))
        rows = {views.subject_of(row.seq): row for row in found}
        gone = [subject for subject in self.told.conversations if subject not in rows]
        yield from (f"Conversation {subject.partition(':')[2]} of the log is gone." for subject in gone)
        for subject, row in rows.items():
            if row.erased_at is not None or subject in self.told.erased:
                yield from self._erased(subject, f"conversation {row.id}", row.erased_at, row.content)
            elif self.told.conversations.get(subject) != row.content or self._is_changed(subject, row):
                yield f"Conversation {row.id} is not what was read."

    def links(self) -> Iterator[str]:
        """Each link's ends, kind and state."""
        rows = {row.id: row for row in self.connection.execute(select(tables.links))}
        yield from (f"Link {name} is gone." for name in sorted(self.told.links.keys() - rows.keys()))
        for name, row in rows.items():
            state, payload = self.told.links.get(name, ("", {}))
            is_there = (row.state, row.kind, row.from_record, row.to_record)
            if is_there != (state, payload.get("kind"), payload.get("from"), payload.get("to")):
                yield f"Link {name} is not what was made."

    def reviews(self) -> Iterator[str]:
        """Each review is an act of the same person on the same record."""
        for row in self.connection.execute(select(tables.reviews)):
            done = self.told.acts.get(row.seq) == (row.record, row.reviewer)
            if not done or row.undone_by != self.told.undone.get(row.seq):
                yield f"Review {row.seq} of record {row.record} is not what was done."
            elif self._is_reworded(row):
                yield f"The comment of review {row.seq} of record {row.record} is not what was written."

    def _is_reworded(self, row: Row[Any]) -> bool:
        """Whether a comment is not the one of the act; of acts before there were versions, no event tells."""
        _, expected = self.told.comments.get(row.seq, ("", None))
        if row.comment is not None:
            untold = row.version is not None and row.seq not in self.told.comments
            return untold or self._differs(row.record, row.comment, expected)
        return expected is not None and row.reviewer not in self.told.erased

    def restrictions(self) -> Iterator[str]:
        """Who may see what: the people who were named last."""
        table, conversations = tables.restrictions, tables.conversations
        rows = self.connection.execute(
            select(conversations.c.seq, table.c.person).join(table, table.c.conversation == conversations.c.id)
        )
        found: dict[str, set[int]] = {}
        for row in rows:
            found.setdefault(views.subject_of(row.seq), set()).add(row.person)
        for subject in sorted(found.keys() | self.told.restricted.keys()):
            if found.get(subject, set()) != self.told.restricted.get(subject, set()):
                yield f"Who may see conversation {subject.partition(':')[2]} of the log is not what was said."

    def search(self) -> Iterator[str]:
        """Whether every record with words can be found by them, and has its vector."""
        table = tables.records
        worded = select(func.count()).select_from(table).where(table.c.text != "")
        expected = self.connection.execute(worded).scalar_one()
        if self.connection.execute(text("SELECT count(*) FROM records_fts")).scalar_one() != expected:
            yield "Not every record is in the full-text search."
        if self.connection.execute(select(func.count()).select_from(tables.vectors)).scalar_one() != expected:
            yield "Not every record has its vector."

    def _readable(self, ids: list[str]) -> tuple[list[views.LogRecord], list[str]]:
        try:
            return list(views.records_by_id(self.connection, ids).values()), []
        except ValueError:
            if len(ids) == 1:
                return [], ids
            halves = [self._readable(part) for part in (ids[: len(ids) // 2], ids[len(ids) // 2 :])]
            return [one for found, _ in halves for one in found], [name for _, bad in halves for name in bad]

    def _record(self, record: views.LogRecord) -> Iterator[str]:
        name = record.id
        if record.erased_at is not None or name in self.told.erased:
            yield from self._erased(name, f"record {name}", record.erased_at, claim_of(record.record))
        elif name not in self.told.contents:
            yield f"Record {name} is in the log without an event."
        elif self._differs(name, record_content(record.record), self.told.contents[name], needed=True):
            yield f"Record {name} is not what was written last."
        if record.state != self.told.states.get(name, record.state):
            yield f"Record {name} is {record.state}, and was last {self.told.states[name]}."
        if record.state == "merged" and record.merged_into != self.told.merged.get(name):
            yield f"Record {name} is merged into another one than was said."
        if (record.closed_at is not None) != (name in self.told.closed):
            yield f"Whether record {name} is done is not what was said."

    def _erased(self, subject: str, what: str, erased_at: str | None, words: str) -> Iterator[str]:
        if subject not in self.told.erased or erased_at is None:
            yield f"Whether {what} was erased is not what was written."
        elif words or subject in self._salts:
            yield f"The words of {what} were erased and are there."

    def _is_changed(self, subject: str, row: Any) -> bool:
        if row.forgotten_at is not None:
            return False
        try:
            conversation = views.conversation_by_id(self.connection, row.id)
        except ValueError:
            return True
        return conversation is None or self._differs(
            subject, content_of(row.id, conversation), row.content, needed=True
        )

    def _differs(self, subject: str, content: str, expected: str | None, *, needed: bool = False) -> bool:
        """Whether words are not those of a digest; with neither digest nor need of one they may be any."""
        salt = self._salts.get(subject)
        if salt is None or expected is None:
            return needed
        return events.digest(salt, content) != expected
