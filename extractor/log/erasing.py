"""Erasing words for good: of a conversation, of a person, of a record. Rows stay without them, and the chain verifies.

An erasure is one transaction, which also notes that files are to be cleaned; the cleaning follows, and if it is broken
off the next erasure or nightly run completes it. What lies elsewhere is out of reach, and is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import select

from extractor.errors import DecisionsError, NoSuchRecordError
from extractor.log import tables, views
from extractor.log.blanking import Blanking
from extractor.log.cleaning import CLEANING_S, Rebuild, finish_erasures, note_cleaning, to_clean
from extractor.log.erased import digested, name_key
from extractor.log.leaving import Leaving
from extractor.log.redacting import Said

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from extractor.embedding import Embedder
    from extractor.log.store import Log
    from extractor.log.transaction import Transaction

__all__ = [
    "Beyond",
    "Erasure",
    "Rebuild",
    "Report",
    "erase_again",
    "erase_conversation",
    "erase_person",
    "erase_record",
    "erased_so_far",
    "finish_erasures",
]

Place = Literal["backup", "source", "transcript", "database", "export"]
ASKED: Final = "asked for"
"""The reason that events give for what a person had erased."""


@dataclass(frozen=True)
class Beyond:
    """Where the words may still be, out of reach: a ``kind`` of place, its name, and what to do about it."""

    kind: Place
    where: str
    remedy: str


@dataclass(frozen=True)
class Report:
    """What an erasure did.

    ``subject`` is an id, or ``person:N``. ``counts`` tells of conversations, turns, records, records changed, quotes,
    wordings, revisions, comments, notes and names. ``unfinished`` is a sentence on why files could not be cleaned yet,
    None where they were. ``records`` are the ids of those that lost all their words. ``beyond`` is out of reach.
    """

    subject: str
    counts: dict[str, int]
    records: tuple[str, ...]
    beyond: tuple[Beyond, ...]
    unfinished: str | None = None


@dataclass(frozen=True)
class Erasure:
    """What a log was made to forget: ids, and people by number with the salted digests of their names."""

    conversations: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    people: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def erase_conversation(
    log: Log, name: str, actor: str, *, rebuild: Rebuild | None = None, timeout_s: float = CLEANING_S
) -> Report:
    """Erases all words of a conversation: turns, title, participants, and its records with all that was said of them.

    A comment on another record, or a note on a source, that repeats them goes as well. The same source read again
    brings nothing back. Erasing it once more completes a cleaning that was broken off.

    Args:
        log: the log.
        name: any id that the conversation was ever read under.
        actor: the name of the person who has it erased.
        rebuild: makes the indexes anew; see ``finish_erasures``.
        timeout_s: seconds to wait for those who read the log.

    Raises:
        NoSuchRecordError: there is no such conversation.
    """
    with log.write(actor) as tx:
        ids = tables.conversation_ids
        key = tx.connection.execute(select(ids.c.conversation).where(ids.c.id == name)).scalar()
        if key is None:
            raise NoSuchRecordError(f"There is no conversation {name} in the log.", "List them with `decisions list`.")
        work = Blanking(tx, ASKED)
        origins = work.origins(key)
        if not _is_erased(tx, tables.conversations, key):
            _erase_conversation(work, key)
    return _finished(log, key, work, origins, rebuild, timeout_s)


def erase_record(
    log: Log, name: str, actor: str, *, rebuild: Rebuild | None = None, timeout_s: float = CLEANING_S
) -> Report:
    """Erases a record's words: all its wordings, quotes, revisions and comments. It is not proposed again.

    What was said stays in the conversation: the report names it. Arguments and errors are those of
    ``erase_conversation``.
    """
    with log.write(actor) as tx:
        table = tables.records
        conversation = tx.connection.execute(select(table.c.conversation).where(table.c.id == name)).scalar()
        if conversation is None:
            raise NoSuchRecordError(f"There is no record {name} in the log.", "List them with `decisions list`.")
        work = Blanking(tx, ASKED)
        origins = work.origins(conversation)
        if not _is_erased(tx, table, name):
            _erase_record(work, name)
        kept = not _is_erased(tx, tables.conversations, conversation)
    remedy = f"Erase the conversation as well: decisions erase --conversation {conversation}."
    said = Beyond("transcript", conversation, remedy)
    return _finished(log, name, work, origins, rebuild, timeout_s, [said] if kept else [])


def erase_person(
    log: Log,
    who: str | int,
    actor: str,
    embedder: Embedder,
    *,
    rebuild: Rebuild | None = None,
    timeout_s: float = CLEANING_S,
) -> Report:
    """Erases a person's words and name; what exactly goes is said in ``extractor.log.redacting``.

    Records with no other evidence lose all their words; in others the person is ``Erased person N``. Comments that the
    person wrote on records go; what they decided as a reviewer stays, by number. Sources that name the person are read
    without the name from now on. ``who`` is a name or the person's number, ``embedder`` makes vectors of records that
    are worded anew; the other arguments are those of ``erase_conversation``.

    Raises:
        NoSuchRecordError: the log knows nobody of that name or number.
    """
    with log.write(actor) as tx:
        number, called, done = _person(tx, who)
        work = Blanking(tx, ASKED)
        leaving = Leaving(tx, number, called, embedder, work)
        if not done:
            leaving.leave()
            note_cleaning(tx)
        origins = list(leaving.origins)
    return _finished(log, f"person:{number}", work, origins, rebuild, timeout_s)


def erased_so_far(connection: Connection) -> Erasure:
    """What a log was made to forget, so that a backup from before can be made to forget it too."""
    found: dict[int, list[tuple[str, str]]] = {}
    for row in connection.execute(select(tables.erased_names)):
        found.setdefault(row.person, []).append((row.salt, row.digest))
    ids = [
        frozenset(connection.execute(select(table.c.id).where(table.c.erased_at.is_not(None))).scalars())
        for table in (tables.conversations, tables.records)
    ]
    return Erasure(ids[0], ids[1], {person: tuple(names) for person, names in found.items()})


def erase_again(log: Log, erasure: Erasure, embedder: Embedder) -> int:
    """Erases in a log what was erased in another state of it, by the machine; returns how many things it did.

    The cleaning is noted, and left to ``finish_erasures``.
    """
    from extractor.log.events import digest

    count = 0
    with log.write() as tx:
        people = tables.people
        wanted = select(people.c.id, people.c.key, people.c.name).where(people.c.erased_at.is_(None))
        rows = tx.connection.execute(wanted).all()
        work = Blanking(tx, "restored")
        for names in erasure.people.values():
            for row in rows:
                if any(digest(salt, form) == value for salt, value in names for form in digested([row.key])):
                    Leaving(tx, row.id, row.name, embedder, work).leave()
                    note_cleaning(tx)
                    count += 1
        for conversation in _still_there(tx, tables.conversations, erasure.conversations):
            _erase_conversation(work, conversation)
            count += 1
        for record in _still_there(tx, tables.records, erasure.records):
            _erase_record(work, record)
            count += 1
    return count


def _erase_conversation(work: Blanking, name: str) -> None:
    connection, table, turns = work.tx.connection, tables.conversations, tables.turns
    series = connection.execute(select(table.c.series).where(table.c.id == name)).scalar()
    spoken = list(connection.execute(select(turns.c.text).where(turns.c.conversation == name)).scalars())
    records = connection.execute(select(tables.records.c.id).where(tables.records.c.conversation == name))
    said = Said([*spoken, *_quotes(work.tx, list(records.scalars()))])
    work.conversation(name)
    work.repetitions(said)
    work.series([series])
    note_cleaning(work.tx)


def _erase_record(work: Blanking, name: str) -> None:
    said = Said(_quotes(work.tx, [name]))
    work.record(name)
    work.repetitions(said)
    note_cleaning(work.tx)


def _quotes(tx: Transaction, records: Iterable[str]) -> list[str]:
    """What records quote and say."""
    found: list[str] = []
    for batch in views.batches(records):
        for table, key, column in ((tables.evidence, "record", "quote"), (tables.records, "id", "text")):
            wanted = select(table.c[column]).where(table.c[key].in_(batch))
            found += tx.connection.execute(wanted).scalars()
    return found


def _person(tx: Transaction, who: str | int) -> tuple[int, str, bool]:
    """The number and name of the person who is meant, and whether they were erased already."""
    table = tables.people
    written = str(who).strip()
    number = int(written) if written.isdecimal() else tx.erased.bearer(written)
    meant = table.c.id == number if number is not None else table.c.key == name_key(written)
    row = tx.connection.execute(select(table).where(meant)).first()
    if row is None:
        raise NoSuchRecordError(f"The log knows nobody called {written}.", "Write the name as `decisions show` does.")
    return int(row.id), str(row.name), row.erased_at is not None


def _is_erased(tx: Transaction, table: Table, name: str) -> bool:
    return tx.connection.execute(select(table.c.erased_at).where(table.c.id == name)).scalar() is not None


def _still_there(tx: Transaction, table: Table, names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for batch in views.batches(sorted(names)):
        wanted = select(table.c.id).where(table.c.id.in_(batch), table.c.erased_at.is_(None))
        found += tx.connection.execute(wanted.order_by(table.c.id)).scalars()
    return found


def _finished(
    log: Log,
    subject: str,
    work: Blanking,
    origins: Iterable[str],
    rebuild: Rebuild | None,
    timeout_s: float,
    beyond: Iterable[Beyond] = (),
) -> Report:
    """Cleans the files, and tells what was done and what was not; the erasure itself stands whatever happens here."""
    unfinished = None
    try:
        finish_erasures(log, rebuild, timeout_s)
    except DecisionsError as error:
        unfinished = str(error)
    with log.read() as connection:
        if unfinished is None and to_clean(connection):
            unfinished = "Files are still to be cleaned. The next nightly run does it."
        places = [*beyond, *_sources(origins), *_backups(connection), *_elsewhere(log)]
    counts = Counter({name: count for name, count in work.counts.items() if count})
    return Report(subject, dict(sorted(counts.items())), tuple(work.erased), tuple(places), unfinished)


def _sources(origins: Iterable[str]) -> list[Beyond]:
    return [Beyond("source", origin, "Delete it there, or the words in it.") for origin in origins]


def _backups(connection: Connection) -> list[Beyond]:
    table = tables.backups
    rows = connection.execute(select(table).order_by(table.c.made_at, table.c.path))
    return [Beyond("backup", row.path, f"Made {row.made_at[:10]}: delete it and make another one.") for row in rows]


def _elsewhere(log: Log) -> list[Beyond]:
    found = [Beyond("export", "digests and exports", "What was sent or written elsewhere is not known to the log.")]
    if log.database.path is None:
        what = "PostgreSQL's write-ahead log, its archive, replicas, base backups and server log"
        found.append(Beyond("database", what, "Let them expire, or have the administrator remove them."))
    return found
