"""The chat of a Zoom meeting, as text.

    00:08:58<tab>Ana Li:<tab>Shall we take the train?<CR LF>          cloud recording; from the start of the recording
    09:01:53<tab> From Ana Li : Shall we take the train?              saved by the client; the time of the day
    09:01:53<tab> From Ana Li  to  Ben(Direct Message) : ...
    09:01:53 From Ana Li to Everyone:                                 saved by newer clients; a day may stand in front
    <tab>Shall we take the train?

In a cloud recording's chat CR LF ends a message and LF stands within one; where all line ends were made the same, a
message begins at its time. Answers and reactions are messages that quote the beginning of another one::

    Replying to "Shall we take the..."<LF><LF>Yes, on Friday.
    Reacted to "Yes, on Friday." with 👍                               also: Reacted to Yes, on Fri... with "👍"
    Removed a 👍 reaction from "Yes, on Friday."

They are linked to the latest earlier message that begins so. Files that were sent are not in the chat.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import PurePath

from extractor.conversation import Reaction
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.filename_dates import start_in_name
from extractor.sources.ledger import Ledger, Piece
from extractor.sources.people import People
from extractor.sources.texts.labels import names_nobody
from extractor.sources.texts.zoom_events import Event, Links, reaction_in, reply_in
from extractor.sources.transcripts import Draft, first_words, transcript
from extractor.sources.values import moment

LATEST_RELATIVE_S = 6 * 3600
"""A cloud chat whose first message is later than this has times of the day."""
EARLIEST_OF_DAY_S = 3600
"""What the client saved counts from the start of its recording where its first time is earlier than this."""

_SAVE_AGAIN = "Save the chat again."
_BACKWARDS_S = 12 * 3600
_FIRST_LINES = 3
_NEWLINES = re.compile(r"\r\n|\r|\n")
_WHITE = re.compile(r"[\s\ufeff]*+")
_INDENT = re.compile(r"\t| {4}")
_STAMP = r"(?<![^\r\n\ufeff])(?:(?P<day>\d{4}-\d{2}-\d{2}) )?(?P<time>\d{1,2}:\d{2}:\d{2})"
_CLOUD = re.compile(rf"{_STAMP}\t(?! ?From )(?P<name>[^\t\r\n]{{0,300}}?):\t")
_CLIENT = re.compile(
    rf"{_STAMP}[\t ]{{1,3}}(?:From|От) {{1,3}}(?P<route>[^\r\n]{{1,600}}?)"
    r"(?: : ?|:\t|(?P<alone>:)[ \t]{0,9}(?=[\r\n]|\Z))"
)
_TO = re.compile(r"(?P<blanks> {1,3})(?:to|кому) {1,3}(?=\S)", re.IGNORECASE)
_EVERYBODY = re.compile(r"(?:everyone|все|all|hosts and panelists|all panelists|waiting room participants)\b", re.I)
_PRIVATE = re.compile(r"\((?:direct message|privately)\)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands in front of a message: who wrote it, when, and to whom if not to everyone. ``end`` is where its
    text begins, ``indented`` whether that stands on lines of its own behind a tab.
    """

    begin: int
    end: int
    name: str
    seconds: int
    day: date | None
    whom: str | None
    indented: bool


def fits(blob: Blob) -> float:
    """1.0 where the first line begins a message, 0.9 where the second or third does."""
    head, at = blob.head.lstrip("\ufeff\r\n \t"), 0
    for number in range(_FIRST_LINES):
        if _CLOUD.match(head, at) or _CLIENT.match(head, at):
            return 0.9 if number else 1.0
        following = _NEWLINES.search(head, at)
        if following is None:
            break
        at = following.end()
    return 0.0


def read(blob: Blob) -> Reading:
    """One conversation: a turn of kind ``chat`` for every message, with a start in seconds for the chat of a recording,
    else with the time it was sent if the day is known from the file's or folder's name, the file or the hints.

    Raises SourceError where nobody writes anything.
    """
    chat = _Chat(blob)
    drafts = chat.read()
    if not drafts:
        raise SourceError(f"{blob.name} is a Zoom chat without a message in it.", _SAVE_AGAIN)
    return transcript(
        blob,
        FORMAT.name,
        drafts,
        chat.people,
        chat.ledger,
        chat.warnings(),
        started_at=drafts[0].sent_at,
        remedy=_SAVE_AGAIN,
    )


