"""Due dates mean a day only where the words and the day they were said on leave no doubt."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from extractor.dates import due

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by Friday", date(2026, 3, 6)),
        ("Wednesday", date(2026, 3, 11)),
        ("next Friday", date(2026, 3, 13)),
        ("tomorrow", date(2026, 3, 5)),
        ("today", date(2026, 3, 4)),
        ("next week", date(2026, 3, 13)),
        ("this week", date(2026, 3, 6)),
        ("end of the month", date(2026, 3, 31)),
        ("EOW", date(2026, 3, 6)),
        ("in two weeks", date(2026, 3, 18)),
        ("two weeks from today", date(2026, 3, 18)),
        ("a week from now", date(2026, 3, 11)),
        ("March 12", date(2026, 3, 12)),
        ("12 March 2027", date(2027, 3, 12)),
        ("by Monday at 10am", date(2026, 3, 9)),
        ("2026-04-01", date(2026, 4, 1)),
    ],
)
def test_words_become_the_day_they_mean(words: str, day: date):
    found = due(words, WEDNESDAY)
    assert found is not None
    assert (found.text, found.date) == (words, day)


VAGUE = ["soon", "before the next call", "Q3", "asap", "3/4", "two", "1", "after the release", "!"]


@pytest.mark.parametrize("words", VAGUE)
def test_words_that_name_no_day_stay_words(words: str):
    found = due(words, WEDNESDAY)
    assert found is not None
    assert (found.text, found.date) == (words, None)


@pytest.mark.parametrize("words", ["by Friday", "tomorrow", "in two weeks", "March 12"])
def test_without_a_day_to_count_from_relative_words_stay_words(words: str):
    found = due(words, None)
    assert found is not None
    assert found.date is None


def test_a_full_date_needs_no_day_to_count_from():
    found = due("12 March 2027", None)
    assert found is not None
    assert found.date == date(2027, 3, 12)


def test_no_words_are_no_due_date():
    assert due(None, WEDNESDAY) is None
    assert due("  ", WEDNESDAY) is None


@pytest.mark.parametrize("words", ["March 20 26", "24.12.26", "5/13/26", "March 10-12", "Friday 14 March"])
def test_without_a_day_to_count_from_a_year_needs_four_digits(words: str):
    found = due(words, None)
    assert found is not None
    assert found.date is None


@pytest.mark.parametrize(("words", "day"), [("24.12.26", date(2026, 12, 24)), ("March 20 26", date(2026, 3, 20))])
def test_a_year_of_two_digits_is_read_near_the_day_it_was_said_on(words: str, day: date):
    found = due(words, WEDNESDAY)
    assert found is not None
    assert found.date == day


def test_a_year_of_two_digits_that_has_passed_is_not_moved_into_the_next_century():
    found = due("01.03.26", date(2026, 3, 4))
    assert found is not None
    assert found.date is None


RANGES = [
    "10-12 March",
    "March 10-12",
    "10\u201312 March",
    "10 - 12 March",
    "between 3 and 5 May",
    "5 to 7 May",
    "3/4 May",
    "Monday or Tuesday",
    "Monday/Tuesday",
]


@pytest.mark.parametrize("words", RANGES)
def test_several_days_are_not_one_due_date(words: str):
    found = due(words, WEDNESDAY)
    assert found is not None
    assert (found.text, found.date) == (words, None)


@pytest.mark.parametrize("words", ["2026-04-01", "14-04-2026", "14.04.2026", "2026-04-01 17:00"])
def test_a_date_with_dashes_or_dots_is_no_range(words: str):
    found = due(words, WEDNESDAY)
    assert found is not None
    assert found.date is not None


@pytest.mark.parametrize("words", ["Friday 14 March", "Fri, March 14", "Friday 13 March 2027"])
def test_a_weekday_that_contradicts_its_date_leaves_words(words: str):
    found = due(words, WEDNESDAY)
    assert found is not None
    assert found.date is None


def test_a_weekday_that_agrees_with_its_date_is_that_day():
    found = due("Friday, March 13", WEDNESDAY)
    assert found is not None
    assert found.date == date(2026, 3, 13)


@pytest.mark.parametrize(
    ("words", "said_on", "day"),
    [
        ("12 March", date(2026, 3, 12), date(2026, 3, 12)),
        ("March 12", datetime(2026, 3, 12, 17, 30), date(2026, 3, 12)),
        ("12 March", date(2026, 3, 13), date(2027, 3, 12)),
        ("29 February", date(2026, 3, 4), date(2028, 2, 29)),
        ("in one year", date(2026, 3, 12), date(2027, 3, 12)),
    ],
)
def test_a_date_without_a_year_is_the_first_from_the_day_it_is_said_on(words: str, said_on: date, day: date):
    found = due(words, said_on)
    assert found is not None
    assert found.date == day


END_OF_TIME = ["tomorrow", "Friday", "next Friday", "next week", "next month", "next year", "EOM", "in two weeks"]


@pytest.mark.parametrize("words", [*END_OF_TIME, "March 12", "12 March 99999", "in 99999999999 days"])
def test_a_day_that_no_calendar_holds_stays_words(words: str):
    found = due(words, date.max)
    assert found is not None
    assert (found.text, found.date) == (words, None)


@pytest.mark.parametrize("words", ["yesterday", "3 weeks ago", "March 12", "end of the week", "24.12.26"])
def test_the_first_day_of_all_is_no_error(words: str):
    found = due(words, date.min)
    assert found is not None
    assert found.text == words


CLOCKLESS = """
import sys
import dateparser.parser, dateparser.freshness_date_parser, dateparser.date, dateparser.utils as utils
from datetime import date, datetime

class Stopped(datetime):
    @classmethod
    def now(cls, tz=None):
        raise AssertionError("the clock was asked")

for module in [module for name, module in sys.modules.items() if name.startswith("dateparser")]:
    if getattr(module, "datetime", None) is datetime:
        module.datetime = Stopped
from extractor.dates import due
for words in sys.argv[1:]:
    for base in (None, date(2026, 3, 4)):
        due(words, base)
"""


def test_the_clock_plays_no_part():
    words = ["24.12.26", "March 20 26", "12 March 2027", "12 March", "tomorrow", "5pm", "Q3", "March", "in 3 days"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-c", CLOCKLESS, *words], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
