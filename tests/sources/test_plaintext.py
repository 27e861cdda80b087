from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from datetime import date

import pytest
from checks import asides, assert_accounted, turns, warnings
from material import FIXTURES

from extractor.errors import SourceError
from extractor.sources import Reading
from extractor.sources.base import Blob, Format, Hints
from extractor.sources.registry import by_name

Read = Callable[..., Reading]

TWO = [("Ana Li", "Shall we take the train?"), ("Ben", "Yes, on Friday.")]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Li: Shall we take the train?\nBen: Yes, on Friday.",
        "Ana Li: Shall we take the train?\r\n\r\nBen: Yes, on Friday.\r\n",
        "**Ana Li:** Shall we take the train?\n\n**Ben:** Yes, on Friday.\n",
        "**Ana Li**: Shall we take the train?\n\n**Ben**: Yes, on Friday.\n",
        "__Ana Li:__ Shall we take the train?\n__Ben:__ Yes, on Friday.\n",
        "- Ana Li: Shall we take the train?\n- Ben: Yes, on Friday.\n",
        "[00:00:03] Ana Li: Shall we take the train?\n[00:00:09] Ben: Yes, on Friday.\n",
        "00:03 Ana Li: Shall we take the train?\n00:09 Ben: Yes, on Friday.\n",
        "(0:03) Ana Li: Shall we take the train?\n(0:09) Ben: Yes, on Friday.\n",
        "0:03 : Ana Li : Shall we take the train?\n0:09 : Ben : Yes, on Friday.\n",
        "00:00:03\tAna Li:\tShall we take the train?\r\n00:00:09\tBen:\tYes, on Friday.\r\n",
        "[00:02 - 00:04] Ana Li: Shall we take the train?\n[00:04 - 00:09] Ben: Yes, on Friday.\n",
        "Ana Li (00:03): Shall we take the train?\nBen (00:09): Yes, on Friday.\n",
        "**Ana Li (00:03):** Shall we take the train?\n**Ben (00:09):** Yes, on Friday.\n",
        "Ana Li (00:03):\nShall we take the train?\n\nBen (00:09):\nYes, on Friday.\n",
        "Ana Li  0:03  \nShall we take the train?\n\nBen  0:09  \nYes, on Friday.\n",
        "**Ana Li**  0:03  \nShall we take the train?\n\n**Ben**  0:09  \nYes, on Friday.\n",
        "Ana Li 0 minutes 3 seconds\nShall we take the train?\nBen 0 minutes 9 seconds\nYes, on Friday.\n",
        "### Ana Li — 0:03\n\nShall we take the train?\n\n### Ben — 0:09\n\nYes, on Friday.\n",
        "0:03 - Ana Li\n  Shall we take the train?\n\n0:09 - Ben\n  Yes, on Friday.\n",
        "[Ana Li] 00:00:03\nShall we take the train?\n\n[Ben] 00:00:09\nYes, on Friday.\n",
        "Ana Li:\nShall we take the train?\nBen:\nYes, on Friday.\n",
        "[09:58] <Ana Li> Shall we take the train?\n[09:59] <Ben> Yes, on Friday.\n",
        "[Thursday 9:24 AM] Ana Li\nShall we take the train?\n\n[Thursday 9:26 AM] Ben\nYes, on Friday.\n",
        "\u200eAna Li: Shall we take the train?\n\u200e\u202aBen\u202c: Yes, on Friday.\n",
        "Ana Li：Shall we take the train?\nBen：Yes, on Friday.\n",
        "Ana\u00a0Li:\u00a0Shall we take the train?\nBen:\u00a0Yes, on Friday.\n",
        "\ufeff\ufeffAna Li: Shall we take the train?\nBen: Yes, on Friday.\n",
    ],
)
def test_every_common_style_says_who_says_what(read: Read, text: str) -> None:
    reading = read(text, "call.txt", source_format="text")
    assert turns(reading) == TWO
    assert_accounted(reading, len(text.removeprefix("\ufeff")))