FORMAT = Format("zoom-chat", "Zoom meeting chats (.txt)", fits, read, verified=True)


# Where messages begin


def _heads(text: str) -> tuple[list[_Head], bool]:
    """The messages' heads, and whether they are of a cloud recording: of the kind that most of the text's are."""
    cloud, client = list(_CLOUD.finditer(text)), list(_CLIENT.finditer(text))
    is_cloud = len(cloud) >= len(client)
    found = cloud if is_cloud else client
    apart = [match for match in found if match.start() == 0 or text.endswith("\r\n", 0, match.start())]
    if is_cloud and len(apart) * 2 > len(found):
        found = apart
    return [head for match in found if (head := _head(match))], is_cloud


def _head(match: re.Match[str]) -> _Head | None:
    hours, minutes, seconds = map(int, match["time"].split(":"))
    if minutes > 59 or seconds > 59:
        return None
    day, count = moment(match["day"]), hours * 3600 + minutes * 60 + seconds
    parts = match.groupdict()
    if "route" not in parts:
        return _Head(match.start(), match.end(), match["name"], count, day.date() if day else None, None, False)
    indented = parts["alone"] is not None
    name, whom = _from_and_to(parts["route"], indented)
    return _Head(match.start(), match.end(), name, count, day.date() if day else None, whom, indented)


def _from_and_to(route: str, indented: bool) -> tuple[str, str | None]:
    """Sender and recipient of ``A to B``; no recipient where it is everyone, or where ``to`` is part of a name."""
    route = route.strip()
    for found in reversed(list(_TO.finditer(route))):
        whom = route[found.end() :]
        everybody = _EVERYBODY.match(whom) is not None
        if everybody or indented or len(found["blanks"]) > 1 or _PRIVATE.search(whom):
            return route[: found.start()].strip(), None if everybody else whom
    return route, None


# Messages -> turns


