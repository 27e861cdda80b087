"""After an erasure: what was deleted leaves the files too, however often the cleaning is broken off.

Deleting a row leaves its bytes in places that no query sees: in the write-ahead log, in segments of the full-text
index, in dead rows and statistics of PostgreSQL, in the files of the vector index. An erasure notes in its own
transaction that these are to be cleaned, and the note stays until all of them were.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from extractor.errors import LogBusyError
from extractor.log import tables
from extractor.log.database import BUSY_S
from extractor.log.events import head

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.store import Log
    from extractor.log.transaction import Transaction

Rebuild = Callable[[], object]

NOTE: Final = "erasing:"
"""What the keys in ``meta`` begin with that say that something is still to be cleaned."""
PART: Final = ".part"
"""What the names of unfinished copies of the log end with."""
CLEANING_S: Final = 60.0
"""Seconds to wait for those who read the log while it is cleaned."""
_POLL_S: Final = 0.1
_WORDLESS: Final = frozenset({"events", "links", "outbox", "digests", "source_conversations", "conversation_ids"})
"""Tables that hold no words that anybody said."""


def note_cleaning(tx: Transaction) -> None:
    """Notes that words which this transaction takes away are to leave the files too."""
    tx.upsert(tables.meta, {"key": f"{NOTE}{head(tx.connection).seq}"}, {"value": tx.at})


def to_clean(connection: Connection) -> list[str]:
    """The notes of erasures whose words may still lie in files."""
    key = tables.meta.c.key
    return list(connection.execute(select(key).where(key.startswith(NOTE)).order_by(key)).scalars())


def finish_erasures(log: Log, rebuild: Rebuild | None = None, timeout_s: float = CLEANING_S) -> bool:
    """Cleans what erasures left in files; says whether there was anything to do.

    To be called by every nightly run and by every erasure: one that was broken off is completed by the next.

    Args:
        log: the log.
        rebuild: makes the indexes anew from what the log holds, no byte of the old ones being left; None without any.
        timeout_s: seconds to wait for each of those who keep it from being cleaned.

    Raises:
        LogBusyError: somebody reads a state of the log from before the erasure, or cleans it; call again later.
        IndexStoreError: an index could not be made anew.
    """
    with log.read() as connection:
        if not to_clean(connection):
            return False
    with log.exclusive("erase", "erase words", timeout_s):
        with log.read() as connection:
            notes = to_clean(connection)
        if not notes:
            return False
        remove_parts(log)
        if rebuild is not None:
            rebuild()
        _clean_database(log, timeout_s)
        with log.write() as tx:
            tx.connection.execute(tables.meta.delete().where(tables.meta.c.key.in_(notes)))
            tx.event("log.cleaned", "log", erasures=len(notes))
    return True


def remove_parts(log: Log) -> None:
    """Removes copies of the log that were broken off half way, unless one is being made now."""
    with log.read() as connection:
        found = [Path(path) for path in connection.execute(select(tables.backups.c.path)).scalars()]
    if log.database.path is not None:
        found.append(log.database.path)
    parts = [part for path in found for part in path.parent.glob(f".{path.name}*{PART}*")]
    if parts:
        with log.exclusive("backup", "remove unfinished copies", CLEANING_S):
            for part in parts:
                part.unlink(missing_ok=True)


def sweep(log: Log) -> None:
    """The nightly cleaning after words were forgotten: what can be done without writing the whole log anew.

    Freed pages are overwritten as they are freed. A reader may keep the write-ahead log from being emptied; then the
    next night does.
    """
    if log.database.path is None:
        return
    with log.database.outside() as connection:
        connection.execute(text("INSERT INTO records_fts(records_fts) VALUES ('optimize')"))
        _checkpoint(connection, 0.0)


def _clean_database(log: Log, timeout_s: float) -> None:
    if log.database.path is None:
        with log.database.outside() as connection:
            _clean_postgresql(connection, log.shown, timeout_s)
        return
    with log.database.outside() as connection:
        connection.execute(text("INSERT INTO records_fts(records_fts) VALUES ('rebuild')"))
        _emptied(connection, log.shown, timeout_s)
        connection.execute(text("VACUUM"))
        _emptied(connection, log.shown, timeout_s)


def _emptied(connection: Connection, shown: str, timeout_s: float) -> None:
    """Moves the write-ahead log into the database, and cuts it to nothing."""
    if not _checkpoint(connection, timeout_s):
        what = f"Another process reads the log at {shown}, so its write-ahead log still holds what was erased."
        raise LogBusyError(what, "It is cleaned by the next run, or by the same command once the reader is done.")


def _checkpoint(connection: Connection, timeout_s: float) -> bool:
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(timeout_s * 1000)}")
    try:
        return not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(BUSY_S * 1000)}")


def _clean_postgresql(connection: Connection, shown: str, timeout_s: float) -> None:
    """Writes the tables anew without dead rows, and their statistics, which hold samples of the words."""
    _await_others(connection, shown, timeout_s)
    names = [name for name in tables.metadata.tables if name not in _WORDLESS]
    with _lock_timeout(connection, timeout_s):
        for name in (*names, "records_fts"):
            connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {name}")
        connection.exec_driver_sql("VACUUM pg_catalog.pg_statistic")


@contextlib.contextmanager
def _lock_timeout(connection: Connection, timeout_s: float) -> Iterator[None]:
    connection.exec_driver_sql(f"SET lock_timeout = {int(timeout_s * 1000)}")
    try:
        yield
    finally:
        connection.exec_driver_sql("RESET lock_timeout")


def _await_others(connection: Connection, shown: str, timeout_s: float) -> None:
    """Waits for transactions that still see the words: their rows cannot be removed."""
    began: Any = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    deadline = time.monotonic() + timeout_s
    older = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_xmin IS NOT NULL AND xact_start < :began"
    )
    while connection.execute(older, {"began": began}).scalar_one():
        if time.monotonic() > deadline:
            what = f"Another session reads a state of the log at {shown} from before the erasure."
            raise LogBusyError(what, "It is cleaned by the next run, or by the same command once that session ends.")
        time.sleep(_POLL_S)
