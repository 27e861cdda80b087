"""The readers over real exports, which are not part of the repository; skipped where they are not there."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from checks import assert_accounted, warnings

from extractor.sources import Reading, read_source
from extractor.sources.decoding import decode

CUE = re.compile(rb"-->")


def read(path: Path) -> Reading:
    reading = read_source(str(path))
    text = reading.format in ("webvtt", "srt", "text")
    assert_accounted(reading, len(decode(path.read_bytes(), path.name).text) if text else None)
    assert reading.error is None
    return reading


@pytest.fixture
def formats(real_files: Path) -> Path:
    return real_files / "formats"


def test_every_cue_of_every_meeting_has_its_speaker_and_nothing_is_lost(real_files: Path) -> None:
    meetings = sorted((real_files / "meetings").glob("*.vtt"))
    assert len(meetings) == 16
    for path in meetings:
        reading = read(path)
        (conversation,) = reading.conversations
        assert all(turn.speaker is not None for turn in conversation.turns)
        assert conversation.warnings == (f"The date {conversation.started_at} is taken from the file's name.",)
        raw = decode(path.read_bytes(), path.name).text
        payloads = [block.split("\r\n")[2] for block in raw.split("\r\n\r\n")[1:] if "-->" in block]
        said = " ".join(turn.text for turn in conversation.turns)
        assert said == " ".join(payload.split(": ", 1)[1].strip() for payload in payloads)


def test_a_long_meeting_is_read_in_well_under_a_second(real_files: Path) -> None:
    path = max((real_files / "meetings").glob("*.vtt"), key=lambda each: each.stat().st_size)
    started = time.perf_counter()
    read(path)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("name", "turns", "people"),
    [
        ("zoom-vtt/cip-lf-missing-speakers.vtt", 95, 2),
        ("zoom-vtt/escaped_tags.vtt", 1, 0),
        ("teams-vtt/shape-names-replaced.vtt", 3, 2),
        ("teams-vtt/teams.vtt", 2, 2),
        ("ms-stream/MicrosoftStreamVideoTranscriptDemo.vtt", 2, 0),
        ("youtube-vtt/youtube_auto_real_shape.vtt", 1, 0),
        ("webex-vtt/shape.vtt", 2, 1),
        ("whisper/punctuations.mp3.vtt", 1, 0),
        ("whisper/punctuations.mp3.srt", 1, 0),
        ("podcast-transcript/example.vtt", 2, 2),
        ("podcast-transcript/example.srt", 10, 3),
        ("plain-markdown-transcript/practical-ai-6.md", 28, 2),
        ("teams-docx-text/20230817_ChatTranscript.txt", 97, None),
        ("teams-docx-text/20240918_ChatTranscript.md", 46, None),
        ("zoom-chat/2020-local-client-chat.txt", 121, None),
        ("zoom-chat/acdt58-chat.txt", 29, None),
    ],
)
def test_transcripts_of_other_tools_are_read(formats: Path, name: str, turns: int, people: int | None) -> None:
    (conversation,) = read(formats / name).conversations
    assert len(conversation.turns) == turns
    if people is not None:
        assert len(conversation.participants) == people


def test_captions_without_a_label_stay_without_speaker(formats: Path) -> None:
    reading = read(formats / "zoom-vtt/cip-lf-missing-speakers.vtt")
    assert sum(turn.speaker is None for turn in reading.conversations[0].turns) == 9
    assert "9 of 284 cues carry no speaker label" in warnings(reading)


def test_the_slack_export_is_read(formats: Path) -> None:
    reading = read(formats / "slack/testarchive.zip")
    assert sum(len(each.turns) for each in reading.conversations) == 147
    assert {part.reason for part in reading.coverage.set_aside if reading.coverage} >= {"structure", "system message"}


def test_mails_and_mailboxes_are_read(formats: Path) -> None:
    paths = [*sorted((formats / "email-eml").glob("*.txt")), *sorted((formats / "email-mbox").glob("*.mbox"))]
    assert len(paths) == 13
    for path in paths:
        reading = read(path)
        assert reading.format in ("eml", "mbox")
        assert reading.conversations
