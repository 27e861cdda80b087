"""The lines of an IRC log, as clients, bouncers and bots write them: when, who, and what kind of line it is.

Known are irssi, mIRC, XChat and HexChat, weechat, ZNC, bip, IRCCloud, Konversation, RRSAgent (W3C), Ubuntu's logs and
W3C CCG's. Each pattern is matched at one place and has bounded repeats, so that no line takes longer than its length.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal, NamedTuple

from extractor.sources.times import day_of, hour_of, month_of_abbreviation

LineKind = Literal["message", "action", "event", "unknown"]

_TIME = r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
_ZONE = r"(?P<z>Z|[ ]?(?:UTC|GMT)|(?:[ ]?[A-Z]{2,5}/|[ ]?)[+-]\d{2}:?\d{2})?"
_END = r"(?=[\s<*]|$)"
_STAMPS = (
    re.compile(rf"\[?(?P<y>\d{{4}})-(?P<mo>\d{{2}})-(?P<d>\d{{2}})[T ]{{1,2}}{_TIME}{_ZONE}\]?{_END}"),
    re.compile(rf"(?P<d>\d{{2}})-(?P<mo>\d{{2}})-(?P<y>\d{{4}}) {_TIME}{_END}"),
    re.compile(rf"(?P<month>[^\W\d_]{{3,4}})\.? (?P<d>[ \d]\d) {_TIME}{_END}"),
    re.compile(rf"\[(?:[^\W\d_]{{2,3}}\.? )?{_TIME}(?: ?(?P<ap>[AaPp])[Mm])?\]"),
    re.compile(rf"\({_TIME}(?: ?(?P<ap>[AaPp])[Mm])?\)"),
    re.compile(rf"{_TIME}(?: ?(?P<ap>[AaPp])[Mm]\b)?{_END}"),
)

_MODE = r"[ @+%~&!]?"
_BIP_SENDER = r"(?! [^\s!:<>]{1,60}![^\s<>]{1,200}:\s)"
_SAID = re.compile(rf"<{_BIP_SENDER}{_MODE}(?P<nick>[^<>\n]{{0,80}})>(?P<gap>[ \t]{{1,40}}|$)")
_BIP_ACTION = re.compile(r"[<>] \* (?P<nick>[^\s!]{1,60})(?:![^\s]{0,200})?(?P<gap>\s{1,9}|$)")
_BIP_SAID = re.compile(r"[<>] (?P<nick>[^\s!:]{1,60})(?:![^\s]{1,200}?)?:(?P<gap>\s{1,9}|$)")
_COLUMNS = re.compile(r"\t(?P<nick>[^\t\n]{0,60})\t(?P<gap>)")
_THEME = re.compile(r"[@+%~& ]?\s{0,40}(?P<nick>\S{1,40}) \|(?P<gap> {1,9}|$)")
_ACTION = re.compile(rf"(?:\*|—)[ \t]{{1,20}}{_MODE}(?P<nick>[^\s]{{1,60}})(?P<gap>[ \t]{{1,20}}|$)")
_NOTICE = re.compile(r"-[^\s-][^\s]{0,60}-(?:\s|$)")
_EVENT = re.compile(r"-!-|\*{3,4}(?=\s)|={2,3}(?=\s)|-{2,3}(?=[\s>])|-{1,2}>|<-{1,2}(?=\s)|[→←⇐⇒]|=!=|\|<--|-->\|")
_EVENT_WORDS = re.compile(
    r"(?:[(\[][^\s()\[\]]{0,160}[)\]] )?(?:has |have )?(?:joined|left|quit|parted|Quit)"
    r"(?=\s{0,3}(?:$|[(\[\"'#&:])| the (?:channel|conference)\b| IRC\b)"
    r"|(?:is |are )?(?:now )?known as \S|sets? mode\b|(?:sets?|change[sd]) (?:the )?topic\b"
    r"|was kicked (?:by|from)\b|(?:gives|removes) (?:channel operator|voice)|→ \S"
)
_EVENT_OPENING = re.compile(
    r"(?:Now talking (?:in|on)|You are now talking|Topic (?:for|is)|Set by|Disconnected|Attempting to|Rejoined|Loaded "
    r"log|Joins:|Parts:|Quits:|Cannot join|Topic:|Created on|Users on|Channel)\b"
)
_DAY_MARK = re.compile(
    r"(?:-{3} (?:Log opened|Log closed|Day changed)|\*{4} (?:BEGIN|ENDING) LOGGING AT|Session (?:Start|Close|Time|"
    r"Ident)(?: \([^()\n]{0,80}\))?:|\*{3} Log(?:ging)? (?:started|opened))\s{0,9}(?P<rest>.{0,80})"
)
_WORDS_OF_DAY = re.compile(
    r"[^\W\d_]{2,4}\.?,? (?P<month>[^\W\d_]{3,4})\.? {1,2}(?P<d>\d{1,2}),? (?:[\d:]{5,8} )?(?P<y>\d{4})"
)
_DAY_FIRST = re.compile(r"(?:[^\W\d_]{2,4}\.?,? )?(?P<d>\d{1,2})\.? (?P<month>[^\W\d_]{3,9})\.? (?P<y>\d{4})")
_ISO_DAY = re.compile(r"(?P<y>\d{4})-(?P<mo>\d{2})-(?P<d>\d{2})")


class Stamp(NamedTuple):
    """What a time stamp says: the time of the day, and as much of the day as is written."""

    clock: time
    day: date | None = None
    month: int | None = None
    month_day: int | None = None
    zone: tzinfo | None = None


class IrcLine(NamedTuple):
    """One line of a log. ``stamp_end`` is where its time stamp ends (0 without one), ``begin`` where the text starts.

    An ``event`` is what a program says of the channel; an ``unknown`` line has a time, but nobody who writes.
    ``bracketed`` is whether the nickname stands in angle brackets, or as bip writes it.
    """

    kind: LineKind
    stamp: Stamp | None
    stamp_end: int
    begin: int
    nick: str = ""
    bracketed: bool = False


def read_line(text: str) -> IrcLine | None:
    """The line of a log that ``text`` is; None where it has neither a time nor a form that lines of logs have."""
    stamp, end = _stamp(text)
    if stamp is not None and stamp.day is not None and text[end : end + 1] == "\t":
        found = _COLUMNS.match(text, end)
        if found and text[end + 1 : end + 2] != "<":
            return _columns(found, stamp, end)
    at = end
    while at < len(text) and text[at] in " \t\u200e\ufeff" and at < end + 60:
        at += 1
    said = _said(text, at, end, stamp)
    if said is not None:
        return said
    if _is_event(text, at):
        return IrcLine("event", stamp, end, at)
    return IrcLine("unknown", stamp, end, at) if stamp is not None else None


def _said(text: str, at: int, end: int, stamp: Stamp | None) -> IrcLine | None:
    forms: tuple[tuple[re.Pattern[str], LineKind], ...] = ((_SAID, "message"), (_BIP_ACTION, "action"))
    if stamp is not None:
        forms += ((_BIP_SAID, "message"), (_THEME, "message"))
    for form, kind in (*forms, (_ACTION, "action")):
        found = form.match(text, at)
        if found is None or (form is _BIP_ACTION and stamp is None):
            continue
        begin = found.end()
        if form is _THEME:
            return _themed(text, found, stamp, end)
        if kind == "action" and _tells_event(text, found.start("nick"), begin):
            return IrcLine("event", stamp, end, at)
        return IrcLine(kind, stamp, end, begin, found["nick"].strip(), form is not _ACTION)
    return None


def _themed(text: str, found: re.Match[str], stamp: Stamp | None, end: int) -> IrcLine:
    """``nick | text`` in columns; an arrow or a word in guillemets stands for an event, a star for an action."""
    nick, begin = found["nick"], found.end()
    if nick == "*":
        words = text[begin : begin + 61].split(None, 1)
        own = begin + len(words[0]) if words else begin
        return IrcLine("action", stamp, end, own + (text[own : own + 1] == " "), words[0] if words else "")
    if not any(character.isalnum() for character in nick) or nick[0] == "«":
        return IrcLine("event", stamp, end, begin)
    return IrcLine("message", stamp, end, begin, nick.lstrip("@+%~&"))


def _columns(found: re.Match[str], stamp: Stamp, end: int) -> IrcLine:
    """weechat: time, nick and text with tabs between them."""
    nick = found["nick"].strip()
    if nick in ("-->", "<--", "--", "=!=", "") or not any(character.isalnum() for character in nick):
        if nick == "*":
            words = found.string[found.end() : found.end() + 61].split(None, 1)
            own = found.end() + len(words[0]) + 1 if words else found.end()
            return IrcLine("action", stamp, end, min(own, len(found.string)), words[0] if words else "")
        return IrcLine("event", stamp, end, found.end())
    return IrcLine("message", stamp, end, found.end(), nick.lstrip("@+%~&"))


def _is_event(text: str, at: int) -> bool:
    if _EVENT.match(text, at) or _NOTICE.match(text, at) or day_mark(text):
        return True
    if _EVENT_OPENING.match(text, at):
        return at > 0
    blank = text.find(" ", at, at + 61)
    return at > 0 and blank > 0 and _tells_event(text, at, blank + 1)


def _tells_event(text: str, nick: int, begin: int) -> bool:
    """Whether ``* nick ...`` is what the client says of the channel, and not what somebody does."""
    rest = text[begin : begin + 200]
    return bool(_EVENT_WORDS.match(rest) or _EVENT_OPENING.match(text, nick))


def day_mark(text: str) -> bool:
    """Whether a line says that a log or a day begins or ends."""
    return bool(_DAY_MARK.match(text))


def day_of_mark(text: str) -> date | None:
    """The day that ``--- Day changed Tue Aug 16 2016`` and its like name."""
    mark = _DAY_MARK.match(text)
    return day_in_words(mark["rest"]) if mark else None


def day_in_words(written: str) -> date | None:
    """The day at the start of ``Tue Jan 31 10:42:03 2017``, ``31 January 2017`` or ``2017-01-31``."""
    for form in (_WORDS_OF_DAY, _DAY_FIRST, _ISO_DAY):
        found = form.match(written.strip())
        if found:
            return _date(found)
    return None


def _date(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    month = int(parts["mo"]) if parts.get("mo") else month_of_abbreviation(parts.get("month") or "")
    return day_of(int(found["y"]), month or 0, int(found["d"]))


def _stamp(text: str) -> tuple[Stamp | None, int]:
    """The time stamp at the start of a line, and where it ends."""
    at = 1 if text[:1] == "\ufeff" else 0
    if text[at : at + 1] == " ":
        at += 1
    for form in _STAMPS:
        found = form.match(text, at)
        stamp = _stamp_of(found) if found else None
        if found and stamp:
            return stamp, found.end()
    return None, 0


def _stamp_of(found: re.Match[str]) -> Stamp | None:
    parts = found.groupdict()
    hour = hour_of(int(found["h"]), parts.get("ap"))
    month = None
    if parts.get("month"):
        month = month_of_abbreviation(parts["month"])
        if month is None:
            return None
    try:
        clock = time(hour, int(found["mi"]), int(parts.get("s") or 0), int((parts.get("f") or "0").ljust(6, "0")[:6]))
        day = _date(found) if parts.get("y") else None
    except ValueError:
        return None
    if parts.get("y") and day is None:
        return None
    return Stamp(clock, day, month, int(found["d"]) if month else None, _zone(parts.get("z")))


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    bare = written.strip().rpartition("/")[2]
    if bare in ("Z", "UTC", "GMT"):
        return UTC
    hours, minutes = int(bare[1:3]), int(bare[-2:])
    if hours > 23 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if bare[0] == "-" else offset)


class Clock:
    """Turns the stamps of a log into moments, in the order of its lines.

    ``day`` is the day of the next stamp that names none. It goes on to the next where the time steps back by more than
    half a day.
    """

    def __init__(self, day: date | None) -> None:
        self.day = day
        self._last: time | None = None

    def set_day(self, day: date) -> None:
        """A line said which day it is."""
        self.day, self._last = day, None

    def moment(self, stamp: Stamp) -> datetime | None:
        """When a line was written; None where the day is not known."""
        if stamp.day is not None:
            self.day = stamp.day
        elif stamp.month is not None:
            self.day = self._day_of_year(stamp)
        elif self.day is not None and self._last is not None and _hours(self._last) - _hours(stamp.clock) > 12:
            self.day = _next(self.day)
        self._last = stamp.clock
        return datetime.combine(self.day, stamp.clock, stamp.zone) if self.day is not None else None

    def _day_of_year(self, stamp: Stamp) -> date | None:
        """A day without a year: that of the day before it, or the next where it steps back by more than half a year."""
        if self.day is None or stamp.month is None or stamp.month_day is None:
            return None
        year = self.day.year + (1 if self.day.month - stamp.month > 6 else 0)
        return day_of(year, stamp.month, stamp.month_day) or self.day


def _hours(clock: time) -> float:
    return clock.hour + clock.minute / 60


def _next(day: date) -> date:
    try:
        return day + timedelta(days=1)
    except OverflowError:
        return day
