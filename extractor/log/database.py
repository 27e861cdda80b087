"""Connections and transactions: SQLite by default, PostgreSQL by URL.

All writers of one log take turns: SQLite by ``BEGIN IMMEDIATE``, PostgreSQL by an advisory lock that ends with the
transaction. So numbers have no gaps, the chain of events has one end, and a transaction sees all that came before it.
"""

from __future__ import annotations

import contextlib
import os
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extractor.errors import LogBusyError, LogError, LogFullError, UsageError
from extractor.log.visibility import NOBODY, view_statements

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BUSY_S: Final = 120.0
"""Seconds a writer waits for the others before it gives up."""
POOLED: Final = 8
"""Connections of a process that stay open, for those who read all and for viewers each; as many more when needed."""
CACHE_KIB: Final = 65_536
VIEWERS_CACHE_KIB: Final = 16_384
"""What SQLite keeps of the file, for each connection."""
WRITE_LOCK: Final = 0x6465636973696F6E
"""The advisory lock of PostgreSQL that writers take: ``decision`` in ASCII."""
_FULL: Final = re.compile(r"disk is full|No space left|could not extend file", re.IGNORECASE)
_UNWRITTEN: Final = frozenset(f"SQLITE_IOERR_{what}" for what in ("WRITE", "SHMSIZE", "SHMOPEN", "SHMMAP"))
"""What SQLite says of a quota, of a limit on a file's size, and where its shared memory finds no room."""
_BUSY: Final = re.compile(r"database (?:table )?is locked|lock timeout|LockNotAvailable", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r"readonly database|unable to open database|Permission denied|Read-only", re.IGNORECASE)
_DAMAGED: Final = re.compile(r"not a database|malformed", re.IGNORECASE)


class Database:
    """One database that holds a log. ``path`` is SQLite's file, None with PostgreSQL."""

    def __init__(self, url: str, folder: Path) -> None:
        """A database by its URL (``sqlite:///FILE`` or ``postgresql://...``); nothing is opened yet.

        ``folder`` is where lock files are kept, and must exist by the time a lock is taken. Raises UsageError for a URL
        of any other database.
        """
        self.url = _normal(url)
        self.folder = folder
        self.dialect = self.url.get_backend_name()
        self.path = Path(self.url.database) if self.dialect == "sqlite" and self.url.database else None
        self._engine: Engine | None = None
        self._viewing: Engine | None = None
        self._creating = threading.Lock()
        self._writers = threading.Lock()

    @property
    def shown(self) -> str:
        """The database for people: a path, or the URL without its password."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)

    @property
    def engine(self) -> Engine:
        with self._creating:
            if self._engine is None:
                self._engine = self._created()
            return self._engine

    @property
    def viewers(self) -> Engine:
        """As ``engine``, whose connections are viewers'."""
        with self._creating:
            if self._viewing is None:
                self._viewing = self._created(viewers=True)
            return self._viewing

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose reads all see one state of the log."""
        with self._errors_explained(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def viewing(self, person: int) -> Iterator[Connection]:
        """As ``reading``, in which nothing is there that this person may not see."""
        with self._errors_explained(), self.viewers.connect() as connection:
            if self.dialect == "sqlite":
                connection.info["viewer"][0] = person
            with connection.begin():
                if self.dialect == "postgresql":
                    connection.exec_driver_sql("SELECT set_config('decisions.viewer', %s, true)", (str(person),))
                yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is the only writer, committed when the block ends, undone when it raises."""
        with self._errors_explained(), self._in_turn(), self.engine.connect() as plain:
            if self.dialect == "postgresql":
                # Each statement must see what others committed while this one waited for the lock.
                plain = plain.execution_options(isolation_level="READ COMMITTED")
            connection = plain.execution_options(writes=True)
            with connection.begin():
                if self.dialect == "postgresql":
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_S:g}s'")
                    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (WRITE_LOCK,))
                yield connection

    @contextlib.contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Has threads of one process wait for one another here, where they hold no connection.

        SQLite asks for its lock again and again, and who asks at the right moment has it; PostgreSQL's queue of locks
        is a fair one, but each that waits in it takes a connection from those who read.
        """
        if not self._writers.acquire(timeout=BUSY_S):
            raise self._busy()
        try:
            yield
        finally:
            self._writers.release()

    @contextlib.contextmanager
    def outside(self) -> Iterator[Connection]:
        """A connection without a transaction, for what cannot run in one (VACUUM)."""
        with self._errors_explained(), self.engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT", autocommits=True)

    def close(self) -> None:
        for engine in (self._engine, self._viewing):
            if engine is not None:
                engine.dispose()
        self._engine = self._viewing = None

    def _created(self, *, viewers: bool = False) -> Engine:
        from sqlalchemy import create_engine, event
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError

        if self.path is not None:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                if not self.path.exists():
                    # What people said is for its owner alone; SQLite gives its other files the same mode.
                    os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            except OSError as error:
                raise self.explained(error) from error
            engine = create_engine(self.url, hide_parameters=True, connect_args={"timeout": BUSY_S}, **_POOL)
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            if viewers:
                event.listen(engine, "connect", _view_sqlite)
            return engine
        try:
            engine = create_engine(
                self.url,
                hide_parameters=True,
                isolation_level="REPEATABLE READ",
                pool_pre_ping=True,
                connect_args={"connect_timeout": 10, "application_name": "decisions"},
                **_POOL,
            )
        except (ModuleNotFoundError, NoSuchModuleError):
            what = "The package psycopg is missing, which a log in PostgreSQL needs."
            raise UsageError(what, "Install it: pip install 'decisions[postgres]'.") from None
        except ArgumentError as error:
            raise UsageError(f"The log's address is no database URL: {error}.", _WRITE_IT) from None
        if viewers:
            event.listen(engine, "connect", _view_postgresql)
        return engine

    @contextlib.contextmanager
    def _errors_explained(self) -> Iterator[None]:
        from sqlalchemy.exc import DBAPIError, TimeoutError

        try:
            yield
        except TimeoutError as error:
            raise self._busy() from error
        except DBAPIError as error:
            raise self.explained(error.orig or error) from error

    def _busy(self) -> LogBusyError:
        what = f"The log at {self.shown} is in use by others for longer than {BUSY_S:g} s."
        return LogBusyError(what, "Run the command again when they are done.")

    def explained(self, error: BaseException) -> LogError:
        """What an error of the database's driver, or of the system, means for the log."""
        said = " ".join(str(error).split())
        if _BUSY.search(said):
            return self._busy()
        if _FULL.search(said) or getattr(error, "sqlite_errorname", None) in _UNWRITTEN:
            what = f"There is no room left for the log at {self.shown}; it is as it was before."
            return LogFullError(what, "Make space and run the command again; nothing is done twice.")
        if _FORBIDDEN.search(said):
            what = f"The log at {self.shown} may not be written, which reading it needs too."
            return LogError(what, "Check the permissions of that file and of its folder.")
        if _DAMAGED.search(said):
            what = f"The log at {self.shown} is damaged, or no database ({said[:200]})."
            return LogError(what, "Bring a backup back with `decisions log restore --force`.")
        if type(error).__name__ == "OperationalError" and self.dialect == "postgresql":
            return LogError(f"The log at {self.shown} cannot be reached ({said[:200]}).", "Check address and server.")
        return LogError(f"The log at {self.shown} could not be used ({said[:200]}).", "Run `decisions log verify`.")


