"""Days, and times of the day or of a recording, as they are written -> values; nothing here raises."""

from __future__ import annotations

from datetime import date

ENGLISH_MONTHS = "January February March April May June July August September October November December".split()

_MONTHS = (
    "january jan januar janvier janv enero ene janeiro januari gennaio gen",
    "february feb februar février févr fév fevrier febrero fevereiro fev februari febbraio",
    "march mar märz mrz maerz mars marzo março marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maio mei maggio mag",
    "june jun juni juin junio junho giugno giu",
    "july jul juli juillet juil julio julho luglio lug",
    "august aug août aout agosto ago augustus",
    "september sep sept septembre septiembre setembro set settembre",
    "october oct oktober okt octobre octubre outubro out ottobre ott",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_AMBIGUOUS = frozenset(("jui",))
_ABBREVIATED = {name[:3]: number for name, number in _MONTH.items() if name[:3] not in _AMBIGUOUS}
_MONTHS_IN_A_YEAR = 12


def month_of(name: str) -> int | None:
    """The number of a month by its name or abbreviation, in English and nine other languages."""
    return _MONTH.get(name.casefold())


def month_of_abbreviation(name: str) -> int | None:
    """The number of a month by the first three letters of its name, in the same languages."""
    return _ABBREVIATED.get(name[:3].casefold())


def day_of(year: int, month: int, day: int) -> date | None:
    """The day; None where there is no such one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_ambiguous(first: int, second: int) -> bool:
    """Whether either of two numbers of a date can be the day, and it matters which."""
    return first <= _MONTHS_IN_A_YEAR and second <= _MONTHS_IN_A_YEAR and first != second


def day_in_order(first: int, second: int, year: int, *, day_first: bool | None) -> date | None:
    """The day of a date such as 8/17/2026, in the order that its numbers tell, else ``day_first``; None without it."""
    if day_first is None and is_ambiguous(first, second):
        return None
    if first > _MONTHS_IN_A_YEAR or (day_first and second <= _MONTHS_IN_A_YEAR):
        return day_of(year, second, first)
    return day_of(year, first, second)


def hour_of(hour: int, half: str | None) -> int:
    """An hour on a clock of 24; ``half`` is what is written behind it of ``a.m.`` and ``p.m.``, if anything."""
    return hour % 12 + (12 if half[0] in "pP" else 0) if half else hour


def clock_seconds(clock: str) -> float:
    """``1:02:07``, ``2:07`` or ``0:0:5.1`` (or with a comma) as seconds."""
    seconds = 0.0
    for part in clock.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return round(seconds, 3)
