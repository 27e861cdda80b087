"""The chat of a Teams meeting as people paste it, and that of its predecessors.

    [Thursday 9:24 AM] Ana Li            Teams: the day in brackets, the words below
    [1/26/2017 9:05 AM]  Ana Li:         Skype for Business
    Ana Li 9:30 AM:                      Skype for Business, saved
    We start with ... by Ana Li          Teams, copied from the web page: a preview, the name, the time,
    Ana Li                               perhaps what is replied to (a name, a date, one line), the words,
    Thursday 10:02 AM                    and ``2 Like reactions.`` above ``2``

A message that begins with somebody's name and what they wrote above quotes it. Reactions are a line such as
`` heart 1 like 2``; what stands behind them in a message is the preview of a link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from extractor.conversation import Reaction
from extractor.sources.base import Hints
from extractor.sources.characters import INVISIBLE
from extractor.sources.documents.written_dates import clock_in, nearest, numeric_day, weekday_in
from extractor.sources.ledger import Line
from extractor.sources.people import fold_name
from extractor.sources.texts.labels import LONGEST_NAME, clean_label, reads_like_a_name

_CLOCK = r"(?<![\d:.])\d{1,2}[:.]\d{2}(?![:.\d])(?:[\s\u202f]?[ap]\.?[\s\u202f]?m\.?)?"
_BRACKETED = re.compile(
    rf"\[(?P<stamp>[^\[\]]{{0,60}}?{_CLOCK}[{INVISIBLE}]{{0,4}})\]\s{{1,4}}(?P<name>\S.{{0,100}}?)(?P<colon>:)?$",
    re.IGNORECASE,
)
_SAVED = re.compile(rf"(?P<name>\S.{{0,80}}?) (?P<stamp>{_CLOCK}):$", re.IGNORECASE)
_STAMP = re.compile(
    rf"(?:(?:(?P<weekday>[^\W\d]{{3,12}}(?:-feira)?|\d{{1,2}}/\d{{1,2}})),? )?{_CLOCK}$"
    rf"|(?P<full>\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}},? {_CLOCK})$",
    re.IGNORECASE,
)
_CLOCK_AT_END = re.compile(
    r"(?<![\d:.])\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?![:.\d])(?:[\s\u202f]?[ap]\.?[\s\u202f]?m\.?)?[^\d]*$", re.IGNORECASE
)
_CLOCK_ALONE = re.compile(rf"{_CLOCK}$", re.IGNORECASE)
_PREVIEW = re.compile(r"(?:.{0,300} |)by \S.{0,100}$")
_REACTIONS = re.compile(r"(?:[\w+-]{2,60} \d{1,5})(?: [\w+-]{2,60} \d{1,5}){0,40}$")
_ONE_REACTION = re.compile(r"([\w+-]{2,60}) (\d{1,5})")
_REACTED = re.compile(r"(\d{1,5}) (\S.{0,60}) reactions?\.$")
_CODE_POINT = re.compile(r"[0-9a-f]{4,6}(?:-[0-9a-f]{4,6})*_")
_END = re.compile(r"(?:Recording has stopped|Meeting ended: |Recording is ready)")
_NOTICE = re.compile(
    r".{0,40}This message wasn.t sent to |You (?:were removed from|joined|left) the (?:conversation|meeting)\W{0,3}$"
)
_WITHOUT_ROLE = re.compile(r"\s*\((?:External|Guest|Unverified)\)", re.IGNORECASE)
_EDITED = ("edited", "bearbeitet", "modifié", "editado", "bewerkt")
_QUOTED_CHARACTERS = 60
_MOST_WORDS = 8
_UNKNOWN_USER = "unknown user"


@dataclass
class Message:
    """One message of a chat: the line of its label, what it says of who and when, and what hangs on it."""

    name: str
    stamp: str
    counts: Counter[str] = field(default_factory=Counter)
    quotes: int | None = None
    sent_at: datetime | None = None

    def react(self, name: str, count: int) -> None:
        """Add a reaction; one that is there with several skin tones is named as often."""
        self.counts[name] += count

    @property
    def reactions(self) -> list[Reaction]:
        return [Reaction(name=name, count=count) for name, count in self.counts.items()]


@dataclass
class Chat:
    """The messages of a text, by the index of the line with their label, and the lines of them that are no words."""

    messages: dict[int, Message] = field(default_factory=dict)
    asides: dict[int, str] = field(default_factory=dict)
    days: list[str] = field(default_factory=list)


def label_of(text: str) -> tuple[str, str] | None:
    """Name and time of a line that is the label of a message whose words stand below."""
    if len(text) > 2 * LONGEST_NAME + 20:
        return None
    match = _BRACKETED.match(text.strip(INVISIBLE + " \t*")) if "[" in text[:4] else _SAVED.match(text.strip())
    if match is None:
        return None
    name, stamp = clean_label(match["name"]), match["stamp"]
    bare_clock = _CLOCK_ALONE.match(stamp.strip(INVISIBLE)) and stamp[-1:].lower() not in "m."
    likely = _can_be_name(name) and (match.re is _BRACKETED or reads_like_a_name(name))
    return (name, stamp) if likely and not bare_clock else None


def _can_be_name(name: str) -> bool:
    if ": " in name or any(mark in name for mark in "<>?!") or name.endswith((".", ",", "…")):
        return False
    return any(each.isalnum() for each in name) and len(name.split()) <= _MOST_WORDS


def messages_in(lines: Sequence[str]) -> int:
    """How many of the lines with text are labels of messages."""
    chat = Chat()
    _find_labels([(number, Line(number, 0, 0, text)) for number, text in enumerate(lines)], chat)
    return len(chat.messages)


def is_stamp(text: str) -> bool:
    """Whether a line is nothing but the time of a message, with its day."""
    match = _STAMP.match(text.strip(INVISIBLE + " \t")) if len(text) <= LONGEST_NAME else None
    return match is not None and (match["full"] is not None or weekday_in(match["weekday"] or "") is not None)


def read_chat(filled: Sequence[tuple[int, Line]], is_speech: Callable[[str, Container[str]], bool]) -> Chat:
    """The chat in the lines with text; empty where they hold none.

    ``is_speech`` says of a line, and the names of those who write, whether a transcript begins there: no message goes
    on behind it.
    """
    chat = Chat()
    _find_labels(filled, chat)
    if chat.messages:
        names = {message.name for message in chat.messages.values()}
        ends = {place for place, (_, line) in enumerate(filled) if is_speech(line.text, names)}
        _Marker(filled, chat).mark(ends)
    return chat


def _find_labels(filled: Sequence[tuple[int, Line]], chat: Chat) -> None:
    stamped = {place for place, (_, line) in enumerate(filled) if is_stamp(line.text)}
    for place, (index, line) in enumerate(filled):
        found = label_of(line.text)
        if found:
            chat.messages[index] = Message(*found)
        elif place in stamped and place > 1 and _PREVIEW.match(filled[place - 2][1].text.rstrip()):
            name = filled[place - 1][1].text.strip()
            if len(name) <= LONGEST_NAME and place - 2 not in stamped:
                chat.messages[index] = Message(clean_label(name), line.text.strip())
                chat.asides[filled[place - 1][0]] = "speaker label"
                chat.asides[filled[place - 2][0]] = "copy"


class _Marker:
    """Goes through the lines of each message and sets aside what is no words of it."""

    def __init__(self, filled: Sequence[tuple[int, Line]], chat: Chat) -> None:
        self.filled = filled
        self.chat = chat
        self.names = {_plain(message.name) for message in chat.messages.values()} | {_UNKNOWN_USER}
        self.said: dict[str, int] = {}

    def mark(self, ends: Container[int]) -> None:
        """``ends`` are places, not those of messages, that no message goes beyond."""
        last: int | None = None
        for place, (index, _) in enumerate(self.filled):
            is_label = index in self.chat.messages
            if last is not None and (is_label or place in ends):
                self._message(last, place)
                last = None
            last = place if is_label else last
        if last is not None:
            self._message(last, len(self.filled))

    def _message(self, place: int, after: int) -> None:
        message = self.chat.messages[self.filled[place][0]]
        at, asides = place + 1, self.chat.asides
        if at < after and self._text(at).casefold() in _EDITED:
            asides[self.filled[at][0]] = "system message"
            at += 1
        at = self._quoted(message, at, after)
        reacted = ended = False
        while at < after:
            index, line = self.filled[at]
            if index in asides:
                pass
            elif ended or _END.match(line.text.strip()) or _NOTICE.match(line.text):
                asides[index] = "system message"
                ended = ended or not _NOTICE.match(line.text)
            elif steps := self._reactions(message, at, after):
                reacted = True
                for each in range(at, at + steps):
                    asides[self.filled[each][0]] = "reaction"
                at += steps - 1
            elif reacted:
                asides[index] = "link preview"
            else:
                self.said.setdefault(_key(line.text), self.filled[place][0])
            at += 1

    def _quoted(self, message: Message, at: int, after: int) -> int:
        """Set aside what a message repeats of an earlier one; where its own words begin."""
        dated = self._is_dated_quote(at, after)
        if at + 1 >= after or (_plain(self._text(at)) not in self.names and not dated):
            return at
        words = at + 2 if dated else at + 1
        answered = self.said.get(_key(self._text(words))) if words < after else None
        if not dated and answered is None:
            return at
        message.quotes = answered
        if dated:
            self.chat.days.append(self._text(at + 1))
        end = min(words + 1, after)
        for each in range(at, end):
            self.chat.asides[self.filled[each][0]] = "quoted reply"
        return end

    def _is_dated_quote(self, at: int, after: int) -> bool:
        if at + 1 >= after or len(self._text(at)) > LONGEST_NAME:
            return False
        match = _STAMP.match(self._text(at + 1)) if len(self._text(at + 1)) <= LONGEST_NAME else None
        return match is not None and match["full"] is not None

    def _reactions(self, message: Message, at: int, after: int) -> int:
        """Add the reactions on a line to a message; how many lines they take."""
        line = self.filled[at][1].text
        words = _REACTED.match(line.strip()) if len(line) <= LONGEST_NAME + 40 else None
        if words:
            message.react(words[2].lower(), int(words[1]))
            return 2 if at + 1 < after and self._text(at + 1) == words[1] else 1
        if line[:1] not in (" ", "\t", "\u00a0") or not _REACTIONS.match(line.strip()):
            return 0
        for name, count in _ONE_REACTION.findall(line):
            message.react(_CODE_POINT.sub("", name), int(count))
        return 1

    def _text(self, place: int) -> str:
        return self.filled[place][1].text.strip()


def _plain(name: str) -> str:
    return fold_name(_WITHOUT_ROLE.sub("", name)).casefold()


def _key(text: str) -> str:
    return " ".join(text[: 4 * _QUOTED_CHARACTERS].split())[:_QUOTED_CHARACTERS]


# When


def date_messages(chat: Chat, hints: Hints, day_in_name: date | None) -> bool:
    """Give the messages their moments, as far as the day is known; whether every message has one.

    It stands beside the time, or follows from the day of the week and a date near it: one that the user gives, one in
    the text, or that in the file's name.
    """
    stamps = [message.stamp for message in chat.messages.values()]
    day_first = hints.day_first if hints.day_first is not None else _day_first([*stamps, *chat.days])
    written = [numeric_day(text, day_first=day_first) for text in (*chat.days, *stamps)]
    given = hints.started_at.date() if isinstance(hints.started_at, datetime) else hints.started_at
    base = given or next((day for day in written if day is not None), None) or day_in_name
    complete = True
    for message in chat.messages.values():
        stamp = message.stamp.translate(dict.fromkeys(map(ord, INVISIBLE)))
        clock, day = clock_in(stamp.split("]")[0][_clock_at(stamp) :]), numeric_day(stamp, day_first=day_first)
        weekday = weekday_in(stamp)
        if day is None and base is not None and not any(mark in stamp for mark in "/-"):
            day = nearest(weekday, base) if weekday is not None else base
        if clock is not None and day is not None:
            message.sent_at = datetime.combine(day, clock)
        complete = complete and (message.sent_at is not None or not message.stamp)
    return complete


def _clock_at(stamp: str) -> int:
    match = _CLOCK_AT_END.search(stamp)
    return match.start() if match else 0


def _day_first(texts: Sequence[str]) -> bool | None:
    """Whether the first number of the dates is the day, as one of them shows that cannot be read otherwise."""
    for text in texts:
        match = re.search(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}", text.translate(dict.fromkeys(map(ord, INVISIBLE))))
        if match and int(match[1]) > 12:
            return True
        if match and int(match[2]) > 12:
            return False
    return None
