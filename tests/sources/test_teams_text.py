from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from word_files import document, paragraph, run, word

from extractor.errors import SourceError
from extractor.sources import Reading, read_source
from extractor.sources.base import Blob, Hints
from extractor.sources.documents import teams
from extractor.sources.documents.teams_lines import without_glued_initials

Read = Callable[..., Reading]

HEAD = """Harbour review-20260309_101500-Meeting Recording
March 9, 2026, 9:15AM
31m 8s

Ana Orr started transcription

"""
SAID = [("Ana Orr", "Shall we move it? I think so."), ("Gruber, Ben", "Yes."), ("Ana Orr", "Good.")]
IMAGE = "![](data:image/png;base64,iVBORw0KGgo=)"
BLOCKS = """Ana Orr   0:09
Shall we move it?
I think so.

Gruber, Ben   0:15
Yes.

Ana Orr   1:02:03
Good.
"""
SPELT_OUT = """Ana Orr 0 minutes 9 seconds

Shall we move it? I think so.


Gruber, Ben 15 seconds
Yes.

Gruber, Ben

0 minutes 15 seconds0:15

Gruber, Ben 0 minutes 15 seconds

Ana Orr 1 hour 2 minutes 3 seconds

Good.
"""
GERMAN = """Ana Orr
0 90:09
Ana Orr 0 Minuten 9 Sekunden
Shall we move it? I think so.
BG

Gruber, Ben
0 Minuten 15 Sekunden0:15
Gruber, Ben 0 Minuten 15 Sekunden
Yes.
AO
Ana Orr
1 Stunde 2 Minuten 3 Sekunden1:02:03
Ana Orr 1 Stunde 2 Minuten 3 Sekunden
Good.
"""
RANGES = """0:0:9.0 --> 0:0:14.250
Ana Orr
Shall we move it? I think so.

0:0:15.0 --> 0:0:16.5
Gruber, Ben
Yes.

1:2:3.0 --> 1:2:4.80
Ana Orr
Good.
"""
ON_ONE_LINE = """AAna Orr 0:09 Shall we move it?
I think so.

BGGruber, Ben 0:15 Yes.

Ana Orr 1:02:03 Good.
"""
MIXED = """AAna Orr 0:09 Shall we move it?
I think so.

Gruber, Ben 0:15\x20
Yes.

Ana Orr   1:02:03
Good.
"""


def restyled(label: str) -> str:
    """The blocks with every label written as ``label`` says, of ``NAME`` and ``TIME``."""
    lines = [re.fullmatch(r"(.*)   ([\d:]+)", line) or line for line in BLOCKS.split("\n")]
    return "\n".join(
        each if isinstance(each, str) else label.replace("NAME", each[1]).replace("TIME", each[2]) for each in lines
    )


STYLES = {
    "blocks": BLOCKS,
    "bold": restyled("**NAME** TIME  "),
    "bold brackets": restyled("**NAME (TIME):**  "),
    "bold dashes": restyled("**NAME — TIME**"),
    "headings": restyled("### NAME TIME"),
    "pictures": restyled(f"{IMAGE}\n\nNAME   TIME"),
    "pictures before names": restyled(f"{IMAGE} NAME   TIME"),
    "letters": BLOCKS.replace("Ana Orr ", "AAna Orr ").replace("Gruber, Ben", "BGGruber, Ben"),
    "on one line": ON_ONE_LINE,
    "mixed": MIXED,
    "spelt out": SPELT_OUT,
    "german": GERMAN,
    "ranges": RANGES,
    "name above time": restyled("NAME\nTIME"),
}
# Styles that others have too are known by the head only.
OF_TEAMS_ALONE = ("blocks", "bold", "pictures", "pictures before names", "letters", "spelt out", "german", "ranges")


def read_text(text: str, **hints: object) -> Reading:
    return teams.read(Blob("meeting.txt", text.encode(), Hints(**hints)))  # type: ignore[arg-type]


@pytest.mark.parametrize("style", STYLES)
def test_every_way_in_which_teams_transcripts_look_reads_the_same(read: Read, style: str) -> None:
    text = HEAD + STYLES[style] + "\nAna Orr stopped transcription\n"
    reading = read(text, "meeting.txt")
    assert reading.format == "teams-text"
    assert turns(reading) == SAID
    assert [turn.start for turn in reading.conversations[0].turns] == [9.0, 15.0, 3723.0]
    assert reading.coverage is not None
    assert reading.coverage.used == sum(len(said) for _, said in SAID)
    assert_accounted(reading, len(text))


