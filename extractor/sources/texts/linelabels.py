"""How a line of a plain-text transcript says who speaks and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.sources.labels import LONGEST_NAME, clean_label

LabelKind = Literal["inline", "block", "nick"]

_INVISIBLE = "[\ufeff\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069]{0,4}"
_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:[\s\u202f]?[apAP]\.?[\s\u202f]?[mM]\.?)?"
_SPELT = r"(?:\d+[ ]hours?[ ]?)?(?:\d+[ ]minutes?[ ]?)?\d+[ ]seconds?|(?:\d+[ ]hours?[ ]?)?\d+[ ]minutes?"
_RANGE = rf"{_CLOCK}(?:\s{{0,9}}[-–]{{1,3}}>?\s{{0,9}}{_CLOCK})?"
_STAMP = rf"(?:\[[^\[\]\n]{{0,40}}\d{{1,2}}:\d{{2}}[^\[\]\n]{{0,16}}\]|\({_CLOCK}\)|{_RANGE})"
_AFTER_STAMP = r"[ \t\u00a0]{0,20}(?:[-–—|:][ \t\u00a0]{1,20}|(?<=[\])\s])|[ \t\u00a0]{1,20}|(?=[*_<]))"
_EMPHASIS = r"(?:\*{1,3}|__)"
_START = rf"{_INVISIBLE}[ \t\u00a0]{{0,20}}"

_NICK = re.compile(
    rf"{_START}(?P<stamp>{_STAMP})?[ \t]{{0,20}}<{_INVISIBLE}[ @+%~&]?(?P<name>[^<>\n]{{0,60}})>(?:[ \t]{{1,20}}|$)"
)
_INLINE = re.compile(
    rf"""{_START}(?:(?:[-*•–]|>>|\#{{1,6}})[ \t]{{1,20}})?
    (?P<bold>{_EMPHASIS})?
    (?:(?P<stamp>{_STAMP}){_AFTER_STAMP})?
    (?P<bold2>{_EMPHASIS})?
    (?P<name>[^\n:：]{{1,{LONGEST_NAME}}}?)
    {_EMPHASIS}?
    (?:[ \t\u00a0]{{0,20}}(?:[\[(](?P<after>{_CLOCK})[\])]|[ \t\u00a0](?P<after2>{_CLOCK})))?
    {_EMPHASIS}?[ \t\u00a0]{{0,20}}
    (?:：|:{_EMPHASIS}?(?=\s|$))[ \t\u00a0]{{0,20}}""",
    re.VERBOSE,
)
_BLOCK = re.compile(
    rf"""{_START}(?:\#{{1,6}}[ \t]{{1,20}})?
    {_EMPHASIS}?(?P<name>[^\n]{{1,{LONGEST_NAME}}}?){_EMPHASIS}?
    (?:(?P<wide>[ \t\u00a0]{{2,}}|\t|[ \t]{{1,20}}[-–—|][ \t]{{1,20}}|[ \t]{{0,20}}(?=[\[(]))|[ \t\u00a0])
    (?:[\[(](?P<after>{_CLOCK})[\])]|(?P<after2>{_CLOCK}|{_SPELT})):?
    {_EMPHASIS}?[ \t\u00a0]{{0,20}}$""",
    re.VERBOSE,
)
_STAMPED_NAME = re.compile(
    rf"{_START}(?:#{{1,6}}[ \t]{{1,20}})?{_EMPHASIS}?(?P<stamp>{_STAMP}){_AFTER_STAMP}{_EMPHASIS}?"
    rf"(?P<name>[^\n:：]{{1,{LONGEST_NAME}}}?){_EMPHASIS}?[ \t]{{0,20}}$"
)
_STAMP_ALONE = re.compile(rf"{_START}(?:#{{1,6}}[ \t]{{1,20}})?{_EMPHASIS}?{_STAMP}{_EMPHASIS}?[ \t]{{0,20}}$")
_DAY_AND_TIME = re.compile(
    r"(?:.*\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}),?\s+"
    rf"(?:at\s+)?{_CLOCK}\s*$",
    re.IGNORECASE,
)
_SENDER = re.compile(r"From (.+?)(?: to (?:Everyone|.+\(Direct Message\)))?$")
_TIME = re.compile(_CLOCK)
_UNITS = re.compile(r"(\d+) (hour|minute|second)")
_SENTENCE = re.compile(r"[.?!…,;]\s*$")

_LONGEST_BLOCK_LINE = 240
_FIRST_AT_MOST_S = 300.0
_FIRST_AT_MOST_WITH_HOURS_S = 3600.0
_DAY_S = 24 * 60.0


@dataclass(frozen=True)
class LineLabel:
    """A label at the start of a line.

    ``begin`` is where the text starts in the line; a ``block`` label has its text on the lines below. ``strong`` is
    whether more than a colon makes it a label: a time, bold type, or brackets around a nickname.
    """

    name: str
    begin: int
    kind: LabelKind
    strong: bool
    time: str | None = None


def find_label(line: str) -> LineLabel | None:
    """The label that ``line`` may start with; whether it is one depends on the rest of the file."""
    line = line.rstrip()
    nick = _NICK.match(line)
    if nick:
        return LineLabel(clean_label(nick["name"]), nick.end(), "nick", nick["stamp"] is not None, nick["stamp"])
    if ":" not in line and "\uff1a" not in line and "minute" not in line and "second" not in line:
        return None
    for pattern, kind in ((_BLOCK, "block"), (_INLINE, "inline"), (_STAMPED_NAME, "block")):
        match = None if kind == "block" and len(line) > _LONGEST_BLOCK_LINE else pattern.match(line)
        label = _label(match, "block" if kind == "block" else "inline") if match else None
        if label:
            return label
    return None


def _label(match: re.Match[str], kind: LabelKind) -> LineLabel | None:
    groups = match.groupdict()
    name = clean_label(groups["name"])
    if not any(character.isalnum() or ord(character) > 0x7F for character in name) or "://" in groups["name"]:
        return None
    if groups["name"].lstrip().startswith(">") or name.replace(":", "").isdigit() or name.lower() in ("http", "https"):
        return None
    time = groups.get("stamp") or groups.get("after") or groups.get("after2")
    sender = _SENDER.match(name) if groups.get("stamp") else None
    if sender:
        name = sender[1]
    strong = bool(groups.get("bold") or groups.get("bold2"))
    if kind == "block":
        set_off = groups.get("wide") or groups.get("stamp") or groups["name"].startswith("[")
        strong = bool(set_off) and not _SENTENCE.search(name)
    elif time is not None:
        strong = True
    return LineLabel(name, match.end(), kind, strong, time)


def is_stamp_alone(line: str) -> bool:
    """Whether a line is nothing but a time."""
    return bool(_STAMP_ALONE.match(line))


def is_day_and_time(line: str) -> bool:
    """Whether a line ends in a day and a time, as above a message: what follows may be by somebody else."""
    return len(line) <= LONGEST_NAME and bool(_DAY_AND_TIME.match(line))


def relative_seconds(times: Sequence[str | None]) -> list[float | None]:
    """The times of a file's labels as seconds from its start; all None where they are times of the day.

    Written times do not say which they are. They count from a start where the first is early (within five minutes, or
    within the first hour if hours are written), none carries am or pm, and no day is named.
    """
    parsed = [_seconds(time) if time else None for time in times]
    known = [(value, time) for value, time in zip(parsed, times, strict=True) if value is not None and time]
    if not known or any(_names_a_day(time) for _, time in known):
        return [None] * len(times)
    first, written = known[0]
    limit = _FIRST_AT_MOST_WITH_HOURS_S if written.count(":") == 2 else _FIRST_AT_MOST_S
    beyond_a_day = any(time.count(":") == 1 and value >= _DAY_S for value, time in known)
    if first >= limit and not beyond_a_day:
        return [None] * len(times)
    return parsed


def _names_a_day(time: str) -> bool:
    bare = _TIME.sub("", time, count=1)
    if re.search(r"[apAP]\.?\s?[mM]", time):
        return True
    range_or_words = _TIME.search(bare) or _UNITS.search(time)
    return any(character.isalnum() for character in bare) and not range_or_words


def _seconds(time: str) -> float | None:
    units = _UNITS.findall(time)
    if units:
        return float(sum(int(count) * {"hour": 3600, "minute": 60, "second": 1}[unit] for count, unit in units))
    match = _TIME.search(time)
    if match is None:
        return None
    digits = re.match(r"[\d:]+(?:[.,]\d+)?", match.group())
    parts = digits.group().replace(",", ".").split(":") if digits else []
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + float(part)
    return round(seconds, 3)
