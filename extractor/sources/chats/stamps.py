"""The time stamp before a message, as phones and programs write it in their own ways.

The date, a word or a comma, and the time (or the other way round), in any digits; in brackets from an iPhone and from
DiscordChatExporter, with a dash after it from Android. Whether 3/4 is in March or in April no single line says: see
:func:`day_comes_first`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from extractor.errors import SourceError
from extractor.sources.characters import INVISIBLE
from extractor.sources.times import ENGLISH_MONTHS

_S = rf"[ \t\u00a0\u2009\u202f{INVISIBLE}]"
_DATE = (
    rf"(?P<a>\d{{1,4}}){_S}{{0,2}}(?P<mark>[./\-年년]){_S}{{0,3}}(?P<b>\d{{1,2}}){_S}{{0,2}}[./\-月월]{_S}{{0,3}}"
    r"(?P<c>\d{1,4})[日일.]?"
)
_TIME = rf"(?P<h>\d{{1,2}}){_S}?[:.h時时시]{_S}?(?P<m>\d{{2}})(?:{_S}?(?:[:.分분]|min){_S}?(?P<s>\d{{2}}))?[分秒초]?"
_BETWEEN = r"(?P<between>[^\d\n\[\]]{1,16}?)"
_AFTER = r"(?P<after>[^\d\n\[\]:\-–—]{0,16}?)"
_ENDS = (rf"{_S}{{0,2}}\]{_S}?", rf"{_S}{{1,3}}[-–—](?:{_S}{{1,3}}|$)")
_SHAPES = tuple(
    re.compile(rf"{_S}{{0,4}}{opening}{moment}{end}")
    for opening, end in zip((r"\[", ""), _ENDS, strict=True)
    for moment in (
        _DATE + _BETWEEN + _TIME + _AFTER,
        _TIME + _AFTER.replace("after", "between") + _DATE + "(?P<after>)",
    )
)
_NO_LETTERS = re.compile(rf"[\s.,،·'’{INVISIBLE}]+")

_BEFORE_NOON = frozenset(
    "am a 午前 上午 凌晨 清晨 早上 早晨 오전 ص صباحا قبلازظهر πμ de öö sa pg fm vorm dop पूर्वाह्न".split()
)
_AFTER_NOON = frozenset(
    "pm p 午後 下午 中午 傍晚 晚上 오후 م مساء بعدازظهر μμ du ös ch ptg em nachm odp अपराह्न".split()
)
_AROUND_THE_CLOCK = frozenset(
    "à at um às as klo kl la las alas ale alle u uhr h г ч год в o ob om ur ún в min s".split()
)
_KNOWN = _BEFORE_NOON | _AFTER_NOON | _AROUND_THE_CLOCK
_FIRST_YEAR, _LAST_YEAR = 1990, 2199
_BUDDHIST = (2440, 2640)
_BUDDHIST_AHEAD = 543
_CLEARLY = 10


@dataclass(frozen=True)
class Stamp:
    """A date and a time as written. ``end`` is where the message begins in the line; ``parts`` the numbers of the date.

    ``before`` and ``after`` are the words beside the time, without dots and blanks.
    """

    end: int
    written: str
    parts: tuple[int, int, int]
    year_first: bool
    dotted: bool
    clock: tuple[int, int, int]
    before: str
    after: str
    bracketed: bool
    has_seconds: bool

    def is_one_of(self, words: frozenset[str]) -> bool:
        """Whether a word beside the time is among ``words``."""
        return self.before in words or self.after in words


def find_stamp(line: str) -> Stamp | None:
    """The time stamp that ``line`` begins with."""
    start = line[:8].lstrip(INVISIBLE + " \t\u00a0\u202f")[:1]
    if start != "[" and not start.isdecimal():
        return None
    for pattern in _SHAPES[:2] if start == "[" else _SHAPES[2:]:
        match = pattern.match(line[:160])
        if match:
            return _stamp(match, bracketed=start == "[")
    return None


def _stamp(match: re.Match[str], *, bracketed: bool) -> Stamp:
    first, second, third = match["a"], match["b"], match["c"]
    return Stamp(
        end=match.end(),
        written="".join(match.string[match.start("a") : match.end("c")].split()),
        parts=(int(first), int(second), int(third)),
        year_first=len(first) > 2 or match["mark"] in "年년",
        dotted=match["mark"] == ".",
        clock=(int(match["h"]), int(match["m"]), int(match["s"] or 0)),
        before=_NO_LETTERS.sub("", match["between"]).casefold(),
        after=_NO_LETTERS.sub("", match["after"]).casefold(),
        bracketed=bracketed,
        has_seconds=match["s"] is not None,
    )


def moment_of(stamp: Stamp, day_first: bool) -> datetime | None:
    """When it was, None where there is no such day or time. Years of the Thai calendar are converted."""
    first, second, third = stamp.parts
    if stamp.year_first:
        year, month, day = first, second, third
    else:
        year, month, day = (third, second, first) if day_first else (third, first, second)
    year += 2000 if year < 100 else -_BUDDHIST_AHEAD if _BUDDHIST[0] <= year <= _BUDDHIST[1] else 0
    hour, minute, second = stamp.clock
    if 1 <= hour <= 12 and stamp.is_one_of(_AFTER_NOON):
        hour = hour % 12 + 12
    elif hour == 12 and stamp.is_one_of(_BEFORE_NOON):
        hour = 0
    try:
        return datetime(year, month, day, hour, minute, second) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def day_comes_first(stamps: Sequence[Stamp], hint: bool | None, name: str) -> bool:
    """Whether the day stands before the month in the dates of one file.

    What decides, in this order: a part that is more than twelve; dots, which no country writes after the month; the
    order of the file, where the dates go forward read one way and back and forth read the other; ``hint``. Dates that
    begin with the year need nothing. Raises SourceError where nothing decides; ``name`` is what the message calls it.
    """
    open_dates = [stamp for stamp in stamps if not stamp.year_first]
    days_first = sum(1 for stamp in open_dates if stamp.parts[0] > 12 >= stamp.parts[1])
    months_first = sum(1 for stamp in open_dates if stamp.parts[1] > 12 >= stamp.parts[0])
    if days_first != months_first:
        return days_first > months_first
    differing = [stamp for stamp in open_dates if stamp.parts[0] != stamp.parts[1]]
    if not differing or all(stamp.dotted for stamp in differing):
        return True
    back_by_day, back_by_month = _steps_back(open_dates, True), _steps_back(open_dates, False)
    if back_by_day * _CLEARLY < back_by_month:
        return True
    if back_by_month * _CLEARLY < back_by_day:
        return False
    if hint is not None:
        return hint
    raise _ambiguous(differing[0], name)


def _steps_back(stamps: Sequence[Stamp], day_first: bool) -> int:
    """How often a message is from an earlier day than the one before it."""
    keys = [
        (year, second, first) if day_first else (year, first, second)
        for first, second, year in (stamp.parts for stamp in stamps)
    ]
    return sum(1 for before, after in pairwise(keys) if after < before)


def _ambiguous(stamp: Stamp, name: str) -> SourceError:
    first, second, _ = stamp.parts
    if not (1 <= first <= 12 and 1 <= second <= 12):
        return SourceError(f"The dates of {name} are no dates: {stamp.written}.", "Export the chat again.")
    what = f"{first} {ENGLISH_MONTHS[second - 1]} as well as {second} {ENGLISH_MONTHS[first - 1]}"
    return SourceError(
        f"The dates of {name} can be read in two ways: {stamp.written} can be {what}.",
        "Say which with --date-order dmy or --date-order mdy.",
    )


def unknown_words(stamps: Sequence[Stamp]) -> list[str]:
    """The words beside the times that are not known and may say which half of the day it is.

    None does where hours of the afternoon are written, nor does one and the same word between every date and its time.
    """
    if any(stamp.clock[0] > 12 for stamp in stamps):
        return []
    before = {stamp.before for stamp in stamps}
    words = [stamp.after for stamp in stamps] + ([stamp.before for stamp in stamps] if len(before) > 1 else [])
    return [word for word in dict.fromkeys(words) if word and word not in _KNOWN]
