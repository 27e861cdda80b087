from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Blob, Hints, Reading
from extractor.sources.chats import whatsapp

Read = Callable[..., Reading]
MARK = "\u200e"
NARROW = "\u202f"


def read_chat(read: Read, *lines: str, name: str = "WhatsApp Chat with Roof team.txt", **options: object) -> Reading:
    text = "\n".join(lines) + "\n"
    reading = read(text, name, **options)
    assert reading.format == "whatsapp"
    assert_accounted(reading, len(text))
    spoken = sum(len(turn.text) for each in reading.conversations for turn in each.turns)
    assert reading.coverage is not None
    assert reading.coverage.used == spoken
    return reading


def times(reading: Reading) -> list[datetime | None]:
    return [turn.sent_at for each in reading.conversations for turn in each.turns]


@pytest.mark.parametrize(
    ("head", "when"),
    [
        ("1/14/23, 7:02 PM - ", datetime(2023, 1, 14, 19, 2)),
        ("14/01/2023, 19:02 - ", datetime(2023, 1, 14, 19, 2)),
        (f"1/14/23, 12:02{NARROW}AM - ", datetime(2023, 1, 14, 0, 2)),
        (f"{MARK}[14/10/2021, 3:34:09{NARROW}PM] ", datetime(2021, 10, 14, 15, 34, 9)),
        ("[2021-10-14, 15:34:09] ", datetime(2021, 10, 14, 15, 34, 9)),
        ("02.05.18, 18:00 - ", datetime(2018, 5, 2, 18)),
        ("02.05.18 à 18:00 - ", datetime(2018, 5, 2, 18)),
        ("[12.3.2022 klo 14.08.18] ", datetime(2022, 3, 12, 14, 8, 18)),
        (f"28/3/2025, 9:29{NARROW}p.\u00a0m. - ", datetime(2025, 3, 28, 21, 29)),
        ("28/3/2025, 9:29 a. m. - ", datetime(2025, 3, 28, 9, 29)),
        ("2025-03-28, 5:46 p.m. - ", datetime(2025, 3, 28, 17, 46)),
        ("2023/01/14 午後7:02 - ", datetime(2023, 1, 14, 19, 2)),
        ("2023/1/14 上午7:02 - ", datetime(2023, 1, 14, 7, 2)),
        ("2023. 1. 14. 오후 7:02 - ", datetime(2023, 1, 14, 19, 2)),
        ("[2023/1/14 下午7:02:05] ", datetime(2023, 1, 14, 19, 2, 5)),
        ("2023. 01. 14. 19:02 - ", datetime(2023, 1, 14, 19, 2)),
        ("14. 1. 2023 19:02 - ", datetime(2023, 1, 14, 19, 2)),
        ("14.01.23 г., 19:02 ч. - ", datetime(2023, 1, 14, 19, 2)),
        ("2023-01-14 19 h 02 - ", datetime(2023, 1, 14, 19, 2)),
        ("14/1/2566 19:02 - ", datetime(2023, 1, 14, 19, 2)),
        ("19:02, 14/01/2023 - ", datetime(2023, 1, 14, 19, 2)),
        ("١٤\u200f/١\u200f/٢٠٢٣، ٧:٠٢ م - ", datetime(2023, 1, 14, 19, 2)),
    ],
)
def test_the_time_stamp_of_every_phone_is_read(read: Read, head: str, when: datetime) -> None:
    reading = read_chat(read, f"{head}Mira Tan: We repair the roof.", f"{head}Kwame: Good.")
    assert turns(reading) == [("Mira Tan", "We repair the roof."), ("Kwame", "Good.")]
    assert times(reading) == [when, when]


def test_a_message_goes_on_over_lines_until_the_next_time_stamp(read: Read) -> None:
    reading = read_chat(
        read, "14/01/2023, 19:02 - Mira: We need:", "- slates", "", "  - nails: many", "14/01/2023, 19:03 - Kwame: Ok."
    )
    assert turns(reading) == [("Mira", "We need:\n- slates\n\n  - nails: many"), ("Kwame", "Ok.")]


def test_windows_line_breaks_are_no_part_of_the_words(read: Read) -> None:
    reading = read_chat(read, "14/01/2023, 19:02 - Mira: One\r", "two\r")
    assert turns(reading) == [("Mira", "One\ntwo")]


def test_notices_without_a_name_are_set_aside_also_with_a_colon(read: Read) -> None:
    reading = read_chat(
        read,
        "14/01/2023, 19:00 - Messages and calls are end-to-end encrypted. Tap to learn more.",
        "14/01/2023, 19:01 - Mira changed the group name from “Roof” to “Roof: now”",
        "14/01/2023, 19:02 - Mira: Now we can talk.",
    )
    assert turns(reading) == [("Mira", "Now we can talk.")]
    assert asides(reading)["system message"] == 63 + len("Mira changed the group name from “Roof” to “Roof: now”")


