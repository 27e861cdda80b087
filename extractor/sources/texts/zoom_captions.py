"""The captions of a Zoom meeting as its client saves them (``meeting_saved_closed_caption.txt``).

    [Ana Li] 09:36:50
    Shall we take the train?

    [Ben] 09:36:58
    Yes, on Friday.

The times are of the day; they are counted from the first caption.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.ledger import Ledger, Line, Piece, lines_of
from extractor.sources.people import People
from extractor.sources.texts.labels import names_nobody
from extractor.sources.texts.zoom_chat import EARLIEST_OF_DAY_S, day_of
from extractor.sources.times import hour_of
from extractor.sources.transcripts import Draft, first_words, transcript

_HEAD = re.compile(
    r"\ufeff?\[(?P<name>[^\r\n]{0,200})\] (?P<hours>\d{1,2}):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?[ \t]{0,9}$"
)
_SAVE_AGAIN = "Save the captions again."
_DAY_S = 24 * 3600
_HALF_S = 12 * 3600
_FIRST_LINES = 5


def fits(blob: Blob) -> float:
    """0.95 where the first line names a speaker and a time and the next one does not."""
    lines = [line for line in blob.head[:4000].splitlines() if line.strip("\ufeff \t")][:_FIRST_LINES]
    heads = [bool(_HEAD.match(line)) for line in lines]
    return 0.95 if heads[:2] == [True, False] else 0.0


def read(blob: Blob) -> Reading:
    """One conversation, with a start in seconds for every turn. Raises SourceError where nobody says anything."""
    captions = _Captions(blob)
    drafts = captions.read()
    if not any(draft.parts for draft in drafts):
        raise SourceError(f"{blob.name} holds Zoom captions without words.", _SAVE_AGAIN)
    return transcript(
        blob,
        FORMAT.name,
        drafts,
        captions.people,
        captions.ledger,
        captions.notes,
        started_at=captions.started_at,
        remedy=_SAVE_AGAIN,
    )


FORMAT = Format("zoom-captions", "Zoom captions saved by the client (.txt)", fits, read)


class _Captions:
    """Goes through the lines once."""

    def __init__(self, blob: Blob) -> None:
        self.blob = blob
        self.ledger = Ledger(blob.text)
        self.people = People()
        self.notes: list[str] = []
        self.started_at: datetime | date | None = None
        self._zero: float | None = None
        self._before = 0.0

    def read(self) -> list[Draft]:
        drafts: list[Draft] = []
        outside: list[Line] = []
        for line in lines_of(self.blob.text):
            head = _HEAD.match(line.text)
            if head:
                self.ledger.set_aside(line.start, line.end, "speaker label")
                name, start = head["name"].strip(), self._seconds(head)
                speaker = self.people.add(name) if name and not names_nobody(name) else None
                if not drafts or speaker is None or drafts[-1].speaker != speaker:
                    drafts.append(Draft(speaker, start))
                drafts[-1].mark(start)
                drafts[-1].end = None
            elif drafts:
                drafts[-1].add(Piece(line.text, line.start).trimmed(), self.ledger)
            elif line.text.strip("\ufeff \t"):
                self.ledger.set_aside(line.start, line.end, "text outside a cue")
                outside.append(line)
        if outside:
            self.notes.append(f'Text before the first caption was set aside: "{first_words(outside[0].text)}".')
        return drafts

    def _seconds(self, head: re.Match[str]) -> float:
        """The time of a caption from the first one, or as it stands where the first is in the first hour."""
        hours = hour_of(int(head["hours"]), head["half"])
        seconds = float(hours * 3600 + int(head["minutes"]) * 60 + int(head["seconds"]))
        if self._zero is None:
            self._zero = self._begin(seconds)
        if self._before - seconds > _HALF_S and self._zero:
            self._zero -= _DAY_S
        self._before = seconds
        return max(0.0, seconds - self._zero)

    def _begin(self, first: float) -> float:
        """What the times are counted from; notes the start of the meeting where its day is known."""
        if first < EARLIEST_OF_DAY_S:
            return 0.0
        clock = (datetime.combine(date.min, time()) + timedelta(seconds=first)).time()
        self.notes.append(f"The times are of the day; they are counted from the first caption, at {clock}.")
        day, sentence = day_of(self.blob)
        if day is not None:
            self.started_at = datetime.combine(day, clock)
        if sentence:
            self.notes.append(sentence)
        return first
