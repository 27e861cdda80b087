"""Records of the log with what a list shows beside them: who replaced them, what waits for a person."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extractor.log.views import Link, LogRecord, batches, links_of, revisions_of
from extractor.reports.log.words import due_of, raisers

if TYPE_CHECKING:
    from sqlalchemy import Connection

SETTLED_BY = ("supersedes", "implements", "answers")


@dataclass(frozen=True)
class Entry:
    """A record, ids of records that a person linked to it by the kind of the link, and how much waits for a person."""

    record: LogRecord
    linked_by: dict[str, tuple[str, ...]] = field(default_factory=dict)
    suggested_links: int = 0
    suggested_revisions: int = 0

    def is_overdue(self, today: dt.date) -> bool:
        """Whether its day has passed and nothing says that it is done or replaced."""
        done = self.record.closed_at is not None or "implements" in self.linked_by or "supersedes" in self.linked_by
        return self.record.due is not None and self.record.due < today and not done


def entries_of(connection: Connection, records: Sequence[LogRecord]) -> list[Entry]:
    """The entries of these records, in their order."""
    ids = [record.id for record in records]
    linked: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    links: dict[str, int] = defaultdict(int)
    revisions: dict[str, int] = defaultdict(int)
    for link in links_of(connection, ids):
        _count(link, linked, links)
    for batch in batches(ids):
        for revision in revisions_of(connection, batch):
            revisions[revision.record] += 1
    return [
        Entry(
            record,
            {kind: tuple(names) for kind, names in linked[record.id].items()},
            links[record.id],
            revisions[record.id],
        )
        for record in records
    ]


def _count(link: Link, linked: dict[str, dict[str, list[str]]], suggested: dict[str, int]) -> None:
    if link.state == "confirmed":
        linked[link.to_record][link.kind].append(link.from_record)
        return
    for end in (link.from_record, link.to_record):
        suggested[end] += 1


def record_data(record: LogRecord) -> dict[str, Any]:
    """A record as JSON for programs. People are names, but in ``record``, which is the record of the contract."""
    due = due_of(record)
    return {
        "id": record.id,
        "type": record.type,
        "state": record.state,
        "status": record.status,
        "text": record.text,
        "topic": getattr(record.record, "topic", None),
        "said_on": record.said_on.isoformat() if record.said_on else None,
        "owners": list(record.owners),
        "decided_by": list(record.deciders),
        "raised_by": list(raisers(record)),
        "due": due.model_dump(mode="json") if due else None,
        "conversation": {
            "id": record.conversation,
            "title": record.title,
            "source": record.source,
            "started_at": json.loads(record.started_at) if record.started_at else None,
            "series": record.series,
        },
        "version": record.version,
        "found": record.found,
        "touched": record.touched,
        "merged_into": record.merged_into,
        "engine": record.engine,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "reviewed_at": record.reviewed_at,
        "erased_at": record.erased_at,
        "lost_quotes": list(record.lost_quotes),
        "people": record.people,
        "record": record.record.model_dump(mode="json"),
    }


def entry_data(entry: Entry) -> dict[str, Any]:
    """An entry as JSON for programs: the record, and what stands beside it."""
    return {
        **record_data(entry.record),
        "linked_by": {kind: list(names) for kind, names in sorted(entry.linked_by.items())},
        "suggested_links": entry.suggested_links,
        "suggested_revisions": entry.suggested_revisions,
    }
