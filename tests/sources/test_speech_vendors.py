"""The traps of each recognizer's JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from checks import asides, assert_accounted, turns, warnings

from extractor.errors import SourceError
from extractor.sources import Blob, Reading
from extractor.sources.speech.whisper_tables import fits

Read = Callable[..., Reading]


@pytest.fixture
def read_json(read: Read) -> Callable[[Any], Reading]:
    """Write a value as JSON, read it, and check that its account adds up."""

    def read_value(value: Any) -> Reading:
        text = json.dumps(value, ensure_ascii=False)
        reading = read(text, "call.json")
        assert_accounted(reading, len(text))
        return reading

    return read_value


# Whisper and WhisperX


def test_whisper_timestamped_calls_its_words_by_other_names(read_json: Read) -> None:
    words = [
        {"text": "Yes,", "start": 0.1, "end": 0.4, "confidence": 0.9},
        {"text": "we do.", "start": 0.4, "end": 1.0},
    ]
    segment = {"id": 0, "seek": 0, "start": 0.1, "end": 1.0, "text": " Yes, we do.", "confidence": 0.9, "words": words}
    reading = read_json({"text": " Yes, we do.", "segments": [segment], "language": "en"})
    assert (reading.format, turns(reading)) == ("whisper", [(None, "Yes, we do.")])
    assert asides(reading)["copy"] == len(" Yes, we do.") + len("Yes,we do.")


def test_empty_segments_are_no_turns(read_json: Read) -> None:
    parts = [
        {"id": 0, "seek": 0, "start": 0, "end": 0, "text": ""},
        {"id": 1, "seek": 0, "start": 1, "end": 2, "text": " So."},
    ]
    assert turns(read_json({"text": " So.", "segments": parts})) == [(None, "So.")]


def test_segments_alone_are_read_as_a_list(read_json: Read) -> None:
    reading = read_json([{"id": 0, "seek": 0, "start": 0.0, "end": 2.0, "text": " We begin."}])
    assert (reading.format, turns(reading)) == ("whisper", [(None, "We begin.")])


def test_segments_with_speakers_are_read_as_a_list_where_they_have_seconds(read_json: Read) -> None:
    parts = [
        {"start": 0.0, "end": 1.5, "text": "Ready?", "speaker": "SPEAKER_00"},
        {"start": 2.0, "end": 3.0, "text": "Yes.", "speaker": "SPEAKER_01"},
    ]
    reading = read_json(parts)
    assert (reading.format, turns(reading)) == ("whisperx", [("SPEAKER_00", "Ready?"), ("SPEAKER_01", "Yes.")])
    for part in parts:
        part |= {"start": 100, "end": 1500}
    with pytest.raises(SourceError, match="no known shape"):
        read_json(parts)


def test_an_answer_by_words_is_read_with_the_marks_of_its_text(read_json: Read) -> None:
    words = [{"word": "Ready", "start": 0.1, "end": 0.5}, {"word": "Yes", "start": 0.8, "end": 1.2}]
    reading = read_json({"task": "transcribe", "language": "english", "text": "Ready? Yes.", "words": words})
    assert (reading.format, turns(reading)) == ("whisper", [(None, "Ready? Yes.")])
    assert [mark.time for mark in reading.conversations[0].turns[0].marks] == [0.1, 0.8]


def test_the_diarized_answer_of_the_api_has_speakers(read_json: Read) -> None:
    parts = [
        {"type": "transcript.text.segment", "id": f"seg_{n}", "start": n, "end": n + 1, "text": text, "speaker": who}
        for n, (who, text) in enumerate((("agent", "Hello."), ("A", "Hi.")))
    ]
    reading = read_json({"task": "transcribe", "duration": 2, "text": "Hello. Hi.", "segments": parts})
    assert turns(reading) == [("agent", "Hello."), ("A", "Hi.")]


def test_a_word_of_digits_without_time_and_speaker_is_kept_with_the_word_before_it(read_json: Read) -> None:
    words = [
        {"word": "Room", "start": 1.0, "end": 1.3, "score": 0.9, "speaker": "SPEAKER_00"},
        {"word": "58."},
        {"word": "Fine.", "start": 2.0, "end": 2.4, "score": 0.9, "speaker": "SPEAKER_01"},
    ]
    segment = {"start": 1.0, "end": 2.4, "text": " Room 58. Fine.", "speaker": "SPEAKER_00", "words": words}
    reading = read_json({"segments": [segment], "word_segments": words})
    assert reading.format == "whisperx"
    assert turns(reading) == [("SPEAKER_00", "Room 58."), ("SPEAKER_01", "Fine.")]
    assert [(turn.start, turn.end) for turn in reading.conversations[0].turns] == [(1.0, 1.3), (2.0, 2.4)]


def test_digits_at_the_start_of_a_segment_belong_to_the_word_after_them(read_json: Read) -> None:
    words = [{"word": "58"}, {"word": "euros.", "start": 2.0, "end": 2.4, "score": 0.9, "speaker": "SPEAKER_01"}]
    segment = {"start": 1.0, "end": 2.4, "text": "58 euros.", "words": words}
    assert turns(read_json({"segments": [segment], "word_segments": []})) == [("SPEAKER_01", "58 euros.")]


def test_a_segment_is_cut_where_the_speaker_of_the_words_changes_and_keeps_its_spelling(read_json: Read) -> None:
    words = [
        {"word": word, "start": n, "end": n + 0.9, "score": 0.9, "speaker": who}
        for n, (word, who) in enumerate((("Ready?", "S0"), ("Yes", "S1"), ("sure", "S1")))
    ]
    segment = {"start": 0, "end": 3, "text": 'Ready? "Yes"  – sure!', "speaker": "S0", "words": words}
    assert turns(read_json({"segments": [segment]})) == [("S0", "Ready?"), ("S1", '"Yes"  – sure!')]


def test_words_that_are_not_those_of_the_text_are_read_where_they_tell_speakers_apart(read_json: Read) -> None:
    words = [
        {"word": word, "start": n, "end": n + 0.9, "score": 0.9, "speaker": who}
        for n, (word, who) in enumerate((("ready", "S0"), ("three", "S1")))
    ]
    segment = {"start": 0, "end": 3, "text": "Ready. 3.", "speaker": "S0", "words": words}
    assert turns(read_json({"segments": [segment]})) == [("S0", "ready"), ("S1", "three")]
    words[1]["speaker"] = "S0"
    assert turns(read_json({"segments": [segment]})) == [("S0", "Ready. 3.")]


def test_times_that_are_no_numbers_are_left_out(read: Read) -> None:
    segment = '{"start": NaN, "end": "x", "text": " Hello.", "speaker": "S0"}'
    (conversation,) = read(f'{{"segments": [{segment}], "word_segments": []}}', "a.json").conversations
    assert (conversation.turns[0].start, conversation.turns[0].end) == (None, None)


# The tables of Whisper


def test_a_tsv_has_milliseconds_and_keeps_its_quotation_marks(read: Read) -> None:
    reading = read('start\tend\ttext\n0\t1500\t"Yes," she said.\n1500\t2500\t"No."\n', "a.tsv")
    assert reading.format == "whisper-table"
    assert turns(reading) == [(None, '"Yes," she said. "No."')]
    assert reading.conversations[0].turns[0].end == 2.5
    assert_accounted(reading)


def test_a_tsv_that_is_quoted_as_a_csv_is_read_without_the_marks_around_it(read: Read) -> None:
    reading = read('start\tend\ttext\r\n0\t1500\t"He said ""no""."\r\n', "a.tsv")
    assert turns(reading) == [(None, 'He said "no".')]
    assert asides(reading)["markup"] == 4


@pytest.mark.parametrize("header", ["", "text,start,end\n"])
def test_a_csv_has_seconds_with_or_without_a_header(read: Read, header: str) -> None:
    reading = read(header + '"Yes, we ""do"".",0.38,2.76\nFine.,9.0,9.5\n', "a.csv")
    assert reading.format == "whisper-table"
    assert turns(reading) == [(None, 'Yes, we "do".'), (None, "Fine.")]
    assert [(turn.start, turn.end) for turn in reading.conversations[0].turns] == [(0.38, 2.76), (9.0, 9.5)]
    assert_accounted(reading)


@pytest.mark.parametrize(
    "content", ["Lima,48.8,2.3\nRome,41.9,12.5\n", "1,2,3\n4,5,6\n", "a,9,10\nb,1,2\n", "name,x,y\nAna,1,2\n"]
)
def test_other_tables_are_not_taken_for_transcripts(read: Read, content: str) -> None:
    assert fits(Blob("a.csv", content.encode())) == 0


def test_a_row_that_was_cut_off_is_an_error_and_not_a_turn(read: Read) -> None:
    reading = read("start\tend\ttext\n0\t1500\tYes.\n1500\t25", "a.tsv")
    assert turns(reading) == [(None, "Yes.")]
    assert reading.error is not None
    assert "cut off on line 3" in reading.error
    assert_accounted(reading)


def test_a_row_without_readable_times_keeps_its_words(read: Read) -> None:
    reading = read("start\tend\ttext\n0\t1500\tYes.\nx\ty\tWe do.\n", "a.tsv")
    assert turns(reading) == [(None, "Yes. We do.")]
    assert "times cannot be read, and the text was kept without them: line 3" in warnings(reading)


# AssemblyAI


def assembly_words(*said: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {"text": text, "start": n * 1000, "end": n * 1000 + 900, "confidence": 0.9, "speaker": who}
        for n, (who, text) in enumerate(said)
    ]


def test_words_are_read_where_utterances_are_null(read_json: Read) -> None:
    words = assembly_words(("A", "Ready?"), ("B", "Yes."))
    reading = read_json(
        {"audio_url": "a", "audio_duration": 2, "text": "Ready? Yes.", "words": words, "utterances": None}
    )
    assert turns(reading) == [("A", "Ready?"), ("B", "Yes.")]
    assert reading.conversations[0].turns[1].start == 1.0


def test_a_text_alone_is_read_without_times(read_json: Read) -> None:
    reading = read_json({"audio_url": "a", "audio_duration": 2, "text": "Ready? Yes.", "words": [], "utterances": None})
    assert turns(reading) == [(None, "Ready? Yes.")]


def test_chapters_and_summaries_by_ai_are_no_turns(read_json: Read) -> None:
    value = {
        "audio_url": "a",
        "audio_duration": 2,
        "text": "We ship.",
        "words": assembly_words(("A", "We"), ("A", "ship.")),
        "summary": "They decided it.",
        "chapters": [{"headline": "Shipping", "gist": "Ship", "summary": "It ships."}],
        "sentiment_analysis_results": [{"text": "We ship.", "sentiment": "NEUTRAL"}],
    }
    reading = read_json(value)
    assert turns(reading) == [("A", "We ship.")]
    assert asides(reading)["AI notes"] == len("They decided it.ShippingShipIt ships.")
    assert "written by AI, were set aside" in warnings(reading)


def test_utterances_alone_and_a_transcript_that_a_program_wrapped_are_read(read_json: Read) -> None:
    parts = assembly_words(("A", "Ready?"), ("B", "Yes."))
    for value in (parts, {"transcript": {"id": "x", "status": "completed", "words": parts}}):
        reading = read_json(value)
        assert (reading.format, turns(reading)) == ("assemblyai", [("A", "Ready?"), ("B", "Yes.")])


@pytest.mark.parametrize("status", ["processing", "error"])
def test_a_transcript_that_is_not_done_is_refused(read_json: Read, status: str) -> None:
    with pytest.raises(SourceError, match=f"status '{status}'"):
        read_json({"audio_url": "a", "audio_duration": None, "text": None, "status": status})


# Deepgram


def deepgram_words(*said: tuple[int, str]) -> list[dict[str, Any]]:
    return [
        {"word": text.strip(".?").lower(), "punctuated_word": text, "start": float(n), "end": n + 0.9, "speaker": who}
        for n, (who, text) in enumerate(said)
    ]


def test_an_utterance_with_words_of_two_speakers_is_cut_at_the_word(read_json: Read) -> None:
    words = deepgram_words((0, "Ready?"), (1, "Yes."))
    utterance = {"transcript": "Ready? Yes.", "speaker": 0, "channel": 0, "start": 0, "end": 2, "words": words}
    expected = [("Speaker 0", "Ready?"), ("Speaker 1", "Yes.")]
    assert turns(read_json({"results": {"utterances": [utterance]}})) == expected
    best = {"transcript": "Ready? Yes.", "words": words}
    both = {"results": {"channels": [{"alternatives": [best]}], "utterances": [utterance]}}
    reading = read_json(both)
    assert turns(reading) == expected
    assert reading.coverage is not None
    assert reading.coverage.used == len("Ready?Yes.")


def test_paragraphs_are_read_where_there_are_no_words(read_json: Read) -> None:
    sentences = [{"text": "We ship.", "start": 1.0, "end": 2.0}, {"text": "On Friday.", "start": 2.0, "end": 3.0}]
    paragraphs = {
        "transcript": "\nSpeaker 0: We ship. On Friday.\n",
        "paragraphs": [{"speaker": 0, "sentences": sentences}],
    }
    best = {"transcript": "We ship. On Friday.", "paragraphs": paragraphs}
    reading = read_json({"results": {"channels": [{"alternatives": [best]}]}})
    assert turns(reading) == [("Speaker 0", "We ship. On Friday.")]
    assert reading.conversations[0].turns[0].end == 3.0


def test_each_of_several_channels_is_somebody_else_and_they_are_put_in_order_of_time(read_json: Read) -> None:
    late = [{"word": "yes", "punctuated_word": "Yes.", "start": 2.0, "end": 2.5}]
    early = [
        {"word": "ready", "punctuated_word": "Ready?", "start": 0.5, "end": 1.0},
        {"word": "good", "punctuated_word": "Good.", "start": 5.0, "end": 5.5},
    ]
    channels = [
        {"alternatives": [{"transcript": "Yes.", "words": late}]},
        {"alternatives": [{"transcript": "Ready? Good.", "words": early}]},
    ]
    reading = read_json({"metadata": {"channels": 2}, "results": {"channels": channels}})
    assert turns(reading) == [("Channel 1", "Ready?"), ("Channel 0", "Yes."), ("Channel 1", "Good.")]


def test_other_guesses_and_summaries_are_set_aside(read_json: Read) -> None:
    alternatives = [{"transcript": "We ship.", "words": []}, {"transcript": "We sheep."}]
    value = {
        "results": {
            "channels": [{"alternatives": alternatives}],
            "summary": {"result": "success", "short": "They ship."},
        }
    }
    reading = read_json(value)
    assert turns(reading) == [(None, "We ship.")]
    assert (asides(reading)["alternative"], asides(reading)["AI notes"]) == (len("We sheep."), len("They ship."))


# Amazon


def aws_items(*said: tuple[str, str | None]) -> list[dict[str, Any]]:
    items, clock = [], 0.0
    for text, who in said:
        mark = text in (".", ",", "?")
        item: dict[str, Any] = {"type": "punctuation" if mark else "pronunciation", "alternatives": [{"content": text}]}
        if not mark:
            item |= {"start_time": str(clock), "end_time": str(clock + 0.5)}
            clock += 1.0
        if who is not None:
            item["speaker_label"] = who
        items.append(item)
    return items


def test_punctuation_goes_with_the_word_before_it_whoever_is_next(read_json: Read) -> None:
    items = aws_items(
        ("Ready", "spk_0"), ("?", None), ("[PII]", "spk_1"), (",", None), ("***", "spk_1"), (".", "spk_1")
    )
    reading = read_json(
        {"jobName": "x", "results": {"transcripts": [{"transcript": "Ready? [PII], ***."}], "items": items}}
    )
    assert turns(reading) == [("spk_0", "Ready?"), ("spk_1", "[PII], ***.")]


def test_items_without_a_label_take_it_from_the_segments_by_their_start(read_json: Read) -> None:
    items = aws_items(("Ready", None), ("?", None), ("Yes", None), (".", None))
    segments = [
        {"start_time": "0.0", "end_time": "0.5", "speaker_label": "spk_0", "items": [{"start_time": "0.0"}]},
        {"start_time": "1.0", "end_time": "1.5", "speaker_label": "spk_1", "items": []},
    ]
    results = {"transcripts": [], "items": items, "speaker_labels": {"segments": segments}}
    assert turns(read_json({"results": results})) == [("spk_0", "Ready?"), ("spk_1", "Yes.")]


def test_channels_are_speakers_and_their_items_are_used_once(read_json: Read) -> None:
    first, second = aws_items(("Ready", None), ("?", None)), aws_items(("Yes", None), (".", None))
    second[0] |= {"start_time": "3.0", "end_time": "3.4"}
    labels = {"channels": [{"channel_label": "ch_1", "items": second}, {"channel_label": "ch_0", "items": first}]}
    results = {"transcripts": [{"transcript": "Ready? Yes."}], "channel_labels": labels, "items": [*first, *second]}
    reading = read_json({"results": results})
    assert turns(reading) == [("ch_0", "Ready?"), ("ch_1", "Yes.")]
    assert reading.coverage is not None
    assert (reading.coverage.used, asides(reading)["copy"]) == (10, 21)


def test_audio_segments_are_read_where_there_are_no_items(read_json: Read) -> None:
    parts = [
        {
            "id": 0,
            "transcript": "Ready?",
            "start_time": "0.0",
            "end_time": "1.0",
            "speaker_label": "spk_0",
            "items": [0],
        }
    ]
    results = {"transcripts": [{"transcript": "Ready?"}], "audio_segments": parts}
    assert turns(read_json({"results": results})) == [("spk_0", "Ready?")]


def test_a_job_that_failed_is_refused(read_json: Read) -> None:
    with pytest.raises(SourceError, match="status FAILED"):
        read_json({"jobName": "x", "status": "FAILED", "results": {"transcripts": []}})


def test_a_call_has_roles_and_its_summary_is_no_turn(read_json: Read) -> None:
    people = [
        {"ParticipantId": "p1", "ParticipantRole": "AGENT"},
        {"ParticipantId": "p2", "ParticipantRole": "CUSTOMER"},
    ]
    entries = [
        {
            "ParticipantId": "p1",
            "Content": "Hello.",
            "BeginOffsetMillis": 120,
            "EndOffsetMillis": 900,
            "Items": [{"Type": "pronunciation", "Content": "Hello"}, {"Type": "punctuation", "Content": "."}],
        },
        {
            "ParticipantRole": "CUSTOMER",
            "Content": "My card is lost.",
            "BeginOffsetMillis": 1000,
            "EndOffsetMillis": 2900,
            "IssuesDetected": [{"CharacterOffsets": {"Begin": 0, "End": 16}, "Text": "My card is lost."}],
        },
    ]
    summary = {"ContactSummary": {"PostContactSummary": {"Content": "A card was lost."}}}
    reading = read_json({"Participants": people, "Transcript": entries, "ConversationCharacteristics": summary})
    assert (reading.format, turns(reading)) == (
        "call-analytics",
        [("AGENT", "Hello."), ("CUSTOMER", "My card is lost.")],
    )
    assert [person.role for person in reading.conversations[0].participants] == ["agent", "customer"]
    assert reading.conversations[0].turns[0].start == 0.12
    assert asides(reading)["AI notes"] == len("A card was lost.")


# Amazon Bedrock Data Automation


def bedrock_output(**more: Any) -> dict[str, Any]:
    items = [
        {"item_index": 0, "audio_segment_index": 0, "content": "Ready", "start_timestamp_millis": 120,
         "end_timestamp_millis": 700},
        {"item_index": 1, "audio_segment_index": 0, "content": "?"},
        {"item_index": 2, "audio_segment_index": 1, "content": "Yes", "start_timestamp_millis": 900,
         "end_timestamp_millis": 1400},
        {"item_index": 3, "audio_segment_index": 1, "content": "."},
    ]  # fmt: skip
    return {"metadata": {"semantic_modality": "AUDIO"}, "audio_items": items, **more}


def test_a_bedrock_output_has_speakers_and_times_and_its_summaries_are_no_turns(read_json: Read) -> None:
    segments = [
        {"segment_index": 0, "type": "TRANSCRIPT", "text": "Ready?", "speaker": {"speaker_label": "spk_1"},
         "channel": {"channel_label": "ch_1"}, "start_timestamp_millis": 120, "end_timestamp_millis": 800},
        {"segment_index": 1, "type": "TRANSCRIPT", "text": "Yes.", "channel": {"channel_label": "ch_0"},
         "start_timestamp_millis": 900, "end_timestamp_millis": 1500},
    ]  # fmt: skip
    whole = {"representation": {"text": "[spk_1]: Ready?\n\n[ch_0]: Yes."}}
    value = bedrock_output(
        audio_segments=segments,
        audio={"summary": "They begin.", "transcript": whole},
        topics=[{"summary": "A start.", "transcript": whole, "audio_segment_indices": [0, 1]}],
    )
    reading = read_json(value)
    assert (reading.format, turns(reading)) == ("bedrock", [("spk_1", "Ready?"), ("ch_0", "Yes.")])
    assert [(turn.start, turn.end) for turn in reading.conversations[0].turns] == [(0.12, 0.8), (0.9, 1.5)]
    assert asides(reading)["AI notes"] == len("They begin.A start.")
    assert asides(reading)["copy"] == len("Ready?Yes.") + 2 * len(whole["representation"]["text"])
    assert "parts lack" not in warnings(reading)


def test_items_of_a_bedrock_output_are_read_where_there_are_no_segments(read_json: Read) -> None:
    reading = read_json(bedrock_output())
    assert (reading.format, turns(reading)) == ("bedrock", [(None, "Ready? Yes.")])


def test_items_of_no_segment_are_said_to_be_lost(read_json: Read) -> None:
    segments = [{"segment_index": 0, "text": "Ready?", "start_timestamp_millis": 120, "speaker": None}]
    value = bedrock_output(audio_segments=segments)
    words = "so then we will all meet there".split()
    value["audio_items"] += [{"audio_segment_index": 7, "content": word} for word in words]
    assert "its parts lack and that were not read" in warnings(read_json(value))


def test_what_an_ai_was_asked_to_fill_in_is_refused_by_name(read_json: Read) -> None:
    custom = {"metadata": {}, "matched_blueprint": {"name": "Calls"}, "inference_result": {"summary": "A call."}}
    with pytest.raises(SourceError, match="only what an AI wrote about the recording"):
        read_json(custom)


# Google


def test_the_last_result_that_repeats_all_words_with_speakers_does_not_double_them(read_json: Read) -> None:
    said = [("There", 1), ("we", 1), ("are.", 1), ("Yes.", 2)]
    tagged = [
        {
            "word": word,
            "speakerTag": who,
            "startTime": {"seconds": str(n), "nanos": 500000000},
            "endTime": {"seconds": str(n + 1)},
        }
        for n, (word, who) in enumerate(said)
    ]
    bare = [{key: value for key, value in word.items() if key != "speakerTag"} for word in tagged]
    results = [
        {"alternatives": [{"transcript": "There we are.", "words": bare[:3]}]},
        {"alternatives": [{"transcript": " Yes.", "words": bare[3:]}]},
        {"alternatives": [{"words": tagged}]},
    ]
    reading = read_json({"results": results})
    assert turns(reading) == [("Speaker 1", "There we are."), ("Speaker 2", "Yes.")]
    assert reading.conversations[0].turns[1].start == 3.5
    whole = {"name": "1", "done": True, "response": {"@type": "x", "results": results}}
    assert turns(read_json(whole)) == turns(reading)


def test_a_last_result_that_repeats_nothing_is_read_too(read_json: Read) -> None:
    one = {"alternatives": [{"transcript": "Yes.", "words": [{"word": "Yes.", "startTime": "1.0s", "speakerTag": 1}]}]}
    two = {"alternatives": [{"transcript": "No.", "words": [{"word": "No.", "startTime": "2.0s", "speakerTag": 2}]}]}
    assert turns(read_json({"results": [one, two]})) == [("Speaker 1", "Yes."), ("Speaker 2", "No.")]


def test_transcripts_without_words_are_read_and_other_guesses_set_aside(read_json: Read) -> None:
    results = [
        {"alternatives": [{"transcript": "We ship."}, {"transcript": "We sheep."}]},
        {"alternatives": [{"transcript": " On Friday."}]},
    ]
    reading = read_json({"results": results})
    assert turns(reading) == [(None, "We ship. On Friday.")]
    assert asides(reading)["alternative"] == len("We sheep.")


def test_only_the_reading_of_a_japanese_word_is_cut_off_behind_a_bar(read_json: Read) -> None:
    words = [{"word": "a|b", "startTime": "0s"}, {"word": "\u660e\u65e5|\u30a2\u30b7\u30bf", "startTime": "1s"}]
    (turn,) = read_json({"results": [{"alternatives": [{"words": words}]}]}).conversations[0].turns
    assert "a|b" in turn.text
    assert turn.text.endswith("\u660e\u65e5")


def test_each_file_of_a_batch_is_a_conversation(read: Read) -> None:
    def answer(text: str) -> Any:
        return {"inlineResult": {"transcript": {"results": [{"alternatives": [{"transcript": text}]}]}}}

    value = {
        "response": {"results": {"gs://b/monday.wav": answer("We ship."), "gs://b/friday.wav": answer("We wait.")}}
    }
    found = read(json.dumps(value), "a.json").conversations
    assert [(each.title, each.turns[0].text) for each in found] == [("monday", "We ship."), ("friday", "We wait.")]


def test_results_of_two_channels_are_put_in_order_of_time(read_json: Read) -> None:
    results = [
        {"channelTag": tag, "alternatives": [{"transcript": text, "words": [{"word": text, "startTime": f"{start}s"}]}]}
        for tag, text, start in ((1, "Ready?", 1), (1, "Good.", 5), (2, "Yes.", 3))
    ]
    expected = [("Channel 1", "Ready?"), ("Channel 2", "Yes."), ("Channel 1", "Good.")]
    assert turns(read_json({"results": results})) == expected


# Azure


def test_phrases_of_two_channels_are_put_in_order_of_time(read_json: Read) -> None:
    phrases = [
        {
            "recognitionStatus": "Success",
            "channel": channel,
            "offsetInTicks": start * 1e7,
            "durationInTicks": 1e7,
            "offset": f"PT{start}S",
            "nBest": [{"display": text, "lexical": "x"}, {"display": "Other."}],
        }
        for channel, text, start in ((0, "Ready?", 1), (0, "Good.", 5), (1, "Yes.", 3))
    ]
    phrases.append({"recognitionStatus": "Failure", "channel": 1, "offsetInTicks": 7e7})
    reading = read_json({"recognizedPhrases": phrases, "combinedRecognizedPhrases": []})
    assert turns(reading) == [("Channel 0", "Ready?"), ("Channel 1", "Yes."), ("Channel 0", "Good.")]
    assert reading.conversations[0].turns[0].end == 2.0
    assert asides(reading)["alternative"] == 18
    assert "What Azure could not recognize is missing: phrase 4." in warnings(reading)


def test_version_2_of_a_batch_has_other_names(read_json: Read) -> None:
    segments = [
        {
            "RecognitionStatus": "Success",
            "ChannelNumber": None,
            "SpeakerId": "2",
            "Offset": 400000,
            "Duration": 10000000,
            "OffsetInSeconds": 0.04,
            "NBest": [{"Lexical": "yes", "Display": "Yes."}],
        }
    ]
    reading = read_json(
        {"AudioFileResults": [{"AudioFileName": "a.wav", "SegmentResults": segments, "CombinedResults": []}]}
    )
    assert (reading.format, turns(reading)) == ("azure-speech", [("Speaker 2", "Yes.")])
    assert (reading.conversations[0].turns[0].start, reading.conversations[0].turns[0].end) == (0.04, 1.04)


def test_the_preview_of_fast_transcription_calls_milliseconds_offset(read_json: Read) -> None:
    value = {
        "duration": 2000,
        "combinedPhrases": [{"text": "Weather."}],
        "phrases": [{"offset": 40, "duration": 240, "text": "Weather.", "words": [{"text": "Weather.", "offset": 40}]}],
    }
    reading = read_json(value)
    assert (reading.conversations[0].turns[0].start, reading.conversations[0].turns[0].end) == (0.04, 0.28)
    assert asides(reading)["copy"] == 16


# Speechmatics


def test_marks_attach_where_they_say_and_an_unknown_speaker_is_nobody(read_json: Read) -> None:
    def result(kind: str, content: str, start: float, who: str, **more: str) -> dict[str, Any]:
        return {
            "type": kind,
            "start_time": start,
            "end_time": start + 0.4,
            "alternatives": [{"content": content, "speaker": who}],
            **more,
        }

    results = [
        result("word", "Ready", 0.0, "S1"),
        result("punctuation", "?", 0.4, "S1", attaches_to="previous"),
        result("punctuation", "¿", 1.0, "S2", attaches_to="next"),
        result("word", "Sí", 1.0, "S2"),
        result("punctuation", "?", 1.4, "S2", attaches_to="previous"),
        result("word", "hm", 2.0, "UU"),
    ]
    reading = read_json({"format": "2.9", "metadata": {}, "results": results, "summary": {"content": "They talk."}})
    assert turns(reading) == [("S1", "Ready?"), ("S2", "¿Sí?"), (None, "hm")]
    assert asides(reading)["AI notes"] == len("They talk.")


def test_words_are_joined_as_the_language_joins_them(read_json: Read) -> None:
    results = [
        {"type": "word", "start_time": n, "end_time": n + 0.5, "alternatives": [{"content": word, "speaker": "S1"}]}
        for n, word in enumerate(("sa", "wat"))
    ]
    pack = {"language_pack_info": {"word_delimiter": ""}}
    assert turns(read_json({"format": "2.9", "metadata": pack, "results": results})) == [("S1", "sawat")]


# Podcasts, Rev, Fireflies


def test_podcast_segments_of_one_word_become_sentences(read_json: Read) -> None:
    parts = [
        {"speaker": who, "startTime": n, "endTime": n + 0.5, "body": text}
        for n, (who, text) in enumerate((("Ana", "We"), ("Ana", "ship."), ("Ana", "Now."), ("Ole Ek", "Fine, then.")))
    ]
    reading = read_json({"version": "1.0.0", "segments": parts})
    assert turns(reading) == [("Ana", "We ship. Now."), ("Ole Ek", "Fine, then.")]
    assert [mark.char for mark in reading.conversations[0].turns[0].marks] == [0, 9]


def test_rev_elements_are_joined_with_nothing_between_them(read_json: Read) -> None:
    elements = [
        {"type": "text", "value": "Well", "ts": 1.0, "end_ts": 1.2},
        {"type": "punct", "value": "…"},
        {"type": "punct", "value": " "},
        {"type": "text", "value": "3", "ts": 1.3, "end_ts": 1.4},
        {"type": "punct", "value": "."},
        {"type": "text", "value": "5", "ts": 1.4, "end_ts": 1.5},
        {"type": "punct", "value": "%"},
        {"type": "punct", "value": ". "},
        {"type": "unknown", "value": "<laugh>"},
        {"type": "tag", "name": "crosstalk"},
    ]
    reading = read_json({"monologues": [{"speaker": 1, "elements": elements}]})
    assert turns(reading) == [("Speaker 1", "Well… 3.5%. <laugh>")]
    assert asides(reading)["markup"] == len("crosstalk")


@pytest.mark.parametrize(
    ("speaker", "more", "name"),
    [
        (0, {}, "Speaker 0"),
        ({"id": 3, "name": "Ana"}, {}, "Ana"),
        (0, {"speaker_info": {"id": "a", "display_name": "Ana"}}, "Ana"),
        (2, {}, "Ole"),
    ],
)
def test_rev_speakers_have_a_number_or_a_name(read_json: Read, speaker: Any, more: dict[str, Any], name: str) -> None:
    element = {"type": "text", "value": "Yes", "timestamp": "00:01:01,500", "end_timestamp": "00:01:02,000"}
    value = {
        "speakers": [{"id": 2, "name": "Ole"}],
        "monologues": [{"speaker": speaker, "elements": [element], **more}],
    }
    reading = read_json(value)
    assert turns(reading) == [(name, "Yes")]
    assert (reading.conversations[0].turns[0].start, reading.conversations[0].turns[0].end) == (61.5, 62.0)


def sentences(*said: tuple[str | None, str]) -> list[dict[str, Any]]:
    return [
        {
            "index": n,
            "speaker_name": who,
            "speaker_id": n,
            "text": text,
            "raw_text": text.lower(),
            "start_time": str(n),
            "end_time": n + 0.5,
            "ai_filters": {"task": text, "sentiment": None},
        }
        for n, (who, text) in enumerate(said)
    ]


def test_a_fireflies_answer_has_title_and_start_and_its_summary_is_no_turn(read_json: Read) -> None:
    transcript = {
        "id": "x",
        "title": "Pricing",
        "date": 1778068800000,
        "sentences": sentences(("Ana", "We ship."), (None, "OK.")),
        "summary": {"action_items": "Ana ships.", "keywords": ["ship"]},
        "speakers": [{"id": 1, "name": "Ole"}],
    }
    for value in (
        {"data": {"transcript": transcript}},
        {"transcript": transcript},
        transcript,
        {"data": {"transcripts": [transcript]}},
    ):
        reading = read_json(value)
        (conversation,) = reading.conversations
        assert (reading.format, turns(reading)) == ("fireflies-json", [("Ana", "We ship."), ("Ole", "OK.")])
        assert (conversation.title, conversation.started_at) == ("Pricing", datetime(2026, 5, 6, 12, tzinfo=UTC))
        assert asides(reading)["AI notes"] == len("Ana ships.ship")
        assert asides(reading)["copy"] == 2 * len("We ship.OK.")
        assert conversation.turns[0].start == 0.0


def test_raw_text_is_read_where_there_is_no_text(read_json: Read) -> None:
    said = sentences(("Ana", "We ship."))
    said[0]["text"] = None
    assert turns(read_json({"title": "", "sentences": said})) == [("Ana", "we ship.")]


def test_a_download_is_a_list_of_sentences_with_clock_times(read_json: Read) -> None:
    said = [{"sentence": "We ship.", "startTime": "01:02", "endTime": "01:04", "speaker_name": "Ana", "speaker_id": 0}]
    reading = read_json(said)
    assert (reading.format, turns(reading)) == ("fireflies-json", [("Ana", "We ship.")])
    assert (reading.conversations[0].turns[0].start, reading.conversations[0].turns[0].end) == (62.0, 64.0)
