"""How a log stands: what it holds, what waits, what the last nights did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from extractor.log import outbox, schema, tables
from extractor.log.backup import needs_rebuild
from extractor.log.cleaning import to_clean
from extractor.log.events import Head, head
from extractor.log.sources import Quarantined, quarantined

if TYPE_CHECKING:
    from sqlalchemy import Connection

LATEST: Final = 5
"""Runs and deliveries that are told of."""


@dataclass(frozen=True)
class Run:
    """A run of the nightly job that did something. ``exit_code`` is None where it was killed; moments are as stored."""

    started_at: str
    finished_at: str | None
    exit_code: int | None
    events: int


@dataclass(frozen=True)
class Delivery:
    """A digest on its way to a target. ``sent_at`` is a moment as stored, None where it is not there yet."""

    digest: str
    target: str
    state: str
    attempts: int
    problem: str | None
    made_at: str
    sent_at: str | None


@dataclass(frozen=True)
class Standing:
    """How a log stands.

    ``records`` counts records that have words by type and review state; ``revisions`` and ``links`` are suggestions
    that wait for a person; ``behind`` is how many rows the index has yet to follow, ``unlinked`` how many records are
    yet to be judged for links. ``to_clean`` is how many erasures have yet to leave the files, ``index_is_stale``
    whether the index is of another state of the log.
    """

    log_id: str
    schema: str
    created_at: str
    head: Head
    conversations: int
    records: dict[str, dict[str, int]]
    revisions: int
    links: int
    behind: int
    unlinked: int
    to_clean: int
    index_is_stale: bool
    quarantine: tuple[Quarantined, ...]
    runs: tuple[Run, ...]
    deliveries: tuple[Delivery, ...]

    @property
    def total(self) -> int:
        """How many records there are."""
        return sum(sum(states.values()) for states in self.records.values())

    @property
    def proposed(self) -> int:
        """How many records wait for a person."""
        return sum(states.get("proposed", 0) for states in self.records.values())


def standing_of(connection: Connection) -> Standing:
    """How the log stands now."""
    meta = {row.key: row.value for row in connection.execute(select(tables.meta))}
    return Standing(
        log_id=meta.get("log_id", ""),
        schema=schema.revision_of(connection) or "",
        created_at=meta.get("created_at", ""),
        head=head(connection),
        conversations=_count(connection, "conversations", "erased_at", None),
        records=_records(connection),
        revisions=_count(connection, "revisions", "state", "suggested"),
        links=_count(connection, "links", "state", "suggested"),
        behind=outbox.pending(connection, "record", "conversation"),
        unlinked=outbox.pending(connection, "linking"),
        to_clean=len(to_clean(connection)),
        index_is_stale=needs_rebuild(connection),
        quarantine=tuple(quarantined(connection)),
        runs=tuple(_runs(connection)),
        deliveries=tuple(_deliveries(connection)),
    )


def _count(connection: Connection, table: str, column: str, value: str | None) -> int:
    known = tables.metadata.tables[table]
    condition = known.c[column].is_(None) if value is None else known.c[column] == value
    return int(connection.execute(select(func.count()).select_from(known).where(condition)).scalar_one())


def _records(connection: Connection) -> dict[str, dict[str, int]]:
    table = tables.records
    wanted = select(table.c.type, table.c.state, func.count()).where(table.c.erased_at.is_(None))
    found: dict[str, dict[str, int]] = {}
    for kind, state, number in connection.execute(wanted.group_by(table.c.type, table.c.state)):
        found.setdefault(kind, {})[state] = number
    return found


def _runs(connection: Connection) -> list[Run]:
    table = tables.runs
    rows = connection.execute(select(table).order_by(table.c.started_at.desc()).limit(LATEST))
    return [
        Run(
            row.started_at,
            row.finished_at,
            row.exit_code,
            (row.last_event or row.first_event - 1) - row.first_event + 1,
        )
        for row in rows
    ]


def _deliveries(connection: Connection) -> list[Delivery]:
    table = tables.deliveries
    rows = connection.execute(select(table).order_by(table.c.created_at.desc(), table.c.target).limit(LATEST))
    return [
        Delivery(row.digest, row.target, row.state, row.attempts, row.problem, row.created_at, row.sent_at)
        for row in rows
    ]
