"""Named locks over all processes that use one log, with a note on who holds each and since when.

With SQLite all processes are on one machine, and a file lock of the system does it; with PostgreSQL they may be
anywhere, and an advisory lock of a session does it. Either ends with the process that holds it, however that ends, and
neither writes to the log.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import hashlib
import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from extractor.errors import LogBusyError
from extractor.log.canonical import moment, parsed_moment, to_json

if TYPE_CHECKING:
    from extractor.log.database import Database

PATIENCE_S: Final = 1.0
"""Seconds of waiting that are not worth a message."""
_POLL_S: Final = 0.1
_UNKNOWN: Final = "another process holds it"


@contextlib.contextmanager
def held(
    database: Database, name: str, doing: str, timeout_s: float, on_wait: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the lock ``name``; raises LogBusyError, naming the owner, where it is not had in time."""
    lock = _lock(database, name)
    began, told = time.monotonic(), False
    try:
        while not _taken(lock, database, doing):
            waited = time.monotonic() - began
            if waited >= timeout_s:
                what = f"The log at {database.shown} is being worked on: {lock.owner()}."
                raise LogBusyError(what, "Wait for it to end; its lock ends with it.")
            if not told and on_wait is not None and waited >= PATIENCE_S:
                told = True
                on_wait(f"Waiting: {lock.owner()}.")
            time.sleep(min(_POLL_S, max(0.0, timeout_s - waited)))
        yield
    finally:
        lock.release()


def _taken(lock: _Lock, database: Database, doing: str) -> bool:
    from sqlalchemy.exc import DBAPIError

    try:
        return lock.take(doing)
    except DBAPIError as error:
        raise database.explained(error.orig or error) from error
    except OSError as error:
        raise database.explained(error) from error


class _Lock(Protocol):
    def take(self, doing: str) -> bool: ...
    def owner(self) -> str: ...
    def release(self) -> None: ...


def _lock(database: Database, name: str) -> _Lock:
    return _FileLock(database.path, name) if database.path is not None else _SessionLock(database, name)


class _FileLock:
    """``log.db.NAME.lock`` beside the log, and ``log.db.NAME.owner`` with a note for those who wait."""

    def __init__(self, log: Path, name: str) -> None:
        from filelock import FileLock

        self._lock = FileLock(log.with_name(f"{log.name}.{name}.lock"))
        self._note = log.with_name(f"{log.name}.{name}.owner")

    def take(self, doing: str) -> bool:
        from filelock import Timeout

        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        now = moment(dt.datetime.now(dt.UTC))
        with contextlib.suppress(OSError, KeyError):  # a full disk, a user without a name: those who wait do without
            note = {"pid": os.getpid(), "host": platform.node(), "user": getpass.getuser()}
            self._note.write_text(to_json({**note, "doing": doing, "since": now}), encoding="utf-8")
        return True

    def owner(self) -> str:
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            who = f"process {note['pid']} of {note['user']} on {note['host']}"
            return _owned(who, note["doing"], parsed_moment(note["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return _UNKNOWN

    def release(self) -> None:
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._note.unlink(missing_ok=True)
        self._lock.release()


class _SessionLock:
    """An advisory lock; the session's application name is the note."""

    def __init__(self, database: Database, name: str) -> None:
        self._key = int.from_bytes(hashlib.sha256(f"decisions:{name}".encode()).digest()[:8], "big", signed=True)
        self._database = database
        self._connection: Any = None
        self._taken = False

    def take(self, doing: str) -> bool:
        if self._connection is None:
            self._connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._taken = bool(self._ask("SELECT pg_try_advisory_lock(%s)", self._key).scalar())
        if self._taken:
            self._ask("SELECT set_config('application_name', %s, false)", f"decisions {doing} {platform.node()}"[:60])
        return self._taken

    def owner(self) -> str:
        high, low = (self._key >> 32) & 0xFFFFFFFF, self._key & 0xFFFFFFFF
        with contextlib.suppress(Exception):
            row = self._ask(
                "SELECT a.pid, a.usename, a.application_name, a.client_addr, a.backend_start FROM pg_locks l "
                "JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted "
                "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
                "AND l.classid = %s AND l.objid = %s",
                high,
                low,
            ).first()
            if row is not None:
                who = f"session {row.pid} of {row.usename} from {row.client_addr or 'this machine'}"
                return _owned(who, row.application_name.removeprefix("decisions "), row.backend_start)
        return _UNKNOWN

    def release(self) -> None:
        if self._connection is None:
            return
        with contextlib.suppress(Exception):
            if self._taken:
                self._ask("SELECT pg_advisory_unlock(%s)", self._key)
                self._ask("SELECT set_config('application_name', 'decisions', false)")
        self._connection.close()
        self._connection = None

    def _ask(self, statement: str, *values: object) -> Any:
        return self._connection.exec_driver_sql(statement, values)


def _owned(who: str, doing: str, since: dt.datetime) -> str:
    minutes = int((dt.datetime.now(dt.UTC) - since).total_seconds()) // 60
    age = "less than a minute" if minutes < 1 else f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
    return f"{who} holds it to {doing} since {since:%Y-%m-%d %H:%M} UTC ({age})"
