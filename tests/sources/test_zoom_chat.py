from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.conversation import Turn
from extractor.errors import SourceError
from extractor.sources import Reading, read_source
from extractor.sources.base import Blob, Hints
from extractor.sources.registry import detect
from extractor.sources.texts import zoom_captions, zoom_chat

Read = Callable[..., Reading]

NAMES = ("Ana Li", "Ben | Nordwind", "cy (Ops)", "R&D: Dora", "田中 太郎", "@jo / Johanna", "Me to You")


def cloud(*messages: tuple[str, str], eol: str = "\r\n") -> str:
    times = [f"{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}" for n in range(1, len(messages) + 1)]
    return "".join(f"{time}\t{name}:\t{text}{eol}" for time, (name, text) in zip(times, messages, strict=True))


def turn_list(reading: Reading) -> list[Turn]:
    return list(reading.conversations[0].turns)


def accounted(reading: Reading) -> None:
    assert_accounted(reading)
    assert reading.coverage is not None
    assert reading.coverage.used == sum(len(turn.text) for turn in turn_list(reading))


# Cloud recordings


def test_the_chat_of_a_recording_has_a_turn_for_every_message_with_its_seconds(read: Read) -> None:
    reading = read(cloud(("Ana", "One."), ("Ana", "Two."), ("Ben (Ops)", "a: b")), "call.txt")
    assert reading.format == "zoom-chat"
    assert turns(reading) == [("Ana", "One."), ("Ana", "Two."), ("Ben (Ops)", "a: b")]
    assert [(turn.kind, turn.start, turn.sent_at) for turn in turn_list(reading)] == [
        ("chat", 1.0, None),
        ("chat", 2.0, None),
        ("chat", 3.0, None),
    ]
    accounted(reading)


@pytest.mark.parametrize("eol", ["\r\n", "\n", "\r"])
def test_a_message_of_several_lines_is_one_turn_whatever_became_of_its_line_ends(read: Read, eol: str) -> None:
    inner = "\n" if eol == "\r\n" else eol
    text = f"Three things:{inner}- one{inner}    two{inner}{inner}three"
    reading = read(cloud(("Ana", text), ("Ben", "Yes."), eol=eol), "call.txt")
    assert turns(reading) == [("Ana", "Three things:\n- one\n    two\n\nthree"), ("Ben", "Yes.")]
    accounted(reading)


def test_a_pasted_chat_inside_a_message_is_text_where_the_file_says_where_messages_end(read: Read) -> None:
    text = "see:\n00:00:01\tCy:\tno\n00:00:02\tCy:\tyes"
    reading = read(cloud(("Ana", text), ("Ben", "One."), ("Ana", "Two."), ("Ben", "Three.")), "call.txt")
    assert turns(reading)[0] == ("Ana", text)
    assert len(turns(reading)) == 4


def test_line_ends_that_were_all_made_crlf_split_no_message(read: Read) -> None:
    reading = read(cloud(("Ana", "one\r\n\r\ntwo"), ("Ben", "Yes.")), "call.txt")
    assert turns(reading) == [("Ana", "one\n\ntwo"), ("Ben", "Yes.")]
    accounted(reading)


def test_text_before_the_first_message_is_set_aside_and_named(read: Read) -> None:
    reading = read("Chat of Monday\n" + cloud(("Ana", "One."), ("Ben", "Two.")), "call.txt")
    assert reading.format == "zoom-chat"
    assert '"Chat of Monday"' in warnings(reading)
    assert asides(reading)["text outside a message"] == len("Chat of Monday\n")


def test_a_chat_cut_off_within_a_character_says_so(read: Read) -> None:
    reading = read(cloud(("Ana", "One."), ("Ben", "Łuk")).encode().rstrip(b"\r\n") + b"\xc5", "call.txt")
    assert reading.error is not None
    assert reading.error.endswith("Save the chat again.")


def test_a_chat_of_reactions_alone_is_an_error(read: Read) -> None:
    with pytest.raises(SourceError, match="without a message"):
        read(cloud(("Ana", 'Reacted to "One." with 👍')), "call.txt")