@pytest.mark.parametrize("style", OF_TEAMS_ALONE)
def test_it_is_known_without_its_heading(style: str) -> None:
    assert teams.fits(Blob("meeting.txt", STYLES[style].encode())) >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Ana: We meet at 9:30.\nBen: Fine.\n",
        "Ana Li  0:03  \nShall we?\n\nBen  0:09  \nYes.\n\nTranscribed by https://otter.ai\n",
        "WEBVTT\n\n0:0:0.0 --> 0:0:5.320\n<v Ana Orr>Hello</v>\n\n0:0:6.0 --> 0:0:7.320\n<v Ana Orr>Hello</v>\n",
        "1\n00:00:01,000 --> 00:00:02,000\nAna: Hello\n\n2\n00:00:02,000 --> 00:00:03,000\nBen: Hi\n",
        "[14/10/2025, 3:34:09 PM] Ana: x\n[14/10/2025, 3:35:09 PM] Ben: y\n",
        '{"a": 1}',
        "The train leaves at 9:30\nThe other one leaves in 5 minutes\nAnd the third in 6 minutes\n",
        "",
    ],
)
def test_other_texts_are_left_to_others(text: str) -> None:
    assert teams.fits(Blob("meeting.txt", text.encode())) == 0.0


def test_teams_own_document_has_a_turn_in_one_paragraph_with_line_breaks(read: Read) -> None:
    paragraphs = [
        paragraph(run("Harbour review-20260309_101500-Meeting Recording", bold=True)),
        "March 9, 2026, 9:15AM",
        "31m 8s",
        paragraph(run("Ana Orr", bold=True), run(" started transcription")),
        "\nAna Orr   0:09\nShall we move it?\nI think so.",
        "\nGruber, Ben   0:15\nYes.",
        "\nAna Orr   1:02:03\nGood.",
        "Ana Orr stopped transcription",
    ]
    reading = read(word(paragraphs), "meeting.docx")
    assert reading.format == "teams-docx"
    assert turns(reading) == SAID
    assert_accounted(reading, len(document(paragraphs)))
    (conversation,) = reading.conversations
    assert conversation.title == "Harbour review"
    assert conversation.started_at == datetime(2026, 3, 9, 9, 15)
    assert conversation.warnings == ()


@pytest.mark.parametrize("style", ["blocks", "letters", "spelt out", "ranges", "name above time"])
def test_a_document_with_a_paragraph_a_line_reads_the_same(read: Read, style: str) -> None:
    paragraphs = [line for line in (HEAD + STYLES[style]).split("\n") if line.strip()]
    reading = read(word(paragraphs), "meeting.docx")
    assert reading.format == "teams-docx"
    assert [(name, " ".join(said.split())) for name, said in turns(reading)] == SAID


def test_the_head_is_set_aside_and_read(read: Read) -> None:
    reading = read(HEAD + STYLES["blocks"], "meeting.txt")
    (conversation,) = reading.conversations
    assert conversation.title == "Harbour review"
    assert conversation.started_at == datetime(2026, 3, 9, 9, 15)
    assert {"heading", "header", "system message", "speaker label"} <= asides(reading).keys()
    assert "not understood" not in asides(reading)


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("15 June 2026, 03:35am", datetime(2026, 6, 15, 3, 35)),
        ("June 15, 2026, 12:05AM", datetime(2026, 6, 15, 0, 5)),
        ("25. Juni 2026, 07:37AM", datetime(2026, 6, 25, 7, 37)),
        ("29 septembre 2026, 01:09PM", datetime(2026, 9, 29, 13, 9)),
        ("9 de julio de 2026, 8:03p.m.", datetime(2026, 7, 9, 20, 3)),
        ("**Fecha:** 5 de marzo de 2026, 6:14 p.\u00a0m.", datetime(2026, 3, 5, 18, 14)),
        ("12 de março de 2026, 18:14", datetime(2026, 3, 12, 18, 14)),
        ("12 maart 2026, 10:05", datetime(2026, 3, 12, 10, 5)),
        ("March 21, 2026,", date(2026, 3, 21)),
    ],
)
def test_the_date_line_is_read_in_the_language_of_teams(line: str, when: object) -> None:
    reading = read_text(f"Review\n{line}\n54min 42sec\n\n{STYLES['blocks']}")
    assert reading.conversations[0].started_at == when
    assert turns(reading) == SAID


