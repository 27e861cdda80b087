from __future__ import annotations

from collections.abc import Callable

import pytest
from checks import asides, assert_accounted, turns, warnings

from extractor.errors import SourceError
from extractor.sources import Reading

Read = Callable[..., Reading]

CUE = "00:00:{:02d}.000 --> 00:00:{:02d}.500"


def zoom(*cues: str, eol: str = "\r\n") -> str:
    """Cues as Zoom writes them: a number, the times, one line, a blank line."""
    blocks = [f"{n}{eol}{CUE.format(n, n)}{eol}{cue}{eol}{eol}" for n, cue in enumerate(cues, 1)]
    return f"WEBVTT{eol}{eol}{''.join(blocks)}"


TALK = ("Ana: We start.", "Ben: I have the numbers.", "Ana: Go on, please.", "Ben: Sales are up.", "Ana: Good.")


# Who says what


def test_zoom_names_with_brackets_pipes_digits_and_emoji_are_speakers(read_fixture: Callable[[str], Reading]) -> None:
    reading = read_fixture("zoom.vtt")
    (conversation,) = reading.conversations
    assert [person.name for person in conversation.participants] == [
        "Mira Tan",
        "Milo | Nordwind",
        "0xNova",
        "@jo / Johanna Rey (Ops)",
        "pavel 🚲 [remote]",
    ]
    assert_accounted(reading)


def test_consecutive_cues_of_one_speaker_are_one_turn_from_the_first_start_to_the_last_end(
    read_fixture: Callable[[str], Reading],
) -> None:
    (conversation,) = read_fixture("zoom.vtt").conversations
    turn = conversation.turns[3]
    assert turn.text == "Halden & Sons, by a wide margin, in every test I ran."
    assert (turn.start, turn.end) == (19.2, 27.0)


def test_a_cue_without_label_in_a_labelled_file_is_a_turn_of_nobody(read_fixture: Callable[[str], Reading]) -> None:
    reading = read_fixture("zoom.vtt")
    assert turns(reading)[5] == (None, "Next: the renewal date.")
    assert "1 of 10 cues carries no speaker label" in warnings(reading)


def test_a_colon_in_what_somebody_says_is_text(read_fixture: Callable[[str], Reading]) -> None:
    assert turns(read_fixture("zoom.vtt"))[1] == (
        "Milo | Nordwind",
        "I compared three of them. The price: nearly the same.",
    )


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_read_alike(read: Read, eol: str) -> None:
    reading = read(zoom(*TALK, eol=eol))
    assert turns(reading) == [tuple(cue.split(": ")) for cue in TALK]
    assert_accounted(reading, len(zoom(*TALK, eol=eol)))


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_byte_order_marks_and_wide_encodings_are_read(read: Read, codec: str) -> None:
    reading = read(zoom(*TALK).encode(codec))
    assert turns(reading) == [tuple(cue.split(": ")) for cue in TALK]
    assert warnings(reading) == ""


def test_a_name_that_comes_only_once_is_still_a_speaker(read: Read) -> None:
    reading = read(zoom(*TALK, "nixo: Me too.", "Q: Why?", "Jo van der Berg: Fine."))
    assert [name for name, _ in turns(reading)][5:] == ["nixo", "Q", "Jo van der Berg"]


@pytest.mark.parametrize("text", ["Next steps: none.", "So: we wait.", "What I mean is: later.", "https: that is it."])
def test_words_before_a_colon_that_are_no_name_are_text(read: Read, text: str) -> None:
    assert turns(read(zoom(*TALK, text)))[5] == (None, text)


def test_names_in_different_case_and_with_pronouns_are_one_person(read: Read) -> None:
    reading = read(zoom("Ana  Li: One.", "Ben: Two.", "ana li: Three.", "Ben: Four.", "Ana Li (she/her): Five."))
    (conversation,) = reading.conversations
    assert [(person.id, person.name) for person in conversation.participants] == [("ana-li", "Ana Li"), ("ben", "Ben")]
    assert conversation.participants[0].aliases == ("ana li", "Ana Li (she/her)")


