"""Due dates mean a day only where the words and the day they were said on leave no doubt."""

from __future__ import annotations

from datetime import date

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
