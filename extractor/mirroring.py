"""The vector index follows the log: what the outbox names is brought up to date, by one process at a time.

The database is the truth. An index that is missing, damaged or of another log is made again from it, without embedding
a record anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sqlalchemy import Select, select

from extractor.errors import IndexDamagedError
from extractor.index import Entry, PassageIndex, RecordIndex
from extractor.log import outbox, tables
from extractor.log.backup import needs_rebuild, note_rebuilt
from extractor.log.views import batches, conversation_by_id

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.conversation import Conversation
    from extractor.embedding import Embedder
    from extractor.log.outbox import Due
    from extractor.log.store import Log

LOCK: Final = "index"
RECORDS_AT_ONCE: Final = 2000
CONVERSATIONS_AT_ONCE: Final = 200
"""How many are in memory at once. Each lot is a copy of the index at least, so that small ones cost the square."""
EMBEDDED_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Followed:
    """What was brought up to date; ``rebuilt`` is whether the index of records was made anew."""

    records: int = 0
    conversations: int = 0
    rebuilt: bool = False


class Mirror:
    """The index of a log: its records by their claims, and the passages of its conversations."""

    def __init__(
        self, log: Log, records: RecordIndex, passages: PassageIndex, embedder: Embedder, lock_timeout_s: float = 600
    ) -> None:
        self.log = log
        self.records = records
        self.passages = passages
        self.embedder = embedder
        self.lock_timeout_s = lock_timeout_s

    def follow(self, on_wait: Callable[[str], None] | None = None) -> Followed:
        """Brings the index up to date; does nothing where it is. May raise IndexStoreError, LogBusyError."""
        with self.log.read() as connection:
            due = outbox.pending(connection, "record", "conversation")
            empty = connection.execute(select(tables.vectors.c.record).limit(1)).first() is None
            other = needs_rebuild(connection)
        absent = other or not (empty or self.records.exists)
        if not due and not absent:
            return Followed()
        with self.log.exclusive(LOCK, "bring the index up to date", self.lock_timeout_s, on_wait):
            if absent:
                return self._made_again()
            try:
                return Followed(self._records(), self._conversations())
            except IndexDamagedError:
                return self._made_again()

    def rebuild(
        self, on_wait: Callable[[str], None] | None = None, progress: Callable[[int], None] | None = None
    ) -> Followed:
        """Makes the whole index anew from the log; of an old one nothing is left, but on a Chroma server."""
        with self.log.exclusive(LOCK, "rebuild the index", self.lock_timeout_s, on_wait):
            return self._made_again(progress)

    def _made_again(self, progress: Callable[[int], None] | None = None) -> Followed:
        self._embed_anew()
        with self.log.read() as connection:
            dues = [*outbox.waiting(connection, "record"), *outbox.waiting(connection, "conversation")]
            names = connection.execute(_kept_conversations()).scalars().all()
            conversations = list(_stored(connection, names))
            done = _Counted(progress)
            self.records.replace_all(self._entries(connection), done)
        self.passages.replace_all(conversations)
        self._tick(dues)
        note_rebuilt(self.log)
        return Followed(done.number, len(names), rebuilt=True)

    def _embed_anew(self) -> None:
        """Replaces the vectors that another embedder made: linking compares those of one embedder only."""
        records, vectors = tables.records, tables.vectors
        others = vectors.c.embedder != self.embedder.name
        wanted = (
            select(records.c.id, records.c.text)
            .join(vectors, vectors.c.record == records.c.id)
            .where(others, records.c.erased_at.is_(None))
            .order_by(records.c.seq)
        )
        while True:
            with self.log.read() as connection:
                rows = connection.execute(wanted.limit(EMBEDDED_AT_ONCE)).all()
            if not rows:
                return
            made = self.embedder.embed([row.text for row in rows]).astype("<f4")
            with self.log.write() as tx:
                for row, vector in zip(rows, made, strict=True):
                    values = {"embedder": self.embedder.name, "vector": vector.tobytes()}
                    tx.connection.execute(vectors.update().where(vectors.c.record == row.id, others).values(values))

    def _records(self) -> int:
        done = 0
        while True:
            with self.log.read() as connection:
                dues = outbox.waiting(connection, "record", RECORDS_AT_ONCE)
                if not dues:
                    return done
                entries = list(self._entries(connection, [due.subject for due in dues]))
            there = {entry.id for entry in entries}
            self.records.apply(entries, [due.subject for due in dues if due.subject not in there])
            self._tick(dues)
            done += len(dues)

    def _conversations(self) -> int:
        done = 0
        while True:
            with self.log.read() as connection:
                dues = outbox.waiting(connection, "conversation", CONVERSATIONS_AT_ONCE)
                found = {one.id: one for one in _stored(connection, [due.subject for due in dues])}
            if not dues:
                return done
            self.passages.add(list(found.values()))
            self.passages.remove([due.subject for due in dues if due.subject not in found])
            self._tick(dues)
            done += len(dues)

    def _tick(self, dues: list[Due]) -> None:
        with self.log.write() as tx:
            outbox.done(tx, dues)

    def _entries(self, connection: Connection, names: list[str] | None = None) -> Iterator[Entry]:
        """Entries of these records, or of all, that have words; a vector of another embedder is made anew."""
        records, vectors = tables.records, tables.vectors
        wanted = (
            select(records.c.id, records.c.type, records.c.text)
            .add_columns(vectors.c.embedder, vectors.c.vector)
            .join(vectors, vectors.c.record == records.c.id)
            .where(records.c.erased_at.is_(None))
            .order_by(records.c.seq)
        )
        if names is not None:
            wanted = wanted.where(records.c.id.in_(names))
        for row in connection.execute(wanted.execution_options(yield_per=RECORDS_AT_ONCE)):
            if row.embedder == self.embedder.name:
                vector = np.frombuffer(row.vector, dtype="<f4")
            else:
                vector = self.embedder.embed([row.text])[0]
            yield Entry(row.id, vector, row.type)


class _Counted:
    """Remembers how far a piece of work was, and passes it on."""

    def __init__(self, progress: Callable[[int], None] | None) -> None:
        self.number = 0
        self._progress = progress

    def __call__(self, done: int) -> None:
        self.number = done
        if self._progress is not None:
            self._progress(done)


def _stored(connection: Connection, names: Sequence[str]) -> Iterator[Conversation]:
    """These conversations, as far as the log still has their words."""
    for batch in batches(names):
        kept = connection.execute(_kept_conversations().where(tables.conversations.c.id.in_(batch))).scalars().all()
        for name in kept:
            conversation = conversation_by_id(connection, name)
            if conversation is not None:
                yield conversation


def _kept_conversations() -> Select[Any]:
    table = tables.conversations
    return select(table.c.id).where(table.c.erased_at.is_(None), table.c.forgotten_at.is_(None)).order_by(table.c.seq)
