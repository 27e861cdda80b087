"""How recognizers and recorders write a conversation: their JSON, and the tables of Whisper."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from writers import Talk, Writer, length, strings

Said = list[tuple[str | None, list[str]]]
"""What somebody says in a row: the label of the speaker, and sentences without white space at their ends."""


def words_of(said: Said) -> list[tuple[str | None, str, float, float]]:
    """The words of a conversation with their times, a second each."""
    found, clock = [], 0.0
    for speaker, sentences in said:
        for sentence in sentences:
            for word in sentence.split():
                found.append((speaker, word, clock, clock + 0.75))
                clock += 1.0
    return found


def sentences_of(said: Said) -> list[tuple[str | None, str, float, float]]:
    """The sentences of a conversation with their times."""
    found, clock = [], 0.0
    for speaker, sentences in said:
        for sentence in sentences:
            length = float(len(sentence.split()))
            found.append((speaker, sentence, clock, clock + length - 0.25))
            clock += length
    return found


def by_sentence(said: Said, every: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The words of each sentence."""
    found, begin = [], 0
    for _, text, _, _ in sentences_of(said):
        end = begin + len(text.split())
        found.append(every[begin:end])
        begin = end
    return found


# How each format writes a conversation


def whisper(said: Said) -> Any:
    parts = [
        {"id": n, "seek": 0, "start": start, "end": end, "text": f" {text}", "tokens": [1, 2], "avg_logprob": -0.2}
        for n, (_, text, start, end) in enumerate(sentences_of(said))
    ]
    return {"text": "".join(part["text"] for part in parts), "segments": parts, "language": "en"}


def whisper_cpp(said: Said) -> Any:
    parts = [
        {"offsets": {"from": int(start * 1000), "to": int(end * 1000)}, "text": f" {text}"}
        for _, text, start, end in sentences_of(said)
    ]
    return {"systeminfo": "AVX = 1", "model": {"type": "base"}, "result": {"language": "en"}, "transcription": parts}


def chunks(said: Said) -> Any:
    parts = [{"timestamp": [start, end], "text": f" {text}"} for _, text, start, end in sentences_of(said)]
    voices = [
        {"speaker": who, "timestamp": [start, end], "text": f" {text}"} for who, text, start, end in sentences_of(said)
    ]
    return {"speakers": voices, "chunks": parts, "text": "".join(part["text"] for part in parts)}


def whisperx(said: Said) -> Any:
    every = [
        {"word": text, "start": start, "end": end, "score": 0.8, "speaker": who}
        for who, text, start, end in words_of(said)
    ]
    parts = [
        {"start": start, "end": end, "text": f" {text}", "speaker": who, "words": own}
        for (who, text, start, end), own in zip(sentences_of(said), by_sentence(said, every), strict=True)
    ]
    return {"segments": parts, "word_segments": every, "language": "en"}


def assemblyai(said: Said) -> Any:
    every = [
        {"text": text, "start": int(start * 1000), "end": int(end * 1000), "confidence": 0.9, "speaker": who}
        for who, text, start, end in words_of(said)
    ]
    utterances = [
        {"speaker": who, "text": text, "start": int(start * 1000), "end": int(end * 1000), "confidence": 0.9,
         "words": own}
        for (who, text, start, end), own in zip(sentences_of(said), by_sentence(said, every), strict=True)
    ]  # fmt: skip
    whole = " ".join(text for _, text, _, _ in sentences_of(said))
    return {"id": "x", "status": "completed", "audio_url": "https://example.org/a", "text": whole, "words": every,
            "utterances": utterances, "confidence": 0.9, "audio_duration": 60}  # fmt: skip


def deepgram(said: Said) -> Any:
    every = [
        {
            "word": text.lower(),
            "punctuated_word": text,
            "start": start,
            "end": end,
            "confidence": 0.9,
            "speaker": int(who),
        }
        for who, text, start, end in words_of(said)
    ]
    whole = " ".join(text for _, text, _, _ in sentences_of(said))
    best = {"transcript": whole, "confidence": 0.9, "words": every}
    return {"metadata": {"request_id": "x", "channels": 1}, "results": {"channels": [{"alternatives": [best]}]}}


def aws(said: Said) -> Any:
    items = [
        {"type": "pronunciation", "start_time": str(start), "end_time": str(end), "alternatives": [{"content": text}]}
        for _, text, start, end in words_of(said)
    ]
    segments = [
        {"speaker_label": who, "start_time": str(start), "end_time": str(end),
         "items": [{"start_time": str(start), "end_time": str(end), "speaker_label": who}]}
        for who, _, start, end in words_of(said)
    ]  # fmt: skip
    whole = " ".join(text for _, text, _, _ in sentences_of(said))
    return {"jobName": "x", "accountId": "1", "status": "COMPLETED", "results": {
        "transcripts": [{"transcript": whole}], "items": items,
        "speaker_labels": {"speakers": 2, "segments": segments}}}  # fmt: skip