def test_what_an_iphone_marks_as_its_own_is_nobodys_message(read: Read) -> None:
    reading = read_chat(
        read,
        f"[14/01/2023, 19:00:01] Roof team: {MARK}Messages and calls are end-to-end encrypted.",
        f"[14/01/2023, 19:00:02] Mira: {MARK}Mira aggiunto Kwame",
        f"{MARK}[14/01/2023, 19:00:03] Mira: {MARK}image omitted",
        f"[14/01/2023, 19:00:04] Kwame: {MARK}This message was deleted.",
        "[14/01/2023, 19:00:05] Kwame: Hello.",
    )
    assert turns(reading) == [("Kwame", "Hello.")]
    assert asides(reading)["deleted"] == len("This message was deleted.")
    assert asides(reading)["attachment"] == len("image omitted")
    assert "Messages of media without words were not read: line 3." in warnings(reading)


def test_the_encryption_notice_under_a_groups_name_is_a_notice(read: Read) -> None:
    notice = "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt."
    reading = read_chat(read, f"14.01.23, 19:00 - Dach: {notice}", "14.01.23, 19:01 - Mira: Hallo.")
    assert turns(reading) == [("Mira", "Hallo.")]
    assert asides(reading)["system message"] == len(notice)


@pytest.mark.parametrize(
    "omitted",
    ["<Media omitted>", "<Medien ausgeschlossen>", "<Multimedia omitido>", "<Без медиафайлов>", "<media omitted>"],
)
def test_media_that_were_left_out_are_counted_in_every_language(read: Read, omitted: str) -> None:
    reading = read_chat(read, f"14.01.23, 19:00 - Mira: {omitted}", "14.01.23, 19:01 - Mira: Hello.")
    assert turns(reading) == [("Mira", "Hello.")]
    assert asides(reading)["attachment"] == len(omitted)


def test_the_words_below_and_beside_a_file_are_kept_and_the_file_is_named(read: Read) -> None:
    reading = read_chat(
        read,
        f"14/01/2023, 19:00 - Mira: {MARK}IMG-20230114-WA0001.jpg (archivo adjunto)",
        "The north side.",
        f"14/01/2023, 19:01 - Kwame: The plan {MARK}<attached: 00000012-PLAN.pdf>",
    )
    assert turns(reading) == [("Mira", "The north side."), ("Kwame", "The plan")]
    assert "Shared files were not read: IMG-20230114-WA0001.jpg and 00000012-PLAN.pdf." in warnings(reading)


def test_an_edited_message_keeps_its_words_without_the_mark(read: Read) -> None:
    reading = read_chat(
        read,
        f"14/01/2023, 19:00 - Mira: In May. {MARK}<Se editó este mensaje.>",
        "14/01/2023, 19:01 - Mira: In June. <This message was edited>",
        "14/01/2023, 19:02 - Mira: see <https://example.org>",
    )
    assert [text for _, text in turns(reading)] == ["In May.", "In June.", "see <https://example.org>"]
    assert asides(reading)["system message"] > 0


def test_a_poll_reads_as_its_question_and_options(read: Read) -> None:
    reading = read_chat(
        read,
        f"[14/01/2023, 19:00:00] Mira: {MARK}POLL:",
        "What do we lay?",
        f"{MARK}OPTION: Slate ({MARK}4 votes)",
        f"{MARK}OPTION: Tin ({MARK}0 votes)",
    )
    ((name, text),) = turns(reading)
    assert name == "Mira"
    assert text.replace(MARK, "") == "POLL:\nWhat do we lay?\nOPTION: Slate (4 votes)\nOPTION: Tin (0 votes)"


def test_names_may_hold_colons_and_a_tilde_marks_somebody_who_is_no_contact(read: Read) -> None:
    reading = read_chat(
        read,
        "14/01/2023, 19:00 - Harbour: Works: We start.",
        "14/01/2023, 19:01 - Harbour: Works: At eight: sharp.",
        f"14/01/2023, 19:02 - ~{NARROW}Ines: Good.",
        "14/01/2023, 19:03 - +44 20 7946 0000: Note: bring gloves.",
    )
    assert turns(reading) == [
        ("Harbour: Works", "We start."),
        ("Harbour: Works", "At eight: sharp."),
        ("Ines", "Good."),
        ("+44 20 7946 0000", "Note: bring gloves."),
    ]


