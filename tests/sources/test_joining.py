"""The chat of a meeting beside its transcript, and what the user says of zones and people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from extractor.conversation import Conversation
from extractor.sources import Hints, Reading, read_sources

VTT = (
    "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:05.000\r\nAna Li: Shall we take the night train?\r\n\r\n"
    "2\r\n00:00:20.000 --> 00:00:25.000\r\nBen Ode: Let's see.\r\n\r\n"
    "3\r\n00:00:40.000 --> 00:00:45.000\r\nAna Li: Agreed then.\r\n"
)
CHAT = "00:00:10\tMira Sol:\tI am for it.\r\n00:00:30\tBen Ode (Ops):\tMe too.\r\n"


def read(*paths: Path, **hints: object) -> list[Reading]:
    return list(read_sources([str(path) for path in paths], hints=Hints(**hints)))  # type: ignore[arg-type]


def said(conversation: Conversation) -> list[tuple[str | None, str, str]]:
    return [(conversation.name_of(turn.speaker), turn.kind, turn.text) for turn in conversation.turns]


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    (tmp_path / "weekly-2026-02-05.vtt").write_bytes(VTT.encode())
    (tmp_path / "weekly-2026-02-05.chat.txt").write_bytes(CHAT.encode())
    return tmp_path


def test_a_chat_beside_its_transcript_joins_it_in_order_of_time(meeting: Path) -> None:
    chat, transcript = read(meeting)
    (conversation,) = transcript.conversations
    assert said(conversation) == [
        ("Ana Li", "speech", "Shall we take the night train?"),
        ("Mira Sol", "chat", "I am for it."),
        ("Ben Ode", "speech", "Let's see."),
        ("Ben Ode", "chat", "Me too."),
        ("Ana Li", "speech", "Agreed then."),
    ]
    assert [person.name for person in conversation.participants] == ["Ana Li", "Ben Ode", "Mira Sol"]
    assert chat.conversations == ()
    assert chat.error is None
    assert chat.coverage is not None
    assert transcript.coverage is not None
    assert conversation.coverage.characters == chat.coverage.characters + transcript.coverage.characters
    assert [turn.source for turn in conversation.turns] == [None, chat.path, None, chat.path, None]
    assert "chat in" in " ".join(conversation.warnings)
    Conversation.model_validate(conversation.model_dump())


def test_files_may_be_named_in_any_order(meeting: Path) -> None:
    (meeting / "other.vtt").write_bytes(VTT.encode())
    paths = [meeting / "weekly-2026-02-05.chat.txt", meeting / "other.vtt", meeting / "weekly-2026-02-05.vtt"]
    assert [len(each.conversations) for each in read(*paths)] == [0, 1, 1]


def test_a_chat_that_is_named_alone_is_a_conversation_of_its_own(meeting: Path) -> None:
    (found,) = read(meeting / "weekly-2026-02-05.chat.txt")
    assert len(found.conversations[0].turns) == 2


def test_a_chat_of_another_meeting_or_beside_two_transcripts_stays_apart(meeting: Path) -> None:
    (meeting / "weekly-2026-02-05.copy.vtt").write_bytes(VTT.encode())
    assert [len(each.conversations) for each in read(meeting)] == [1, 1, 1]


def test_replies_still_point_at_what_they_answer_after_joining(meeting: Path) -> None:
    answer = '00:00:30\tBen Ode:\tReplying to "I am for it."\n\nMe too.\r\n'
    (meeting / "weekly-2026-02-05.chat.txt").write_bytes((CHAT.split("\r\n")[0] + "\r\n" + answer).encode())
    (conversation,) = [each for reading in read(meeting) for each in reading.conversations]
    reply = conversation.turns[3]
    assert reply.text == "Me too."
    assert reply.reply_to is not None
    assert conversation.turns[reply.reply_to].text == "I am for it."


WHATSAPP = "28/03/2026, 21:29 - Ana Li: Night train?\n28/03/2026, 21:30 - Ben Ode: Yes, agreed.\n"


def test_times_without_a_zone_are_reported_and_a_zone_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(WHATSAPP)
    (unknown,) = read(path)
    assert unknown.conversations[0].turns[0].sent_at == datetime(2026, 3, 28, 21, 29)
    assert "no time zone" in " ".join(unknown.conversations[0].warnings)
    berlin = timezone(timedelta(hours=1))
    (known,) = read(path, timezone=berlin)
    assert known.conversations[0].turns[0].sent_at == datetime(2026, 3, 28, 20, 29, tzinfo=UTC)
    assert known.conversations[0].started_at == datetime(2026, 3, 28, 20, 29, tzinfo=UTC)
    assert "no time zone" not in " ".join(known.conversations[0].warnings)
    Conversation.model_validate(known.conversations[0].model_dump())