def call_analytics(said: Said) -> Any:
    entries = [
        {"Id": str(n), "ParticipantRole": who, "BeginOffsetMillis": int(start * 1000),
         "EndOffsetMillis": int(end * 1000), "Content": text, "Sentiment": "NEUTRAL"}
        for n, (who, text, start, end) in enumerate(sentences_of(said))
    ]  # fmt: skip
    return {"JobStatus": "COMPLETED", "LanguageCode": "en-US", "Transcript": entries, "Channel": "VOICE"}


def bedrock(said: Said) -> Any:
    parts = [
        {"segment_index": n, "type": "TRANSCRIPT", "text": text, "speaker": {"speaker_label": who},
         "channel": {"channel_label": "ch_0"}, "start_timestamp_millis": int(start * 1000),
         "end_timestamp_millis": int(end * 1000), "language": "EN"}
        for n, (who, text, start, end) in enumerate(sentences_of(said))
    ]  # fmt: skip
    places = [n for n, (_, text, _, _) in enumerate(sentences_of(said)) for _ in text.split()]
    items = [
        {"item_index": n, "audio_segment_index": places[n], "content": text,
         "start_timestamp_millis": int(start * 1000), "end_timestamp_millis": int(end * 1000)}
        for n, (_, text, start, end) in enumerate(words_of(said))
    ]  # fmt: skip
    return {"metadata": {"semantic_modality": "AUDIO"}, "audio_items": items, "audio_segments": parts}


def google(said: Said) -> Any:
    tagged = [
        {"word": text, "startTime": f"{start:.3f}s", "endTime": f"{end:.3f}s", "speakerTag": int(who)}
        for who, text, start, end in words_of(said)
    ]
    bare = [{key: value for key, value in word.items() if key != "speakerTag"} for word in tagged]
    results, begin = [], 0
    for _, text, _, _ in sentences_of(said):
        length = len(text.split())
        results.append({"alternatives": [{"transcript": text, "words": bare[begin : begin + length]}]})
        begin += length
    return {"results": [*results, {"alternatives": [{"words": tagged}]}]}


def google_v2(said: Said) -> Any:
    results = []
    for who, text, start, _ in sentences_of(said):
        words = [
            {"word": word, "startOffset": f"{start + n}s", "endOffset": f"{start + n + 0.75}s", "speakerLabel": who}
            for n, word in enumerate(text.split())
        ]
        results.append({"alternatives": [{"transcript": text, "words": words}], "languageCode": "en-us"})
    return {"results": results}


def azure(said: Said) -> Any:
    phrases = [
        {"recognitionStatus": "Success", "channel": 0, "speaker": int(who), "offsetInTicks": start * 1e7,
         "durationInTicks": (end - start) * 1e7,
         "nBest": [{"confidence": 0.9, "lexical": text.lower(), "display": text}]}
        for who, text, start, end in sentences_of(said)
    ]  # fmt: skip
    whole = " ".join(text for _, text, _, _ in sentences_of(said))
    return {
        "source": "a.wav",
        "combinedRecognizedPhrases": [{"channel": 0, "display": whole}],
        "recognizedPhrases": phrases,
    }


def azure_fast(said: Said) -> Any:
    phrases = [
        {"speaker": int(who), "offsetMilliseconds": int(start * 1000),
         "durationMilliseconds": int((end - start) * 1000), "text": text, "locale": "en-US", "confidence": 0.9}
        for who, text, start, end in sentences_of(said)
    ]  # fmt: skip
    whole = " ".join(text for _, text, _, _ in sentences_of(said))
    return {"durationMilliseconds": 60000, "combinedPhrases": [{"text": whole}], "phrases": phrases}


def speechmatics(said: Said) -> Any:
    results = [
        {"type": "word", "start_time": start, "end_time": end, "alternatives": [{"content": text, "speaker": who}]}
        for who, text, start, end in words_of(said)
    ]
    return {
        "format": "2.9",
        "job": {"id": "x"},
        "metadata": {"language_pack_info": {"word_delimiter": " "}},
        "results": results,
    }


def speechmatics_old(said: Said) -> Any:
    words = [
        {"name": text, "time": str(start), "duration": "0.75", "confidence": "1.0"}
        for _, text, start, _ in words_of(said)
    ]
    speakers = [{"name": who, "time": str(start), "duration": "0.75"} for who, _, start, _ in words_of(said)]
    return {"format": "1.0", "job": {"id": 1}, "speakers": speakers, "words": words}


def podcast(said: Said) -> Any:
    parts = [
        {"speaker": who, "startTime": start, "endTime": end, "body": text} for who, text, start, end in words_of(said)
    ]
    return {"version": "1.0.0", "segments": parts}


