"""Two logs held against each other: all that they say, but for when it was said and for what chance made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from extractor.log import tables
from extractor.log.store import Log

_TIMES = {
    "at",
    "created_at",
    "updated_at",
    "reviewed_at",
    "decided_at",
    "read_at",
    "since",
    "last_at",
    "made_at",
    "sent_at",
}
_CHANCE = {"content", "salt", "hash", "previous"}
_SKIPPED = {"meta", "salts", "runs", "outbox", "digests", "deliveries", "erased_names", "backups"}


def snapshot(log: Log, folder: Path) -> dict[str, list[Any]]:
    """Every table's rows in order; digests, which are salted, moments and the name of ``folder`` are left out."""
    found: dict[str, list[Any]] = {}
    with log.read() as connection:
        for table in tables.metadata.sorted_tables:
            if table.name in _SKIPPED:
                continue
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            found[table.name] = [_plain(table.name, row._asdict(), str(folder)) for row in rows]
    return found


def _plain(table: str, row: dict[str, Any], folder: str) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in _TIMES}
    if table != "versions":
        kept = {name: value for name, value in kept.items() if name not in _CHANCE}
    if table == "events":
        payload = json.loads(row["payload"])
        kept["payload"] = {name: value for name, value in payload.items() if name not in _CHANCE}
        if row["subject"].startswith("source:"):
            kept["subject"] = "source"
    return {name: value.replace(folder, "") if isinstance(value, str) else value for name, value in kept.items()}
