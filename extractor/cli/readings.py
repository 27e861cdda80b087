"""Reading sources for a command: what failed is said, and what is left is worth going on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.console import Voice

if TYPE_CHECKING:
    from extractor.sources import Hints, Reading


@dataclass(frozen=True)
class Told:
    """What the flags of a command say of the sources, as written."""

    source_format: str | None = None
    started_at: str | None = None
    speakers: Sequence[str] | None = None
    timezone: str | None = None
    date_order: str | None = None


def readings_of(paths: Sequence[str], voice: Voice, told: Told, out: Path | None = None) -> list[Reading]:
    """Reads every path; raises SourceError where there is nothing at all to go on with, and UsageError where ``out``,
    which is about to be written, is one of the sources.
    """
    from extractor.errors import SourceError
    from extractor.sources import read_sources

    readings = list(read_sources(paths, told.source_format, hints_of(told)))
    _spare_the_sources(readings, out)
    failed = [reading for reading in readings if reading.error]
    if not any(reading.conversations for reading in readings):
        for reading in failed[:-1]:
            voice.insist(f"Not read: {reading.error}")
        if not failed:
            raise SourceError("No conversation was found.", "Name a transcript or a thread.")
        raise SourceError(failed[-1].error or "", "")
    for reading in failed:
        voice.insist(f"Error: {reading.error}")
    _warn(readings, voice)
    for label in _nobody(readings, told.speakers or []):
        voice.warn(f"--speakers names {label}, who is in none of the conversations.")
    return readings


def _spare_the_sources(readings: Sequence[Reading], out: Path | None) -> None:
    from extractor.errors import UsageError

    if out is None or not out.is_file():
        return
    for reading in readings:
        source = Path(reading.path)
        if reading.conversations and any(each.is_file() and each.samefile(out) for each in (source, *source.parents)):
            raise UsageError(f"--out {out} is one of the sources, which it would replace.", "Choose another --out.")


def _nobody(readings: Sequence[Reading], written: Sequence[str]) -> list[str]:
    """The labels of ``--speakers`` that are no name of anybody, and did not become one."""
    names = {
        " ".join(name.split()).casefold()
        for reading in readings
        for conversation in reading.conversations
        for person in conversation.participants
        for name in (person.name, *person.aliases)
    }
    told = _speakers(written)
    return [label for label, name in told.items() if not {label, name.casefold()} & names]


def hints_of(told: Told) -> Hints:
    """What the flags and the ``people`` table of the settings say of the sources; raises UsageError, SettingsError."""
    from extractor.settings import load_settings
    from extractor.sources import Hints

    names = {
        spelling.casefold(): name for name, others in load_settings().people.items() for spelling in (name, *others)
    }
    return Hints(
        speakers=names | _speakers(told.speakers or []),
        started_at=_moment(told.started_at),
        timezone=_timezone(told.timezone),
        day_first=_day_first(told.date_order),
    )


def _warn(readings: Sequence[Reading], voice: Voice) -> None:
    from extractor.reports.text import one_of_each_kind

    conversations = [conversation for reading in readings for conversation in reading.conversations]
    told = [(warning, f"{one.source}: {warning}") for one in conversations for warning in one.warnings]
    for said in one_of_each_kind(told):
        voice.warn(said)


def _speakers(written: Sequence[str]) -> dict[str, str]:
    """``["Ana Li, Me=Ben"]`` as ``{"ana li": "Ana Li", "me": "Ben"}``; names with a comma are parted by semicolons."""
    from extractor.errors import UsageError

    names: dict[str, str] = {}
    for part in written:
        for entry in part.split(";" if ";" in part else ","):
            label, mark, name = (each.strip() for each in entry.partition("="))
            if not label or (mark and not name):
                what = f"--speakers {part} names nobody in {entry.strip()!r}."
                raise UsageError(what, "Write it as 'Ana Li, Ben' or 'Me=Ana Li, Speaker 1=Ben'.")
            names[" ".join(label.split()).casefold()] = name or label
    return names


def _timezone(written: str | None) -> tzinfo | None:
    if written is None:
        return None
    from zoneinfo import ZoneInfo

    from extractor.errors import UsageError

    try:
        if written.startswith(("+", "-")):
            return datetime.fromisoformat(f"2026-01-01T00:00:00{written}").tzinfo
        return ZoneInfo(written)
    except (ValueError, OSError, KeyError):  # a path, a folder, or a name that is not there
        what = f"--timezone {written} is no time zone."
        raise UsageError(what, "Write it as Europe/Berlin, UTC or +02:00.") from None


def _day_first(written: str | None) -> bool | None:
    from extractor.errors import UsageError

    if written is None:
        return None
    if written.lower() not in ("dmy", "mdy"):
        raise UsageError(f"--date-order {written} is no order.", "Write dmy for day first, or mdy for month first.")
    return written.lower() == "dmy"


def _moment(text: str | None) -> datetime | date | None:
    """``2026-03-04`` as a date, ``2026-03-04T09:00`` (with or without a zone) as a moment; raises UsageError."""
    if text is None:
        return None
    from extractor.errors import UsageError

    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        what = f"--started-at {text} is no date."
        raise UsageError(what, "Write it as 2026-03-04 or 2026-03-04T09:00+01:00.") from None
