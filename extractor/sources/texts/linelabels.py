"""How a line of a plain-text transcript says who speaks and when.

The patterns are matched at one place each and have bounded or possessive repeats, so that no line takes longer than its
length allows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.sources.characters import INVISIBLE
from extractor.sources.texts.labels import LONGEST_NAME, clean_label
from extractor.sources.times import clock_seconds

LabelKind = Literal["inline", "block", "nick"]

_BLANK = "[ \\t\u00a0\u202f]"
_INVISIBLE = f"[{INVISIBLE}]"
_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:[\s\u202f]?[apAP]\.?[\s\u202f]?[mM]\b\.?)?(?![\d:])"
_SPELT = (
    r"(?:\d{1,4}[ ]hours?[ ]?)?(?:\d{1,4}[ ]minutes?[ ]?)?\d{1,4}[ ]seconds?\b"
    r"|(?:\d{1,4}[ ]hours?[ ]?)?\d{1,4}[ ]minutes?\b"
)
_RANGE = rf"{_CLOCK}(?:\s{{0,9}}(?:[-\u2013\u2014]{{1,3}}>?|\u2192)\s{{0,9}}{_CLOCK})?"
_TARGET = r"(?:\(https?://[^()\s]{1,200}\))?"
_BRACKETED = rf"\\?(?:\[[^\[\]\n]{{0,40}}\d{{1,2}}:\d{{2}}[^\[\]\n]{{0,16}}\]{_TARGET}|\({_RANGE}\))"
_EMPHASIS = r"(?:\*{1,3}|__)"

_NICK = re.compile(
    rf"(?P<stamp>{_BRACKETED}|{_RANGE})?[ \t]{{0,20}}"
    rf"<{_INVISIBLE}{{0,4}}[ @+%~&]?(?P<name>[^<>\n]{{0,60}})>(?:[ \t]+|$)"
)
_INDENT = re.compile(rf"(?:{_INVISIBLE}|{_BLANK})*+")
_MARK = re.compile(r"(?:(?P<list>[-*•\u2013]|>>)|#{1,6})[ \t]+")
_OPENING_EMPHASIS = re.compile(_EMPHASIS)
_STAMP = re.compile(rf"(?P<bracketed>{_BRACKETED})|{_RANGE}")
_GAP = re.compile(rf"{_BLANK}*+(?:[-\u2013\u2014|:](?={_BLANK}){_BLANK}*+)?")
_COLON = re.compile(rf":(?={_EMPHASIS}?(?:\s|$))|\uff1a")
_AFTER_COLON = re.compile(rf"{_EMPHASIS}?{_BLANK}*+(?:(?P<stamp>\\?[\[(]{_RANGE}\\?[\])]{_TARGET})(?:\s++|$))?")
_TIME_AT_END = re.compile(rf"(?:\\?(?P<bracket>[\[(]){_RANGE}\\?[\])]{_TARGET}|{_RANGE}|{_SPELT})$")
_CLOSING_EMPHASIS = re.compile(rf"{_EMPHASIS}$")
_DASH = re.compile(rf"{_BLANK}[-\u2013\u2014|•·]$")
_LEADING_STAMP = re.compile(rf"(?:\\?[\[(]{_RANGE}\\?[\])]{_TARGET}|(?P<bare>{_RANGE}))(?:\s++|$)")
_BOLD_NAME = re.compile(
    rf"(?:(?P<stamp>{_BRACKETED}|{_RANGE})[ \t]{{1,9}})?(?:\*\*|__)(?P<name>[^*_\n]{{1,60}})(?:\*\*|__)(?:[ \t]+|$)"
)
_DAY_AND_TIME = re.compile(
    r"(?:.*\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}),?\s+"
    rf"(?:at\s+)?{_CLOCK}\s*$",
    re.IGNORECASE,
)
_SENDER = re.compile(r"From (.+?)(?: to (?:Everyone|.+\(Direct Message\)))?$")
_TIME = re.compile(_CLOCK)
_UNITS = re.compile(r"(\d{1,4}) (hour|minute|second)")
_AM_OR_PM = re.compile(r"[apAP]\.?\s?[mM]")
_DIGITS = re.compile(r"[\d:]+(?:[.,]\d+)?")
_SENTENCE = re.compile(r"[.?!…,;]\s*$")
_SHORT_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)* [^\W\d_]\.$")

_LONGEST_BLOCK_LINE = 240
_LONGEST_LABEL = 2 * LONGEST_NAME + 80
_SECONDS = {"hour": 3600, "minute": 60, "second": 1}
_FIRST_AT_MOST_S = 300.0
_FIRST_AT_MOST_WITH_HOURS_S = 3600.0
_DAY_S = 24 * 60.0


@dataclass(frozen=True, slots=True)
class LineLabel:
    """A label at the start of a line.

    ``begin`` is where the text starts in the line; a ``block`` label has its text on the lines below. ``strong`` is
    whether more than a colon makes it a label: a time, bold type, or brackets around a nickname. ``listed`` is whether
    it stands behind the mark of a list. ``time`` is as written, a range where the line gives one. ``linked`` is whether
    it is a link, as to that moment of a video, which ``time`` is without.
    """

    name: str
    begin: int
    kind: LabelKind
    strong: bool
    time: str | None = None
    listed: bool = False
    linked: bool = False


@dataclass(frozen=True)
class _Opening:
    """What may stand before a name: ``at`` is where the name begins."""

    at: int
    bold: bool = False
    listed: bool = False
    stamp: str | None = None


def find_label(line: str) -> LineLabel | None:
    """The label that ``line`` may start with; whether it is one depends on the rest of the file."""
    head = line[:_LONGEST_LABEL]
    if "<" in head:
        begin = _indent(head)
        nick = _NICK.match(head, begin)
        if nick:
            stamp = _unlinked(nick["stamp"])
            return LineLabel(clean_label(nick["name"]), nick.end(), "nick", stamp is not None, stamp)
    if ":" not in head and "\uff1a" not in head and "minute" not in head and "second" not in head:
        return None
    short = len(line) <= _LONGEST_BLOCK_LINE
    opening = _opening(head)
    found = _time_behind_name(line, opening) if short else None
    found = found or _colon_behind_name(head, len(line), opening)
    return found or (_name_behind_time(line, opening) if short else None)


def _indent(line: str) -> int:
    match = _INDENT.match(line)
    return match.end() if match else 0


def _opening(line: str) -> _Opening:
    at = _indent(line)
    mark = _MARK.match(line, at)
    at = mark.end() if mark else at
    bold = _OPENING_EMPHASIS.match(line, at)
    at = bold.end() if bold else at
    stamp = _STAMP.match(line, at)
    written = None
    if stamp:
        gap = _GAP.match(line, stamp.end())
        end = gap.end() if gap else stamp.end()
        if end > stamp.end() or stamp["bracketed"] or line[end : end + 1] in ("*", "_", "<"):
            at, written = end, stamp.group()
    inner = _OPENING_EMPHASIS.match(line, at) if written else None
    at = inner.end() if inner else at
    return _Opening(at, bool(bold or inner), bool(mark and mark["list"]), written)


def _time_behind_name(line: str, opening: _Opening) -> LineLabel | None:
    """``Name  0:09``, ``Name (0:09):``, ``### Name - 0:09``, ``Name 0 minutes 9 seconds``; the text is below."""
    if opening.listed:
        return None
    body = _without_emphasis(line.rstrip())
    body = _without_emphasis(body[:-1].rstrip()) if body.endswith(":") else body
    time = _TIME_AT_END.search(body, opening.at)
    if time is None:
        return None
    written = _without_emphasis(body[opening.at : time.start()].rstrip())
    set_off = time["bracket"] is not None or time.start() - len(body[: time.start()].rstrip()) > 1
    set_off = set_off or "\t" in body[opening.at : time.start()]
    if not set_off and not body[: time.start()].endswith((" ", "\u00a0", "*", "_")):
        return None
    dash = _DASH.search(written)
    if dash:
        written, set_off = _without_emphasis(written[: dash.start()].rstrip()), True
    if not written or len(written) > LONGEST_NAME or _TIME.search(written):
        return None
    strong = (set_off or opening.bold or written.startswith("[")) and not _ends_a_sentence(written)
    return _label(written, len(line), "block", strong, time.group(), opening)


