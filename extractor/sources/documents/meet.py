"""Google Meet transcripts: the document that Meet writes, as Word, text or Markdown.

    Weekly sync (2026-03-05 10:15 GMT+1) - Transcript
    Attendees
    Ana Li, Ben Roe, Ben Roe's Presentation
    Transcript
    This editable transcript was computer generated and might contain errors. ...
    Ana Li: What she says.
    00:05:00
    Ben Roe: What he says.
    Meeting ended after 00:50:32

Labels may be bold, all of them or some. A time stands above about five minutes of talk, in newer documents above about
one: it is the start of every turn in its block. Newer documents have tabs, of which ``Notes`` is written by Gemini, as
are its ``Summary``, ``Decisions``, ``Details`` and ``Next steps`` where the tabs' names are lost; none of it is speech.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.documents import docx
from extractor.sources.documents.talk import Talk, spans_of_words
from extractor.sources.documents.written_dates import date_line
from extractor.sources.ledger import Line
from extractor.sources.reasons import AI_NOTES
from extractor.sources.texts.dialogue import Script, filled_lines
from extractor.sources.texts.labels import LONGEST_NAME, accepted_labels, clean_label, is_stop_label
from extractor.sources.texts.notes import heading_of
from extractor.sources.times import clock_seconds
from extractor.sources.transcripts import EXPORT_AGAIN, NO_LABELS, transcript, turns_have, written_by_ai

_NOTICE = re.compile(
    r"\W{0,9}(?:This editable transcript was computer generated|This transcript was computer generated"
    r"|Esta transcripción (?:editable )?se (?:ha )?gener|Cette transcription modifiable a été générée"
    r"|Dieses bearbeitbare Transkript wurde|Esta transcrição editável foi gerada|Deze bewerkbare transcriptie is)",
    re.IGNORECASE,
)
_END = re.compile(r"\W{0,9}(?:Meeting|Transcription) ended after \d{1,2}:\d{2}(?::\d{2})?\W{0,9}$", re.IGNORECASE)
_TAB = re.compile(r"[\s#*_]{0,12}(?P<mark>📝|📖|✍️?|💬)\s{0,3}(?P<name>[^\n*]{0,60})")
_TRANSCRIPT_TAB = "📖"
_GEMINI = re.compile(
    r"\W{0,9}(?:You should review Gemini.s notes|Get tips and learn how Gemini takes notes"
    r"|Please provide feedback about using Gemini)|.{0,200}\bNotes by Gemini\b",
    re.IGNORECASE,
)
_GEMINI_PARTS = frozenset(
    ("summary", "decisions", "next steps", "suggested next steps", "details", "more details", "notes")
)
_HEAD = re.compile(r"(?:Invited|Attachments|Meeting records)(?:$|[ \t])")
_TITLE = re.compile(
    r"(?P<title>.{0,300}?)[\s(-]{1,6}(?P<year>20\d{2})[-/_](?P<month>\d{2})[-/_](?P<day>\d{2})"
    r"[ T_](?P<hour>\d{2})[:_\u2236](?P<minute>\d{2})"
    r"[ _]{0,2}(?P<zone>(?:GMT|UTC)?(?:[+\u2212-]\d{1,2}(?:[:_]?\d{2})?)?|[A-Z]{2,5})\)?"
    r"\s{0,2}[-\u2013]\s{0,2}(?:Transcript|Notes by Gemini)",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?P<title>.{1,300}?)\s*\\?[-\u2013]\s*Transcript$", re.IGNORECASE)
_OFFSET = re.compile(r"(?:GMT|UTC)?(?P<sign>[+\u2212-])(?P<hours>\d{1,2})(?:[:_]?(?P<minutes>\d{2}))?$", re.IGNORECASE)
# Abbreviations that stand for one offset wherever they are used; CST, IST or BST do not.
_ZONES = {
    "gmt": 0, "utc": 0, "": None, "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "jst": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "est": -5, "edt": -4, "cdt": -5, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip
_BLOCK = re.compile(r"[\s#*_]{0,12}(?P<clock>\d{1,2}:\d{2}:\d{2})[\s*_]{0,6}(?:\{#[\d:]{1,12}\})?\s{0,6}$")
_LABEL = re.compile(
    r"(?P<open>\s{0,4}(?:\*\*|__)?)(?P<name>[^\s:*_][^:*\n]{0,100}?)(?P<close>(?:\*\*|__)?:(?:\*\*|__)?|:)(?=\s|$)"
)
_ORPHAN = re.compile(r"\s{0,4}:\s+(?=\S)")
_ATTENDEES = re.compile(
    r"\W{0,9}(?:Attendees|Participants|Asistentes|Participantes|Teilnehmer|Deelnemers)\W{0,9}$", re.IGNORECASE
)
_TRANSCRIPT = re.compile(r"\W{0,9}Transcript\W{0,9}$", re.IGNORECASE)
_RULE = re.compile(r"\s*+(?:-{3,}|\*{2,}|_{2,}|={3,}|\\)\s*+$")
_PRESENTATION = re.compile(r"['\u2019]s Presentation$")
_EDGE = "#*_ \t\ufeff\u200b\u00a0"
_FEWEST = 2
_NEAR_THE_TOP = 20
_NO_TRANSCRIPT = "Open its transcript in Google Docs and export that, or export the document with all of its tabs."


def fits(blob: Blob) -> float:
    """1.0 with Meet's own sentences or its tab of the transcript, 0.9 with its title, above labels or times."""
    head = blob.head.lstrip("\ufeff \t\r\n")
    if not head or head.startswith(("WEBVTT", "{")):
        return 0.0
    lines = filled_lines(blob)
    tail = blob.text[-2000:].splitlines()
    if any(_TRANSCRIPT_TAB in line[:20] and _TAB.match(line) for line in lines):
        return 1.0
    talk = sum(1 for line in lines if _LABEL.match(line) or _BLOCK.match(line)) >= 1
    if talk and any(_NOTICE.match(line) or _END.match(line) for line in (*lines, *tail)):
        return 1.0
    if any(_GEMINI.match(line) for line in (*lines, *tail)):
        return 0.9
    titled = any(_TITLE.match(line.strip(_EDGE)) for line in lines[:_NEAR_THE_TOP])
    return 0.9 if titled and talk else 0.0