@pytest.mark.parametrize(
    "line",
    [
        "Ana Orr started transcription",
        "Ana Orr hat die Transkription gestartet",
        "Ana Orr Transkription gestartet",
        "Ana Orr a commencé la transcription",
        "Ana Orr a démarré la transcription",
        "**Ana Orr** inició la transcripción",
        "*Ana Orr detuvo la transcripción.*",
        "_Ana Orr iniciou a transcrição_.",
        "Ana Orr parou a transcrição",
        "Ana Orr heeft de transcriptie gestart",
        "KI-generierte Inhalte können fehlerhaft sein",
        "AI-generated content may be incorrect.",
    ],
)
def test_who_started_and_stopped_is_no_speech_in_any_language(line: str) -> None:
    reading = read_text(f"{line}\n\n{STYLES['blocks']}\n{line}\n")
    assert turns(reading) == SAID


def test_a_heading_of_another_day_than_the_files_name_is_named_and_not_believed(read: Read) -> None:
    reading = read(HEAD + STYLES["blocks"], "call-20260402.txt")
    assert reading.conversations[0].started_at == date(2026, 4, 2)
    assert "the date line 2026-03-09" in warnings(reading)
    assert "the file's name 2026-04-02" in warnings(reading)


def test_a_heading_in_another_time_zone_than_the_date_line_agrees_with_it(read: Read) -> None:
    head = "Review-20260309_181500-Meeting Recording\nMarch 10, 2026, 1:15AM\n\n"
    reading = read(head + STYLES["blocks"], "Review-20260309_181500-Meeting Recording.txt")
    assert reading.conversations[0].started_at == datetime(2026, 3, 10, 1, 15)
    assert warnings(reading) == ""


def test_the_day_that_the_user_gives_counts(tmp_path: Path) -> None:
    path = tmp_path / "call-20260402.txt"
    path.write_text(HEAD + STYLES["blocks"])
    reading = read_source(str(path), hints=Hints(started_at=date(2026, 5, 1)))
    assert reading.conversations[0].started_at == date(2026, 5, 1)
    assert "that of the user was taken" in warnings(reading)


def test_the_error_page_of_teams_is_an_error(read: Read) -> None:
    page = "Review-20260309-Meeting Recording\nMarch 9, 2026\n\nOops! Something went wrong!\nTry again later.\n"
    with pytest.raises(SourceError, match="Oops! Something went wrong"):
        read(page, "meeting.md")


@pytest.mark.parametrize(
    "name",
    [
        "Gruber, Ben",
        "Reyn, ABC (Bert)",
        "Lee Roe (HARBOUR HE/HIM)",
        "Ana.Orr",
        "Speaker 1",
        "v2",
        "Orr, Ana (Guest)",
        "李 雷",
    ],
)
def test_names_stay_as_teams_writes_them(name: str) -> None:
    reading = read_text(f"{name}   0:03\nHello there.\n\nZoe Xu   0:05\nHi.\n\n{name}   0:08\nGood.\n")
    assert [person.name for person in reading.conversations[0].participants] == [name, "Zoe Xu"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["SSolveig Orr", "BBen Roe"], {"SSolveig Orr": "Solveig Orr", "BBen Roe": "Ben Roe"}),
        (["BGGruber, Ben", "MWMia Wu"], {"BGGruber, Ben": "Gruber, Ben", "MWMia Wu": "Mia Wu"}),
        (["SSolveig Orr", "Solveig Orr", "Ben Roe"], {"SSolveig Orr": "Solveig Orr"}),
        (["AARON LI", "AARON LI"], {}),
        (["AARON LI", "Ben Roe"], {}),
        (["JJ Abrahams"], {}),
        (["SSolveig Orr", "Ben Roe"], {}),
    ],
)
def test_the_letters_of_a_picture_are_taken_off_a_name_only_where_the_file_shows_it(
    names: list[str], expected: dict[str, str]
) -> None:
    assert without_glued_initials(names) == expected