@pytest.mark.parametrize(
    ("first", "second", "starts"),
    [
        ("0:03", "1:02:07", [3.0, 3727.0]),
        ("00:09:47", "00:10:02", [587.0, 602.0]),
        ("0:00:05.250", "0:00:07.5", [5.25, 7.5]),
        ("4:59", "75:00", [299.0, 4500.0]),
    ],
)
def test_times_from_the_start_are_kept_in_seconds(read: Read, first: str, second: str, starts: list[float]) -> None:
    reading = read(f"[{first}] Ana: One.\n[{second}] Ben: Two.\n", "call.txt")
    assert [turn.start for turn in reading.conversations[0].turns] == starts


def test_lines_of_one_speaker_are_one_turn_that_keeps_their_times(read: Read) -> None:
    reading = read("[0:03] Ana: One.\n[0:09] Ana: Two.\n[0:12] Ben: Three.\n", "call.txt")
    (conversation,) = reading.conversations
    turn = conversation.turns[0]
    assert (turn.text, turn.time_at(0), turn.time_at(turn.text.index("Two"))) == ("One.\nTwo.", 3.0, 9.0)


@pytest.mark.parametrize("times", [("14:05", "14:06"), ("9:05 AM", "9:06 AM"), ("09:30:00", "09:31:00")])
def test_times_of_the_day_are_not_taken_for_times_from_the_start(read: Read, times: tuple[str, str]) -> None:
    reading = read(f"[{times[0]}] Ana: One.\n[{times[1]}] Ben: Two.\n", "call.txt")
    assert [turn.start for turn in reading.conversations[0].turns] == [None, None]
    assert "times are of the day" in warnings(reading)


def test_continuation_lines_paragraphs_and_lists_belong_to_the_turn(read_fixture: Callable[[str], Reading]) -> None:
    reading = read_fixture("dialogue.md")
    assert turns(reading) == [
        ("Ines Marsh", "We still run two queues. Note: nobody wants that.\n\nI would drop the old one."),
        ("Bo Lindqvist", "At 10:30 Meeting: time is short, so yes. See https://example.org/queue for the numbers."),
        ("Ines Marsh", "Then it is settled:\n- the old queue goes in April\n- Bo writes the runbook"),
        ("Bo Lindqvist", "Nothing from me."),
    ]
    assert_accounted(reading)


def test_copied_teams_transcripts_are_read(read_fixture: Callable[[str], Reading]) -> None:
    reading = read_fixture("teams-copied.txt")
    assert turns(reading) == [
        ("Runa Vik", "Can everybody hear me? Let us start with the roof."),
        ("Osei, Kwame", "The offer is in. I say we take it."),
        ("Runa Vik", "Agreed."),
    ]
    assert asides(reading)["system message"] > 0


def test_messages_of_a_chat_log_are_turns_of_their_own(read: Read) -> None:
    content = (FIXTURES / "channel.log.txt").read_bytes()
    (conversation,) = read(content, "channel.log.txt", source_format="text").conversations
    assert [(conversation.name_of(turn.speaker), turn.kind, turn.start) for turn in conversation.turns] == [
        ("mira", "chat", None),
        ("tobi_", "chat", None),
        ("mira", "chat", None),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Note: we are late.",
        "Agenda: one point only.",
        "Next steps: none.",
        "https://example.org/a: the page",
        "What I want to say is: no.",
        "at 10:30 Meeting: the room is full.",
        "10:30 Meeting: the room is full.",
        "Action items: none.",
    ],
)
def test_colons_in_prose_make_no_speaker(read: Read, line: str) -> None:
    text = f"Ana Li: Shall we take the train?\n{line}\nBen: Yes, on Friday.\nAna Li: Good.\nBen: Bye.\n"
    reading = read(text, "call.txt")
    assert [person.name for person in reading.conversations[0].participants] == ["Ana Li", "Ben"]
    assert turns(reading)[0] == ("Ana Li", f"Shall we take the train? {line}")
    assert_accounted(reading, len(text))


def test_a_heading_of_notes_ends_what_somebody_says(read: Read) -> None:
    text = "Ana: We take it.\n\nBen: Good.\n\nAction items:\n- Ben books the train\n"
    reading = read(text, "call.txt")
    assert turns(reading) == [("Ana", "We take it."), ("Ben", "Good."), (None, "Action items:\n- Ben books the train")]
    assert "1 paragraph outside anybody's turn has no speaker" in warnings(reading)


