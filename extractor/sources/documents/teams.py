"""Microsoft Teams transcripts: Teams' own Word document, and the same text in other files.

    Weekly sync-20260305_101502-Meeting Recording
    March 5, 2026, 9:15AM
    31m 8s
    Ana Li started transcription
    Ana Li   0:09
    What she says, a sentence a line.

Word and the clipboard change it: pictures or their letters before the names (``AAna Li``), the words behind the time
(``Ana Li 0:09 What she says``), times in words (``Ana Li 0 minutes 9 seconds``, then for every paragraph, with a name
and a time of their own above), bold names. Older documents have ``0:0:5.100 --> 0:0:8.250``, the name and the words.
The chat of the meeting may stand before or behind, or be all there is, as may the questions of a live event.

A turn has its start; times count from that of the recording. The day is that of the heading, without a time zone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from datetime import date, datetime

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.documents import docx
from extractor.sources.documents.live_questions import questions_in, read_questions
from extractor.sources.documents.pasted_chat import date_messages, messages_in, read_chat
from extractor.sources.documents.talk import Talk, spans_of_words
from extractor.sources.documents.teams_lines import (
    Bare,
    Label,
    Title,
    bare,
    event_of,
    is_duration,
    is_garbled_time,
    is_initials,
    is_notice,
    is_spelt,
    is_spelt_label,
    label_of,
    time_alone,
    time_range,
    title_of,
    without_glued_initials,
)
from extractor.sources.documents.written_dates import Written, agree, date_line, names_a_day
from extractor.sources.filename_dates import start_in_name
from extractor.sources.ledger import Line
from extractor.sources.paragraphs import ends_sentence
from extractor.sources.reasons import NOTES
from extractor.sources.texts.dialogue import Script, filled_lines
from extractor.sources.texts.labels import LONGEST_NAME, clean_label, reads_like_a_name
from extractor.sources.texts.markdown import RULE
from extractor.sources.texts.notes import heading_of, notes_before_transcript
from extractor.sources.transcripts import EXPORT_AGAIN, NO_LABELS, Draft, transcript, turns_have

_OOPS = re.compile(r"\W*Oops! Something went wrong", re.IGNORECASE)
_COMMENT = re.compile(r"\s*+<!--.{0,400}-->\s*+$")
_THREE_BLANKS = re.compile(r"\S[ \u00a0]{3,}\d{1,3}:\d{2}(?::\d{2})?[ \t\u00a0*\\]{0,4}$")
_BOLD = re.compile(r"\s{0,4}\*\*[^*]{1,80}\*\* \d{1,3}:\d{2}(?::\d{2})?[ \t\\]{0,4}$")
_UNPADDED = re.compile(r"\d{1,2}:(?:\d:\d{1,2}|\d{2}:\d)\.\d")
_HEADER_LINES = 12
_MOST_LINES = 400
_MOST_LOOKED_AT = 1 << 24
_LONGEST_LABEL = 2 * LONGEST_NAME + 40
_FEWEST = 2
_FEW_WORDS = 3
_MOSTLY = 0.8


def fits(blob: Blob) -> float:
    """1.0 with Teams' heading or its line on who started to transcribe above timed lines, 0.9 with the lines alone."""
    head = blob.head.lstrip("\ufeff \t\r\n")
    if not head or head.startswith(("WEBVTT", "{")):
        return 0.0
    lines = _sample(blob)
    first = [bare(line).text for line in lines[:_HEADER_LINES]]
    begins = any(title_of(text) or event_of(text) for text in first)
    if any(_OOPS.match(text) for text in first):
        return 0.9
    timed = sum(1 for line in lines if _is_timed(line))
    if begins and (timed or any(label_of(line) or time_alone(bare(line).text) is not None for line in lines)):
        return 1.0
    if timed >= _FEWEST or messages_in(lines) >= _FEWEST:
        return 0.9
    return 0.75 if questions_in(lines) >= _FEWEST else 0.0


def _sample(blob: Blob) -> list[str]:
    """The first lines with text; pictures can fill the head of a file, so that its lines are further down."""
    if "](data:" not in blob.head:
        return filled_lines(blob)
    return [line for line in blob.text[:_MOST_LOOKED_AT].splitlines() if line.strip()][:_MOST_LINES]


def _is_timed(line: str) -> bool:
    """Whether a line has a time as Teams writes it."""
    if "-->" in line:
        text = bare(line).text
        return time_range(text) is not None and bool(_UNPADDED.match(text))
    if len(line) > _LONGEST_LABEL and "](" not in line:
        return False
    text = bare(line).text
    return bool(_THREE_BLANKS.search(text) or _BOLD.match(line)) or is_spelt_label(line)


