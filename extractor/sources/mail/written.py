"""The date in an attribution or a quoted header, as some program wrote it in somebody's language -> a datetime."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from extractor.sources.mail.addresses import mail_date

_LANGUAGES = "en de fr es it nl pt da nb sv pl ru ja zh ko cs tr fi uk hu ro sk hr sl bg el et lt lv ca id vi".split()
_LONGEST = 60
_MOST_FAILURES = 20
_NUMERIC = re.compile(
    r"(?<!\d)(?:(?P<iso_year>\d{4})\s?[-/.年년]\s?(?P<month>\d{1,2})\s?[-/.月월]\s?(?P<day>\d{1,2})(?!\d)"
    r"|(?P<first>\d{1,2})[./-]\s?(?P<second>\d{1,2})[./-]\s?(?P<year>\d{4}|\d{2})(?!\d)\.?)"
)
_DAY_FIRST = re.compile(
    r"\W{0,3}(?:(?:Le|El|Il|Em|Op|Am|Den|Dne|Dnia|Dana|Dňa|Pe)\s|No\s+dia\s|In\s+data\s|La\s+data\s+de\s|W\s+dniu\s)",
    re.IGNORECASE,
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))
_NAMED = (
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})\.?\s(?:de\s|of\s)?(?P<month>[^\W\d]{3,15})[.,]{0,2}\s(?:de\s)?(?P<year>\d{4})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<year>\d{4})\.?\s(?:g\.\s)?(?P<month>[^\W\d]{3,15})\.?\s(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})\.\s(?:g\.\s)(?P<day>\d{1,2})\.\s(?P<month>[^\W\d]{3,15})"),
)
_CLOCK = re.compile(
    r"(?:(?P<am>上午|午前|오전)|(?P<pm>下午|午後|오후))?\s?(?<!\d)(?P<hour>\d{1,2})\s?[:.h]\s?(?P<minute>\d{2})(?!\d)"
    r"(?:[:.](?P<second>\d{2}))?\s{0,2}(?P<half>[AaPp]\.?\s?[Mm](?!\w))?"
)
_ZONE = re.compile(r"(?:GMT|UTC)?\s?([+-]\d{2}):?(\d{2})(?!\d)|(?<=[\d ])(?:Z|UTC|GMT)(?![\w+-])")
_SPARE = re.compile(
    r"^(?:在|于|於)\s*|^(?:On|At|Am|Le|El|Il\s+giorno|In\s+data|Il|Op|Em|No\s+dia|Den|På|W\s+dniu|Dnia|Dne|Quoting)\s+"
    r"|\b(?:alle\s+ore|ore|Uhr|tarihinde)\b|[\[\]<>|]|(?<=\d)(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_MONTH_NAMED = re.compile(r"(?<!\d)\d{4}(?!\d).*[^\W\d]{3}|[^\W\d]{3}.*(?<!\d)\d{4}(?!\d)|\d{4}\s?[年년]", re.DOTALL)


class Dates:
    """Reads the dates of one source. ``day_first`` is whether 3/4 is the third of April, None where nobody said."""

    def __init__(self, day_first: bool | None = None) -> None:
        self._day_first = day_first
        self._failures = 0

    def read(self, text: str, before: datetime | None = None) -> datetime | None:
        """The moment, without a zone where none is given; None for what is no date, or could be two.

        ``before`` is when the mail was sent that says so: of two days that a date can be, one after it is not meant.
        """
        text = " ".join(text.translate(_INVISIBLE).split())
        if not text or len(text) > 2 * _LONGEST:
            return None
        moment = mail_date(text) if re.match(r"[A-Z][a-z]{2}, \d", text) and _ZONE.search(text) else None
        if moment is not None:
            return moment
        numeric = _NUMERIC.search(text)
        if numeric is not None:
            return self._numeric(text, numeric, before)
        words = " ".join(_SPARE.sub(" ", text).split())
        if len(words) > _LONGEST or not _MONTH_NAMED.search(words) or self._failures >= _MOST_FAILURES:
            return None
        found = _named(words) or _day_named(text)
        self._failures += found is None
        return found

    def _numeric(self, text: str, match: re.Match[str], before: datetime | None) -> datetime | None:
        if match["iso_year"]:
            year, month, day = int(match["iso_year"]), int(match["month"]), int(match["day"])
        else:
            one, two, year = int(match["first"]), int(match["second"]), int(match["year"])
            named = "." in match.group() or _DAY_FIRST.match(text) is not None
            day_first = True if one > 12 else False if two > 12 else True if named else self._day_first
            year += 2000 if year < 70 else 1900 if year < 100 else 0
            if day_first is None and one != two and before is not None:
                day_first = _likely(year, one, two, before)
            if day_first is None and one != two:
                return None
            day, month = (one, two) if day_first else (two, one)
        rest = text[match.end() :] if _CLOCK.search(text, match.end()) else text[: match.start()]
        return _moment(year, month, day, rest)


def _likely(year: int, one: int, two: int, before: datetime) -> bool | None:
    """Whether ``one`` is the day, where only one of the two days is not after ``before``, in whatever zone."""
    last = (before.date() + timedelta(days=1)).timetuple()[:3]
    first_is_day, second_is_day = (year, two, one) <= last, (year, one, two) <= last
    return first_is_day if first_is_day != second_is_day else None


def _moment(year: int, month: int, day: int, rest: str) -> datetime | None:
    hour = minute = second = 0
    clock = _CLOCK.search(rest)
    if clock is not None:
        hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
        half = "a" if clock["am"] else "p" if clock["pm"] else (clock["half"] or "").lower()[:1]
        hour = hour % 12 + 12 * (half == "p") if half and hour <= 12 else hour
    zone = _ZONE.search(rest)
    offset = "" if zone is None else f"{zone[1]}:{zone[2]}" if zone[1] else "+00:00"
    written = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    try:
        return datetime.fromisoformat(written + offset)
    except ValueError:
        return None


def _day_named(text: str) -> datetime | None:
    """A date whose month is named, among words that are no part of it; its clock, in figures, stands after it."""
    for pattern in _NAMED:
        match = pattern.search(text)
        day = _named(f"{match['day']} {match['month']} {match['year']}") if match is not None else None
        if match is not None and day is not None:
            return _moment(day.year, day.month, day.day, text[match.end() :])
    return None


@lru_cache(maxsize=1024)
def _named(words: str) -> datetime | None:
    """A date with the name of its month, or in East Asian signs."""
    from dateparser.date import DateDataParser

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]}
    parser = DateDataParser(languages=_LANGUAGES, try_previous_locales=False, use_given_order=True, settings=settings)
    try:
        found = parser.get_date_data(words).date_obj
    except (ValueError, OverflowError, RecursionError):
        return None
    return found if isinstance(found, datetime) else None
