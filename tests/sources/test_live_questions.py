"""The questions of a Teams live event: who asks and answers, what is quoted, and what stands there twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.sources import Reading
from extractor.sources.base import Blob
from extractor.sources.documents import teams

Read = Callable[..., Reading]

WITH_MOMENTS = """Ana Orr (HARBOUR) (ana@harbour.example)
8/20/2026 4:31:46 PM
Is there sound?

Ben R.
8/20/2026 4:33:10 PM
There is.

https://harbour.example/sound(Ana Orr (HARBOUR) asked "Is there sound?")
"""


def replies(reading: Reading) -> list[int | None]:
    return [turn.reply_to for turn in reading.conversations[0].turns]


def test_a_moment_below_the_name_is_when_it_was_asked(read: Read) -> None:
    reading = read(WITH_MOMENTS, "questions.txt")
    assert turns(reading) == [
        ("Ana Orr (HARBOUR) (ana@harbour.example)", "Is there sound?"),
        ("Ben R.", "There is.\nhttps://harbour.example/sound"),
    ]
    first = reading.conversations[0].turns[0]
    assert (first.kind, first.sent_at) == ("chat", datetime(2026, 8, 20, 16, 31, 46))
    assert replies(reading) == [None, 0]
    assert asides(reading)["quoted reply"] == len('(Ana Orr (HARBOUR) asked "Is there sound?")')
    assert_accounted(reading, len(WITH_MOMENTS))


def test_dates_that_can_be_read_two_ways_give_no_times_and_say_so(read: Read) -> None:
    reading = read(WITH_MOMENTS.replace("8/20/", "8/9/"), "questions.txt")
    assert [turn.sent_at for turn in reading.conversations[0].turns] == [None, None]
    assert "Dates such as 8/9/2026 4:31:46 PM can be read two ways" in warnings(reading)


def test_a_question_of_several_lines_is_quoted_whole(read: Read) -> None:
    text = (
        'Ana Orr\nIs there sound?\nI hear none\n\nzed\nNow there is(Ana Orr asked "Is there sound?\nI hear none")\n\n'
        'Ben\nGood.(zed asked "I hear none")\n'
    )
    reading = read(text, "questions.txt")
    assert turns(reading) == [
        ("Ana Orr", "Is there sound?\nI hear none"),
        ("zed", "Now there is"),
        ("Ben", "Good."),
    ]
    assert replies(reading) == [None, 0, None]
    assert_accounted(reading, len(text))


def test_anonymous_is_nobody_and_quoted_without_a_name(read: Read) -> None:
    text = (
        "Anonymous\nWho pays (and when)?\n\nBen Roe\nWe do.(Who pays (and when)?)\n\nAna Orr\nMe too (gladly)\n\n"
        'Ben Roe\nThanks(Ana Orr asked "Me too (gladly)")\n\nBen Roe\nBye(Ana Orr asked "Me too (gladly)")\n'
    )
    reading = read(text, "questions.txt")
    assert turns(reading) == [
        (None, "Who pays (and when)?"),
        ("Ben Roe", "We do."),
        ("Ana Orr", "Me too (gladly)"),
        ("Ben Roe", "Thanks"),
        ("Ben Roe", "Bye"),
    ]
    assert replies(reading) == [None, 0, None, 2, 2]
    assert "1 turn has no speaker" in warnings(reading)


def test_what_was_asked_and_then_published_is_read_once(read: Read) -> None:
    text = (
        "Ana Orr\nIs there sound?\n\nzed\nI hear it\n\nAna Orr\nIs there sound?\n\n"
        'Ben\nYes(Ana Orr asked "Is there sound?")\n\nBen\nIndeed(zed asked "I hear it")\n'
    )
    reading = read(text, "questions.txt")
    assert turns(reading) == [
        ("Ana Orr", "Is there sound?"),
        ("zed", "I hear it"),
        ("Ben", "Yes"),
        ("Ben", "Indeed"),
    ]
    assert asides(reading)["copy"] == len("Ana OrrIs there sound?")
    assert "1 message stands in the file twice" in warnings(reading)
    assert_accounted(reading, len(text))


def test_a_second_paragraph_of_a_question_is_no_question_of_somebody_else(read: Read) -> None:
    text = (
        "Ana Orr\nIs there sound?\n\nOr is it my machine?\nI changed it last week.\n\nBen\nBoth.\n\n"
        'Ben\nYes(Ana Orr asked "Is there sound?")\n\nBen\nNo(Ana Orr asked "Is there sound?")\n'
    )
    reading = read(text, "questions.txt")
    assert turns(reading)[0] == ("Ana Orr", "Is there sound?\nOr is it my machine?\nI changed it last week.")
    assert {person.name for person in reading.conversations[0].participants} == {"Ana Orr", "Ben"}


NAMES = st.sampled_from(["Ana Orr", "Ben R.", "Li, Cy (HARBOUR)", "zed 4", "Anonymous"])
WORDS = st.lists(st.sampled_from(["where", "is", "it?", "(here)", "now.", "we", "paint"]), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, WORDS, st.booleans()), min_size=2, max_size=8))
def test_what_is_written_out_reads_back_the_same(said: list[tuple[str, list[str], bool]]) -> None:
    text, expected, before = "", [], ""
    for number, (name, words, answers) in enumerate(said):
        own = f"{' '.join(words)} {number}"
        quoted = f'({before} asked "{expected[-1][1]}")' if answers and expected and before != "Anonymous" else ""
        text += f"{name}\n8/20/2026 4:{10 + number}:46 PM\n{own}{quoted}\n\n"
        expected.append((None if name == "Anonymous" else name, own))
        before = name
    blob = Blob("questions.txt", text.encode())
    reading = teams.read(blob)
    assert turns(reading) == expected
    assert_accounted(reading, len(text))


@pytest.mark.parametrize("piece", ["(", '(a asked "', "(a\n", 'x asked "y")\n\n', "a\n8/20/2026 4:31:46 PM\n(((\n"])
def test_no_text_takes_longer_than_its_length_allows(piece: str) -> None:
    text = WITH_MOMENTS + "\n" + piece * (200_000 // len(piece)) + '")'
    reading = teams.read(Blob("questions.txt", text.encode()))
    assert_accounted(reading, len(text))