def test_diarised_labels_lose_their_brackets(read: Read) -> None:
    reading = read(zoom("[SPEAKER_00]: One.", "[SPEAKER_01]: Two.", "[SPEAKER_00]: Three."))
    assert [name for name, _ in turns(reading)] == ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"]


def test_labels_that_only_mark_changes_go_on_and_it_is_said(read: Read) -> None:
    lines = ["Ana: We start", "with the", "numbers.", "Ben: They are", "good this", "year.", "Ana: Thanks", "all."]
    reading = read(zoom(*lines))
    assert turns(reading) == [
        ("Ana", "We start with the numbers."),
        ("Ben", "They are good this year."),
        ("Ana", "Thanks all."),
    ]
    assert "Only 3 of 8 cues carry a speaker label" in warnings(reading)


# Voices, markup, entities


def test_teams_voices_entities_and_pieces_of_one_utterance_are_read(read_fixture: Callable[[str], Reading]) -> None:
    reading = read_fixture("teams.vtt")
    assert turns(reading) == [
        ("Lucía Fariña", "So the question is whether we move the launch to the spring."),
        ("Anders Holm (Guest)", "R&D would welcome that."),
        (None, "Mhm."),
        ("Lucía Fariña", "Good. We move it to the spring."),
    ]
    assert_accounted(reading)


def test_a_voice_tag_that_holds_the_name_names_the_speaker(read: Read) -> None:
    cues = ("<v>Ana Li:</v>We start.", "<v>Ben:</v>It is late: ten.", "<v>Ana Li:</v>Good. <i>Bye</i>")
    text = zoom(*cues, eol="\n")
    reading = read(text)
    assert turns(reading) == [("Ana Li", "We start."), ("Ben", "It is late: ten."), ("Ana Li", "Good. Bye")]
    assert warnings(reading) == ""
    assert_accounted(reading, len(text))


def test_a_later_piece_of_an_interrupted_utterance_joins_it(read: Read) -> None:
    guid = "0f3d2a91-1c2b-4d5e-8f90-a1b2c3d4e5f6"
    reading = read(
        f"WEBVTT\n\n{guid}/7-0\n{CUE.format(1, 2)}\n<v Ana>We take the</v>\n\n"
        f"{guid}/8-0\n{CUE.format(2, 3)}\n<v Ben>Yes.</v>\n\n{guid}/7-1\n{CUE.format(3, 4)}\n<v Ana>second offer.</v>\n"
    )
    assert turns(reading) == [("Ana", "We take the second offer."), ("Ben", "Yes.")]
    assert_accounted(reading)


def test_an_entity_counts_one_character_used_and_the_rest_as_markup(read: Read) -> None:
    reading = read(f"WEBVTT\n\n{CUE.format(1, 2)}\n<v Ana>R&amp;D</v>\n")
    assert turns(reading) == [("Ana", "R&D")]
    assert asides(reading)["markup"] == len("amp;") + len("</v>")
    assert_accounted(reading)


def test_several_voices_in_one_cue_are_several_turns(read: Read) -> None:
    reading = read(f"WEBVTT\n\n{CUE.format(1, 2)}\n<v Ana>Shall we?</v> <v.loud Ben>Yes.\n<v Cy>No.\n")
    assert turns(reading) == [("Ana", "Shall we?"), ("Ben", "Yes."), ("Cy", "No.")]
    assert_accounted(reading)


def test_tags_and_inline_timestamps_go_and_unknown_angle_brackets_stay(read: Read) -> None:
    text = "<c.yellow>if</c> <00:00:01.200><i>a</i> < b <crosstalk> &lt;b&gt; & AT&T &nosuch;"
    reading = read(f"WEBVTT\n\n{CUE.format(1, 2)}\n{text}\n")
    assert turns(reading) == [(None, "if a < b <crosstalk> <b> & AT&T &nosuch;")]
    assert_accounted(reading)


