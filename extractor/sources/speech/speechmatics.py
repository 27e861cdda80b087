"""Speechmatics: json-v2, and the older shape with speakers and words in lists of their own.

{"format": "2.9", "metadata": {...}, "results": [
    {"type": "word", "start_time": 0.1, "end_time": 0.5, "alternatives": [{"content": "Yes", "speaker": "S1"}]},
    {"type": "punctuation", "attaches_to": "previous", "alternatives": [{"content": ".", "speaker": "S1"}]}]}
{"format": "1.0", "speakers": [{"name": "F4", "time": "13.05", "duration": "39.19"}],
 "words": [{"name": "There", "time": "13.05", "duration": "0.18"}]}
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import channel_label, end_of, label_of, seconds
from extractor.sources.speech.phrases import Word, is_punctuation
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.values import mapping, mappings, string

NOBODY = frozenset(("uu", "u"))
_TYPES = ("word", "punctuation", "entity", "speaker_change", "audio_event")
_MOST_LOOKED_AT = 5
_NOTES = ("summary", "chapters")


def fits(blob: Blob) -> float:
    """1.0 for results or words that are written as Speechmatics does."""
    value = mapping(blob.json)
    first = mappings(value.get("results"))[:_MOST_LOOKED_AT]
    if any(each.get("type") in _TYPES and _content(each) is not None and "start_time" in each for each in first):
        return 1.0
    words = mappings(value.get("words"))[:1]
    old = bool(words) and all(key in words[0] for key in ("name", "time", "duration"))
    return 1.0 if old and isinstance(value.get("speakers"), list) else 0.0


def _content(result: dict[str, Any]) -> object:
    return next((each.get("content") for each in mappings(result.get("alternatives"))[:1]), None)


def read(blob: Blob) -> Reading:
    """One conversation; the speaker ``UU`` is nobody.

    Human language: the first alternative of each result, or the words (used); other alternatives (``alternative``),
    the spoken form of entities (``copy``), summary and chapters (``AI notes``), translations (``translation``). Raises
    SourceError where nobody says anything.
    """
    value = mapping(blob.json)
    spoken = Spoken(blob, nobody=NOBODY)
    if isinstance(value.get("results"), list):
        _read_results(spoken, value)
    else:
        _read_old(spoken, value)
    return reading(blob, FORMAT.name, [spoken])


def _read_results(spoken: Spoken, value: dict[str, Any]) -> None:
    channels: dict[str | None, list[dict[str, Any]]] = {}
    for each in spoken.entries(value.get("results"), "result"):
        channels.setdefault(string(each.get("channel")) or None, []).append(each)
    delimiter = mapping(mapping(value.get("metadata")).get("language_pack_info")).get("word_delimiter")
    joiner = string(delimiter) if isinstance(delimiter, str) and len(delimiter) <= 1 else None
    for channel, results in channels.items():
        name = channel if len(channels) > 1 else None
        spoken.words(_words(spoken, results, name, joiner))
    if len(channels) > 1:
        spoken.in_order()
    spoken.notes(*(value.get(key) for key in _NOTES))
    for translation in mapping(value.get("translations")).values():
        spoken.aside("translation", *(each.get("content") for each in mappings(translation)))
    sentiments = mapping(mapping(value.get("sentiment_analysis")).get("sentiment_analysis"))
    spoken.copy(*(each.get("text") for each in mappings(sentiments.get("segments"))))


def _words(spoken: Spoken, results: list[dict[str, Any]], channel: str | None, joiner: str | None) -> list[Word]:
    found: list[Word] = []
    glued = False
    for place, result in enumerate(results, 1):
        alternatives = spoken.entries(result.get("alternatives"), f"result {place}, alternative")
        best = alternatives[0] if alternatives else {}
        content = spoken.text(best.get("content"), f"result {place}")
        spoken.aside("alternative", *(each.get("content") for each in alternatives[1:]))
        for form in ("spoken_form", "written_form"):
            spoken.copy(*(_content(each) for each in mappings(result.get(form))))
        if not content.strip():
            continue
        attaches = result.get("attaches_to", "previous" if result.get("type") == "punctuation" else None)
        onto = glued or attaches in ("previous", "both")
        glued = attaches in ("next", "both")
        speaker = label_of(best.get("speaker"))
        label = channel_label(channel, speaker) if channel is not None else speaker
        times = seconds(result.get("start_time")), seconds(result.get("end_time"))
        found.append(Word(content, *times, label, "" if onto else joiner))
    return found


def _read_old(spoken: Spoken, value: dict[str, Any]) -> None:
    spans = []
    for each in spoken.entries(value.get("speakers"), "speaker"):
        start, label = seconds(each.get("time")), label_of(each.get("name"))
        if start is not None and label is not None:
            spans.append((start, label))
    spans.sort()
    starts = [start for start, _ in spans]
    words: list[Word] = []
    for place, each in enumerate(spoken.entries(value.get("words"), "word"), 1):
        start, length = seconds(each.get("time")), seconds(each.get("duration"))
        text = spoken.text(each.get("name"), f"word {place}")
        index = bisect_right(starts, start) - 1 if start is not None else -1
        mark = bool(text) and is_punctuation(text)
        speaker = words[-1].speaker if mark and words else spans[index][1] if index >= 0 else None
        end = end_of(start, length)
        words.append(Word(text, start, end, speaker, "" if mark else None))
    spoken.words(words)


FORMAT = Format("speechmatics", "Speechmatics transcripts (JSON)", fits, read, verified=True)
