"""Reading sources for a command: what failed is said, and what is left is worth going on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.console import Voice

if TYPE_CHECKING:
    from extractor.fetching import Item, Unlisted
    from extractor.sources import Hints, Listing, Reading

FILES = "files"
"""What the origins of files begin with that were named on the command line, as those of a source with its name."""


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


@dataclass(frozen=True)
class Items:
    """What the files named on the command line are to the log; ``failed`` is what cannot be listed, and why."""

    items: list[Item] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def seen_only_by(self, names: tuple[str, ...]) -> Items:
        """The same, of which only these people may see what is read."""
        return Items([replace(item, visible_to=names) for item in self.items], self.failed)


def items_of(paths: Sequence[str], voice: Voice, told: Told) -> Items:
    """One item for the files of a meeting, an export, or standard input; nothing but that is read yet.

    What cannot be listed is said, and in ``failed``. Raises SourceError for a format that does not exist.
    """
    from extractor.fetching import Item
    from extractor.fetching.folders import items_of as files_among
    from extractor.sources import listed
    from extractor.sources.targets import STANDARD_INPUT, shown

    hints = hints_of(told)
    listing = listed(paths, told.source_format, hints)
    units = [unit for unit in listing.units if unit[0].path != STANDARD_INPUT]
    every = [*files_among(FILES, units, told.source_format, hints), *_standard_input(listing, told, hints)]
    found = Items([_as_told(one, told) for one in every if isinstance(one, Item)])
    found.failed.extend(one.error for one in every if not isinstance(one, Item))
    for folder, files in listing.folders.items():
        if not files:
            found.failed.append(f"The directory {shown(folder)} holds no files. Name one with transcripts or exports.")
    for reason in found.failed:
        voice.insist(f"Error: {reason}")
    return found


def _as_told(item: Item, told: Told) -> Item:
    """The item under a version of its own where flags say what the file does not: another word, another reading."""
    from extractor.fetching.base import version_of

    words = [told.source_format, told.started_at, *(told.speakers or ()), told.timezone, told.date_order]
    if not any(words):
        return item
    return replace(item, version=version_of([item.version, *(word or "" for word in words)]))


def _standard_input(listing: Listing, told: Told, hints: Hints) -> list[Item | Unlisted]:
    """Standard input as an item, which is read at once: there is no second time."""
    from extractor.fetching import Item, Unlisted
    from extractor.sources import read_unit
    from extractor.sources.targets import STANDARD_INPUT

    found: list[Item | Unlisted] = []
    for unit in listing.units:
        if unit[0].path != STANDARD_INPUT:
            continue
        origin, label = f"{FILES}:{STANDARD_INPUT}", "standard input"
        readings = read_unit(unit, told.source_format, hints)
        error = next((reading.error for reading in readings if reading.error), None)
        version = next((reading.sha256 for reading in readings if reading.sha256), None)
        if version is None or not any(reading.conversations for reading in readings):
            found.append(Unlisted(origin, label, error or "Standard input holds nothing.", transient=False))
        else:
            found.append(Item(origin, version, label, lambda readings=readings: readings))  # type: ignore[misc]
    return found


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
    from extractor.sources.hinting import is_day_first, names_by_spelling, zone_of

    return Hints(
        speakers=names_by_spelling(load_settings().people) | _speakers(told.speakers or []),
        started_at=_moment(told.started_at),
        timezone=zone_of(told.timezone) if told.timezone is not None else None,
        day_first=is_day_first(told.date_order) if told.date_order is not None else None,
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
    from extractor.sources.hinting import names_by_label

    names: dict[str, str] = {}
    for part in written:
        for entry in part.split(";" if ";" in part else ","):
            label, mark, name = (each.strip() for each in entry.partition("="))
            if not label or (mark and not name):
                what = f"--speakers {part} names nobody in {entry.strip()!r}."
                raise UsageError(what, "Write it as 'Ana Li, Ben' or 'Me=Ana Li, Speaker 1=Ben'.")
            names[label] = name or label
    return names_by_label(names)


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