def rev(said: Said) -> Any:
    monologues: list[dict[str, Any]] = []
    clock = 0.0
    for who, sentences in said:
        elements: list[dict[str, Any]] = []
        for word in " ".join(sentences).split():
            if elements:
                elements.append({"type": "punct", "value": " "})
            elements.append({"type": "text", "value": word, "ts": clock, "end_ts": clock + 0.75})
            clock += 1.0
        monologues.append({"speaker": int(who or 0), "elements": elements})
    return {"monologues": monologues}


def fireflies(said: Said) -> Any:
    sentences = [
        {
            "index": n,
            "speaker_name": who,
            "speaker_id": 0,
            "text": text,
            "raw_text": text,
            "start_time": start,
            "end_time": end,
        }
        for n, (who, text, start, end) in enumerate(sentences_of(said))
    ]
    return {"data": {"transcript": {"id": "x", "title": "Weekly", "date": 1778068800000, "sentences": sentences}}}


def whisper_table(talk: Talk, times: list[float]) -> bytes:
    rows = [f"{int(start * 1000)}\t{int(end * 1000)}\t{text}\n" for _, text, start, end in sentences_of(said_of(talk))]
    return "".join(["start\tend\ttext\n", *rows]).encode()


def table(data: bytes) -> str:
    """What stands in the cells of a table."""
    return "\n".join(cell for row in csv.reader(io.StringIO(data.decode(), newline="")) for cell in row)


def whisper_csv(talk: Talk, times: list[float]) -> bytes:
    rows = ['"' + text.replace('"', '""') + f'",{start},{end}\n' for _, text, start, end in sentences_of(said_of(talk))]
    return "".join(rows).encode()


# What they can carry


def said_of(talk: Talk) -> Said:
    return [(name, [text]) for name, text in talk]


def as_json(shape: Callable[[Said], Any]) -> Callable[[Talk, list[float]], bytes]:
    """A writer of a conversation in a shape. Half of the recognizers escape what is not ASCII."""
    ascii_only = len(shape.__name__) % 2 == 0
    return lambda talk, times: json.dumps(shape(said_of(talk)), ensure_ascii=ascii_only).encode()


def starts(talk: Talk) -> list[float]:
    """When each turn begins, a second a word."""
    return [start for _, _, start, _ in sentences_of(said_of(talk))]


def of_json(name: str, shape: Callable[[Said], Any], variant: str = "", **more: Any) -> Writer:
    known: dict[str, Any] = {"lines": 1, "merges": " ", "clock": starts, "source": strings, "characters": length}
    return Writer(name, as_json(shape), variant, **(known | more))


BLANKLESS = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\uffef\U00020000-\U0003ffff]"
"""Scripts that are written without blanks, so that none is put between the words of a list."""
NUMBERS: dict[str, Any] = {"names": ("1", "2", "3", "14"), "speaker": "Speaker {}".format}
LETTERS: dict[str, Any] = {"names": ("A", "B", "spk_0", "SPEAKER_01", "S1", "ch_1")}
NOBODY: dict[str, Any] = {"voiced": False}
NBSP = "\u00a0"
"""Words are white space apart, and this is white space too."""
WRITERS = (
    of_json("whisper", whisper, **NOBODY),
    of_json("whisper", whisper_cpp, "cpp", **NOBODY),
    of_json("whisper", chunks, "chunks", **LETTERS),
    Writer("whisper-table", whisper_table, lines=1, clock=starts, characters=length, **NOBODY),
    Writer("whisper-table", whisper_csv, "csv", lines=1, clock=starts, characters=length, source=table, **NOBODY),
    of_json("whisperx", whisperx, **LETTERS),
    of_json("assemblyai", assemblyai, **LETTERS),
    of_json("deepgram", deepgram, **NUMBERS),
    of_json("aws-transcribe", aws, **LETTERS),
    of_json("call-analytics", call_analytics, names=("AGENT", "CUSTOMER")),
    of_json("bedrock", bedrock, **LETTERS),
    of_json("google-stt", google, **NUMBERS),
    of_json("google-stt", google_v2, "v2", **NUMBERS),
    of_json("azure-speech", azure, **NUMBERS),
    of_json("azure-speech", azure_fast, "fast", **NUMBERS),
    of_json("speechmatics", speechmatics, **LETTERS, without=NBSP),
    of_json("speechmatics", speechmatics_old, "old", **LETTERS, without=rf"{NBSP}|(?<!\S)[\W_]+(?!\S)|{BLANKLESS}"),
    of_json("podcast-transcript", podcast, without=f"{NBSP}|{BLANKLESS}"),
    of_json("rev-json", rev, **NUMBERS, without=NBSP),
    of_json("fireflies-json", fireflies),
)
