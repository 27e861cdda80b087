"""Amazon Transcribe: the file of a batch job, times in seconds written as strings.

    {"jobName": "...", "status": "COMPLETED", "results": {
        "transcripts": [{"transcript": "Yes."}],
        "speaker_labels": {"segments": [{"speaker_label": "spk_0", "items": [{"start_time": "0.4", ...}]}]},
        "channel_labels": {"channels": [{"channel_label": "ch_0", "items": [...]}]},
        "items": [{"type": "pronunciation", "start_time": "0.4", "end_time": "0.7", "speaker_label": "spk_0",
                   "alternatives": [{"content": "Yes"}]},
                  {"type": "punctuation", "alternatives": [{"content": "."}]}],
        "audio_segments": [{"transcript": "Yes.", "speaker_label": "spk_0", ...}]}}

Older files name the speaker of an item only under ``speaker_labels``, by its start. Punctuation has no time. A list of
items alone is read too.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import label_of, seconds
from extractor.sources.speech.phrases import Word
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.values import mapping, mappings, string

_TYPES = ("pronunciation", "punctuation")
_FAILED = ("FAILED", "IN_PROGRESS", "QUEUED")


def fits(blob: Blob) -> float:
    """1.0 for items or transcripts under ``results``, 0.9 for a list of items."""
    value = blob.json
    if isinstance(value, list):
        first = mappings(value[:1])
        return 0.9 if first and first[0].get("type") in _TYPES and _contents(first[0]) else 0.0
    results = mapping(mapping(value).get("results"))
    if isinstance(results.get("transcripts"), list) or isinstance(results.get("audio_segments"), list):
        return 1.0
    first = mappings(results.get("items"))[:1]
    return 1.0 if first and first[0].get("type") in _TYPES else 0.0


def read(blob: Blob) -> Reading:
    """One conversation; a channel is a speaker where nobody is told apart on it.

    Human language: the first alternative of each item, else the transcripts of audio segments, else the whole
    transcript (used); the others of these, and items that stand in the file twice (``copy``); further alternatives
    (``alternative``). ``[PII]`` and ``***`` are words. Raises SourceError where nobody says anything or the job failed.
    """
    value = blob.json
    status = string(mapping(value).get("status"))
    if status in _FAILED:
        raise SourceError(f"{blob.name} is a job with the status {status}.", "Get the transcript when it is done.")
    results: dict[str, Any] = {"items": value} if isinstance(value, list) else mapping(mapping(value).get("results"))
    spoken = Spoken(blob)
    transcript = " ".join(string(each.get("transcript")) for each in mappings(results.get("transcripts")))
    items = spoken.entries(results.get("items"), "item")
    channels = _channels(spoken, results)
    speakers = _Speakers(results)
    parts = spoken.entries(results.get("audio_segments"), "audio segment")
    if channels:
        for name, own in channels:
            spoken.words(_words(spoken, own, speakers, name if len(channels) > 1 else None))
        spoken.in_order()
        spoken.copy(*(content for item in items for content in _contents(item)[:1]))
        spoken.whole(transcript)
    elif items:
        spoken.cut(transcript, _words(spoken, items, speakers, None))
    else:
        for place, each in enumerate(parts, 1):
            times = seconds(each.get("start_time")), seconds(each.get("end_time"))
            label = label_of(each.get("speaker_label")) or label_of(each.get("channel_label"))
            spoken.segment(label, spoken.text(each.get("transcript"), f"audio segment {place}"), (), *times)
        if spoken.phrases:
            spoken.whole(transcript)
        else:
            spoken.segment(None, transcript)
    if channels or items:
        spoken.copy(*(each.get("transcript") for each in parts))
    _rest(spoken, results)
    return reading(blob, FORMAT.name, [spoken])


class _Speakers:
    """Who says the items, by their start, as ``speaker_labels`` has it."""

    def __init__(self, results: dict[str, Any]) -> None:
        labels = results.get("speaker_labels")
        segments = [
            part
            for each in mappings(labels if isinstance(labels, list) else [labels])
            for part in mappings(each.get("segments"))
        ]
        self._by_start: dict[str, str] = {}
        spans: list[tuple[float, float, str]] = []
        for segment in segments:
            label, start, end = label_of(segment.get("speaker_label")), *_times(segment)
            if label is not None and start is not None and end is not None:
                spans.append((start, end, label))
            for item in mappings(segment.get("items")):
                said_by = label_of(item.get("speaker_label")) or label
                if said_by is not None:
                    self._by_start[string(item.get("start_time"))] = said_by
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]

    def of(self, item: dict[str, Any]) -> str | None:
        own = label_of(item.get("speaker_label"))
        if own is not None:
            return own
        known = self._by_start.get(string(item.get("start_time")))
        start = seconds(item.get("start_time"))
        if known is not None or start is None:
            return known
        index = bisect_right(self._starts, start) - 1
        return self._spans[index][2] if index >= 0 and start <= self._spans[index][1] else None


def _times(entry: dict[str, Any]) -> tuple[float | None, float | None]:
    return seconds(entry.get("start_time")), seconds(entry.get("end_time"))


def _channels(spoken: Spoken, results: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    found = []
    listed = mapping(results.get("channel_labels")).get("channels")
    for place, channel in enumerate(spoken.entries(listed, "channel")):
        items = spoken.entries(channel.get("items"), "item")
        if items:
            found.append((label_of(channel.get("channel_label")) or f"ch_{place}", items))
    return found


def _words(spoken: Spoken, items: list[dict[str, Any]], speakers: _Speakers, channel: str | None) -> list[Word]:
    found: list[Word] = []
    for place, item in enumerate(items, 1):
        alternatives = spoken.entries(item.get("alternatives"), f"item {place}, alternative")
        content = spoken.text(alternatives[0].get("content") if alternatives else None, f"item {place}")
        spoken.aside("alternative", *_contents(item)[1:])
        speaker = speakers.of(item)
        if item.get("type") == "punctuation":
            before = found[-1].speaker if found else speaker
            found.append(Word(content, None, None, before if speaker is None or channel else speaker, ""))
            continue
        label = " ".join(part for part in (channel, speaker) if part) or None
        found.append(Word(content, *_times(item), label))
    return found


def _contents(item: dict[str, Any]) -> list[str]:
    return [string(each.get("content")) for each in mappings(item.get("alternatives"))]


def _rest(spoken: Spoken, results: dict[str, Any]) -> None:
    """Set aside what the job says of segments besides: other ways to hear them, and what is said in bad temper."""
    for segment in mappings(results.get("segments")):
        for place, each in enumerate(mappings(segment.get("alternatives"))):
            contents = [part.get("content") for part in mappings(each.get("items"))]
            spoken.aside("alternative" if place else "copy", each.get("transcript"), *contents)
    spoken.copy(*(each.get("text") for each in mappings(results.get("toxicity_detection"))))


FORMAT = Format("aws-transcribe", "Amazon Transcribe transcripts (JSON)", fits, read, verified=True)
