"""Front matter: ``key: value`` lines between two rules, at the very start of a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from extractor.sources.ledger import Line

_MOST_LINES = 200
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*))?$")
_TITLES = ("title", "meeting", "meeting_title", "subject", "name")
_STARTS = ("date", "started_at", "start", "meeting_date", "datetime", "created", "created_at")


@dataclass(frozen=True)
class FrontMatter:
    """``lines`` is how many lines it takes, 0 where there is none."""

    lines: int = 0
    title: str | None = None
    started_at: datetime | date | None = None


def read_front_matter(lines: Sequence[Line]) -> FrontMatter:
    """The front matter of a file and the title and the day that it gives."""
    if not lines or lines[0].text.strip("\ufeff \t") != "---":
        return FrontMatter()
    close = next((n for n in range(1, min(len(lines), _MOST_LINES)) if lines[n].text.strip() in ("---", "...")), None)
    if close is None:
        return FrontMatter()
    fields: dict[str, str] = {}
    for line in lines[1:close]:
        found = _FIELD.match(line.text)
        if found:
            key = found[1].strip().casefold().replace(" ", "_").replace("-", "_")
            fields.setdefault(key, (found[2] or "").strip().strip("\"'").strip())
    if not fields:
        return FrontMatter()
    title = next((fields[key] for key in _TITLES if fields.get(key)), None)
    starts = (_moment(fields[key]) for key in _STARTS if fields.get(key))
    return FrontMatter(close + 1, title, next((start for start in starts if start is not None), None))


def _moment(value: str) -> datetime | date | None:
    try:
        if len(value) <= len("2026-01-31"):
            return date.fromisoformat(value)
        return datetime.fromisoformat(value)
    except ValueError:
        return None
