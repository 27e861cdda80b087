"""Notes on runs of the nightly job that did something. A night on which nothing was new writes nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from extractor.log.canonical import moment
from extractor.log.events import head
from extractor.log.tables import runs

if TYPE_CHECKING:
    from extractor.log.store import Log


def note_run(log: Log, started: dt.datetime, finished: dt.datetime, exit_code: int, before: int, facts: str) -> None:
    """Enters a run, with the events it wrote, those after number ``before``, and its line for monitoring."""
    with log.write() as tx:
        tx.upsert(
            runs,
            {"id": moment(started)},
            {
                "started_at": moment(started),
                "finished_at": moment(finished),
                "exit_code": exit_code,
                "first_event": before + 1,
                "last_event": head(tx.connection).seq,
                "facts": facts,
            },
        )
