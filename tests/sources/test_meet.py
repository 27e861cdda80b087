from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import document, paragraph, run, word

from extractor.errors import SourceError
from extractor.sources import Reading, read_source
from extractor.sources.base import Blob
from extractor.sources.documents import meet

Read = Callable[..., Reading]

NOTICE = "This editable transcript was computer generated and might contain errors. People can also change the text.\n"
HEAD = (
    "Harbour call (2026-03-09 16:01 GMT+1) - Transcript\nAttendees\n"
    "Ana Orr, Ben Roe, Ben Roe's Presentation, Zoe Xu\nTranscript\n" + NOTICE
)
TALK = "Ana Orr: Shall we move it?\n00:05:00\nBen Roe: Yes.\n\nAna Orr: Good.\nMeeting ended after 00:18:42 👋\n"
SAID = [("Ana Orr", "Shall we move it?"), ("Ben Roe", "Yes."), ("Ana Orr", "Good.")]

NOTES = """# **📝 Notes**

Mar 9, 2026

## **Harbour call**

Invited [Ana Orr](mailto:ana@example.org) [Ben Roe](mailto:ben@example.org)

Attachments [Harbour call](https://calendar.google.com/x)

### **Summary**

Ana Orr: decided everything, it says here.

### **Details**

* **Moving it**: Ana and Ben discuss it ([00:05:00](#00:05:00)).

### **Suggested next steps**

- [ ] Ben Roe will move it.

*You should review Gemini's notes to make sure they're accurate. [Get tips](https://support.google.com/x)*

"""
TAB = """# **📖 Transcript**

Mar 9, 2026

## **Harbour call \\- Transcript**

### **00:00:34** {#00:00:34}

**Ana Orr:** Shall we move it?

### **00:05:00** {#00:05:00}

**Ben Roe:** Yes.

**Ana Orr:** Good.

### Transcription ended after 00:18:42

*This editable transcript was computer generated and might contain errors.*
"""


def read_text(text: str, name: str = "call.txt") -> Reading:
    return meet.read(Blob(name, text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        HEAD + TALK,
        HEAD + TALK.replace("Ana Orr:", "**Ana Orr:**").replace("Ben Roe:", "**Ben Roe:**"),
        HEAD + TALK.replace("Ben Roe:", "**Ben Roe**:"),
        HEAD + TALK.replace("00:05:00", "### 00:05:00").replace("\n\n", "\n \n"),
        f"# {HEAD}".replace("Attendees", "### Attendees: ").replace("\nTranscript\n", "\n\n## Transcript\n\n") + TALK,
        HEAD.replace("\n", "\r\n") + TALK.replace("\n", "\r\n"),
        HEAD + TALK.replace("Meeting ended", "Transcription ended").replace(" 👋", ""),
    ],
)
def test_every_style_of_label_and_heading_reads_the_same(read: Read, text: str) -> None:
    reading = read(text, "call.md")
    assert reading.format == "meet"
    assert turns(reading) == SAID
    (conversation,) = reading.conversations
    assert conversation.title == "Harbour call"
    assert conversation.started_at == datetime(2026, 3, 9, 16, 1, tzinfo=timezone(timedelta(hours=1)))
    assert [turn.start for turn in conversation.turns] == [0.0, 300.0, 300.0]
    assert [person.name for person in conversation.participants] == ["Ana Orr", "Ben Roe"]
    assert {"attendees", "boilerplate", "system message", "timestamp", "speaker label"} <= asides(reading).keys()
    assert "every turn has that of its block" in warnings(reading)
    assert_accounted(reading, len(text))
    assert reading.coverage is not None
    assert reading.coverage.used == sum(len(said) for _, said in SAID)