def test_a_name_in_the_line_on_who_started_shows_that_letters_are_glued() -> None:
    reading = read_text("Solveig Orr started transcription\nSSolveig Orr   0:03\nHello.\n\nBen Roe   0:05\nHi.\n")
    assert turns(reading) == [("Solveig Orr", "Hello."), ("Ben Roe", "Hi.")]


def test_a_time_in_speech_is_no_label() -> None:
    said = "We start at 9:30\nThe boat leaves at 10:15 sharp.\nThat takes 5 minutes\nand then 2 minutes 5 seconds"
    reading = read_text(f"Ana Orr   0:03\n{said}\n\nBen Roe   0:05\nGood.\n\nAna Orr   0:09\nYes.\n")
    assert [name for name, _ in turns(reading)] == ["Ana Orr", "Ben Roe", "Ana Orr"]


@pytest.mark.parametrize("said", ["OK", "AO", "Ana Orr", "0:15", "10:15"])
def test_short_words_above_a_label_are_speech(said: str) -> None:
    reading = read_text(f"Gruber, Ben   0:03\nWho?\n{said}\nAna Orr   0:09\nGood.\nGruber, Ben   0:15\nYes.\n")
    assert turns(reading)[0] == ("Gruber, Ben", f"Who? {said}")


def test_letters_above_a_label_that_are_not_those_of_its_name_are_speech() -> None:
    reading = read_text("Gruber, Ben 0 minutes 3 seconds\nWho?\nOK\nAna Orr 0 minutes 9 seconds\nGood.\n")
    assert turns(reading) == [("Gruber, Ben", "Who? OK"), ("Ana Orr", "Good.")]


def test_a_time_in_words_without_a_name_is_a_turn_of_nobody() -> None:
    lost = "0:15\n\n0 minutes 15 seconds\n\nThanks.\n\n"
    reading = read_text(f"Ana Orr 0 minutes 9 seconds\n\nGo on.\n\n{lost}Ana Orr 0 minutes 20 seconds\nGood.")
    assert turns(reading) == [("Ana Orr", "Go on."), (None, "Thanks."), ("Ana Orr", "Good.")]
    assert [turn.start for turn in reading.conversations[0].turns] == [9.0, 15.0, 20.0]
    assert "1 turn has no speaker" in warnings(reading)


def test_what_one_person_says_in_a_row_is_a_turn_with_the_times_of_its_parts() -> None:
    text = "Ana Orr   0:03\nHello.\n\nAna Orr   0:09\nAnd welcome.\n\nBen Roe   0:12\nHi.\n"
    (conversation,) = read_text(text).conversations
    assert [(turn.text, turn.start) for turn in conversation.turns] == [("Hello.\nAnd welcome.", 3.0), ("Hi.", 12.0)]
    assert [(mark.char, mark.time) for mark in conversation.turns[0].marks] == [(0, 3.0), (7, 9.0)]


def test_notes_beside_the_transcript_are_no_speech() -> None:
    notes = "# Review\n\n## Summary\n\n- Ana Orr agreed to everything.\n\n## Transcript\n\n"
    reading = read_text(notes + STYLES["blocks"] + "\nAna Orr stopped transcription\n\n- Video: the recording\n")
    assert turns(reading) == SAID
    assert asides(reading)["notes"] >= len("## Summary- Ana Orr agreed to everything.- Video: the recording")
    assert "was set aside" in warnings(reading)


def test_what_stands_above_the_heading_is_no_speech() -> None:
    reading = read_text("## Beschlüsse\n\n- Es wird alles verlegt.\n\n" + HEAD + STYLES["blocks"])
    assert turns(reading) == SAID
    assert asides(reading)["notes"] == len("## Beschlüsse- Es wird alles verlegt.")
    assert reading.conversations[0].title == "Harbour review"
    assert "above the heading" in warnings(reading)


def test_a_chat_above_the_heading_is_kept() -> None:
    reading = read_text(CHAT + HEAD + STYLES["blocks"])
    assert [name for name, _ in turns(reading)] == [
        "Ana Orr",
        "Gruber, Ben (Guest)",
        "Ana Orr",
        "Ana Orr",
        "Gruber, Ben",
        "Ana Orr",
    ]