def test_a_name_with_a_line_break_or_entity_in_its_tag_is_one_name(read: Read) -> None:
    reading = read(f"WEBVTT\n\n{CUE.format(1, 2)}\n<v Ana\nL&oacute;pez>Yes.</v>\n")
    assert turns(reading) == [("Ana López", "Yes.")]


def test_webex_names_come_from_the_cue_id(read_fixture: Callable[[str], Reading]) -> None:
    reading = read_fixture("webex.vtt")
    assert turns(reading) == [(None, "Shall we begin?"), ("Ruth Okafor", "Yes, we shall. The budget is approved.")]


# No speakers


def test_a_file_without_speakers_is_cut_at_silences_and_says_so(read_fixture: Callable[[str], Reading]) -> None:
    reading = read_fixture("stream.vtt")
    assert turns(reading) == [
        (None, "The roof of the depot leaks. We repair it before the winter"),
        (None, "and not later."),
    ]
    assert "no speaker labels" in warnings(reading)
    assert asides(reading)["comment"] > 0


def test_a_file_without_speakers_is_cut_into_paragraphs_at_sentence_ends(read: Read) -> None:
    sentence = "This is a sentence of forty characters."
    cues = "".join(
        f"00:{n // 60:02d}:{n % 60:02d}.000 --> 00:{n // 60:02d}:{n % 60:02d}.900\n{sentence}\n\n" for n in range(60)
    )
    lengths = [len(text) for _, text in turns(read(f"WEBVTT\n\n{cues}"))]
    assert all(400 <= length <= 440 for length in lengths[:-1])


def test_rolling_captions_are_read_once(read_fixture: Callable[[str], Reading]) -> None:
    reading = read_fixture("youtube.vtt")
    assert turns(reading) == [(None, "we open the valve only after the test and never before")]
    assert asides(reading)["copy"] == 72
    assert_accounted(reading)


# Lenient reading


def test_hours_may_be_missing_and_a_comma_may_stand_before_milliseconds(read: Read) -> None:
    reading = read("WEBVTT\n\n00:01.500 --> 00:02.000\nAna: One.\n\n00:00:03,250 --> 00:00:04,000\nBen: Two.\n")
    (conversation,) = reading.conversations
    assert [(turn.start, turn.end) for turn in conversation.turns] == [(1.5, 2.0), (3.25, 4.0)]


def test_header_text_notes_styles_regions_and_settings_are_set_aside(read: Read) -> None:
    content = (
        "WEBVTT - weekly call\nKind: captions\n\n"
        "STYLE\n::cue { color: red }\n\nREGION\nid:left\n\nNOTE\nmade by\nhand\n\n"
        f"one\n{CUE.format(1, 2)} align:start position:0%\n<v Ana>Yes.</v>\n\nNOTE the end\n"
    )
    reading = read(content)
    assert turns(reading) == [("Ana", "Yes.")]
    assert set(asides(reading)) >= {"header", "comment", "cue id", "timestamp", "speaker label", "markup"}
    assert_accounted(reading, len(content))


def test_cues_without_blank_lines_between_them_are_told_apart(read: Read) -> None:
    content = zoom(*TALK).replace("\r\n\r\n", "\r\n")
    assert turns(read(content)) == [tuple(cue.split(": ")) for cue in TALK]


def test_text_after_a_blank_line_in_a_cue_is_read_and_named(read: Read) -> None:
    content = zoom(*TALK).replace("the numbers.", "the numbers.\r\n\r\nThey are new.")
    reading = read(content)
    assert turns(reading)[1:3] == [("Ben", "I have the numbers."), (None, "They are new.")]
    assert 'line 11 ("They are new.")' in warnings(reading)
    assert_accounted(reading, len(content))