def test_sentences_before_the_first_label_are_kept_without_speaker(read: Read) -> None:
    text = "Call on 5 May\n\nWe agreed to ship the small one.\n\nAna: Good.\nBen: Good.\nAna: Bye.\n"
    reading = read(text, "call.txt")
    assert turns(reading)[0] == (None, "We agreed to ship the small one.")
    assert asides(reading)["header"] == len("Call on 5 May")


def test_a_message_of_somebody_unknown_is_not_given_to_the_speaker_before(read: Read) -> None:
    text = "[9:00 AM] Ana\nWe take it.\n[9:01 AM] Ben\nGood.\nThursday 9:58 AM\nI would not.\n"
    assert turns(read(text, "chat.txt", source_format="text")) == [
        ("Ana", "We take it."),
        ("Ben", "Good."),
        (None, "Thursday 9:58 AM I would not."),
    ]


def test_labels_in_code_are_text(read: Read) -> None:
    text = "Ana: Look:\n```\nBen: int\nAna: str\n```\nBen: Good.\nAna: Bye.\n"
    reading = read(text, "call.md")
    assert turns(reading) == [("Ana", "Look:\n```\nBen: int\nAna: str\n```"), ("Ben", "Good."), ("Ana", "Bye.")]


def test_text_without_labels_is_a_turn_a_paragraph_and_says_so(read: Read) -> None:
    text = "We met on Monday.\nIt rained.\n\nThe plan: to buy\na van.\n"
    reading = read(text, "notes.txt")
    assert turns(reading) == [(None, "We met on Monday. It rained."), (None, "The plan: to buy a van.")]
    assert "no speaker labels" in warnings(reading)
    assert_accounted(reading, len(text))


def test_labels_in_quoted_text_are_no_speakers(read: Read) -> None:
    text = "I think so.\n\n> name: one\n> score: two\n> name: three\n> score: four\n"
    assert read(text, "notes.txt").conversations[0].participants == ()


def test_a_list_of_facts_is_no_dialogue(read: Read) -> None:
    reading = read("Budget: 5000\nVenue: Berlin\nCaterer: Kim\n", "notes.txt")
    assert reading.conversations[0].participants == ()


def test_one_exchange_where_everybody_speaks_once_is_a_dialogue(read: Read) -> None:
    text = "Ana: We should use the small one.\nBen: I agree with that.\nCy: I'll set it up by Friday.\n"
    assert [name for name, _ in turns(read(text, "call.txt"))] == ["Ana", "Ben", "Cy"]


def test_a_mail_client_chat_with_from_in_front_keeps_the_name(read: Read) -> None:
    text = "08:58:13\t From Ana Li : Hello.\n08:58:28\t From Ben to Everyone: Hi.\n"
    assert [name for name, _ in turns(read(text, "chat.txt", source_format="text"))] == ["Ana Li", "Ben"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '{"a": 1}'),
        ("a.txt", '[{"a": 1}]'),
        ("a.txt", "<!DOCTYPE html><html><p>Ana: Hi</p></html>"),
        ("a.txt", '<?xml version="1.0"?><a/>'),
        ("a.csv", "speaker,start,text\nAna,1,Hi\n"),
        ("a.txt", "speaker,start,text\nAna,1,Hi\nBen,2,Ho\n"),
        ("a.txt", "name\tcity\tage\n1\t2\tHi\n"),
        ("a.py", "print('hello')\n"),
        ("a.txt", "#!/bin/sh\necho hello\n"),
    ],
)
def test_what_is_plainly_another_format_is_not_taken_for_a_transcript(read: Read, name: str, content: str) -> None:
    with pytest.raises(SourceError, match=r"in no (?:format that can be read|known shape)"):
        read(content, name)


def test_text_without_a_word_is_an_error(read: Read) -> None:
    with pytest.raises(SourceError, match="holds no words"):
        read("...\n---\n", "a.txt")


# What the user says of the labels