# Answers and reactions


def test_an_answer_is_linked_to_the_latest_message_that_begins_so_and_the_quote_is_set_aside(read: Read) -> None:
    reading = read(
        cloud(
            ("Ana", "Shall we take the train to Bonn?"),
            ("Ben", "Shall we take the bus?"),
            ("Cy", "Shall we take the train or not?"),
            ("Ben", 'Replying to "Shall we take the..."\n\nYes, on Friday.'),
            ("Ana", 'Replying to "Yes, on Friday."\n\nFine.'),
            ("Cy", 'Replying to "Shall we take the train to..."\n\nNo.'),
        ),
        "call.txt",
    )
    assert [turn.reply_to for turn in turn_list(reading)] == [None, None, None, 2, 3, 0]
    assert turns(reading)[3] == ("Ben", "Yes, on Friday.")
    assert asides(reading)["quoted reply"] > 0
    assert warnings(reading) == ""
    accounted(reading)


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        ('He said "yes" and...', 'He said "yes" and left.'),
        ("first second...", "first\nsecond third"),
        ("we ship it \ufffd...", "we ship it 🚲 today"),
        ("we ship it …", "we ship it today"),
        ("Yes. ", "Yes."),
        ("and so on...", "and so on..."),
        ("ok...", "ok..."),
    ],
)
def test_quotes_with_quotes_line_breaks_and_halved_emoji_are_found(read: Read, quote: str, message: str) -> None:
    reading = read(cloud(("Ana", message), ("Ben", f'Replying to "{quote}"\n\nYes.')), "call.txt")
    assert turn_list(reading)[1].reply_to == 0
    assert turns(reading)[1] == ("Ben", "Yes.")


def test_a_short_quote_that_was_not_cut_means_only_that_message(read: Read) -> None:
    reading = read(cloud(("Ana", "Yes, later."), ("Ben", 'Replying to "Yes"\n\nWhen?')), "call.txt")
    assert turn_list(reading)[1].reply_to is None
    assert "1 answer quotes a message that is not in the chat." in warnings(reading)


def test_reactions_stand_on_the_message_with_the_people_who_reacted(read: Read) -> None:
    reading = read(
        cloud(
            ("Ana", "We take the train on Friday."),
            ("Ben", 'Reacted to "We take the train o..." with 👍'),
            ("Cy", 'Reacted to We take the train o... with "👍"'),
            ("Cy", 'Reacted to "We take the train o..." with ❤️'),
            ("Ben", 'Reacted to "We take the train o..." with 👍'),
        ),
        "call.txt",
    )
    (turn,) = turn_list(reading)
    assert [(each.name, each.count, each.people) for each in turn.reactions] == [
        ("👍", 2, ("ben", "cy")),
        ("❤️", 1, ("cy",)),
    ]
    assert [person.name for person in reading.conversations[0].participants] == ["Ana", "Ben", "Cy"]
    assert asides(reading)["reaction"] > 0
    accounted(reading)


def test_a_reaction_that_is_taken_back_is_gone(read: Read) -> None:
    reading = read(
        cloud(
            ("Ana", "We take the train."),
            ("Ben", 'Reacted to "We take the train." with 👍'),
            ("Cy", 'Reacted to "We take the train." with 👍'),
            ("Ben", 'Removed a 👍 reaction from "We take the train."'),
        ),
        "call.txt",
    )
    (turn,) = turn_list(reading)
    assert [(each.name, each.count, each.people) for each in turn.reactions] == [("👍", 1, ("cy",))]


def test_reactions_to_what_is_not_in_the_chat_are_counted(read: Read) -> None:
    reading = read(cloud(("Ana", "One."), *[("Ben", 'Reacted to "plan.png" with 👍')] * 2), "call.txt")
    assert "2 reactions quote a message that is not in the chat." in warnings(reading)


@pytest.mark.parametrize("text", ["Reacted to that with a long mail", 'Replying to "that', "Removed a few reaction"])
def test_messages_that_only_sound_like_events_are_text(read: Read, text: str) -> None:
    assert turns(read(cloud(("Ana", "One."), ("Ben", text)), "call.txt"))[1] == ("Ben", text)


