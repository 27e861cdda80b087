"""Hints as people write them, in flags and in settings -> what readers take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

from extractor.errors import UsageError


def zone_of(written: str, setting: str = "--timezone") -> tzinfo:
    """The time zone called ``Europe/Berlin``, ``UTC`` or ``+02:00``; raises UsageError, which names ``setting``."""
    from zoneinfo import ZoneInfo

    try:
        if written.startswith(("+", "-")):
            fixed = datetime.fromisoformat(f"2026-01-01T00:00:00{written}").tzinfo
            if fixed is not None:
                return fixed
        return ZoneInfo(written)
    except (ValueError, OSError, KeyError):  # a path, a folder, or a name that is not there
        what = f"{setting} {written} is no time zone."
        raise UsageError(what, "Write it as Europe/Berlin, UTC or +02:00.") from None


def is_day_first(written: str, setting: str = "--date-order") -> bool:
    """Whether 3/4 is the third of April, from ``dmy`` or ``mdy``; raises UsageError, which names ``setting``."""
    if written.lower() not in ("dmy", "mdy"):
        raise UsageError(f"{setting} {written} is no order.", "Write dmy for day first, or mdy for month first.")
    return written.lower() == "dmy"


def names_by_label(written: Mapping[str, str]) -> dict[str, str]:
    """``{"Me": "Ana Li"}`` with its labels folded as :class:`~extractor.sources.base.Hints` has them."""
    return {" ".join(label.split()).casefold(): name for label, name in written.items()}


def names_by_spelling(people: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The ``people`` of the settings, a name and every other spelling of it, as names by label."""
    return {spelling.casefold(): name for name, others in people.items() for spelling in (name, *others)}
