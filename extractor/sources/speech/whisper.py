"""OpenAI Whisper and its relatives: the JSON of the command line, of the API, of whisper-timestamped, of
whisper.cpp and of the pipelines of Hugging Face.

    {"text": "...", "segments": [{"id": 0, "start": 0.4, "end": 2.8, "text": " Hello.", "words": [...]}]}
    {"transcription": [{"offsets": {"from": 400, "to": 2800}, "text": " Hello."}]}          whisper.cpp, milliseconds
    {"task": "transcribe", "text": "...", "words": [{"word": "Hello", "start": 0.4, "end": 0.8}]}    the API, by words
    {"text": "...", "chunks": [{"timestamp": [0.4, 2.8], "text": " Hello."}], "speakers": [...]}    Hugging Face
"""

from __future__ import annotations

from typing import Any

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import label_of, seconds
from extractor.sources.speech.segments import has_voices, has_words_only, read_segments, segments_of
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.values import MILLISECOND, mapping, mappings, string

_WHOLE_KEYS = ("language", "task", "text")


def fits(blob: Blob) -> float:
    """0.9 for segments of Whisper with nobody's voice in them, 0.7 where they could be another tool's."""
    value = blob.json
    if _is_cpp(value) or _is_pipeline(value):
        return 0.95
    if has_words_only(value):
        return 0.9
    first = segments_of(value)
    if not first or has_voices(value, first):
        return 0.0
    own = isinstance(value, list) or "seek" in first[0] or any(key in value for key in _WHOLE_KEYS)
    return 0.9 if own else 0.7


def _is_cpp(value: object) -> bool:
    listed = value.get("transcription") if isinstance(value, dict) else None
    first = mappings(listed[:1]) if isinstance(listed, list) else []
    return bool(first) and "text" in first[0] and ("offsets" in first[0] or "timestamps" in first[0])


def _is_pipeline(value: object) -> bool:
    listed = value.get("chunks") if isinstance(value, dict) else None
    first = mappings(listed[:1]) if isinstance(listed, list) else []
    return bool(first) and "text" in first[0] and "timestamp" in first[0]


def read(blob: Blob) -> Reading:
    """One conversation, its turns without speakers where the file names none.

    Human language: the ``text`` of segments (used) and of all of them together (``copy``); see
    :func:`~extractor.sources.speech.segments.read_segments`. Raises SourceError where nobody says anything.
    """
    if _is_cpp(blob.json):
        return _read_cpp(blob)
    if _is_pipeline(blob.json):
        return _read_pipeline(blob)
    return read_segments(blob, FORMAT.name)


def _read_cpp(blob: Blob) -> Reading:
    spoken = Spoken(blob)
    for place, entry in enumerate(spoken.entries(mapping(blob.json).get("transcription"), "segment"), 1):
        offsets = mapping(entry.get("offsets"))
        text = spoken.text(entry.get("text"), f"segment {place}")
        times = seconds(offsets.get("from"), MILLISECOND), seconds(offsets.get("to"), MILLISECOND)
        spoken.segment(label_of(entry.get("speaker")), text, (), *times)
        spoken.copy(*(token.get("text") for token in mappings(entry.get("tokens"))))
    return reading(blob, FORMAT.name, [spoken])


def _read_pipeline(blob: Blob) -> Reading:
    value = mapping(blob.json)
    spoken = Spoken(blob)
    voiced = bool(mappings(value.get("speakers")))
    for place, entry in enumerate(spoken.entries(value.get("speakers" if voiced else "chunks"), "chunk"), 1):
        start, end = _times(entry.get("timestamp"))
        text = spoken.text(entry.get("text"), f"chunk {place}")
        spoken.segment(label_of(entry.get("speaker")), text, (), start, end)
    if voiced:
        spoken.whole("".join(string(entry.get("text")) for entry in mappings(value.get("chunks"))))
    spoken.whole(string(value.get("text")))
    return reading(blob, FORMAT.name, [spoken])


def _times(value: Any) -> tuple[float | None, float | None]:
    times = value if isinstance(value, list) else []
    return (seconds(times[0]) if times else None, seconds(times[1]) if len(times) > 1 else None)


FORMAT = Format("whisper", "Whisper transcripts (JSON)", fits, read, verified=True)