_POOL: Final[dict[str, Any]] = {
    "pool_size": POOLED,
    "max_overflow": POOLED,
    "pool_timeout": BUSY_S,
    "pool_use_lifo": True,
}
"""The connection that was used last comes first, as its cache is warm."""
_WRITE_IT: Final = "Write it as sqlite:////path/log.db or postgresql://user@host/name."


def _normal(url: str) -> Any:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UsageError("The log's address is no database URL.", _WRITE_IT) from None
    backend = parsed.get_backend_name()
    if backend == "postgresql" or parsed.drivername == "postgres":
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and parsed.database:
        return parsed.set(drivername="sqlite+pysqlite")
    raise UsageError(f"A log cannot be kept in {parsed.drivername}.", _WRITE_IT)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """What every connection needs. ``isolation_level`` None leaves transactions to us; deleted words are overwritten.

    Two processes that open a new file at once may both try to switch it to WAL, which does not wait by itself.
    """
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_S * 1000)}")
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except Exception as error:
            if not _BUSY.search(str(error)) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("autocommits"):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _view_sqlite(connection: Any, record: Any) -> None:
    """What a viewer's connection has over others: ``viewer()`` is the person's number, put in before each reading."""
    connection.execute(f"PRAGMA cache_size = -{VIEWERS_CACHE_KIB}")
    holder = record.info["viewer"] = [NOBODY]
    connection.create_function("viewer", 0, lambda: holder[0])
    for statement in view_statements("main", "viewer()"):
        connection.execute(statement)


def _view_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        (schema,) = cursor.execute("SELECT quote_ident(current_schema())").fetchone()
        for statement in view_statements(schema, "current_setting('decisions.viewer')::integer"):
            cursor.execute(statement)
        cursor.execute("SET jit = off")  # compiling the views' conditions takes longer than any query of a page
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # to start them takes longer, too
        cursor.execute("SET random_page_cost = 1.1")  # a page asks for few rows by an index, which are in memory
    connection.commit()