def _colon_behind_name(line: str, length: int, opening: _Opening) -> LineLabel | None:
    """``Name: text`` with a time before or behind the name, or before the text; the text may also be below."""
    colon = _COLON.search(line, opening.at, opening.at + _LONGEST_LABEL - LONGEST_NAME)
    if colon is None:
        return None
    written = _without_emphasis(line[opening.at : colon.start()].rstrip())
    time = _TIME_AT_END.search(written)
    stamp = opening.stamp
    if time and (time["bracket"] or written[: time.start()].endswith((" ", "\u00a0", "\t"))):
        stamp = stamp or time.group()
        written = _without_emphasis(written[: time.start()].rstrip())
    written, emphasis, rest = written.partition("**")
    if emphasis and rest.lstrip()[:1] not in ("(", "[", ","):
        return None
    written += rest
    if not written or len(written) > LONGEST_NAME or ":" in written:
        return None
    after = _AFTER_COLON.match(line, colon.end())
    begin = after.end() if after else colon.end()
    if after and after["stamp"]:
        stamp = stamp or after["stamp"]
    strong = opening.bold or stamp is not None
    return _label(written, min(begin, length), "inline", strong, stamp, opening)


def _name_behind_time(line: str, opening: _Opening) -> LineLabel | None:
    """``0:09 - Name``, ``[0:09] Name``; the text is below."""
    if opening.stamp is None or opening.listed:
        return None
    written = _without_emphasis(line[opening.at :].rstrip())
    if not written or len(written) > LONGEST_NAME or any(mark in written for mark in (":", "\uff1a", "**")):
        return None
    return _label(written, len(line), "block", not _ends_a_sentence(written), opening.stamp, opening)


