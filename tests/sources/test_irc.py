"""IRC logs: every client's lines, times with and without a day, and meetings with a scribe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Reading, read_source
from extractor.sources.base import Blob, Hints
from extractor.sources.registry import detect
from extractor.sources.texts import irc

Read = Callable[..., Reading]
TWO: list[tuple[str | None, str]] = [("ana", "shall we paint the shed?"), ("ben", "yes: green")]


def blob(text: str, name: str = "log.txt", hints: Hints | None = None) -> Blob:
    return Blob(name, text.encode(), hints or Hints())


def read_irc(text: str, name: str = "log.txt", hints: Hints | None = None) -> Reading:
    found = blob(text, name, hints)
    assert detect(found).name == "irc"
    reading = irc.read(found)
    assert_accounted(reading, len(found.text))
    assert reading.coverage is not None
    assert reading.coverage.used == sum(len(turn.text) for each in reading.conversations for turn in each.turns)
    return reading


CLIENTS = {
    "LimeChat": "[2026-03-02 09:01:00]  <ana>\tshall we paint the shed?\n[2026-03-02 09:01:30] \tcleo (c@host) joined"
    " the channel\n[2026-03-02 09:02:00]  <ben>\tyes: green\n[2026-03-02 09:03:00] \tcleo (c@host) left IRC (Quit)\n",
    "irssi": "--- Log opened Mon Mar 02 09:00:00 2026\n09:00 -!- ana [a@host] has joined #shed\n"
    "09:01 <@ana> shall we paint the shed?\n09:02 < ben> yes: green\n--- Log closed Mon Mar 02 10:00:00 2026\n",
    "irssi theme": "--- Log opened Mon Mar 02 09:00:00 2026\n09:00           --> | ana (a@host) has joined &shed\n"
    "09:01           ana | shall we paint the shed?\n09:02 @         ben | yes: green\n",
    "clock in brackets": "[09:01] <ana> shall we paint the shed?\n[09:02] <ben> yes: green\n",
    "mIRC": "Session Start: Mon Mar 02 09:00:00 2026\r\n[09:01] <ana> shall we paint the shed?\r\n"
    "[09:02] <@ben> yes: green\r\n[09:03] * cleo (c@host) has joined #shed\r\n",
    "am and pm": "[09:01 AM] <ana> shall we paint the shed?\n[09:02 AM] <ben> yes: green\n",
    "xchat": "**** BEGIN LOGGING AT Mon Mar  2 09:00:00 2026\n\nMar 02 09:00:00 *\tNow talking on #shed\n"
    "Mar 02 09:01:00 <ana>\tshall we paint the shed?\nMar 02 09:02:00 <ben>\tyes: green\n",
    "bip": "02-03-2026 09:00:00 -!- ana!a@host has joined #shed\n02-03-2026 09:01:00 < ana!~a@host: shall we paint the"
    " shed?\n02-03-2026 09:02:00 > ben: yes: green\n",
    "RRSAgent": "09:00:00 <ana> ana has joined #shed\n09:01:00 <ana> shall we paint the shed?\n"
    "09:02:00 <ben> yes: green\n",
    "IRCCloud": "#shed\n[2026-03-02 09:00:00] → ana joined (a@host)\n[2026-03-02 09:01:00] <ana> shall we paint the"
    ' shed?\n[2026-03-02 09:02:00] <ben> yes: green\n[2026-03-02 09:03:00] ⇐ ben quit (b@host): "bye"\n',
    "CCG": "[2026-03-02T09:01:00.100Z]\t<ana>\tshall we paint the shed?\n"
    "[2026-03-02T09:02:00.200Z]\t<ben>\tyes: green\n",
    "Konversation": "[Mon 09:01:00] <ana>\tshall we paint the shed?\n"
    "[Mon 09:01:30] *\tcleo (~c@host) has joined #shed\n"
    "[Mon 09:02:00] <ben>\tyes: green\n",
    "ZNC": "[09:00:00] *** Joins: ana (a@host)\n"
    "[09:01:00] <ana> shall we paint the shed?\n[09:02:00] <ben> yes: green\n",
    "weechat": "2026-03-02 09:00:00\t-->\tana (a@host) has joined #shed\n2026-03-02 09:01:00\tana\tshall we paint the"
    " shed?\n2026-03-02 09:02:00\t@ben\tyes: green\n",
    "Ubuntu": "=== cleo is now known as cleopatra\n[09:01] <ana> shall we paint the shed?\n[09:02] <ben> yes: green\n",
    "without times": "<ana> shall we paint the shed?\n<ben> yes: green\n" * 3,
}


@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_says_who_writes_what(client: str) -> None:
    reading = read_irc(CLIENTS[client], "2026-03-02.log")
    found = turns(reading)
    assert found[:2] == TWO
    assert len(found) == (6 if client == "without times" else 2)
    (conversation,) = reading.conversations
    assert conversation.kind == "thread"
    assert {turn.kind for turn in conversation.turns} == {"message"}
    if client != "without times":
        first = conversation.turns[0].sent_at
        assert first is not None
        assert first.replace(tzinfo=None, microsecond=0) == datetime(2026, 3, 2, 9, 1)


def test_joins_modes_and_notices_are_set_aside_as_system_messages() -> None:
    reading = read_irc(
        "[09:00:00] *** ana sets mode: +o ben\n[09:00:05] -ChanServ- welcome\n[09:00:10] <ana> hello\n"
        "[09:00:11] * ben was kicked by ana (spam)\n[09:00:12] * ben paints\n[09:00:13] <cleo> hm\n",
        "2026-03-02.log",
    )
    assert turns(reading) == [("ana", "hello"), ("ben", "paints"), ("cleo", "hm")]
    assert asides(reading)["system message"] > 60


def test_a_change_of_the_topic_is_the_topic_of_what_follows() -> None:
    reading = read_irc(
        "[09:00] <ana> hello\n=== ana changed the topic of #shed to: Paint | read the rules\n[09:01] <ben> fine\n"
        "[09:02] *** ana changes topic to 'Glue'\n[09:03] <ben> good\n"
    )
    topics = [turn.topic for turn in reading.conversations[0].turns]
    assert topics == [None, "Paint | read the rules", "Glue"]


def test_clock_times_get_the_day_of_the_file_and_roll_over_midnight() -> None:
    text = "[23:58] <ana> late\n[23:59] <ben> very\n[00:01] <ana> good night\n[00:00] <ben> night\n"
    reading = read_irc(text, "shed-2026-03-02.log")
    times = [turn.sent_at for turn in reading.conversations[0].turns]
    assert times == [
        datetime(2026, 3, 2, 23, 58),
        datetime(2026, 3, 2, 23, 59),
        datetime(2026, 3, 3, 0, 1),
        datetime(2026, 3, 3),
    ]
    assert "The date 2026-03-02 is taken from the file's name." in warnings(reading)


def test_clock_times_without_a_day_are_no_times_and_one_warning_says_so() -> None:
    text = "[09:00] <ana> hello\n[09:01] <ben> hi\n"
    reading = read_irc(text)
    assert [turn.sent_at for turn in reading.conversations[0].turns] == [None, None]
    assert "--started-at" in warnings(reading)
    told = read_irc(text, hints=Hints(started_at=date(2026, 3, 2)))
    assert told.conversations[0].turns[0].sent_at == datetime(2026, 3, 2, 9, 0)


def test_the_day_that_a_line_of_the_log_names_is_its_day() -> None:
    reading = read_irc("09:00:00 <ana> hello\n09:00:01 <trackbot> Date: 2 March 2026\n09:00:02 <ben> hi\n")
    assert reading.conversations[0].turns[0].sent_at == datetime(2026, 3, 2, 9, 0)
    linked = read_irc("09:00:00 <RRSAgent> logging to https://www.example.org/2026/03/02-shed-irc\n09:00:02 <ben> hi\n")
    assert linked.conversations[0].turns[0].sent_at == datetime(2026, 3, 2, 9, 0, 2)


def test_days_that_the_log_marks_are_followed() -> None:
    reading = read_irc(
        "--- Log opened Tue Dec 31 23:59:00 2024\n23:59 <ana> late\n"
        "--- Day changed Wed Jan 01 2025\n00:30 <ben> happy\n"
    )
    times = [turn.sent_at for turn in reading.conversations[0].turns]
    assert times == [datetime(2024, 12, 31, 23, 59), datetime(2025, 1, 1, 0, 30)]


def test_a_year_that_no_line_writes_goes_on_in_january() -> None:
    reading = read_irc(
        "**** BEGIN LOGGING AT Tue Dec 31 23:00:00 2024\nDec 31 23:59:00 <ana>\tlate\nJan 01 00:30:00 <ben>\thappy\n"
    )
    assert reading.conversations[0].turns[1].sent_at == datetime(2025, 1, 1, 0, 30)


def test_a_silence_of_hours_begins_another_conversation_in_the_order_of_the_file() -> None:
    reading = read_irc(
        "[2026-03-02 09:00:00] <ana> one\n[2026-03-02 08:59:50] <ben> two\n[2026-03-02 20:00:00] <ana> three\n"
    )
    assert [[turn.text for turn in each.turns] for each in reading.conversations] == [["one", "two"], ["three"]]
    assert "silences of more than 4 hours" in warnings(reading)


def test_lines_that_a_client_wraps_go_on_with_the_message() -> None:
    reading = read_irc("<ana> a long line that\n breaks here\n<ben> ok\n<ana> more\n<ben> yes\n<ana> bye\n")
    assert turns(reading)[0] == ("ana", "a long line that breaks here")


def test_colours_are_no_text() -> None:
    reading = read_irc(
        "[09:00] <ana> a \x02bold\x02 \x0304,01red\x03 word\n[09:01] <ben> ok\n" + 40 * "[09:02] <ben> no colour here\n"
    )
    assert turns(reading)[0] == ("ana", "a bold red word")
    assert asides(reading)["markup"] == 9


def test_a_line_with_a_time_and_no_name_has_no_speaker() -> None:
    reading = read_irc("[09:00] <ana> hello\n[09:01] words of somebody\n[09:02] <> who\n[09:03] <ben> hi\n")
    assert turns(reading) == [("ana", "hello"), (None, "words of somebody"), (None, "who"), ("ben", "hi")]
    assert "1 line has a time and no name" in warnings(reading)


MEETING = """09:00:00 <RRSAgent> logging to https://www.example.org/2026/03/02-shed-irc
09:00:01 <Zakim> Meeting: Shed group
09:00:02 <ana> present+
09:00:03 <ben> present+ Ben_Okoro
09:00:04 <ana> scribe: cleo
09:00:05 <ana> Topic: Paint
09:01:00 <cleo> Dana: green is best
09:01:10 <cleo> ... and cheap
09:01:20 <ben> q+ to ask about blue
09:01:21 <Zakim> ben has been added to the queue
09:01:30 <ana> ack ben
09:01:40 <cleo> Ben: what of blue?
09:01:41 <cleo> … or red?
09:01:50 <ben> s/blue/navy blue/
09:02:00 <ana> ben: that was me
09:02:10 <cleo> RESOLVED: paint the shed green
09:02:20 <cleo> ACTION: Ben to buy paint
09:02:30 <cleo> nobody objects
09:02:40 <cleo> Dana: thanks
09:02:50 <ana> zakim, take up next
09:02:51 <Zakim> agendum 2. "Glue" taken up [from ana]
09:03:00 <cleo> Link: https://shed.example/glue
09:03:10 <ana> rrsagent, draft minutes
"""


def test_what_a_scribe_writes_is_by_whom_the_scribe_names() -> None:
    reading = read_irc(MEETING)
    assert turns(reading) == [
        ("Dana", "green is best"),
        ("Dana", "and cheap"),
        ("Ben", "what of blue?"),
        ("Ben", "or red?"),
        ("ana", "ben: that was me"),
        ("cleo", "RESOLVED: paint the shed green"),
        ("cleo", "ACTION: Ben to buy paint"),
        ("cleo", "nobody objects"),
        ("Dana", "thanks"),
        ("cleo", "Link: https://shed.example/glue"),
    ]


def test_what_is_told_to_the_scribe_and_the_bots_is_set_aside_for_its_reason() -> None:
    found = asides(read_irc(MEETING))
    assert found["attendees"] == len("present+") + len("present+ Ben_Okoro")
    assert found["queue"] == len("q+ to ask about blue") + len("ack ben")
    assert found["heading"] == len("Topic: Paint")
    assert found["correction"] == len("s/blue/navy blue/")
    assert found["header"] == len("Meeting: Shed group") + len("scribe: cleo")


def test_topics_of_the_meeting_and_of_its_agenda_are_the_topics_of_the_turns() -> None:
    conversation = read_irc(MEETING).conversations[0]
    assert [turn.topic for turn in conversation.turns] == ["Paint"] * 9 + ["Glue"]
    assert conversation.title == "Shed group"


def test_a_correction_is_not_carried_out_and_a_warning_says_so() -> None:
    assert "1 correction was set aside and not carried out" in warnings(read_irc(MEETING))


def test_a_transcriber_relays_and_other_people_only_address_each_other() -> None:
    reading = read_irc(
        "[2026-03-02T09:00:00Z]\t<Transcriber>\tAna_Li: shall we start\n"
        "[2026-03-02T09:00:05Z]\t<Ben>\tAna_Li: yes\n"
        "[2026-03-02T09:00:09Z]\t<Transcriber>\tBen_(Nordwind):  of course.\n"
    )
    assert turns(reading) == [("Ana_Li", "shall we start"), ("Ben", "Ana_Li: yes"), ("Ben_(Nordwind)", "of course.")]
    assert reading.conversations[0].turns[0].sent_at == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_in_ordinary_chat_the_signs_of_a_meeting_are_words() -> None:
    reading = read_irc("[09:00] <ana> date: tomorrow\n[09:01] <ben> ack that one\n[09:02] <ana> agenda? none\n")
    assert [text for _, text in turns(reading)] == ["date: tomorrow", "ack that one", "agenda? none"]


@pytest.mark.parametrize(
    "text",
    [
        "Ana: hello\nBen: hi\n",
        "<html><body><p> one</p><p> two</p></body></html>",
        "- <b> one\n- two\n",
        "date\tuser\ttext\n1\t2\t3\n",
        "2/3/26, 09:01 - Ana: hello\n2/3/26, 09:02 - Ben: hi\n",
        "Mar 02 09:00:00 host sshd[12]: accepted\nMar 02 09:00:01 host sshd[12]: closed\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>hello\n",
        "1\n00:00:01,000 --> 00:00:02,000\nhello\n\n2\n00:00:02,000 --> 00:00:03,000\nhi\n",
        "",
    ],
)
def test_other_texts_are_no_logs(text: str) -> None:
    assert irc.fits(blob(text)) == 0.0


def test_tags_and_angle_brackets_in_what_is_said_do_not_hide_a_log() -> None:
    text = "02-03-2026 09:00:01 < ana!u@h: is </b> > than </i>?\n02-03-2026 09:00:02 < ben!u@h: x > y\n"
    assert irc.fits(blob(text)) >= 0.9
    reading = irc.read(blob(text))
    found = [(each.name_of(turn.speaker), turn.text) for each in reading.conversations for turn in each.turns]
    assert found == [("ana", "is </b> > than </i>?"), ("ben", "x > y")]


def test_a_log_in_which_nobody_writes_is_an_error() -> None:
    text = (
        "--- Log opened Mon Mar 02 09:00:00 2026\n09:00 -!- ana [a@host] has joined #shed\n09:01 -!- ana has quit []\n"
    )
    with pytest.raises(SourceError, match="nobody writes anything"):
        irc.read(blob(text))


def test_a_long_line_takes_no_longer_than_its_length_allows() -> None:
    for part in ("<", "[", "* a ", "a:", "-", " ", "s/", "(", "\t", "é:"):
        text = f"[09:00] <ana> hello\n[09:01] <ben> {part * 200_000}\n{part * 200_000}\n"
        reading = irc.read(blob(text))
        assert_accounted(reading, len(text))


NICKS = st.sampled_from(["ana", "ben_", "cleo|away", "[dana]", "Ève", "x-1"])
WORDS = st.text(st.characters(blacklist_categories=("C", "Z"), blacklist_characters="<>/|:+"), min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: "say " + " ".join(words))
WRITTEN: dict[str, Callable[[datetime, str, str], str]] = {
    "iso": lambda when, nick, text: f"[{when:%Y-%m-%dT%H:%M:%S}Z]\t<{nick}>\t{text}",
    "cloud": lambda when, nick, text: f"[{when:%Y-%m-%d %H:%M:%S}] <{nick}> {text}",
    "bip": lambda when, nick, text: f"{when:%d-%m-%Y %H:%M:%S} < {nick}!u@h: {text}",
    "clock": lambda when, nick, text: f"{when:%H:%M:%S} <{nick}> {text}",
}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(NICKS, TEXTS, st.integers(0, 3000)), min_size=2, max_size=12), st.sampled_from(sorted(WRITTEN))
)
def test_a_log_that_is_written_out_reads_back_the_same(said: list[tuple[str, str, int]], style: str) -> None:
    when = datetime(2026, 3, 2, 20, 0)
    lines, expected = [], []
    for nick, text, gap in said:
        when += timedelta(seconds=gap)
        lines.append(WRITTEN[style](when, nick, text))
        expected.append((nick, text, when))
    reading = read_irc("\n".join(lines) + "\n", "2026-03-02.log")
    found = [
        (each.name_of(turn.speaker), turn.text, turn.sent_at and turn.sent_at.replace(tzinfo=None))
        for each in reading.conversations
        for turn in each.turns
    ]
    assert found == expected


@settings(max_examples=40)
@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=300))
def test_any_text_read_as_a_log_is_accounted_for_or_refused(text: str) -> None:
    source = blob(text.replace("\x00", ""))
    try:
        reading = irc.read(source)
    except SourceError:
        return
    assert_accounted(reading, len(source.text))
    said = "".join(turn.text for each in reading.conversations for turn in each.turns)
    assert all(character in source.text or character.isspace() for character in said)


@pytest.mark.parametrize(
    ("name", "written", "people"),
    [("ccg-2020-10-19-irc-raw.log", 326, 5), ("ubuntu-2018-02-27.raw.txt", 198, 24)],
)
def test_real_logs_are_read(real_files: Path, name: str, written: int, people: int) -> None:
    reading = read_source(str(real_files / "formats" / "irc" / name), "irc")
    assert sum(len(each.turns) for each in reading.conversations) == written
    assert len({person.id for each in reading.conversations for person in each.participants}) == people
    assert_accounted(reading)