# Saved by the client


OLD = (
    "09:01:53\t From Ana Li (she/her) / a : b : Shall we?\n"
    "09:02:10\t From  Ben  to  Everyone : Yes,\non Friday.\n"
    "09:02:11\t From  Ben  to  Ana Li(Direct Message) : really?\n"
    "09:02:12\t From Cy to Me : One.\n"
)
NEW = (
    "09:01:53 From Ana Li to Everyone:\n\tShall we?\n    \n"
    "09:02:10 From Ben To Everyone:\n\tYes,\n\ton Friday.\n\n"
    '09:02:12 From Cy to Ben(Direct Message):\n\tReplying to "Shall we?"\n\t\n\tNo.\n'
    '09:02:13 From Ana Li to Everyone:\n\tReacted to "Yes, on Friday." with 👍\n'
)


def test_a_chat_saved_by_an_older_client_says_who_writes(read: Read) -> None:
    reading = read(OLD, "meeting_saved_chat.txt")
    assert reading.format == "zoom-chat"
    assert turns(reading) == [
        ("Ana Li (she/her) / a", "b : Shall we?"),
        ("Ben", "Yes,\non Friday."),
        ("Ben", "really?"),
        ("Cy to Me", "One."),
    ]
    assert "1 message was sent to one person and not to everyone." in warnings(reading)
    accounted(reading)


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_chat_saved_by_a_newer_client_loses_its_indentation_and_nothing_else(read: Read, eol: str) -> None:
    reading = read(NEW.replace("\n", eol), "meeting_saved_chat.txt")
    assert turns(reading) == [("Ana Li", "Shall we?"), ("Ben", "Yes,\non Friday."), ("Cy", "No.")]
    assert turn_list(reading)[2].reply_to == 0
    assert turn_list(reading)[1].reactions[0].name == "👍"
    accounted(reading)


def test_times_of_the_day_without_a_day_are_not_kept_and_it_is_said_once(read: Read) -> None:
    reading = read(NEW, "chat.txt")
    assert {(turn.start, turn.sent_at) for turn in turn_list(reading)} == {(None, None)}
    assert warnings(reading).count("the day is not known") == 1


@pytest.mark.parametrize(
    ("name", "hints"),
    [
        ("chat 2026-03-02.txt", Hints()),
        ("2026-03-02 09.00.00 Weekly/meeting_saved_chat.txt", Hints()),
        ("chat.txt", Hints(started_at=date(2026, 3, 2))),
        ("chat.txt", Hints(started_at=datetime(2026, 3, 2, 9))),
    ],
)
def test_the_day_comes_from_the_hints_or_a_name(tmp_path: Path, name: str, hints: Hints) -> None:
    reading = zoom_chat.read(Blob(name, NEW.encode(), hints))
    assert turn_list(reading)[1].sent_at == datetime(2026, 3, 2, 9, 2, 10)
    assert reading.conversations[0].started_at == datetime(2026, 3, 2, 9, 1, 53)


def test_a_day_in_the_chat_itself_is_taken_and_midnight_begins_the_next(read: Read) -> None:
    reading = read(
        "2026-03-02 23:59:58 From Ana to Everyone:\n\tOne.\n00:00:03 From Ben to Everyone:\n\tTwo.\n", "a.txt"
    )
    assert [turn.sent_at for turn in turn_list(reading)] == [
        datetime(2026, 3, 2, 23, 59, 58),
        datetime(2026, 3, 3, 0, 0, 3),
    ]


def test_a_client_chat_that_begins_in_the_first_hour_counts_from_the_start(read: Read) -> None:
    reading = read("00:12:03\t From Ana : One.\n01:12:05\t From Ben : Two.\n", "chat.txt")
    assert [turn.start for turn in turn_list(reading)] == [723.0, 4325.0]
    assert "count from the start" in warnings(reading)


