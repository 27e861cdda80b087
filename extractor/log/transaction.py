"""One change of the log: what an actor does, with its events, its digests and what the index must follow."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from extractor.index.model import storable
from extractor.log import events
from extractor.log.canonical import moment
from extractor.log.erased import ErasedNames, name_key
from extractor.log.tables import erased_names, outbox, people, salts

if TYPE_CHECKING:
    from sqlalchemy import Connection, Insert, Table

__all__ = ["MACHINE", "Mirrored", "Transaction", "name_key", "person_of"]

MACHINE: Final = "machine"
SALT_BYTES: Final = 32
Mirrored = Literal["record", "conversation", "linking"]


@dataclass
class Transaction:
    """The open transaction of the log's only writer. ``actor`` is ``machine`` or ``person:N``."""

    connection: Connection
    actor: str
    now: dt.datetime
    _head: events.Head | None = field(default=None, init=False)
    _people: dict[str, int] = field(default_factory=dict, init=False)
    _erased: ErasedNames | None = field(default=None, init=False)

    @property
    def at(self) -> str:
        """When this change happens, as it is stored."""
        return moment(self.now)

    @property
    def by_person(self) -> bool:
        """Whether a person does this, and not the machine."""
        return self.actor != MACHINE

    def event(self, kind: str, subject: str, /, **payload: Any) -> int:
        """Writes an event; returns its number. ``payload`` must hold no words: see ``digest``."""
        after = self._head or events.head(self.connection)
        self._head = events.append(self.connection, after, self.at, self.actor, kind, subject, payload)
        return self._head.seq

    def digest(self, subject: str, content: str) -> str:
        """The salted digest of a subject's words; the salt is made when there is none."""
        salt = self.connection.execute(select(salts.c.salt).where(salts.c.subject == subject)).scalar()
        if salt is None:
            salt = secrets.token_hex(SALT_BYTES)
            self.connection.execute(salts.insert(), {"subject": subject, "salt": salt})
        return events.digest(salt, content)

    def forget_salt(self, subject: str) -> None:
        """Takes a subject's salt away: its digests so far say nothing from now on."""
        self.connection.execute(salts.delete().where(salts.c.subject == subject))

    def mark(self, kind: Mirrored, subject: str) -> None:
        """Notes that a row's mirror in the index, or its links, must be brought up to date."""
        seq = (self._head or events.head(self.connection)).seq
        self.upsert(outbox, {"kind": kind, "subject": subject}, {"seq": seq})

    def upsert(self, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
        """Writes a row, or the values of the one that has this key."""
        statement = _upsert(self.connection.dialect.name, table, tuple(key), tuple(values))
        self.connection.execute(statement, {**key, **values})

    def next_number(self, table: Table, column: str) -> int:
        """The next free number of a column; without gaps, as there is one writer at a time."""
        return int(self.connection.execute(select(func.coalesce(func.max(table.c[column]), 0))).scalar_one()) + 1

    def person(self, name: str) -> int:
        """The number of the person with this name, who is entered if the log does not know them."""
        key = name_key(name)
        if key in self._people:
            return self._people[key]
        found = self.connection.execute(select(people.c.id).where(people.c.key == key)).scalar()
        number = int(found) if found is not None else self.erased.bearer(name)
        if number is None:
            number = self.next_number(people, "id")
            self.connection.execute(people.insert(), {"id": number, "key": key, "name": storable(name.strip())})
        self._people[key] = number
        return number

    @property
    def erased(self) -> ErasedNames:
        """The names of erased people."""
        if self._erased is None:
            self._erased = ErasedNames(self.connection)
        return self._erased

    def note_erased(self, person: int, names: Iterable[str]) -> None:
        """Keeps digests of an erased person's names; see ``digested``."""
        salt = self.erased.salt or secrets.token_hex(SALT_BYTES)
        for name in sorted(set(names)):
            self.upsert(erased_names, {"person": person, "digest": events.digest(salt, name)}, {"salt": salt})
        self._erased = None
        self._people.clear()


@cache
def _upsert(dialect: str, table: Table, key: tuple[str, ...], values: tuple[str, ...]) -> Insert:
    """The statement, which takes longer to build than to run."""
    statement: Any = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    if not values:
        found: Insert = statement.on_conflict_do_nothing(index_elements=list(key))
    else:
        replaced = {name: statement.excluded[name] for name in values}
        found = statement.on_conflict_do_update(index_elements=list(key), set_=replaced)
    return found


def person_of(actor: str) -> int | None:
    """The number of the person behind an actor, None for the machine."""
    return int(actor.partition(":")[2]) if actor.startswith("person:") else None
