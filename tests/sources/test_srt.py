from __future__ import annotations

from collections.abc import Callable

import pytest
from checks import assert_accounted, turns, warnings

from extractor.sources import Reading

Read = Callable[..., Reading]


def srt(*cues: str) -> str:
    return "".join(f"{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\n{cue}\n\n" for n, cue in enumerate(cues, 1))


def test_labels_comma_times_and_tags_are_read(read_fixture: Callable[[str], Reading]) -> None:
    reading = read_fixture("captions.srt")
    assert reading.format == "srt"
    assert turns(reading) == [
        ("Nadia", "The trial ends on Monday. Do we extend it?"),
        ("Ole", "Yes, by two weeks."),
        ("Nadia", "Fine, I will tell the vendor."),
    ]
    (conversation,) = reading.conversations
    assert (conversation.turns[0].start, conversation.turns[0].end) == (0.18, 4.8)
    assert_accounted(reading)


def test_two_speakers_in_one_cue_are_two_turns(read: Read) -> None:
    reading = read(srt("- Ana: Ready?\n- Ben: Yes.", "Ana: Good.", "Ben: Fine."), "a.srt")
    assert turns(reading) == [("Ana", "Ready?"), ("Ben", "Yes."), ("Ana", "Good."), ("Ben", "Fine.")]


def test_captions_without_speakers_say_so(read: Read) -> None:
    reading = read(srt("We open the", "shop at nine."), "a.srt")
    assert turns(reading) == [(None, "We open the shop at nine.")]
    assert "no speaker labels" in warnings(reading)


def test_dots_before_milliseconds_are_read_in_a_file_called_srt(read: Read) -> None:
    reading = read(srt("Ana: Ready?", "Ben: Yes.").replace(",000", ".000").replace(",900", ".900"), "a.srt")
    assert (reading.format, len(turns(reading))) == ("srt", 2)


@pytest.mark.parametrize(
    "rest", ["4\n00:00:04,", "4\n00:00:04,000 --> 00:00:04,900\n", "4\n00:00:04,000 --> 00:00:04,900\nAna: We sh"]
)
def test_a_cut_off_file_is_an_error_that_names_the_cue(read: Read, rest: str) -> None:
    reading = read(srt("Ana: One.", "Ben: Two.", "Ana: Three.") + rest, "a.srt")
    assert len(turns(reading)) == 3
    assert reading.error is not None
    assert "cut off in cue 4 on line 13" in reading.error
    assert_accounted(reading)


def test_a_short_file_without_final_line_break_is_whole(read: Read) -> None:
    assert read(srt("Ana: One.", "Ben: Two.").rstrip("\n"), "a.srt").error is None
