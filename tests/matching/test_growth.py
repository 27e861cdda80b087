"""A text that grew or was edited is known again; another meeting of the series is not."""

from __future__ import annotations

import gzip
import json
from itertools import combinations
from pathlib import Path

import pytest
from scoring.oracle import examples

from extractor.matching.growth import SAME, same_conversation

Turns = list[tuple[str | None, str]]

OPENING: Turns = [
    (
        "Chair",
        "Welcome to the weekly call of the harbour committee, it is recorded and minutes go out on Friday.",
    ),
    ("Chair", "A reminder of our rules: raise a hand, one at a time, and nothing of a personal nature in the chat."),
    ("Chair", "First item as every week: corrections to the last minutes."),
    ("Ilka", "None from me."),
    ("Boas", "None."),
]
MOORINGS: Turns = [
    ("Chair", "Then the moorings. Ilka, where are we?"),
    (
        "Ilka",
        "The chain on the north row is worn to two thirds, and I would replace it all before the autumn storms.",
    ),
    ("Boas", "Can it be done row by row, so that the visitors keep some berths?"),
    ("Ilka", "It can, it only costs a second trip of the barge."),
    ("Chair", "Then row by row, starting on the first of September."),
    ("Boas", "Okay."),
]
CRANE: Turns = [
    ("Chair", "The crane, then. Boas, the inspector was here?"),
    ("Boas", "He was, and he wants the slewing ring opened, which nobody has done since it was put up."),
    ("Ilka", "Does that close the slip for the season?"),
    ("Boas", "For a week in October, if the parts come."),
    ("Chair", "Let us ask for two offers and come back to it."),
    ("Ilka", "Okay."),
]
THREAD: Turns = [
    ("Ilka", "The barge firm asks whether we want the second trip in the same week or the week after."),
    ("Boas", "The week after, the north row is full until the regatta."),
    ("Ilka", "Fine, I will tell them."),
]


def is_same(old: Turns, new: Turns) -> bool:
    return same_conversation(old, new) >= SAME


def test_two_weeks_of_one_meeting_with_the_same_opening_are_two() -> None:
    assert not is_same(OPENING + MOORINGS, OPENING + CRANE)
    assert same_conversation(OPENING + MOORINGS, OPENING + CRANE) > 0.0


def test_a_thread_with_three_more_messages_is_the_same() -> None:
    grown = [*THREAD, ("Chair", "Thanks both."), ("Boas", "They confirmed."), ("Ilka", "The 14th it is.")]
    assert same_conversation(THREAD, grown) == 1.0


@pytest.mark.parametrize(
    "edited",
    [
        "The week after, the north row is full until the regatta. EDIT: the regatta ends on the 12th.",
        "the week after - north row is full until the regatta",
        "The week after: the north row is full until the boat race.",
    ],
)
def test_a_thread_with_one_message_edited_is_the_same(edited: str) -> None:
    assert same_conversation(THREAD, [THREAD[0], ("Boas", edited), THREAD[2]]) == 1.0


def test_a_message_replaced_by_another_counts_as_gone() -> None:
    swapped = [THREAD[0], ("Boas", "Never mind, ask the Petersens."), THREAD[2]]
    assert 0.0 < same_conversation(THREAD, swapped) < 1.0


def test_a_transcript_exported_again_with_a_renamed_speaker_is_the_same() -> None:
    renamed = [("Ilka Brandt" if speaker == "Ilka" else speaker, text) for speaker, text in OPENING + CRANE]
    assert same_conversation(OPENING + CRANE, renamed) == 1.0


def test_turns_inserted_in_the_middle_and_other_punctuation_leave_it_the_same() -> None:
    inserted: Turns = [(None, "Recording started."), *OPENING, ("Boas", "Sorry, I was muted."), *MOORINGS]
    plainer = [(speaker, text.rstrip(".?").replace(",", "").lower()) for speaker, text in inserted]
    assert same_conversation(OPENING + MOORINGS, plainer) == 1.0