def test_a_message_that_is_sent_twice_is_no_sign_of_a_name_with_a_colon(read: Read) -> None:
    reading = read_chat(
        read, "14/01/2023, 19:00 - Ines: Tomorrow: gloves.", "14/01/2023, 19:01 - Ines: Tomorrow: gloves."
    )
    assert turns(reading) == [("Ines", "Tomorrow: gloves.")] * 2


def test_two_people_of_one_name_stay_two_where_one_is_no_contact(read: Read) -> None:
    reading = read_chat(read, "14/01/2023, 19:00 - Ines: One.", "14/01/2023, 19:01 - ~ Ines: Two.")
    assert len(reading.conversations[0].participants) == 2


def test_messages_are_put_in_the_order_of_time_and_stay_as_they_are_within_a_minute(read: Read) -> None:
    reading = read_chat(
        read,
        "14/01/2023, 19:00 - Mira: One.",
        "14/01/2023, 19:02 - Kwame: Three.",
        "14/01/2023, 19:02 - Mira: Four.",
        "14/01/2023, 19:01 - Mira: Two.",
    )
    assert [text for _, text in turns(reading)] == ["One.", "Two.", "Three.", "Four."]
    assert "1 message stands after later ones in the file" in warnings(reading)


# Which part is the day


def test_a_part_above_twelve_decides_for_the_whole_file(read: Read) -> None:
    day = read_chat(read, "3/4/21, 10:00 - A: One.", "13/4/21, 10:00 - A: Two.")
    month = read_chat(read, "3/4/21, 10:00 - A: One.", "4/13/21, 10:00 - A: Two.")
    assert times(day) == [datetime(2021, 4, 3, 10), datetime(2021, 4, 13, 10)]
    assert times(month) == [datetime(2021, 3, 4, 10), datetime(2021, 4, 13, 10)]


def test_the_order_of_the_messages_decides_where_no_part_is_above_twelve(read: Read) -> None:
    lines = [f"{month}/{day}/21, 10:00 - A: Hi." for month, day in [(1, 2), (1, 9), (2, 3), (3, 1)]]
    assert times(read_chat(read, *lines))[-1] == datetime(2021, 3, 1, 10)
    lines = [f"{day}/{month}/21, 10:00 - A: Hi." for month, day in [(1, 2), (1, 9), (2, 3), (3, 1)]]
    assert times(read_chat(read, *lines))[-1] == datetime(2021, 3, 1, 10)


def test_a_date_that_reads_the_same_both_ways_needs_no_answer(read: Read) -> None:
    assert times(read_chat(read, "3/3/21, 10:00 - A: One.")) == [datetime(2021, 3, 3, 10)]


def test_the_users_word_decides_what_the_file_does_not(read: Read) -> None:
    line = "3/4/21, 10:00 - A: One."
    assert times(read_chat(read, line, hints=Hints(day_first=True))) == [datetime(2021, 4, 3, 10)]
    assert times(read_chat(read, line, hints=Hints(day_first=False))) == [datetime(2021, 3, 4, 10)]


def test_dates_that_nothing_decides_are_asked_about(read: Read) -> None:
    what = r"3/4/21 can be 3 April as well as 4 March\. Say which with --date-order dmy or --date-order mdy\."
    with pytest.raises(SourceError, match=what):
        read("3/4/21, 10:00 - A: One.\n", "chat.txt")


def test_a_pasted_line_with_a_day_that_does_not_exist_is_part_of_the_message(read: Read) -> None:
    reading = read_chat(
        read,
        "13/4/21, 10:00 - A: He wrote:",
        "4/25/21, 7:02 PM - B: Hi",
        "14/4/21, 10:00 - A: x",
        "15/4/21, 10:00 - A: y",
    )
    assert turns_of(reading)[0] == "He wrote:\n4/25/21, 7:02 PM - B: Hi"


def turns_of(reading: Reading) -> list[str]:
    return [turn.text for each in reading.conversations for turn in each.turns]


def test_times_with_words_that_are_not_known_are_left_out_rather_than_guessed(read: Read) -> None:
    reading = read_chat(read, "14/01/2023, 7:02 zork - A: One.", "14/01/2023, 8:02 blah - A: Two.")
    assert times(reading) == [None, None]
    assert "words that are not known (zork and blah)" in warnings(reading)


# The file


def test_the_chat_is_called_as_its_file_or_its_archive(read: Read) -> None:
    line = "14/01/2023, 19:00 - Mira: One."
    assert read_chat(read, line).conversations[0].title == "Roof team, 2023-01-14"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("_chat.txt", f"[14/01/2023, 19:00:00] Mira: One.\n{MARK}")
    reading = read(buffer.getvalue(), "WhatsApp Chat - Roof team.zip")
    assert reading.format == "whatsapp"
    assert reading.conversations[0].title == "Roof team, 2023-01-14"


