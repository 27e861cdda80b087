"""What recognizers and recorders write: the rules that all of these readers share."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from checks import asides, assert_accounted, turns, warnings
from damage import assert_read_or_refused, damaged, quick
from hypothesis import given, settings
from hypothesis import strategies as st
from writers_speech import (
    Said,
    assemblyai,
    aws,
    azure,
    azure_fast,
    bedrock,
    call_analytics,
    chunks,
    deepgram,
    fireflies,
    google,
    google_v2,
    podcast,
    rev,
    speechmatics,
    speechmatics_old,
    whisper,
    whisper_cpp,
    whisperx,
    words_of,
)

from extractor.errors import SourceError
from extractor.sources import Blob, Reading, read_source
from extractor.sources.registry import FORMATS as EVERY
from extractor.sources.speech import FORMATS

Read = Callable[..., Reading]


def blob_of(value: Any, name: str = "call.json") -> Blob:
    return Blob(name, (value if isinstance(value, str) else json.dumps(value)).encode("utf-8", "surrogatepass"))


WRITERS: dict[str, Callable[[Said], Any]] = {
    each.__name__: each
    for each in (
        whisper, whisper_cpp, chunks, whisperx, assemblyai, deepgram, aws, call_analytics, bedrock, google, google_v2,
        azure, azure_fast, speechmatics, speechmatics_old, podcast, rev, fireflies,
    )
}  # fmt: skip
NUMBERED = {"deepgram", "google", "google_v2", "azure", "azure_fast", "rev"}
VOICELESS = {"whisper", "whisper_cpp"}
NAMES = {
    "whisper_cpp": "whisper", "chunks": "whisper", "aws": "aws-transcribe", "call_analytics": "call-analytics",
    "google": "google-stt", "google_v2": "google-stt", "azure": "azure-speech", "azure_fast": "azure-speech",
    "speechmatics_old": "speechmatics", "podcast": "podcast-transcript", "rev": "rev-json",
    "fireflies": "fireflies-json",
}  # fmt: skip
SAID: Said = [
    ("1", ["We ship on 3 May.", "Is that fine?"]),
    ("2", ["Yes, it is."]),
    ("1", ["Then Ola tells the vendor [PII]."]),
]
# Letters of scripts that are written with blanks; see the test of those that are not.
token = st.text(st.characters(max_codepoint=0x2E7F, categories=("L", "N")), min_size=1, max_size=8)
sentence = st.lists(token, min_size=1, max_size=6).map(lambda words: " ".join(words) + ".")
conversations = st.lists(
    st.tuples(st.sampled_from(["1", "2", "3"]), st.lists(sentence, min_size=1, max_size=3)), min_size=1, max_size=6
)


def known_as(name: str) -> Any:
    return next(each for each in FORMATS if each.name == NAMES.get(name, name))


def merged(said: Said, name: str) -> list[tuple[str | None, str]]:
    found: list[tuple[str | None, str]] = []
    for label, sentences in said:
        # A label that is a number is that of a voice.
        speaker = None if name in VOICELESS else f"Speaker {label}"
        if found and found[-1][0] == speaker:
            found[-1] = (speaker, " ".join([found[-1][1], *sentences]))
        else:
            found.append((speaker, " ".join(sentences)))
    return found


@pytest.mark.parametrize("name", WRITERS)
def test_a_conversation_is_found_out_and_read_with_its_speakers(read: Read, name: str) -> None:
    reading = read(json.dumps(WRITERS[name](SAID)), "call.json")
    assert reading.format == NAMES.get(name, name)
    assert turns(reading) == merged(SAID, name)
    assert reading.error is None
    assert_accounted(reading, len(json.dumps(WRITERS[name](SAID))))


@pytest.mark.parametrize("name", WRITERS)
@quick
@given(said=conversations)
def test_what_is_written_out_reads_back_the_same(name: str, said: Said) -> None:
    blob = blob_of(WRITERS[name](said))
    reading = known_as(name).read(blob)
    (conversation,) = reading.conversations
    expected = merged(said, name)
    if name in VOICELESS:
        assert " ".join(turn.text for turn in conversation.turns) == expected[0][1]
    else:
        assert turns(reading) == expected
    starts = [turn.start for turn in conversation.turns if turn.start is not None]
    assert starts == sorted(starts)
    assert starts[0] == 0.0
    first = words_of(said)
    assert max(turn.end or 0.0 for turn in conversation.turns) == pytest.approx(first[-1][3])
    for turn in conversation.turns:
        assert [mark.char for mark in turn.marks] == sorted({mark.char for mark in turn.marks})
        assert all(0 <= mark.char < len(turn.text) and not turn.text[mark.char].isspace() for mark in turn.marks)
    assert_accounted(reading, len(blob.text))


@pytest.mark.parametrize("name", WRITERS)
@settings(quick, max_examples=25)
@given(data=st.data())
def test_wrong_values_in_an_export_are_read_around_or_refused(name: str, data: st.DataObject) -> None:
    blob = blob_of(data.draw(damaged(WRITERS[name](SAID))))
    for known in FORMATS:
        assert 0 <= known.fits(blob) <= 1
    assert_read_or_refused(known_as(name), blob)


@pytest.mark.parametrize("name", WRITERS)
def test_no_other_format_claims_a_transcript(name: str) -> None:
    blob = blob_of(WRITERS[name](SAID))
    assert [each.name for each in EVERY if each.fits(blob) > 0] == [NAMES.get(name, name)]


@pytest.mark.parametrize(
    "value",
    [
        {}, [], {"text": "Yes."}, {"segments": []}, {"results": []}, {"results": {}}, {"words": []}, [{"text": "a"}],
        {"segments": [{"id": 1, "name": "north"}]}, {"results": [{"title": "a", "url": "b"}]},
        {"results": {"items": [{"type": "book"}]}}, {"phrases": [{"text": "a"}]}, {"sentences": [{"text": "a"}]},
        {"Transcript": [{"Id": "1"}]}, {"messages": [{"type": "message", "text": "Hello.", "ts": "1.0"}]},
        {"results": [{"final": True, "alternatives": [{"transcript": "a"}]}], "result_index": 0},
        {"transcript": "a", "words": [{"word": "a"}]}, [[1, 2], "a"], {"utterances": [{"speaker": 1}]},
        {"inference_result": {"call_summary": "They spoke."}}, {"chunks": [{"text": "a"}]},
        {"speakers": [], "words": []},
    ],
)  # fmt: skip
def test_json_of_another_kind_is_nobodys(value: Any) -> None:
    assert [known.name for known in FORMATS if known.fits(blob_of(value)) > 0] == []


@pytest.mark.parametrize("name", WRITERS)
def test_a_transcript_without_words_is_an_error(name: str) -> None:
    with pytest.raises(SourceError, match=r"no spoken words\. Export the transcript again\."):
        known_as(name).read(blob_of(WRITERS[name]([])))


def test_words_without_a_speaker_are_cut_into_paragraphs_at_pauses(read: Read) -> None:
    parts = [{"start": start, "end": start + 1, "text": f" {text}"} for start, text in
             ((0.0, "We begin."), (1.5, "Item one."), (9.0, "Item two."))]  # fmt: skip
    reading = read(json.dumps({"text": "", "segments": parts}), "a.json")
    assert turns(reading) == [(None, "We begin. Item one."), (None, "Item two.")]
    assert "no speaker labels" in warnings(reading)
    first = reading.conversations[0].turns[0]
    assert [(mark.char, mark.time) for mark in first.marks] == [(0, 0.0), (10, 1.5)]
    assert first.time_at(12) == 1.5


def test_a_long_paragraph_without_speakers_ends_behind_a_sentence(read: Read) -> None:
    parts = [{"start": n, "end": n + 0.9, "text": f" Sentence number {n} is about as long as this."} for n in range(40)]
    texts = [text for _, text in turns(read(json.dumps({"segments": parts, "text": ""}), "a.json"))]
    assert len(texts) > 2
    assert all(400 <= len(text) < 500 and text.endswith(".") for text in texts[:-1])


def test_segments_in_a_script_without_blanks_are_joined_without(read: Read) -> None:
    parts = [
        {"start": n, "end": n + 1, "text": text} for n, text in enumerate(("金曜日に出荷します。", "いいですか。"))
    ]
    assert turns(read(json.dumps({"segments": parts, "text": ""}), "a.json")) == [
        (None, "金曜日に出荷します。いいですか。")
    ]


def test_unknown_speaker_is_nobody_and_a_numbered_one_is_a_voice(read: Read) -> None:
    said: Said = [("Unknown Speaker", ["Who is that?"]), ("Speaker 1", ["Me."])]
    reading = read(json.dumps(fireflies(said)), "a.json")
    assert turns(reading) == [(None, "Who is that?"), ("Speaker 1", "Me.")]
    assert "1 turn has no speaker, because the transcript does not know who it is." in warnings(reading)


def test_a_damaged_part_is_named_and_the_rest_is_read(read: Read) -> None:
    value = whisperx(SAID)
    value["segments"][1] = ["not", "a segment"]
    value["segments"][2]["text"] = 7
    reading = read(json.dumps(value), "a.json")
    assert reading.error is not None
    assert "damaged and were not read: segment 2 and segment 2. Export" in reading.error
    assert turns(reading)[-1] == ("Speaker 1", "Then Ola tells the vendor [PII].")


def test_words_that_only_the_whole_text_has_are_named(read: Read) -> None:
    value = whisper(SAID)
    value["text"] += " This sentence stands in no segment at all."
    assert 'lack and that were not read ("this sentence' in warnings(read(json.dumps(value), "a.json"))


def test_the_copy_of_a_text_is_set_aside_and_the_text_used_once(read: Read) -> None:
    reading = read(json.dumps(whisper(SAID)), "a.json")
    spoken = " ".join(text for _, sentences in SAID for text in sentences)
    assert reading.coverage is not None
    assert reading.coverage.used == len(spoken.replace(". ", ".").replace("? ", "?"))
    assert asides(reading)["copy"] == len(spoken) + 1


def test_a_long_recording_is_read_in_linear_time() -> None:
    said: Said = [(str(n % 3), [f"Word {n} of many."]) for n in range(1500)]
    for name in ("deepgram", "aws", "rev"):
        (conversation,) = known_as(name).read(blob_of(WRITERS[name](said))).conversations
        assert len(conversation.turns) == 1500


def test_nothing_of_a_reading_depends_on_what_the_file_object_is_used_for_before(read: Read) -> None:
    value = deepgram(SAID)
    before = copy.deepcopy(value)
    blob = blob_of(value)
    first, second = known_as("deepgram").read(blob), known_as("deepgram").read(blob)
    assert first == second
    assert blob.json == before


@pytest.mark.parametrize(
    ("name", "form", "turn_count", "people"),
    [
        ("whisper/arabic.mp3.words.json", "whisper", 2, 0),
        ("whisper/punctuations.mp3.words.json", "whisper", 1, 0),
        ("whisper/punctuations.mp3.tsv", "whisper-table", 1, 0),
        ("whisper/punctuations.mp3.csv", "whisper-table", 1, 0),
        ("whisperx/issue-792-words.json", "whisperx", 1, 1),
        ("whisperx/whisperx_diarized.json", "whisperx", 2, 2),
        ("assemblyai/assemblyai_transcription.json", "assemblyai", 1, 1),
        ("assemblyai/assemblyai_utterances.json", "assemblyai", 1, 1),
        ("deepgram/dg_speakers.json", "deepgram", 10, 3),
        ("deepgram/dg_transcription.json", "deepgram", 1, 0),
        ("aws-transcribe/02-channel-identification.json", "aws-transcribe", 7, 2),
        ("aws-transcribe/03-speaker-identification.json", "aws-transcribe", 7, 3),
        ("aws-transcribe/todayinfocuswords.sample.json", "aws-transcribe", 3, 2),
        ("google-stt/gcpSttSpeakerDiarization.sample.json", "google-stt", 3, 2),
        ("azure-speech/azure_speech.json", "azure-speech", 2, 2),
        ("speechmatics/speechmaticsTedTalkTranscript.sample.json", "speechmatics", 11, 3),
        ("podcast-transcript/example.json", "podcast-transcript", 2, 2),
        ("rev/rev.json", "rev-json", 2, 2),
        ("fireflies/sentence-shape.json", "fireflies-json", 1, 1),
    ],
)
def test_real_files_are_read(real_files: Path, name: str, form: str, turn_count: int, people: int) -> None:
    path = real_files / "formats" / name
    reading = read_source(str(path))
    (conversation,) = reading.conversations
    assert (reading.format, len(conversation.turns), len(conversation.participants)) == (form, turn_count, people)
    assert reading.error is None
    assert_accounted(reading, len(path.read_bytes().decode("utf-8")))
    assert not [each for each in conversation.warnings if "not read" in each]


def test_a_summary_by_ai_without_a_transcript_is_refused(real_files: Path) -> None:
    with pytest.raises(SourceError, match="only what an AI wrote"):
        read_source(str(real_files / "formats" / "aws-transcribe" / "bda-custom.json"))