def test_a_conversation_of_which_a_quarter_was_deleted_is_still_the_same() -> None:
    left = [turn for number, turn in enumerate(OPENING + MOORINGS) if number % 4]
    assert is_same(OPENING + MOORINGS, left)
    assert same_conversation(OPENING + MOORINGS, left) < 0.9


def test_the_same_words_in_another_order_are_not_the_same() -> None:
    assert not is_same(OPENING + CRANE, [*reversed(OPENING + CRANE)])


def test_short_answers_alone_make_nothing_the_same() -> None:
    one = [turn for pair in zip(MOORINGS, [("Boas", "Okay."), ("Ilka", "Yes.")] * 3, strict=True) for turn in pair]
    other = [turn for pair in zip(CRANE, [("Boas", "Okay."), ("Ilka", "Yes.")] * 3, strict=True) for turn in pair]
    assert same_conversation(one, other) < SAME / 2


def test_nothing_said_is_like_nothing() -> None:
    assert same_conversation([], THREAD) == 0.0
    assert same_conversation(THREAD, []) == 0.0
    assert same_conversation([("Ilka", "")], [("Ilka", "")]) == 0.0


def test_a_part_of_a_conversation_is_the_same_when_the_whole_comes() -> None:
    for row in examples():
        turns = [(turn.speaker, turn.text) for turn in row.conversation.turns]
        assert same_conversation(turns[: len(turns) // 2], turns) == 1.0, row.id


def test_no_two_examples_are_the_same() -> None:
    said = {row.id: [(turn.speaker, turn.text) for turn in row.conversation.turns] for row in examples()}
    for one, other in combinations(said, 2):
        assert same_conversation(said[one], said[other]) < SAME / 2, (one, other)


def test_no_two_real_meetings_of_a_series_are_the_same(shared_data: Path) -> None:
    series: dict[str, list[Turns]] = {}
    with gzip.open(shared_data / "labelled" / "w3c.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            turns = [(turn["speaker"], turn["text"]) for turn in row["conversation"]["turns"]]
            series.setdefault(row["series"], []).append(turns)
    pairs = [pair for meetings in series.values() for pair in combinations(meetings, 2)]
    assert len(pairs) > 100
    assert max(max(same_conversation(one, other), same_conversation(other, one)) for one, other in pairs) < SAME


def test_five_thousand_turns_cost_no_more_comparisons_than_a_few_each(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.matching import growth

    old: Turns = [("a", f"turn {n} says that the {n % 7} boats of row {n * n % 101} stay") for n in range(5000)]
    new: Turns = [("a", "yeah") if n % 20 == 0 else ("a", f"other {n} matter of {n * 7 % 97}") for n in range(5000)]
    asked = 0
    compare = growth._is_edited

    def counted(one: str, other: str) -> bool:
        nonlocal asked
        asked += 1
        return compare(one, other)

    monkeypatch.setattr(growth, "_is_edited", counted)
    old = [("a", "yeah") if n % 20 == 0 else turn for n, turn in enumerate(old)]
    assert not is_same(old, new)
    assert 0 < asked <= 5 * len(old)


def test_two_messages_edited_and_swapped_are_not_both_in_their_place() -> None:
    old: Turns = [("Ilka", "The barge comes on the 14th at noon."), ("Boas", "The regatta ends on the 12th at dusk.")]
    new: Turns = [
        ("Boas", "The regatta ends on the 12th or so, at dusk."),
        ("Ilka", "The barge comes on the 14th by noon."),
    ]
    assert same_conversation(old, [*reversed(new)]) == 1.0
    assert same_conversation(old, new) < 0.6


def test_a_few_common_words_within_a_long_turn_are_no_edit() -> None:
    short, long = (
        "it is what we have",
        "if it rains then is the time for what Boas said, and we see who does have a boat",
    )
    assert same_conversation([("Ilka", short)], [("Boas", long)]) == 0.0
