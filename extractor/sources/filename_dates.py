"""The day of a meeting as its file's name gives it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from extractor.sources.times import day_of

_ZOOM = re.compile(r"GMT(\d{8})-(\d{6})", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)")


def start_in_name(stem: str) -> tuple[datetime | date | None, str | None]:
    """The start in a file's name, and the sentence that says so.

    ``GMTyyyymmdd-hhmmss`` (Zoom) is a time in UTC; ``2026-02-05`` and ``20260205`` are a day. Nothing is taken where
    the name holds two different days; the sentence says that too.
    """
    zoom = _ZOOM.search(stem)
    if zoom:
        try:
            moment = datetime.strptime(zoom[1] + zoom[2], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            pass
        else:
            return moment, f"The start {moment:%Y-%m-%d %H:%M:%S} UTC is taken from the file's name."
    days = sorted({day for day in map(_day, _DAY.finditer(stem)) if day is not None})
    if not days:
        return None, None
    if len(days) > 1:
        return None, f"The file's name holds more than one date ({', '.join(map(str, days))}), so none was taken."
    return days[0], f"The date {days[0]} is taken from the file's name."


def _day(match: re.Match[str]) -> date | None:
    return day_of(int(match[1]), int(match[3]), int(match[4]))