def _without_emphasis(text: str) -> str:
    match = _CLOSING_EMPHASIS.search(text[-3:])
    return text[: len(text) - len(match.group())].rstrip() if match else text


def _ends_a_sentence(written: str) -> bool:
    return bool(_SENTENCE.search(written)) and not _SHORT_NAME.match(written)


def _label(
    written: str, begin: int, kind: LabelKind, strong: bool, time: str | None, opening: _Opening
) -> LineLabel | None:
    name = clean_label(written)
    if not any(character.isalnum() or ord(character) > 0x7F for character in name) and name.strip("?"):
        return None
    if not name or "://" in written or written.lstrip().startswith(">"):
        return None
    if name.isdigit() or name.lower() in ("http", "https"):
        return None
    sender = _SENDER.match(name) if opening.stamp else None
    bare = _unlinked(time)
    return LineLabel(sender[1] if sender else name, begin, kind, strong, bare, opening.listed, linked=bare != time)


def _unlinked(time: str | None) -> str | None:
    return time[: time.index("](") + 1] if time and "](" in time else time


def bold_name(line: str) -> LineLabel | None:
    """The name in bold type that ``line`` begins with, behind a time perhaps, without a colon to make it a label."""
    head = line[:_LONGEST_LABEL]
    if "**" not in head and "__" not in head:
        return None
    match = _BOLD_NAME.match(head, _indent(head))
    name = clean_label(match["name"]) if match else ""
    if match is None or not name or ":" in name:
        return None
    alone = match.end() == len(line)
    return LineLabel(name, match.end(), "block" if alone else "inline", True, _unlinked(match["stamp"]))


# Times


def stamp_alone(line: str) -> str | None:
    """The time, where a line is nothing else."""
    if len(line) > _LONGEST_BLOCK_LINE or ":" not in line:
        return None
    at = _indent(line)
    mark = _MARK.match(line, at)
    bold = _OPENING_EMPHASIS.match(line, mark.end() if mark else at)
    body = _without_emphasis(line.rstrip())
    stamp = _STAMP.match(body, bold.end() if bold else mark.end() if mark else at)
    return _unlinked(stamp.group()) if stamp and stamp.end() == len(body) else None


def leading_stamp(line: str) -> tuple[int, str, bool] | None:
    """The time at the start of a line with text: where the text begins, the time, and whether it has no brackets."""
    match = _LEADING_STAMP.match(line, _indent(line[:_LONGEST_BLOCK_LINE]))
    if match is None or match.end() >= len(line):
        return None
    return match.end(), _unlinked(match.group().strip()) or "", match["bare"] is not None


def is_day_and_time(line: str) -> bool:
    """Whether a line ends in a day and a time, as above a message: what follows may be by somebody else."""
    return len(line) <= LONGEST_NAME and bool(_DAY_AND_TIME.match(line))


def relative_seconds(times: Sequence[str | None], *, recorded: bool = False) -> list[float | None]:
    """The times of a file's labels as seconds from its start; all None where they are times of the day.

    Written times do not say which they are. They count from a start where the first is early (within five minutes, or
    within the first hour if hours are written), none carries am or pm, and no day is named; or where the file shows
    that they are of a recording (``recorded``).
    """
    parsed = [_seconds(time) if time else None for time in times]
    known = [(value, time) for value, time in zip(parsed, times, strict=True) if value is not None and time]
    if not known or any(_names_a_day(time) for _, time in known):
        return [None] * len(times)
    first, written = known[0]
    clock = _TIME.search(written)
    hours = clock is not None and clock.group().count(":") == 2
    limit = _FIRST_AT_MOST_WITH_HOURS_S if hours else _FIRST_AT_MOST_S
    beyond_a_day = any(time.count(":") == 1 and value >= _DAY_S for value, time in known)
    if first >= limit and not beyond_a_day and not recorded:
        return [None] * len(times)
    return parsed


def end_seconds(time: str) -> float | None:
    """The second time of a range, in seconds."""
    clocks = [match.group() for match in _TIME.finditer(time)]
    return _clock_seconds(clocks[1]) if len(clocks) > 1 else None


def _names_a_day(time: str) -> bool:
    if _AM_OR_PM.search(time):
        return True
    bare = _TIME.sub("", time, count=1)
    range_or_words = _TIME.search(bare) or _UNITS.search(time)
    return any(character.isalnum() for character in bare) and not range_or_words


def _seconds(time: str) -> float | None:
    units = _UNITS.findall(time)
    if units:
        return float(sum(int(count) * _SECONDS[unit] for count, unit in units))
    match = _TIME.search(time)
    return _clock_seconds(match.group()) if match else None


def _clock_seconds(clock: str) -> float:
    digits = _DIGITS.match(clock)
    return clock_seconds(digits.group()) if digits else 0.0
