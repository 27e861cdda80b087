"""The log as others open it."""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from extractor.errors import LogMissingError
from extractor.log import locking, schema, visibility
from extractor.log.canonical import moment
from extractor.log.database import Database
from extractor.log.tables import meta
from extractor.log.transaction import MACHINE, Transaction

if TYPE_CHECKING:
    from sqlalchemy import Connection

FILE: Final = "log.db"


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Log:
    """A decision log. Close it when done, or use it as a context manager.

    ``viewer`` is the number of the person who reads it, who does not find what only others may see; None reads all.
    Every operation may raise LogError, LogBusyError (others held it too long), LogFullError.
    """

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = _utc_now, viewer: int | None = None
    ) -> None:
        self.database = database
        self.clock = clock
        self.viewer = viewer

    @classmethod
    def open(
        cls, folder: Path, url: str | None = None, *, create: bool = True, clock: Callable[[], dt.datetime] = _utc_now
    ) -> Log:
        """The log in ``folder`` (SQLite), or the one at ``url``; an older schema is brought up to date.

        Args:
            folder: the data folder: SQLite's file, and lock files with either database.
            url: ``postgresql://user@host/name`` or ``sqlite:////path/log.db``; the file in ``folder`` when not given.
            create: make a log where there is none.

        Raises:
            LogMissingError: there is none and ``create`` is False, or a later version made it.
            UsageError: the URL is none, or its driver is not installed.
        """
        database = Database(url or f"sqlite:///{folder / FILE}", folder)
        if not create and database.path is not None and not database.path.is_file():
            raise _missing(database)
        log = cls(database, clock)
        try:
            log._prepare(create)
        except BaseException:
            database.close()
            raise
        return log

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()

    @property
    def shown(self) -> str:
        """Where the log is, for people; without a password."""
        return self.database.shown

    def seen_by(self, viewer: int | str) -> Log:
        """The same log as a person sees it, by their number or name; closing either closes both."""
        if isinstance(viewer, str):
            with self.database.reading() as connection:
                viewer = visibility.person_numbered(connection, viewer)
        return Log(self.database, self.clock, viewer)

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection whose reads all see one state."""
        database = self.database
        with database.reading() if self.viewer is None else database.viewing(self.viewer) as connection:
            yield connection

    @contextlib.contextmanager
    def write(self, actor: str | None = None) -> Iterator[Transaction]:
        """The only transaction that writes, committed as a whole when the block ends.

        ``actor`` is the name of the person who does this, None for the machine.
        """
        with self.database.writing() as connection:
            transaction = Transaction(connection, MACHINE, self.clock())
            if actor is not None:
                transaction.actor = f"person:{transaction.person(actor)}"
            yield transaction

    @contextlib.contextmanager
    def exclusive(
        self, name: str, doing: str, timeout_s: float, on_wait: Callable[[str], None] | None = None
    ) -> Iterator[None]:
        """Hold a named lock over all processes that use this log; it ends with the process, however that ends.

        Raises LogBusyError, naming the owner and since when, where it is not had in ``timeout_s`` seconds.
        """
        with locking.held(self.database, name, doing, timeout_s, on_wait):
            yield

    def _prepare(self, create: bool) -> None:
        with self.database.reading() as connection:
            found = schema.revision_of(connection)
        if found is None and not create:
            raise _missing(self.database)
        if found != schema.LATEST:
            schema.upgrade(self.database)
        if found is None:
            with self.database.writing() as connection:
                if connection.execute(select(meta.c.value).where(meta.c.key == "log_id")).scalar() is None:
                    made = {"log_id": secrets.token_hex(8), "created_at": moment(self.clock())}
                    for key, value in made.items():
                        connection.execute(meta.insert().values(key=key, value=value))


def _missing(database: Database) -> LogMissingError:
    return LogMissingError(f"There is no log yet at {database.shown}.", "Begin one with `decisions add PATH`.")