def test_a_conversation_keeps_its_id_when_the_chat_grows(read: Read) -> None:
    lines = ["14/01/2023, 19:00 - Mira: One.", "14/01/2023, 19:00 - Mira: One."]
    ids = [read_chat(read, *lines[:count]).conversations[0].id for count in (1, 2)]
    assert ids[0] == ids[1]
    assert ids[0].startswith("whatsapp:")


def test_lines_before_the_first_message_are_named(read: Read) -> None:
    text = "the end of a message\n14/01/2023, 19:00 - Mira: One.\n14/01/2023, 19:00 - Mira: Two.\n"
    reading = read(text, "chat.txt", source_format="whatsapp")
    assert reading.coverage is not None
    assert reading.coverage.characters == len(text)
    assert "Lines before the first message were set aside: line 1." in warnings(reading)


@pytest.mark.parametrize(
    "text",
    [
        "[2016-06-09 12:34:56] <nova> hello there\n[2016-06-09 12:34:58] <milo> hi: all\n",
        "Mira: Hello.\nKwame: Hello.\n",
        "2023-01-14 19:02:03,123 - app - INFO - started: yes\n",
        "[19:02:03] Mira: Hello.\n",
        "{}",
    ],
)
def test_other_chats_and_logs_are_none_of_whatsapps(text: str) -> None:
    assert whatsapp.fits(Blob("a.txt", text.encode())) == 0.0


def test_a_chat_of_notices_alone_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="without a message that has words"):
        read("14/01/2023, 19:00 - Mira: <Media omitted>\n", "chat.txt")


def test_a_giant_line_and_many_lines_take_linear_time(read: Read) -> None:
    giant = "14/01/2023, 19:00 - Mira: " + ": a <" * 100_000
    read_chat(read, giant, *([""] * 50_000), "[" * 100_000, "1/" * 100_000)


NAME = st.sampled_from(["Mira Tan", "Kwame", "+44 20 7946 0000", "Jo (works)", "Élan 🚗"])
WORD = st.text(st.characters(categories=["L", "N", "Po", "So"]), min_size=1, max_size=8).filter(
    lambda word: word.strip("\ufeff") and word.casefold() != "null"
)
TEXT = st.lists(st.lists(WORD, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=3).map("\n".join)
SHAPES = ["%d/%m/%Y, %H:%M - ", "%m/%d/%y, %I:%M\u202f%p - ", "[%d.%m.%y, %H:%M:%S] ", "[%Y-%m-%d, %I:%M:%S %p] "]


@settings(max_examples=40)
@given(st.sampled_from(SHAPES), st.lists(st.tuples(NAME, TEXT), min_size=1, max_size=6))
def test_a_chat_reads_back_as_it_was_written(shape: str, said: list[tuple[str, str]]) -> None:
    start = datetime(2023, 1, 14, 19)
    sent = [start + timedelta(minutes=number) for number in range(len(said))]
    lines = [f"{at.strftime(shape)}{name}: {text}" for at, (name, text) in zip(sent, said, strict=True)]
    text = "\n".join(lines)
    reading = whatsapp.read(Blob("chat.txt", text.encode()))
    assert_accounted(reading, len(text))
    assert turns(reading) == said
    assert times(reading) == sent


@settings(max_examples=60)
@given(
    st.lists(
        st.text(max_size=20) | st.sampled_from(["14/01/23, 19:00 - ", "A: ", MARK, "<x>", "\n", "[1/1/21, 1:02:03] "])
    )
)
def test_text_of_any_kind_is_accounted_for_or_refused(parts: list[str]) -> None:
    text = "".join(parts).encode("utf-8", "replace").decode()
    blob = Blob("chat.txt", text.encode())
    assert 0 <= whatsapp.fits(blob) <= 1
    with suppress(SourceError):
        reading = whatsapp.read(blob)
        assert reading.coverage is not None
        assert reading.coverage.characters == len(blob.text)
        assert reading.coverage.used == sum(len(turn.text) for each in reading.conversations for turn in each.turns)


def test_the_real_files_are_read_whole(real_files: Path, read: Read) -> None:
    counts = {}
    for name in ("2A_5M.txt", "pokemon.txt"):
        reading = read((real_files / "formats" / "whatsapp" / name).read_bytes(), name)
        assert_accounted(reading)
        assert reading.format == "whatsapp"
        people = {person.id for each in reading.conversations for person in each.participants}
        counts[name] = (sum(len(each.turns) for each in reading.conversations), len(people))
    assert counts == {"2A_5M.txt": (4, 2), "pokemon.txt": (18, 8)}