def test_without_times_there_are_none_and_nothing_is_warned_of() -> None:
    reading = read_text(HEAD + TALK.replace("00:05:00\n", ""))
    assert [turn.start for turn in reading.conversations[0].turns] == [None] * 3
    assert warnings(reading) == ""


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("(2026-03-09 16:01 GMT+1)", datetime(2026, 3, 9, 15, 1, tzinfo=UTC)),
        ("(2026-03-09 16:01 GMT-05:30)", datetime(2026, 3, 9, 21, 31, tzinfo=UTC)),
        ("(2026-03-09 16:01 GMT)", datetime(2026, 3, 9, 16, 1, tzinfo=UTC)),
        ("- 2026/03/09 16:01 GMT", datetime(2026, 3, 9, 16, 1, tzinfo=UTC)),
        ("- 2026/03/09 16:01 CEST", datetime(2026, 3, 9, 14, 1, tzinfo=UTC)),
        ("- 2026/03/09 16:01 EDT", datetime(2026, 3, 9, 20, 1, tzinfo=UTC)),
        ("- 2026/03/09 16:01 IST", datetime(2026, 3, 9, 16, 1)),
        ("- 2026/13/09 16:01 GMT", None),
    ],
)
def test_the_start_is_in_the_zone_of_the_title_where_that_is_one(written: str, when: datetime | None) -> None:
    (conversation,) = read_text(f"Harbour call {written} - Transcript\n{NOTICE}\n{TALK}").conversations
    assert conversation.started_at == when
    assert conversation.title == "Harbour call"


def test_title_and_start_may_stand_in_the_files_name_only() -> None:
    reading = read_text(NOTICE + TALK, "Harbour call - 2026_03_09 16_01 GMT - Notes by Gemini.txt")
    assert reading.conversations[0].title == "Harbour call"
    assert reading.conversations[0].started_at == datetime(2026, 3, 9, 16, 1, tzinfo=UTC)


def test_a_line_whose_name_is_missing_is_nobodys() -> None:
    reading = read_text(HEAD + "Ana Orr: First.\n: and this is somebody.\nStill the same.\n" + TALK)
    assert turns(reading)[:2] == [("Ana Orr", "First."), (None, "and this is somebody.\nStill the same.")]
    assert "1 turn has no speaker" in warnings(reading)


def test_paragraphs_without_a_label_go_on_with_the_speaker() -> None:
    reading = read_text(HEAD + "Ana Orr: First.\nSecond, and this: is no label.\n\nThird.\n" + TALK)
    assert turns(reading)[0] == ("Ana Orr", "First.\nSecond, and this: is no label.\nThird.\nShall we move it?")


@pytest.mark.parametrize(
    "prose", ["Note: we stop.", "The question is: why?", "So the thing: it moves.", "Next steps: none."]
)
def test_words_before_a_colon_are_no_speakers(prose: str) -> None:
    reading = read_text(HEAD + f"Ana Orr: First.\n{prose}\n" + TALK)
    assert {name for name, _ in turns(reading)} == {"Ana Orr", "Ben Roe"}
    assert prose in turns(reading)[0][1]


def test_a_shared_screen_is_not_the_person_who_shares_it() -> None:
    reading = read_text(HEAD + "Ben Roe's Presentation: Welcome to the video.\n" + TALK)
    assert turns(reading)[0] == ("Ben Roe's Presentation", "Welcome to the video.")
    assert "under the name of the presentation" in warnings(reading)


def test_a_turn_that_goes_on_in_the_next_block_is_one_with_the_times_of_both() -> None:
    reading = read_text(HEAD + "Ana Orr: First.\n\n00:05:00\n\nAna Orr: Second.\n00:10:00\nThird.\nBen Roe: Yes.\n")
    first, second = reading.conversations[0].turns
    assert (first.text, first.start, second.start) == ("First.\nSecond.\nThird.", 0.0, 600.0)
    assert [(mark.char, mark.time) for mark in first.marks] == [(0, 0.0), (7, 300.0), (15, 600.0)]