def test_a_sentence_that_goes_on_after_a_blank_line_is_by_the_same_speaker(read: Read) -> None:
    content = zoom(*TALK).replace("the numbers.", "the\r\n\r\nnumbers.")
    reading = read(content)
    assert turns(reading)[1] == ("Ben", "I have the numbers.")
    assert 'line 11 ("numbers.")' in warnings(reading)


def test_a_blank_line_between_times_and_text_loses_nothing(read: Read) -> None:
    content = f"WEBVTT\n\n{CUE.format(1, 2)}\n\nWe buy the\n\n{CUE.format(2, 3)}\n\nsmall van.\n\n"
    reading = read(content)
    assert turns(reading) == [(None, "We buy the small van.")]


def test_text_before_any_cue_is_set_aside_and_named(read: Read) -> None:
    content = zoom(*TALK).replace("1\r\n00:00:01", "Recorded by hand\r\n\r\n1\r\n00:00:01", 1)
    reading = read(content)
    assert 'line 3 ("Recorded by hand")' in warnings(reading)
    assert asides(reading)["text outside a cue"] == len("Recorded by hand")


def test_a_cue_whose_times_are_broken_keeps_its_text_and_is_named(read: Read) -> None:
    content = zoom(*TALK).replace("00:00:03.000 --> 00:00:03.500", "00:00:03.000 --> 0x:00")
    reading = read(content)
    assert turns(reading) == [tuple(cue.split(": ")) for cue in TALK]
    assert "cue 3 on line 11" in warnings(reading)
    assert reading.conversations[0].turns[2].start is None


def test_an_arrow_in_what_somebody_says_is_text(read: Read) -> None:
    reading = read(zoom("Ana: From 1:1 --> to teams.", "Ben: A --> B", "Ana: Yes."))
    assert turns(reading)[0] == ("Ana", "From 1:1 --> to teams.")
    assert turns(reading)[1] == ("Ben", "A --> B")


def test_a_header_that_is_lost_does_not_lose_the_file(read: Read) -> None:
    reading = read(zoom(*TALK).removeprefix("WEBVTT\r\n\r\n"))
    assert (reading.format, turns(reading)) == ("webvtt", [tuple(cue.split(": ")) for cue in TALK])


def test_text_stays_verbatim_inside_and_white_space_around_it_goes(read: Read) -> None:
    reading = read(zoom("Ana:   e\u0301  and\u00a0so  on  ", "Ben: Yes.", "Ana: No."))
    assert turns(reading)[0] == ("Ana", "e\u0301  and\u00a0so  on")
    assert_accounted(reading)


@pytest.mark.parametrize(
    "content", ["WEBVTT\n", "WEBVTT\n\nNOTE nothing\n", "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n \n\n"]
)
def test_a_file_without_a_word_is_an_error(read: Read, content: str) -> None:
    with pytest.raises(SourceError, match="with no cue"):
        read(content)


# Cut off


CUTS = {
    "in the text": "Ana: Good and well for the mo",
    "after the label": "Ana: ",
    "in the label": "An",
}


@pytest.mark.parametrize("rest", CUTS.values(), ids=CUTS)
def test_a_file_cut_off_in_a_cue_reads_the_whole_cues_and_names_the_cut_one(read: Read, rest: str) -> None:
    content = zoom(*TALK[:4]) + f"5\r\n{CUE.format(5, 5)}\r\n{rest}"
    reading = read(content)
    assert turns(reading) == [tuple(cue.split(": ")) for cue in TALK[:4]]
    assert reading.error is not None
    assert "is cut off in cue 5 on line 19" in reading.error
    assert rest.strip() in reading.error
    assert reading.error.endswith("Export the transcript again.")
    assert asides(reading)["cut off"] == len(content) - content.index("5\r\n00:00:05")
    assert_accounted(reading, len(content))


