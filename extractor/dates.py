"""Due dates: words as said -> the day they mean, seen from the day they were said on."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from extractor.records import Due

_FILLER: Final = re.compile(r"^(?:by|on|until|till|before|not later than|no later than|due|the|this|coming)\s+", re.I)
_FROM_TODAY: Final = re.compile(r"^(?P<span>\S+ (?:day|week|month|year)s?) from (?:today|now)$", re.IGNORECASE)
_END_OF: Final = re.compile(
    r"^(?:(?:the )?end of (?:the |this )?(?P<unit>day|week|month|year)|(?P<short>eod|eow|eom|eoy)|week)$", re.I
)
_WEEKDAY: Final = re.compile(
    r"^(?P<next>next\s+)?(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"(?:\s+(?:morning|afternoon|evening|night))?$",
    re.I,
)
_CLOCK: Final = re.compile(r"\s+(?:at|by|before|around)\s+\d{1,2}(?::\d{2})?\s*(?:am|pm|h|o'clock)?$", re.I)
_NUMERIC: Final = re.compile(r"^(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?:[./-](?:\d{4}|\d{2}))?\.?$")
_NEXT: Final = re.compile(r"^next\s+(?P<unit>week|month|year)$", re.I)
_VAGUE: Final = re.compile(
    r"\b(?:meeting|call|session|standup|sprint|release|soon|later|asap|now|then|time|eventually)\b", re.I
)
_FULL_FIGURES: Final = re.compile(r"(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\d)")
_FULL_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_RANGE: Final = re.compile(
    r"\b(?:between|to|until|till|through|thru|and|or)\b|[\u2012-\u2015]|\s-\s?|\s?-\s"
    r"|\d(?:st|nd|rd|th)?\s*[-/]\s*\d|day/",
    re.I,
)
_NAMED_WEEKDAY: Final = re.compile(
    r"\b(?:(?P<mon>mon)(?:day)?|(?P<tue>tue)(?:s|sday)?|(?P<wed>wed)(?:s|nesday)?|(?P<thu>thu)(?:r|rs|rsday)?"
    r"|(?P<fri>fri)(?:day)?|(?P<sat>sat)(?:urday)?|(?P<sun>sun)(?:day)?)\b",
    re.I,
)
_NO_BASE: Final = datetime(2000, 1, 1)
_FAR_YEARS: Final = 50
_SHORT: Final = {"eod": "day", "eow": "week", "eom": "month", "eoy": "year"}
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def due(words: str | None, said_on: datetime | date | None) -> Due | None:
    """``words`` as a :class:`Due`; None where there are none.

    A relative date ("by Friday") counts from ``said_on``; without it the words stay words. An absolute one ("12 March
    2027") needs no such day where its year has four digits; one with a shorter year or without one does, and "12
    March" is then the first such day from ``said_on`` on, that day included. Words that name an event and not a day
    ("before the next call") stay words. Weekdays mean the next such day after ``said_on``, "next Friday" the Friday of
    the following week (Monday to Sunday), "this week" and "next week" that week's last working day. Figures such as
    "3/4", which Europe and America read as different days, several days ("10-12 March"), a weekday that its date does
    not fall on, and days that no calendar of years 1 to 9999 holds stay words. Today's date plays no part.
    """
    text = " ".join((words or "").split())
    if not text:
        return None
    base = said_on.date() if isinstance(said_on, datetime) else said_on
    return Due(text=text, date=_resolve(_strip(text), base))


def _strip(text: str) -> str:
    bare = text.strip(" .,;:!?")
    while (shorter := _FILLER.sub("", bare)) != bare:
        bare = shorter
    return _forward(_CLOCK.sub("", bare))


def _resolve(words: str, base: date | None) -> date | None:
    try:
        if base is not None and (found := _by_rule(words, base)) is not None:
            return found
        if _VAGUE.search(words) or _ambiguous(words) or _several(words):
            return None
        found = _by_library(words, base)
    except (OverflowError, ValueError):
        return None
    return found if found is not None and _agrees(words, found, base) else None


def _forward(words: str) -> str:
    """What is "two weeks from today" as "in two weeks": the library counts "from today" backwards."""
    return _FROM_TODAY.sub(r"in \g<span>", words)


def _several(words: str) -> bool:
    """Whether ``words`` name more than one day or a span of days ("10-12 March", "Monday or Tuesday")."""
    return _NUMERIC.match(words) is None and _RANGE.search(_FULL_FIGURES.sub("", words)) is not None


def _agrees(words: str, day: date, base: date | None) -> bool:
    """Whether ``day`` has the weekday and the year that ``words`` say.

    The library puts a year of two digits into the century that makes it a future one; far from ``base``, that is a
    guess.
    """
    named = {match.lastgroup for match in _NAMED_WEEKDAY.finditer(words)}
    if named - {_DAYS[day.weekday()][:3]}:
        return False
    years = {int(year) for year in _FULL_YEAR.findall(words)}
    return day.year in years or (not years and base is not None and day.year - base.year < _FAR_YEARS)


def _ambiguous(words: str) -> bool:
    """Whether ``words`` are figures that are one day in Europe and another in America ("3/4")."""
    match = _NUMERIC.match(words)
    return match is not None and match["a"] != match["b"] and max(int(match["a"]), int(match["b"])) <= 12


def _by_rule(words: str, base: date) -> date | None:
    """The forms that a general parser gets wrong for deadlines: weekdays, "next ...", "end of ..."."""
    if match := _WEEKDAY.match(words):
        day = _DAYS.index(match["day"].casefold())
        if match["next"]:
            return _monday(base) + timedelta(days=7 + day)
        return base + timedelta(days=(day - base.weekday() - 1) % 7 + 1)
    if match := _END_OF.match(words):
        unit = match["unit"] or _SHORT[(match["short"] or "eow").casefold()]
        return _end_of(unit.casefold(), base)
    if match := _NEXT.match(words):
        unit = match["unit"].casefold()
        if unit == "week":
            return _monday(base) + timedelta(days=11)
        return _end_of(unit, _end_of(unit, base) + timedelta(days=1))
    return None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _end_of(unit: str, day: date) -> date:
    if unit == "day":
        return day
    if unit == "week":
        friday = _monday(day) + timedelta(days=4)
        return friday if friday >= day else day
    if unit == "year":
        return date(day.year, 12, 31)
    first_of_next = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


def _by_library(words: str, base: date | None) -> date | None:
    """What dateparser makes of ``words``; it is always given a base, as it would else take today's date for one."""
    if base is None:
        return _parsed(words, _NO_BASE, "absolute-time", ("day", "month", "year"))
    relative = _parsed(words, datetime.combine(base, time()), "relative-time", ("day", "month"))
    if relative is not None:
        return relative
    # "12 March" said on 12 March: the library's future begins after its base.
    day_before = datetime.combine(base - timedelta(days=1), time())
    return _parsed(words, day_before, "absolute-time", ("day", "month"))


@lru_cache(maxsize=1024)
def _parsed(words: str, base: datetime, parser: str, required: tuple[str, ...]) -> date | None:
    settings: dict[str, object] = {
        "PREFER_DATES_FROM": "future",
        "REQUIRE_PARTS": list(required),
        "PARSERS": [parser],
        "RELATIVE_BASE": base,
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser

        found = dateparser.parse(words, languages=["en"], settings=settings)
    return found.date() if found is not None else None