def test_a_russian_chat_is_read(read: Read) -> None:
    chat = (
        "18:45:12 От Анна кому Все:\n\tБерём поезд?\n"
        '18:45:13 От Борис кому Все:\n\tОтвет на "Берём поезд?"\n\tДа.\n'
        '18:45:14 От Анна кому Все:\n\tРеакция на "Да." с помощью 👍\n'
    )
    reading = read(chat, "chat.txt")
    assert turns(reading) == [("Анна", "Берём поезд?"), ("Борис", "Да.")]
    assert (turn_list(reading)[1].reply_to, len(turn_list(reading)[1].reactions)) == (0, 1)


# What holds for any chat


words = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=40).map(str.strip)
texts = st.lists(words.filter(lambda text: text.strip("\ufeff")), min_size=1, max_size=3).map("\n".join)
chats = st.lists(st.tuples(st.sampled_from(NAMES), texts), min_size=1, max_size=8)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def plain(messages: list[tuple[str, str]]) -> list[tuple[str, str]]:
    starts = ("Replying to", "Reacted to", "Removed a", "Reply to", "Ответ", "Реакция", "Элемент")
    return [(name, text) for name, text in messages if not text.startswith(starts)]


@quick
@given(messages=chats, eol=st.sampled_from(["\r\n", "\n"]))
def test_a_chat_that_is_written_out_reads_back_the_same(
    messages: list[tuple[str, str]], eol: str, tmp_path: Path
) -> None:
    said = plain(messages)
    if not said:
        return
    path = tmp_path / "call.txt"
    path.write_bytes(cloud(*said, eol=eol).encode())
    reading = read_source(str(path))
    assert turns(reading) == said
    assert [turn.start for turn in turn_list(reading)] == [float(n) for n in range(1, len(said) + 1)]
    accounted(reading)


@quick
@given(messages=chats, eol=st.sampled_from(["\r\n", "\n"]))
def test_a_saved_chat_that_is_written_out_reads_back_the_same(
    messages: list[tuple[str, str]], eol: str, tmp_path: Path
) -> None:
    said = [(name, text) for name, text in plain(messages) if name != "Me to You"]
    if not said:
        return
    path = tmp_path / "2026-03-02.txt"
    blocks = (
        f"10:00:{n:02d} From {name} to Everyone:\n" + "".join(f"\t{line}\n" for line in text.split("\n"))
        for n, (name, text) in enumerate(said)
    )
    path.write_bytes("".join(blocks).replace("\n", eol).encode())
    reading = read_source(str(path))
    assert turns(reading) == said
    assert [turn.sent_at for turn in turn_list(reading)] == [datetime(2026, 3, 2, 10, 0, n) for n in range(len(said))]
    accounted(reading)


@quick
@given(data=st.data())
def test_a_damaged_chat_is_a_reading_that_adds_up_or_a_source_error(data: st.DataObject) -> None:
    content = data.draw(st.sampled_from([OLD, NEW, cloud(("Ana", "One\ntwo."), ("Ben", 'Reacted to "One" with 👍'))]))
    for _ in range(3):
        begin = data.draw(st.integers(0, len(content)))
        new = data.draw(st.sampled_from(["", "\n", "\t", ":", '"', "99:99:99", "From ", 'Replying to "', "\ufeff"]))
        content = content[:begin] + new + content[begin + data.draw(st.integers(0, 20)) :]
    for module in (zoom_chat, zoom_captions):
        said = "."
        try:
            reading = module.read(Blob("a.txt", content.encode()))
        except SourceError as error:
            said = str(error)
        else:
            assert_accounted(reading, len(content.removeprefix("\ufeff")))
        assert said.endswith(".")