def test_a_declared_label_is_a_speaker_though_it_comes_once_or_is_a_word_of_notes(read: Read) -> None:
    text = "We met there at noon.\n\nAgenda: I say no.\n\nq: fine\n\nNote: this is text.\n"
    assert read(text, "call.txt").conversations[0].participants == ()
    reading = read(text, "call.txt", hints=Hints(speakers={"agenda": "Agenda", "q": "Quentin Roe"}))
    assert turns(reading) == [
        (None, "We met there at noon."),
        ("Agenda", "I say no."),
        ("Quentin Roe", "fine\n\nNote: this is text."),
    ]
    assert_accounted(reading, len(text))


def test_a_declared_unknown_speaker_is_somebody(read: Read) -> None:
    text = "Unknown Speaker: Hello there.\nAna: Good day.\nUnknown Speaker: We go.\n"
    assert [name for name, _ in turns(read(text, "call.txt"))] == [None, "Ana", None]
    hints = Hints(speakers={"unknown speaker": "Ben Roe"})
    assert [name for name, _ in turns(read(text, "call.txt", hints=hints))] == ["Ben Roe", "Ana", "Ben Roe"]


@pytest.mark.parametrize(
    "label", ["Unknown Speaker", "UNIDENTIFIED", "Speaker ?", "Unidentified Speaker", "??", "Unbekannt"]
)
def test_a_label_for_an_unknown_speaker_is_nobody_and_two_of_them_are_not_one(read: Read, label: str) -> None:
    text = (
        f"Ana Li: Who is there now?\n{label}: It is only me.\n{label}: And me too.\nAna Li: Good. Speaker 1 is here.\n"
    )
    reading = read(text, "call.txt")
    assert [name for name, _ in turns(reading)] == ["Ana Li", None, None, "Ana Li"]
    assert "2 turns have no speaker, because the transcript does not know" in warnings(reading)


def test_a_numbered_voice_is_somebody(read: Read) -> None:
    text = "Speaker 1: We take the train.\nSpeaker 2: I agree.\nSpeaker 1: Good.\n"
    assert [name for name, _ in turns(read(text, "call.txt"))] == ["Speaker 1", "Speaker 2", "Speaker 1"]


# What stands around the words


def test_front_matter_gives_the_title_and_the_day(read: Read) -> None:
    text = '---\ntitle: "Roof call"\ndate: 2026-03-04\ntags: [a, b]\n---\n\n**Ana:** Hello to you.\n\n**Ben:** Hello.\n'
    (conversation,) = read(text, "x.md").conversations
    assert (conversation.title, conversation.started_at) == ("Roof call", date(2026, 3, 4))
    assert turns(read(text, "x.md")) == [("Ana", "Hello to you."), ("Ben", "Hello.")]


def test_headings_are_title_and_topics(read: Read) -> None:
    text = (
        "# Roof call\n\n## Transcript\n\n**Ana:** Hello.\n\n## The van\n\n**Ana:** We buy it.\n\n**Ben:** Yes.\n\n"
        "## Action items\n\n- Ana: buys the van\n- Ben: paints it\n"
    )
    reading = read(text, "x.md")
    (conversation,) = reading.conversations
    assert conversation.title == "Roof call"
    assert [(turn.text, turn.topic) for turn in conversation.turns] == [
        ("Hello.", None),
        ("We buy it.", "The van"),
        ("Yes.", "The van"),
    ]
    assert asides(reading)["notes"] == len("## Action items- Ana: buys the van- Ben: paints it")
    assert_accounted(reading, len(text))


def test_a_time_that_links_to_the_video_is_a_time_of_the_recording(read: Read) -> None:
    at = "https://video.example/watch?v=x&t"
    text = (
        "# Harbour call notes\n### Meeting Date/Time: Thursday 2026/10/19 at 14:00 UTC\n### Notes: Cy\n\n## Agenda\n\n"
        f"## Paint\n\n**Ana** [07:12]({at}=432s): Hello! We begin.\n\n**Ben Roe** [08:59]({at}=539s):  Good.\n \n"
        f" **Ana** [1:10:57]({at}=s): Bye.\n\n## Attendees\n* Ana\n* Ben Roe\n"
    )
    reading = read(text, "notes.md")
    (conversation,) = reading.conversations
    assert turns(reading) == [("Ana", "Hello! We begin."), ("Ben Roe", "Good."), ("Ana", "Bye.")]
    assert [turn.start for turn in conversation.turns] == [432.0, 539.0, 4257.0]
    assert {turn.kind for turn in conversation.turns} == {"speech"}
    assert conversation.started_at == date(2026, 10, 19)
    assert asides(reading)["attendees"] == len("* Ana* Ben Roe")
    assert_accounted(reading, len(text))