class _Chat:
    """Goes through the messages once."""

    def __init__(self, blob: Blob) -> None:
        self.blob = blob
        self.text = blob.text
        self.ledger = Ledger(blob.text)
        self.people = People()
        self.heads, self.is_cloud = _heads(blob.text)
        self.notes: list[str] = []
        self.unlinked: Counter[str] = Counter()
        self.reactions: dict[int, tuple[Draft, dict[str, dict[str, None]]]] = {}
        self.private = 0

    def read(self) -> list[Draft]:
        self._set_beginning_aside()
        bodies = [self.text[head.end : self._end(index)].strip() for index, head in enumerate(self.heads)]
        replies = [reply_in(body) for body in bodies]
        events = [None if reply else reaction_in(body) for body, reply in zip(bodies, replies, strict=True)]
        quotes = [reply[0] for reply in replies if reply] + [event.quote for event in events if event]
        links, times = Links(quotes), self._times()
        drafts = []
        for index, head in enumerate(self.heads):
            self.ledger.set_aside(head.begin, head.end, "speaker label")
            reply, event = replies[index], events[index]
            if event is not None:
                self._react(event, self._speaker(head), links)
                self.ledger.set_aside(head.end, self._end(index), "reaction")
                continue
            draft = Draft(self._speaker(head), kind="chat")
            draft.start, draft.sent_at = times[index]
            draft.reply_to = self._found(links, reply[0], "answers") if reply else None
            self._write(draft, index, reply[1] if reply else 0)
            if draft.parts:
                links.add(draft)
                drafts.append(draft)
                self.private += head.whom is not None
        for reacted, emojis in self.reactions.values():
            people = {emoji: tuple(who) for emoji, who in emojis.items() if who}
            reacted.reactions = [Reaction(name=emoji, count=len(who), people=who) for emoji, who in people.items()]
        return drafts

    def warnings(self) -> list[str]:
        """What is to be said of the chat once it is read."""
        found = list(self.notes)
        for what, count in sorted(self.unlinked.items()):
            number = f"{count} {what} quote" if count > 1 else f"1 {what[:-1]} quotes"
            found.append(f"{number} a message that is not in the chat.")
        if self.private:
            were = "message was" if self.private == 1 else "messages were"
            found.append(f"{self.private} {were} sent to one person and not to everyone.")
        return found

    def _end(self, index: int) -> int:
        return self.heads[index + 1].begin if index + 1 < len(self.heads) else len(self.text)

    def _speaker(self, head: _Head) -> str | None:
        return self.people.add(head.name) if head.name.strip() and not names_nobody(head.name) else None

    def _set_beginning_aside(self) -> None:
        end = self.heads[0].begin if self.heads else 0
        before = self.text[:end].strip("\ufeff \t\r\n")
        if before:
            self.ledger.set_aside(0, end, "text outside a message")
            self.notes.append(f'Text before the first message was set aside: "{first_words(before)}".')

    def _found(self, links: Links, quote: str, what: str) -> Draft | None:
        found = links.find(quote)
        if found is None:
            self.unlinked[what] += 1
        return found

    def _react(self, event: Event, person: str | None, links: Links) -> None:
        draft = self._found(links, event.quote, "reactions")
        if draft is None or person is None:
            return
        who = self.reactions.setdefault(id(draft), (draft, {}))[1].setdefault(event.emoji, {})
        if event.removed:
            who.pop(person, None)
        else:
            who[person] = None

    def _write(self, draft: Draft, index: int, quoted: int) -> None:
        """The lines of a message behind the ``quoted`` characters that say what it answers."""
        head, end = self.heads[index], self._end(index)
        at = self._skipped(head.end, end)
        if quoted:
            self.ledger.set_aside(at, at + quoted, "quoted reply")
            at = self._skipped(at + quoted, end)
        joiner = ""
        while at < end:
            stop = _NEWLINES.search(self.text, at, end)
            line = self.text[at : stop.start() if stop else end]
            if line.strip():
                indent = _INDENT.match(line) if head.indented else None
                begin = indent.end() if indent else 0
                draft.add(Piece(line[begin:].rstrip(), at + begin), self.ledger, joiner)
                joiner = "\n"
            elif joiner:
                joiner = "\n\n"
            at = stop.end() if stop else end

    def _skipped(self, at: int, end: int) -> int:
        """The first index from ``at`` that is no white space."""
        match = _WHITE.match(self.text, at, end)
        return match.end() if match else at

    # Times

    def _times(self) -> list[tuple[float | None, datetime | None]]:
        """For each message the seconds from the start of the recording or the time it was sent, or neither."""
        if not self.heads:
            return []
        dated = any(head.day for head in self.heads)
        first = self.heads[0].seconds
        if not dated and first < (LATEST_RELATIVE_S if self.is_cloud else EARLIEST_OF_DAY_S):
            if not self.is_cloud:
                self.notes.append("The times begin within the first hour and were taken to count from the start.")
            return [(float(head.seconds), None) for head in self.heads]
        day = self.heads[0].day or self._day()
        if day is None:
            self.notes.append("The times are of the day, and the day is not known; they were not kept.")
            return [(None, None)] * len(self.heads)
        return [(None, moment) for moment in self._moments(day)]

    def _moments(self, day: date) -> Iterator[datetime]:
        before = 0
        for head in self.heads:
            if head.day is not None:
                day = head.day
            elif before - head.seconds > _BACKWARDS_S and day < date.max:
                day += timedelta(days=1)
            before = head.seconds
            yield datetime.combine(day, time()) + timedelta(seconds=head.seconds)

    def _day(self) -> date | None:
        found, sentence = day_of(self.blob)
        if sentence:
            self.notes.append(sentence)
        return found


def day_of(blob: Blob) -> tuple[date | None, str | None]:
    """The day of a meeting that Zoom saved, from the hints, the file's name or the name of its folder (``2026-03-02
    09.58.11 Weekly``), and the sentence that says so where it is from a name.
    """
    hinted = blob.hints.started_at
    if hinted is not None:
        return (hinted.date() if isinstance(hinted, datetime) else hinted), None
    path = PurePath(blob.name)
    for stem, what in ((blob.stem, "file's"), (path.parent.name, "folder's")):
        start, _ = start_in_name(stem)
        if start is not None:
            day = start.date() if isinstance(start, datetime) else start
            return day, f"The date {day} is taken from the {what} name."
    return None, None
