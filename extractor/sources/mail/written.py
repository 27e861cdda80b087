"""The date in an attribution or a quoted header, as some program wrote it in somebody's language -> a datetime."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from extractor.sources.mail.addresses import mail_date

_LANGUAGES = "en de fr es it nl pt da nb sv pl ru ja zh ko cs tr fi uk hu ro".split()
_LONGEST = 60
_MOST_FAILURES = 20
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})[./-]\s?(?P<second>\d{1,2})[./-]\s?(?P<year>\d{4}|\d{2})(?!\d)\.?"
    r"|(?P<iso_year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s{0,2}([AaPp]\.?\s?[Mm])?")
_ZONE = re.compile(r"(?:GMT|UTC)?\s?([+-]\d{2}):?(\d{2})(?!\d)")
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

    def read(self, text: str) -> datetime | None:
        """The moment, without a zone where none is given; None for what is no date, or could be two."""
        text = " ".join(text.split())
        if not text or len(text) > 2 * _LONGEST:
            return None
        moment = mail_date(text) if re.match(r"[A-Z][a-z]{2}, \d", text) and _ZONE.search(text) else None
        if moment is not None:
            return moment
        numeric = _NUMERIC.search(text)
        if numeric is not None:
            return self._numeric(text, numeric)
        words = " ".join(_SPARE.sub(" ", text).split())
        if len(words) > _LONGEST or not _MONTH_NAMED.search(words) or self._failures >= _MOST_FAILURES:
            return None
        found = _named(words)
        self._failures += found is None
        return found

    def _numeric(self, text: str, match: re.Match[str]) -> datetime | None:
        if match["iso_year"]:
            year, month, day = int(match["iso_year"]), int(match["month"]), int(match["day"])
        else:
            one, two, year = int(match["first"]), int(match["second"]), int(match["year"])
            dotted = "." in match.group()
            day_first = True if dotted or one > 12 else False if two > 12 else self._day_first
            if day_first is None and one != two:
                return None
            day, month = (one, two) if day_first else (two, one)
            year += 2000 if year < 70 else 1900 if year < 100 else 0
        rest = text[match.end() :] if _CLOCK.search(text, match.end()) else text[: match.start()]
        return _moment(year, month, day, rest)


def _moment(year: int, month: int, day: int, rest: str) -> datetime | None:
    hour = minute = second = 0
    clock = _CLOCK.search(rest)
    if clock is not None:
        hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        half = (clock[4] or "").lower()[:1]
        hour = hour % 12 + 12 * (half == "p") if half and hour <= 12 else hour
    zone = _ZONE.search(rest)
    written = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    try:
        return datetime.fromisoformat(written + (f"{zone[1]}:{zone[2]}" if zone is not None else ""))
    except ValueError:
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
