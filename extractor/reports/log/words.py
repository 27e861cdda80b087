"""How the log's states, links and events are called, and ids short enough to read."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Final

from extractor.log.canonical import parsed_moment
from extractor.log.views import Link, LogRecord
from extractor.records import Due, OpenQuestion
from extractor.reports.text import plain

SHORT: Final = 10
"""Characters of an id that are shown, its type's letter and 8 digits; more where two would look the same."""
TYPE_WORDS: Final = {"decision": "decision", "action_item": "action item", "open_question": "open question"}
STATE_STYLE: Final = {"proposed": "yellow", "approved": "green", "rejected": "red", "merged": "dim"}
ERASED: Final = "(its words were erased)"
_FORWARD: Final = {"relates": "relates to"}
_BACKWARD: Final = {
    "supersedes": "superseded by",
    "duplicates": "duplicated by",
    "contradicts": "contradicted by",
    "answers": "answered by",
    "implements": "implemented by",
    "relates": "relates to",
}


def short_ids(ids: Iterable[str]) -> dict[str, str]:
    """The beginning of each id, long enough to tell it from the others."""
    every = sorted(set(ids))
    lengths = dict.fromkeys(every, SHORT)
    for one, other in itertools.pairwise(every):
        common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
        for name in (one, other):
            lengths[name] = max(lengths[name], common + 1)
    return {name: name[:length] for name, length in lengths.items()}


def link_words(kind: str, *, forward: bool) -> str:
    """``supersedes``, or ``superseded by`` seen from the other record."""
    return _FORWARD.get(kind, kind) if forward else _BACKWARD[kind]


def link_standing(link: Link) -> str:
    """``confirmed``, or ``suggested, 82 %``."""
    if link.state != "suggested" or link.confidence is None:
        return link.state
    return f"{link.state}, {link.confidence:.0%}".replace("%", " %")


def moment_words(stored: str) -> str:
    """A stored moment for people: ``2026-03-04 09:00 UTC``."""
    return f"{parsed_moment(stored):%Y-%m-%d %H:%M} UTC"


def claim(record: LogRecord) -> str:
    """What a record says, safe to show; a remark where its words were erased."""
    return plain(record.text) or ERASED


def due_words(due: Due | None) -> str:
    """``Fri 12 Jun 2026``, or the words as said where they mean no day; empty for None."""
    if due is None:
        return ""
    return f"{due.date:%a %d %b %Y}" if due.date else plain(due.text)


def short_due(due: Due | None) -> str:
    """``12 Jun 2026``, or the words as said where they mean no day; empty for None."""
    return f"{due.date:%d %b %Y}" if due is not None and due.date else due_words(due)


def due_of(record: LogRecord) -> Due | None:
    """When a record is due; a question never is."""
    return None if isinstance(record.record, OpenQuestion) else record.record.due


def raisers(record: LogRecord) -> tuple[str, ...]:
    """Who raised a question, by their names."""
    return record.names(record.record.raised_by) if isinstance(record.record, OpenQuestion) else ()


def day_words(day: dt.date | None) -> str:
    """``2026-03-04``, or ``no date``."""
    return day.isoformat() if day else "no date"


def place_words(record: LogRecord) -> str:
    """``2026-03-04 · Steering``; the day once, where the title says it too."""
    title, day = plain(record.title), day_words(record.said_on)
    return title if record.said_on and day in title else f"{day} · {title}"
