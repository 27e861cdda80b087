"""Amazon Bedrock Data Automation: the standard output for a recording, times in milliseconds.

    {"metadata": {"semantic_modality": "AUDIO"}, "audio": {"summary": "...", "transcript": {...}},
     "audio_items": [{"item_index": 0, "audio_segment_index": 0, "content": "Yes", "start_timestamp_millis": 400, ...}],
     "audio_segments": [{"segment_index": 0, "type": "TRANSCRIPT", "text": "Yes.", "start_timestamp_millis": 400,
                         "speaker": {"speaker_label": "spk_0"}, "channel": {"channel_label": "ch_0"}}],
     "topics": [{"summary": "...", "transcript": {"representation": {"text": "[spk_0]: Yes."}}}]}

The custom output is what an AI was asked to fill in, and holds nothing of what was said.
"""

from __future__ import annotations

from typing import Any

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import label_of, seconds
from extractor.sources.speech.phrases import Word
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.values import MILLISECOND, mapping, mappings

_LISTS = ("audio_segments", "audio_items")
_OWN_KEYS = ("segment_index", "item_index", "start_timestamp_millis")


def fits(blob: Blob) -> float:
    """1.0 for segments or items of a recording, 0.9 for a custom output, which holds none."""
    value = mapping(blob.json)
    if _is_custom(value):
        return 0.9
    first = [entry for key in _LISTS for entry in mappings(value.get(key))[:1]]
    return 1.0 if any(key in entry for entry in first for key in _OWN_KEYS) else 0.0


def _is_custom(value: dict[str, Any]) -> bool:
    return "matched_blueprint" in value and "inference_result" in value and not any(key in value for key in _LISTS)


def read(blob: Blob) -> Reading:
    """One conversation.

    Human language: ``text`` of the segments, else the items (used); the items, the transcript of the whole and those
    of topics (``copy``), summaries (``AI notes``). Raises SourceError for a custom output, and where nobody says
    anything.
    """
    value = mapping(blob.json)
    if _is_custom(value):
        raise SourceError(
            f"{blob.name} is a custom output of Amazon Bedrock Data Automation, which holds only what an AI wrote "
            "about the recording.",
            "Give the standard output, which holds the transcript.",
        )
    spoken = Spoken(blob)
    segments = spoken.entries(value.get("audio_segments"), "segment")
    items = spoken.entries(value.get("audio_items"), "item")
    by_segment: dict[object, list[Word]] = {}
    for place, item in enumerate(items, 1):
        segment = item.get("audio_segment_index")
        by_segment.setdefault(segment if isinstance(segment, int) else None, []).append(_word(spoken, item, place))
    for place, entry in enumerate(segments, 1):
        segment = entry.get("segment_index")
        words = by_segment.pop(segment, []) if isinstance(segment, int) else []
        label = label_of(mapping(entry.get("speaker")).get("speaker_label"))
        label = label or label_of(mapping(entry.get("channel")).get("channel_label"))
        spoken.segment(label, spoken.text(entry.get("text"), f"segment {place}"), words, *_times(entry))
    rest = [word for words in by_segment.values() for word in words]
    if spoken.phrases:
        spoken.whole(" ".join(word.text for word in rest))
    else:
        spoken.words(rest)
    _analyses(spoken, value)
    return reading(blob, FORMAT.name, [spoken])


def _word(spoken: Spoken, item: dict[str, Any], place: int) -> Word:
    """A word, or a mark, which has no time and is written onto the word before it."""
    joiner = None if "start_timestamp_millis" in item else ""
    return Word(spoken.text(item.get("content"), f"item {place}"), *_times(item), joiner=joiner)


def _times(entry: dict[str, Any]) -> tuple[float | None, float | None]:
    return seconds(entry.get("start_timestamp_millis"), MILLISECOND), seconds(
        entry.get("end_timestamp_millis"), MILLISECOND
    )


def _analyses(spoken: Spoken, value: dict[str, Any]) -> None:
    for each in [mapping(value.get("audio")), *mappings(value.get("topics"))]:
        spoken.notes(each.get("summary"))
        spoken.copy(mapping(mapping(each.get("transcript")).get("representation")).get("text"))


FORMAT = Format("bedrock", "Amazon Bedrock Data Automation transcripts (JSON)", fits, read)