def test_pictures_of_any_size_are_markup(read: Read) -> None:
    image = "![](data:image/png;base64," + "A" * 3_000_000 + ")"
    reading = read(HEAD + STYLES["pictures"].replace(IMAGE, image), "meeting.md")
    assert turns(reading) == SAID
    assert asides(reading)["markup"] + asides(reading)["speaker label"] > 9_000_000


def test_speech_above_the_first_label_has_no_speaker_and_is_kept() -> None:
    reading = read_text("and this is how the sentence before ends.\n\n" + STYLES["blocks"])
    assert turns(reading) == [(None, "and this is how the sentence before ends."), *SAID]


@pytest.mark.parametrize("piece", ["![", "![](", "![a] ", "Ana 0:0", "[", "9:30 ", "**", "0 minutes ", "\\", "by "])
def test_lines_of_any_length_take_linear_time(piece: str) -> None:
    reading = read_text(STYLES["blocks"] + piece * 200_000 + "\n")
    assert turns(reading)[:2] == SAID[:2]


# The chat


CHAT = """[Thursday 9:24 AM] Ana Orr

Hello and welcome to the harbour call.

 heart 2 1f44b_wavinghand 1

Harbour rules

[Thursday 9:26 AM] Gruber, Ben (Guest)

Is the crane still in service?

[Thursday 9:27 AM] Ana Orr

Gruber, Ben

Is the crane still in service?


It is.

"""

COPIED = """Is the crane still ... by Ana Orr
Ana Orr
Thursday 9:28 AM

Is the crane still good for ten tonnes?

2 Like reactions.
2
Begin Reference, Is the crane still ... by Ben Gruber
Ben Gruber
Thursday 9:29 AM
Edited
Ana Orr
3/26/2026, 9:28 AM
Is the crane still good for ten tonnes?
Yes, to the kilo.

Recording has stopped. Saving recording
Meeting ended: 1h 2m
"""


def test_a_pasted_chat_has_its_reactions_quotes_and_previews_set_aside(read: Read) -> None:
    reading = read(CHAT, "chat.txt")
    assert reading.format == "teams-text"
    assert turns(reading) == [
        ("Ana Orr", "Hello and welcome to the harbour call."),
        ("Gruber, Ben (Guest)", "Is the crane still in service?"),
        ("Ana Orr", "It is."),
    ]
    first, second, third = reading.conversations[0].turns
    assert {each.name: each.count for each in first.reactions} == {"heart": 2, "wavinghand": 1}
    assert (second.reply_to, third.reply_to) == (None, 1)
    assert {turn.kind for turn in (first, second, third)} == {"chat"}
    assert asides(reading)["link preview"] == len("Harbour rules")
    assert asides(reading)["quoted reply"] == len("Gruber, BenIs the crane still in service?")
    assert_accounted(reading, len(CHAT))


def test_a_day_of_the_week_alone_is_no_date(read: Read) -> None:
    reading = read(CHAT, "chat.txt")
    assert [turn.sent_at for turn in reading.conversations[0].turns] == [None] * 3
    assert "name no date" in warnings(reading)


def test_a_day_of_the_week_is_that_nearest_to_the_day_in_the_files_name(read: Read) -> None:
    reading = read(CHAT, "chat-20260313.txt")
    assert reading.conversations[0].turns[0].sent_at == datetime(2026, 3, 12, 9, 24)


def test_a_chat_copied_from_the_page_names_everybody_once(read: Read) -> None:
    reading = read(COPIED, "chat.txt")
    assert turns(reading) == [
        ("Ana Orr", "Is the crane still good for ten tonnes?"),
        ("Ben Gruber", "Yes, to the kilo."),
    ]
    first, second = reading.conversations[0].turns
    assert [(each.name, each.count) for each in first.reactions] == [("like", 2)]
    assert second.reply_to == 0
    assert first.sent_at == datetime(2026, 3, 26, 9, 28)
    assert asides(reading)["system message"] == len("EditedRecording has stopped. Saving recordingMeeting ended: 1h 2m")
    assert_accounted(reading, len(COPIED))