def read(blob: Blob) -> Reading:
    """One conversation. Raises SourceError for Teams' error page and for a file in which nobody says anything."""
    return _Reader(blob).reading(FORMAT.name)


FORMAT = Format(
    "teams-text", "Microsoft Teams transcripts and meeting chats (text, Markdown)", fits, read, verified=True
)
DOCUMENT = docx.in_documents("teams-docx", "Microsoft Teams transcripts (.docx)", fits, read)


def _is_speech(line: str, names: Container[str]) -> bool:
    """Whether the transcript begins on a line, where the chat stands above."""
    text = bare(line).text
    label = label_of(line)
    labelled = label is not None and (label.strong or label.name in names)
    return labelled or title_of(text) is not None or event_of(text) is not None or time_range(text) is not None


class _Reader:
    """Finds out what each line is, then builds the turns."""

    def __init__(self, blob: Blob) -> None:
        self.blob = blob
        self.script = Script(blob)
        if notes_before_transcript(self.script, NOTES):
            self.script.warnings.append("The notes beside the transcript were set aside.")
        self.filled = list(self.script.filled())
        self.bare: dict[int, Bare] = {index: bare(line.text) for index, line in self.filled}
        self.labels: dict[int, Label] = {}
        self.times: dict[int, float] = {}
        self.dates: list[Written] = []
        self.organisers: list[str] = []
        self.chat = read_chat(self.filled, _is_speech)
        self.talk = Talk(self.script.ledger, frozenset(blob.hints.speakers))
        self.drafts: dict[int, Draft] = {}
        self.unlabelled = 0
        self.copies = 0

    def reading(self, format_name: str) -> Reading:
        self._refuse_error_page()
        self._read_lines()
        self._find_labels()
        self._unglue()
        self._read_tail()
        complete = date_messages(self.chat, self.blob.hints, self._day_in_name())
        self._walk()
        if not any(draft.parts for draft in self.talk.drafts):
            raise SourceError(f"{self.blob.name} holds no words that anybody says.", EXPORT_AGAIN)
        warnings = [*self.script.warnings, *self._warnings(complete)]
        started_at, warning = self._started_at()
        warnings += [warning] if warning else []
        return transcript(
            self.blob,
            format_name,
            self.talk.drafts,
            self.talk.people,
            self.script.ledger,
            warnings,
            title=self.script.title,
            started_at=started_at,
        )

    def _refuse_error_page(self) -> None:
        texts = [self.bare[index].text for index, _ in self.filled]
        if any(_OOPS.match(text) for text in texts) and not any(label_of(line.text) for _, line in self.filled):
            what = f"{self.blob.name} is Teams' page \u201cOops! Something went wrong\u201d and holds no transcript."
            raise SourceError(what, "Open the meeting in Teams and download its transcript again.")

    # What each line is

    def _read_lines(self) -> None:
        """Headings, events and notices, wherever they stand; the day and the length of the meeting near the top."""
        top, begin = True, 0
        for place, (index, line) in enumerate(self.filled):
            text = self.bare[index].text
            event, heading = event_of(text), title_of(text, bare_day=place == 0)
            if heading and (place == 0 or heading.time is not None):
                top, begin = True, place
                self._read_heading(index, heading, place)
            top = top and place - begin < _HEADER_LINES and not self._opens_talk(index, line)
            if event:
                self.organisers.append(event.name)
                self.script.set_aside(index, index + 1, "system message")
            elif is_notice(text):
                self.script.set_aside(index, index + 1, "boilerplate")
            elif top:
                self._read_date(index, text.replace("**", "").replace("__", ""))
        self.filled = [(index, line) for index, line in self.filled if index not in self.script.asides]

    def _read_heading(self, index: int, heading: Title, place: int) -> None:
        """Take title and day from Teams' heading; what stands above it is notes, if it is not the chat."""
        self.script.title = self.script.title or heading.title or None
        self._add_date(_compact(heading.day, heading.time), "the heading")
        self.script.set_aside(index, index + 1, "heading")
        for other, line in self.filled[:place]:
            if _COMMENT.match(line.text) or RULE.match(line.text):
                self.script.set_aside(other, other + 1, "markup")
        above = [other for other, _ in self.filled[:place] if other not in self.script.asides]
        if not above or any(other in self.chat.messages or label_of(self.script.lines[other].text) for other in above):
            return
        for other in above:
            self.script.set_aside(other, other + 1, NOTES)
        self.script.warnings.append("What stands above the heading of the transcript was set aside.")

    def _read_date(self, index: int, text: str) -> None:
        when = date_line(text)
        self._add_date(when, "the date line")
        if when is not None or is_duration(text):
            self.script.set_aside(index, index + 1, "header")

    def _opens_talk(self, index: int, line: Line) -> bool:
        if index in self.chat.messages:
            return True
        label = label_of(line.text)
        return (label is not None and label.strong) or time_range(self.bare[index].text) is not None

    def _add_date(self, when: datetime | date | None, where: str) -> None:
        if when is not None:
            self.dates.append(Written(when, where))

    def _find_labels(self) -> None:
        own = {*self.chat.messages, *self.chat.asides}
        lines = [(index, line) for index, line in self.filled if index not in own]
        if any(time_range(self.bare[index].text) for index, _ in lines):
            self._label_ranges(lines)
            return
        candidates = {index: label for index, line in lines if (label := label_of(line.text))}
        names = self._names(candidates)
        self.labels = {index: label for index, label in candidates.items() if self._accepts(index, label, names)}
        self._label_times_alone(lines)
        if not self.labels and not self.chat.messages:
            self._label_questions()

    def _names(self, candidates: dict[int, Label]) -> Counter[str]:
        """The names that are somebody's, and how often they have a label."""
        strong = Counter(label.name for label in candidates.values() if label.strong)
        weak = Counter(label.name for label in candidates.values() if not label.strong)
        known = {message.name for message in self.chat.messages.values()} | set(self.organisers)
        accepted = Counter({name: n for name, n in strong.items() if n > 1 or name in known or reads_like_a_name(name)})
        for name, count in weak.items():
            declared = name.casefold() in self.blob.hints.speakers
            if name in known or name in accepted or declared or (count > 1 and _reads_like_a_person(name)):
                accepted[name] += count
        return accepted

    def _accepts(self, index: int, label: Label, names: Counter[str]) -> bool:
        if label.name in names:
            return True
        first = index == 0 or not self.script.lines[index - 1].text.strip()
        return _reads_like_a_person(label.name) and (first or not label.inline)

    def _label_ranges(self, lines: list[tuple[int, Line]]) -> None:
        """``0:0:5.100 --> 0:0:8.250`` above a name and words."""
        names: Counter[str] = Counter()
        found: list[tuple[int, int, tuple[float, float], str]] = []
        for place, (index, _) in enumerate(lines):
            span = time_range(self.bare[index].text)
            if span is None:
                continue
            self.script.set_aside(index, index + 1, "timestamp")
            below = lines[place + 1][0] if place + 1 < len(lines) else None
            name = clean_label(self.bare[below].text) if below is not None else ""
            if below is None or time_range(name):
                continue
            found.append((index, below, span, name if len(name) <= LONGEST_NAME else ""))
            names[name] += 1
        for index, below, (start, end), name in found:
            if name and (reads_like_a_name(name) or names[name] > 1) and not ends_sentence(name):
                self.labels[below] = Label(name, len(self.script.lines[below].text), start, strong=True, end=end)
            else:
                self.labels[index] = Label("", len(self.script.lines[index].text), start, strong=True, end=end)
        self._label_without_ranges(lines, names)

    def _label_without_ranges(self, lines: list[tuple[int, Line]], names: Counter[str]) -> None:
        """A speaker's name alone on a line, whose times were lost, as where a chat was pasted above the transcript."""
        for place, (index, line) in enumerate(lines[:-1]):
            name = clean_label(self.bare[index].text) if len(line.text) <= LONGEST_NAME else ""
            ends = place == 0 or lines[place - 1][0] < index - 1
            if ends and names[name] >= _FEWEST and index not in self.labels and lines[place + 1][0] == index + 1:
                self.labels[index] = Label(name, len(line.text), None, strong=True)

    def _label_times_alone(self, lines: list[tuple[int, Line]]) -> None:
        """A name above a line that is a time: what the page shows above the first paragraph of a turn."""
        known = {label.name for label in self.labels.values()}
        alone = {place: time for place, (index, _) in enumerate(lines) if (time := self._alone(index)) is not None}
        above = {
            place for place in alone if place and place - 1 not in alone and self._names_alone(lines[place - 1][0])
        }
        usual = len(above) >= max(_FEWEST, len(alone) * _MOSTLY)
        for place, time in alone.items():
            index = lines[place][0]
            before = lines[place - 1][0] if place and place - 1 not in alone else None
            name = clean_label(self.bare[before].text) if before is not None and before not in self.labels else ""
            if before is not None and name and (name in known or (usual and place in above)):
                self.labels[before] = Label(name, len(self.script.lines[before].text), time, strong=True)
                self.script.set_aside(index, index + 1, "timestamp")
                self._set_aside_initials(lines, place - 2, name)
            elif is_spelt(self.bare[index].text) and known:
                self.labels[index] = Label("", len(self.script.lines[index].text), time, strong=True)
            elif place + 1 in alone and known:
                self.script.set_aside(index, index + 1, "timestamp")
        self._set_aside_headers(lines)

    def _alone(self, index: int) -> float | None:
        return time_alone(self.bare[index].text) if index not in self.labels else None

    def _names_alone(self, index: int) -> bool:
        name = clean_label(self.bare[index].text)
        return len(name) <= LONGEST_NAME and reads_like_a_name(name) and not ends_sentence(name)

    def _set_aside_initials(self, lines: list[tuple[int, Line]], place: int, name: str) -> None:
        if place >= 0 and lines[place][0] not in self.labels and is_initials(self.bare[lines[place][0]].text, name):
            self.script.set_aside(lines[place][0], lines[place][0] + 1, "markup")

    def _set_aside_headers(self, lines: list[tuple[int, Line]]) -> None:
        """The letters, the name and the garbled time that stand once more above a label with a time in words."""
        for place, (index, line) in enumerate(lines):
            label = self.labels.get(index)
            if label is None or place == 0 or not is_spelt_label(line.text):
                continue
            at = place - 1
            if lines[at][0] not in self.labels and is_garbled_time(self.bare[lines[at][0]].text):
                self.script.set_aside(lines[at][0], lines[at][0] + 1, "timestamp")
                at -= 1
            if at >= 0 and lines[at][0] not in self.labels and clean_label(self.bare[lines[at][0]].text) == label.name:
                self.script.set_aside(lines[at][0], lines[at][0] + 1, "speaker label")
                at -= 1
            self._set_aside_initials(lines, at, label.name)

    def _label_questions(self) -> None:
        """The questions of a live event, where the text is nothing else."""
        gaps = [not index or not self.script.lines[index - 1].text.strip() for index, _ in self.filled]
        found = read_questions(self.filled, gaps)
        if found is not None:
            self.chat, self.copies = found.chat, found.copies
            for index, begin in found.cuts.items():
                self.script.cut(index, begin, len(self.script.lines[index].text), "quoted reply")

    def _unglue(self) -> None:
        known = [*self.organisers, *(message.name for message in self.chat.messages.values())]
        names = without_glued_initials((label.name for label in self.labels.values() if label.name), known)
        for index, label in self.labels.items():
            if label.name in names:
                self.labels[index] = Label(
                    names[label.name], label.begin, label.start, label.strong, label.inline, label.end
                )

    def _read_tail(self) -> None:
        """What stands below the end of the transcript is no speech."""
        last = max((*self.labels, *self.chat.messages), default=None)
        ends = [index for index in self.script.asides if self._stops(index)]
        if last is None or not ends or max(ends) < last:
            return
        below = [index for index, _ in self.filled if index > max(ends) and index not in self.chat.asides]
        for index in below:
            self.script.set_aside(index, index + 1, NOTES)
        if below:
            self.script.warnings.append("What stands below the end of the transcript was set aside.")

    def _stops(self, index: int) -> bool:
        event = event_of(self.bare[index].text) if index in self.bare else None
        return event is not None and event.stopped

    # The turns

    def _walk(self) -> None:
        gap = False
        for index, line in enumerate(self.script.lines):
            if not line.text.strip():
                gap = True
                continue
            self._line(index, line, gap)
            gap = False

    def _line(self, index: int, line: Line, gap: bool) -> None:
        reason = self.script.asides.get(index) or self.chat.asides.get(index)
        if index in self.chat.messages:
            self._message(index, line)
        elif reason is not None and index not in self.labels:
            self.script.ledger.set_aside(line.start, line.end, reason)
            if index in self.script.asides and reason in ("heading", NOTES, "system message"):
                self.talk.close()
        elif index in self.labels:
            self._label(index, line)
        else:
            self._words(index, line, gap)

    def _message(self, index: int, line: Line) -> None:
        message = self.chat.messages[index]
        self.script.ledger.set_aside(line.start, line.end, "speaker label")
        answered = self.drafts.get(message.quotes) if message.quotes is not None else None
        draft = self.talk.begin(message.name, kind="chat", sent_at=message.sent_at, reply_to=answered)
        draft.reactions.extend(message.reactions)
        self.drafts[index] = draft

    def _label(self, index: int, line: Line) -> None:
        label = self.labels[index]
        self.script.ledger.set_aside(line.start, line.start + label.begin, "speaker label")
        self.talk.begin(label.name or None, label.start, end=label.end)
        if label.inline:
            self.talk.say(line, label.begin)

    def _words(self, index: int, line: Line, gap: bool) -> None:
        text = self.bare[index].text
        heading = heading_of(line.text.strip()) is not None
        if heading or RULE.match(line.text) or _COMMENT.match(line.text):
            self.script.ledger.set_aside(line.start, line.end, "heading" if heading else "markup")
            if heading:
                self.talk.close()
                self._title(text)
            return
        if not any(spans_of_words(line.text)):
            self.script.ledger.set_aside(line.start, line.end, "markup")
            return
        sentence = ends_sentence(text) and len(text.split(None, _FEW_WORDS)) > _FEW_WORDS
        if not self.talk.drafts and not sentence:
            self.script.ledger.set_aside(line.start, line.end, "header")
            self._title(text)
            return
        if not self.talk.is_open:
            self.unlabelled += 1
            self.talk.begin(None)
        chat = self.talk.drafts[-1].kind == "chat"
        end = next((begin for begin, _, _ in self.script.cuts.get(index, ())), len(line.text))
        if end < len(line.text):
            self.script.ledger.set_aside(line.start + end, line.end, "quoted reply")
            line = Line(line.number, line.start, line.start + end, line.text[:end])
        self.talk.say(line, gap=gap, joiner="\n" if chat else " ")

    def _title(self, text: str) -> None:
        """The first words above all turns are the title, where no heading of Teams' own stands there."""
        if self.script.title is None and not self.talk.drafts:
            self.script.title = text or None

    # What to say of it

    def _warnings(self, complete: bool) -> list[str]:
        found = []
        nameless = sum(1 for draft in self.talk.drafts if draft.parts and draft.speaker is None)
        if not self.labels and not self.chat.messages:
            found.append(NO_LABELS)
        elif nameless:
            found.append(f"{turns_have(nameless)} no speaker, because the file does not say who it is.")
        if self.copies == 1:
            found.append("1 message stands in the file twice, as asked and as published, and was read once.")
        elif self.copies:
            found.append(
                f"{self.copies} messages stand in the file twice, as asked and as published, and were read once."
            )
        undated = [message.stamp for message in self.chat.messages.values() if message.sent_at is None]
        two_ways = next((stamp for stamp in undated if names_a_day(stamp)), None)
        if two_ways is not None:
            found.append(
                f"Dates such as {two_ways} can be read two ways, so the times were not kept; --date-order says which."
            )
        elif self.chat.messages and not complete:
            found.append("The times of some messages name no date, so they were not kept; --started-at says the day.")
        return found

    def _day_in_name(self) -> date | None:
        start, _ = start_in_name(self.blob.stem)
        return start.date() if isinstance(start, datetime) else start

    def _started_at(self) -> tuple[datetime | date | None, str | None]:
        """When the meeting began, and what to say where the file disagrees with itself.

        The date line has the time, so it is taken, unless the user or the file's name gives another day: headings are
        copied from the meeting before.
        """
        dates = [*self.dates]
        if self.script.started_at is not None:
            dates.append(Written(self.script.started_at, "the front matter"))
        named = self._day_in_name()
        given = self.blob.hints.started_at
        trusted = Written(given, "the user") if given else Written(named, "the file's name") if named else None
        if trusted is not None:
            dates.append(trusted)
        if not dates:
            return None, None
        timed = next((each for each in self.dates if each.where == "the date line"), None)
        chosen = timed or dates[0]
        if trusted is not None and not agree(trusted, chosen):
            chosen = trusted
        if given:
            chosen = Written(given, "the user")
        if all(agree(chosen, each) for each in dates):
            return chosen.when, None
        listed = ", ".join(dict.fromkeys(each.words for each in dates))
        return chosen.when, f"The file gives more than one day ({listed}); that of {chosen.where} was taken."


def _reads_like_a_person(name: str) -> bool:
    """Whether a name that nothing but a time sets off from speech can be one: its words are capitalised."""
    capitalised = all(not word[0].islower() for word in name.replace("(", " ").split())
    return capitalised and reads_like_a_name(name) and not ends_sentence(name)


def _compact(day: str, time: str | None) -> datetime | date | None:
    try:
        if time is not None:
            return datetime.strptime(day + time, "%Y%m%d%H%M%S")
        return datetime.strptime(day, "%Y%m%d").date()
    except ValueError:
        return None