@pytest.mark.parametrize(
    "unit", ['Replying to "', "Reacted to ", "\n", " ", '" with ', "From a to ", ":", "\t:", "0:00:00"]
)
@pytest.mark.parametrize("start", ["00:00:01\tAna:\t", "09:00:01 From ", "09:00:01 From A to Everyone:\n\t"])
def test_a_huge_message_is_read_at_once(unit: str, start: str) -> None:
    content = (start + unit * (600_000 // len(unit)) + "\n") + cloud(("Ben", "One."))
    said = "."
    try:
        zoom_chat.read(Blob("a.txt", content.encode()))
    except SourceError as error:
        said = str(error)
    assert said.endswith(".")


def test_a_chat_of_many_answers_to_messages_that_begin_alike_is_read_at_once() -> None:
    messages = [
        ("Ana", f'Replying to "one and the same {n % 50}..."\n\none and the same {n % 60}') for n in range(30_000)
    ]
    reading = zoom_chat.read(Blob("a.txt", cloud(*messages).encode()))
    assert len(turn_list(reading)) == 30_000


@pytest.mark.parametrize(
    "text",
    [
        "Ana: 00:00:01\tis when we start.\nBen: Yes.\n",
        "09:01:53 Ana: Hello.\n09:01:54 Ben: Yes.\n",
        "From Ana to Everyone: hello\n",
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nAna: One.\n",
        "[Note] 1\n",
    ],
)
def test_what_is_no_zoom_chat_is_left_to_others(text: str) -> None:
    assert zoom_chat.fits(Blob("a.txt", text.encode())) == 0.0
    assert zoom_captions.fits(Blob("a.txt", text.encode())) == 0.0


# Saved captions


CAPTIONS = (
    "[Ana Li [Ops]] 09:36:50\nShall we take\n\n[Ana Li [Ops]] 09:36:55\nthe train?\n\n"
    "[Ben] 09:36:58\nYes: on Friday.\n\n[Unknown Speaker] 09:37:01\nGood.\n"
)


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_saved_captions_are_turns_with_times_from_the_first(read: Read, eol: str) -> None:
    reading = read(CAPTIONS.replace("\n", eol), "meeting_saved_closed_caption.txt")
    assert reading.format == "zoom-captions"
    assert turns(reading) == [
        ("Ana Li [Ops]", "Shall we take the train?"),
        ("Ben", "Yes: on Friday."),
        (None, "Good."),
    ]
    assert [(turn.kind, turn.start) for turn in turn_list(reading)] == [
        ("speech", 0.0),
        ("speech", 8.0),
        ("speech", 11.0),
    ]
    assert turn_list(reading)[0].time_at(16) == 5.0
    assert "counted from the first caption, at 09:36:50" in warnings(reading)
    accounted(reading)


def test_saved_captions_begin_on_the_day_of_their_folder(tmp_path: Path) -> None:
    folder = tmp_path / "2026-03-02 09.36.11 Weekly"
    folder.mkdir()
    (folder / "meeting_saved_closed_caption.txt").write_text(CAPTIONS)
    reading = read_source(str(folder / "meeting_saved_closed_caption.txt"))
    assert reading.conversations[0].started_at == datetime(2026, 3, 2, 9, 36, 50)


def test_saved_captions_go_on_after_midnight(read: Read) -> None:
    reading = read("[Ana] 23:59:50\nOne.\n\n[Ben] 00:00:05\nTwo.\n", "a.txt")
    assert [turn.start for turn in turn_list(reading)] == [0.0, 15.0]


def test_captions_without_words_are_an_error(read: Read) -> None:
    with pytest.raises(SourceError, match="without words"):
        zoom_captions.read(Blob("a.txt", b"[Ana] 09:00:00\n\n[Ben] 09:00:01\n"))


# Real files


def test_the_real_chats_are_read(real_files: Path) -> None:
    files = sorted((real_files / "meetings").glob("*.chat.txt")) + sorted(
        (real_files / "formats/zoom-chat").glob("*.txt")
    )
    found = {path.name: zoom_chat.read(Blob(path.name, path.read_bytes())) for path in files}
    assert all(detect(Blob(path.name, path.read_bytes())).name == "zoom-chat" for path in files)
    for reading in found.values():
        accounted(reading)
    if "acde-2026-03-12_232.chat.txt" in found:
        (chat,) = found["acde-2026-03-12_232.chat.txt"].conversations
        assert (len(chat.turns), len(chat.participants)) == (256, 69)
        assert sum(turn.reply_to is not None for turn in chat.turns) == 130
        assert sum(each.count for turn in chat.turns for each in turn.reactions) == 206
