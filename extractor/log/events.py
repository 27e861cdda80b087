"""Events: what happened to the log, each tied to the one before by its hash.

An event's hash is the SHA-256 of the canonical JSON of ``[previous hash, seq, at, actor, kind, subject, payload]``. A
payload holds ids of records and links, states and numbers, and of words only digests: HMAC-SHA-256 under the subject's
salt. When the salt is erased the digest says nothing any more, and the chain still verifies. People and conversations
are called by their numbers in the log, ``person:N`` and ``conversation:N``: a conversation's id may be a Message-Id or
a hash of its text, and what stands in an event can never be taken away.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from extractor.errors import ChainBrokenError
from extractor.log.canonical import to_json
from extractor.log.tables import events

if TYPE_CHECKING:
    from sqlalchemy import Connection

GENESIS: Final = "0" * 64
"""What stands before the first event."""
BATCH: Final = 5000


@dataclass(frozen=True)
class Event:
    """One thing that happened. ``actor`` is ``machine`` or ``person:N``; ``payload`` is JSON as an object."""

    seq: int
    at: str
    actor: str
    kind: str
    subject: str
    payload: dict[str, Any]
    hash: str


@dataclass(frozen=True)
class Head:
    """The end of the chain: the number of its last event (0 where there is none) and that event's hash."""

    seq: int
    hash: str


def digest(salt: str, content: str) -> str:
    """A salted digest of words, as hexadecimal digits."""
    return hmac.new(bytes.fromhex(salt), content.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def head(connection: Connection) -> Head:
    """The end of the chain as it stands."""
    row = connection.execute(select(events.c.seq, events.c.hash).order_by(events.c.seq.desc()).limit(1)).first()
    return Head(row.seq, row.hash) if row else Head(0, GENESIS)


def append(
    connection: Connection, after: Head, at: str, actor: str, kind: str, subject: str, payload: dict[str, Any]
) -> Head:
    """Adds one event; to be called inside the write lock only."""
    words = to_json(payload)
    seq = after.seq + 1
    value = _hash(after.hash, seq, at, actor, kind, subject, words)
    row = {"at": at, "actor": actor, "kind": kind, "subject": subject, "payload": words}
    connection.execute(events.insert(), {"seq": seq, **row, "previous": after.hash, "hash": value})
    return Head(seq, value)


def walk(connection: Connection, *, subject: str | None = None, after: int = 0) -> Iterator[Event]:
    """Events in their order, of one subject or of all, those after number ``after``."""
    wanted = select(events).where(events.c.seq > after).order_by(events.c.seq)
    if subject is not None:
        wanted = wanted.where(events.c.subject == subject)
    for row in connection.execute(wanted.execution_options(yield_per=BATCH)):
        yield Event(row.seq, row.at, row.actor, row.kind, row.subject, json.loads(row.payload), row.hash)


def verify(connection: Connection, expected: str | None = None) -> Head:
    """Walks the whole chain; returns its head.

    ``expected`` is a head's hash that was exported earlier, which must still stand somewhere in the chain: so a chain
    that was cut off or written anew does not pass.

    Raises:
        ChainBrokenError: naming the first event that does not fit, or that ``expected`` is not in the chain.
    """
    rows = connection.execute(select(events).order_by(events.c.seq).execution_options(yield_per=BATCH))
    return verify_rows(rows, expected)


def verify_rows(rows: Iterable[Any], expected: str | None = None) -> Head:
    """As ``verify``, of rows in their order, wherever they come from: they have the columns as attributes."""
    last, seen = Head(0, GENESIS), expected in (None, GENESIS)
    for row in rows:
        value = _hash(last.hash, row.seq, row.at, row.actor, row.kind, row.subject, row.payload)
        if row.seq != last.seq + 1:
            raise _broken(f"after event {last.seq} comes event {row.seq}")
        if row.previous != last.hash or row.hash != value:
            raise _broken(f"event {row.seq} was changed after it was written")
        last = Head(row.seq, row.hash)
        seen = seen or row.hash == expected
    if not seen:
        raise _broken(f"the head {expected} is not in the chain, which ends with event {last.seq}")
    return last


def _hash(previous: str, seq: int, at: str, actor: str, kind: str, subject: str, payload: str) -> str:
    return hashlib.sha256(to_json([previous, seq, at, actor, kind, subject, payload]).encode()).hexdigest()


def _broken(what: str) -> ChainBrokenError:
    return ChainBrokenError(
        f"The log's chain of events does not verify: {what}.",
        "Do not trust what it says since; restore a backup with `decisions log restore`.",
    )