def test_geminis_notes_are_never_speech(read: Read) -> None:
    reading = read(NOTES + TAB, "call.md")
    assert reading.format == "meet"
    assert turns(reading) == SAID
    assert [turn.start for turn in reading.conversations[0].turns] == [34.0, 300.0, 300.0]
    assert reading.conversations[0].title == "Harbour call"
    assert reading.conversations[0].started_at == date(2026, 3, 9)
    assert asides(reading)["AI notes"] > 300
    assert warnings(reading).count("written by AI") == 1
    assert_accounted(reading, len(NOTES + TAB))


def test_notes_in_a_tab_behind_the_transcript_are_no_speech_either() -> None:
    reading = read_text(TAB + NOTES)
    assert turns(reading) == SAID


def test_quick_notes_are_no_speech() -> None:
    assert turns(read_text("✍️ Quick notes\nAna Orr: this is no speech.\n\n" + TAB)) == SAID


def test_notes_above_a_transcript_without_tabs_are_no_speech() -> None:
    text = NOTES.replace("# **📝 Notes**\n\n", "") + "Mar 9, 2026\n\nHarbour call - Transcript\n\n00:00:34\n\n" + TALK
    assert turns(read_text(text)) == SAID


def test_notes_without_a_transcript_are_an_error_that_says_so(read: Read) -> None:
    with pytest.raises(SourceError, match="written by AI, and no transcript"):
        read(NOTES, "call.md")


def test_escapes_of_markdown_are_no_words() -> None:
    reading = read_text(TAB.replace("Good.", r"f\*\*\*, a\-b \[x\] 5\."))
    assert turns(reading)[-1] == ("Ana Orr", "f***, a-b [x] 5.")
    assert asides(reading)["markup"] == 7


@pytest.mark.parametrize("end", ["Meeting ended after 00:50:32 👋", "Transcription ended after 00:30:30"])
def test_the_mark_of_the_end_is_no_speech(end: str) -> None:
    assert turns(read_text(HEAD + "Ana Orr: Shall we move it?\nBen Roe: Yes.\nAna Orr: Good.\n" + end)) == SAID


def test_a_document_reads_as_its_text_does(read: Read) -> None:
    paragraphs = [
        paragraph("Harbour call (2026-03-09 16:01 GMT+1) - Transcript", style="Title"),
        paragraph("Attendees", style="Heading3"),
        "Ana Orr, Ben Roe",
        paragraph("Transcript", style="Heading2"),
        NOTICE.strip(),
        paragraph(run("Ana Orr:", bold=True), run(" Shall we move it?")),
        paragraph("00:05:00", style="Heading3"),
        paragraph(run("Ben Roe: ", bold=True), run("Yes.")),
        "Ana Orr: Good.",
        "Meeting ended after 00:18:42 👋",
    ]
    reading = read(word(paragraphs), "call.docx")
    assert reading.format == "meet-docx"
    assert turns(reading) == SAID
    assert [turn.start for turn in reading.conversations[0].turns] == [0.0, 300.0, 300.0]
    assert reading.conversations[0].started_at is not None
    assert_accounted(reading, len(document(paragraphs)))


def test_a_document_with_tabs_reads_the_transcript(read: Read) -> None:
    lines = [line.lstrip("# ").replace("*", "") for line in (NOTES + TAB).split("\n") if line.strip()]
    reading = read(word([line.split(" {#")[0].replace("\\", "") for line in lines]), "call.docx")
    assert reading.format == "meet-docx"
    assert turns(reading) == SAID


@pytest.mark.parametrize(
    "text",
    [
        "Ana: Shall we?\nBen: Yes.\n",
        "00:05:00\nAna: Shall we?\n",
        "# Notes\n\nAna: decided.\n\n## Transcript\n\nAna: Shall we?\n",
        "Ana   0:05\nThis is a transcript.\n",
        "",
        "{}",
    ],
)
def test_other_texts_are_left_to_others(text: str) -> None:
    assert meet.fits(Blob("call.txt", text.encode())) == 0.0


