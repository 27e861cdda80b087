"""Dates as meeting programs write them for people, in the languages they are set to: ``May 16, 2026, 4:25PM``,
``25. Juni 2026, 07:37AM``, ``9 de julio de 2026, 8:03p.m.``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from extractor.sources.times import day_in_order, day_of, hour_of, month_of

_WEEKDAYS = (
    "monday mon montag lundi lunes segunda-feira segunda maandag lunedì",
    "tuesday tue dienstag mardi martes terça-feira terça dinsdag martedì",
    "wednesday wed mittwoch mercredi miércoles quarta-feira quarta woensdag mercoledì",
    "thursday thu donnerstag jeudi jueves quinta-feira quinta donderdag giovedì",
    "friday fri freitag vendredi viernes sexta-feira sexta vrijdag venerdì",
    "saturday sat samstag samedi sábado zaterdag sabato",
    "sunday sun sonntag dimanche domingo zondag domenica",
)
WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}

_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?[\s\u202f]?(?P<half>[ap]\.?[\s\u202f]?m\.?)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_LABEL = r"(?:[^\W\d]{3,12}(?: [^\W\d]{1,12}){0,3}[:*_ \t]{1,6})?"
_WEEKDAY = r"(?:[^\W\d]{3,12}(?:-feira)?,?[ ]{1,2})?"
_DAYS = (
    rf"(?P<month>[^\W\d_]{{3,12}})\.?[ ]{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[ ]{{1,2}}{_YEAR}",
    rf"(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th|º)?(?:[ ]de)?[ ]{{1,2}}"
    rf"(?P<month>[^\W\d_]{{3,12}})\.?(?:[ ]de)?,?[ ]{{1,2}}{_YEAR}",
    rf"{_YEAR}[-/](?P<number>\d{{1,2}})[-/](?P<day>\d{{1,2}})",
)
_LINES = tuple(
    re.compile(rf"{_LABEL}{_WEEKDAY}{day}(?:,?[ ]{{0,2}}(?:at |um |à |a las |às |om )?{_CLOCK})?[,. ]*$", re.IGNORECASE)
    for day in _DAYS
)
_CLOCK_ONLY = re.compile(_CLOCK, re.IGNORECASE)
_NUMERIC = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})")
_LONGEST = 80
_HOURS_ON_A_CLOCK = 12
_FARTHEST_ZONE = timedelta(hours=14)
_YEAR_DIGITS = 4


@dataclass(frozen=True)
class Written:
    """A day that a source names, and how it does."""

    when: datetime | date
    where: str

    @property
    def day(self) -> date:
        """The day alone."""
        return self.when.date() if isinstance(self.when, datetime) else self.when

    @property
    def words(self) -> str:
        """How a warning calls it."""
        return f"{self.where} {self.day}"


def agree(first: Written, second: Written) -> bool:
    """Whether two dates can be of one moment, where either may be in another time zone if it has a time."""
    if isinstance(first.when, datetime) and isinstance(second.when, datetime):
        return abs(first.when.replace(tzinfo=None) - second.when.replace(tzinfo=None)) <= _FARTHEST_ZONE
    for one, other in ((first, second), (second, first)):
        if isinstance(one.when, datetime):
            return (one.when - _FARTHEST_ZONE).date() <= other.day <= (one.when + _FARTHEST_ZONE).date()
    return first.day == second.day


def date_line(text: str) -> datetime | date | None:
    """The date that a line is, with its time where it names one; None for a line that says anything else."""
    if len(text) > _LONGEST:
        return None
    for pattern in _LINES:
        match = pattern.match(text)
        if match:
            found = _day_of(match.groupdict())
            moment = _clock_of(match)
            if found is not None:
                return datetime.combine(found, moment) if moment is not None else found
    return None


def _day_of(parts: dict[str, str | None]) -> date | None:
    number = parts.get("number")
    month = int(number) if number else month_of(parts.get("month") or "")
    return day_of(int(parts["year"] or 0), month or 0, int(parts["day"] or 0))


def clock_in(text: str) -> time | None:
    """The time of the day in a text, as ``9:24 AM`` or ``09:24``."""
    match = _CLOCK_ONLY.search(text)
    return _clock_of(match) if match else None


def _clock_of(match: re.Match[str]) -> time | None:
    if match["hour"] is None:
        return None
    hour = int(match["hour"])
    if match["half"] and not 1 <= hour <= _HOURS_ON_A_CLOCK:
        return None
    try:
        return time(hour_of(hour, match["half"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None


def weekday_in(text: str) -> int | None:
    """The day of the week that a text names, from 0 for Monday."""
    return next((WEEKDAY[word] for word in re.split(r"[\s,]+", text.casefold()) if word in WEEKDAY), None)


def numeric_day(text: str, *, day_first: bool | None) -> date | None:
    """The day in ``8/17/2026`` or ``2026-08-17``; None where day and month can be either way round."""
    match = _NUMERIC.search(text)
    if match is None:
        return None
    first, second, third = (int(each) for each in match.groups())
    if len(match[1]) == _YEAR_DIGITS:
        return day_of(first, second, third)
    return day_in_order(first, second, third if third >= 100 else 2000 + third, day_first=day_first)


def names_a_day(text: str) -> bool:
    """Whether a text holds a date in numbers, whichever of them is the day."""
    return bool(_NUMERIC.search(text))


def nearest(weekday: int, to: date) -> date:
    """The day with this weekday that is nearest to ``to``."""
    return to + timedelta(days=(weekday - to.weekday() + 3) % 7 - 3)
