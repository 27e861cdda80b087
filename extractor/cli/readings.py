"""Reading sources for a command: what failed is said, and what is left is worth going on with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from extractor.cli.console import Voice

if TYPE_CHECKING:
    from extractor.sources import Reading


def readings_of(
    paths: Sequence[str], voice: Voice, source_format: str | None = None, started_at: str | None = None
) -> list[Reading]:
    """Reads every path; raises SourceError where there is nothing at all to go on with."""
    from extractor.errors import SourceError
    from extractor.sources import read_sources

    readings = list(read_sources(paths, source_format=source_format, started_at=parse_moment(started_at)))
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
    return readings


def _warn(readings: Sequence[Reading], voice: Voice) -> None:
    from extractor.reports.text import one_of_each_kind

    conversations = [conversation for reading in readings for conversation in reading.conversations]
    told = [(warning, f"{one.source}: {warning}") for one in conversations for warning in one.warnings]
    for said in one_of_each_kind(told):
        voice.warn(said)


def parse_moment(text: str | None) -> datetime | date | None:
    """``2026-03-04`` as a date, ``2026-03-04T09:00`` (with or without a zone) as a moment; raises UsageError."""
    if text is None:
        return None
    from extractor.errors import UsageError

    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        what = f"--started-at {text} is no date."
        raise UsageError(what, "Write it as 2026-03-04 or 2026-03-04T09:00+01:00.") from None