def read(blob: Blob) -> Reading:
    """One conversation. Raises SourceError for Gemini's notes without the transcript, and for a file without words."""
    return _Reader(blob).reading(FORMAT.name)


FORMAT = Format("meet", "Google Meet transcripts (text, Markdown)", fits, read, verified=True)
DOCUMENT = docx.in_documents("meet-docx", "Google Meet transcripts (.docx)", fits, read)


class _Reader:
    """Finds out what each line is, then builds the turns."""

    def __init__(self, blob: Blob) -> None:
        self.blob = blob
        self.script = Script(blob)
        self.escapes = any("**" in line or "\\-" in line for line in blob.head.split("\n"))
        self.talk = Talk(self.script.ledger, frozenset(blob.hints.speakers))
        self.attendees: set[str] = set()
        self.labels: dict[int, tuple[str, int]] = {}
        self.blocks: dict[int, float] = {}
        self.day: date | datetime | None = None
        self.began = 0
        self.lost = 0
        self.unlabelled = 0

    def reading(self, format_name: str) -> Reading:
        if not any(character.isalnum() for character in self.blob.text):
            raise SourceError(f"{self.blob.name} holds no words.", EXPORT_AGAIN)
        notes = self._set_aside_notes()
        self._read_lines()
        self._find_labels()
        self._walk()
        if not any(draft.parts for draft in self.talk.drafts):
            what = (
                "holds the notes of Gemini, which are written by AI, and no transcript" if notes else "holds no words"
            )
            raise SourceError(f"{self.blob.name} {what}.", _NO_TRANSCRIPT if notes else EXPORT_AGAIN)
        if notes:
            self.script.warnings.append(written_by_ai("The notes of Gemini"))
        title, started_at = self._title()
        return transcript(
            self.blob,
            format_name,
            self.talk.drafts,
            self.talk.people,
            self.script.ledger,
            [*self.script.warnings, *self._warnings()],
            title=title,
            started_at=started_at,
        )

    # What each line is

    def _set_aside_notes(self) -> bool:
        """Set aside what Gemini wrote: all tabs but the transcript, or the notes above it. Whether there is any."""
        filled = list(self.script.filled())
        tabs = [(index, match["mark"]) for index, line in filled if (match := _TAB.match(line.text))]
        spoken = [index for index, mark in tabs if mark == _TRANSCRIPT_TAB]
        if spoken:
            return self._set_aside_tabs(filled, tabs, spoken[0])
        if not any(_GEMINI.match(line.text) for _, line in filled):
            return False
        begin = self._where_transcript_begins(filled)
        self.began = begin
        self._set_aside(filled, 0, begin)
        return True

    def _set_aside_tabs(self, filled: list[tuple[int, Line]], tabs: list[tuple[int, str]], first: int) -> bool:
        self.began = first
        marks = dict(tabs)
        inside, notes = False, False
        for index, line in filled:
            if index in marks:
                inside = marks[index] == _TRANSCRIPT_TAB
                self.script.set_aside(index, index + 1, "heading")
            elif not inside:
                notes |= self._aside_of_notes(index, line)
        return notes

    def _set_aside(self, filled: list[tuple[int, Line]], begin: int, end: int) -> None:
        for index, line in filled:
            if begin <= index < end:
                self._aside_of_notes(index, line)

    def _aside_of_notes(self, index: int, line: Line) -> bool:
        """Set aside a line outside the transcript; whether it is of the notes, not a title or a day."""
        words = line.text.strip(_EDGE)
        header = bool(_TITLE.match(words)) or date_line(words) is not None or bool(_HEAD.match(words))
        if header:
            self._read_title(words)
        self.script.set_aside(index, index + 1, "header" if header else AI_NOTES)
        return not header

    def _where_transcript_begins(self, filled: list[tuple[int, Line]]) -> int:
        """The index of the line at which the transcript begins below notes; behind the last line where none does."""
        last = max(index for index, line in filled if _GEMINI.match(line.text))
        for index, line in filled:
            words = line.text.strip(_EDGE)
            if index > last and (_TRANSCRIPT.match(words) or _SUFFIX.match(words) or _BLOCK.match(line.text)):
                return index
        for index, line in filled:
            if _NOTICE.match(line.text) and index > last:
                return index
        return len(self.script.lines)

    def _read_lines(self) -> None:
        """Times, end marks, notices and what stands above the talk."""
        listing = False
        head = True
        for index, line in list(self.script.filled()):
            words = line.text.strip(_EDGE)
            block = _BLOCK.match(line.text)
            if block:
                self.blocks[index] = clock_seconds(block["clock"])
                self.script.set_aside(index, index + 1, "timestamp")
                head = False
            elif _END.match(line.text):
                self.script.set_aside(index, index + 1, "system message")
            elif _NOTICE.match(line.text):
                self.script.set_aside(index, index + 1, "boilerplate")
                listing = False
            elif _RULE.match(line.text) or not any(spans_of_words(line.text)):
                self.script.set_aside(index, index + 1, "markup")
            elif head and _ATTENDEES.match(line.text):
                self.script.set_aside(index, index + 1, "attendees")
                listing = True
            elif head and listing and not heading_of(line.text) and not self._opens_talk(line.text):
                self._attend(words)
                self.script.set_aside(index, index + 1, "attendees")
            elif heading_of(line.text) or (head and self._is_header(words)):
                self._read_title(words)
                self.script.set_aside(index, index + 1, "heading" if heading_of(line.text) else "header")
                listing = False
            else:
                head = listing = False

    def _opens_talk(self, text: str) -> bool:
        label = _LABEL.match(text)
        return label is not None and (not self.attendees or clean_label(label["name"]).casefold() in self.attendees)

    def _attend(self, words: str) -> None:
        names = [clean_label(name) for name in words.split(",")]
        self.attendees.update(name.casefold() for name in names if name)
        # Some directories call people by their last names first: "Orr, Ana, Roe, Ben".
        self.attendees.update(f"{last}, {first}".casefold() for last, first in pairwise(names))

    def _is_header(self, words: str) -> bool:
        return bool(_TITLE.match(words) or _TRANSCRIPT.match(words) or _SUFFIX.match(words) or _HEAD.match(words)) or (
            date_line(words) is not None
        )

    def _read_title(self, words: str) -> None:
        full, suffix = _TITLE.match(words), _SUFFIX.match(words)
        if full:
            self.script.title = full["title"].strip(" -(\\") or self.script.title
            self.day = _moment(full) or self.day
        elif suffix:
            self.script.title = self.script.title or suffix["title"].strip(" -(\\")
        elif self.day is None:
            self.day = date_line(words)

    def _find_labels(self) -> None:
        candidates: dict[int, tuple[str, int, bool]] = {}
        for index, line in self.script.filled():
            match = _LABEL.match(line.text[: 2 * LONGEST_NAME])
            name = clean_label(match["name"]) if match else ""
            if match and name and len(name) <= LONGEST_NAME and any(each.isalnum() for each in name):
                bold = bool(match["open"].strip()) or match["close"] != ":"
                candidates[index] = (name, match.end(), bold)
        accepted = self._accepted(candidates)
        self.labels = {index: (name, end) for index, (name, end, _) in candidates.items() if name in accepted}

    def _accepted(self, candidates: dict[int, tuple[str, int, bool]]) -> set[str]:
        counts = Counter(name for name, _, _ in candidates.values())
        likely = accepted_labels(counts)
        accepted = set()
        for index, (name, _, bold) in candidates.items():
            known = name.casefold() in self.attendees or name.casefold() in self.blob.hints.speakers
            first = self._is_border(index - 1)
            placed = counts[name] > 1 or (first and not self.attendees) or self._among_labels(index)
            if known or (bold and not is_stop_label(name)) or (name in likely and placed):
                accepted.add(name)
        return accepted

    def _is_border(self, index: int) -> bool:
        """Whether a line is empty, no speech, or outside the text."""
        outside = not 0 <= index < len(self.script.lines)
        return outside or index in self.script.asides or not self.script.lines[index].text.strip()

    def _among_labels(self, index: int) -> bool:
        """Whether the lines around one with a label have labels too, as where every paragraph has one."""
        return all(self._is_border(at) or _LABEL.match(self.script.lines[at].text) for at in (index - 1, index + 1))

    # The turns

    def _walk(self) -> None:
        gap, block = False, 0.0 if self.blocks else None
        for index, line in enumerate(self.script.lines):
            if not line.text.strip():
                gap = True
                continue
            reason = self.script.asides.get(index)
            if reason is not None:
                self.script.ledger.set_aside(line.start, line.end, reason)
                block = self.blocks.get(index, block)
                if index in self.blocks and block is not None:
                    self.talk.mark(block)
                elif reason in (AI_NOTES, "heading", "system message"):
                    self.talk.close()
            else:
                self._line(index, line, block, gap)
            gap = False

    def _line(self, index: int, line: Line, block: float | None, gap: bool) -> None:
        label, orphan = self.labels.get(index), _ORPHAN.match(line.text)
        if label is not None:
            self.script.ledger.set_aside(line.start, line.start + label[1], "speaker label")
            self.talk.begin(label[0], block)
            self.talk.say(line, label[1], escapes=self.escapes)
        elif orphan:
            self.lost += 1
            self.script.ledger.set_aside(line.start, line.start + orphan.end(), "speaker label")
            self.talk.begin(None, block)
            self.talk.say(line, orphan.end(), escapes=self.escapes)
        else:
            if not self.talk.is_open:
                self.unlabelled += 1
                self.talk.begin(None, block)
            self.talk.say(line, gap=gap, joiner="\n", escapes=self.escapes)

    # What to say of it

    def _title(self) -> tuple[str | None, datetime | date | None]:
        """Title and start as the document says, else as its name does."""
        named = _TITLE.match(self.blob.stem)
        title = self.script.title or (named["title"].strip(" -(") if named else None)
        started_at = self.day or self.script.started_at
        moment = _moment(named) if named else None
        if moment is not None and (started_at is None or not isinstance(started_at, datetime)):
            started_at = moment
        return title, started_at

    def _warnings(self) -> list[str]:
        found = []
        if self.blocks:
            found.append(
                "Google Meet writes a time above each block of some minutes; every turn has that of its block."
            )
        if self.lost:
            found.append(f"{turns_have(self.lost)} no speaker, because the name before the colon is missing.")
        if not self.labels:
            found.append(NO_LABELS)
        elif self.unlabelled:
            found.append(f"{turns_have(self.unlabelled)} no speaker, because no name stands before it.")
        if any(_PRESENTATION.search(person.name) for person in self.talk.people.participants()):
            found.append("What is heard from a shared screen stands under the name of the presentation.")
        return found


def _moment(match: re.Match[str]) -> datetime | None:
    """The moment in a title: in the zone that it names, else without one."""
    try:
        year, month, day, hour, minute = (int(match[part]) for part in ("year", "month", "day", "hour", "minute"))
        naive = datetime(year, month, day, hour, minute)
    except ValueError:
        return None
    zone = match["zone"].strip(" _").lower()
    offset = _OFFSET.match(zone)
    if offset:
        hours = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        hours = hours if offset["sign"] == "+" else -hours
        return naive.replace(tzinfo=timezone(hours)) if abs(hours) < timedelta(hours=24) else naive
    known = _ZONES.get(zone)
    if known is None:
        return naive
    return naive.replace(tzinfo=UTC if known == 0 else timezone(timedelta(hours=known)))
