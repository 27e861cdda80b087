"""Tactiq transcripts.

    # Weekly sync
      Meeting started: 27/08/2026, 15:02:47
      Duration: 18 minutes
      Participants: Ana Li, Ben Roe
      [View original transcript](https://app.tactiq.io/...)
      ## Transcript
      00:00 Ana Li: What she says.
      00:04 Ben R.: What he says.

The head may also be ``Meeting participants:`` and names. Tactiq announces itself in the chat of the meeting, which ends
up among the words. For videos it writes three lines that begin with ``#``, and lines of a time and words, without
speakers.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.reasons import AI_NOTES
from extractor.sources.texts.dialogue import Script, filled_lines, matching
from extractor.sources.texts.linelabels import LineLabel, find_label
from extractor.sources.texts.notes import heading_of, is_transcript_heading, notes_before_transcript
from extractor.sources.times import day_in_order, day_of, hour_of, is_ambiguous
from extractor.sources.transcripts import written_by_ai

_VENDOR = re.compile(r"\btactiq\.io\b", re.IGNORECASE)
_VIDEO = re.compile(r"#[ \t]*tactiq\.io\b", re.IGNORECASE)
_PARTICIPANTS = re.compile(r"\W{0,9}(?P<meeting>Meeting )?participants:", re.IGNORECASE)
_STARTED = re.compile(r"[ \t]{0,9}\W{0,4}Meeting started:\W{0,4}[ \t]*(?P<when>.{4,60})$", re.IGNORECASE)
_LABEL = re.compile(r"[ \t]{0,9}\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?[ \t]+[^\n:]{1,80}:(?=\s|$)")
_TIMED = re.compile(r"[ \t]{0,9}\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?[ \t]")
_ANNOUNCEMENT = re.compile(r"tactiq\.io/r/transcribing|transcribing this call with (?:my )?tactiq", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})\D{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?\s?([AaPp][Mm])?")
_NEAR_THE_TOP = 4000
_TOP_LINES = 40
_FEWEST = 2
_YEAR_DIGITS = 4


def fits(blob: Blob) -> float:
    """1.0 with Tactiq's link and lines with times, 0.9 with its head above such lines."""
    lines = filled_lines(blob)
    if matching(lines, _TIMED) < _FEWEST:
        return 0.0
    if _VENDOR.search(blob.head[:_NEAR_THE_TOP]):
        return 1.0
    named = next((match for line in lines[:_TOP_LINES] if (match := _PARTICIPANTS.match(line))), None)
    if named is None or matching(lines, _LABEL) < _FEWEST:
        return 0.0
    return 0.9 if named["meeting"] or matching(lines[:_TOP_LINES], _STARTED) else 0.0


def read(blob: Blob) -> Reading:
    """One conversation. Raises SourceError for a file without words."""
    script = Script(blob)
    if notes_before_transcript(script, AI_NOTES):
        script.warnings.append(written_by_ai("The notes"))
    script.label_lines(_label)
    if _is_video(script):
        script.labels.clear()
        _read_video_head(script)
        return script.reading(FORMAT.name)
    _read_head(script)
    for index, line in list(script.filled()):
        if _ANNOUNCEMENT.search(line.text):
            script.set_aside(index, index + 1, "system message")
    return script.reading(FORMAT.name)


FORMAT = Format("tactiq", "Tactiq transcripts (text)", fits, read)


def _label(text: str) -> LineLabel | None:
    return find_label(text) if _LABEL.match(text) else None


def _is_video(script: Script) -> bool:
    first = next(script.filled(), None)
    return first is not None and bool(_VIDEO.match(first[1].text.lstrip("\ufeff")))


def _read_video_head(script: Script) -> None:
    """The three lines above the captions: who wrote it, the title, the link."""
    for index, line in list(script.filled()):
        words = line.text.lstrip("\ufeff#* \t")
        if not line.text.lstrip("\ufeff").startswith("#"):
            break
        if index > script.first_line and script.title is None and "://" not in words and words != "No title found":
            script.title = words.strip() or None
        script.set_aside(index, index + 1, "header")


def _read_head(script: Script) -> None:
    """Everything above the first turn: the title, the start, who took part."""
    starts = (match for line in script.lines[:_TOP_LINES] if (match := _STARTED.match(line.text)))
    started = next(starts, None)
    if started and script.started_at is None:
        script.started_at = _moment(script, started["when"])
    for index, line in script.above_labels():
        heading = heading_of(line.text)
        if heading and not is_transcript_heading(heading.words) and script.title is None:
            script.title = heading.words
        script.set_aside(index, index + 1, "header")


def _moment(script: Script, written: str) -> datetime | date | None:
    """``27/08/2026, 15:02:47``, in the order of day and month that the numbers or the user tell."""
    match = _DATE.search(written)
    if match is None:
        return None
    first, second, third = (int(match[n]) for n in (1, 2, 3))
    day_first = script.blob.hints.day_first
    if len(match[1]) == _YEAR_DIGITS:
        day = day_of(first, second, third)
    elif day_first is None and is_ambiguous(first, second):
        script.warnings.append(f"{match[1]}/{match[2]} can be read two ways, so the day of the meeting was not taken.")
        return None
    else:
        day = day_in_order(first, second, third, day_first=day_first)
    try:
        clock = time(hour_of(int(match[4]), match[7]), int(match[5]), int(match[6] or 0))
    except ValueError:
        return None
    return datetime.combine(day, clock) if day is not None else None