@pytest.mark.parametrize("rest", ["5", "5\r\n", "5\r\n00:00", "5\r\n00:00:05.000 --", "5\r\n00:00:05.000 --> 00:0"])
def test_a_file_cut_off_before_the_text_of_a_cue_is_an_error(read: Read, rest: str) -> None:
    reading = read(zoom(*TALK[:4]) + rest)
    assert turns(reading) == [tuple(cue.split(": ")) for cue in TALK[:4]]
    assert reading.error is not None
    assert "cue 5 on line 19 before its first word" in reading.error


def test_a_timing_line_without_text_at_the_end_is_cut_off(read: Read) -> None:
    reading = read(zoom(*TALK[:4]) + f"5\r\n{CUE.format(5, 5)}\r\n")
    assert reading.error is not None
    assert "cut off in cue 5" in reading.error


def test_a_file_cut_off_in_the_middle_of_a_character_is_an_error(read: Read) -> None:
    reading = read((zoom(*TALK[:4]) + f"5\r\n{CUE.format(5, 5)}\r\nAna: Good, Łuk").encode() + b"\xc5")
    assert len(turns(reading)) == 4
    assert reading.error is not None
    assert 'cue 5 on line 19 ("Ana: Good, Łuk")' in reading.error


@pytest.mark.parametrize("rest", ["<v Be", "<v Ben", "<v Ben>we should", "<v Ben>we should</", "<v Ben>we should\nnot"])
def test_a_voice_that_is_not_closed_like_the_others_is_cut_off(read: Read, rest: str) -> None:
    head = f"WEBVTT\n\n{CUE.format(1, 2)}\n<v Ana>We start</v>\n\n{CUE.format(2, 3)}\n<v Ben>Yes</v>\n\n"
    reading = read(f"{head}{CUE.format(3, 4)}\n{rest}")
    assert turns(reading) == [("Ana", "We start"), ("Ben", "Yes")]
    assert reading.error is not None
    assert "cut off in cue 3 on line 9" in reading.error


def test_voices_that_are_never_closed_are_whole(read: Read) -> None:
    reading = read(f"WEBVTT\n\n{CUE.format(1, 2)}\n<v Ana>We start\n\n{CUE.format(2, 3)}\n<v Ben>Yes")
    assert reading.error is None
    assert turns(reading) == [("Ana", "We start"), ("Ben", "Yes")]


@pytest.mark.parametrize("number", range(1, 6))
def test_a_short_file_of_whole_cues_needs_no_line_break_at_its_end(read: Read, number: int) -> None:
    reading = read(zoom(*TALK[:number], eol="\n").rstrip("\n"))
    assert reading.error is None
    assert len(turns(reading)) == number


def test_whole_cues_without_punctuation_and_final_line_break_are_not_cut_off(read: Read) -> None:
    reading = read(zoom("Ana: one", "Ben: two", "Ana: three", "Ben: four", eol="\n").rstrip("\n"))
    assert reading.error is None
    assert len(turns(reading)) == 4


def test_a_file_cut_off_in_its_only_cue_is_an_error_that_says_so(read: Read) -> None:
    with pytest.raises(SourceError, match="cut off in cue 1 on line 3"):
        read("WEBVTT\n\n1\n00:00:01.000 --> 00:0")


def test_every_cue_of_a_merged_turn_keeps_its_own_time(read: Read):
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nAnna: First words.\n\n00:05.000 --> 00:06.000\nAnna: Then more.\n\n"
        "00:07.000 --> 00:08.000\nBen: Yes.\n"
    )
    turns = read(text).conversations[0].turns
    assert [(mark.char, mark.time) for mark in turns[0].marks] == [(0, 1.0), (13, 5.0)]
    assert turns[0].text[13:] == "Then more."
    assert [turns[0].time_at(char) for char in (0, 12, 13, 20)] == [1.0, 1.0, 5.0, 5.0]
    assert turns[1].marks == ()
    assert turns[1].time_at(2) == 7.0
