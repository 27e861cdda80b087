"""Copies of the log: made while others write, verified before they count, and brought back.

Of a log in SQLite a copy is a database in one file; of one in PostgreSQL it is an archive of ``pg_dump``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.exc import DatabaseError

from extractor.errors import ChainBrokenError, LogError, LogFullError, LogMissingError, UsageError
from extractor.log import events, locking, schema, tables, visibility
from extractor.log.admitted import ShutOut, shut_out_again, shut_out_so_far
from extractor.log.checking import examined
from extractor.log.cleaning import PART
from extractor.log.database import Database
from extractor.log.erasing import Erasure, erase_again, erased_so_far, finish_erasures
from extractor.log.store import FILE, Log

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.embedding import Embedder

MAGIC: Final = b"SQLite format 3\x00"
DUMP_MAGIC: Final = b"PGDMP"
PAGES: Final = 2048
"""Pages that are copied between two looks at whether to go on."""
WAIT_S: Final = 60.0
"""Seconds to wait for others who copy the log, or write to it."""
_COUNT: Final = "SELECT count(*), max(hash) FROM events"
REBUILD: Final = "index.rebuild"
"""The key in ``meta`` that says that the index is of another state of the log, and is to be made anew."""


@dataclass(frozen=True)
class Copy:
    """What a copy holds: the log's id, its schema's revision, the end of its chain, and how many rows of each table."""

    path: Path
    log_id: str
    revision: str
    head: events.Head
    rows: dict[str, int]


@dataclass(frozen=True)
class Restored:
    """What was brought back. ``kept`` is where the log lies that was there before, None where there was none.

    ``erased`` counts what had been erased since the copy was made, and was erased from it again; where nothing is known
    of that, as there was no log, ``may_hold_erased`` is True: erase again what was erased since.
    """

    copy: Copy
    kept: str | None
    erased: int
    may_hold_erased: bool


def backup(log: Log, path: Path) -> Copy:
    """Writes a verified copy of the log to ``path``, in the place of an earlier copy of this log, while others write.

    The copy is of one state of the log. It gets its name when it is complete and verified; a process that is killed
    leaves what was there before. That it was made is noted in the log, so that an erasure can name it.

    Raises:
        UsageError: something else lies at ``path``, or PostgreSQL's programs are not installed.
        LogFullError: there is no room for it.
        ChainBrokenError: the chain of the copy does not verify.
        LogError: the copy is not what it was made from.
    """
    path = path.expanduser().absolute()
    with log.exclusive("backup", "make a backup", WAIT_S):
        _refuse_strangers(log, path)
        with log.write() as tx:
            tx.upsert(tables.backups, {"path": str(path)}, {"made_at": tx.at})
        with _part(path) as part:
            copy = _copied(log, part)
            part.replace(path)
        _flush(path.parent)
    return Copy(path, copy.log_id, copy.revision, copy.head, copy.rows)


def inspected(path: Path) -> Copy:
    """What a copy holds, after everything in it was verified: of one in SQLite, its rows against its events as well.

    Raises:
        UsageError: it is not there, no copy of a log, cut off or damaged.
        ChainBrokenError: its chain of events does not verify.
    """
    try:
        with path.open("rb") as file:
            begins = file.read(len(MAGIC))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Name the file of a backup.") from None
    if begins.startswith(DUMP_MAGIC):
        from extractor.log.dumps import inspected_dump

        return inspected_dump(path)
    if begins != MAGIC:
        raise foreign(path, "it is no database")
    return _inspected_sqlite(path, whole=True)


def restore(path: Path, folder: Path, url: str | None = None, *, embedder: Embedder, force: bool = False) -> Restored:
    """Brings a copy back, as the log in ``folder`` or at ``url``, in today's schema; all of it or nothing.

    Words that were erased since the copy was made are erased from it again, as far as the log that it replaces knows of
    them. The index is marked to be made anew.

    Args:
        path: the copy; of the same kind of database as the log is to be in.
        folder: the data folder.
        url: as for ``Log.open``.
        embedder: makes vectors of records that have to be worded anew.
        force: whether to replace a log that is there; it is kept beside the new one under a dated name.

    Raises:
        UsageError: what ``inspected`` refuses, a copy of the other kind, or a log is there and ``force`` is not given.
        ChainBrokenError: the copy's chain does not verify.
        LogFullError: there is no room for it.
    """
    path = path.expanduser().absolute()
    copy = inspected(path)
    _refuse_later(copy)
    database = Database(url or f"sqlite:///{folder / FILE}", folder)
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(database):
        _refuse_other_kind(path, database)
        there = _is_there(database)
        if there and not force:
            what = f"There is a log at {database.shown} already."
            raise UsageError(what, "Give --force to replace it; it is kept beside the new one.")
        with locking.held(database, "backup", "bring a backup back", WAIT_S):
            known = _known_to(database) if there else None
            kept = _replaced(copy, database, known is not None)
    with Log.open(folder, url, create=False) as log:
        count = _settled(log, copy, kept, known, embedder)
    return Restored(copy, kept, count, may_hold_erased=known is None)


def needs_rebuild(connection: Connection) -> bool:
    """Whether the index is of another state of the log than this, and must be made anew."""
    return connection.execute(select(tables.meta.c.key).where(tables.meta.c.key == REBUILD)).first() is not None


def note_rebuilt(log: Log) -> None:
    """Notes that the index was made anew."""
    with log.read() as connection:
        if not needs_rebuild(connection):
            return
    with log.write() as tx:
        tx.connection.execute(tables.meta.delete().where(tables.meta.c.key == REBUILD))


def counts_of(connection: Connection) -> dict[str, int]:
    """How many rows there are, by table."""
    there = inspect(connection).get_table_names()
    names = [name for name in tables.metadata.tables if name in there]
    return {name: int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()) for name in names}


def copy_of(connection: Connection, path: Path) -> Copy:
    """What a database holds, with its chain verified."""
    revision = schema.revision_of(connection)
    if revision is None:
        raise foreign(path, "it holds no log")
    log_id = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "log_id")).scalar_one()
    return Copy(path, str(log_id), revision, events.verify(connection), counts_of(connection))


def refuse_problems(connection: Connection, copy: Copy) -> None:
    """Raises UsageError where the rows of a copy are not what its events say; one of an older schema is taken as is."""
    if copy.revision == schema.LATEST:
        problems = examined(connection).problems
        if problems:
            raise foreign(copy.path, f"it is not what its events say ({problems[0]})")


def _refuse_strangers(log: Log, path: Path) -> None:
    if log.database.path is not None and path == log.database.path.absolute():
        raise UsageError(f"{path} is the log itself.", "Name another file.")
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent}.", "Make it, or name another file.")
    if not path.exists() and not path.is_symlink():
        return
    with log.read() as connection:
        table = tables.backups
        known = connection.execute(select(table.c.path).where(table.c.path == str(path))).first()
    if known is None or not path.is_file():
        raise UsageError(f"{path} is there already, and no backup of this log.", "Name another file.")


@contextlib.contextmanager
def _part(path: Path) -> Iterator[Path]:
    """A file beside ``path`` for nobody else to read; removed when the block ends, unless it was renamed."""
    part = path.with_name(f".{path.name}{PART}")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR))
        yield part
    except OSError as error:
        what = f"The copy {path} cannot be written: {error.strerror}."
        raise LogFullError(what, "Make room, or name another file.") from error
    finally:
        for rest in part.parent.glob(f"{part.name}*"):
            with contextlib.suppress(OSError):
                rest.unlink()


def _copied(log: Log, part: Path) -> Copy:
    if log.database.path is None:
        from extractor.log.dumps import dumped

        return dumped(log, part)
    _copy_pages(log.database.path, part)
    _as_one_file(part)
    copy = _inspected_sqlite(part)
    _flush(part)
    return copy


def _copy_pages(source: Path, target: Path) -> None:
    """Copies a database as it is now to another, which takes it over in one transaction.

    The source's transaction is held from the first page to the last: so what others write meanwhile neither waits nor
    makes it begin anew.
    """
    with (
        contextlib.closing(sqlite3.connect(source, timeout=WAIT_S, isolation_level=None)) as old,
        contextlib.closing(sqlite3.connect(target, timeout=WAIT_S, isolation_level=None)) as new,
    ):
        try:
            old.execute("BEGIN")
            counted = old.execute(_COUNT).fetchone()
            new.execute("PRAGMA secure_delete = ON")
            old.backup(new, pages=PAGES)
            same = counted == new.execute(_COUNT).fetchone()
        except sqlite3.Error as error:
            if "full" in str(error):
                raise LogFullError(f"There is no room for {target}.", "Make room, or name another file.") from error
            raise LogError(
                f"{source} cannot be copied to {target} ({error}).", "Run `decisions log verify`."
            ) from error
    if not same:
        raise LogError(f"The copy {target} is not what it was made from.", "Try again, on another disk.")


def _as_one_file(copy: Path) -> None:
    """Without a write-ahead log of its own."""
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _inspected_sqlite(path: Path, *, whole: bool = False) -> Copy:
    """What a copy in SQLite holds. The file is only read: no lock, no files beside it.

    ``whole`` is whether its rows are held against its events. They are not while a copy is made: of a log in which
    they do not agree a copy is worth all the more.
    """
    quoted = path.absolute().as_uri()
    engine = create_engine(f"sqlite:///{quoted}?mode=ro&immutable=1&uri=true")
    try:
        with engine.connect() as connection:
            found = connection.execute(text("PRAGMA integrity_check(1)")).scalar()
            if found != "ok":
                raise foreign(path, f"it is damaged ({found})")
            copy = copy_of(connection, path)
            if whole:
                refuse_problems(connection, copy)
            return copy
    except (ChainBrokenError, UsageError):
        raise
    except (DatabaseError, LookupError, ValueError) as error:
        raise foreign(path, f"it is damaged ({getattr(error, 'orig', None) or error})") from None
    finally:
        engine.dispose()


def _refuse_other_kind(path: Path, database: Database) -> None:
    with path.open("rb") as file:
        is_dump = file.read(len(DUMP_MAGIC)) == DUMP_MAGIC
    if is_dump == (database.path is not None):
        kind, other = ("PostgreSQL", "SQLite") if is_dump else ("SQLite", "PostgreSQL")
        what = f"{path} is a backup of a log in {kind}, and the log is to be in {other}."
        raise UsageError(what, "Restore it to the same kind of database.")


def _refuse_later(copy: Copy) -> None:
    if copy.revision not in schema.known_revisions():
        what = f"{copy.path} was made by a later version of decisions (schema {copy.revision})."
        raise LogMissingError(what, "Upgrade decisions: pip install --upgrade decisions.")


def _is_there(database: Database) -> bool:
    if database.path is not None:
        return database.path.exists()
    with database.reading() as connection:
        return schema.revision_of(connection) is not None


@dataclass(frozen=True)
class _Known:
    """What the log that is replaced knows, and the copy cannot."""

    erasure: Erasure
    backups: tuple[tuple[str, str], ...]
    restricted: dict[str, tuple[str, ...]]
    shut_out: ShutOut


def _known_to(database: Database) -> _Known | None:
    """None where that log cannot be read any more."""
    try:
        with database.reading() as connection:
            made = connection.execute(select(tables.backups.c.path, tables.backups.c.made_at)).all()
            backups = tuple((row.path, row.made_at) for row in made)
            restricted, shut_out = visibility.restricted_so_far(connection), shut_out_so_far(connection)
            return _Known(erased_so_far(connection), backups, restricted, shut_out)
    except LogError:
        return None


def _replaced(copy: Copy, database: Database, readable: bool) -> str | None:
    stamp = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}"
    if database.path is None:
        from extractor.log.dumps import loaded

        return loaded(copy, database, stamp)
    log = database.path
    kept = log.with_name(f"{log.name}.before-restore-{stamp}")
    if readable:
        with _part(kept) as part:
            _copy_pages(log, part)
            _as_one_file(part)
            _flush(part)
            part.replace(kept)
        _copy_pages(copy.path, log)
        return str(kept)
    was_there = log.exists()
    log.parent.mkdir(parents=True, exist_ok=True)
    with _part(log) as part:
        _copy_pages(copy.path, part)
        _flush(part)
        if was_there:
            for suffix in ("-wal", "-shm", ""):
                with contextlib.suppress(FileNotFoundError):
                    log.with_name(log.name + suffix).replace(kept.with_name(kept.name + suffix))
        part.replace(log)
    _flush(log.parent)
    return str(kept) if was_there else None


def _settled(log: Log, copy: Copy, kept: str | None, known: _Known | None, embedder: Embedder) -> int:
    """What a log that was brought back has to know; returns how many things had to be erased again."""
    with log.write() as tx:
        tx.upsert(tables.meta, {"key": REBUILD}, {"value": tx.at})
        for name, made_at in known.backups if known is not None else ():
            tx.upsert(tables.backups, {"path": name}, {"made_at": made_at})
        for place in (kept, str(copy.path)):
            if place is not None:
                tx.upsert(tables.backups, {"path": place}, {"made_at": tx.at})
        shut_out_again(tx, known.shut_out if known is not None else ShutOut())
        tx.event("log.restored", "log", events=copy.head.seq)
    if known is None:
        return 0
    count = erase_again(log, known.erasure, embedder)
    visibility.restrict_again(log, known.restricted)
    finish_erasures(log)
    return count


def _flush(path: Path) -> None:
    """Has the system write a file, or a folder's names, to the disk."""
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def foreign(path: Path, why: str) -> UsageError:
    return UsageError(f"{path} is no backup of a log that can be used: {why}.", "Name another backup.")