@pytest.mark.parametrize(
    "text",
    [
        "[\u200e1/\u200e26/\u200e2026 9:05 AM]  Ana Orr: \nAny news?\nOf the crane?\n"
        "[\u200e1/\u200e26/\u200e2026 9:06 AM]  Ben: \nNone.\n",
        "[1/26/2026 9:05 AM] Ana Orr\n\nAny news?\n\nOf the crane?\n\n[1/26/2026 9:06 AM] Ben\n\nNone.\n",
        "[26.01.2026 09:05] Ana Orr\nAny news?\nOf the crane?\n[26.01.2026 09:06] Ben\nNone.\n",
    ],
)
def test_a_chat_with_dates_has_them(read: Read, text: str) -> None:
    reading = read(text, "chat.txt")
    assert turns(reading) == [("Ana Orr", "Any news?\nOf the crane?"), ("Ben", "None.")]
    assert [turn.sent_at for turn in reading.conversations[0].turns] == [
        datetime(2026, 1, 26, 9, 5),
        datetime(2026, 1, 26, 9, 6),
    ]
    assert_accounted(reading, len(text))


def test_a_chat_saved_by_skype_takes_its_day_from_the_files_name(read: Read) -> None:
    text = "Ana Orr 9:05 AM: \nAny news?\nRoe, Ben [BE] 9:06 AM: \nNone.\n"
    reading = read(text, "20260126_Chat.txt")
    assert turns(reading) == [("Ana Orr", "Any news?"), ("Roe, Ben [BE]", "None.")]
    assert reading.conversations[0].turns[0].sent_at == datetime(2026, 1, 26, 9, 5)
    assert_accounted(reading, len(text))


def test_questions_of_a_live_event_have_a_name_and_no_time(read: Read) -> None:
    text = """Ana Orr
Is there sound?

Ben Roe
Yes, there is.(Ana Orr asked "Is there sound?")

zed
Good (for once).

Ben Roe
Indeed.(zed asked "Good (for once).")
"""
    reading = read(text, "questions.txt")
    assert turns(reading) == [
        ("Ana Orr", "Is there sound?"),
        ("Ben Roe", "Yes, there is."),
        ("zed", "Good (for once)."),
        ("Ben Roe", "Indeed."),
    ]
    assert_accounted(reading, len(text))


RANGES = """0:2:5.750 --> 0:2:8.80
Ana Orr
We begin.
0:2:9.10 --> 0:2:10.580
Gruber, Ben
Good.
0:2:11.10 --> 0:2:12.580
Ana Orr
Paint first.
"""


def test_times_that_are_not_padded_are_those_of_teams_and_no_captions(read: Read) -> None:
    reading = read(RANGES, "meeting.txt")
    assert reading.format == "teams-text"
    assert turns(reading) == [("Ana Orr", "We begin."), ("Gruber, Ben", "Good."), ("Ana Orr", "Paint first.")]
    assert [turn.start for turn in reading.conversations[0].turns] == [125.75, 129.1, 131.1]


def test_the_first_speaker_below_a_chat_is_not_the_one_who_wrote_it(read: Read) -> None:
    text = "[Thursday 9:24 AM] Cy Dorn\n\nHello and welcome!\n\nAna Orr\nDo we hear each other?\n" + RANGES
    reading = read(text, "meeting.txt")
    assert turns(reading)[:3] == [
        ("Cy Dorn", "Hello and welcome!"),
        ("Ana Orr", "Do we hear each other?\nWe begin."),
        ("Gruber, Ben", "Good."),
    ]
    assert [turn.kind for turn in reading.conversations[0].turns[:2]] == ["chat", "speech"]
    assert_accounted(reading, len(text))


def test_that_somebody_was_removed_is_not_what_the_last_one_wrote(read: Read) -> None:
    text = (
        "[1/26/2026 9:05 AM]  Ana Orr:  \nhi\n \n[1/26/2026 9:07 AM]  Ben Roe:  \nbye\n \n"
        "You were removed from the conversation. \n"
    )
    reading = read(text, "chat.txt")
    assert turns(reading) == [("Ana Orr", "hi"), ("Ben Roe", "bye")]
    assert asides(reading)["system message"] == len("You were removed from the conversation. ".rstrip()) + 1


