"""Readings as a table, a row for each file: its format, who speaks, and where every character of it went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.reports.text import markdown, one_of_each_kind, percent, plain
from extractor.sources import Reading

COLUMNS = ("File", "Format", "Conversations", "Turns", "Without speaker", "Speakers", "Used", "Set aside", "Notes")
NUMBERS = slice(2, 7)
"""The columns that hold numbers."""


@dataclass(frozen=True)
class Row:
    """What came of one file. ``used`` is the share of its characters that are text of turns."""

    file: str
    format: str
    conversations: int
    turns: int
    without_speaker: int
    speakers: int
    used: str
    set_aside: str
    notes: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        numbers = (self.conversations, self.turns, self.without_speaker, self.speakers)
        notes = " ".join(self.notes)
        return (self.file, self.format, *(f"{number:,}" for number in numbers), self.used, self.set_aside, notes)


def rows_of(readings: Iterable[Reading]) -> list[Row]:
    """A row for every reading, in their order."""
    return [_row(reading) for reading in readings]


def as_markdown(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    ruler = ["---:" if index in range(len(COLUMNS))[NUMBERS] else "---" for index in range(len(COLUMNS))]
    lines = [COLUMNS, ruler, *([markdown(cell) for cell in row.cells] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _row(reading: Reading) -> Row:
    turns = [turn for each in reading.conversations for turn in each.turns]
    warnings = [(warning, warning) for each in reading.conversations for warning in each.warnings]
    coverage = reading.coverage
    parts = sorted(coverage.set_aside, key=lambda part: -part.characters) if coverage else []
    asides = [f"{part.reason} {percent(part.characters, coverage.characters)}" for part in parts] if coverage else []
    return Row(
        file=plain(reading.path),
        format=reading.format or "-",
        conversations=len(reading.conversations),
        turns=len(turns),
        without_speaker=sum(1 for turn in turns if turn.speaker is None),
        speakers=len({turn.speaker for turn in turns if turn.speaker is not None}),
        used=percent(coverage.used, coverage.characters) if coverage else "-",
        set_aside=", ".join(asides),
        notes=(*_said(reading), *one_of_each_kind(warnings)),
    )


def _said(reading: Reading) -> list[str]:
    if reading.error:
        return [reading.error]
    return [] if reading.conversations else ["Its turns stand in the transcript beside it."]