@pytest.mark.parametrize("piece", ["a: ", "**", "00:05:00 ", "\\-", ": ", "(2026-03-09 ", "- Transcript", " "])
def test_lines_of_any_length_take_linear_time(piece: str) -> None:
    reading = read_text(HEAD + TALK + "Ben Roe: " + piece * 200_000 + "x\n")
    assert turns(reading)[:3] == SAID


NAMES = st.sampled_from(["Ana Orr", "Ben Roe", "Zoe Xu", "elouan le gris", "N'dia (Harbour) Oy"])
SENTENCE = st.lists(
    st.sampled_from("so we agree that it goes to five - or (maybe) not".split()), min_size=2, max_size=8
)
TURNS = st.lists(st.tuples(NAMES, SENTENCE.map(" ".join), st.booleans()), min_size=2, max_size=12)


@settings(max_examples=40, deadline=None)
@given(TURNS, st.sampled_from(["plain", "bold", "mixed"]), st.booleans())
def test_what_is_written_out_reads_back_the_same(
    talk: list[tuple[str, str, bool]], style: str, as_document: bool
) -> None:
    talk = [turn for number, turn in enumerate(talk) if number == 0 or turn[0] != talk[number - 1][0]]
    names = ", ".join(dict.fromkeys(name for name, _, _ in talk))
    lines = ["Call (2026-03-09 16:01 GMT) - Transcript", "Attendees", names, NOTICE.strip()]
    starts, block = [], 0
    for number, (name, said, breaks) in enumerate(talk):
        if breaks:
            block += 300
            lines.append(f"{block // 3600:02}:{block // 60 % 60:02}:00")
        bold = style == "bold" or (style == "mixed" and number % 2 == 1)
        lines.append(f"**{name}:** {said}." if bold else f"{name}: {said}.")
        starts.append(float(block) if any(breaks for _, _, breaks in talk) else None)
    lines.append("Meeting ended after 01:00:00")
    written = Blob("call.docx", word(lines))
    reading = meet.DOCUMENT.read(written) if as_document else read_text("\n\n".join(lines))
    assert turns(reading) == [(name, f"{said}.") for name, said, _ in talk]
    assert [turn.start for turn in reading.conversations[0].turns] == starts
    assert_accounted(reading)


def test_attendees_who_are_called_by_their_last_names_first_open_the_talk() -> None:
    head = "Harbour call (2026-03-09 16:01 GMT) - Transcript\n\nAttendees\n\nOrr, Ana, Roe, Ben\n\nTranscript\n\n"
    reading = read_text(f"{head}Orr, Ana: Shall we?\n\n00:05:00\n\nRoe, Ben: Yes.\n\nOrr, Ana: Good.\n")
    assert turns(reading) == [("Orr, Ana", "Shall we?"), ("Roe, Ben", "Yes."), ("Orr, Ana", "Good.")]


LINES = st.sampled_from(
    [*(HEAD + TALK + NOTES + TAB).split("\n"), "So be it.", ": lost", "![](data:image/png;base64,aa)"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=40))
def test_lines_in_any_order_are_accounted_for_and_invent_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    blob = Blob("call.txt", text.encode())
    assert 0 <= meet.fits(blob) <= 1
    try:
        reading = meet.read(blob)
    except SourceError:
        return
    assert_accounted(reading, len(text))
    assert reading.coverage is not None
    assert reading.coverage.used == sum(len(turn.text) for turn in reading.conversations[0].turns)
    words = text.replace("\\", "").split()
    assert all(word in words for turn in reading.conversations[0].turns for word in turn.text.split())


def test_the_real_files_read_as_they_do_by_eye(real_files: Path) -> None:
    paths = sorted((real_files / "formats" / "google-meet").glob("*.md"))
    if not paths:
        pytest.skip("the real files are not here")
    counts = [
        (len(each.turns), len(each.participants)) for path in paths for each in read_source(str(path)).conversations
    ]
    assert counts == [(21, 5)]