def test_speech_with_a_few_late_times_is_no_chat(read: Read) -> None:
    text = (
        "**Ana Orr:** Hello.\n\n**Ben:** Good.\n\n**Ana Orr:** \\[05:53\\] We begin.\n\n**Ben:** Now?\n\n"
        "\\[10:00\\] Or then.\n\n**Ana Orr:** Now.\n"
    )
    reading = read(text, "show.md")
    assert {turn.kind for turn in reading.conversations[0].turns} == {"speech"}
    assert turns(reading)[2] == ("Ana Orr", "We begin.")


def test_names_in_bold_type_are_labels_without_a_colon_where_they_come_back(read: Read) -> None:
    text = "### Transcript\n\n**Ana Orr**\n\nHello.\n\nAll right.\n\n**Ben**\n\nGood.\n\n**Ana Orr**\n\nBye.\n"
    reading = read(text, "webcast.md")
    assert turns(reading) == [("Ana Orr", "Hello.\n\nAll right."), ("Ben", "Good."), ("Ana Orr", "Bye.")]
    timed = "0:00:36.2 **Ana Orr** Hello.\n\n0:00:40.1 **Ben** Good: yes.\n\n0:01:41.2 **Ana Orr** Bye.\n\nNow.\n"
    reading = read(timed, "show.txt")
    assert turns(reading) == [("Ana Orr", "Hello."), ("Ben", "Good: yes."), ("Ana Orr", "Bye.\n\nNow.")]
    assert [turn.start for turn in reading.conversations[0].turns] == [36.2, 40.1, 101.2]


def test_what_stands_in_brackets_behind_a_bold_name_belongs_to_it(read: Read) -> None:
    text = "**Ana Orr** (Nordwind): Hello.\n\n**Ben**: Good.\n\n**Ana Orr** (Nordwind): Bye.\n\n**Note** that: no.\n"
    reading = read(text, "call.md")
    names = [person.name for person in reading.conversations[0].participants]
    assert names == ["Ana Orr (Nordwind)", "Ben"]


def test_headings_in_bold_type_are_nobody(read: Read) -> None:
    text = "**Background**\n\nWe have a shed.\n\n**Plan**\n\nWe paint it.\n\n**Costs**\n\nNone at all.\n"
    assert {speaker for speaker, _ in turns(read(text, "plan.md"))} == {None}


def test_a_list_of_who_does_what_is_nobody_speaking(read: Read) -> None:
    text = "Ana: We take it.\nBen: Good.\nAna: Bye.\n\nAction items:\n- Ana: buys the ticket\n- Ben: packs\n"
    reading = read(text, "call.txt")
    assert turns(reading)[-1] == (None, "Action items:\n- Ana: buys the ticket\n- Ben: packs")


def test_a_summary_above_the_transcript_is_set_aside_with_a_warning(read: Read) -> None:
    text = "# Sync\n\n## Summary\n\n- Lara: ships it\n\n## Transcript\n\nAna: We sell.\nBen: Yes.\nAna: Good.\n"
    reading = read(text, "call.md")
    assert turns(reading) == [("Ana", "We sell."), ("Ben", "Yes."), ("Ana", "Good.")]
    assert "notes beside the transcript were set aside" in warnings(reading)
    assert_accounted(reading, len(text))


# Where the time stands


