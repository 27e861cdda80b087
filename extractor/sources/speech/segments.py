"""The segments of Whisper and everything built on it, which the readers of Whisper and WhisperX share."""

from __future__ import annotations

from typing import Any

from extractor.sources.base import Blob, Reading
from extractor.sources.speech.fields import label_of, seconds
from extractor.sources.speech.phrases import Word
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.values import mapping, mappings, string

_MOST_LOOKED_AT = 20
_ANSWER = ("task", "language", "duration")
_OWN_KEYS = ("seek", "avg_logprob", "no_speech_prob", "tokens", "compression_ratio")


def segments_of(value: object) -> list[dict[str, Any]]:
    """The first segments of a JSON value that is a transcript by Whisper or WhisperX; none where it is none."""
    listed = value.get("segments") if isinstance(value, dict) else value
    if not isinstance(listed, list) or not listed:
        return []
    looked_at = listed[:_MOST_LOOKED_AT]
    first = [each for each in mappings(looked_at) if _is_segment(each)]
    if not first or len(first) * 2 < len(looked_at):
        return []
    if isinstance(value, list) and not (any(key in first[0] for key in _OWN_KEYS) or has_voices(value, first)):
        return []
    return first


def _is_segment(entry: dict[str, Any]) -> bool:
    return isinstance(entry.get("text"), str) and "start" in entry and "end" in entry


def has_voices(value: object, first: list[dict[str, Any]]) -> bool:
    """Whether WhisperX aligned the words or found out who speaks. A list of segments has seconds, which are no whole
    numbers.
    """
    if isinstance(value, dict) and "word_segments" in value:
        return True
    words = [word for segment in first for word in mappings(segment.get("words"))]
    if any("score" in word and "word" in word for word in words[:_MOST_LOOKED_AT]):
        return True
    voiced = any("speaker" in segment for segment in first)
    return voiced and (isinstance(value, dict) or any(isinstance(segment["end"], float) for segment in first))


def has_words_only(value: object) -> bool:
    """Whether a JSON value is an answer of the API that was asked for the times of words, not for segments."""
    held = mapping(value)
    first = mappings(held.get("words"))[:1]
    timed = bool(first) and {"word", "start", "end"} <= first[0].keys()
    return timed and not held.get("segments") and isinstance(held.get("text"), str) and any(k in held for k in _ANSWER)


def read_segments(blob: Blob, format_name: str) -> Reading:
    """Human language: ``text`` of the segments, which are cut where one of their words has another speaker (used);
    the same in ``words``, ``word_segments`` and the ``text`` of the whole (``copy``). Raises SourceError where nobody
    says anything.
    """
    value = blob.json
    spoken = Spoken(blob)
    top = mapping(value)
    segments = spoken.entries(top.get("segments") if isinstance(value, dict) else value, "segment")
    for place, entry in enumerate(segments, 1):
        name = f"segment {place}"
        words = whisper_words(spoken, entry.get("words"), name)
        text = spoken.text(entry.get("text"), name)
        spoken.segment(
            label_of(entry.get("speaker")),
            text,
            words,
            seconds(entry.get("start")),
            seconds(entry["end"]) if "end" in entry else None,
        )
    rest = [*mappings(top.get("words")), *mappings(top.get("word_segments"))]
    if spoken.phrases:
        spoken.copy(*(string(word.get("word")) or string(word.get("text")) for word in rest))
        spoken.whole(string(top.get("text")))
    elif rest:
        spoken.cut(string(top.get("text")), whisper_words(spoken, rest, "the text"))
    else:
        spoken.segment(None, spoken.text(top.get("text"), "the text"))
    return reading(blob, format_name, [spoken])


def whisper_words(spoken: Spoken, value: object, place: str) -> list[Word]:
    """Words under the names that the tools give their fields: ``word`` or ``text``."""
    found = []
    for entry in spoken.entries(value, f"{place}, word"):
        text = spoken.text(entry.get("word", entry.get("text")), place)
        found.append(Word(text, seconds(entry.get("start")), seconds(entry.get("end")), label_of(entry.get("speaker"))))
    return found