def test_a_comment_of_a_converter_above_the_heading_is_markup(read: Read) -> None:
    text = "<!-- converted from Harbour review.docx -->\n\n" + HEAD + BLOCKS
    reading = read(text, "meeting.md")
    assert turns(reading) == SAID
    assert asides(reading)["markup"] == len("<!-- converted from Harbour review.docx -->")
    assert "above the heading" not in warnings(reading)


def test_chat_and_speech_in_one_file_stay_apart(read: Read) -> None:
    reading = read(CHAT + STYLES["blocks"], "meeting.txt")
    kinds = [turn.kind for turn in reading.conversations[0].turns]
    assert kinds == ["chat"] * 3 + ["speech"] * 3
    assert turns(reading)[3:] == SAID


@pytest.mark.parametrize("style", STYLES)
def test_speech_behind_a_chat_that_ends_in_a_preview_is_read(style: str) -> None:
    chat = CHAT + "[Thursday 9:30 AM] Gruber, Ben\n\nhttps://example.org\n\n like 1\n\nExamples\n\n"
    head = "" if style in OF_TEAMS_ALONE else HEAD
    reading = read_text(chat + head + STYLES[style])
    assert turns(reading)[-3:] == SAID
    assert asides(reading)["link preview"] >= len("Harbour rulesExamples")


# Everything else


NAMES = st.sampled_from(["Ana Orr", "Gruber, Ben", "Zoe Xu (HARBOUR)", "Mia.Wu", "Speaker 1"])
TOKENS = "so we agree that it goes to five at 9:30 or (maybe) not".split()
SENTENCE = st.lists(st.sampled_from(TOKENS), min_size=2, max_size=8)
TALK = st.lists(st.tuples(NAMES, st.lists(SENTENCE.map(" ".join), min_size=1, max_size=3)), min_size=2, max_size=10)


@settings(max_examples=40, deadline=None)
@given(TALK, st.sampled_from(["   ", "bold", "document", "spelt"]), st.booleans())
def test_what_is_written_out_reads_back_the_same(talk: list[tuple[str, list[str]]], style: str, heading: bool) -> None:
    talk = [turn for number, turn in enumerate(talk) if number == 0 or turn[0] != talk[number - 1][0]]
    times = [7 * number for number in range(len(talk))]
    blocks = []
    for (name, lines), time in zip(talk, times, strict=True):
        clock = f"{time // 60}:{time % 60:02}"
        label = {
            "bold": f"**{name}** {clock}",
            "spelt": f"{name} {time // 60} minutes {time % 60} seconds",
        }.get(style, f"{name}   {clock}")
        blocks.append("\n".join([label, *(f"{line}." for line in lines)]))
    if style == "document":
        blob = Blob("meeting.docx", word([*([HEAD.split("\n")[0]] if heading else []), *blocks]))
        reading = teams.DOCUMENT.read(blob)
    else:
        reading = read_text((HEAD if heading else "") + "\n\n".join(blocks))
    assert turns(reading) == [(name, " ".join(f"{line}." for line in lines)) for name, lines in talk]
    assert [turn.start for turn in reading.conversations[0].turns] == times
    assert_accounted(reading)


EVERYTHING = "\n".join((HEAD, *STYLES.values(), CHAT, COPIED, "So be it.", IMAGE))
LINES = st.sampled_from(EVERYTHING.split("\n"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, min_size=1, max_size=40))
def test_lines_in_any_order_are_accounted_for_and_invent_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    blob = Blob("meeting.txt", text.encode())
    assert 0 <= teams.fits(blob) <= 1
    try:
        reading = teams.read(blob)
    except SourceError:
        return
    assert_accounted(reading, len(text))
    said = "".join(turn.text for each in reading.conversations for turn in each.turns)
    assert reading.coverage is not None
    assert reading.coverage.used == len(said)
    words = text.split()
    assert all(word in words for turn in reading.conversations[0].turns for word in turn.text.split())


def test_the_real_files_read_as_they_do_by_eye(real_files: Path) -> None:
    folder = real_files / "formats" / "teams-docx-text"
    counts = {}
    for path in sorted(folder.glob("*Transcript*")):
        (conversation,) = read_source(str(path)).conversations
        counts[path.name] = (len(conversation.turns), len(conversation.participants))
    if not counts:
        pytest.skip("the real files are not here")
    assert counts == {"20230817_ChatTranscript.txt": (97, 26), "20240918_ChatTranscript.md": (46, 9)}