@pytest.mark.parametrize(
    "text",
    [
        "**Ana Li:** [00:00:03] Shall we take the train?\n\n**Ben:** [00:00:09] Yes, on Friday.\n",
        "Ana Li\n0:03\nShall we take the train?\nBen\n0:09\nYes, on Friday.\nAna Li\n0:12\nFine.\n",
        "0:03\nAna Li\nShall we take the train?\n0:09\nBen\nYes, on Friday.\n0:12\nAna Li\nFine.\n",
        "[0:03 \u2192 0:09] **Ana Li:** Shall we take the train?\n[0:09 \u2192 1:02] **Ben:** Yes, on Friday.\n",
        "[Ana Li] [0:03.000 --> 0:09.000]: Shall we take the train?\n[Ben] [0:09.000 --> 0:12.000]: Yes, on Friday.\n",
        "0:01 Ana Li  0:03\n\n0:01 Shall we take the train?\n\n0:01 Ben  0:09\n\n0:01 Yes, on Friday.\n",
        "**Ana Li** 0:03\nShall we take the train?\n\n**Ben** 0:09\nYes, on Friday.\n",
        "00:03 Ana Li:\nShall we take the train?\n00:09 Ben:\nYes, on Friday.\n",
    ],
)
def test_the_time_is_found_wherever_it_stands(read: Read, text: str) -> None:
    reading = read(text, "call.txt", source_format="text")
    assert turns(reading)[:2] == TWO
    assert [turn.start for turn in reading.conversations[0].turns][:2] == [3.0, 9.0]
    assert_accounted(reading, len(text))


def test_a_range_gives_the_end_too(read: Read) -> None:
    reading = read("[0:02 - 0:04] Ana: One.\n[0:04 - 1:00:09] Ben: Two.\n", "call.txt", source_format="text")
    assert [(turn.start, turn.end) for turn in reading.conversations[0].turns] == [(2.0, 4.0), (4.0, 3609.0)]


def test_times_before_later_paragraphs_are_kept_as_marks(read: Read) -> None:
    text = "**Ana:** We begin.\n\n\\[00:54\\] It goes on.\n\n(1:10)\nAnd on.\n\n**Ben:** Yes.\n"
    reading = read(text, "call.md")
    assert turns(reading) == [("Ana", "We begin.\n\nIt goes on.\n\nAnd on."), ("Ben", "Yes.")]
    turn = reading.conversations[0].turns[0]
    assert [turn.time_at(turn.text.index(words)) for words in ("It goes", "And on")] == [54.0, 70.0]
    assert_accounted(reading, len(text))


def test_a_single_time_within_a_turn_is_kept(read: Read) -> None:
    text = "**Ana:** We begin.\n\n\\[03:54\\] It goes on.\n\n**Ben:** Yes.\n"
    turn = read(text, "call.md").conversations[0].turns[0]
    assert (turn.time_at(0), turn.time_at(turn.text.index("It goes"))) == (None, 234.0)


def test_lines_that_are_a_time_and_words_are_words_with_a_time(read: Read) -> None:
    text = "00:00:01.500 today we paint a wall\n00:00:04.000 and the: last one\n00:00:06.000 bye\n"
    reading = read(text, "video.txt")
    assert turns(reading) == [(None, "today we paint a wall and the: last one bye")]
    turn = reading.conversations[0].turns[0]
    assert (turn.start, turn.time_at(turn.text.index("bye"))) == (1.5, 6.0)
    assert_accounted(reading, len(text))


# Hostile text

MANY = 200_000


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * MANY + "b", "\u00a0" * MANY + "b", ":" * MANY + "b", "1" * MANY, "1:" * MANY, "10:30 " * MANY,
        "[" * MANY + "b", "*" * MANY + "b", "(0:00" * MANY, '."' * MANY + "b", "<" * MANY + "b", "1 minutes " * MANY,
        "#" * MANY + " b", "\u200f" * MANY + "b", "-" * MANY + "b", ("0:03" + " " * 200 + "b\n") * 500,
        "---\n" + "a: b\n" * 5000, "\n" * (MANY // 5) + "b", "## Summary\n" * 5000 + "## Transcript\nAna: we go.\n",
        "".join(f"[0:{n % 60:02d}] Name {n}: we go on with it.\n" for n in range(3000)),
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_no_text_takes_longer_than_its_length_allows(text: str) -> None:
    started = time.perf_counter()
    for name in ("text", "otter", "rev", "fireflies", "fathom", "granola", "tldv", "tactiq"):
        known = by_name(name)
        assert isinstance(known, Format)
        blob = Blob("a.txt", text.encode())
        known.fits(blob)
        with contextlib.suppress(SourceError):
            known.read(blob)
    assert time.perf_counter() - started < 8
